"""The passages to show as "perhaps" when nothing answers: from the sentence that came closest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.entries import Hit
from knowledge.evidence import Evidence

_MOST, _BEFORE_CHARS = 3, 60


def closest(evidence: Sequence[Evidence], hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return up to three passages, the one with the closest sentence first.

    A bare heading says nothing to whoever looks for an answer, so passages that hold nothing else are left out while
    there are others. A passage begins at its closest sentence; an answer keeps
    the question above it.
    """
    best: dict[str, Evidence] = {}
    for one in evidence:
        if not one.heading:
            best.setdefault(one.hit.passage_id, one)
    return tuple(_from_sentence(one) for one in list(best.values())[:_MOST]) or tuple(hits[:_MOST])


def _from_sentence(one: Evidence) -> Hit:
    if one.start <= _BEFORE_CHARS and one.hit.text.lstrip().startswith(("问", "Q")):
        return one.hit
    return replace(one.hit, text=one.hit.text[one.start :], start=one.hit.start + one.start)
