"""`lianluo timetable` and `lianluo tick`: the timetable rehearsed, and done up to an instant."""

import json
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import typer

from bot.commands.database import prepare
from bot.commands.refusals import Refused, WrongUse
from bot.commands.serve import NO_TOKEN
from bot.settings import Settings
from jobs.schedule import all_duties
from jobs.timetable import do_all
from services.checkins.office import open_office
from services.db import Database
from services.digests.press import open_digest_office
from services.meetings.office import open_meeting_office
from services.rehearsal import Planned, copy_for_rehearsal, read_planned
from services.supply.desk import open_supply_desk
from services.tickets.desk import open_desk

STEP = timedelta(minutes=30)


async def rehearse(settings: Settings, first: str, last: str, *, as_json: bool) -> None:
    """Print everything that would be sent between two days, when, to whom and why; sends nothing.

    The very duties of the service run on a copy of the database with a clock that walks through those days.
    """
    zone = ZoneInfo(settings.consortium.timezone)
    start = datetime.combine(_day(first), time(0), zone).astimezone(UTC)
    end = datetime.combine(_day(last) + timedelta(days=1), time(0), zone).astimezone(UTC)
    await prepare(settings)
    office = open_office(settings.consortium.timezone, settings.checkins, settings.quiet_hours, settings.holidays)
    meetings = open_meeting_office(
        settings.consortium, settings.meetings, settings.tasks, settings.quiet_hours, settings.holidays
    )
    desk = open_desk(
        settings.consortium, settings.tickets, settings.library, office.quiet_hours, settings.knowledge.max_file_mb
    )
    digests = open_digest_office(settings.consortium, settings.digests, settings.tasks, office)
    supply = open_supply_desk(settings.consortium, settings.supply, office.quiet_hours)
    duties = [duty for duty in all_duties(office, meetings, desk, digests, supply) if duty.sends]
    async with _copy(settings) as database:
        for now in _instants(start, end):
            await do_all(database, duties, now)
        async with database.reading() as session:
            planned = await read_planned(session, start, end)
    _print(planned, zone, as_json)


async def tick(settings: Settings, at: str) -> None:
    """Do all that is due up to that instant, deliver it, and end."""
    from bot.composition import App

    try:
        instant = datetime.fromisoformat(at)
    except ValueError:
        raise WrongUse(f"--at {at}: write an ISO instant, for example 2026-10-08T09:00:00+08:00") from None
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=ZoneInfo(settings.consortium.timezone))
    instant = instant.astimezone(UTC)
    if not settings.telegram.token.get_secret_value():
        raise Refused(NO_TOKEN)
    await prepare(settings)
    app = App(settings, clock=lambda: instant, parts="tick")
    await app.start()
    try:
        duties = all_duties(app.office, app.meeting_office, app.desk, app.digest_office, app.supply_desk)
        await do_all(app.database, duties, instant)
        await app.errands.drain()
        while await app.sender.deliver_due():
            pass
    finally:
        await app.stop()


@asynccontextmanager
async def _copy(settings: Settings) -> AsyncIterator[Database]:
    with tempfile.TemporaryDirectory(prefix="lianluo-") as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'rehearsal.db'}"
        database = Database(settings.database.url)
        try:
            await copy_for_rehearsal(database, url)
        finally:
            await database.dispose()
        copy = Database(url)
        try:
            yield copy
        finally:
            await copy.dispose()


def _instants(start: datetime, end: datetime) -> Iterator[datetime]:
    now = start
    while now < end:
        yield now
        now += STEP


def _print(planned: list[Planned], zone: ZoneInfo, as_json: bool) -> None:
    if as_json:
        rows = [{**vars(one), "at": one.at.astimezone(zone).isoformat()} for one in planned]
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    for one in planned:
        at = one.at.astimezone(zone)
        typer.echo(f"{at:%Y-%m-%d %H:%M} 周{'一二三四五六日'[at.weekday()]}  {one.to:<24} {one.what}  [{one.why}]")
    typer.echo(f"{len(planned)} messages")


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise WrongUse(f"{given}: write a day as 2026-09-20") from None
