"""The searchable library: words and vectors of all passages, one owner a directory, generations on disk."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from knowledge.embedding import Embedder, HashingEmbedder
from knowledge.entries import Hit, IndexEntry
from knowledge.errors import EmbeddingFailed, IndexDamaged
from knowledge.folding import fold
from knowledge.generations import Generations, read_meta, write_meta
from knowledge.postings import Postings
from knowledge.ranking import Ranker
from knowledge.segments import (
    Segment,
    copy_segment,
    delete_files,
    merge_segments,
    open_segment,
    without_documents,
    write_segment,
)
from knowledge.steering import steered
from knowledge.terms import codes_of_words, gram_codes, terms_of
from knowledge.understanding import Question, understand
from knowledge.vectors import VectorStore

if TYPE_CHECKING:
    from numpy.typing import NDArray

FORMAT = 1
_BATCH = 8192
_SMALL, _MANY = 4096, 10
_DENSE_SHARE, _LOCAL_SHARE, _DENSE_TOP, _WEAK = 0.3, 0.05, 50, 0.25
_STEERED = 20


@dataclass(frozen=True)
class _State:
    """What a search reads: replaced as a whole by every change, so that a search never sees half of one."""

    generation: Path
    segments: tuple[Segment, ...]
    ranker: Ranker
    offsets: NDArray[np.int64]
    serials: NDArray[np.int64]

    @classmethod
    def of(cls, generation: Path, segments: Sequence[Segment], norms: dict[str, Any] | None = None) -> _State:
        known = norms or {}
        ranker = Ranker([one.postings for one in segments], [known.get(str(one.path)) for one in segments])
        sizes = [len(one) for one in segments]
        serials = np.concatenate([one.serials for one in segments]) if segments else np.zeros(0, np.int64)
        return cls(generation, tuple(segments), ranker, np.cumsum([0, *sizes]), serials)

    def norms(self) -> dict[str, Any]:
        pairs = zip(self.segments, self.ranker.norms, strict=True)
        return {str(segment.path): norm for segment, norm in pairs}

    def hits(self, scores: NDArray[np.float64], top: int) -> list[Hit]:
        return [self.hit(int(position), float(scores[position])) for position in _best(scores, top)]

    def hit(self, position: int, score: float) -> Hit:
        row = int(np.searchsorted(self.offsets, position, side="right")) - 1
        return self.segments[row].entries.hit(position - int(self.offsets[row]), score)

    def positions(self, serials: Sequence[int]) -> NDArray[np.int64]:
        """Return where passages stand, by their library-wide numbers; -1 for one that is gone."""
        order = np.argsort(self.serials, kind="stable")
        wanted = np.array(serials, dtype=np.int64)
        rows = np.minimum(np.searchsorted(self.serials[order], wanted), len(order) - 1)
        return np.where(self.serials[order][rows] == wanted, order[rows], -1)

    def allowed(self, documents: frozenset[str]) -> NDArray[np.bool_]:
        marks = [segment.of_documents(documents) for segment in self.segments]
        return np.concatenate(marks) if marks else np.zeros(0, bool)


class KnowledgeIndex:
    """Search and change the library. Every method may be called from any thread; changes wait for each other."""

    def __init__(self, generations: Generations, embedder: Embedder | None, chroma_url: str | None) -> None:
        self._generations = generations
        self._embedder = embedder or HashingEmbedder()
        self._chroma_url = chroma_url
        self._changing = threading.RLock()
        self._dense_opening = threading.Lock()
        self._dense: VectorStore | None = None
        self._next_serial = 0
        self._state = self._loaded()

    @classmethod
    def open(cls, directory: Path, embedder: Embedder | None = None, chroma_url: str | None = None) -> KnowledgeIndex:
        """Open the index in ``directory``, creating it when there is none.

        Args:
            directory: One process owns it; a second one gets `IndexBusy`.
            embedder: Source of dense vectors; without one the local `HashingEmbedder`.
            chroma_url: A Chroma server instead of a folder beside the words.

        Raises:
            IndexBusy: Another process owns the directory.
            IndexDamaged: A file fails its checksum; `recreate` and `rebuild` from the stored passages.
        """
        generations = Generations(Path(directory))
        try:
            return cls(generations, embedder, chroma_url)
        except BaseException:
            generations.close()
            raise

    @classmethod
    def recreate(
        cls, directory: Path, embedder: Embedder | None = None, chroma_url: str | None = None
    ) -> KnowledgeIndex:
        """Start an empty generation where the old one is damaged or of another format."""
        generations = Generations(Path(directory))
        _begin_empty(generations)
        return cls(generations, embedder, chroma_url)

    def close(self) -> None:
        """Give the directory up; the index must not be used afterwards."""
        with self._changing:
            self._generations.close()

    # changing

    def add(self, entries: Iterable[IndexEntry], progress: Callable[[int], None] | None = None) -> int:
        """Add passages; documents that are already there are replaced. Returns how many were added.

        Searchable when it returns. Vectors are best effort: an endpoint that fails leaves words alone
        (``stats()["vectors"]`` is behind) until the next `rebuild`.
        """
        entries = list(entries)
        if not entries:
            return 0
        with self._changing:
            known = {document for segment in self._state.segments for document in segment.documents}
            self.remove({entry.document_id for entry in entries} & known)
            state = self._state
            fresh = [self._written(state.generation, batch, progress) for batch in _batches(entries, _BATCH)]
            self._commit(state.generation, [*state.segments, *fresh], state)
            self._vectors_in(fresh)
            self._merge_small()
        return len(entries)

    def remove(self, document_ids: Iterable[str]) -> int:
        """Remove documents: a new generation is written that holds none of their bytes. Returns the passages gone."""
        gone = frozenset(document_ids)
        with self._changing:
            state = self._state
            leaving = int(state.allowed(gone).sum()) if gone else 0
            if not leaving:
                return 0
            generation = self._generations.begin()
            kept = []
            for segment in state.segments:
                path = generation / segment.path.name
                touched = bool(gone & set(segment.documents))
                new = without_documents(path, segment, gone) if touched else copy_segment(path, segment)
                kept += [new] if new else []
            self._switch(generation, kept)
            return leaving

    def rebuild(self, entries: Iterable[IndexEntry], progress: Callable[[int], None] | None = None) -> int:
        """Write a new generation from nothing but ``entries``, then switch to it. Returns how many it holds."""
        with self._changing:
            generation = self._generations.begin()
            fresh = [self._written(generation, batch, progress) for batch in _batches(entries, _BATCH)]
            self._switch(generation, fresh)
            return sum(len(segment) for segment in fresh)

    # searching

    def search(self, question: Question | str, *, documents: frozenset[str] | None = None, top: int = 10) -> list[Hit]:
        """Return the passages that fit best, best first, scores at most about 1.

        Args:
            question: A text, or what `understand` made of it.
            documents: Ids that may be seen; None means all. Nothing else is ever scored or returned.
            top: How many at most.
        """
        asked = question if isinstance(question, Question) else understand(question)
        state = self._state
        if not len(state.serials):
            return []
        scores = state.ranker.scores(terms_of(asked.search_text), codes_of_words(asked.other_words))
        if documents is not None:
            scores = np.where(state.allowed(documents), scores, 0.0)
        steer = bool(asked.places or asked.years)
        hits = state.hits(scores, top + _STEERED if steer else top)
        if self._dense_wanted(asked, hits):
            scores = self._with_dense(asked, state, scores, documents)
            hits = state.hits(scores, top + _STEERED if steer else top)
        return steered(asked, hits)[:top]

    def rarity(self, pairs: Sequence[str]) -> list[float]:
        """Return how rare each pair of characters is in the library: 0 everywhere, 1 nowhere."""
        codes = [gram_codes(fold(pair)) for pair in pairs]
        flat = np.array([one[0] if len(one) else 0 for one in codes], dtype=np.uint64)
        return [float(value) for value in self._state.ranker.rarity(flat)]

    def stats(self) -> dict[str, Any]:
        """Return counts and the generation's particulars, for `doctor` and the tests."""
        state = self._state
        documents = {document for segment in state.segments for document in segment.documents}
        return {
            "passages": len(state.serials),
            "documents": len(documents),
            "segments": len(state.segments),
            "generation": state.generation.name,
            "embedder": self._embedder.name,
            "dimension": self._embedder.dimension,
            "vectors": sum(len(segment.vectors) for segment in state.segments),
        }

    def document_ids(self) -> frozenset[str]:
        """Return the documents that the index holds, to compare with the stored ones."""
        return frozenset(document for segment in self._state.segments for document in segment.documents)

    # inside

    def _loaded(self) -> _State:
        generation = self._generations.current() or _begin_empty(self._generations)
        try:
            meta = read_meta(generation)
        except (OSError, ValueError) as error:
            raise IndexDamaged(str(generation), "meta") from error
        if meta.get("format") != FORMAT:
            raise IndexDamaged(str(generation), f"format {meta.get('format')}")
        segments = [open_segment(generation, described) for described in meta["segments"]]
        self._next_serial = int(meta["next_serial"])
        state = _State.of(generation, segments)
        if not self._embedder.dimension:
            self._embedder.dimension = int(meta.get("dimension") or 0)
        return state

    def _written(
        self, generation: Path, entries: Sequence[IndexEntry], progress: Callable[[int], None] | None
    ) -> Segment:
        terms = []
        for number, entry in enumerate(entries, 1):
            one = entry.terms()
            terms.append(np.concatenate([one.grams, one.words]))
            if progress and number % 200 == 0:
                progress(200)
        if progress:
            progress(len(entries) % 200)
        serials = np.arange(self._next_serial, self._next_serial + len(entries), dtype=np.int64)
        self._next_serial += len(entries)
        path = generation / f"s-{int(serials[0]):09d}"
        return write_segment(path, entries, Postings.of(terms), serials, self._embedded(entries))

    def _embedded(self, entries: Sequence[IndexEntry]) -> NDArray[np.float32]:
        try:
            return self._embedder.embed([f"{entry.heading}\n{entry.text}" for entry in entries])
        except EmbeddingFailed:
            return np.zeros((0, 0), dtype=np.float32)

    def _commit(self, generation: Path, segments: Sequence[Segment], before: _State | None = None) -> None:
        meta = {
            "format": FORMAT,
            "embedder": self._embedder.name,
            "dimension": self._embedder.dimension,
            "next_serial": self._next_serial,
            "segments": [segment.describe() for segment in segments],
        }
        write_meta(generation, meta)
        self._state = _State.of(generation, segments, before.norms() if before else None)

    def _switch(self, generation: Path, segments: Sequence[Segment]) -> None:
        self._commit(generation, segments)
        with self._dense_opening:
            former, self._dense = self._dense, None
        self._vectors_in(segments)
        self._generations.switch(generation)
        if former:
            former.drop()

    def _merge_small(self) -> None:
        state = self._state
        small = [segment for segment in state.segments if len(segment) < _SMALL]
        if len(small) <= _MANY:
            return
        first = int(small[0].serials[0])
        merged = merge_segments(state.generation / f"s-{first:09d}-{self._next_serial}", small)
        rest = [segment for segment in state.segments if segment not in small]
        self._commit(state.generation, [*rest, merged], state)
        for segment in small:
            delete_files(segment)

    # vectors

    def _dense_name(self, generation: Path) -> str:
        return f"{self._generations.directory.name}-{generation.name}" if self._chroma_url else ""

    def _dense_store(self) -> VectorStore:
        """The generation's vectors; checked, and filled again from the segments when the check fails."""
        with self._dense_opening:
            if self._dense is None:
                self._dense = self._sound_store(self._state)
            return self._dense

    def _sound_store(self, state: _State) -> VectorStore:
        there = sorted(state.generation.glob("chroma-*"))
        held = sum(len(segment.vectors) for segment in state.segments)
        if self._chroma_url or there:
            store = self._store_at(state.generation, len(there))
            if store.sound() and store.count() == held:
                return store
        store = self._store_at(state.generation, len(there) + 1)  # a new place: Chroma keeps open what it opened
        for segment in state.segments:
            _put(store, segment)
        for directory in there:
            shutil.rmtree(directory, ignore_errors=True)
        return store

    def _store_at(self, generation: Path, number: int) -> VectorStore:
        name = f"{self._generations.directory.name}-{generation.name}-{number}" if self._chroma_url else ""
        return VectorStore(generation / f"chroma-{number:03d}", self._embedder, self._chroma_url, name)

    def _vectors_in(self, segments: Sequence[Segment]) -> None:
        if not any(len(segment.vectors) for segment in segments):
            return
        if self._dense is None:
            self._dense_store()  # fills itself from all segments, these included
            return
        for segment in segments:
            _put(self._dense, segment)

    def _dense_wanted(self, asked: Question, hits: Sequence[Hit]) -> bool:
        if not any(len(segment.vectors) for segment in self._state.segments):
            return False
        if not self._embedder.local:
            return True
        return not hits or asked.covered_by(hits[0].heading + hits[0].text) < _WEAK

    def _with_dense(
        self, asked: Question, state: _State, scores: NDArray[np.float64], documents: frozenset[str] | None
    ) -> NDArray[np.float64]:
        """Add the cosine of the nearest vectors, divided by its own best, to the word scores."""
        try:
            vector = self._embedder.embed([asked.search_text])[0]
            near = self._dense_store().nearest(vector, min(_DENSE_TOP, len(state.serials)))
        except EmbeddingFailed:
            return scores
        best = max((score for _, score in near), default=0.0)
        if best <= 0:
            return scores
        share = _LOCAL_SHARE if self._embedder.local else _DENSE_SHARE
        positions = state.positions([int(serial) for serial, _ in near])
        total = scores.copy()
        for position, (_, score) in zip(positions, near, strict=True):
            if position >= 0:
                total[position] += share * max(0.0, score) / best
        return total if documents is None else np.where(state.allowed(documents), total, 0.0)


def _begin_empty(generations: Generations) -> Path:
    generation = generations.begin()
    write_meta(generation, {"format": FORMAT, "next_serial": 0, "segments": [], "embedder": "", "dimension": 0})
    generations.switch(generation)
    return generation


def _batches(entries: Iterable[IndexEntry], size: int) -> Iterable[list[IndexEntry]]:
    stream = iter(entries)
    while batch := list(islice(stream, size)):
        yield batch


def _put(store: VectorStore, segment: Segment) -> None:
    if len(segment.vectors):
        store.add([str(serial) for serial in segment.serials], segment.vectors)


def _best(scores: NDArray[np.float64], top: int) -> NDArray[np.int64]:
    """Return the positions of the best positive scores, best first, ties by position."""
    if len(scores) > top:
        some = np.argpartition(-scores, top)[:top]
        some = np.sort(some)
    else:
        some = np.arange(len(scores))
    ordered: NDArray[np.int64] = some[np.argsort(-scores[some], kind="stable")]
    return ordered[scores[ordered] > 0]
