"""Scores of all passages for a question's terms: BM25 and TF-IDF cosine, added, each over its own best.

BM25 after Robertson and Zaragoza (2009) with k1 0.9, b 0.6; the cosine uses 1+log(tf) and log(n/df)+1. Adding
scores, each divided by its own best, measured better than rank fusion (`docs/decisions/0202`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from knowledge.search.postings import Postings, spans, total_holders

if TYPE_CHECKING:
    from knowledge.language.terms import Codes, Terms

Scores = NDArray[np.float64]

K1, B = 0.9, 0.6
COSINE_SHARE, WORD_SHARE, OTHERS_SHARE = 0.5, 0.2, 0.15
_WORD_BIT = np.uint64(1 << 63)


class Ranker:
    """Scores over several pieces as if they were one; build a new one when the pieces change."""

    def __init__(self, pieces: Sequence[Postings], norms: Sequence[Scores | None]) -> None:
        self.pieces = list(pieces)
        self.count = sum(len(piece) for piece in pieces)
        self._mean_length = max(1.0, sum(int(piece.lengths.sum()) for piece in pieces) / max(1, self.count))
        self.norms = [
            known if known is not None else self.norms_of(piece) for piece, known in zip(pieces, norms, strict=True)
        ]

    def norms_of(self, piece: Postings) -> Scores:
        """Return the TF-IDF length of each passage of ``piece``, over its characters and pairs."""
        grams = int(np.searchsorted(piece.codes, _WORD_BIT))
        idf = self._cosine_idf(piece.codes[:grams])
        sizes = np.diff(piece.starts[: grams + 1])
        stop = int(piece.starts[grams])
        weights = (1 + np.log(piece.counts[:stop])) * np.repeat(idf, sizes)
        squares = np.bincount(piece.passages[:stop], weights * weights, minlength=len(piece))
        norms: Scores = np.sqrt(np.maximum(squares, 1e-9))
        return norms

    def scores(self, terms: Terms, others: Codes | None = None) -> Scores:
        """Return one score a passage, in the order of the pieces; 0 where nothing matches, at most 1.

        Args:
            terms: The question's terms.
            others: Words that say the same in the official wording; they add a little.
        """
        grams, words = np.unique(terms.grams), np.unique(terms.words)
        bm25, cosine = self._bm25_and_cosine(grams)
        by_word = self._bm25(words)
        total = _of_best(bm25) + COSINE_SHARE * _of_best(cosine) + WORD_SHARE * _of_best(by_word)
        if others is not None and len(others):
            total = total + OTHERS_SHARE * _of_best(self._bm25(np.unique(others)))
        return total / (1 + COSINE_SHARE + WORD_SHARE)

    def rarity(self, codes: Codes) -> Scores:
        """Return log(n/df) per code scaled to 0..1; a code that no passage holds is 1."""
        held = total_holders(self.pieces, codes)
        top = np.log(max(2, self.count) + 1)
        rare: Scores = np.log((max(1, self.count) + 1) / (held + 1)) / top
        return rare

    def _cosine_idf(self, codes: Codes) -> Scores:
        idf: Scores = np.log(max(1, self.count) / np.maximum(1, total_holders(self.pieces, codes))) + 1
        return idf

    def _bm25_idf(self, codes: Codes) -> Scores:
        held = total_holders(self.pieces, codes)
        idf: Scores = np.log(1 + (self.count - held + 0.5) / (held + 0.5))
        return idf

    def _bm25(self, codes: Codes) -> Scores:
        idf = self._bm25_idf(codes)
        parts = [self._gathered(piece, codes, idf) for piece in self.pieces]
        return np.concatenate([part[0] for part in parts]) if parts else np.zeros(0)

    def _bm25_and_cosine(self, codes: Codes) -> tuple[Scores, Scores]:
        idf, idf2 = self._bm25_idf(codes), self._cosine_idf(codes) ** 2
        parts = [
            self._gathered(piece, codes, idf, idf2, norm) for piece, norm in zip(self.pieces, self.norms, strict=True)
        ]
        if not parts:
            return np.zeros(0), np.zeros(0)
        return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])

    def _gathered(
        self,
        piece: Postings,
        codes: Codes,
        idf: Scores,
        idf2: Scores | None = None,
        norm: Scores | None = None,
    ) -> tuple[Scores, Scores]:
        rows = piece.places(codes)
        found = rows >= 0
        rows = rows[found]
        begins, ends = piece.starts[rows], piece.starts[rows + 1]
        where = spans(begins, ends)
        passages, counts = piece.passages[where], piece.counts[where].astype(np.float64)
        sizes = ends - begins
        damp = K1 * (1 - B + B * piece.lengths / self._mean_length)
        bm25 = counts * (K1 + 1) / (counts + damp[passages]) * np.repeat(idf[found], sizes)
        scores = np.bincount(passages, bm25, minlength=len(piece)).astype(np.float64)
        if idf2 is None or norm is None:
            return scores, scores
        cosine = (1 + np.log(counts)) * np.repeat(idf2[found], sizes)
        cosines: Scores = np.bincount(passages, cosine, minlength=len(piece)) / norm
        return scores, cosines


def _of_best(scores: Scores) -> Scores:
    best = scores.max(initial=0.0)
    return scores / best if best > 0 else scores
