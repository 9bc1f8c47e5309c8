"""Leasing messages to a sender and recording what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from services.models import OutboxMessage
from services.outbox.pacing import Pacing, take_group_slot, take_slots

LEASE = timedelta(seconds=90)
UNCERTAIN_WAIT = timedelta(seconds=30)
MAX_TRIES = 8
MAX_REPEATS = 1


@dataclass(frozen=True)
class Outcome:
    """What became of one message.

    `later` waits until `not_before` (a 429 holds the whole chat: `hold_chat`); `uncertain` may have arrived (a read
    timeout); `dead` can never arrive and says why. `parts_sent` counts what of a split text has left.
    """

    outbox_id: int
    state: Literal["sent", "later", "uncertain", "dead"]
    message_id: int | None = None
    reason: str = ""
    not_before: datetime | None = None
    hold_chat: bool = False
    parts_sent: int = 0
    moved_to: int | None = None


async def claim_due(
    session: AsyncSession, owner: str, pacing: Pacing, *, now: datetime, limit: int = 20
) -> list[OutboxMessage]:
    """Lease messages that may leave now: at most one a chat, in each chat's order, within the pace.

    A lease that ran out means a crash between sending and recording. Such a message, and an uncertain one, is sent
    again once; then it rests as `uncertain` for the secretariat to see. That is the "at most one repeat" promise.
    """
    await _expire(session, now)
    await _recover(session, now)
    candidates = await session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.state == "new", OutboxMessage.not_before <= now, _is_head_of_its_chat())
        .order_by(OutboxMessage.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = [row for row in candidates if await take_group_slot(session, pacing, row.chat_id, now=now)]
    allowed = await take_slots(session, pacing, len(rows), now=now)
    for row in rows[:allowed]:
        _lease(row, owner, now)
    return rows[:allowed]


async def claim_fresh(
    session: AsyncSession, ids: Sequence[int], owner: str, pacing: Pacing, *, now: datetime
) -> list[OutboxMessage]:
    """Lease a reply in the transaction that wrote it, so that it leaves at once; else it waits its turn in `claim_due`.

    Only the first of `ids` that is the head of its chat's queue is leased: the order within a chat holds.
    """
    if not ids:
        return []
    row = await session.scalar(select(OutboxMessage).where(OutboxMessage.id == ids[0], _is_head_of_its_chat()))
    if row is None or row.not_before > now or not await take_group_slot(session, pacing, row.chat_id, now=now):
        return []
    if not await take_slots(session, pacing, 1, now=now):
        return []
    _lease(row, owner, now)
    return [row]


async def record_outcomes(session: AsyncSession, outcomes: Sequence[Outcome], *, now: datetime) -> None:
    """Write down what became of leased messages, many in one transaction."""
    for outcome in outcomes:
        row = await session.get(OutboxMessage, outcome.outbox_id)
        if row is None or row.state == "sent":
            continue
        row.lease_owner, row.lease_until = "", None
        row.parts_sent = max(row.parts_sent, outcome.parts_sent)
        row.reason = outcome.reason[:200]
        row.message_id = outcome.message_id or row.message_id
        if outcome.moved_to:
            row.chat_id = outcome.moved_to
        if outcome.state == "later":
            _postpone(row, outcome, now)
            if outcome.hold_chat and outcome.not_before:
                await _hold_chat(session, row.chat_id, outcome.not_before)
        elif outcome.state == "sent":
            row.state, row.sent_at = "sent", now
        elif outcome.state == "uncertain":
            row.state, row.not_before = "uncertain", now + UNCERTAIN_WAIT
        else:
            row.state = "dead"


async def next_due_at(session: AsyncSession) -> datetime | None:
    """The earliest instant at which a waiting message may leave."""
    return await session.scalar(select(func.min(OutboxMessage.not_before)).where(OutboxMessage.state == "new"))


async def count_outbox(session: AsyncSession) -> dict[str, int]:
    """Rows by state."""
    found = await session.execute(select(OutboxMessage.state, func.count()).group_by(OutboxMessage.state))
    return {row[0]: row[1] for row in found}


def _is_head_of_its_chat() -> ColumnElement[bool]:
    earlier = aliased(OutboxMessage)
    return ~exists().where(
        earlier.chat_id == OutboxMessage.chat_id,
        earlier.id < OutboxMessage.id,
        or_(
            earlier.state == "sending",
            and_(earlier.state == "new", earlier.not_before <= OutboxMessage.not_before),
        ),
    )


def _lease(row: OutboxMessage, owner: str, now: datetime) -> None:
    row.state, row.lease_owner, row.lease_until = "sending", owner, now + LEASE
    row.tries += 1


def _postpone(row: OutboxMessage, outcome: Outcome, now: datetime) -> None:
    if row.tries >= MAX_TRIES and not outcome.hold_chat:
        row.state, row.reason = "dead", f"gave_up:{outcome.reason}"[:200]
        return
    row.state = "new"
    row.not_before = outcome.not_before or now + timedelta(seconds=min(300, 2**row.tries))


async def _hold_chat(session: AsyncSession, chat_id: int, until: datetime) -> None:
    await session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.chat_id == chat_id, OutboxMessage.state == "new", OutboxMessage.not_before < until)
        .values(not_before=until)
    )


async def _expire(session: AsyncSession, now: datetime) -> None:
    await session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.state == "new", OutboxMessage.expires_at < now)
        .values(state="dead", reason="stale")
    )


async def _recover(session: AsyncSession, now: datetime) -> None:
    lost = await session.scalars(
        select(OutboxMessage).where(
            or_(
                and_(OutboxMessage.state == "sending", OutboxMessage.lease_until < now),
                and_(
                    OutboxMessage.state == "uncertain",
                    OutboxMessage.repeats < MAX_REPEATS,
                    OutboxMessage.not_before <= now,
                ),
            )
        )
    )
    for row in lost:
        row.lease_owner, row.lease_until = "", None
        if row.repeats < MAX_REPEATS:
            row.state, row.repeats, row.not_before = "new", row.repeats + 1, now
        else:
            row.state, row.reason = "uncertain", "crashed_twice"
