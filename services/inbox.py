"""The inbox: an update is committed here before it is acknowledged, and done in the transaction of its effect."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, Update, bindparam, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from services.db import insert_into, storable
from services.models import InboxUpdate

_TABLE: Any = InboxUpdate.__table__
MAX_TRIES = 3
MAX_CRASHES = 2


@dataclass(frozen=True)
class Incoming:
    """An update as received. `lane` names the chat whose order it keeps; `business_key` the happening itself."""

    update_id: int
    lane: str
    business_key: str | None
    body: dict[str, Any]


async def receive_updates(session: AsyncSession, incoming: Sequence[Incoming], *, now: datetime) -> int:
    """Store what is new and return how many that were.

    Deduplicated on the exact update id, which is random after an idle week, so no high-water mark (Bot API, Update),
    and on the business key, since clients re-send a button press under a new update id (tdlib/telegram-bot-api#699).
    """
    if not incoming:
        return 0
    rows = [
        {
            "update_id": one.update_id,
            "lane": one.lane,
            "business_key": one.business_key,
            "body": one.body,
            "state": "new",
            "tries": 0,
            "error": "",
            "received_at": now,
        }
        for one in incoming
    ]
    stored = await session.execute(
        insert_into(session, InboxUpdate).values(rows).on_conflict_do_nothing().returning(InboxUpdate.id)
    )
    return len(stored.all())


async def find_waiting_lanes(session: AsyncSession) -> set[str]:
    """Lanes that have an update to work on."""
    found = await session.scalars(select(InboxUpdate.lane).where(InboxUpdate.state == "new").distinct())
    return set(found)


@dataclass(frozen=True)
class Head:
    """A lane's oldest waiting update, and whether another waits behind it."""

    id: int
    update_id: int
    lane: str
    body: dict[str, Any]
    has_more: bool = False


async def take_heads(session: AsyncSession, lanes: Sequence[str]) -> dict[str, Head]:
    """The heads of these lanes, locked until the caller's transaction ends; a lane without one is left out.

    For one lane: a second process that asks for it waits for the first, then finds the next one. Several lanes at once
    are for SQLite, where a writing transaction is alone anyway.
    """
    if len(lanes) == 1:
        found = await session.execute(_next(), {"of": lanes[0]})
    else:
        found = await session.execute(_firsts(), {"of": list(lanes)})
    return {row.lane: Head(row.id, row.update_id, row.lane, row.body or {}, bool(row.has_more)) for row in found}


@cache
def _next() -> Select[*tuple[Any, ...]]:
    behind = _TABLE.alias()
    more = exists().where(behind.c.lane == _TABLE.c.lane, behind.c.state == "new", behind.c.id > _TABLE.c.id)
    return (
        select(_TABLE.c.id, _TABLE.c.update_id, _TABLE.c.lane, _TABLE.c.body, more.label("has_more"))
        .where(_TABLE.c.lane == bindparam("of"), _TABLE.c.state == "new")
        .order_by(_TABLE.c.id)
        .limit(1)
        .with_for_update(of=_TABLE)
    )


@cache
def _firsts() -> Select[*tuple[Any, ...]]:
    firsts = (
        select(func.min(_TABLE.c.id).label("id"), (func.count() > 1).label("has_more"))
        .where(_TABLE.c.lane.in_(bindparam("of", expanding=True)), _TABLE.c.state == "new")
        .group_by(_TABLE.c.lane)
        .subquery()
    )
    head = (_TABLE.c.id, _TABLE.c.update_id, _TABLE.c.lane, _TABLE.c.body, firsts.c.has_more)
    return select(*head).join_from(_TABLE, firsts, _TABLE.c.id == firsts.c.id)


async def mark_done(session: AsyncSession, ids: Sequence[int], *, now: datetime) -> None:
    """Done: the raw text is dropped with it, only what the effect stored remains."""
    await session.execute(_done(), {"of": list(ids), "at": now})


@cache
def _done() -> Update:
    done: dict[str, Any] = {"state": "done", "body": None, "done_at": bindparam("at")}
    return update(_TABLE).where(_TABLE.c.id.in_(bindparam("of", expanding=True))).values(done)


async def record_failure(session: AsyncSession, inbox_id: int, error: str, *, now: datetime) -> bool:
    """Count a failed try; True when the update is now quarantined so that its chat can go on."""
    row = await session.get(InboxUpdate, inbox_id)
    if row is None or row.state != "new":
        return False
    row.tries += 1
    row.error = storable(error)[:2000]
    if row.tries < MAX_TRIES:
        return False
    row.state, row.done_at = "quarantined", now
    return True


async def count_crashes(session: AsyncSession, *, now: datetime) -> list[InboxUpdate]:
    """At a start: whoever stood first in its lane may have taken the last process down. Returns those given up.

    A fault is counted in its own transaction; a crash can only be counted by the one that comes after it.
    """
    heads = select(func.min(InboxUpdate.id)).where(InboxUpdate.state == "new").group_by(InboxUpdate.lane)
    rows = await session.scalars(
        select(InboxUpdate)
        .where(InboxUpdate.id.in_(heads), InboxUpdate.state == "new")
        .with_for_update(skip_locked=True)
    )
    given_up = []
    for row in rows:
        row.tries += 1
        if row.tries > MAX_TRIES + MAX_CRASHES:
            row.state, row.error, row.done_at = "quarantined", "crash", now
            given_up.append(row)
    return given_up


async def count_inbox(session: AsyncSession) -> dict[str, int]:
    """Rows by state."""
    found = await session.execute(select(InboxUpdate.state, func.count()).group_by(InboxUpdate.state))
    return {row[0]: row[1] for row in found}


async def forget_done(session: AsyncSession, before: datetime) -> int:
    """Remove what was done before that instant; Telegram itself forgets updates after 24 hours."""
    gone = await session.execute(
        delete(InboxUpdate).where(InboxUpdate.state == "done", InboxUpdate.done_at < before).returning(InboxUpdate.id)
    )
    return len(gone.all())


async def retry_quarantined(session: AsyncSession) -> int:
    """Give quarantined updates another chance, after a mended version was installed."""
    again = await session.execute(
        update(InboxUpdate)
        .where(InboxUpdate.state == "quarantined", InboxUpdate.body.is_not(None))
        .values(state="new", tries=0)
        .returning(InboxUpdate.id)
    )
    return len(again.all())
