"""What a question asks for: its words, names, years, and the kind of answer that would satisfy it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from knowledge.documents.labels import labels_asked, said_by
from knowledge.language.asking import ASKING, Asked, asked_in, without_asking
from knowledge.language.brackets import AMOUNT, IN_WORDS, SUM
from knowledge.language.content import content_words, places_in
from knowledge.language.folding import fold
from knowledge.language.forms import SUMS
from knowledge.language.lexicon import kind_words, renderings
from knowledge.language.numerals import in_digits
from knowledge.questions.comparing import parts_of
from knowledge.questions.counting import counted_as
from knowledge.questions.focusing import deed_of, deeds_after, event_of, focus_of
from knowledge.questions.following import asks_for_source, completed, hangs
from knowledge.questions.naming import names_of
from knowledge.questions.turns import in_full

_YEAR = re.compile(r"(?<!\d)(20\d{2}|19\d{2})(?!\d)")
_CLAUSE = re.compile(r"第[\d一二三四五六七八九十]+[条章款项]")
_WORDINGS, _BARE, _SHORT = 4, 6, 3
_ORDINAL = re.compile(r"第(\d+)([期届次批条章号轮名])")
_PHASE = re.compile(r"(?<![\d第分共有几为])([1-9])(期)(?=工程|项目|建设|规划|投资|用地|厂房|基地|扩建)")
_SHORT_YEAR = re.compile(
    r"(?<![\d满共近约了过用期干超够第龄限每前后头这那])(1[5-9]|2\d|3[0-5])(?=年(?![制期级来多])|届)(?!年(?:以[上下内]|工龄|历史))"
)
_SPOKEN_YEAR = re.compile(
    r"(?<![〇零一二三四五六七八九十百千\d])[二2][零〇一二三四五六七八九](?=年[底初末]|年的?[和与跟、]|[届级])"
)
_DIGITS = str.maketrans("零〇一二三四五六七八九", "00123456789")
_RATE = re.compile(r"[一每单按]个?(?:天|日|小时|钟头|[晚年月周次人台套期])|单价")
_TO_MAKE = re.compile(
    r"(?:写|作|编|讲|唱|画|来)[一几两]?[首个篇段幅张副](?!月|多|人|单|企|学)[^,，。?？]{0,14}(?:诗|词|歌|曲|故事|笑话|段子|绝句|律诗|作文|对联|代码|程序|画|图)(?:[吧呗啊]|$)"
)
_OR, _LONGEST = "还是", 1000  # nobody asks longer; numbers in a row are slow to read
_QUOTED = re.compile(r"[“\"《「]([^“”\"《》「」]{2,20})[”\"》」]")
_TERM = re.compile(r"[“\"「]([^“”\"「」]{1,10})[”\"」]")
_MEANS = frozenset(("邮箱", "电话", "手机", "网址", "联系方式", "热线"))


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
        deed: The verb right before the asking word (抵 in 能抵多少税), or empty.
        event: The verb that tells which event is asked about (捐 in 谁捐了设备, 换 in 多久换一次), or empty.
        counted: All content words after the asking word: what a number would count.
        names: Full names of organisations; an answer must be about them.
        places: Short place names.
        years: Years; 22年 is 2022.
        ordinals: Which of a series is asked about, as digits (第六期: ``6期``).
        quoted: Terms in quotation marks (“两轮”), which a sentence must hold; no titles.
        kind: Kind of answer: ``count``, ``people``, ``money``, ``share``, ``when``, ``often``, ``lasting``,
            ``ordinal``, ``number``, ``contact``, ``where``, ``seat``, ``times``, ``payer``, ``approver``, ``penalty``,
            ``who``, ``duty``, ``list``, ``yesno``, ``define``, ``how``, ``why``, ``source``, or ``fact``.
        unit: The measure word that was asked with (几家 → 家), the means (邮箱) of a contact, or empty.
        lists: Whether several items or places of evidence are asked for.
        compares: Whether two or more subjects are set side by side.
        aliases: Folded short form → full names, those of the passed ones that the question uses.
        follows: Whether it was completed from the question before it.
        bare: Whether it is a word or two that ask nothing (经费, 提交).
        hanging: Whether it says nothing of its own and nothing precedes it.
        cited: Ids of the passages that the answer before it stood on; only for a follow-up.
        label: Which subject of a comparison it is about, or empty.
        others: The labels of the other subjects.
        matter: Whether it is one of several matters that a message asks about, each in words of its own, and no
            subject that is compared.
    """

    text: str
    folded: str
    search_text: str
    words: tuple[str, ...]
    focus: tuple[str, ...] = ()
    core: str = ""
    deed: str = ""
    event: str = ""
    counted: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    ordinals: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    kind: str = "fact"
    unit: str = ""
    lists: bool = False
    compares: bool = False
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    follows: bool = False
    bare: bool = False
    hanging: bool = False
    cited: tuple[str, ...] = ()
    label: str = ""
    others: tuple[str, ...] = ()
    matter: bool = False

    @property
    def asks(self) -> bool:
        """Whether it asks something, and does not only name a matter."""
        return self.kind != "fact" or bool(ASKING.search(self.folded)) or self.folded.endswith("?")

    @property
    def other_words(self) -> tuple[str, ...]:
        """The official wordings of its everyday words, and the labels that such a question is answered under."""
        wordings = (other for word in self.words for other in renderings().get(word, ())[:_WORDINGS])
        return (*wordings, *labels_asked(self.kind, self.folded))

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
    text = text[:_LONGEST]
    source = asks_for_source(text)
    before = previous.text if isinstance(previous, Question) else previous
    whole = before if before and source else completed(text, before) if before else text
    folded = _SPOKEN_YEAR.sub(lambda found: found[0].translate(_DIGITS), fold(whole).strip())
    folded = _SHORT_YEAR.sub(r"20\1", folded)
    full = in_full(folded)
    asked = _asked(full, in_full(fold(text).strip())) if whole != text else asked_in(full)
    searched = SUM.sub(" ", _CLAUSE.sub(" ", without_asking(full)))
    content = IN_WORDS.sub(" ", AMOUNT.sub(" ", searched))
    named = {fold(short): tuple(fold(one) for one in names) for short, names in (aliases or {}).items()}
    used = {short: names for short, names in named.items() if short in folded}
    full_names = " ".join(name for names in used.values() for name in names)
    quoted, found = tuple(_QUOTED.findall(folded)), content_words(content)
    own = (one for one in quoted if len(one) > _SHORT or not any(one in word or word in one for word in found))
    words = tuple(dict.fromkeys((*own, *found, *deeds_after(asked))))
    if asked.kind == "contact":  # 发到哪个邮箱: an address says it
        words = tuple(word for word in words if word not in _MEANS) or words
    words, used = _either(full, _without_kind(words, asked.kind), used)
    focus, core = focus_of(asked, words)
    names = names_of(content, words)
    core = "" if core in names else core  # whom it is about is not what is asked
    asked, core = counted_as(asked, focus, core, full)
    kind = "source" if source else asked.kind
    return Question(
        text=whole,
        folded=folded,
        search_text=f"{searched} {full_names} {said_by(kind)}".strip(),
        words=words,
        focus=focus,
        core=core,
        deed=deed_of(asked, words),
        event=event_of(asked, words),
        counted=tuple(word for word in content_words(without_asking(asked.after)) if word in words),
        names=names,
        places=places_in(folded),
        ordinals=tuple(
            dict.fromkeys(
                number + sign for series in (_ORDINAL, _PHASE) for number, sign in series.findall(in_digits(folded))
            )
        ),
        years=tuple(int(year) for year in dict.fromkeys(_YEAR.findall(folded))),
        quoted=tuple(_TERM.findall(folded)),
        kind=kind,
        unit=asked.unit,
        lists=asked.lists,
        compares=asked.compares,
        aliases=used,
        follows=bool(previous) and (source or whole != text),
        bare=asked.kind == "fact" and _is_bare(full, words),
        hanging=not previous and hangs(text),
    )


def _either(
    folded: str, words: tuple[str, ...], aliases: dict[str, tuple[str, ...]]
) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """The words with one of two that are put to choice (线上还是线下): the sentence holds either."""
    for one, other in itertools.permutations(words, 2) if _OR in folded else ():
        if re.search(rf"{re.escape(one)}的?[,，]?还是(?:在|去|到|算)?{re.escape(other)}", folded):
            return tuple(word for word in words if word != other), {**aliases, one: (*aliases.get(one, ()), other)}
    return words, aliases


def _without_kind(words: tuple[str, ...], kind: str) -> tuple[str, ...]:
    """The words but those that only name the kind of answer (位置, 比重), or how a sum is reckoned (一天)."""
    able = [word for word in words if word not in kind_words(kind) and not (kind in SUMS and _RATE.fullmatch(word))]
    return tuple(able) if any(len(word) > 1 for word in able) else words


def _is_bare(folded: str, words: tuple[str, ...]) -> bool:
    """Whether a text is one word and asks nothing about it, or wants something made: nothing written answers it."""
    if _TO_MAKE.search(folded):
        return True
    asks = ASKING.search(folded) or folded.endswith(("?", "？"))
    return not asks and len(words) < 2 and len(folded) <= _BARE


def _asked(folded: str, follow_up: str) -> Asked:
    """What a completed follow-up asks: its own asking words count, not those of the question it follows on."""
    own = asked_in(follow_up)
    if own.kind == "fact" or not folded.endswith(follow_up):
        return asked_in(folded)
    return replace(own, before=folded[: -len(follow_up)] + own.before)


def subjects(question: Question) -> tuple[Question, ...]:
    """Return one question for each thing that is set side by side (A和B各有…); the question itself otherwise."""
    parts = () if question.bare or question.kind == "source" else parts_of(question.folded)
    if len(parts) < 2:
        return (question,)
    labels = tuple(part.label for part in parts)
    return tuple(
        replace(
            understand(part.text, aliases=question.aliases),
            label=part.label,
            others=tuple(one for one in labels if one != part.label),
            matter=part.matter,
        )
        for part in parts
    )
