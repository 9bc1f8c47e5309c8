"""The sentences that could answer, and how completely each one does.

Similarity alone cannot refuse: a sentence about the right school without the asked figure looks as near as the
right one. So a sentence is judged by what it holds of the question's names and words, by the kind of answer
it contains, and by the source it stands in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.documents.entries import Hit
from knowledge.documents.labels import said_of_itself
from knowledge.documents.pages import Line, lines_of
from knowledge.evidence.brands import with_brands
from knowledge.evidence.holding import Holding, holding_of
from knowledge.evidence.leanings import leaning
from knowledge.evidence.slots import nearest_slot, wants_slot
from knowledge.evidence.sources import is_right_source
from knowledge.evidence.weighing import Rarity, topics_of, weigh
from knowledge.language.brackets import Amount, amount_in, bears_on
from knowledge.questions.understanding import Question

_SAYS_IT = 0.7
_OWN, _HELD, _NEAR = 0.3, 0.45, 0.3
_BY_FORM, _BY_LOOSE_FORM, _BY_FOCUS = 0.45, 0.25, 0.2
_CORELESS, _OF_ITSELF, _OTHER_SOURCE, _TITLE = 0.2, 0.8, 0.3, 0.3


@dataclass(frozen=True)
class Evidence:
    """One sentence of a hit, judged.

    Attributes:
        hit: The passage it stands in.
        start: Its offset in the passage.
        end: Its end in the passage.
        held: Share of the question's weight that it, its headings and the words before it hold.
        own: The same for the sentence alone.
        itself: The same without the names and places that its source is about anyway.
        focus: Share of the asked words' weight that it holds.
        core: How surely the one word is held that the asking word belongs to (学费 in 学费是多少).
        hole: The weight of the one word that is missing most.
        deed: How surely it or its headings hold the deed that is asked about (赔 in 赔多少); 1 when none is.
        event: How surely the sentence itself holds that word.
        slot: How near the wanted kind of thing (number, date) stands to the question's words; 0 when absent.
        value: That thing's folded words, or empty.
        lacking: How many of the question's nouns are missing in it and around it.
        heading: Whether it is nothing but a heading.
        right_source: Whether the names, places and years of the question are its own.
        score: What it is ranked by.
    """

    hit: Hit
    start: int
    end: int
    held: float
    own: float
    itself: float
    focus: float
    core: float
    hole: float
    deed: float
    event: float
    slot: float
    value: str
    lacking: float
    heading: bool
    right_source: bool
    score: float

    @property
    def text(self) -> str:
        """The sentence's original words."""
        return self.hit.text[self.start : self.end]


def judged(question: Question, hits: Sequence[Hit], rarity: Rarity | None = None) -> list[Evidence]:
    """Return the hits' sentences, the best evidence first."""
    question = with_brands(question, hits)
    best = max((hit.score for hit in hits), default=1.0) or 1.0
    topics = topics_of(question, rarity)
    weights = weigh(question, rarity, topics)
    lines = list(lines_of(hits))
    amount = amount_in(question.folded)
    if amount is not None and not any(bears_on(amount, f"{line.led} {line.folded}") for line in lines):
        amount = None
    found = [_judge(question, weights, topics, line, line.page.hit.score / best, amount) for line in lines]
    return sorted(found, key=lambda one: -one.score)


def _judge(
    question: Question,
    weights: dict[str, float],
    topics: frozenset[str],
    line: Line,
    near: float,
    amount: Amount | None,
) -> Evidence:
    hit, page = line.page.hit, line.page
    said = said_of_itself(question.kind, question.folded, hit, line.folded, line.start)
    of_itself = said is not None
    source = is_right_source(question, hit, line.folded, page.heading, page.own)
    holds = holding_of(
        question, weights, line, right_source=source, granted=said or frozenset(), topics=topics, amount=amount
    )
    slot, value = nearest_slot(question, line.folded, holds.places, row=line.row, over=holds.over)
    slot = 1.0 if of_itself and value else slot
    title = line.is_title and not (question.kind in ("number", "contact") and slot >= _SAYS_IT)
    score = _score(question, holds, slot, near) + leaning(question, line.folded)
    score += _OF_ITSELF * of_itself - _OTHER_SOURCE * (not source) - _TITLE * title
    return Evidence(
        hit=hit,
        start=line.start,
        end=line.end,
        held=holds.held,
        own=holds.own,
        itself=holds.itself,
        focus=holds.focus,
        core=holds.core,
        hole=holds.hole,
        deed=holds.deed,
        event=holds.event,
        slot=slot,
        value=value,
        lacking=holds.lacking,
        heading=title,
        right_source=source,
        score=score,
    )


def _score(question: Question, holds: Holding, slot: float, near: float) -> float:
    """What a sentence is ranked by: its words, its passage, and the wanted kind of thing in it."""
    by_form = _BY_FORM if wants_slot(question) or question.kind == "who" else _BY_LOOSE_FORM
    sought = by_form * slot + (_BY_FOCUS * holds.focus if not wants_slot(question) else 0.0)
    return _OWN * holds.own + _HELD * holds.held + _NEAR * near + sought - _CORELESS * (1 - holds.core)
