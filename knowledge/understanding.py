"""What a question asks for: its words, names, years, and the kind of answer that would satisfy it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from knowledge.asking import Asked, asked_in, without_asking
from knowledge.brackets import AMOUNT
from knowledge.content import content_words, places_in
from knowledge.folding import fold
from knowledge.following import asks_for_source, completed, hangs
from knowledge.lexicon import group, hollow, places, synonyms
from knowledge.numerals import in_digits
from knowledge.speech import is_pale, is_result
from knowledge.terms import is_word, words_of

_YEAR = re.compile(r"(?<!\d)(20\d{2}|19\d{2})(?!\d)")
_AT_A_TIME = re.compile(r"一次(?=最多|最长|只?能|可以?)")
_USED_FOR = re.compile(r"(?<=[能可以])用(?=多久|多长|几个?[小时天])")
_SCHOOL_ENDS = frozenset(("中专", "职高", "职院", "技校"))
_NAME_MIN, _NAME_REST, _WORDINGS = 6, 10, 4
_ROLE = re.compile(r"(?:单位|部门|机构|方)(?:是|为|叫)?$")  # 设计单位是谁: whoever designs, nobody else
_HAS = re.compile(r"(?:企业|公司|学校|院校|单位|人员)(?:有|共)?$")
_ORDINAL = re.compile(r"第(\d+)([期届次批条章号轮])")
_SHORT_YEAR = re.compile(
    r"(?<![\d满共近约了过用期干超够第龄限每])(1[5-9]|2\d|3[0-5])(?=年(?![制期级来多])|届)(?!年(?:以[上下内]|工龄|历史))"
)
_PERSON = re.compile(r"[生师员工者]$")
_QUOTED = re.compile(r"[“\"《「]([^“”\"《》「」]{2,20})[”\"》」]")
_SHORT_NAME = re.compile(r"[\u4e00-\u9fff]{2,5}[院校局委厅]")
_COUNTING = frozenset(("count", "people", "quantity", "size", "money", "share"))
_NEEDS_CORE = frozenset(
    ("count", "people", "quantity", "money", "share", "size", "contact", "often", "lasting", "fact", "list", "how")
)


@dataclass(frozen=True)
class Question:
    """An understood question.

    Attributes:
        text: What the person wrote, or the completed follow-up.
        folded: The same in matching form.
        search_text: The folded words without the asking words, full names of short forms added.
        words: Content words, in order.
        focus: The words that the asking word stands next to: what exactly is asked.
        core: The one of them that an answer cannot do without, or empty.
        counted: All content words after the asking word: what a number would count.
        names: Full names of organisations; an answer must be about them.
        places: Short place names.
        years: Years; 22年 is 2022.
        ordinals: Which of a series is asked about, as digits (第六期: ``6期``).
        kind: Kind of answer: ``count``, ``people``, ``money``, ``share``, ``when``, ``often``, ``lasting``,
            ``ordinal``, ``number``, ``contact``, ``where``, ``penalty``, ``who``, ``duty``, ``list``, ``yesno``,
            ``define``, ``how``, ``why``, ``source``, or ``fact``.
        unit: The measure word that was asked with (几家 → 家), or empty.
        lists: Whether several items or places of evidence are asked for.
        compares: Whether two or more subjects are set side by side.
        aliases: Folded short form → full names, those of the passed ones that the question uses.
        follows: Whether it was completed from the question before it.
        hanging: Whether it says nothing of its own and nothing precedes it.
        cited: Ids of the passages that the answer before it stood on; only for a follow-up.
    """

    text: str
    folded: str
    search_text: str
    words: tuple[str, ...]
    focus: tuple[str, ...] = ()
    core: str = ""
    counted: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    ordinals: tuple[str, ...] = ()
    kind: str = "fact"
    unit: str = ""
    lists: bool = False
    compares: bool = False
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    follows: bool = False
    hanging: bool = False
    cited: tuple[str, ...] = ()

    @property
    def other_words(self) -> tuple[str, ...]:
        """The official wordings of its everyday words."""
        return tuple(other for word in self.words for other in synonyms().get(word, ())[:_WORDINGS])

    def covered_by(self, text: str) -> float:
        """Return which share of the content words stands literally in ``text``."""
        folded = fold(text)
        return sum(word in folded for word in self.words) / len(self.words) if self.words else 0.0


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
    source = asks_for_source(text)
    before = previous.text if isinstance(previous, Question) else previous
    whole = before if before and source else completed(text, before) if before else text
    folded = _SHORT_YEAR.sub(r"20\1", fold(whole).strip())
    asked = _asked(folded, fold(text).strip()) if whole != text else asked_in(folded)
    content = AMOUNT.sub(" ", without_asking(_in_full(folded)))
    named = {fold(short): tuple(fold(one) for one in full) for short, full in (aliases or {}).items()}
    used = {short: full for short, full in named.items() if short in folded}
    full_names = " ".join(name for full in used.values() for name in full)
    quoted = tuple(one for one in _QUOTED.findall(folded) if not re.fullmatch(r"\w{1,3}", one))
    words = tuple(dict.fromkeys((*quoted, *content_words(content))))
    focus, core = _focus(asked, words)
    people = (
        asked.kind == "count"
        and asked.unit == "个"
        and bool(focus)
        and (focus[-1] in group("people") or (focus[-1] == core and _PERSON.search(core)))
    )
    kind = "source" if source else "people" if people else asked.kind
    return Question(
        text=whole,
        folded=folded,
        search_text=f"{content} {full_names}".strip(),
        words=words,
        focus=focus,
        core=core,
        counted=tuple(word for word in content_words(without_asking(asked.after)) if word in words),
        names=tuple(dict.fromkeys((*_names(content), *filter(_is_short_name, words)))),
        places=places_in(folded),
        ordinals=tuple(dict.fromkeys(number + sign for number, sign in _ORDINAL.findall(in_digits(folded)))),
        years=tuple(int(year) for year in dict.fromkeys(_YEAR.findall(folded))),
        kind=kind,
        unit=asked.unit,
        lists=asked.lists,
        compares=asked.compares,
        aliases=used,
        follows=bool(previous) and (source or whole != text),
        hanging=not previous and hangs(text),
    )


def _asked(folded: str, follow_up: str) -> Asked:
    """What a completed follow-up asks: its own asking words count, not those of the question it follows on."""
    own = asked_in(follow_up)
    if own.kind == "fact" or not folded.endswith(follow_up):
        return asked_in(folded)
    return replace(own, before=folded[: -len(follow_up)] + own.before)


def _in_full(folded: str) -> str:
    """Everyday turns whose words carry nothing apart: 一次能用多久 is 单次使用时间."""
    return _USED_FOR.sub("使用时间", _AT_A_TIME.sub("单次", folded))


def subjects(question: Question) -> tuple[Question, ...]:
    """Return one question for each place that is compared (A和B各有…); the question itself otherwise."""
    if not (question.compares or question.lists) or len(question.places) < 2:
        return (question,)
    named = [next(word for word in (*question.names, *question.words) if place in word) for place in question.places]
    parts = []
    for place, own in zip(question.places, named, strict=True):
        text = question.folded
        for other in named:
            if other != own:
                rest = rf"(?:[^和与跟、,，及]{{0,{_NAME_REST}}}[和与跟、,，及](?=\w{{0,4}}{re.escape(own)}))?"
                text = re.sub(rf"[和与跟、,，及]?{re.escape(other)}{rest}[和与跟、,，及]?", "", text, count=1)
        single = understand(text, aliases=question.aliases)
        parts.append(replace(single, places=(place,), lists=question.lists, compares=False))
    return tuple(parts)


def _focus(asked: Asked, words: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """The words that the asking word belongs to, and the one that an answer cannot do without."""
    following = _asked_words(asked.after, words, asked.kind in _COUNTING)
    if following and all(len(word) == 1 or is_pale(word) for word in following):
        nouns = [word for word in _asked_words(asked.before, words) if word not in places()]
        return (*following[:2], *nouns[-2:]), following[0] if _is_deed(asked, following[0]) else ""
    if following and any(word not in group("measure") for word in following):
        counted = asked.kind in _COUNTING and asked.unit not in ("人", "人次")
        first = next((word for word in following if word not in group("measure")), following[0])
        needed = counted and (len(first) > 1 or not (first in group("apart") or is_pale(first)))
        return tuple(following[:4]), first if needed or _is_deed(asked, first) else ""
    typed = asked.kind in _COUNTING and bool(_HAS.search(asked.before))  # 企业有多少: they are what is counted
    preceding = [word for word in _asked_words(asked.before, words, typed) if word not in places()]
    preceding = [word for word in preceding if not word.isdigit()]
    nouns = [word for word in preceding if word not in group("measure")] or preceding
    open_ended = asked.kind in ("fact", "how", "list")  # 达标没有, 讨论什么: another verb may say it
    nouns = [word for word in nouns if not (is_pale(word) if open_ended else is_result(word))] or nouns
    needs = asked.kind in _NEEDS_CORE or (asked.kind == "who" and _ROLE.search(asked.before))
    last = nouns[-1] if nouns and len(nouns[-1]) > 1 and needs else ""
    return tuple(preceding[-2:] if last in preceding[-2:] else preceding[-3:]), last


def _is_deed(asked: Asked, word: str) -> bool:
    """Whether it is asked who does ``word`` (谁承包), or how often: a sentence without it tells of another deed."""
    return asked.kind in ("who", "often") and len(word) > 1 and is_pale(word)


def _asked_words(text: str, words: tuple[str, ...], typed: bool = False) -> list[str]:
    found = [word for word in content_words(without_asking(text)) if word in words]
    return [word for word in found if typed or word not in group("type")]


def _names(content: str) -> tuple[str, ...]:
    """Full names of organisations: content words side by side that end in a word for one."""
    found, run = [], ""
    for word in words_of(content):
        if (
            word in hollow()
            or word in group("apart")
            or not re.match(r"[\u4e00-\u9fff]", word)
            or word in group("general")
        ):
            run = ""
            continue
        run += word
        if word in group("organisation") and (len(run) >= _NAME_MIN or _is_brand(run, word)):
            found.append(run)
            run = ""
    return tuple(dict.fromkeys(found))


def _is_brand(name: str, end: str) -> bool:
    """Whether a short name is one of its own (精航科技), not a kind of things (信息科技)."""
    first = name[: -len(end)]
    return len(first) > 1 and (end in _SCHOOL_ENDS or not is_word(first)) and first not in places()


def _is_short_name(word: str) -> bool:
    """Whether ``word`` is put together from a place or single characters and ends like an organisation."""
    return bool(_SHORT_NAME.fullmatch(word)) and len(words_of(word)) > 1
