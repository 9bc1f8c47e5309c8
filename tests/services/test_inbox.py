"""The inbox: nothing lost, nothing twice, each chat in order."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from services.db import Database, Session
from services.inbox import (
    MAX_CRASHES,
    MAX_TRIES,
    Head,
    Incoming,
    count_crashes,
    count_inbox,
    find_waiting_lanes,
    forget_done,
    mark_done,
    receive_updates,
    record_failure,
    retry_quarantined,
    take_heads,
)
from services.models import Dialogue, InboxUpdate


def message(update_id: int, chat: int = 1, key: str | None = None) -> Incoming:
    return Incoming(update_id, f"chat:{chat}", key or f"message:{chat}:{update_id}", {"update_id": update_id})


async def take_next(session: Session, lane: str) -> Head | None:
    heads = await take_heads(session, [lane])
    return heads.get(lane)


async def receive(database: Database, *incoming: Incoming, now: datetime) -> int:
    async with database.transaction() as session:
        return await receive_updates(session, incoming, now=now)


async def test_the_same_update_id_is_stored_once(database: Database, now: datetime) -> None:
    assert [await receive(database, message(7), now=now) for _ in range(5)] == [1, 0, 0, 0, 0]


async def test_the_same_happening_under_other_update_ids_is_stored_once(database: Database, now: datetime) -> None:
    same = [message(number, key="press:abc") for number in range(10, 15)]
    assert await receive(database, *same, now=now) == 1


async def test_smaller_update_ids_are_not_taken_for_old_ones(database: Database, now: datetime) -> None:
    await receive(database, message(900_000_000), now=now)
    assert await receive(database, message(5), now=now) == 1


async def test_an_empty_delivery_stores_nothing(database: Database, now: datetime) -> None:
    assert await receive(database, now=now) == 0


async def test_lanes_are_worked_oldest_first(database: Database, now: datetime) -> None:
    await receive(database, message(5), message(3), message(4, chat=2), now=now)
    taken = []
    for _ in range(2):
        async with database.transaction() as session:
            row = await take_next(session, "chat:1")
            assert row is not None
            taken.append(row.update_id)
            await mark_done(session, [row.id], now=now)
    async with database.transaction() as session:
        assert await take_next(session, "chat:1") is None
        assert await find_waiting_lanes(session) == {"chat:2"}
    assert taken == [5, 3]


async def test_heads_of_several_lanes_say_whether_more_waits(database: Database, now: datetime) -> None:
    await receive(database, message(5), message(3), message(4, chat=2), now=now)
    for lanes in (["chat:1", "chat:2", "chat:3"], ["chat:1"], ["chat:2"]):
        async with database.transaction() as session:
            heads = await take_heads(session, lanes)
            found = {lane: (head.update_id, head.has_more) for lane, head in heads.items()}
        assert found == {
            lane: one for lane, one in {"chat:1": (5, True), "chat:2": (4, False)}.items() if lane in lanes
        }


async def test_done_updates_keep_no_text(database: Database, now: datetime) -> None:
    await receive(database, message(1), now=now)
    async with database.transaction() as session:
        row = await take_next(session, "chat:1")
        assert row is not None
        await mark_done(session, [row.id], now=now)
    async with database.reading() as session:
        kept = (await session.scalars(select(InboxUpdate))).one()
    assert (kept.state, kept.body) == ("done", None)


async def test_a_rollback_leaves_the_update_waiting(database: Database, now: datetime) -> None:
    await receive(database, message(1), now=now)

    async def fail() -> None:
        async with database.transaction() as session:
            row = await take_next(session, "chat:1")
            assert row is not None
            await mark_done(session, [row.id], now=now)
            raise RuntimeError("the effect failed")

    with pytest.raises(RuntimeError):
        await fail()
    async with database.reading() as session:
        assert await count_inbox(session) == {"new": 1}


async def test_poison_goes_to_quarantine_and_can_be_tried_again(database: Database, now: datetime) -> None:
    await receive(database, message(1), message(2), now=now)
    given_up = []
    for _ in range(MAX_TRIES):
        async with database.transaction() as session:
            row = await take_next(session, "chat:1")
            assert row is not None
            given_up.append(await record_failure(session, row.id, "ValueError: \x00 \ud83d", now=now))
    assert given_up == [False] * (MAX_TRIES - 1) + [True]
    async with database.transaction() as session:
        following = await take_next(session, "chat:1")
        assert following is not None
        assert following.update_id == 2
        assert await retry_quarantined(session) == 1
        again = await take_next(session, "chat:1")
        assert again is not None
        assert again.update_id == 1


async def test_an_update_that_kills_the_process_is_given_up_after_some_starts(
    database: Database, now: datetime
) -> None:
    await receive(database, message(1), message(2), message(3, chat=2), now=now)
    async with database.transaction() as session:
        done = await take_next(session, "chat:2")
        assert done is not None
        await mark_done(session, [done.id], now=now)
    given_up: list[int] = []
    for _ in range(MAX_TRIES + MAX_CRASHES + 1):
        async with database.transaction() as session:
            given_up += [row.update_id for row in await count_crashes(session, now=now)]
    assert given_up == [1]
    async with database.reading() as session:
        assert await count_inbox(session) == {"done": 1, "new": 1, "quarantined": 1}


async def test_old_done_rows_are_forgotten_and_waiting_ones_never(database: Database, now: datetime) -> None:
    await receive(database, message(1), message(2), now=now)
    async with database.transaction() as session:
        row = await take_next(session, "chat:1")
        assert row is not None
        await mark_done(session, [row.id], now=now)
    async with database.transaction() as session:
        assert await forget_done(session, now + timedelta(seconds=1)) == 1
        assert await count_inbox(session) == {"new": 1}


async def _count_in(session: Any, lane: str, now: datetime) -> bool:
    row = await take_next(session, lane)
    if row is None:
        return False
    counter = await session.get(Dialogue, lane, with_for_update=True)
    counter.data = {"count": counter.data["count"] + 1}
    await mark_done(session, [row.id], now=now)
    return True


async def test_two_workers_on_one_lane_take_each_update_once(database_url: str, now: datetime) -> None:
    """Two engines stand for two processes; the effect is a read-then-write counter in the same transaction."""
    first, second = Database(database_url), Database(database_url)
    lanes = [f"chat:{chat}" for chat in range(4)]
    await receive(first, *(message(n, chat=n % 4) for n in range(1, 61)), now=now)
    async with first.transaction() as session:
        session.add_all(Dialogue(key=lane, data={"count": 0}, updated_at=now) for lane in lanes)

    async def work(database: Database, lane: str) -> int:
        done = idle = 0
        while idle < 2:  # a worker that waited for the other's lock may see nothing once
            async with database.transaction() as session:
                worked = await _count_in(session, lane, now)
            done, idle = done + worked, 0 if worked else idle + 1
        return done

    done = await asyncio.gather(*(work(database, lane) for database in (first, second) for lane in lanes))
    async with first.reading() as session:
        counters = [row.data["count"] for row in await session.scalars(select(Dialogue))]
        left = await session.scalar(select(func.count()).where(InboxUpdate.state == "new"))
    await first.dispose()
    await second.dispose()
    assert (sum(done), sum(counters), left) == (60, 60, 0)


async def test_two_receivers_store_each_update_once(database_url: str, now: datetime) -> None:
    first, second = Database(database_url), Database(database_url)
    batches = [[message(n) for n in range(start, start + 20)] for start in range(1, 81, 10)]
    stored = await asyncio.gather(
        *(receive(database, *batch, now=now) for batch in batches for database in (first, second))
    )
    await first.dispose()
    await second.dispose()
    assert sum(stored) == 90
