"""One immutable piece of the word index: which passages hold which term how often.

Pieces are built from a batch, searched side by side, merged when they are many, and filtered when a document
leaves. They hold counts only; weights that depend on the whole library are applied at search time, so adding
a document never rewrites what is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from knowledge.language.terms import Codes


@dataclass(frozen=True)
class Postings:
    """Sorted term codes; for each, the passages (ascending) and the counts.

    Attributes:
        codes: Distinct term codes, ascending.
        starts: ``codes[i]`` owns ``passages[starts[i]:starts[i + 1]]``.
        passages: Passage numbers within this piece.
        counts: How often the term stands in that passage.
        lengths: Terms in each passage, repeats included.
    """

    codes: Codes
    starts: NDArray[np.int64]
    passages: NDArray[np.int32]
    counts: NDArray[np.uint16]
    lengths: NDArray[np.int32]

    @classmethod
    def of(cls, texts: Sequence[Codes]) -> Postings:
        """Count the terms of each text."""
        lengths = np.array([len(text) for text in texts], dtype=np.int32)
        codes = np.concatenate(texts) if texts else np.zeros(0, np.uint64)
        return cls._counted(codes, np.repeat(np.arange(len(texts), dtype=np.int32), lengths), None, lengths)

    @classmethod
    def _counted(
        cls,
        codes: Codes,
        passages: NDArray[np.int32],
        counts: NDArray[np.uint16] | None,
        lengths: NDArray[np.int32],
    ) -> Postings:
        order = np.lexsort((passages, codes))
        codes, passages = codes[order], passages[order]
        fresh = np.ones(len(codes), dtype=bool)
        fresh[1:] = (codes[1:] != codes[:-1]) | (passages[1:] != passages[:-1])
        firsts = np.flatnonzero(fresh)
        if counts is None:
            counts = np.minimum(np.diff(np.append(firsts, len(codes))), 65_535).astype(np.uint16)
        else:
            counts = counts[order]
        codes, passages = codes[firsts], passages[firsts]
        distinct, starts = np.unique(codes, return_index=True)
        return cls(distinct, np.append(starts, len(codes)).astype(np.int64), passages, counts, lengths)

    @classmethod
    def merged(cls, pieces: Sequence[Postings]) -> Postings:
        """Put pieces one after another; passage numbers of later pieces follow those of earlier ones."""
        offsets = np.cumsum([0] + [len(piece) for piece in pieces])
        return cls._counted(
            np.concatenate([np.repeat(piece.codes, np.diff(piece.starts)) for piece in pieces]),
            np.concatenate(
                [(piece.passages + offset).astype(np.int32) for piece, offset in zip(pieces, offsets, strict=False)]
            ),
            np.concatenate([piece.counts for piece in pieces]),
            np.concatenate([piece.lengths for piece in pieces]),
        )

    def without(self, gone: NDArray[np.bool_]) -> Postings:
        """Return a piece that has no trace of the passages marked in ``gone``; the rest closes ranks."""
        kept = ~gone[self.passages]
        numbers = (np.cumsum(~gone) - 1).astype(np.int32)
        codes = np.repeat(self.codes, np.diff(self.starts))[kept]
        return self._counted(codes, numbers[self.passages[kept]], self.counts[kept], self.lengths[~gone])

    def __len__(self) -> int:
        return len(self.lengths)

    def places(self, codes: Codes) -> NDArray[np.int64]:
        """Return each code's row, or -1 where the piece does not hold it."""
        if not len(self.codes):
            return np.full(len(codes), -1, dtype=np.int64)
        rows = np.minimum(np.searchsorted(self.codes, codes), len(self.codes) - 1)
        found: NDArray[np.int64] = np.where(self.codes[rows] == codes, rows, -1)
        return found

    def holders(self, codes: Codes) -> NDArray[np.int64]:
        """Return in how many passages each code stands."""
        rows = self.places(codes)
        return np.where(rows >= 0, self.starts[rows + 1] - self.starts[rows], 0)

    def save(self, path: Path) -> None:
        """Write the piece to one file without compression, to load fast."""
        np.savez(path, **{name: getattr(self, name) for name in _FIELDS})

    @classmethod
    def load(cls, path: Path) -> Postings:
        """Read a piece back; raises ValueError or OSError on a damaged file."""
        with np.load(path, allow_pickle=False) as stored:
            return cls(*(stored[name] for name in _FIELDS))


_FIELDS = ("codes", "starts", "passages", "counts", "lengths")


def spans(starts: NDArray[np.int64], stops: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the concatenation of ``range(start, stop)`` for each pair, without a Python loop."""
    sizes = stops - starts
    total = int(sizes.sum())
    if not total:
        return np.zeros(0, dtype=np.int64)
    shifts: NDArray[np.int64] = np.repeat(starts - (np.cumsum(sizes) - sizes), sizes)
    return shifts + np.arange(total)


def total_holders(pieces: Iterable[Postings], codes: Codes) -> NDArray[np.int64]:
    """Return in how many passages of all pieces each code stands."""
    total = np.zeros(len(codes), dtype=np.int64)
    for piece in pieces:
        total += piece.holders(codes)
    return total
