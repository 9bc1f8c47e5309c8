"""A question that sets several things side by side, as one question about each.

包轻职院跟巴音学院的合作单位各有多少家 asks the same of two schools: what stands before the list and after it belongs
to both. A list is parted only where something says that each of it is meant (各, 分别, 哪个更多), or where two of a
closed line stand side by side (2023年和2024年, 国家级和省级); 甲和乙共建的中心 is one thing.
"""

from __future__ import annotations

import re

from knowledge.language.asking import ASKING, without_asking
from knowledge.language.content import content_words
from knowledge.language.lexicon import group, place_pattern
from knowledge.language.speech import is_pale
from knowledge.language.terms import words_of
from knowledge.questions.members import LINES, differ, first_begins, shared_noun
from knowledge.questions.several import MEASURED, Part, several

_MOST_SUBJECTS, _LONGEST, _LONGEST_QUESTION = 5, 14, 200
_EACH = re.compile(
    r"各自(?:都|的)?|分别(?:都)?|各(?:都)?(?![类种项地级方界市校省县区个位部单院学成企行会家科系族国乡镇条章节阶层式处])"
    r"|都(?=[^,，。;；?？]{0,4}(?:多少|几[\u4e00-\u9fff]))"
)
_COMPARES = re.compile(r"相比之?下?[,，]?|相比较?[,，]?|比起来[,，]?|对比一?下?[,，]?")
_MORE = (
    (
        re.compile(r"(?:哪一?[个家所边方]|谁)的?([^,，。;；?？]{0,8}?)更?(?:多|少|高|低|大|小)一?[些点]?(?=[?？]?$)"),
        r"\1有多少",
    ),
    (re.compile(r"(?:哪一?[个家所边方]|谁)的?([^,，。;；?？]{0,8}?)更?[长短久]一?[些点]?(?=[?？]?$)"), r"\1多久"),
    (
        re.compile(r"(?:哪一?[个家所边方]|谁)更?[早先晚]一?[些点]?([^,，。;；?？]{0,8})(?=[?？]?$)"),
        r"什么时候\1",
    ),
    (
        re.compile(r"(?:哪一?[个家所边方]|谁)([^,，。;；?？]{1,8}?)得?更?[早晚]一?[些点]?(?=[?？]?$)"),
        r"什么时候\1",
    ),
    (re.compile(r"相?(?:差|多|少|高|低)[了出]?(?=(?:多少|几[\u4e00-\u9fff]))"), "有"),
)
_WHICH = re.compile(r"哪一?[个家所]")
_JOINS = frozenset(("和", "跟", "与", "及", "、", "同", "还有", "以及", "比"))
_TOGETHER = re.compile(r"共同|合作|之间|联合|一起|一同|携手|共建|合[办建作]|双方|签(?!约)|联手|互相|相互|对接|配合")
_IN_ALL = re.compile(r"合计|一共|总共|加起来|合起来|总数")
_STOP = re.compile(r"[,，。;；:：?？!！\n]")
_OF_BOTH = re.compile(
    r"^(?:这|那)?(?:[两二三四五]|\d)(?:个|家|所|者|边|方|地|校|类|种|级|档|期|年)(?![\u4e00-\u9fff]{0,1}月)"
)
_SUBJECT = re.compile(r"[\u4e00-\u9fff]{2,10}?(?=有|要|是|多少|几)")
_MEANING = re.compile(r"意思|[是指](?:什么|啥)|含义")
_COUNTS = re.compile(r"多少|几")


def parts_of(text: str) -> tuple[Part, ...]:
    """Return a folded question as one question for each subject, or nothing when it is about one thing."""
    if len(text) > _LONGEST_QUESTION:
        return ()
    return several(text) or _side_by_side(text)


def _side_by_side(text: str) -> tuple[Part, ...]:
    each = _EACH.search(text)
    compares = bool(_COMPARES.search(text)) or any(pattern.search(text) for pattern, _ in _MORE)
    if not any(one in text for one in _JOINS):
        return ()
    if not each and not compares and not MEASURED.search(text):
        return ()
    words, joins = words_of(text), []
    at = 0
    for word in words:
        if word in _JOINS and (word != "比" or compares):
            joins.append((at, at + len(word)))
        at += len(word)
    before = [one for one in joins if not each or one[1] < each.start()] or joins
    for join in reversed(before):
        found = _parted(text, join, joins, sure=bool(each or compares))
        if found:
            return found
    return ()


def _parted(text: str, join: tuple[int, int], joins: list[tuple[int, int]], *, sure: bool) -> tuple[Part, ...]:
    """The parts of the list whose last two members the word at ``join`` stands between."""
    last, tail_at = _member_after(text, join[1])
    if not last:
        return ()
    start = max((found.end() for found in _STOP.finditer(text, 0, join[0])), default=0)
    earlier = [one for one in joins if start < one[0] < join[0]]
    first_end = join[0]
    pieces: list[str] = []
    for one in reversed(earlier):  # 甲、乙和丙: back to where a list of such members cannot go on
        middle = text[one[1] : first_end]
        if len(middle) == 1:
            return ()  # a name that holds 和 (中和中学)
        if (
            not middle
            or len(middle) > _LONGEST
            or set(words_of(middle)) & (group("ahead_of_list") - {"的"})
            or "的" in middle[:-1]
        ):
            break
        pieces.insert(0, middle)
        first_end = one[0]
    if text[join[0] : join[1]] == "比" and "的" in text[start : join[0]]:  # 甲的企业比乙多几家
        cut = text.index("的", start)
        names, shared = [text[start:cut], last], text[cut : join[0]]
        rest = text[tail_at:]
        return _as_parts(text[:start], names, shared + rest)
    first_at = first_begins(text, start, first_end, last)
    first = text[first_at:first_end]
    rest = text[tail_at:]
    if _IN_ALL.search(text) and not _EACH.search(text):
        return ()
    if not first or len(first) > _LONGEST or len(last) > _LONGEST or (len(first) == 1 and not differ(first, last[0])):
        return ()
    closed = (*LINES[:-1], place_pattern())  # 高职与本科贯通: one thing, unless each is asked about
    line = any(one.match(first) and one.match(last) for one in closed)
    if not (sure or _OF_BOTH.match(rest)) and not (line and MEASURED.search(rest)):
        return ()
    shared = shared_noun(first, last)
    if _TOGETHER.match(_OF_BOTH.sub("", rest if sure else shared + rest)):
        return ()
    names = [first, *pieces, last.removesuffix(shared)]
    if len(names) > _MOST_SUBJECTS or len(set(names)) < len(names):
        return ()
    return _as_parts(text[:first_at], names, shared + rest)


def _as_parts(before: str, names: list[str], rest: str) -> tuple[Part, ...]:
    rest = _without_their_noun(_OF_BOTH.sub("", _COMPARES.sub("", rest)), names)
    for pattern, full in _MORE:
        rest, done = pattern.subn(full, rest)
        if done:
            break
    rest = _EACH.sub("", rest)
    before = _EACH.sub("", before)
    found = []
    own = content_words(without_asking(rest))
    if not before and place_pattern().match(rest) and (asked := _SUBJECT.match(rest)):  # 甲类和乙类某市各有几个
        before, rest = asked[0], rest[asked.end() :]
    for name in names:
        year = "年" if re.fullmatch(r"20\d\d", name) else ""
        text = f"{before}{name}{year}{rest}"
        line = any(one.match(name) for one in (*LINES, place_pattern()))
        if (line or _MEANING.search(rest)) and before.endswith((",", "，")) and all(is_pale(word) for word in own):
            text = _led(before, f"{name}{year}", rest)
        found.append(Part(_bare(name) + year, text))
    return tuple(found)


def _without_their_noun(rest: str, names: list[str]) -> str:
    """What is asked without the noun that all end in or share (甲班和乙班哪个班人多: 哪个人多)."""
    which = _WHICH.search(rest)
    if which is None:
        return rest
    for size in (4, 3, 2, 1):
        before, noun = rest[: which.start()], rest[which.end() : which.end() + size]
        if all(f"{name}{before}".endswith(noun) for name in names):
            return rest[: which.end()] + rest[which.end() + size :]
    return rest


def _bare(name: str) -> str:
    return name[1:-1] if name[:1] in '“"‘' and name[-1:] in '”"’' else name


def _led(before: str, name: str, rest: str) -> str:
    """A question whose matter stands in the clause before: 流动站，2024年底要几个 asks for 2024年底流动站要几个."""
    return f"{name}{before.rstrip(',，')}{rest}" if _COUNTS.search(rest) else f"{name}{rest}"


def _member_after(text: str, at: int) -> tuple[str, int]:
    """The member that begins at ``at``, and where what follows it begins."""
    if text[at : at + 1] in '“"‘《':
        close = next((end for end in range(at + 1, len(text)) if text[end] in '”"’》'), -1)
        return (text[at : close + 1], close + 1) if close > at else ("", at)
    ends = [
        found.start() for found in (_STOP.search(text, at), _EACH.search(text, at), ASKING.search(text, at)) if found
    ]
    end, stop = at, min(ends, default=len(text))
    for pattern, _ in _MORE:
        stop = min(stop, found.start()) if (found := pattern.search(text, at)) else stop
    for number, word in enumerate(words_of(text[at:stop])):
        if (
            (word in _JOINS and end - at > 1)
            or (word in group("behind_member") and number)
            or word in "们呢啊"
            or (number and place_pattern().fullmatch(word))
            or (number and _OF_BOTH.match(text[end:stop]))
        ):
            break
        end += len(word)
    if text[end : end + 1] == "的" and (end + 1 == stop):  # 年龄大的和年龄小的各多少
        end += 1
    return text[at:end].strip(), end
