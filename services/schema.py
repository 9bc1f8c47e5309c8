"""The database's schema: where it stands and bringing it forward. `migrations/` holds the steps."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, event, inspect, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from services.sqlite import prepare

ADVISORY_LOCK = 0x11A17100  # any number, the same for every process of ours
MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


class SchemaDamaged(Exception):
    """A migration left rows that point nowhere. `violations` are SQLite's foreign_key_check rows."""

    def __init__(self, violations: list[Any]) -> None:
        super().__init__(f"{len(violations)} rows point nowhere")
        self.violations = violations


class UnknownRevision(Exception):
    """No migration leads there."""


async def upgrade(url: str, to: str = "head") -> None:
    """Bring the schema forward to a revision."""
    await _run(url, lambda connection: command.upgrade(_config(connection), to))


async def downgrade(url: str, to: str) -> None:
    """Take the schema back to a revision (`base`: nothing)."""
    await _run(url, lambda connection: command.downgrade(_config(connection), to))


async def current(url: str) -> str | None:
    """The revision the database stands at; None for an empty one."""
    found: list[str | None] = []
    await _run(url, lambda c: found.append(MigrationContext.configure(c).get_current_revision()), checks=False)
    return found[0]


async def is_empty(url: str) -> bool:
    """True when the database holds no table at all."""
    found: list[bool] = []
    await _run(url, lambda connection: found.append(not inspect(connection).get_table_names()), checks=False)
    return found[0]


def stamp(connection: Connection) -> None:
    """Say of tables that were made from the models that they stand at the newest revision."""
    command.stamp(_config(connection), "head")


def is_known(revision: str) -> bool:
    """True for a revision that `migrations/` holds; a newer version's is not."""
    return any(script.revision == revision for script in ScriptDirectory.from_config(_config(None)).walk_revisions())


def head() -> str | None:
    """The newest revision in `migrations/`."""
    return ScriptDirectory.from_config(_config(None)).get_current_head()


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


async def _run(url: str, act: Callable[[Connection], object], *, checks: bool = True) -> None:
    """Run over one connection. SQLite: foreign keys off (batch mode would cascade), checked before the commit."""
    engine = create_async_engine(url, poolclass=NullPool)
    is_sqlite = engine.dialect.name == "sqlite"
    if is_sqlite:
        if engine.url.database:
            Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)
        event.listen(engine.sync_engine, "connect", _prepare)
        event.listen(engine.sync_engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        async with engine.begin() as connection:
            if checks and not is_sqlite:  # two processes that start at once migrate one after the other
                await connection.execute(text(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})"))
            await connection.run_sync(act)
            if is_sqlite and checks:
                violations = (await connection.execute(text("PRAGMA foreign_key_check"))).all()
                if violations:
                    raise SchemaDamaged(list(violations))
    except CommandError as error:
        raise UnknownRevision(str(error)) from None
    finally:
        await engine.dispose()


def _prepare(connection: Any, _record: Any) -> None:
    prepare(connection, "foreign_keys=OFF")
