"""What a question asks for: its words, places, years, and the kind of answer that would satisfy it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from knowledge.folding import fold
from knowledge.lexicon import places
from knowledge.terms import words_of

_ASKING = re.compile(
    r"请问一?下?|我?想?(?:知道|了解|问)一?下?|麻烦|告诉我|帮我(?:查|看|找)一?下?|查一?下|说说|介绍一?下|谁知道|资料里|文件里|文中"
    r"|是什么意思|什么意思|是指什么|指什么|指的是什么|指的?是?啥|是啥意思?|什么是|什么时候|啥时候|几月几[号日]|哪一?年|哪一?天"
    r"|有?多少[个家所名位人户次项种条门张份座间支套款]?|[有共]?几[个家所名位人户次项种条门类方张份座间支套款年月天]"
    r"|哪[一二两三四五六七八九十几些个家所位种类项条方里儿]{1,2}|哪|谁|什么|啥|怎么样|怎样|怎么|如何|咋样?|为什么|为何|为啥"
    r"|多久|多长时间|多长|多大|多高|多远|是不是|是否|能不能|可不可以|有没有|会不会|要不要|可以吗|对吗|好吗|各有|各自|分别"
    r"|一共|总共|具体|大概|大约|到底|究竟|目前|现在|[吗呢吧啊呀]"
)
_HOLLOW = frozenset(
    "的 了 是 在 有 和 与 跟 及 或 把 被 让 给 对 向 从 到 由 于 为 就 都 也 还 又 再 很 最 更 这 那 这个 那个 这些 那些 它 他 她 我 你 我们"
    " 你们 他们 里 上 下 中 内 外 之 其 以 所 地 得 着 过 要 会 能 可以 应该 应 请 个 家 名 位 种 次 一 不 没 没有 用 时 等 年 月 日"
    " 里面 以前 那边 这边 一下 一次 一回 进行 通过 关于 对于 有关 相关 情况 方面 需要 必须".split()
)
_KINDS: tuple[tuple[str, str], ...] = (
    ("when", r"什么时候|啥时候|何时|哪[一]?年|哪[一]?天|几月|几[号日]|日期|最晚|截止|时间是|哪个月"),
    ("often", r"多久|多长时间|多长|几[天年月周]|频率|周期"),
    ("money", r"多少钱|多少元|多少万|多少亿|费用|金额|几[万亿]元?|多少资金|投资多少|投入多少"),
    ("share", r"比例|占比|比率|百分之?几|百分比|多大份额|率是|率(?:的目标)?(?:要|应)?(?:达到)?(?:是)?多少|份额"),
    ("people", r"(?:多少|几)(?:名|位|人|个人|人次)|人数"),
    ("count", r"多少|几[个家所户次项种条门类方张份座间支套款]|数量"),
    ("number", r"文号|文件号|发文字号|编号"),
    ("contact", r"电话|手机号|邮箱|地址|联系方式|网址|微信"),
    ("who", r"谁|哪[个一]?(?:单位|部门|机构|公司|学校|企业|人|位)|哪家|由哪"),
    ("why", r"为什么|为何|为啥|原因"),
    ("yesno", r"吗|能不能|可不可以|是不是|是否|有没有|会不会|要不要|能否|可否"),
    ("define", r"什么意思|啥意思|是指|指什么|指的|什么是|是啥|含义|定义"),
    ("list", r"哪些|哪几|哪[两二三四五六七八九十]|有什么|分别|包括"),
    ("how", r"怎么|如何|怎样|咋"),
)
_LISTING = re.compile(r"哪些|哪几|哪[两二三四五六七八九十]|分别|各有|各自|包括|列出|有什么|几[类条项方种点]")
_COMPARING = re.compile(r"各有|各自|分别|相比|对比|区别|不同|哪[个家所]更|谁更")
_YEAR = re.compile(r"(?<!\d)(20\d{2}|19\d{2})(?!\d)")
_FOLLOW_UP = re.compile(r"^(?:那么?|那|还有|再问|然后|换成|如果是|要是)?(.{1,24}?)呢[？?]?$")
_POINTING = re.compile(r"它|该(?:校|院|市|企业|方案|办法|文件)|这个|那个|上面|其中|他们|这些|上述")


@dataclass(frozen=True)
class Question:
    """An understood question.

    Attributes:
        text: What the person wrote, or the rewritten follow-up.
        folded: The same in matching form.
        search_text: The folded words without the asking words.
        chunks: Runs of content words, in order.
        words: Content words.
        places: Short place names it names.
        years: Years it names.
        kind: Kind of answer: ``count``, ``people``, ``money``, ``share``, ``when``, ``often``, ``number``, ``contact``,
            ``who``, ``list``, ``yesno``, ``define``, ``how``, ``why``, or ``fact``.
        lists: Whether several items or places of evidence are asked for.
        compares: Whether two or more subjects are set side by side.
        aliases: Folded short form → full names, as passed in.
    """

    text: str
    folded: str
    search_text: str
    chunks: tuple[str, ...]
    words: tuple[str, ...]
    places: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    kind: str = "fact"
    lists: bool = False
    compares: bool = False
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def covered_by(self, text: str) -> float:
        """Return which share of the content's pairs of characters stands in ``text``."""
        pairs = {chunk[at : at + 2] for chunk in self.chunks for at in range(len(chunk) - 1)}
        if not pairs:
            return 0.0
        folded = fold(text)
        return sum(pair in folded for pair in pairs) / len(pairs)


def understand(
    text: str,
    previous: Question | str | None = None,
    aliases: Mapping[str, tuple[str, ...]] | None = None,
) -> Question:
    """Understand ``text``; a follow-up (那2025年呢？) is completed from ``previous`` by rule.

    Args:
        text: What the person wrote.
        previous: The question before it in the same thread, if any.
        aliases: Known short forms of organisations, for example ``{"X职院": ("X职业技术学院",)}``.
    """
    whole = completed(text, previous) if previous else text
    folded = fold(whole).strip()
    content = _ASKING.sub(" ", folded)
    chunks = tuple(one for one in re.split(r"[^\w+%.·]+", content) if one and one not in _HOLLOW)
    words = tuple(
        dict.fromkeys(word for chunk in chunks for word in words_of(chunk) if word.strip() and word not in _HOLLOW)
    )
    named = {fold(short): tuple(fold(one) for one in full) for short, full in (aliases or {}).items()}
    used = {short: full for short, full in named.items() if short in folded}
    extra = " ".join(name for full in used.values() for name in full)
    return Question(
        text=whole,
        folded=folded,
        search_text=f"{content} {extra}".strip(),
        chunks=chunks,
        words=words,
        places=_places(folded),
        years=tuple(int(year) for year in dict.fromkeys(_YEAR.findall(folded))),
        kind=next((kind for kind, pattern in _KINDS if re.search(pattern, folded)), "fact"),
        lists=bool(_LISTING.search(folded)),
        compares=bool(_COMPARING.search(folded)),
        aliases=used,
    )


def completed(text: str, previous: Question | str) -> str:
    """Return the follow-up ``text`` as a whole question, or ``text`` itself when it stands alone."""
    before = previous.text if isinstance(previous, Question) else previous
    match = _FOLLOW_UP.match(text.strip())
    if not match:
        pointing = _POINTING.search(text) and len(text) <= 30
        return f"{before.rstrip('？?。')}，{text}" if pointing else text
    return _swapped(before, match[1].strip("，, "))


def _swapped(before: str, new: str) -> str:
    """Put the follow-up's year or place where the earlier question had its own."""
    folded_new, folded_before = fold(new), fold(before)
    years = _YEAR.findall(folded_new)
    if years and (old := _YEAR.search(folded_before)):
        return before[: old.start()] + years[0] + before[old.end() :]
    here = _places(folded_new)
    there = _places(folded_before)
    if here and there:
        at = folded_before.find(there[0])
        return before[:at] + new + _without_suffix(before[at + len(there[0]) :], new)
    return f"{new}，{before}"


def _without_suffix(rest: str, new: str) -> str:
    return rest[1:] if rest[:1] in "市省州" and new[-1:] in "市省州" else rest


def _places(folded: str) -> tuple[str, ...]:
    names = places()
    found = [
        folded[at : at + size] for at in range(len(folded)) for size in (5, 4, 3, 2) if folded[at : at + size] in names
    ]
    return tuple(dict.fromkeys(found))


def rewritten(question: Question, text: str) -> Question:
    """Return ``question`` understood anew from a better wording of it, keeping its aliases."""
    return replace(understand(text), aliases=question.aliases)
