"""Dense vectors: from a configured OpenAI-compatible endpoint, or from a small local embedder.

Chroma's default embedding function is never used: it downloads an English model.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import EmbeddingFailed
from knowledge.language.folding import fold
from knowledge.language.terms import Codes, terms_of

_TIMEOUT_S = 20.0


Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into vectors of one length; ``name`` and ``dimension`` are stored with each generation."""

    name: str
    dimension: int
    local: bool

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit row a text; raises `EmbeddingFailed`."""
        ...


class HashingEmbedder:
    """Signed hashing of characters, pairs and words into 256 numbers (Weinberger et al., 2009).

    It needs no training, no download and no network. It knows no synonyms, so it only ever adds a little to the
    word scores; an endpoint does better.
    """

    name = "hashing"
    dimension = 256
    local = True

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return unit rows; an empty text is a zero row."""
        return self.embed_terms([np.concatenate([one.grams, one.words]) for one in map(terms_of, map(fold, texts))])

    def embed_terms(self, texts: Sequence[Codes]) -> Vectors:
        """Return the same for texts whose terms are at hand."""
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for number, terms in enumerate(texts):
            codes, counts = np.unique(terms, return_counts=True)
            mixed = (codes ^ (codes >> np.uint64(31))) * np.uint64(0x9E3779B97F4A7C15)
            slots = (mixed >> np.uint64(40)) % np.uint64(self.dimension)
            signs = np.where((mixed >> np.uint64(20)) & np.uint64(1), 1.0, -1.0)
            rows[number] = np.bincount(slots.astype(np.int64), signs * (1 + np.log(counts)), minlength=self.dimension)
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.maximum(lengths, 1e-9), dtype=np.float32)


class EndpointEmbedder:
    """Vectors from any OpenAI-compatible ``/embeddings``; the dimension is what its first answer has."""

    local = False

    def __init__(self, base_url: str, api_key: str, model: str) -> None:
        self.name = f"endpoint:{model}"
        self.dimension = 0
        self._settings = (base_url, api_key, model)
        self._client: Any = None

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Ask the endpoint; raises `EmbeddingFailed` when it is down, slow, or answers nonsense."""
        try:
            rows = np.asarray(self._connected().embed_documents(list(texts)), dtype=np.float32)
        except Exception as error:
            raise EmbeddingFailed(type(error).__name__) from error
        if rows.ndim != 2 or len(rows) != len(texts) or not np.isfinite(rows).all():
            raise EmbeddingFailed("shape")
        self.dimension = self.dimension or rows.shape[1]
        if rows.shape[1] != self.dimension:
            raise EmbeddingFailed("dimension")
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.maximum(lengths, 1e-9), dtype=np.float32)

    def _connected(self) -> Any:  # langchain_openai is imported only when an endpoint is set
        if self._client is None:
            from langchain_openai import OpenAIEmbeddings
            from pydantic import SecretStr

            base_url, api_key, model = self._settings
            self._client = OpenAIEmbeddings(
                model=model,
                openai_api_base=base_url,
                openai_api_key=SecretStr(api_key or "none"),
                request_timeout=_TIMEOUT_S,
                max_retries=1,
                check_embedding_ctx_length=False,  # otherwise it needs a tokenizer from the network
            )
        return self._client
