"""Whether the figures of a sentence stand together, with their nouns and qualifiers, in one sentence of a source.

That each figure stands somewhere in a passage is not enough: 2028年40家 can be made of 2026年40家 and 2028年60家.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.language.folding import fold
from knowledge.language.forms import ABOUT
from knowledge.language.kinds import MEASURES
from knowledge.language.numerals import in_digits

_FIGURE = re.compile(r"\d[\d,.]*\d|\d")
_SENTENCE = re.compile(r"[。;；!！?？\n]")
_CLAUSE = re.compile(r"[，,、:：()（）]")
_BOUND = r"不少于|不低于|不超过|不高于|不多于|至少|至多|最高|最低|超过|力争|预计|接近|将近"
_BEFORE = re.compile(rf"({_BOUND}|{ABOUT})[\u4e00-\u9fff]{{0,6}}$")
_AFTER = re.compile(r"^[万亿千百]{0,2}(?:(余|多|来)|[\u4e00-\u9fff%]{0,3}?(以上|以下|以内|左右|余))")
_HOLLOW = re.compile(rf"达到|提高到|增加到|增至|{_BOUND}")
_ONE = re.compile(rf"(?<![第之十百千万两二三四五六七八九])一(?![{MEASURES}年月日天周季半岁元万亿千百十成])")
_SAME = {"将近": "近", "接近": "近", "来": "余", "多": "余"}


@dataclass(frozen=True)
class _Figure:
    value: str
    sign: str  # % or the character behind it, empty before punctuation
    words: frozenset[str]  # pairs of characters beside it
    qualifiers: frozenset[str]


def bound(sentence: str, sources: Sequence[str], headings: Sequence[str] = ()) -> bool:
    """Whether some sentence of the sources holds all figures of ``sentence`` as it uses them.

    Each has the same sign behind it (家, %), the same qualifier (不少于, 余, 以上), and no other figure with that sign
    stands by more of the words that it is put beside. Figures of a heading hold for all that stands under it.
    """
    said = _figures(_plain(sentence))
    free = {one.value for heading in headings for one in _figures(_plain(heading))}
    wanted = [one for one in said if one.value not in free]
    if not wanted:
        return True
    told = [_figures(part) for source in sources for part in _SENTENCE.split(_plain(source))]
    everywhere = [one for found in told for one in found]
    return any(all(_stands(one, found, everywhere) for one in wanted) for found in told)


def _stands(said: _Figure, found: Sequence[_Figure], everywhere: Sequence[_Figure]) -> bool:
    """In this sentence, and no other figure anywhere stands by more of the words that it is put beside."""
    own = [len(said.words & one.words) for one in found if _is(one, said)]
    others = [len(said.words & one.words) for one in everywhere if one.sign == said.sign and not _is(one, said)]
    return bool(own) and max(others, default=0) <= max(own)


def _is(one: _Figure, said: _Figure) -> bool:
    return one.value == said.value and _same_sign(one, said) and one.qualifiers == said.qualifiers


def _same_sign(one: _Figure, said: _Figure) -> bool:
    return one.sign == said.sign or (not said.sign and one.sign != "%")


def _plain(text: str) -> str:
    """Folded, with numerals as digits, but for the 一 of 一般 and 统一."""
    return in_digits(_ONE.sub("·", re.sub(r"[ '\"]", "", fold(text))))


def _figures(text: str) -> list[_Figure]:
    marks = list(_FIGURE.finditer(text))
    found = []
    for at, mark in enumerate(marks):
        before = text[marks[at - 1].end() if at else 0 : mark.start()]
        after = text[mark.end() : marks[at + 1].start() if at + 1 < len(marks) else len(text)]
        beside = _CLAUSE.split(after)[0]
        near = _CLAUSE.split(before)[-1]
        qualifiers = [one for pattern, part in ((_BEFORE, near), (_AFTER, after)) for one in _named(pattern, part)]
        words = frozenset(_pairs(before) | _pairs(beside))
        found.append(_Figure(mark[0].replace(",", ""), _sign(after), words, frozenset(qualifiers)))
    return found


def _named(pattern: re.Pattern[str], part: str) -> list[str]:
    found = pattern.search(part)
    return [_SAME.get(one, one) for one in found.groups() if one] if found else []


def _sign(after: str) -> str:
    kept = re.sub(r"^(?:[余多来])", "", after)
    return kept[:1] if re.match(r"[%\u4e00-\u9fff]", kept) else ""


def _pairs(text: str) -> set[str]:
    parts = re.findall(r"[\u4e00-\u9fffa-z]+", _HOLLOW.sub(" ", text))
    return {part[at : at + 2] for part in parts for at in range(len(part) - 1)}
