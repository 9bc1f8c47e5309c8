"""Where the words around a place begin and end, between signs: a clause, a sentence, a table's cell."""

from __future__ import annotations


def begin_of(words: str, at: int, signs: str) -> int:
    """Return where the stretch without any of ``signs`` begins that goes on to ``at``."""
    return max(words.rfind(sign, 0, at) for sign in signs) + 1


def end_of(words: str, at: int, signs: str) -> int:
    """Return where the stretch without any of ``signs`` ends that begins at ``at``."""
    return min((found for sign in signs if (found := words.find(sign, at)) >= 0), default=len(words))
