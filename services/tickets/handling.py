"""What people do with a ticket: answer, hand on, close, open again."""

import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.errors import Ambiguous, BadInput, NotAllowed, NotFound
from services.members.actors import Actor, as_actor
from services.models import Person, Ticket
from services.models.tickets import WAITING
from services.outbox import Button, Note
from services.privacy import redact
from services.tickets.desk import Desk, list_desk
from services.tickets.errors import PersonUnreachable, TicketTaken
from services.tickets.notices import (
    announce,
    announce_to,
    is_secret,
    settle_notices,
    tell_asker,
    tell_assigner,
)

LONGEST = 3000


async def get_ticket(session: AsyncSession, actor: Actor, ticket_id: int) -> Ticket:
    """The ticket, held until the transaction ends, for somebody who may work on it.

    Raises:
        NotFound: no such ticket.
        NotAllowed: neither of the secretariat nor the member it was handed to.
    """
    ticket = await session.get(Ticket, ticket_id, with_for_update=True, populate_existing=True)
    if ticket is None:
        raise NotFound(what="ticket", given=str(ticket_id))
    if not actor.is_secretariat and not (actor.is_member and ticket.assigned_to == actor.person_id):
        raise NotAllowed(needs="secretariat")
    return ticket


async def get_waiting(session: AsyncSession, actor: Actor, ticket_id: int) -> Ticket:
    """The same while nobody answered it.

    Raises:
        TicketTaken: answered or closed already, by whom.
    """
    ticket = await get_ticket(session, actor, ticket_id)
    if ticket.state not in WAITING:
        by = await session.get(Person, ticket.answered_by) if ticket.answered_by else None
        raise TicketTaken(number=ticket.id, state=ticket.state, by=by.name if by else "")
    return ticket


async def answer_ticket(
    session: AsyncSession,
    actor: Actor,
    ticket_id: int,
    words: str,
    *,
    now: datetime,
    said: tuple[int, int] | None = None,
) -> Ticket:
    """Keep the first answer, tell the asker where they asked, and tell the others that it is done.

    `said`: chat and number of the message that was the answer.

    Raises:
        TicketTaken: somebody was faster.
        BadInput: empty, or longer than 3000 characters.
    """
    words = check_words(words)
    ticket = await get_waiting(session, actor, ticket_id)
    ticket.state, ticket.answer = "answered", words
    ticket.answered_by, ticket.answered_at = actor.person_id, now
    facts = {"characters": len(words), **message_facts(said)}
    audit.record(session, "answer", "ticket", ticket.id, by=actor.person_id, now=now, **facts)
    values = {"number": ticket.id, "question": redact(ticket.text), "answer": words, "kind": ticket.kind}
    again = Button("tickets.button_again", "ticket_again", {"ticket_id": ticket.id})
    note = Note("tickets.answered", values, ((again,),))
    key = f"answered:{secrets.token_hex(4)}"
    await tell_asker(session, ticket, note, now=now, key=key, secret=await is_secret(session, ticket, words))
    await settle_notices(session, ticket, actor.name, now=now)
    if not actor.is_secretariat:
        await tell_assigner(session, ticket, actor, now=now)
    return ticket


def message_facts(said: tuple[int, int] | None) -> dict[str, int]:
    """Where the words stand, for the audit trail: the chat and the message's number in it."""
    return {"chat": said[0], "message": said[1]} if said else {}


def check_words(words: str) -> str:
    """The words of an answer without blanks around them.

    Raises:
        BadInput: empty, or longer than 3000 characters.
    """
    words = words.strip()
    if not words:
        raise BadInput(field="answer", given="", problem="empty")
    if len(words) > LONGEST:
        raise BadInput(field="answer", given=words[:20], problem="too_long", limit=LONGEST)
    return words


async def hand_on(
    session: AsyncSession, actor: Actor, ticket_id: int, to_person: int, *, desk: Desk, now: datetime
) -> Person:
    """Give the ticket to somebody of the register, who is told in private.

    Raises:
        TicketTaken: answered or closed already.
        PersonUnreachable: no private chat with them.
    """
    ticket = await get_waiting(session, actor, ticket_id)
    person = await session.get(Person, to_person)
    if person is None or person.erased_at is not None:
        raise NotFound(what="person", given=str(to_person))
    if not person.reachable or person.telegram_id is None:
        raise PersonUnreachable(name=person.name)
    audit.record(
        session, "assign", "ticket", ticket.id, by=actor.person_id, now=now, before=ticket.assigned_to, to=person.id
    )
    ticket.state, ticket.assigned_to = "assigned", person.id
    await announce_to(session, ticket, person, desk, now=now)
    return person


async def close_ticket(session: AsyncSession, actor: Actor, ticket_id: int, reason: str, *, now: datetime) -> Ticket:
    """Close without an answer; the asker hears it, with the reason if there is one.

    Raises:
        TicketTaken: answered or closed already.
    """
    ticket = await get_waiting(session, actor, ticket_id)
    ticket.state, ticket.closed_at, ticket.answered_by = "closed", now, actor.person_id
    audit.record(session, "close", "ticket", ticket.id, by=actor.person_id, now=now)
    values = {"number": ticket.id, "question": redact(ticket.text), "reason": reason, "kind": ticket.kind}
    await tell_asker(session, ticket, Note("tickets.closed", values), now=now, key="closed")
    await settle_notices(session, ticket, actor.name, now=now)
    return ticket


async def withdraw_ticket(session: AsyncSession, actor: Actor, ticket_id: int, *, now: datetime) -> Ticket:
    """The asker needs no answer any more; whoever was to answer sees that.

    Raises:
        NotFound: no such ticket.
        NotAllowed: not the asker.
        TicketTaken: answered or closed already.
    """
    ticket = await session.get(Ticket, ticket_id, with_for_update=True, populate_existing=True)
    if ticket is None:
        raise NotFound(what="ticket", given=str(ticket_id))
    if ticket.asker_id != actor.person_id:
        raise NotAllowed(needs="asker")
    if ticket.state not in WAITING:
        raise TicketTaken(number=ticket.id, state=ticket.state, by="")
    audit.record(session, "withdraw", "ticket", ticket.id, by=actor.person_id, now=now)
    ticket.state, ticket.closed_at = "closed", now
    await settle_notices(session, ticket, "", now=now)
    return ticket


async def ask_again(session: AsyncSession, actor: Actor, ticket_id: int, *, desk: Desk, now: datetime) -> Ticket:
    """The asker is not helped yet: the ticket opens again with a new deadline.

    Raises:
        NotAllowed: not the asker.
        TicketTaken: it is open, closed, or a standard answer by now.
    """
    ticket = await session.get(Ticket, ticket_id, with_for_update=True, populate_existing=True)
    if ticket is None:
        raise NotFound(what="ticket", given=str(ticket_id))
    if ticket.asker_id != actor.person_id:
        raise NotAllowed(needs="asker")
    if ticket.state != "answered":
        raise TicketTaken(number=ticket.id, state=ticket.state, by="")
    return await reopen(session, ticket, desk, now=now)


async def reopen(session: AsyncSession, ticket: Ticket, desk: Desk, *, now: datetime) -> Ticket:
    """Let the ticket wait again with a new deadline; the secretariat sees the answer that did not help, if any."""
    audit.record(session, "reopen", "ticket", ticket.id, by=ticket.asker_id, now=now, before=ticket.answer)
    answerer = await session.get(Person, ticket.answered_by) if ticket.answered_by else None
    earlier = {"answer": ticket.answer, "by": answerer.name if answerer else ""} if ticket.answer else None
    ticket.state, ticket.answer, ticket.answered_by, ticket.answered_at = "open", "", None, None
    ticket.assigned_to, ticket.due_at, ticket.escalated_at, ticket.standard = None, desk.due_at(now), None, {}
    ticket.closed_at = None
    await announce(session, ticket, desk, now=now, earlier=earlier)
    return ticket


async def list_helpers(session: AsyncSession, actor: Actor, *, desk: Desk) -> list[Person]:
    """People of the secretariat to whom a ticket can be handed, besides the speaker."""
    return [one for one in await list_desk(session, desk) if one.id != actor.person_id]


async def get_helper(session: AsyncSession, name: str, *, desk: Desk) -> Person:
    """The member of that name; any member may be asked to help.

    Raises:
        NotFound: nobody, or nobody with a seat.
        Ambiguous: several.
    """
    people = await session.scalars(select(Person).where(Person.name == name.strip(), Person.erased_at.is_(None)))
    members = [one for one in people if as_actor(one, desk.secretaries).is_member]
    if not members:
        raise NotFound(what="person", given=name)
    if len(members) > 1:
        units = [seat.unit.name for one in members for seat in one.seats if seat.unit]
        raise Ambiguous(given=name, candidates=units)
    return members[0]
