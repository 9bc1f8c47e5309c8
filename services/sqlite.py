"""SQLite without a thread hop for every statement of a writing transaction.

aiosqlite hands each call (cursor, execute, fetch, close) to a thread and back, some forty times for one update; on a
busy machine that is most of its time. What can wait for a disk or another process (BEGIN IMMEDIATE, COMMIT, ROLLBACK)
and everything of a reading session, whose queries may be long, still goes through the thread. Between BEGIN IMMEDIATE
and COMMIT the lock is ours and statements are short, so they run where they are called.
"""

import sqlite3
from asyncio import sleep
from collections import deque
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, cast

import aiosqlite
from sqlalchemy import event
from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_connection, AsyncAdapt_aiosqlite_cursor
from sqlalchemy.engine import Engine
from sqlalchemy.util import EMPTY_DICT
from sqlalchemy.util.concurrency import await_

BEGIN_WRITING = "BEGIN IMMEDIATE"
BUSY_TIMEOUT_MS = 15_000
_WAL_TRIES, _WAL_PAUSE_S = 300, 0.05  # as long as the busy timeout


class WriterConnection(aiosqlite.Connection):
    """An aiosqlite connection that knows whether it is inside a writing transaction."""

    is_writing = False

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        through_thread = cast("Callable[..., Awaitable[Any]]", super()._execute)
        owner, name = getattr(fn, "__self__", None), getattr(fn, "__name__", "")
        if isinstance(owner, sqlite3.Cursor):
            if name == "execute" and args[0] == BEGIN_WRITING:
                await through_thread(fn, *args, **kwargs)
                self.is_writing = True
                return owner
            if name == "close":
                return fn()
        elif name == "cursor":
            return fn()
        elif name in ("commit", "rollback"):
            self.is_writing = False
            if not self._conn.in_transaction:  # the pool rolls back what was committed long ago
                return None
        return await through_thread(fn, *args, **kwargs)


class CursorInPlace(AsyncAdapt_aiosqlite_cursor):
    """SQLAlchemy's cursor over sqlite3's own: no coroutine between a statement and its rows."""

    __slots__ = ()
    _awaitable_cursor_close = False
    _cursor: Any  # sqlite3's own

    def __init__(self, adapted: "WriterAdapter") -> None:
        self._adapt_connection = adapted
        self._connection = adapted._connection
        self._cursor = cast("Any", adapted.driver_connection)._conn.cursor()
        self._rows = deque()
        self._soft_closed_memoized = EMPTY_DICT

    def execute(self, operation: Any, parameters: Any = None) -> Any:
        """Run one statement and keep its rows."""
        await_(_done())
        self._cursor.execute(operation, parameters or ())
        if self._cursor.description:
            self._rows = deque(self._cursor.fetchall())
        return self

    def executemany(self, operation: Any, seq_of_parameters: Any) -> Any:
        """Run one statement with each of the parameters."""
        await_(_done())
        self._cursor.executemany(operation, seq_of_parameters)
        return self


def prepare(connection: Any, *pragmas: str) -> None:
    """Set a new connection up: our own transactions, patience with other processes, the write-ahead log, `pragmas`.

    Turning a fresh file to the write-ahead log does not wait for a process that does the same: SQLite says busy at
    once, whatever the timeout, and we ask again.

    Raises:
        sqlite3.OperationalError: still locked after the busy timeout.
    """
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    for tries_left in reversed(range(_WAL_TRIES)):
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            break
        except sqlite3.OperationalError:
            if not tries_left:
                raise
            await_(sleep(_WAL_PAUSE_S))
    for pragma in pragmas:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


async def _done() -> None:
    """SQLAlchemy takes a driver that never awaits for a blocking one, and refuses it."""


class WriterAdapter(AsyncAdapt_aiosqlite_connection):
    """SQLAlchemy's view of a `WriterConnection`."""

    __slots__ = ()

    def cursor(self, server_side: bool = False) -> Any:
        """In place while writing, through the thread otherwise."""
        if cast("WriterConnection", self.driver_connection).is_writing and not server_side:
            return CursorInPlace(self)
        return super().cursor(server_side)


def write_in_place(engine: Engine) -> None:
    """Let the engine's connections run the statements of writing transactions in place."""

    def connect(dialect: Any, _record: Any, arguments: Any, options: Any) -> WriterAdapter:
        connector = partial(sqlite3.connect, *arguments, **(options | {"check_same_thread": False}))
        connection = WriterConnection(connector, 64)
        connection._thread.daemon = True  # ends with the process
        return WriterAdapter(dialect.dbapi, cast("Any", await_(connection)))

    event.listen(engine, "do_connect", connect)
