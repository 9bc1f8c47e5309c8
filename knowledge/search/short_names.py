"""Short names that documents give (X，简称“Y”; X（以下简称Y）; X（Y）), and questions that use them.

A passage carries the pairs that it uses itself, so the names that a search knows are those of the passages it may
show: nothing of a restricted document is told, nothing of a removed one stays, and no table of the library is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from knowledge.documents.entries import Hit, IndexEntry
from knowledge.language.folding import fold
from knowledge.language.lexicon import group, places
from knowledge.language.terms import is_word, words_of
from knowledge.questions.understanding import Question

Pair = tuple[str, str]

_SHORT = r"[\u4e00-\u9fffa-z0-9]{2,10}"
_GIVEN = re.compile(
    rf"(?:简称|简写|又称|亦称|别称|以下称|下称)(?:为|作|是|:)?\s*(?:[“\"‘《「]({_SHORT})[”\"’》」]|({_SHORT})[)）,，。;；])"
)
_BESIDE = re.compile(rf"(?<=[\u4e00-\u9fff])[(（][“\"]?({_SHORT})[”\"]?[)）]")
_BEFORE, _FULL_MIN, _SHORTENS, _TAIL = 60, 5, 0.75, 8
_OPENS = re.compile(r"[(（,，\s]*(?:以下|下文|中文|对外|也|亦|又)*$")
_CLAUSE_ENDS = re.compile(r"[。;；:：,，、()（）“”\"《》\n|]")
_NAMED = re.compile(r"(?:全称|名称)(?:为|是)?[:：]?\s*[“\"《「]?$")
_OWN_KIND = "本该此我各"


def short_names_in(folded: str) -> Iterator[tuple[Pair, bool]]:
    """Yield each short name with its full one, and whether the document says that it is its own (全称为…).

    The short form's signs must stand in the full one in order; what names only a kind (基地, 甲方) is none.
    """
    if "称" not in folded and "(" not in folded and "（" not in folded:
        return
    for found in (*_GIVEN.finditer(folded), *_BESIDE.finditer(folded)):
        short = next(one for one in found.groups() if one)
        window = folded[max(0, found.start() - _BEFORE) : found.start()]
        if is_word(short) or not set(short) <= set(window):
            continue
        before = _OPENS.sub("", window).rstrip('”"》」')
        start = _aligned(short, before)
        if start < 0 or not tells_apart(short):
            continue
        full = before[start:]
        if len(full) >= _FULL_MIN and len(short) <= _SHORTENS * len(full):
            yield (short, full), bool(_NAMED.search(before[:start]))


def tells_apart(short: str) -> bool:
    """Whether a short form is a name: more than words for a kind (联合体, 实训中心, 甲方, 本会)."""
    if short[0] in _OWN_KIND or is_word(short) or not re.search(r"[\u4e00-\u9fff]", short):
        return False
    return any(len(word) == 1 or word in places() or not is_word(word) for word in words_of(short))


def _aligned(short: str, before: str) -> int:
    """Where the full name begins that ends ``before``: its shortest stretch with the short form's signs in order."""
    at, least = len(before), len(before) - len(_CLAUSE_ENDS.split(before)[-1])
    for sign in reversed(short):
        at = before.rfind(sign, least, at)
        if at < 0 or (sign == short[-1] and at < len(before) - _TAIL and at == before.rfind(sign)):
            return -1
    return at


def _pairs(short: str, full: str) -> list[Pair]:
    """The short form, and the same without its kind (襄汽 of 襄汽联合体)."""
    kinds = (*group("organisation"), "产教联合体", "联合体", "共同体", "中心", "基地", "园区")
    stems = {short.removesuffix(kind) for kind in kinds} - {short}
    able = [stem for stem in stems if len(stem) > 1 and stem not in places() and _is_made_up(stem)]
    return [(one, full) for one in (short, *able)]


def _is_made_up(stem: str) -> bool:
    """Whether a name without its kind is no place with a common word (湖州新能源), which other names begin with."""
    return any(word not in places() and (len(word) == 1 or not is_word(word)) for word in words_of(stem))


def with_short_names(entries: Sequence[IndexEntry]) -> list[IndexEntry]:
    """Return the entries with the short names that their document gives, each with those that it uses.

    Those of the document itself go to ``about`` of all its passages: they say 本会.
    """
    found: list[IndexEntry] = []
    for _, group_of in groupby(entries, key=lambda entry: entry.document_id):
        own = list(group_of)
        given = dict.fromkeys(one for entry in own for one in short_names_in(fold(entry.text)))
        found += [_with(entry, list(given)) for entry in own] if given else own
    return found


def _with(entry: IndexEntry, given: Sequence[tuple[Pair, bool]]) -> IndexEntry:
    about = " ".join((entry.about, *(full for (_, full), itself in given if itself))).strip()
    around = fold(f"{entry.heading}\n{about}\n{entry.text}")
    used = [pair for (short, full), _ in given if short in around or full in around for pair in _pairs(short, full)]
    return replace(entry, about=about, called=tuple(dict.fromkeys(used)))


def recognised(question: Question, hits: Sequence[Hit]) -> Question:
    """Return the question with the names that the found passages explain: each by its short form, as one word.

    A full name weighs no more than its short one then, and a passage that uses either holds it.
    """
    known: dict[str, tuple[str, ...]] = {}
    pairs = dict.fromkeys(pair for hit in hits for pair in hit.called)
    several = {short for short, full in pairs if any(short == one and full != other for one, other in pairs)}
    for short, full in pairs:
        if short in several:  # two bodies go by it
            continue
        if (short in question.folded or full in question.folded) and full not in question.aliases.get(short, ()):
            known[short] = (*known.get(short, ()), full)
    known = {one: fulls for one, fulls in known.items() if not any(one != more and one in more for more in known)}
    if not known:
        return question
    words, focus, names = question.words, question.focus, question.names
    for short, fulls in known.items():
        said = next((one for one in fulls if one in question.folded), short)
        words = tuple(dict.fromkeys(short if _is_part(word, said, question) else word for word in words))
        focus = tuple(word for word in focus if not _is_part(word, said, question))
        names = (short, *(name for name in names if name not in said))
    aliases = {**question.aliases, **{one: (*question.aliases.get(one, ()), *known[one]) for one in known}}
    core = question.core if question.core in words else ""
    return replace(question, words=words, focus=focus, core=core, aliases=aliases, names=tuple(dict.fromkeys(names)))


def _is_part(word: str, name: str, question: Question) -> bool:
    """Whether a word of the question stands nowhere but in the name."""
    return word in name and word not in question.folded.replace(name, " ")
