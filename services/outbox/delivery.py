"""What became of leased messages, written down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import bindparam, update
from sqlalchemy.ext.asyncio import AsyncSession

from services.models import OutboxMessage
from services.outbox.leasing import LEASE, MAX_TRIES
from services.outbox.pacing import hold_chat

UNCERTAIN_WAIT = timedelta(seconds=30)
# The server was not reached or did not know us: no fault of the message, which waits for better times.
NOT_ITS_FAULT = frozenset({"no_connection", "unauthorized", "flood", "migrated"})


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


async def note_progress(session: AsyncSession, outbox_id: int, parts_sent: int, *, now: datetime) -> None:
    """A part of a split message has left: after a crash the next part comes, not the first one again."""
    await session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id == outbox_id, OutboxMessage.parts_sent < parts_sent)
        .values(parts_sent=parts_sent, lease_until=now + LEASE)
    )


async def record_outcomes(
    session: AsyncSession, outcomes: Sequence[Outcome], *, now: datetime, owner: str | None = None
) -> None:
    """Write down what became of leased messages, many in one transaction.

    With `owner`, only what that owner still holds is rescheduled; that a message was sent counts from anybody.
    """
    sent = [outcome for outcome in outcomes if outcome.state == "sent"]
    if sent:
        await _record_sent(session, sent, now)
    for outcome in outcomes:
        if outcome.state != "sent":
            row = await session.get(OutboxMessage, outcome.outbox_id, with_for_update=True, populate_existing=True)
            if row is not None and row.state == "sending" and owner in (None, row.lease_owner):
                await _record_trouble(session, row, outcome, now)


async def _record_sent(session: AsyncSession, sent: Sequence[Outcome], now: datetime) -> None:
    """One statement for all: this is what happens to nearly every message."""
    table = OutboxMessage.__table__
    connection = await session.connection()
    await connection.execute(
        table.update()  # type: ignore[attr-defined]
        .where(table.c.id == bindparam("of"), table.c.state != "sent")
        .values(
            state="sent",
            sent_at=now,
            reason="",
            lease_owner="",
            lease_until=None,
            message_id=bindparam("message"),
            parts_sent=bindparam("parts"),
        ),
        [{"of": one.outbox_id, "message": one.message_id, "parts": one.parts_sent} for one in sent],
    )


async def _record_trouble(session: AsyncSession, row: OutboxMessage, outcome: Outcome, now: datetime) -> None:
    row.lease_owner, row.lease_until = "", None
    row.parts_sent = max(row.parts_sent, outcome.parts_sent)
    row.reason = outcome.reason[:200]
    if outcome.moved_to:
        await _move_waiting(session, row.chat_id, outcome.moved_to)
        row.chat_id = outcome.moved_to
    if outcome.state == "later":
        _postpone(row, outcome, now)
        if outcome.hold_chat and outcome.not_before:
            await hold_chat(session, row.chat_id, outcome.not_before)
    elif outcome.state == "uncertain":
        row.state, row.not_before = "uncertain", now + UNCERTAIN_WAIT
    else:
        row.state = "dead"


def _postpone(row: OutboxMessage, outcome: Outcome, now: datetime) -> None:
    if row.tries >= MAX_TRIES and outcome.reason not in NOT_ITS_FAULT:
        row.state, row.reason = "dead", f"gave_up:{outcome.reason}"[:200]
        return
    row.state = "new"
    row.not_before = outcome.not_before or now + timedelta(seconds=min(60, 2 ** min(row.tries, 6)))


async def _move_waiting(session: AsyncSession, old_id: int, new_id: int) -> None:
    await session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.chat_id == old_id, OutboxMessage.state.in_(("new", "uncertain")))
        .values(chat_id=new_id)
    )
