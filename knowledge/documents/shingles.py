"""How much of its wording one document shares with another: shingles, and a small sketch of them to search by.

A shingle is every run of eight characters of the folded text without spaces and punctuation (Broder, "On the
resemblance and containment of documents", 1997). Layout, file type, width and script leave no trace in them; an edit of
one word changes eight. The sketch is the bottom-k sample of their hashes: two documents that share much share many of
the smallest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from knowledge.language.folding import bare

if TYPE_CHECKING:
    from numpy.typing import NDArray

LENGTH, MARKS = 8, 64
# Measured on edited versions, other formats and same-topic documents: benchmarks/likeness.py.
ALIKE, HELD = 0.3, 0.6
SAME = 0.8


@dataclass(frozen=True)
class Resemblance:
    """`share`: common shingles over all of both; `held`: common ones over those of the shorter text. 0 to 1."""

    share: float
    held: float

    @property
    def is_alike(self) -> bool:
        """One is an edited version, another format, an extract or an extension of the other."""
        return self.share >= ALIKE or self.held >= HELD

    @property
    def kind(self) -> str:
        """``same`` (hardly more than another format), ``edited``, ``part`` (one holds the other), or empty."""
        if not self.is_alike:
            return ""
        if self.share >= SAME:
            return "same"
        return "edited" if self.share >= ALIKE else "part"


def shingles(text: str, length: int = LENGTH) -> NDArray[np.uint64]:
    """Return the sorted hashes of a text's runs of ``length`` characters; about 0.4 µs a character."""
    signs = np.frombuffer(bare(text).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    length = min(length, len(signs))
    if not length:
        return signs
    hashes = np.zeros(len(signs) - length + 1, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for at in range(length):
            hashes = hashes * np.uint64(1_000_003) + signs[at : len(signs) - length + 1 + at]
        hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)  # splitmix64's finisher
        hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        hashes ^= hashes >> np.uint64(31)
    found: NDArray[np.uint64] = np.unique(hashes)
    return found


def marks_of(text: str) -> list[int]:
    """Return the sketch: the smallest hashes, as numbers that a signed column of 64 bits holds."""
    return [int(one) for one in shingles(text)[:MARKS] >> np.uint64(1)]


def resemblance(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> Resemblance:
    """Compare two texts by all their shingles."""
    if not len(one) or not len(other):
        return Resemblance(0.0, 0.0)
    common = len(np.intersect1d(one, other, assume_unique=True))
    return Resemblance(common / (len(one) + len(other) - common), common / min(len(one), len(other)))
