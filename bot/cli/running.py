"""How a command runs: the settings it reads, the database it is given, and what becomes of a refusal."""

import traceback
from asyncio import AbstractEventLoop
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

REFUSED, WRONG_USE = 1, 2
chosen: dict[str, Path | None] = {"config": None}
Json = Annotated[bool, typer.Option("--json", help="Print exactly one JSON value.")]


def read_settings() -> Any:
    """The settings of `--config`, or the end of the command with every wrong key named."""
    from bot.settings import SettingsError, load_settings

    try:
        return load_settings(chosen["config"])
    except SettingsError as error:
        lines = [f"  {key}" + (f" = {value}" if value else "") + f"\n    {what}" for key, value, what in error.problems]
        refuse("The settings cannot be used:\n" + "\n".join(lines))


def finish(coroutine: Any) -> None:
    """Run a command; what it refuses is told in one line, what nobody foresaw with its place and without secrets."""
    import asyncio

    from bot.commands.refusals import Refused, WrongUse

    try:
        with asyncio.Runner(loop_factory=loop_factory()) as runner:
            runner.run(coroutine)
    except WrongUse as slip:
        refuse(str(slip), WRONG_USE)
    except Refused as refusal:
        refuse(str(refusal))
    except typer.Exit:
        raise
    except Exception as fault:
        _refuse_in_words(fault)
        from bot.logs import redact

        place = traceback.extract_tb(fault.__traceback__)[-1]
        refuse(redact(f"unexpected: {type(fault).__name__}: {fault}\n  at {place.filename}:{place.lineno}"))


def loop_factory() -> Callable[[], AbstractEventLoop] | None:
    """uvloop's event loop, a quarter faster for a filing; None, which means asyncio's own, on Windows."""
    try:
        from uvloop import new_event_loop
    except ImportError:
        return None
    return new_event_loop


async def with_database(act: Any, *given: Any, **named: Any) -> None:
    """Await `act(database, …)` on the configured database, brought to the newest schema first."""
    from bot.commands.database import prepare
    from services.db import Database

    settings = read_settings()
    await prepare(settings)
    database = Database(settings.database.url)
    try:
        await act(database, *given, **named)
    finally:
        await database.dispose()


def now() -> datetime:
    """The clock's instant; nothing below `bot/` reads it."""
    return datetime.now(UTC)


def one_of(text: str | None, batch: Path | None) -> None:
    """Insist on either a text or a file of them."""
    if (text is None) == (batch is None):
        refuse("give either a text or --batch FILE", WRONG_USE)


def refuse(message: str, status: int = REFUSED) -> NoReturn:
    """End the command with a message on standard error."""
    typer.echo(message, err=True)
    raise typer.Exit(status)


def _refuse_in_words(fault: Exception) -> None:
    """Refusals of the use cases are told in the words of the chat."""
    from handlers import texts
    from handlers.refusals import text_key_of
    from services.errors import Refusal

    if isinstance(fault, Refusal):
        refuse(texts.plain(text_key_of(fault), fault.facts))
