"""What the asker had seen before a person was asked: the machine's answer and the nearest passages."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.members.actors import RANK
from services.models import AnswerRecord, DocumentPassage, Ticket

NEAREST = 2


async def list_shown(session: AsyncSession, ticket: Ticket, access: str) -> dict[str, Any]:
    """Values of a notice: `given`, the answer that did not help, if one was given; `nearest` passages otherwise.

    Nothing above `access`, the level of whoever reads the notice.
    """
    answer = await session.scalar(
        select(AnswerRecord).where(AnswerRecord.question_id == ticket.question_id).order_by(AnswerRecord.id.desc())
    )
    if answer is None or RANK[answer.access] > RANK[access]:
        return {"given": None, "nearest": []}
    if answer.outcome == "answered":
        return {"given": await _given(session, answer, access), "nearest": []}
    hits = (answer.facts.get("nearest") or [])[:NEAREST]
    found = [await _passage(session, int(hit["passage_id"]), access) for hit in hits]
    return {"given": None, "nearest": [one for one in found if one]}


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
