"""The passages that fit a question best: scores of words and vectors added, and steered by what the question names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from knowledge.documents.entries import Hit
from knowledge.errors import EmbeddingFailed
from knowledge.language.terms import codes_of_words, question_terms
from knowledge.questions.understanding import Question, subjects
from knowledge.search.dense import DenseSide
from knowledge.search.embedding import Embedder
from knowledge.search.library_state import LibraryState
from knowledge.search.ranking import Scores
from knowledge.search.short_names import recognised
from knowledge.search.steering import steered

_DENSE_SHARE, _LOCAL_SHARE, _DENSE_TOP, _WEAK = 0.3, 0.05, 50, 0.25
_STEERED = 20


@dataclass(frozen=True)
class Search:
    """One look at the library as it is now: its words, its vectors, and what makes a vector of a question."""

    state: LibraryState
    dense: DenseSide
    embedder: Embedder

    def found(self, asked: Question, documents: frozenset[str] | None, top: int) -> list[Hit]:
        """Return at most ``top`` passages of ``documents`` (None: of all); compared subjects take turns."""
        parts = subjects(asked)
        lists = [self._found(part, documents, top) for part in parts]
        found = lists[0] if len(lists) == 1 else _interleaved(lists)[:top]
        return self.state.with_tables(found)

    def _found(self, asked: Question, documents: frozenset[str] | None, top: int) -> list[Hit]:
        state = self.state
        if not len(state.serials):
            return []
        scores = self._by_words(asked, documents)
        named = recognised(asked, state.hits(scores, top))
        if named is not asked:  # the passages found explain a short name: look for its full one, too
            full_names = " ".join(name for names in named.aliases.values() for name in names)
            asked = replace(named, search_text=f"{asked.search_text} {full_names}")
            scores = self._by_words(asked, documents)
        wanted = top + _STEERED if asked.places or asked.years or asked.names or asked.ordinals else top
        hits = state.hits(scores, wanted)
        if not self.embedder.local or _is_weak(asked, hits):
            hits = state.hits(state.only(self._with_dense(asked, scores), documents), wanted)
        return steered(asked, hits)[:top]

    def _by_words(self, asked: Question, documents: frozenset[str] | None) -> Scores:
        scores = self.state.ranker.scores(question_terms(asked.search_text), codes_of_words(asked.other_words))
        return self.state.only(scores, documents)

    def _with_dense(self, asked: Question, scores: Scores) -> Scores:
        """Add the cosine of the nearest vectors, divided by its own best, to the word scores."""
        try:
            near = self.dense.nearest(asked.search_text, min(_DENSE_TOP, len(self.state.serials)))
        except EmbeddingFailed:
            return scores
        best = max((score for _, score in near), default=0.0)
        if best <= 0:
            return scores
        share = _LOCAL_SHARE if self.embedder.local else _DENSE_SHARE
        total = scores.copy()
        positions = self.state.positions([serial for serial, _ in near])
        for position, (_, score) in zip(positions, near, strict=True):
            if position >= 0:
                total[position] += share * max(0.0, score) / best
        return total


def _is_weak(asked: Question, hits: Sequence[Hit]) -> bool:
    """Whether the best passage holds hardly any of the words: then even a local embedder may help."""
    return not hits or asked.covered_by(f"{hits[0].heading}{hits[0].text}") < _WEAK


def _interleaved(lists: Sequence[Sequence[Hit]]) -> list[Hit]:
    """Take the best of each list in turn, each passage once: every compared subject has its say."""
    found = {hit.passage_id: hit for group in zip_longest(*lists) for hit in group if hit is not None}
    return list(found.values())
