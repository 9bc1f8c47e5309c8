"""Which places the last answer stood on: what 看原文 in words means."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.language.folding import fold
from knowledge.language.numerals import in_digits
from services.members.actors import Actor
from services.models import DocumentPassage, OutboxMessage
from services.outbox import list_last_said
from services.questions.asking import Place, find_previous

OPENS = "ask_passage"
"""The action of the buttons that open what an answer stands on: they say which places those are."""
LOOK_BACK = 8


@dataclass(frozen=True)
class Cited:
    """A place that an answer cited, as its button has it."""

    passage_id: int
    answer_id: int | None
    document_id: int
    title: str
    clause: str


async def places_of_last_answer(
    session: AsyncSession, actor: Actor, place: Place, *, replied_to: int | None = None, now: datetime
) -> list[Cited]:
    """What the answer that was replied to cited, else the speaker's last one there; in private the newest one shown."""
    said = await _answer(session, actor, place, replied_to, now)
    buttons = [one for row in said.buttons for one in row if one["action"] == OPENS] if said is not None else []
    found = []
    for one in buttons:
        passage = await session.get(DocumentPassage, int(one["payload"]["passage_id"]))
        if passage is not None and passage.document.state != "removed":
            about = passage.document_id, passage.document.title, passage.clause
            found.append(Cited(passage.id, one["payload"].get("answer_id"), *about))
    return found


async def find_article(session: AsyncSession, places: list[Cited], article: str) -> Cited | None:
    """The clause of that name: among the places themselves, else in their documents."""
    cited = next((one for one in places if _is_article(one.clause, article)), None)
    if cited is not None:
        return cited
    for document_id in dict.fromkeys(one.document_id for one in places):
        rows = await session.execute(
            select(DocumentPassage.id, DocumentPassage.clause)
            .where(DocumentPassage.document_id == document_id)
            .order_by(DocumentPassage.ordinal)
        )
        known = next(one for one in places if one.document_id == document_id)
        for passage_id, clause in rows:
            if _is_article(clause, article):
                return Cited(passage_id, known.answer_id, document_id, known.title, clause)
    return None


def _is_article(clause: str, article: str) -> bool:
    return in_digits(fold(article)) in in_digits(fold(clause))


async def _answer(
    session: AsyncSession, actor: Actor, place: Place, replied_to: int | None, now: datetime
) -> OutboxMessage | None:
    if replied_to is not None:
        told = OutboxMessage.chat_id == place.chat_id, OutboxMessage.message_id == replied_to
        replied: OutboxMessage | None = await session.scalar(
            select(OutboxMessage).where(*told).order_by(OutboxMessage.id.desc()).limit(1)
        )
        if replied is not None and _opens(replied):
            return replied
    if place.chat is None:
        return next((one for one in await list_last_said(session, place.chat_id, LOOK_BACK) if _opens(one)), None)
    asked = await find_previous(session, actor, place, now)
    if asked is None:
        return None
    key = f"answer:{asked.id}"
    answer: OutboxMessage | None = await session.scalar(
        select(OutboxMessage).where(OutboxMessage.business_key == key, OutboxMessage.chat_id == place.chat_id)
    )
    return answer


def _opens(said: OutboxMessage) -> bool:
    return any(button["action"] == OPENS for row in said.buttons for button in row)
