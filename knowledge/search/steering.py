"""What a question names must steer: a place that the passage's own source is not about pushes it down."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.documents.entries import Hit
from knowledge.language.content import places_in
from knowledge.language.folding import fold
from knowledge.language.matching import holds_word
from knowledge.language.numerals import in_digits
from knowledge.questions.understanding import Question

_HERE, _ELSEWHERE, _YEAR_HERE, _CLAUSE = 0.15, -0.25, 0.05, 0.4


def steered(question: Question, hits: Sequence[Hit]) -> list[Hit]:
    """Order ``hits`` anew by whether their source and words fit the places, names and years that were asked for."""
    if not (question.places or question.years or question.names or question.ordinals):
        return list(hits)
    moved = [hit.scored(hit.score + _fit(question, hit)) for hit in hits]
    return sorted(moved, key=lambda hit: -hit.score)


def _fit(question: Question, hit: Hit) -> float:
    heading, text = fold(f"{hit.heading} {hit.about}"), fold(hit.text)
    fit = 0.0
    if question.places:
        if any(place in heading for place in question.places):
            fit += _HERE
        elif any(place in text for place in question.places):
            fit += _HERE / 2
        elif places_in(heading):
            fit += _ELSEWHERE
    if any(holds_word(name, heading, question.aliases) for name in question.names):
        fit += _HERE
    if question.years and any(str(year) in text or str(year) in heading for year in question.years):
        fit += _YEAR_HERE
    if any(one[-1] in "条项款" and is_clause(hit, one) for one in question.ordinals):
        fit += _CLAUSE
    return fit


def is_clause(hit: Hit, ordinal: str) -> bool:
    """Whether the passage is the clause of that number (13条: 第十三条, or the item 13.)."""
    number = ordinal[:-1]
    return any(re.match(rf"(?:第{number}[条项款]|{number}\s*[.、．])", in_digits(fold(one))) for one in hit.path)
