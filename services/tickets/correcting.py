"""An answer that was wrong, put right: the asker hears the new one, a standard answer made of the old one ends."""

import secrets
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.calendar.zones import local_day
from services.errors import Ambiguous, NotAllowed, NotFound
from services.library.shelving import repeal
from services.members.actors import Actor
from services.models import AuditEntry, Document, Ticket
from services.outbox import Button, Note
from services.privacy import redact
from services.tickets.desk import Desk
from services.tickets.errors import TicketTaken
from services.tickets.handling import check_words, message_facts
from services.tickets.notices import is_secret, settle_notices, tell_asker

ANSWERED = ("answered", "approved")


async def is_answered(session: AsyncSession, ticket_id: int) -> bool:
    """Whether a question has an answer that can be put right."""
    ticket = await session.get(Ticket, ticket_id)
    return ticket is not None and ticket.kind == "question" and ticket.state in ANSWERED


async def find_answered_with(
    session: AsyncSession, actor: Actor, words: str, said: tuple[int, int] | None = None
) -> int | None:
    """The question that the person answered by that message of theirs, else with these very words that stand now.

    Raises:
        Ambiguous: several questions have this answer, and none is known to come from the message.
    """
    if said is not None and (number := await _find_said(session, actor, said)) is not None:
        return number
    found = await session.scalars(
        select(Ticket.id)
        .where(Ticket.answered_by == actor.person_id, Ticket.answer == words.strip(), Ticket.state.in_(ANSWERED))
        .order_by(Ticket.id)
    )
    numbers = found.all()
    if len(numbers) > 1:
        raise Ambiguous(given="这个答复", candidates=[f"工单{one}" for one in numbers])
    return numbers[0] if numbers else None


async def correct_answer(
    session: AsyncSession,
    actor: Actor,
    ticket_id: int,
    words: str,
    *,
    desk: Desk,
    now: datetime,
    said: tuple[int, int] | None = None,
) -> tuple[Ticket, bool]:
    """Put the words in place of the answer and tell the asker; returns the ticket and whether a standard answer ended.

    `said`: chat and number of the message, the only one whose edits change the answer from now on.
    A proposal to keep the old answer lapses; the new one may be proposed again.

    Raises:
        NotAllowed: neither of the secretariat nor the member who answered; only the secretariat once it was approved.
        TicketTaken: it has no answer.
        BadInput: empty, or longer than 3000 characters.
    """
    words = check_words(words)
    ticket = await session.get(Ticket, ticket_id, with_for_update=True, populate_existing=True)
    if ticket is None:
        raise NotFound(what="ticket", given=str(ticket_id))
    is_answerer = actor.is_member and ticket.answered_by == actor.person_id
    if not actor.is_secretariat and (ticket.state == "approved" or not is_answerer):
        raise NotAllowed(needs="secretariat")
    if not await is_answered(session, ticket.id):
        raise TicketTaken(number=ticket.id, state=ticket.state, by="")
    ended = await _end_standard(session, ticket, actor, desk, now)
    facts = {"before": ticket.answer, **message_facts(said)}
    audit.record(session, "correct", "ticket", ticket.id, by=actor.person_id, now=now, **facts)
    ticket.state, ticket.answer, ticket.standard = "answered", words, {}
    ticket.answered_by, ticket.answered_at = actor.person_id, now
    again = Button("tickets.button_again", "ticket_again", {"ticket_id": ticket.id})
    values = {"number": ticket.id, "question": redact(ticket.text), "answer": words}
    note = Note("tickets.corrected", values, ((again,),))
    key = f"corrected:{secrets.token_hex(4)}"
    await tell_asker(session, ticket, note, now=now, key=key, secret=await is_secret(session, ticket, words))
    await settle_notices(session, ticket, actor.name, now=now)
    return ticket, ended


async def correct_by_edit(
    session: AsyncSession,
    actor: Actor,
    ticket_id: int,
    words: str,
    *,
    desk: Desk,
    now: datetime,
    said: tuple[int, int],
) -> Ticket | None:
    """The answerer changed the message that is the answer; None when that changed nothing.

    A message that was refused, or whose words were put right by a later one, is not the answer.
    """
    ticket = await session.get(Ticket, ticket_id)
    if ticket is None or ticket.answered_by != actor.person_id or words.strip() in ("", ticket.answer):
        return None
    if not await is_answered(session, ticket_id) or not await _is_said(session, ticket_id, said):
        return None
    corrected, _ = await correct_answer(session, actor, ticket_id, words, desk=desk, now=now, said=said)
    return corrected


async def _find_said(session: AsyncSession, actor: Actor, said: tuple[int, int]) -> int | None:
    """The answered question whose answer, of now or before, came by that message."""
    entry = await session.scalar(
        _acts()
        .where(AuditEntry.person_id == actor.person_id)
        .where(AuditEntry.facts["chat"].as_integer() == said[0], AuditEntry.facts["message"].as_integer() == said[1])
        .limit(1)
    )
    number = int(entry.subject_id) if entry else None
    return number if number is not None and await is_answered(session, number) else None


async def _is_said(session: AsyncSession, ticket_id: int, said: tuple[int, int]) -> bool:
    """Whether the answer that stands now came by that message."""
    last = await session.scalar(_acts().where(AuditEntry.subject_id == str(ticket_id)).limit(1))
    return last is not None and {**last.facts, **message_facts(said)} == last.facts


def _acts() -> Select[AuditEntry]:
    """Answers and corrections, the last first."""
    acts = select(AuditEntry).where(AuditEntry.subject == "ticket", AuditEntry.act.in_(("answer", "correct")))
    return acts.order_by(AuditEntry.id.desc())


async def _end_standard(session: AsyncSession, ticket: Ticket, actor: Actor, desk: Desk, now: datetime) -> bool:
    number = ticket.standard.get("document_id")
    document = await session.get(Document, int(number)) if number else None
    if ticket.state != "approved" or document is None or document.state != "current":
        return False
    await repeal(session, document, by=actor.person_id, now=now, on=local_day(now, desk.zone))
    return True
