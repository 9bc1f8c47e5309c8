"""What the asker had seen before a person was asked: the machine's answer and the nearest passages."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.members.actors import RANK
from services.models import AnswerRecord, DocumentPassage, Question, Ticket
from services.privacy import redact
from services.questions.asking import questions_leant_on

NEAREST = 2


async def list_shown(session: AsyncSession, ticket: Ticket, access: str) -> dict[str, Any]:
    """Values of a notice: `given`, the answer that did not help, if one was given; else `nearest`, if any was shown.

    `before`: the question that it follows on, when it says little without. Nothing is above `access`, the level of
    whoever reads the notice.
    """
    question = await session.get(Question, ticket.question_id) if ticket.question_id else None
    before = (await questions_leant_on(session, question))[:1] if question else []
    nothing: dict[str, Any] = {"given": None, "nearest": [], "before": redact(before[0]) if before else ""}
    answer = await session.scalar(
        select(AnswerRecord).where(AnswerRecord.question_id == ticket.question_id).order_by(AnswerRecord.id.desc())
    )
    if answer is None or RANK[answer.access] > RANK[access]:
        return nothing
    if answer.outcome == "answered":
        return {**nothing, "given": await _given(session, answer, access)}
    hits = (answer.facts.get("nearest") or [])[:NEAREST] if answer.outcome == "nearest" else []
    found = [await _passage(session, int(hit["passage_id"]), access) for hit in hits]
    return {**nothing, "nearest": [one for one in found if one]}


async def _given(session: AsyncSession, answer: AnswerRecord, access: str) -> dict[str, str]:
    first = answer.evidence[0] if answer.evidence else None
    place = await _passage(session, int(first["passage_id"]), access) if first else None
    return {
        "text": answer.text,
        "title": place["title"] if place else "",
        "clause": place["clause"] if place else "",
    }


async def _passage(session: AsyncSession, passage_id: int, access: str) -> dict[str, str] | None:
    passage = await session.get(DocumentPassage, passage_id)
    if passage is None or RANK[passage.document.access] > RANK[access]:
        return None
    return {"text": passage.text, "title": passage.document.title, "clause": passage.clause}
