"""What to show as "perhaps" when nothing answers: the sentences that came closest, one of each passage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.documents.cutting import sentences_of
from knowledge.documents.entries import Hit
from knowledge.evidence.judging import Evidence

_MOST = 3


def closest(evidence: Sequence[Evidence], hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return up to three passages cut down to their closest sentence, the closest first.

    A bare heading says nothing to whoever looks for an answer, so passages that hold nothing else are left out while
    there are others.
    """
    best: dict[str, Evidence] = {}
    for one in evidence:
        if not one.heading:
            best.setdefault(one.hit.passage_id, one)
    found = tuple(_only(one.hit, one.start, one.end) for one in list(best.values())[:_MOST])
    return found or tuple(_first_sentence(hit) for hit in hits[:_MOST])


def _only(hit: Hit, start: int, end: int) -> Hit:
    return replace(hit, text=hit.told(start, end), start=hit.start + start)


def _first_sentence(hit: Hit) -> Hit:
    return _only(hit, *next(sentences_of(hit.text), (0, len(hit.text))))
