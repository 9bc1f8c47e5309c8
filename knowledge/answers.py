"""What an answer is: sentences, each with the exact words that carry it, or an honest no."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from knowledge.entries import Hit

Outcome = Literal["answered", "nearest", "none"]


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
        conflicts: Groups of citations of one document that state different values for the same thing.
        nearest: The passages that came closest, for showing as "perhaps".
        notes: Machine ids, see `knowledge.notes`.
        composed_by: ``extract`` (quoted) or ``model``.
        confidence: How completely the best sentence holds the question, 0 to 1; for reports, not for people.
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


def cite(hit: Hit, start: int, end: int) -> Citation:
    """Return the citation of ``hit.text[start:end]``."""
    quote = hit.text[start:end]
    return Citation(hit.document_id, hit.passage_id, hit.clause, quote, hit.start + start, hit.start + end)
