"""The dense side of one generation: a Chroma collection, checked in a child process before it is trusted.

Chroma is a cache here: ids and vectors, nothing that cannot be made again. A damaged index file can crash the
process that opens it (SIGSEGV), so a child opens it first.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from knowledge.search.embedding import Embedder

if TYPE_CHECKING:
    from langchain_chroma import Chroma

_COLLECTION = "passages"
_BATCH = 2000
_CHECK_TIMEOUT_S = 60


class VectorStore:
    """Nearest passages by vector; one instance a generation."""

    def __init__(self, directory: Path, embedder: Embedder, chroma_url: str | None = None, name: str = "") -> None:
        self._directory = directory
        self._embedder = embedder
        self._url = chroma_url
        self._collection_name = f"{_COLLECTION}-{name}" if name else _COLLECTION
        self._store: Chroma | None = None

    def add(self, numbers: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Store vectors under the passages' ids; an id that is there is replaced."""
        collection = self._opened()._collection
        for begin in range(0, len(numbers), _BATCH):
            some = slice(begin, begin + _BATCH)
            collection.upsert(ids=list(numbers[some]), embeddings=vectors[some])

    def nearest(self, vector: NDArray[np.float32], top: int) -> list[tuple[str, float]]:
        """Return (id, cosine) of the nearest passages, best first."""
        collection = self._opened()._collection
        found = collection.query(query_embeddings=[vector.tolist()], n_results=top, include=["distances"])
        distances = (found["distances"] or [[]])[0]
        return [(one, 1.0 - float(distance)) for one, distance in zip(found["ids"][0], distances, strict=True)]

    def count(self) -> int:
        """Return how many vectors are stored."""
        return int(self._opened()._collection.count())

    def sound(self) -> bool:
        """Open and query the store in a child process; False when that fails or crashes."""
        if self._url or not self._directory.exists():
            return True
        command = [
            sys.executable,
            "-m",
            "knowledge.search.vectors",
            str(self._directory),
            str(self._embedder.dimension),
        ]
        try:
            return subprocess.run(command, capture_output=True, timeout=_CHECK_TIMEOUT_S, check=False).returncode == 0  # noqa: S603
        except subprocess.TimeoutExpired:
            return False

    def _opened(self) -> Chroma:
        if self._store is None:
            from langchain_chroma import Chroma

            self._store = Chroma(
                collection_name=self._collection_name,
                client=_server(self._url) if self._url else _embedded(str(self._directory)),
                embedding_function=None,
                collection_metadata={"embedder": self._embedder.name},
                collection_configuration={"hnsw": {"space": "cosine"}, "embedding_function": None},
            )
        return self._store

    def drop(self) -> None:
        """Delete a server's collection; an embedded one goes with its directory."""
        if self._url:
            self._opened().delete_collection()


def _embedded(directory: str) -> Any:
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(path=directory, settings=Settings(anonymized_telemetry=False))


def _server(url: str) -> Any:
    from urllib.parse import urlsplit

    import chromadb
    from chromadb.config import Settings

    parts = urlsplit(url if "//" in url else f"http://{url}")
    secure = parts.scheme == "https"
    return chromadb.HttpClient(
        host=parts.hostname or "localhost",
        port=parts.port or (443 if secure else 8000),
        ssl=secure,
        settings=Settings(anonymized_telemetry=False),
    )


def _check(directory: str, dimension: str) -> int:
    """Open and query it, without LangChain: loading that would take as long again."""
    collection = _embedded(directory).get_collection(_COLLECTION, embedding_function=None)
    held = collection.count()
    if held:
        found = collection.query(
            query_embeddings=[[0.1] * int(dimension)], n_results=min(5, held), include=["distances"]
        )
        return 0 if found["ids"][0] else 1
    return 0


if __name__ == "__main__":
    sys.exit(_check(*sys.argv[1:3]))
