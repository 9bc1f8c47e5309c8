"""From a question and its hits to an answer with its evidence, the nearest passages, or an honest no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from knowledge.entries import Hit
from knowledge.evidence import Evidence, Rarity, judged
from knowledge.slots import wants_slot
from knowledge.understanding import Question, understand

Outcome = Literal["answered", "nearest", "none"]

_PASSAGES = 10
_ANSWERS, _NEAR, _FOCUS, _SLOT = 0.5, 0.3, 0.4, 0.15
_MORE = 0.9
_SENTENCES = 3


@dataclass(frozen=True)
class Citation:
    """Where a sentence stands: ``quote`` is an exact substring of the stored text, at ``[start:end]`` of it."""

    document_id: str
    passage_id: str
    clause: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True)
class Sentence:
    """One sentence of an answer and what carries it."""

    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True)
class Answer:
    """What may be said.

    Attributes:
        outcome: ``answered``; ``nearest`` (no direct provision, see `nearest`); ``none``.
        text: The answer's words; empty unless answered.
        sentences: The same, sentence by sentence, each with citations.
        citations: All citations, in order, without repeats.
        conflicts: Groups of citations that state different values for the same thing.
        nearest: The passages that came closest, for showing as "perhaps".
        notes: Machine ids: ``approximate``, ``forecast``, ``damaged``, ``expired``, ``relative_date:…``, ``media_report``.
        composed_by: ``extract`` or ``model``.
    """

    outcome: Outcome
    text: str = ""
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    conflicts: tuple[tuple[Citation, ...], ...] = ()
    nearest: tuple[Hit, ...] = ()
    notes: tuple[str, ...] = ()
    composed_by: Literal["extract", "model"] = "extract"
    confidence: float = field(default=0.0, compare=False)


def answer(
    question: Question | str,
    hits: Sequence[Hit],
    *,
    today: date,
    model: object | None = None,
    rarity: Rarity | None = None,
) -> Answer:
    """Answer from ``hits`` alone.

    Args:
        question: A text, or what `understand` made of it and of the thread.
        hits: Found passages that the asker may see, best first.
        today: For telling what has expired.
        model: A `ChatModel` that may compose the answer; without one, or when it fails, sentences are quoted.
        rarity: `KnowledgeIndex.rarity`, so that words of the library's everyday carry little.
    """
    asked = question if isinstance(question, Question) else understand(question)
    evidence = judged(asked, hits[:_PASSAGES], rarity)
    if not evidence:
        return Answer("none")
    best = evidence[0]
    band = banded(asked, best)
    if band != "answered":
        return Answer(band, nearest=tuple(hits[:3]), confidence=best.held)
    chosen = _chosen(asked, evidence)
    sentences = tuple(Sentence(one.text, (_citation(one),)) for one in chosen)
    return Answer(
        "answered",
        "\n".join(one.text for one in sentences),
        sentences,
        tuple(citation for one in sentences for citation in one.citations),
        nearest=tuple(hits[:3]),
        confidence=best.held,
    )


def banded(question: Question, best: Evidence) -> Outcome:
    """Return which of the three bands the best evidence reaches."""
    if best.held < _NEAR:
        return "none"
    complete = best.right_source and best.held >= _ANSWERS and best.focus >= _FOCUS
    return "answered" if complete and (best.slot >= _SLOT or not wants_slot(question)) else "nearest"


def _chosen(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    best = evidence[0]
    wanted = _SENTENCES if question.lists or question.compares else 2
    others = [one for one in evidence[1:10] if one.score >= _MORE * best.score and banded(question, one) == "answered"]
    return [best, *others][:wanted]


def _citation(evidence: Evidence) -> Citation:
    hit = evidence.hit
    start = hit.start + evidence.start
    return Citation(hit.document_id, hit.passage_id, hit.clause, evidence.text, start, start + len(evidence.text))
