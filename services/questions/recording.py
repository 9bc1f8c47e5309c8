"""Keeping what was answered, and what people thought of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.db import insert_into
from services.errors import NotAllowed, NotFound, NotHere
from services.library.hearing import Hearing
from services.members.actors import Actor
from services.models import AnswerRecord, Document, DocumentPassage, Feedback, Question


@dataclass(frozen=True)
class Given:
    """An answer to record. `evidence` rows are {document_id, passage_id, clause, quote}."""

    outcome: str
    text: str
    evidence: Sequence[dict[str, Any]]
    access: str
    took_ms: int
    composed_by: str = "extract"
    facts: dict[str, Any] = field(default_factory=dict)


async def record_answer(session: AsyncSession, question: Question, given: Given, *, now: datetime) -> AnswerRecord:
    """Store the answer; the question's state becomes its outcome."""
    question.state = given.outcome
    answer = AnswerRecord(
        question_id=question.id,
        outcome=given.outcome,
        text=given.text,
        evidence=list(given.evidence),
        facts=given.facts,
        composed_by=given.composed_by,
        access=given.access,
        took_ms=given.took_ms,
        answered_at=now,
    )
    session.add(answer)
    await session.flush()
    return answer


async def rate_answer(session: AsyncSession, actor: Actor, answer_id: int, *, helpful: bool, now: datetime) -> bool:
    """Keep one opinion a person, a second press replaces the first; True when it was not the opinion held before."""
    before = await session.scalar(
        select(Feedback.helpful).where(Feedback.answer_id == answer_id, Feedback.person_id == actor.person_id)
    )
    await session.execute(
        insert_into(session, Feedback)
        .values(answer_id=answer_id, person_id=actor.person_id, helpful=helpful, given_at=now)
        .on_conflict_do_update(index_elements=["answer_id", "person_id"], set_={"helpful": helpful, "given_at": now})
    )
    return before is not helpful


async def open_passage(
    session: AsyncSession, actor: Actor, passage_id: int, *, heard: Hearing, in_group: bool, now: datetime
) -> DocumentPassage:
    """The passage behind an answer, judged by who presses today and by what the place may hear (`heard`).

    Who reads what is not public stands in the audit trail.

    Raises:
        NotFound: the document was removed since.
        NotHere: not for this place, though the presser may read it in private.
        NotAllowed: above the presser's level.
    """
    passage = await session.get(DocumentPassage, passage_id)
    if passage is None or passage.document.state == "removed":
        raise NotFound(what="passage", given=str(passage_id))
    if not Hearing(actor.access).covers(passage.document):
        raise NotAllowed(needs="access", passage_id=passage_id)
    if not heard.covers(passage.document):
        raise NotHere(needs="access", passage_id=passage_id)
    if passage.document.access != "public":
        facts = {"passage_id": passage_id, "in_group": in_group}
        audit.record(session, "read", "document", passage.document_id, by=actor.person_id, now=now, **facts)
    return passage


async def still_readable(session: AsyncSession, document_ids: Sequence[int], hearing: Hearing) -> bool:
    """The last look before an answer leaves: is every document in it still there and to be heard in that place?"""
    if not document_ids:
        return True
    count = await session.scalar(
        select(func.count()).where(Document.id.in_(set(document_ids)), Document.state != "removed", hearing.where())
    )
    return count == len(set(document_ids))
