"""`lianluo kb eval`: the secretariat's regression set from the command line."""

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import typer

from bot.commands.index import open_keeper
from bot.keeping import IndexKeeper
from bot.settings import Settings
from bot.trying import Trying
from services.db import Database
from services.tickets.desk import Desk
from services.trials.promising import has_cases
from services.trials.runs import Comparison, Difference


async def evaluate(settings: Settings, *, as_json: bool) -> None:
    """Ask every kept question, store the run, print what differs from the run before."""
    async with open_keeper(settings) as keeper:
        compared, took_ms = await trying(settings, keeper).run_now("console")
    if as_json:
        typer.echo(json.dumps({**compared.as_values(), "took_ms": took_ms}, ensure_ascii=False))
        return
    print_comparison(compared, took_ms)


async def evaluate_after_import(settings: Settings, keeper: IndexKeeper, database: Database) -> None:
    """The same after an import, silent when there is no case."""
    async with database.reading() as session:
        if not await has_cases(session):
            return
    compared, took_ms = await trying(settings, keeper).run_now("library")
    print_comparison(compared, took_ms)


def trying(settings: Settings, keeper: IndexKeeper) -> Trying:
    """A run over this index."""
    zone = ZoneInfo(settings.consortium.timezone)
    return Trying(
        keeper.database, keeper, Desk(), clock=lambda: datetime.now(UTC), zone=zone, ours=settings.consortium.name
    )


def print_comparison(compared: Comparison, took_ms: int) -> None:
    """A line for the whole, a line for each case that needs a look."""
    counts = ", ".join(f"{count} {verdict}" for verdict, count in compared.counts.items() if count)
    typer.echo(f"{compared.asked} cases in {took_ms / 1000:.1f} s: {counts or 'none kept'}")
    for heading, found in (
        ("now wrong", compared.now_wrong),
        ("now right", compared.now_right),
        ("words changed", compared.now_changed),
        ("document removed", compared.now_void),
        ("still wrong", compared.still_wrong),
    ):
        for one in found:
            typer.echo(f"  {heading}: #{one.number} {one.text}: {_expected(one)}; {_given(one)}")
    if compared.is_same and not compared.is_first:
        typer.echo("  as in the run before")


def _expected(one: Difference) -> str:
    return "must be refused" if one.expects == "refusal" else f"expects {', '.join(one.places)}"


def _given(one: Difference) -> str:
    return f"cites {one.instead}" if one.outcome == "answered" else "was not answered"
