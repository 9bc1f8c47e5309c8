"""SQLite without a thread hop for every statement of a writing transaction.

aiosqlite hands each call (cursor, execute, fetch, close) to a thread and back, some forty times for one update; on a
busy machine that is most of its time. What can wait for a disk or another process (BEGIN IMMEDIATE, COMMIT, ROLLBACK)
and everything of a reading session, whose queries may be long, still goes through the thread. Between BEGIN IMMEDIATE
and COMMIT the lock is ours and statements are short, so they run where they are called.
"""

import sqlite3
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, cast

import aiosqlite

BEGIN_WRITING = "BEGIN IMMEDIATE"


class WriterConnection(aiosqlite.Connection):
    """An aiosqlite connection that runs the statements of a writing transaction in place."""

    _writing = False

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        through_thread = cast("Callable[..., Awaitable[Any]]", super()._execute)
        owner, name = getattr(fn, "__self__", None), getattr(fn, "__name__", "")
        of_cursor = isinstance(owner, sqlite3.Cursor)
        if of_cursor and name == "execute" and args[0] == BEGIN_WRITING:
            self._writing = bool(await through_thread(fn, *args, **kwargs))
            return owner
        if name in ("commit", "rollback"):
            self._writing = False
        elif name == "cursor" or (of_cursor and (self._writing or name == "close")):
            return fn(*args, **kwargs)
        return await through_thread(fn, *args, **kwargs)


def connect(database: str, **options: Any) -> WriterConnection:
    """Like `aiosqlite.connect`; the thread ends with the process."""
    connector = partial(sqlite3.connect, database, **(options | {"check_same_thread": False}))
    connection = WriterConnection(connector, 64)
    connection._thread.daemon = True
    return connection
