"""What a search reads: an immutable picture of the open segments, replaced as a whole by every change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from knowledge.documents.entries import Hit
from knowledge.search.ranking import Ranker, Scores
from knowledge.search.segments import Segment

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MOST_PIECES, _GAP = 2000, 3


@dataclass(frozen=True)
class LibraryState:
    """The segments of one generation and the scores over them.

    Attributes:
        generation: Its directory.
        segments: In order; a passage's position counts through them.
        ranker: Word scores over all of them.
        offsets: Position of each segment's first passage, and the total.
        serials: Library-wide number of the passage at each position.
    """

    generation: Path
    segments: tuple[Segment, ...]
    ranker: Ranker
    offsets: NDArray[np.int64]
    serials: NDArray[np.int64]

    @classmethod
    def of(
        cls, generation: Path, segments: Sequence[Segment], norms: Mapping[str, Scores] | None = None
    ) -> LibraryState:
        """Open a state; ``norms`` known from the state before are kept, see `Ranker`."""
        known = norms or {}
        ranker = Ranker([one.postings for one in segments], [known.get(one.path.name) for one in segments])
        serials = np.concatenate([one.serials for one in segments]) if segments else np.zeros(0, np.int64)
        return cls(generation, tuple(segments), ranker, np.cumsum([0, *(len(one) for one in segments)]), serials)

    def norms(self) -> dict[str, Scores]:
        """Return each segment's cosine lengths by its name, for the next state."""
        names = [segment.path.name for segment in self.segments]
        return dict(zip(names, self.ranker.norms, strict=True))

    def hits(self, scores: Scores, top: int) -> list[Hit]:
        """Return the passages with the best positive scores, best first."""
        return [self._hit(int(position), float(scores[position])) for position in _best(scores, top)]

    def _hit(self, position: int, score: float) -> Hit:
        row = int(np.searchsorted(self.offsets, position, side="right")) - 1
        return replace(self.segments[row].entries.hit(position - int(self.offsets[row]), score), at=position)

    def with_tables(self, hits: Sequence[Hit]) -> list[Hit]:
        """Return hits with the other passages of a table that they begin or end in; those need not be found.

        One of more passages than anyone reads stays in pieces (each its own ``table``): a part is not reckoned with.
        """
        tables: dict[int, tuple[Hit, ...]] = {}
        for hit in hits:
            if hit.at >= 0 and hit.at not in tables and "|" in hit.text:
                pieces = (*reversed(list(self._along(hit, -1))), hit, *self._along(hit, 1))
                whole = len(pieces) < _MOST_PIECES
                tables |= {one.at: pieces if whole else (one,) for one in pieces if not whole or len(pieces) > 1}
        return [replace(hit, table=tables[hit.at]) if hit.at in tables else hit for hit in hits]

    def _along(self, hit: Hit, step: int) -> Iterator[Hit]:
        """The passages that a table goes on in, one after the other."""
        for _ in range(_MOST_PIECES):
            beside = self._beside(hit, step)
            if beside is None:
                return
            yield (hit := beside)

    def _beside(self, hit: Hit, step: int) -> Hit | None:
        """The passage before or after, when a table goes on from one to the other."""
        position = hit.at + step
        if not 0 <= position < len(self.serials):
            return None
        other = self._hit(position, 0.0)
        first, second = (hit, other) if step > 0 else (other, hit)
        apart = second.start - first.start - len(first.text)
        goes_on = "|" in first.text.rstrip().rsplit("\n", 1)[-1] and "|" in second.text.lstrip().split("\n", 1)[0]
        return other if first.document_id == second.document_id and 0 <= apart <= _GAP and goes_on else None

    def positions(self, serials: Sequence[int]) -> NDArray[np.int64]:
        """Return where passages stand, by their library-wide numbers; -1 for one that is gone."""
        order = np.argsort(self.serials, kind="stable")
        wanted = np.array(serials, dtype=np.int64)
        rows = np.minimum(np.searchsorted(self.serials[order], wanted), len(order) - 1)
        found: NDArray[np.int64] = np.where(self.serials[order][rows] == wanted, order[rows], -1)
        return found

    def only(self, scores: Scores, documents: frozenset[str] | None) -> Scores:
        """Return the scores with those of other documents at zero."""
        if documents is None:
            return scores
        allowed: Scores = np.where(self.of_documents(documents), scores, 0.0)
        return allowed

    def of_documents(self, documents: frozenset[str]) -> NDArray[np.bool_]:
        """Mark the passages of these documents."""
        marks = [segment.of_documents(documents) for segment in self.segments]
        return np.concatenate(marks) if marks else np.zeros(0, bool)

    def documents(self) -> frozenset[str]:
        """Return the ids of all documents."""
        return frozenset(document for segment in self.segments for document in segment.documents)


def _best(scores: Scores, top: int) -> NDArray[np.int64]:
    """Return the positions of the best positive scores, best first, ties by position."""
    some = np.sort(np.argpartition(-scores, top)[:top]) if len(scores) > top else np.arange(len(scores))
    ordered: NDArray[np.int64] = some[np.argsort(-scores[some], kind="stable")]
    positive: NDArray[np.int64] = ordered[scores[ordered] > 0]
    return positive
