"""Searching for a follow-up: it is about what the answer before it stood on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from knowledge.documents.entries import Hit
from knowledge.questions.understanding import Question

if TYPE_CHECKING:
    from knowledge.search.index import KnowledgeIndex

_LOOKED_AT, _SAME_DOCUMENT = 20, 0.15


@dataclass(frozen=True)
class Cited:
    """What the answer before a follow-up quoted."""

    document_id: str
    passage_id: str
    quote: str


def search_in_thread(
    index: KnowledgeIndex,
    asked: Question,
    before: Question | None,
    cited: Sequence[Cited],
    documents: frozenset[str] | None = None,
) -> tuple[Question, list[Hit]]:
    """Return the question with what it follows on, and its hits: the cited passages first, their documents next.

    Only ``documents`` are looked at: what the answer before could quote may be closed by now, or to this reader.
    """
    hits = index.search(asked, documents=documents)
    if not asked.follows or before is None or not cited:
        return asked, hits
    their = frozenset(one.document_id for one in cited)
    allowed = their if documents is None else their & documents
    passages = {one.passage_id for one in cited}
    found = index.search(before, documents=allowed, top=_LOOKED_AT) if allowed else []
    own = [hit for hit in found if hit.passage_id in passages]
    best = max((hit.score for hit in (*own, *hits)), default=1.0)
    others = [
        hit.scored(hit.score + _SAME_DOCUMENT * (hit.document_id in their))
        for hit in hits
        if hit.passage_id not in passages
    ]
    others.sort(key=lambda hit: -hit.score)
    return replace(asked, cited=tuple(hit.passage_id for hit in own)), [hit.scored(best) for hit in own] + others


def quoted_again(cited: Sequence[Cited], hits: Sequence[Hit]) -> list[tuple[Hit, tuple[int, int]]]:
    """Return where the quotes of the answer before stand, for those whose passages are among ``hits``."""
    found = []
    for one in cited:
        for hit in hits:
            at = hit.text.find(one.quote) if hit.passage_id == one.passage_id else -1
            if at >= 0:
                found.append((hit, (at, at + len(one.quote))))
    return found
