"""The vectors of the generation in use, kept up in the background: words never wait for them.

The segments hold the vectors; Chroma is made from them and made anew when it fails its check.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from secrets import token_hex

from knowledge.search.embedding import Embedder
from knowledge.search.segments import Segment
from knowledge.search.vectors import VectorStore


class DenseSide:
    """One Chroma store, following one generation.

    Attributes:
        failure: What went wrong last with the store, or empty.
    """

    def __init__(self, owner: str, embedder: Embedder, chroma_url: str | None) -> None:
        self._owner = owner
        self._embedder = embedder
        self._url = chroma_url
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="vectors")
        self._last: Future[None] | None = None
        self._lock = threading.Lock()
        self._store: VectorStore | None = None
        self._generation: Path | None = None
        self.failure = ""

    def follow(self, generation: Path, segments: Sequence[Segment], fresh: Sequence[Segment]) -> None:
        """Queue bringing the store in line with ``segments``, of which ``fresh`` are new."""
        if any(len(segment.vectors) for segment in segments):
            self._last = self._worker.submit(self._follow, generation, segments, fresh)

    def settle(self) -> None:
        """Wait until everything queued is stored, or has failed (see `failure`)."""
        last = self._last
        if last is not None:
            last.result()

    def nearest(self, text: str, top: int) -> list[tuple[int, float]]:
        """Return (library-wide passage number, cosine) of the nearest passages, best first.

        A local embedder's vectors are no reason to wait: while the store is being opened there are none. Raises
        `EmbeddingFailed` when the endpoint fails.
        """
        if not self._embedder.local:
            self.settle()
        with self._lock:
            store = self._store
        if store is None:
            return []
        vector = self._embedder.embed([text])[0]
        return [(int(serial), score) for serial, score in store.nearest(vector, top)]

    def leave(self) -> None:
        """Forget the store: its generation is going. A server's collection is deleted."""
        self.settle()
        with self._lock:
            former, self._store, self._generation = self._store, None, None
        if former:
            former.drop()

    def close(self) -> None:
        """Finish what is queued and end the worker."""
        self._worker.shutdown(wait=True)

    def _follow(self, generation: Path, segments: Sequence[Segment], fresh: Sequence[Segment]) -> None:
        try:
            store = self._store if self._generation == generation else None
            if store is None:
                store = self._sound_store(generation, segments)
            else:
                for segment in fresh:
                    _put(store, segment)
        except Exception as error:  # a vector store may fail in many ways; words go on, `failure` tells
            self.failure = f"{type(error).__name__}: {error}"[:200]
            store = None
        with self._lock:
            self._store, self._generation = store, generation

    def _sound_store(self, generation: Path, segments: Sequence[Segment]) -> VectorStore:
        there = sorted(generation.glob("chroma-*"))
        held = sum(len(segment.vectors) for segment in segments)
        if self._url or there:
            store = self._store_at(there[-1] if there else generation / "chroma")
            if store.sound() and store.count() == held:
                return store
            store.drop()
        # always a new place: Chroma remembers what it once opened at a path, even when that is gone
        store = self._store_at(generation / f"chroma-{token_hex(4)}")
        for segment in segments:
            _put(store, segment)
        for directory in there:
            shutil.rmtree(directory, ignore_errors=True)
        return store

    def _store_at(self, directory: Path) -> VectorStore:
        name = f"{self._owner}-{directory.parent.name}" if self._url else ""
        return VectorStore(directory, self._embedder, self._url, name)


def _put(store: VectorStore, segment: Segment) -> None:
    if len(segment.vectors):
        store.add([str(serial) for serial in segment.serials], segment.vectors)
