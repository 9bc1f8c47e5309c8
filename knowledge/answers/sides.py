"""Whose figure it is in an agreement: its clauses say 甲方 and 乙方 where a question says 学校 and 企业."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.documents.entries import Hit
from knowledge.documents.labels import PARTY
from knowledge.language.folding import fold
from knowledge.questions.understanding import Question

Span = tuple[int, int]

_SAID = re.compile(r"[甲乙丙丁]方")
_KINDS = (
    (re.compile(r"学校|校方|院校"), re.compile(r"(?:学院|学校|大学|中专|职院)$")),
    (re.compile(r"企业|公司|厂家"), re.compile(r"(?:公司|集团|厂|企业)$")),
)


def of_side(question: Question, hit: Hit, words: str, values: Sequence[Span]) -> list[Span]:
    """Return the figures that a folded sentence tells of the party that is asked about; all where no party is.

    A clause speaks of the party that it or the words before it name last.
    """
    side = _asked(question, hit)
    if not side:
        return list(values)
    return [one for one in values if _speaks_of(side, words, one)]


def _speaks_of(side: str, words: str, value: Span) -> bool:
    named = _SAID.findall(words[: value[0]])
    return not named or named[-1] == side


def _asked(question: Question, hit: Hit) -> str:
    """The party that the last clause of the question names first by its kind, when just one party is of that kind."""
    clause = re.split(r"[,，]", question.folded)[-1]
    named = [(found.start(), ends) for asked, ends in _KINDS if (found := asked.search(clause))]
    if not named:
        return ""
    ends = min(named, key=lambda one: one[0])[1]
    sides = [side for side, name in PARTY.findall(fold(hit.about)) if ends.search(name)]
    return sides[0] if len(sides) == 1 else ""
