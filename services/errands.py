"""Slow work promised to a chat, done outside any transaction: leased, resumed after a crash, given up with a reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession

from services.db import insert_into, storable
from services.models import Errand

LEASE = timedelta(seconds=45)  # renewed while the work goes on, so that a crash is made good soon
RENEW_EVERY_S = 15.0
MAX_TRIES = 3
SETTLED = ("done", "failed")  # its result or its apology is on the way: never both


@dataclass(frozen=True)
class Work:
    """What to do: `kind` picks the worker, `payload` (JSON types only) tells it what, the chat hears of it."""

    kind: str
    payload: dict[str, Any]
    chat_id: int | None = None
    thread_id: int | None = None


async def promise(session: AsyncSession, work: Work, *, now: datetime, business_key: str | None = None) -> int | None:
    """Queue the work and return its id; None when the same `business_key` was promised before."""
    inserted = await session.execute(
        insert_into(session, Errand)
        .values(
            business_key=business_key,
            kind=work.kind,
            payload=work.payload,
            chat_id=work.chat_id,
            thread_id=work.thread_id,
            state="new",
            tries=0,
            error="",
            lease_owner="",
            not_before=now,
            created_at=now,
        )
        .on_conflict_do_nothing()
        .returning(Errand.id)
    )
    return inserted.scalar_one_or_none()


async def claim_errands(
    session: AsyncSession, owner: str, *, now: datetime, limit: int, kinds: Iterable[str] | None = None
) -> list[Errand]:
    """Lease work that is due, and work whose worker died; only of these kinds, when the worker cannot do all."""
    able = true() if kinds is None else Errand.kind.in_(list(kinds))
    rows = await session.scalars(
        select(Errand)
        .where(
            able,
            or_(
                and_(Errand.state == "new", Errand.not_before <= now),
                and_(Errand.state == "working", Errand.lease_until < now, Errand.tries < MAX_TRIES),
            ),
        )
        .order_by(Errand.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    claimed = list(rows)
    for row in claimed:
        row.state, row.lease_owner, row.lease_until = "working", owner, now + LEASE
        row.tries += 1
    return claimed


async def renew_leases(session: AsyncSession, owner: str, *, now: datetime) -> None:
    """The owner is alive and still at what it leased."""
    await session.execute(
        update(Errand).where(Errand.state == "working", Errand.lease_owner == owner).values(lease_until=now + LEASE)
    )


async def fail_crashed(session: AsyncSession, *, now: datetime) -> list[Errand]:
    """Give up what took its worker down at every try; returns it, so that the chat can be told."""
    rows = await session.scalars(
        select(Errand)
        .where(Errand.state == "working", Errand.lease_until < now, Errand.tries >= MAX_TRIES)
        .with_for_update(skip_locked=True)
    )
    crashed = list(rows)
    for row in crashed:
        row.state, row.error, row.lease_until = "failed", "crash", None
    return crashed


async def release_mine(session: AsyncSession, owner: str) -> int:
    """Give back what this worker leased but will not do, at an orderly stop."""
    rows = list(await session.scalars(select(Errand).where(Errand.state == "working", Errand.lease_owner == owner)))
    for row in rows:
        row.state, row.lease_owner, row.lease_until = "new", "", None
        row.tries -= 1
    return len(rows)


async def finish(session: AsyncSession, errand_id: int, *, now: datetime) -> bool:
    """Mark done in the transaction of the result; False when another worker finished it or it was given up before."""
    row = await session.get(Errand, errand_id, with_for_update=True)
    if row is None or row.state in SETTLED:
        return False
    row.state, row.done_at, row.lease_until = "done", now, None
    return True


async def fail(session: AsyncSession, errand_id: int, error: str, *, now: datetime) -> bool:
    """Count a failure; True when it was the last try."""
    row = await session.get(Errand, errand_id, with_for_update=True)
    if row is None or row.state in SETTLED:
        return False
    row.error, row.lease_until = storable(error)[:300], None
    row.state = "failed" if row.tries >= MAX_TRIES else "new"
    row.not_before = now + timedelta(seconds=5 * row.tries)
    return row.state == "failed"


async def count_errands(session: AsyncSession) -> dict[str, int]:
    """Rows by state."""
    found = await session.execute(select(Errand.state, func.count()).group_by(Errand.state))
    return {row[0]: row[1] for row in found}
