"""Tickets whose deadline passed without an answer."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.calendar.zones import local_day
from services.members.actors import as_actor
from services.models import Person, Ticket
from services.models.tickets import WAITING
from services.outbox import Address, Note, post
from services.tickets.desk import Desk, list_desk
from services.tickets.notices import announce, announce_to, tell_asker

DAILY_FOR, THEN_EVERY = timedelta(days=3), timedelta(days=7)


async def escalate_overdue(session: AsyncSession, *, desk: Desk, now: datetime) -> int:
    """Push every overdue ticket to the whole secretariat in sending hours; returns how many that were.

    Each workday for three days, then once a week: `/todo` and 工单 show it all the while.
    The secretariat's chat hears it, each of its people in private, and the one it was handed to. The asker hears once
    that it takes longer.
    """
    if not desk.hours.is_open(now):
        return 0
    today = local_day(now, desk.zone)
    overdue = await session.scalars(
        select(Ticket).where(Ticket.state.in_(WAITING), Ticket.due_at < now).order_by(Ticket.id).with_for_update()
    )
    pushed = 0
    for ticket in overdue:
        is_fresh = today - local_day(ticket.due_at, desk.zone) <= DAILY_FOR
        pause = timedelta(days=1) if is_fresh else THEN_EVERY
        if ticket.escalated_at is not None and today - local_day(ticket.escalated_at, desk.zone) < pause:
            continue
        await _push(session, ticket, desk, now)
        audit.record(session, "escalate", "ticket", ticket.id, by=None, now=now)
        ticket.escalated_at = now
        pushed += 1
    return pushed


async def _push(session: AsyncSession, ticket: Ticket, desk: Desk, now: datetime) -> None:
    await announce(session, ticket, desk, now=now, overdue=True)
    if desk.chat_id:
        values = {"ticket_id": ticket.id, "question": ticket.text, "due_at": ticket.due_at.isoformat()}
        for one in await list_desk(session, desk):
            key = f"ticket:{ticket.id}:overdue:{one.telegram_id}:{local_day(now, desk.zone)}"
            note = Note("tickets.notice_overdue_pointer", values)
            await post(session, note, Address(int(one.telegram_id or 0)), now=now, business_key=key)
    helper = await session.get(Person, ticket.assigned_to) if ticket.assigned_to else None
    if helper is not None and helper.reachable and as_actor(helper, desk.secretaries).is_member:
        await announce_to(session, ticket, helper, desk, now=now)
    if ticket.escalated_at is None:
        note = Note("tickets.delayed", {"number": ticket.id, "question": ticket.text})
        await tell_asker(session, ticket, note, now=now, key="delayed")
