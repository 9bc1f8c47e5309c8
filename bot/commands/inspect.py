"""`lianluo check-config` and `lianluo doctor`."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import typer
from pydantic import BaseModel, SecretStr

from bot.commands.refusals import Refused
from bot.settings import Settings, without_password
from services import schema
from services.db import Database
from services.errands import count_errands
from services.inbox import count_inbox
from services.outbox import count_outbox

Check = Callable[[Settings], Awaitable[tuple[bool, str]]]


def explain_settings(settings: Settings) -> None:
    """Print every key with its value (secrets only as set or not) and its meaning."""
    for section, value in settings:
        typer.echo(f"[{section}]  {(type(value).__doc__ or '').splitlines()[0]}")
        _explain(value, "  ")
    typer.echo("The settings are in order.")


async def examine(settings: Settings, *, as_json: bool) -> None:
    """Run every check; tell what is wrong and how to mend it.

    Raises:
        Refused: at least one check failed.
    """
    found = {}
    for name, check in CHECKS.items():
        try:
            fine, told = await check(settings)
        except Exception as error:
            fine, told = False, without_password(f"{type(error).__name__}: {error}")
        found[name] = {"ok": fine, "told": told}
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
    else:
        for name, result in found.items():
            typer.echo(f"{'ok  ' if result['ok'] else 'FAIL'}  {name:<12} {result['told']}")
    wrong = [name for name, result in found.items() if not result["ok"]]
    if wrong:
        raise Refused("not in order: " + ", ".join(wrong))


async def _database(settings: Settings) -> tuple[bool, str]:
    revision = await schema.current(settings.database.url)
    if revision is None:
        return True, "empty; it is set up at the first start"
    fine = revision == schema.head()
    return fine, f"revision {revision}" + ("" if fine else f", needs {schema.head()}: run `lianluo db upgrade`")


async def _queues(settings: Settings) -> tuple[bool, str]:
    if await schema.current(settings.database.url) is None:
        return True, "none yet"
    database = Database(settings.database.url)
    try:
        async with database.reading() as session:
            counts = {
                "inbox": await count_inbox(session),
                "outbox": await count_outbox(session),
                "errands": await count_errands(session),
            }
    finally:
        await database.dispose()
    stuck = counts["inbox"].get("quarantined", 0) + counts["errands"].get("failed", 0)
    told = "; ".join(f"{queue} {states or 'empty'}" for queue, states in counts.items())
    return not stuck, told


async def _index(settings: Settings) -> tuple[bool, str]:
    from bot.keeping import IndexKeeper
    from knowledge.errors import IndexBusy

    if await schema.current(settings.database.url) is None:
        return True, "none yet"
    database = Database(settings.database.url)
    keeper = IndexKeeper(database, settings.knowledge)
    try:
        await keeper.open(warm=False)
        stats = keeper.stats()
        await keeper.close()
        return True, f"{stats['passages']} passages of {stats['documents']} documents, {stats['embedder']}"
    except IndexBusy as busy:
        return True, f"in use by {busy.owner}"
    finally:
        await database.dispose()


async def _telegram(settings: Settings) -> tuple[bool, str]:
    import aiohttp

    token = settings.telegram.token.get_secret_value()
    if not token:
        return False, "telegram.token is missing (only the demo needs none)"
    url = f"{settings.telegram.api_base}/bot{token}/getMe"
    try:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as http, http.get(url) as response:
            answer = await response.json(content_type=None)
    except (aiohttp.ClientError, TimeoutError) as error:
        return False, f"{settings.telegram.api_base} does not answer ({type(error).__name__})"
    if not answer.get("ok"):
        return False, f"the server says: {answer.get('description')}"
    return True, f"@{answer['result'].get('username')} at {settings.telegram.api_base}"


async def _endpoints(settings: Settings) -> tuple[bool, str]:
    import aiohttp

    told, fine = [], True
    for name, section in (("llm", settings.llm), ("embedding", settings.embedding)):
        if not section.base_url:
            told.append(f"{name}: none")
            continue
        try:
            timeout = aiohttp.ClientTimeout(total=10)
            async with aiohttp.ClientSession(timeout=timeout) as http, http.get(f"{section.base_url}/models") as answer:
                told.append(f"{name}: answers {answer.status}")
        except (aiohttp.ClientError, TimeoutError) as error:
            fine = False
            told.append(f"{name}: {section.base_url} does not answer ({type(error).__name__})")
    return fine, "; ".join(told)


async def _clock(settings: Settings) -> tuple[bool, str]:
    from zoneinfo import ZoneInfo

    now = await asyncio.to_thread(datetime.now, UTC)
    local = now.astimezone(ZoneInfo(settings.consortium.timezone))
    return local.year >= 2025, f"{local:%Y-%m-%d %H:%M} {settings.consortium.timezone}"


async def _holidays(settings: Settings) -> tuple[bool, str]:
    """Whether the official arrangements of this year, and in December of the next, are known."""
    from zoneinfo import ZoneInfo

    from services.calendar.workdays import Workdays
    from services.meetings.running.uncovered import uncovered_year

    workdays = await asyncio.to_thread(Workdays.from_settings, settings.holidays)
    now = await asyncio.to_thread(datetime.now, UTC)
    local = now.astimezone(ZoneInfo(settings.consortium.timezone))
    missing = [year for year in (local.year, local.year + 1) if year not in workdays.table.years]
    told = f"official arrangements up to {max(workdays.table.years)}"
    if missing:
        told += f"; none for {missing[0]}: Monday to Friday is counted; put the notice into holidays.file"
    return uncovered_year(workdays.table.years, local.date()) is None, told


CHECKS: dict[str, Check] = {
    "database": _database,
    "queues": _queues,
    "index": _index,
    "telegram": _telegram,
    "endpoints": _endpoints,
    "clock": _clock,
    "holidays": _holidays,
}


def _explain(model: Any, indent: str) -> None:
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        if isinstance(value, BaseModel):
            typer.echo(f"{indent}[{name}]")
            _explain(value, indent + "  ")
            continue
        shown = without_password(repr(value))
        if isinstance(value, SecretStr):
            shown = "(set)" if value.get_secret_value() else "(not set)"
        typer.echo(f"{indent}{name} = {shown}" + (f"   # {field.description}" if field.description else ""))
