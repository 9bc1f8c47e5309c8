"""The database's rules: no lost update, no half commit, durable settings, quiet errors."""

import asyncio
import sqlite3
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from services.db import Database, is_transient, storable
from services.models import Dialogue


async def test_two_processes_lose_no_read_then_write(database_url: str, now: datetime) -> None:
    """With the driver's default transactions half of these would vanish in silence."""
    databases = [Database(database_url) for _ in range(2)]
    async with databases[0].transaction() as session:
        session.add(Dialogue(key="counter", data={"n": 0}, updated_at=now))

    async def count(database: Database) -> None:
        for _ in range(20):
            async with database.transaction() as session:
                row = await session.get(Dialogue, "counter", with_for_update=True)
                assert row is not None
                row.data = {"n": row.data["n"] + 1}

    await asyncio.gather(*(count(databases[n % 2]) for n in range(4)))
    async with databases[0].reading() as session:
        row = await session.get(Dialogue, "counter")
    for database in databases:
        await database.dispose()
    assert row is not None
    assert row.data == {"n": 80}


async def test_a_failing_block_commits_nothing(database: Database, now: datetime) -> None:
    async def fail() -> None:
        async with database.transaction() as session:
            session.add(Dialogue(key="half", data={}, updated_at=now))
            await session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    async with database.reading() as session:
        assert await session.get(Dialogue, "half") is None


async def test_reading_waits_for_no_writer(database: Database, now: datetime) -> None:
    async with database.transaction() as writing:
        writing.add(Dialogue(key="new", data={}, updated_at=now))
        await writing.flush()
        async with asyncio.timeout(5), database.reading() as session:
            assert await session.get(Dialogue, "new") is None


async def test_instants_come_back_in_utc(database: Database, now: datetime) -> None:
    shanghai = timezone(timedelta(hours=8))
    async with database.transaction() as session:
        session.add(Dialogue(key="t", data={}, updated_at=datetime(2026, 11, 23, 8, 30, tzinfo=shanghai)))
    async with database.reading() as session:
        row = await session.get(Dialogue, "t")
    assert row is not None
    assert (row.updated_at, row.updated_at.tzinfo) == (datetime(2026, 11, 23, 0, 30, tzinfo=UTC), UTC)


async def test_an_instant_without_zone_is_refused(database: Database) -> None:
    async def store() -> None:
        async with database.transaction() as session:
            session.add(Dialogue(key="t", data={}, updated_at=datetime(2026, 11, 23)))

    with pytest.raises(Exception, match="time zone"):
        await store()


async def test_sqlite_is_durable_and_checks_references(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'folder' / 'x.db'}")
    async with database.reading() as session:
        pragmas = {
            name: (await session.execute(text(f"PRAGMA {name}"))).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    await database.dispose()
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


async def test_a_fresh_file_that_another_process_sets_up_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    other.execute("CREATE TABLE begun (x)")
    other.execute("BEGIN IMMEDIATE")
    waited: list[float] = []

    async def end_it(pause_s: float) -> None:
        waited.append(pause_s)
        other.execute("COMMIT")

    monkeypatch.setattr("services.sqlite.sleep", end_it)
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'x.db'}")
    async with database.reading() as session:
        assert (await session.execute(text("PRAGMA journal_mode"))).scalar() == "wal"
    await database.dispose()
    other.close()
    assert len(waited) == 1


async def test_errors_do_not_carry_what_people_wrote(database: Database, now: datetime) -> None:
    async def clash() -> None:
        async with database.transaction() as session:
            for _ in range(2):
                await session.execute(
                    text("INSERT INTO dialogues (key, state, data, updated_at) VALUES (:k, '我的手机号', '{}', :now)"),
                    {"k": "one", "now": "2026-11-23" if database.is_sqlite else now},
                )

    with pytest.raises(IntegrityError) as caught:
        await clash()
    assert "手机号" not in str(caught.value).split("[SQL")[0]
    assert "parameters hidden" in str(caught.value)


class _Postgres(Exception):
    def __init__(self, sqlstate: str) -> None:
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("error", "transient"),
    [
        (OperationalError("", {}, Exception("database is locked")), True),
        (OperationalError("", {}, Exception("no such column: x")), False),
        (DBAPIError("", {}, _Postgres("40P01")), True),
        (DBAPIError("", {}, _Postgres("57P01")), True),
        (DBAPIError("", {}, _Postgres("23505")), False),
        (DBAPIError("", {}, Exception("gone"), connection_invalidated=True), True),
        (ConnectionRefusedError(), True),
        (ValueError("poison"), False),
    ],
)
def test_only_passing_faults_of_the_database_are_waited_out(error: Exception, transient: bool) -> None:
    assert is_transient(error) is transient


def test_storable_text_loses_only_what_no_database_takes() -> None:
    assert storable("甲\x00乙\ud83d丙") == "甲乙?丙"
