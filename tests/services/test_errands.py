"""Promised work: leased, renewed, taken over after a crash, given up in the end."""

import asyncio
from datetime import datetime, timedelta

from services.db import Database
from services.errands import (
    LEASE,
    MAX_TRIES,
    Work,
    claim_errands,
    count_errands,
    fail,
    fail_crashed,
    finish,
    promise,
    release_mine,
    renew_leases,
)
from services.models import Errand

AFTER_LEASE = LEASE + timedelta(seconds=1)


async def queue(database: Database, now: datetime, key: str | None = None) -> int | None:
    async with database.transaction() as session:
        return await promise(session, Work("answer", {"question_id": 1}, 5), now=now, business_key=key)


async def claim(database: Database, now: datetime, owner: str = "one") -> list[int]:
    async with database.transaction() as session:
        return [row.id for row in await claim_errands(session, owner, now=now, limit=4)]


async def test_work_is_promised_once(database: Database, now: datetime) -> None:
    assert await queue(database, now, "answer:1") is not None
    assert await queue(database, now, "answer:1") is None


async def test_a_lease_keeps_others_away_until_it_runs_out(database: Database, now: datetime) -> None:
    errand = await queue(database, now)
    assert await claim(database, now) == [errand]
    assert await claim(database, now, "two") == []
    assert await claim(database, now + AFTER_LEASE, "two") == [errand]


async def test_a_living_worker_keeps_its_lease(database: Database, now: datetime) -> None:
    await queue(database, now)
    await claim(database, now)
    async with database.transaction() as session:
        await renew_leases(session, "one", now=now + LEASE / 2)
    assert await claim(database, now + AFTER_LEASE, "two") == []


async def test_the_result_is_committed_once(database: Database, now: datetime) -> None:
    errand = await queue(database, now)
    assert errand is not None
    await claim(database, now)
    async with database.transaction() as session:
        assert await finish(session, errand, now=now)
    async with database.transaction() as session:
        assert not await finish(session, errand, now=now)
        assert not await fail(session, errand, "late", now=now)


async def test_faults_are_retried_and_then_given_up(database: Database, now: datetime) -> None:
    errand = await queue(database, now)
    assert errand is not None
    last = []
    for step in range(MAX_TRIES):
        at = now + timedelta(minutes=step)
        assert await claim(database, at) == [errand]
        async with database.transaction() as session:
            last.append(await fail(session, errand, "ValueError: \x00", now=at))
    assert last == [False] * (MAX_TRIES - 1) + [True]
    assert await claim(database, now + timedelta(days=1)) == []


async def test_work_that_kills_its_worker_is_given_up(database: Database, now: datetime) -> None:
    errand = await queue(database, now)
    for step in range(MAX_TRIES):
        assert await claim(database, now + step * AFTER_LEASE) == [errand]
    at = now + MAX_TRIES * AFTER_LEASE
    assert await claim(database, at) == []
    async with database.transaction() as session:
        assert [row.id for row in await fail_crashed(session, now=at)] == [errand]
        assert await count_errands(session) == {"failed": 1}


async def test_an_orderly_stop_gives_back_without_counting(database: Database, now: datetime) -> None:
    errand = await queue(database, now)
    await claim(database, now)
    async with database.transaction() as session:
        assert await release_mine(session, "one") == 1
        row = await session.get(Errand, errand)
        assert row is not None
        assert (row.state, row.tries) == ("new", 0)


async def test_two_processes_never_lease_one_errand(database_url: str, now: datetime) -> None:
    databases = [Database(database_url) for _ in range(2)]
    for _ in range(30):
        await queue(databases[0], now)

    async def work(database: Database, owner: str) -> list[int]:
        return [one for _ in range(10) for one in await claim(database, now, owner)]

    taken = await asyncio.gather(*(work(databases[n % 2], f"w{n}") for n in range(4)))
    for database in databases:
        await database.dispose()
    flat = [one for part in taken for one in part]
    assert len(flat) == len(set(flat)) == 30


async def test_a_worker_takes_only_what_it_can_do(database: Database, now: datetime) -> None:
    errand = await queue(database, now)
    async with database.transaction() as session:
        assert await claim_errands(session, "tick", now=now, limit=4, kinds=["digest"]) == []
    assert await claim(database, now) == [errand]


async def test_what_was_given_up_is_not_finished_after_all(database: Database, now: datetime) -> None:
    """A worker that was only slow comes too late: the chat was told that nothing came of it."""
    errand = await queue(database, now)
    assert errand is not None
    for step in range(MAX_TRIES):
        await claim(database, now + step * AFTER_LEASE)
    async with database.transaction() as session:
        await fail_crashed(session, now=now + MAX_TRIES * AFTER_LEASE)
        assert not await finish(session, errand, now=now)
        assert await count_errands(session) == {"failed": 1}
