"""The answer to a question in its thread: as going on about the body of the questions before, else as it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from knowledge.answers.answering import Answer, answer
from knowledge.answers.threads import Cited, search_in_thread
from knowledge.documents.entries import Hit
from knowledge.language.content import places_in
from knowledge.language.folding import fold
from knowledge.language.forms import COUNTING, SUMS
from knowledge.questions.carrying import readings
from knowledge.questions.understanding import Question

if TYPE_CHECKING:
    from knowledge.models import ChatModel
    from knowledge.search.index import KnowledgeIndex

_OF_ONE_BODY = (
    COUNTING | SUMS | {"share", "who", "person", "duty", "when", "where", "seat", "yesno", "lasting", "often"}
)


@dataclass(frozen=True)
class Thread:
    """What precedes a question, and where its answer may come from.

    Attributes:
        earlier: The questions before it, nearest first.
        cited: What the answer before it quoted.
        documents: The documents that may be quoted; None: all.
        aliases: As for `knowledge.questions.understanding.understand`.
    """

    earlier: Sequence[str] = ()
    cited: Sequence[Cited] = ()
    documents: frozenset[str] | None = None
    aliases: Mapping[str, tuple[str, ...]] | None = None


def answer_in_thread(
    index: KnowledgeIndex, text: str, thread: Thread, *, today: date, model: ChatModel | None = None
) -> Answer:
    """Answer ``text`` as `knowledge.answers.answering.answer` does, however it can be read, until it is answered."""
    body, found = "", Answer("none")
    for reading in readings(text, thread.earlier, thread.aliases):
        asked, hits = search_in_thread(index, reading.asked, reading.before, thread.cited, thread.documents)
        found = answer(asked, hits, today=today, model=model, rarity=index.rarity, cited=thread.cited)
        if found.outcome == "answered" and not _of_another_body(found, hits, asked, body):
            return found
        body = body or reading.body
    return _as_nearest(found)


def _of_another_body(answer: Answer, hits: Sequence[Hit], asked: Question, body: str) -> bool:
    """Whether a thread is about ``body`` and a question of the kind that each body answers for itself got another's.

    有补贴吗 after a question about one city is not answered by what another city pays.
    """
    here = set(places_in(fold(body)))
    if not here or asked.kind not in _OF_ONE_BODY:
        return False
    quoted = {one.passage_id for one in answer.citations}
    sources = [set(places_in(fold(f"{hit.heading} {hit.about}"))) for hit in hits if hit.passage_id in quoted]
    return any(there and not there & here for there in sources)


def _as_nearest(answer: Answer) -> Answer:
    """What was found as nothing more than the nearest."""
    return (
        answer
        if answer.outcome != "answered"
        else Answer("nearest", nearest=answer.nearest, confidence=answer.confidence)
    )
