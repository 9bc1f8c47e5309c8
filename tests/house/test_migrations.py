"""Every migration goes up and down on both databases, keeps the data, and ends where the models are."""

import asyncio
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.ext.asyncio import create_async_engine

from services import schema
from services.db import Database
from services.models import Base, Document, DocumentPassage
from tests.cast import settle
from tests.postgres import execute, named

NUMBERS = count(1)
REVISIONS = [one.revision for one in ScriptDirectory(str(schema.MIGRATIONS)).walk_revisions()][::-1]


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}"
        return
    server, name = request.getfixturevalue("postgres").url, f"empty_{next(NUMBERS)}"
    asyncio.run(execute(server, f"CREATE DATABASE {name}"))
    yield named(server, name)
    asyncio.run(execute(server, f"DROP DATABASE {name} WITH (FORCE)"))


async def _run(url: str, act: Any) -> Any:
    engine = create_async_engine(url)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(act)
    finally:
        await engine.dispose()


def _differences(connection: Connection) -> list[Any]:
    return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), Base.metadata))


async def test_each_migration_goes_up_down_and_up_again(empty_url: str) -> None:
    before = "base"
    for revision in REVISIONS:
        await schema.upgrade(empty_url, revision)
        await schema.downgrade(empty_url, before)
        await schema.upgrade(empty_url, revision)
        assert await schema.current(empty_url) == revision
        before = revision
    await schema.downgrade(empty_url, "base")
    assert await schema.current(empty_url) is None


async def test_the_models_match_the_migrations(empty_url: str) -> None:
    await schema.upgrade(empty_url)
    assert await _run(empty_url, _differences) == []


async def test_data_survives_the_newest_migration_down_and_up(empty_url: str, now: datetime) -> None:
    """SQLite's batch mode copies tables: with foreign keys on, passages would vanish with their documents."""
    await schema.upgrade(empty_url)
    database = Database(empty_url)
    async with database.transaction() as session:
        await settle(session, now=now)
        document = Document(
            name="章程.md",
            title="章程",
            digest="d",
            access="public",
            state="current",
            text="第一条",
            warnings=[],
            imported_at=now,
            changed_at=now,
        )
        document.passages = [DocumentPassage(ordinal=0, path=[], start=0, end=3, text="第一条")]
        session.add(document)
    await database.dispose()
    before = await _counts(empty_url, ("units", "people", "seats", "chats", "documents", "passages"))
    if len(REVISIONS) > 1:
        await schema.downgrade(empty_url, REVISIONS[-2])
        await schema.upgrade(empty_url)
    assert await _counts(empty_url, tuple(before)) == before
    assert min(before.values()) > 0


async def test_two_processes_may_set_up_one_database(empty_url: str) -> None:
    await asyncio.gather(*(schema.upgrade(empty_url) for _ in range(3)))
    assert await schema.current(empty_url) == schema.head()


async def test_an_unknown_revision_is_refused_and_changes_nothing(empty_url: str) -> None:
    await schema.upgrade(empty_url)
    with pytest.raises(schema.UnknownRevision):
        await schema.upgrade(empty_url, "9999")
    assert await schema.current(empty_url) == schema.head()


async def test_rows_that_point_nowhere_undo_a_migration(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'broken.db'}"
    await schema.upgrade(url)
    engine = create_engine(f"sqlite:///{tmp_path / 'broken.db'}")
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO unit_aliases (alias, unit_id) VALUES ('x', 99)"))
    engine.dispose()
    with pytest.raises(schema.SchemaDamaged):
        await schema.downgrade(url, REVISIONS[-2] if len(REVISIONS) > 1 else REVISIONS[-1])
    assert await schema.current(url) == schema.head()


async def _counts(url: str, tables: tuple[str, ...]) -> dict[str, int]:
    def count_all(connection: Connection) -> dict[str, int]:
        return {one: connection.execute(text(f"SELECT count(*) FROM {one}")).scalar_one() for one in tables}

    return dict(await _run(url, count_all))


def test_migrations_form_one_line() -> None:
    assert len(ScriptDirectory(str(schema.MIGRATIONS)).get_heads()) == 1
    assert REVISIONS[0] == "0001"
