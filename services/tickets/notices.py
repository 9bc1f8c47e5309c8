"""What the secretariat and the asker hear of a ticket: messages in the outbox, found again when somebody replies."""

import secrets
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.calendar.zones import local_day
from services.library.hearing import lower
from services.members.actors import RANK, Actor, as_actor
from services.members.redaction import has_personal_numbers
from services.models import AuditEntry, Chat, OutboxMessage, Person, Ticket
from services.outbox import Address, Button, Note, post, withdraw
from services.privacy import redact
from services.tickets.desk import Desk, list_desk
from services.tickets.shown import list_shown

QUESTION_BUTTONS = (
    (Button("tickets.button_answer", "ticket_answer"), Button("tickets.button_pass", "ticket_pass")),
    (Button("tickets.button_close", "ticket_close"),),
)
SPEAKS_OF_ONE = ("tickets.notice", "tickets.sent", "tickets.helper_answered", "tickets.write_in_reply")
UPLOAD_BUTTONS = (
    (
        Button("tickets.button_take_members", "ticket_take", {"access": "members"}),
        Button("tickets.button_take_public", "ticket_take", {"access": "public"}),
    ),
    (
        Button("tickets.button_take_secretariat", "ticket_take", {"access": "secretariat"}),
        Button("tickets.button_decline", "ticket_close"),
    ),
)


def keep_buttons(ticket_id: int) -> tuple[tuple[Button, ...], ...]:
    """To keep the answer of a ticket as a standard answer, at either level."""
    return tuple(
        (Button(f"tickets.button_keep_{access}", "ticket_keep", {"ticket_id": ticket_id, "access": access}),)
        for access in ("members", "public")
    )


async def announce(
    session: AsyncSession,
    ticket: Ticket,
    desk: Desk,
    *,
    now: datetime,
    overdue: bool = False,
    earlier: dict[str, str] | None = None,
) -> int:
    """Tell the secretariat's chat or, where it has none, each of its people; returns how many messages that were.

    `earlier`: the `answer` that did not help, and `by` whom it was.
    """
    note = await _notice(session, ticket, "tickets.notice_overdue" if overdue else "tickets.notice")
    note = replace(note, values={**note.values, "earlier": earlier})
    places = [desk.chat_id] if desk.chat_id else [one.telegram_id for one in await list_desk(session, desk)]
    mark = f"overdue:{local_day(now, desk.zone)}" if overdue else secrets.token_hex(4)
    for place in places:
        key = f"ticket:{ticket.id}:notice:{place}:{mark}"
        await post(session, note, Address(int(place or 0)), now=now, business_key=key)
    return len(places)


async def announce_to(session: AsyncSession, ticket: Ticket, person: Person, desk: Desk, *, now: datetime) -> None:
    """Hand the ticket to one person in private, with no passage above that person's level."""
    access = as_actor(person, desk.secretaries).access
    note = await _notice(session, ticket, "tickets.notice_assigned", access)
    key = f"ticket:{ticket.id}:notice:to{person.id}:{secrets.token_hex(4)}"
    await post(session, note, Address(int(person.telegram_id or 0)), now=now, business_key=key)


async def catch_up(session: AsyncSession, actor: Actor, desk: Desk, *, now: datetime) -> int:
    """Tell somebody of the secretariat of open tickets that never reached them; returns how many those were.

    A bot cannot write to people first: what was asked before they opened the private chat waits until they do.
    """
    if not actor.is_secretariat or desk.chat_id:
        return 0
    told = await session.scalars(
        select(OutboxMessage.values).where(
            OutboxMessage.chat_id == actor.telegram_id,
            OutboxMessage.text_key.startswith("tickets.notice"),
            OutboxMessage.state != "dead",
        )
    )
    known = {int(values["ticket_id"]) for values in told if "ticket_id" in values}
    missed = [
        ticket
        for ticket in await session.scalars(select(Ticket).where(Ticket.state == "open").order_by(Ticket.id))
        if ticket.id not in known
    ]
    for ticket in missed:
        note = await _notice(session, ticket, "tickets.notice")
        key = f"ticket:{ticket.id}:notice:{actor.telegram_id}:{secrets.token_hex(4)}"
        await post(session, note, Address(actor.telegram_id), now=now, business_key=key)
    return len(missed)


async def settle_notices(session: AsyncSession, ticket: Ticket, by: str, *, now: datetime) -> None:
    """Replace what the secretariat saw by what became of it, so that nobody works on it twice."""
    prefix = f"ticket:{ticket.id}:notice"
    await withdraw(session, prefix, "settled")
    rows = await session.scalars(
        select(OutboxMessage).where(
            OutboxMessage.business_key.startswith(prefix), OutboxMessage.message_id.is_not(None)
        )
    )
    for row in list(rows):
        row.closed_at = row.closed_at or now
        values = {
            "ticket_id": ticket.id,
            "state": ticket.state,
            "by": by,
            "question": _words(ticket),
            "answer": ticket.answer,
        }
        to = Address(row.chat_id, row.thread_id, edits=row.message_id)
        key = f"ticket:{ticket.id}:settled:{row.id}:{secrets.token_hex(4)}"
        await post(session, Note("tickets.notice_settled", values), to, now=now, business_key=key)


async def find_ticket_of(session: AsyncSession, chat_id: int, message_id: int) -> int | None:
    """The ticket that a message of ours in that chat speaks of to whoever may answer it.

    A quick answer can arrive before the number of the notice is written down. A chat has at most one message on its
    way, so a reply to a number that nobody knows yet is a reply to that one.
    """
    here = select(OutboxMessage).where(OutboxMessage.chat_id == chat_id).order_by(OutboxMessage.id.desc()).limit(1)
    row = await session.scalar(here.where(OutboxMessage.message_id == message_id))
    if row is None:
        row = await session.scalar(here.where(OutboxMessage.state == "sending", OutboxMessage.message_id.is_(None)))
    if row is None or not row.text_key.startswith(SPEAKS_OF_ONE):
        return None
    number = row.values.get("ticket_id", row.values.get("number"))
    return int(number) if number else None


async def tell_assigner(session: AsyncSession, ticket: Ticket, by: Actor, *, now: datetime) -> None:
    """Show whoever handed the ticket on the helper's answer, to keep it as a standard answer."""
    handed = select(AuditEntry.person_id).where(
        AuditEntry.subject == "ticket", AuditEntry.subject_id == str(ticket.id), AuditEntry.act == "assign"
    )
    assigner = await session.scalar(handed.order_by(AuditEntry.id.desc()).limit(1))
    person = await session.get(Person, assigner) if assigner else None
    if person is None or not person.reachable or person.telegram_id is None or person.id == by.person_id:
        return
    values = {"number": ticket.id, "question": _words(ticket), "answer": ticket.answer, "by": by.name}
    note = Note("tickets.helper_answered", values, keep_buttons(ticket.id))
    to = Address(person.telegram_id, person_id=person.id)
    await post(session, note, to, now=now, business_key=f"ticket:{ticket.id}:helper:{secrets.token_hex(4)}")


async def tell_asker(
    session: AsyncSession, ticket: Ticket, note: Note, *, now: datetime, key: str, secret: bool = False
) -> None:
    """Say it where it was asked. What the place must not hear goes to the asker in private, with a pointer there.

    That is everything above the place's level, and phone or identity numbers in a group.
    """
    asker = await session.get(Person, ticket.asker_id)
    if asker is None or asker.telegram_id is None:
        return
    key = f"ticket:{ticket.id}:{key}"
    here = Address(ticket.chat_id, ticket.thread_id, ticket.message_id, person_id=asker.id)
    in_group = ticket.chat_id != asker.telegram_id
    if not in_group or not secret:
        await post(session, note, here, now=now, business_key=key)
        return
    if note.text_key == "tickets.corrected":
        pointer = "tickets.corrected_in_private" if asker.reachable else "tickets.corrected_in_private_unreachable"
    else:
        pointer = "tickets.in_private" if asker.reachable else "tickets.in_private_unreachable"
    await post(session, Note(pointer, {"number": ticket.id}), here, now=now, business_key=f"{key}:pointer")
    if asker.reachable:
        private = Address(asker.telegram_id, person_id=asker.id)
        await post(session, note, private, now=now, business_key=key)


async def goes_private(session: AsyncSession, ticket: Ticket) -> bool:
    """Whether the answer to a question asked in a group goes to the asker alone."""
    return ticket.chat_id < 0 and await is_secret(session, ticket, ticket.answer)


async def is_secret(session: AsyncSession, ticket: Ticket, words: str) -> bool:
    """True when the place where it was asked must not hear the words: as it was bound then, and no more than today."""
    chat = await session.get(Chat, ticket.chat_id) if ticket.chat_id < 0 else None
    today = ticket.heard if chat is None else chat.access if chat.status == "bound" else "public"
    return RANK[ticket.access] > RANK[lower(ticket.heard, today)] or has_personal_numbers(words)


async def _notice(session: AsyncSession, ticket: Ticket, text_key: str, access: str = "secretariat") -> Note:
    asker = await session.get(Person, ticket.asker_id)
    units = [seat.unit.name for seat in asker.seats if seat.until is None and seat.unit] if asker else []
    values = {
        "ticket_id": ticket.id,
        "question": _words(ticket),
        "asker": asker.name if asker else "",
        "unit": units[0] if units else "",
        "in_group": bool(asker and ticket.chat_id != asker.telegram_id),
        "due_at": ticket.due_at.isoformat(),
        **await list_shown(session, ticket, access),
        "file": ticket.file.get("name", ""),
        "earlier": None,
    }
    buttons = UPLOAD_BUTTONS if ticket.kind == "upload" else QUESTION_BUTTONS
    rows = tuple(
        tuple(Button(one.label, one.action, {"ticket_id": ticket.id, **one.payload}) for one in row) for row in buttons
    )
    return Note(text_key, values, rows)


def _words(ticket: Ticket) -> str:
    return redact(ticket.text) or str(ticket.file.get("name", ""))
