"""The database: one code path for SQLite (embedded) and PostgreSQL (beyond one machine)."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from services.models.base import Base
from services.sqlite import BEGIN_WRITING, BUSY_TIMEOUT_MS, prepare, write_in_place

# What use cases take first. Rooms above name it for types and pass it on; they do not look inside.
Session = AsyncSession
COMMAND_TIMEOUT_S = 30
PING_AFTER_S = 5.0
PREPARED_STATEMENTS = 400  # kept by each connection: one that was forgotten costs two more round trips
# SQLSTATE classes that say "not now": connection, conflict between transactions, resources, operator (PostgreSQL, A).
TRANSIENT_CLASSES = ("08", "40", "53", "57")


class Database:
    """Opens transactions; the caller of a use case owns the transaction, use cases never commit.

    SQLite runs in the driver's autocommit mode with an explicit `BEGIN IMMEDIATE` for writing: with the driver's own
    default two processes lost half of their read-then-write updates in silence. Within one process a lock queues the
    writers fairly, which SQLite's busy timeout does not.
    """

    def __init__(self, url: str, *, pool_size: int = 20) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(url) if self.is_sqlite else _postgres_engine(url, pool_size)
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False, autoflush=True)
        self._writer = asyncio.Lock() if self.is_sqlite else None

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """A writing transaction: commits at the end of the block, rolls back when the block raises."""
        async with AsyncExitStack() as stack:
            if self._writer is not None:
                await stack.enter_async_context(self._writer)
            session = await stack.enter_async_context(self._sessions())
            async with session.begin():
                yield session

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A session that only reads: it takes no write lock and sees one consistent moment."""
        async with self._sessions() as session:
            await session.connection(execution_options={"lianluo_reading": True})
            yield session

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncSession]:
        """Like `reading`, but many queries see the same moment: PostgreSQL shows each query its own otherwise."""
        options = {"lianluo_reading": True} | ({} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"})
        async with self._sessions() as session:
            await session.connection(execution_options=options)
            yield session

    async def scrub(self) -> None:
        """Empty SQLite's write-ahead log, which holds overwritten and deleted rows until its pages are used again.

        Rows themselves are overwritten when they are deleted (`secure_delete`). A reader that holds an old moment keeps
        what it sees; the next call takes it. PostgreSQL keeps dead rows until `VACUUM`: see the manual.
        """
        if self._writer is not None:
            async with self._writer, self.engine.connect() as connection:
                driver: Any = (await connection.get_raw_connection()).driver_connection
                await driver.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")

    async def dispose(self) -> None:
        """Close every connection."""
        await self.engine.dispose()


def insert_into(session: AsyncSession, table: type[Base]) -> Any:
    """An INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update` on either database."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


def storable(text: str) -> str:
    """PostgreSQL stores neither NUL nor half a surrogate pair; a malformed update may bring both."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def is_transient(error: BaseException) -> bool:
    """True when the same work may well succeed in a moment: the database was busy, away, or chose us as a victim."""
    if isinstance(error, PoolTimeout | ConnectionError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    state = str(getattr(error.orig, "sqlstate", "") or "")
    locked = "database is locked" in str(error.orig) or "database table is locked" in str(error.orig)
    return error.connection_invalidated or state.startswith(TRANSIENT_CLASSES) or locked


def _sqlite_engine(url: str) -> AsyncEngine:
    path = make_url(url).database
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    # Parameters stay out of errors, and so out of logs: they hold what people wrote.
    engine = create_async_engine(url, hide_parameters=True, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})
    write_in_place(engine.sync_engine)
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    prepare(connection, "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")


def _begin_sqlite(connection: Connection) -> None:
    reading = connection.get_execution_options().get("lianluo_reading", False)
    connection.exec_driver_sql("BEGIN" if reading else BEGIN_WRITING)


def _postgres_engine(url: str, pool_size: int) -> AsyncEngine:
    engine = create_async_engine(
        url,
        pool_size=pool_size,
        max_overflow=pool_size,
        hide_parameters=True,
        connect_args={
            "command_timeout": COMMAND_TIMEOUT_S,
            "prepared_statement_cache_size": PREPARED_STATEMENTS,
            "server_settings": {"timezone": "UTC"},
        },
    )
    event.listen(engine.sync_engine, "checkin", _note_rest)
    event.listen(engine.sync_engine, "checkout", _ping_rested)
    return engine


def _note_rest(_connection: Any, record: ConnectionPoolEntry) -> None:
    record.info["rests_since"] = time.monotonic()


def _ping_rested(connection: Any, record: ConnectionPoolEntry, _proxy: Any) -> None:
    """Ask a connection that has rested whether it still stands: the pool replaces it when it does not.

    SQLAlchemy's own pre-ping asks each time, three round trips before every transaction. One that breaks within the
    seconds since its last use says so itself, and what fails with it is taken as transient (`is_transient`).
    """
    if time.monotonic() - record.info.get("rests_since", time.monotonic()) < PING_AFTER_S:
        return
    try:
        connection.ping()
    except Exception as fault:
        raise DisconnectionError("the connection broke while it rested") from fault
