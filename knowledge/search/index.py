"""The searchable library: words and vectors of all passages, one owner a directory, generations on disk."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from knowledge.documents.entries import Hit, IndexEntry
from knowledge.errors import EmbeddingFailed, IndexDamaged
from knowledge.language.folding import fold
from knowledge.language.terms import Codes, gram_codes
from knowledge.questions.understanding import Question, understand
from knowledge.search.dense import DenseSide
from knowledge.search.embedding import Embedder, HashingEmbedder
from knowledge.search.generations import Generations, read_meta, write_meta
from knowledge.search.homes import described
from knowledge.search.library_state import LibraryState
from knowledge.search.postings import Postings
from knowledge.search.searching import Search
from knowledge.search.segments import (
    Segment,
    delete_files,
    kept_segment,
    merge_segments,
    open_segment,
    write_segment,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

FORMAT = 2
_BATCH = 8192
_SMALL, _MANY = (64, 512, 4096), 10  # the smallest are merged first: no passage is written again more than a few times

Progress = Callable[[int], None]


class KnowledgeIndex:
    """Search and change the library. Every method may be called from any thread; changes wait for each other."""

    def __init__(self, generations: Generations, embedder: Embedder | None, chroma_url: str | None) -> None:
        self._generations = generations
        self._embedder = embedder or HashingEmbedder()
        self._dense = DenseSide(generations.directory.name, self._embedder, chroma_url)
        self._changing = threading.RLock()
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
            self._dense.close()
            self._generations.close()

    def add(self, entries: Iterable[IndexEntry], progress: Progress | None = None) -> int:
        """Add passages; documents that are already there are replaced. Returns how many were added.

        Searchable by words when it returns; their vectors follow in the background. An embedding endpoint that fails
        leaves words alone (``stats()["vectors"]`` is behind) until the next `rebuild`.
        """
        new = described(list(entries))
        if not new:
            return 0
        with self._changing:
            self.remove({entry.document_id for entry in new} & self._state.documents())
            state = self._state
            fresh = [self._written(state.generation, batch, progress) for batch in _batches(new, _BATCH)]
            self._commit(state.generation, [*state.segments, *fresh], state)
            self._merge_small()
            self._dense.follow(self._state.generation, self._state.segments, fresh)
        return len(new)

    def remove(self, document_ids: Iterable[str]) -> int:
        """Remove documents: a new generation is written that holds none of their bytes. Returns the passages gone."""
        gone = frozenset(document_ids)
        with self._changing:
            state = self._state
            leaving = int(state.of_documents(gone).sum()) if gone else 0
            if not leaving:
                return 0
            generation = self._generations.begin()
            kept = [kept_segment(generation, segment, gone) for segment in state.segments]
            self._switch(generation, [segment for segment in kept if segment])
            return leaving

    def rebuild(self, entries: Iterable[IndexEntry], progress: Progress | None = None) -> int:
        """Write a new generation from nothing but ``entries``, then switch to it. Returns how many it holds."""
        with self._changing:
            generation = self._generations.begin()
            batches = _batches(described(list(entries)), _BATCH)
            fresh = [self._written(generation, batch, progress) for batch in batches]
            self._switch(generation, fresh)
            return sum(len(segment) for segment in fresh)

    def settle(self) -> None:
        """Wait until the vectors of everything added are stored; words never wait for them."""
        self._dense.settle()

    def search(self, question: Question | str, *, documents: frozenset[str] | None = None, top: int = 12) -> list[Hit]:
        """Return the passages that fit best, best first, scores at most about 1.

        Args:
            question: A text, or what `understand` made of it.
            documents: Ids that may be seen; None means all. Nothing else is ever returned.
            top: How many at most.
        """
        asked = question if isinstance(question, Question) else understand(question)
        return Search(self._state, self._dense, self._embedder).found(asked, documents, top)

    def rarity(self, pairs: Sequence[str]) -> list[float]:
        """Return how rare each pair of characters is in the library: 0 everywhere, 1 nowhere."""
        codes = [gram_codes(fold(pair)) for pair in pairs]
        flat = np.array([one[0] if len(one) else 0 for one in codes], dtype=np.uint64)
        return [float(value) for value in self._state.ranker.rarity(flat)]

    def stats(self) -> dict[str, Any]:
        """Return counts and the generation's particulars, for `doctor` and the tests."""
        state = self._state
        return {
            "passages": len(state.serials),
            "documents": len(state.documents()),
            "segments": len(state.segments),
            "generation": state.generation.name,
            "embedder": self._embedder.name,
            "dimension": self._embedder.dimension,
            "vectors": sum(len(segment.vectors) for segment in state.segments),
            "vectors_failure": self._dense.failure,
        }

    def document_ids(self) -> frozenset[str]:
        """Return the documents that the index holds, to compare with the stored ones."""
        return self._state.documents()

    def _loaded(self) -> LibraryState:
        generation = self._generations.current() or _begin_empty(self._generations)
        try:
            meta = read_meta(generation)
        except (OSError, ValueError) as error:
            raise IndexDamaged(str(generation), "meta") from error
        if meta.get("format") != FORMAT:
            raise IndexDamaged(str(generation), f"format {meta.get('format')}")
        if meta["segments"] and meta["embedder"] != self._embedder.name:
            raise IndexDamaged(str(generation), f"vectors of {meta['embedder']}, configured {self._embedder.name}")
        segments = [open_segment(generation, described) for described in meta["segments"]]
        self._next_serial = int(meta["next_serial"])
        self._embedder.dimension = self._embedder.dimension or int(meta["dimension"])
        self._dense.follow(generation, segments, ())
        return LibraryState.of(generation, segments)

    def _written(self, generation: Path, entries: Sequence[IndexEntry], progress: Progress | None) -> Segment:
        terms = []
        for number, entry in enumerate(entries, 1):
            one = entry.terms()
            terms.append(np.concatenate([one.grams, one.words]))
            if progress and (number % 200 == 0 or number == len(entries)):
                progress((number - 1) % 200 + 1)
        serials = np.arange(self._next_serial, self._next_serial + len(entries), dtype=np.int64)
        self._next_serial += len(entries)
        path = generation / f"s-{int(serials[0]):09d}"
        lines, owned_by = [entry.line() for entry in entries], [entry.document_id for entry in entries]
        return write_segment(path, lines, owned_by, Postings.of(terms), serials, self._embedded(entries, terms))

    def _embedded(self, entries: Sequence[IndexEntry], terms: Sequence[Codes]) -> NDArray[np.float32]:
        if isinstance(self._embedder, HashingEmbedder):
            return self._embedder.embed_terms(terms)
        try:
            return self._embedder.embed([f"{entry.heading}\n{entry.text}" for entry in entries])
        except EmbeddingFailed:
            return np.zeros((0, 0), dtype=np.float32)

    def _commit(self, generation: Path, segments: Sequence[Segment], before: LibraryState | None = None) -> None:
        meta = {
            "format": FORMAT,
            "embedder": self._embedder.name,
            "dimension": self._embedder.dimension,
            "next_serial": self._next_serial,
            "segments": [segment.describe() for segment in segments],
        }
        write_meta(generation, meta)
        self._state = LibraryState.of(generation, segments, before.norms() if before else None)

    def _switch(self, generation: Path, segments: Sequence[Segment]) -> None:
        self._dense.leave()
        self._commit(generation, segments)
        self._generations.switch(generation)
        self._dense.follow(generation, segments, ())

    def _merge_small(self) -> None:
        state = self._state
        for size in _SMALL:
            small = [segment for segment in state.segments if len(segment) < size]
            if len(small) > _MANY:
                break
        else:
            return
        name = f"s-{int(small[0].serials[0]):09d}-{self._next_serial}"  # new each time: serials only grow
        merged = merge_segments(state.generation / name, small)
        rest = [segment for segment in state.segments if segment not in small]
        self._commit(state.generation, [*rest, merged], state)
        for segment in small:
            delete_files(segment)


def _begin_empty(generations: Generations) -> Path:
    generation = generations.begin()
    write_meta(generation, {"format": FORMAT, "next_serial": 0, "segments": [], "embedder": "", "dimension": 0})
    generations.switch(generation)
    return generation


def _batches(entries: Iterable[IndexEntry], size: int) -> Iterable[list[IndexEntry]]:
    stream = iter(entries)
    while batch := list(islice(stream, size)):
        yield batch
