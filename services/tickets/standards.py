"""Answers that are kept: proposed by one person, approved by another, found by everybody who asks the like."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.calendar.zones import local_day
from services.errors import BadInput, NotFound
from services.library.curated import StandardAnswer, shelve_standard
from services.library.shelving import Shelved
from services.members.actors import Actor
from services.members.redaction import IDENTITY
from services.models import OutboxMessage, Person, Ticket
from services.outbox import Address, Button, Note, post
from services.privacy import redact
from services.tickets.desk import Desk, has_others, list_desk
from services.tickets.errors import NeedsSecondPerson, TicketTaken


@dataclass(frozen=True)
class Proposed:
    """Who approves: the same person when `alone`; `asked`: a second one was written to, else it waits for them."""

    alone: bool
    asked: bool


@dataclass(frozen=True)
class Approval:
    """A second person's word for a standard answer; `alone`: the answerer's own, where there was nobody else."""

    by: str
    at: datetime
    alone: bool


@dataclass(frozen=True)
class Request:
    """The message that asks for an approval: whose buttons close with it, which ticket and proposal it shows."""

    outbox_id: int
    payload: dict[str, Any]
    alone: bool = False

    @property
    def ticket_id(self) -> int:
        """The ticket's number."""
        return int(self.payload["ticket_id"])


async def find_request(session: AsyncSession, chat_id: int, message_id: int) -> Request | None:
    """The request for approval, or the asking back about one, that a message of ours in that chat is."""
    row = await session.scalar(
        select(OutboxMessage)
        .where(OutboxMessage.chat_id == chat_id, OutboxMessage.message_id == message_id)
        .order_by(OutboxMessage.id.desc())
        .limit(1)
    )
    if row is None or row.text_key not in ("tickets.approve", "tickets.review_unclear"):
        return None
    return Request(row.id, row.buttons[0][0]["payload"], bool(row.values.get("alone")))


async def propose_standard(
    session: AsyncSession, actor: Actor, ticket_id: int, access: str, *, desk: Desk, now: datetime
) -> Proposed:
    """Ask a second person of the secretariat to approve; where there is none, the same one confirms.

    Raises:
        TicketTaken: it has no fresh answer, or was proposed before.
        BadInput: an identity number stands in it.
    """
    ticket = await _get_answered(session, actor, ticket_id)
    if ticket.standard:
        raise TicketTaken(number=ticket.id, state="proposed", by="")
    if IDENTITY.search(ticket.answer + ticket.text):
        raise BadInput(field="answer", given="", problem="personal_data")
    approvers = [one for one in await list_desk(session, desk) if one.id != ticket.answered_by]
    alone = not await has_others(session, desk, ticket.answered_by)
    ticket.standard = {"access": access, "by": actor.person_id, "at": now.isoformat(), "alone": alone}
    audit.record(session, "propose", "ticket", ticket.id, by=actor.person_id, now=now, access=access, alone=alone)
    proposer = await session.get(Person, actor.person_id)
    for one in [proposer] if alone and proposer else approvers:
        note = _request(ticket, actor.name, access, alone)
        to = Address(int(one.telegram_id or 0), person_id=one.id)
        await post(
            session, note, to, now=now, business_key=f"ticket:{ticket.id}:approve:{one.id}:{secrets.token_hex(4)}"
        )
    return Proposed(alone, bool(approvers))


async def approve_standard(
    session: AsyncSession, actor: Actor, request: Request, *, desk: Desk, now: datetime
) -> Shelved:
    """Shelve the answer among the standard answers. Search finds it after the next sync of the index.

    Raises:
        NeedsSecondPerson: the answerer approves while somebody else of the secretariat could.
        TicketTaken: approved or withdrawn before, or the answer was another one when this was asked.
    """
    ticket = await _get_proposed(session, actor, request)
    alone = actor.person_id == ticket.answered_by
    if alone and await has_others(session, desk, actor.person_id):
        raise NeedsSecondPerson(number=ticket.id)
    answered_on = local_day(ticket.answered_at or now, desk.zone)
    standard = StandardAnswer(redact(ticket.text), ticket.answer, str(ticket.standard["access"]), answered_on)
    shelved = await shelve_standard(session, standard, by=actor.person_id, now=now)
    ticket.state = "approved"
    ticket.standard = {
        **ticket.standard,
        "approved_by": actor.person_id,
        "approved_at": now.isoformat(),
        "alone": alone,
        "document_id": shelved.document_id,
    }
    audit.record(session, "approve", "ticket", ticket.id, by=actor.person_id, now=now, alone=alone)
    await _tell_answerer(session, ticket, actor, "tickets.standard_approved", now)
    return shelved


async def decline_standard(
    session: AsyncSession, actor: Actor, request: Request, reason: str, *, now: datetime
) -> None:
    """The answer is not kept; it stays with its asker, and whoever answered and proposed it hears why."""
    ticket = await _get_proposed(session, actor, request)
    proposer = int(ticket.standard["by"])
    audit.record(session, "decline", "ticket", ticket.id, by=actor.person_id, now=now)
    ticket.standard = {}
    await _tell_answerer(session, ticket, actor, "tickets.standard_declined", now, reason=reason, proposer=proposer)


async def ask_late(session: AsyncSession, actor: Actor, *, now: datetime) -> int:
    """Ask somebody of the secretariat for the approvals that wait for a second person and never reached them."""
    if not actor.is_secretariat:
        return 0
    asked = await session.scalars(
        select(OutboxMessage.values).where(
            OutboxMessage.chat_id == actor.telegram_id,
            OutboxMessage.text_key == "tickets.approve",
            OutboxMessage.state != "dead",
        )
    )
    known = {int(values["number"]) for values in asked if "number" in values}
    late = 0
    for ticket in await session.scalars(select(Ticket).where(Ticket.state == "answered").order_by(Ticket.id)):
        waits = ticket.standard and not ticket.standard["alone"] and ticket.answered_by != actor.person_id
        if not waits or ticket.id in known:
            continue
        proposer = await session.get(Person, int(ticket.standard["by"]))
        note = _request(ticket, proposer.name if proposer else "", str(ticket.standard["access"]), alone=False)
        key = f"ticket:{ticket.id}:approve:{actor.person_id}:{secrets.token_hex(4)}"
        await post(session, note, Address(actor.telegram_id, person_id=actor.person_id), now=now, business_key=key)
        late += 1
    return late


async def find_approval(session: AsyncSession, document_id: int) -> Approval | None:
    """Who approved a standard answer, when, and whether alone; None for one that no ticket led to.

    The name is empty when the person was erased since.
    """
    ticket = await session.scalar(
        select(Ticket)
        .where(Ticket.state == "approved", Ticket.standard["document_id"].as_integer() == document_id)
        .order_by(Ticket.id.desc())
        .limit(1)
    )
    if ticket is None:
        return None
    kept = ticket.standard
    person = await session.get(Person, int(kept["approved_by"]))
    return Approval(person.name if person else "", datetime.fromisoformat(kept["approved_at"]), bool(kept["alone"]))


async def _get_answered(session: AsyncSession, actor: Actor, ticket_id: int) -> Ticket:
    actor.require_secretariat()
    ticket = await session.get(Ticket, ticket_id, with_for_update=True, populate_existing=True)
    if ticket is None:
        raise NotFound(what="ticket", given=str(ticket_id))
    if ticket.state != "answered":
        raise TicketTaken(number=ticket.id, state=ticket.state, by="")
    return ticket


async def _get_proposed(session: AsyncSession, actor: Actor, request: Request) -> Ticket:
    """The ticket while the very proposal that the request shows waits; an answer put right since is another one."""
    ticket = await _get_answered(session, actor, request.ticket_id)
    if not ticket.standard:
        raise TicketTaken(number=ticket.id, state=ticket.state, by="")
    if request.payload.get("at", ticket.standard["at"]) != ticket.standard["at"]:
        raise TicketTaken(number=ticket.id, state="outdated", by="")
    return ticket


def _request(ticket: Ticket, proposer: str, access: str, alone: bool) -> Note:
    values = {
        "number": ticket.id,
        "question": redact(ticket.text),
        "answer": ticket.answer,
        "by": proposer,
        "access": access,
        "alone": alone,
    }
    payload = {"ticket_id": ticket.id, "at": ticket.standard["at"]}
    return Note("tickets.approve", values, review_buttons(payload))


def review_buttons(payload: dict[str, Any]) -> tuple[tuple[Button, ...], ...]:
    """To agree to a proposal or not."""
    yes = Button("tickets.button_approve", "ticket_approve", payload)
    return ((yes, Button("tickets.button_disapprove", "ticket_disapprove", payload)),)


async def _tell_answerer(
    session: AsyncSession,
    ticket: Ticket,
    actor: Actor,
    text_key: str,
    now: datetime,
    *,
    reason: str = "",
    proposer: int | None = None,
) -> None:
    values = {"number": ticket.id, "question": ticket.text, "by": actor.name, "reason": reason}
    for number in dict.fromkeys((ticket.answered_by, proposer)):
        person = await session.get(Person, number) if number and number != actor.person_id else None
        if person is not None and person.telegram_id and person.reachable:
            key = f"{text_key}:{ticket.id}:{secrets.token_hex(4)}"
            await post(session, Note(text_key, values), Address(person.telegram_id), now=now, business_key=key)
