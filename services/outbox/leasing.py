"""Leasing messages to a sender: what may leave now, in each chat's order and within the pace."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import ColumnElement, and_, bindparam, case, exists, func, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlalchemy.sql.dml import ReturningUpdate

from services.models import OutboxMessage, Pace
from services.models.base import Utc
from services.outbox.pacing import Pacing, chat_key, chat_rests, take_slots

LEASE = timedelta(seconds=45)  # longer than any one request (REQUEST_TIMEOUT_S in bot/opening.py)
MAX_TRIES = 8
MAX_REPEATS = 1


async def claim_due(
    session: AsyncSession, owner: str, pacing: Pacing, *, now: datetime, limit: int = 20
) -> list[OutboxMessage]:
    """Lease messages that may leave now: at most one a chat, in each chat's order, within the pace.

    A lease that ran out means a crash between sending and recording: the message is sent again, one repeat a crash. An
    uncertain one (a read timeout) is sent again once; then it rests as `uncertain` for the secretariat to see.
    """
    await _expire(session, now)
    await _recover(session, now)
    candidates = await session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.state == "new", OutboxMessage.not_before <= now, _is_head_of_its_chat(), ~chat_rests(now))
        .order_by(OutboxMessage.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = list(candidates)
    free = await take_slots(session, pacing, [row.chat_id for row in rows], now=now)
    leased = [row for row in rows if row.chat_id in free]
    for row in leased:
        _lease(row, owner, now)
    return leased


async def claim_fresh(
    session: AsyncSession, ids: Sequence[int], owner: str, pacing: Pacing, *, now: datetime
) -> list[OutboxMessage]:
    """Lease replies in the transaction that wrote them, so that they leave at once; else they wait in `claim_due`.

    Only what is the head of its chat's queue is leased: the order within a chat holds.
    """
    if not ids:
        return []
    given = {"of": list(ids), "now": now, "owner": owner, "until": now + LEASE}
    rows = list(await session.scalars(_fresh(), given))
    free = await take_slots(session, pacing, [row.chat_id for row in rows], now=now)
    for row in rows:
        if row.chat_id not in free:
            row.state, row.lease_owner, row.lease_until = "new", "", None
            row.tries -= 1
    return [row for row in rows if row.chat_id in free]


@cache
def _fresh() -> ReturningUpdate[OutboxMessage]:
    """Built once: this runs for every update."""
    now = bindparam("now", type_=Utc())
    lease = {"state": "sending", "lease_owner": bindparam("owner"), "lease_until": bindparam("until")}
    return (
        update(OutboxMessage)
        .where(
            OutboxMessage.id.in_(bindparam("of", expanding=True)),
            OutboxMessage.via == "reply",  # nobody is waiting for a push
            OutboxMessage.state == "new",
            OutboxMessage.not_before <= now,
            _is_head_of_its_chat(),
            ~chat_rests(now),
        )
        .values(**lease, tries=OutboxMessage.tries + 1)
        .returning(OutboxMessage)
        .execution_options(synchronize_session=False)
    )


async def next_due_at(session: AsyncSession, *, planned_until: datetime | None = None) -> datetime | None:
    """The earliest instant at which a waiting message may leave, as far as its chat's rest tells.

    With `planned_until`, of those messages only that may leave by then.
    """
    planned = true() if planned_until is None else OutboxMessage.not_before <= planned_until
    rested = case((Pace.free_at > OutboxMessage.not_before, Pace.free_at), else_=OutboxMessage.not_before)
    due_at: datetime | None = await session.scalar(
        select(func.min(rested, type_=Utc()))
        .select_from(OutboxMessage)
        .outerjoin(Pace, Pace.key == chat_key())
        .where(OutboxMessage.state == "new", planned, _is_head_of_its_chat())
    )
    return due_at


async def count_outbox(session: AsyncSession) -> dict[str, int]:
    """Rows by state."""
    found = await session.execute(select(OutboxMessage.state, func.count()).group_by(OutboxMessage.state))
    return {row[0]: row[1] for row in found}


def _is_head_of_its_chat() -> ColumnElement[bool]:
    """Nothing before it waits or is on its way. What is planned for later (never tried) does not stand in the way."""
    earlier = aliased(OutboxMessage)
    return ~exists().where(
        earlier.chat_id == OutboxMessage.chat_id,
        earlier.id < OutboxMessage.id,
        or_(
            earlier.state == "sending",
            and_(earlier.state == "new", or_(earlier.not_before <= OutboxMessage.not_before, earlier.tries > 0)),
        ),
    )


def _lease(row: OutboxMessage, owner: str, now: datetime) -> None:
    row.state, row.lease_owner, row.lease_until = "sending", owner, now + LEASE
    row.tries += 1


async def _expire(session: AsyncSession, now: datetime) -> None:
    await session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.state == "new", OutboxMessage.expires_at < now)
        .values(state="dead", reason="stale")
    )


async def _recover(session: AsyncSession, now: datetime) -> None:
    """Single statements: PostgreSQL judges each row again after another process's lock, so none is taken twice."""
    lapsed = and_(OutboxMessage.state == "sending", OutboxMessage.lease_until < now)
    free = {"lease_owner": "", "lease_until": None}
    for condition, values in (
        (and_(lapsed, OutboxMessage.tries < MAX_TRIES), {"state": "new", "reason": "crashed", **free}),
        (and_(lapsed, OutboxMessage.tries >= MAX_TRIES), {"state": "uncertain", "reason": "crashed_often", **free}),
        (
            and_(
                OutboxMessage.state == "uncertain",
                OutboxMessage.repeats < MAX_REPEATS,
                OutboxMessage.tries < MAX_TRIES,
                OutboxMessage.not_before <= now,
            ),
            {"state": "new", "repeats": OutboxMessage.repeats + 1},
        ),
    ):
        await session.execute(
            update(OutboxMessage).where(condition).values(**values).execution_options(synchronize_session=False)
        )
