"""Fixtures for every room: a moment, and a fresh database on SQLite and on PostgreSQL.

The process that only hands tests out to others reads this file too, and runs nothing: what is heavy is imported where
it is used.
"""

from __future__ import annotations

import asyncio
import gc
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from hypothesis import settings

import handlers  # noqa: F401 - before anybody imports aiogram: its models are built when they are first used

if TYPE_CHECKING:
    from aiogram.dispatcher.event.handler import CallableObject
    from sqlalchemy.engine import Engine

    from services.db import Database
    from tests.cast import Cast
    from tests.knowledge.endpoint import Endpoint
    from tests.postgres import Server

settings.load_profile("ci")  # the same examples each time, and no verdict by the clock
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # a Monday, 10:00 in Shanghai
LOOPS: list[asyncio.AbstractEventLoop] = []
AT_WORK = pytest.StashKey[set["asyncio.Task[Any]"]]()
MEMORY = Path("/dev/shm")
MEMORY_FREE_BYTES = 2 << 30  # containers may have 64 MB of it

gc.disable()  # until everything is collected: half of a worker's start was looking through modules that stay
if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > MEMORY_FREE_BYTES:
    tempfile.tempdir = os.environ.setdefault("TMPDIR", str(MEMORY))  # a commit waits for no disk


def _interrupt(_number: int, _frame: Any) -> NoReturn:
    raise KeyboardInterrupt


# As Python's own does. In place of that one asyncio sets its own for every fixture and test, and spells each out.
if threading.current_thread() is threading.main_thread():
    signal.signal(signal.SIGINT, _interrupt)


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """The loop that the bot itself runs on."""
    from bot.cli.running import loop_factory

    return {"service": loop_factory() or asyncio.new_event_loop}


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Every module is loaded now and stays: looking through them again and again was a sixth of the suite's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    gc.enable()


def _at_work() -> set[asyncio.Task[Any]]:
    return {task for loop in LOOPS for task in asyncio.all_tasks(loop)}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[Any]:
    """Note what is at work before the test."""
    item.stash[AT_WORK] = _at_work()
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[Any]:
    """No test leaves work behind: the next one runs in the same loop."""
    done = yield
    left = _at_work() - item.stash.get(AT_WORK, _at_work())
    assert not left, f"still at work: {left}"
    return done


@pytest.fixture(scope="session", autouse=True)
def _statements_are_compiled_once() -> Iterator[None]:
    """Every test opens engines of its own, and SQLAlchemy compiles every statement anew for each dialect object: a
    fifth of the time of a test. Engines of one kind of database take the dialect of the first that connected."""
    from sqlalchemy.util import LRUCache

    from services.db import Database

    first: dict[str, Engine] = {}
    open_database = Database.__init__

    def share(self: Database, url: str, *, pool_size: int = 10) -> None:
        open_database(self, url, pool_size=pool_size)
        engine = self.engine.sync_engine
        kept = first.get(engine.dialect.name)
        if kept is not None and kept.dialect.server_version_info is not None:
            engine.dialect, engine._compiled_cache = kept.dialect, kept._compiled_cache
        else:
            first[engine.dialect.name], engine._compiled_cache = engine, LRUCache(4096)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Database, "__init__", share)
        yield


@pytest.fixture(scope="session", autouse=True)
async def _connections_are_kept() -> AsyncIterator[None]:
    from tests.postgres import connections_kept

    LOOPS.append(asyncio.get_running_loop())
    async with connections_kept():
        yield


@pytest.fixture(scope="session", autouse=True)
def _handlers_are_read_once() -> Iterator[None]:
    """Every talk builds a dispatcher of some hundred handlers and filters, and aiogram reads the signature of each."""
    from aiogram.dispatcher.event.handler import CallableObject
    from aiogram.filters import Filter

    read = CallableObject.__post_init__
    known: dict[object, tuple[bool, set[str], bool]] = {}

    def recall(self: CallableObject) -> None:
        called = self.callback
        code = None if hasattr(called, "__wrapped__") else getattr(called, "__code__", None)
        key = type(called) if isinstance(called, Filter) else (code or called, type(called))
        if key in known:
            self.awaitable, self.params, self.varkw = known[key]
        else:
            read(self)
            known[key] = self.awaitable, self.params, self.varkw

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CallableObject, "__post_init__", recall)
        yield


@pytest.fixture
def now() -> datetime:
    """The moment at which a test happens: Monday, 23 November 2026, 10:00 in Shanghai."""
    return NOW


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a fresh database with every table stands; each test runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        file = tmp_path / "lianluo.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), file)
        yield f"sqlite+aiosqlite:///{file}"
        return
    with request.getfixturevalue("postgres").lend() as url:
        yield url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """That database, opened."""
    from services.db import Database

    database = Database(database_url, pool_size=5)
    yield database
    await database.dispose()


@pytest.fixture
async def cast(database: Database, now: datetime) -> Cast:
    """The cast of `tests/cast.py`, in the register."""
    from tests.cast import settle
    from tests.stages import set_stage

    async with database.transaction() as session:
        settled: Cast = await set_stage(session, "cast", lambda: settle(session, now=now))
        return settled


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with every table, made once and copied for each test."""
    from sqlalchemy import create_engine

    from services.models import Base
    from services.schema import stamp

    file = tmp_path_factory.mktemp("sqlite") / "template.db"
    engine = create_engine(f"sqlite:///{file}")
    Base.metadata.create_all(engine)
    with engine.begin() as connection:
        stamp(connection)
    engine.dispose()
    return file


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server of our own for the session, which lends databases that have every table."""
    from tests.postgres import running

    with running() as server:
        yield server


@pytest.fixture(scope="module")
def model_server() -> Iterator[Endpoint]:
    """An endpoint of a language model on loopback."""
    from tests.knowledge.endpoint import running

    with running() as served:
        yield served


@pytest.fixture
def endpoint(model_server: Endpoint) -> Endpoint:
    """The same, honest again and asked nothing yet."""
    model_server.temper, model_server.reply, model_server.whole = "honest", "", ""
    model_server.requests.clear()
    return model_server
