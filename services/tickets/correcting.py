"""An answer that was wrong, put right: the asker hears the new one, a standard answer made of the old one ends."""

import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.calendar.zones import local_day
from services.errors import NotAllowed, NotFound
from services.library.shelving import repeal
from services.members.actors import Actor
from services.models import Document, Ticket
from services.outbox import Button, Note
from services.tickets.desk import Desk
from services.tickets.errors import TicketTaken
from services.tickets.handling import check_words
from services.tickets.notices import is_secret, settle_notices, tell_asker

ANSWERED = ("answered", "approved")


async def is_answered(session: AsyncSession, ticket_id: int) -> bool:
    """Whether a question has an answer that can be put right."""
    ticket = await session.get(Ticket, ticket_id)
    return ticket is not None and ticket.kind == "question" and ticket.state in ANSWERED


async def find_answered_with(session: AsyncSession, actor: Actor, words: str) -> int | None:
    """The question that the person answered last with these very words."""
    found: int | None = await session.scalar(
        select(Ticket.id)
        .where(Ticket.answered_by == actor.person_id, Ticket.answer == words.strip(), Ticket.state.in_(ANSWERED))
        .order_by(Ticket.answered_at.desc())
        .limit(1)
    )
    return found


async def correct_answer(
    session: AsyncSession, actor: Actor, ticket_id: int, words: str, *, desk: Desk, now: datetime
) -> tuple[Ticket, bool]:
    """Put the words in place of the answer and tell the asker; returns the ticket and whether a standard answer ended.

    A proposal to keep the old answer lapses; the new one may be proposed again.

    Raises:
        NotAllowed: neither of the secretariat nor the one who answered.
        TicketTaken: it has no answer.
        BadInput: empty, or longer than 3000 characters.
    """
    words = check_words(words)
    ticket = await session.get(Ticket, ticket_id, with_for_update=True, populate_existing=True)
    if ticket is None:
        raise NotFound(what="ticket", given=str(ticket_id))
    if not actor.is_secretariat and ticket.answered_by != actor.person_id:
        raise NotAllowed(needs="secretariat")
    if not await is_answered(session, ticket.id):
        raise TicketTaken(number=ticket.id, state=ticket.state, by="")
    ended = await _end_standard(session, ticket, actor, desk, now)
    audit.record(session, "correct", "ticket", ticket.id, by=actor.person_id, now=now, before=ticket.answer)
    ticket.state, ticket.answer, ticket.standard = "answered", words, {}
    ticket.answered_by, ticket.answered_at = actor.person_id, now
    again = Button("tickets.button_again", "ticket_again", {"ticket_id": ticket.id})
    note = Note("tickets.corrected", {"number": ticket.id, "question": ticket.text, "answer": words}, ((again,),))
    key = f"corrected:{secrets.token_hex(4)}"
    await tell_asker(session, ticket, note, now=now, key=key, secret=is_secret(ticket, words))
    await settle_notices(session, ticket, actor.name, now=now)
    return ticket, ended


async def correct_by_edit(
    session: AsyncSession, actor: Actor, ticket_id: int, words: str, *, desk: Desk, now: datetime
) -> bool:
    """The answerer changed the message that was the answer; returns whether that changed the answer."""
    ticket = await session.get(Ticket, ticket_id)
    if ticket is None or ticket.answered_by != actor.person_id or words.strip() in ("", ticket.answer):
        return False
    if not await is_answered(session, ticket_id):
        return False
    await correct_answer(session, actor, ticket_id, words, desk=desk, now=now)
    return True


async def _end_standard(session: AsyncSession, ticket: Ticket, actor: Actor, desk: Desk, now: datetime) -> bool:
    number = ticket.standard.get("document_id")
    document = await session.get(Document, int(number)) if number else None
    if ticket.state != "approved" or document is None or document.state != "current":
        return False
    await repeal(session, document, by=actor.person_id, now=now, on=local_day(now, desk.zone))
    return True
