"""What an answer is: sentences, each with the exact words that carry it, or an honest no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from knowledge.documents.entries import Hit

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
    """One sentence of an answer and what carries it.

    Attributes:
        text: Its words.
        citations: Where they stand.
        about: Which subject of a comparison it tells of, or empty.
    """

    text: str
    citations: tuple[Citation, ...]
    about: str = ""


@dataclass(frozen=True)
class Answer:
    """What may be said.

    Attributes:
        outcome: ``answered``; ``nearest`` (no direct provision, see `nearest`); ``none``.
        text: The answer's words, headline and sentences; empty unless answered.
        sentences: What carries it, sentence by sentence, each with citations.
        citations: All citations, in order, without repeats.
        conflicts: Groups of citations of one document that state different values for the same thing.
        nearest: The passages that came closest, for showing as "perhaps".
        notes: Machine ids, see `knowledge.answers.notes`.
        composed_by: ``extract`` (quoted) or ``model``.
        headline: The asked figures in the order asked (分别是46个、64个。), put together from words that the cited
            sentences hold; empty where none is.
        value: The asked figure with its bounds as the first sentence has it, or empty.
        confidence: How completely the best sentence holds the question, 0 to 1; for reports, not for people.
        computed: Whether it is read off the rows of a table (`knowledge.answers.tables`), which no model words anew.
    """

    outcome: Outcome
    text: str = ""
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    conflicts: tuple[tuple[Citation, ...], ...] = ()
    nearest: tuple[Hit, ...] = ()
    notes: tuple[str, ...] = ()
    composed_by: Literal["extract", "model"] = "extract"
    headline: str = ""
    value: str = field(default="", compare=False)
    confidence: float = field(default=0.0, compare=False)
    computed: bool = field(default=False, compare=False)


def cite(hit: Hit, start: int, end: int) -> Citation:
    """Return the citation of ``hit.text[start:end]``."""
    quote = hit.text[start:end]
    return Citation(hit.document_id, hit.passage_id, hit.clause, quote, hit.start + start, hit.start + end)


def with_sentences(base: Answer, sentences: Sequence[Sentence], composed_by: Literal["extract", "model"]) -> Answer:
    """Return ``base`` saying these sentences, under its headline."""
    citations = dict.fromkeys(citation for one in sentences for citation in one.citations)
    lines = [f"{one.about}：{one.text}" if one.about else one.text for one in sentences]
    return replace(
        base,
        text="\n".join([base.headline, *lines] if base.headline else lines),
        sentences=tuple(sentences),
        citations=tuple(citations),
        composed_by=composed_by,
    )
