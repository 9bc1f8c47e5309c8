"""`lianluo timetable` and `lianluo tick`: the timetable rehearsed, and done up to an instant."""

import json
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import typer

from bot.commands.database import prepare
from bot.commands.refusals import Refused, WrongUse
from bot.commands.serve import NO_TOKEN, start_or_refuse
from bot.meeting_office import meeting_office_of
from bot.settings import Settings
from jobs.duties import Duty
from jobs.schedule import all_duties
from jobs.timetable import do_all, do_all_at_once
from services.calendar.quiet_hours import QuietHours
from services.calendar.zones import to_utc
from services.checkins.office import open_office
from services.checkins.running.recipients import list_unheard
from services.db import Database
from services.digests.issuing.press import open_digest_office
from services.members.units import list_units
from services.rehearsal import Planned, copy_for_rehearsal, read_planned
from services.supply.desk import open_supply_desk
from services.tickets.desk import open_desk

if TYPE_CHECKING:
    from bot.composition import App

STEP = timedelta(minutes=30)
ActAll = Callable[[Database, Sequence[Duty], datetime], Awaitable[None]]


async def rehearse(settings: Settings, first: str, last: str, *, as_json: bool) -> None:
    """Print everything that would be sent between two days, when, to whom and why; sends nothing.

    The very duties of the service run on a copy of the database with a clock that walks through those days.
    """
    zone = ZoneInfo(settings.consortium.timezone)
    start, end = to_utc(_day(first), time(0), zone), to_utc(_day(last) + timedelta(days=1), time(0), zone)
    await prepare(settings)
    async with _copy(settings) as (database, folder):
        hours, duties = _rehearsing(settings, folder)
        for now in instants(_day(first), _day(last), hours):
            await do_all_at_once(database, duties, now)
        async with database.reading() as session:
            planned = await read_planned(session, start, end)
            unheard = await list_unheard(session, {unit.id: unit.name for unit in await list_units(session)})
    _print(planned, unheard, zone, as_json)


def _rehearsing(settings: Settings, folder: Path) -> tuple[QuietHours, list[Duty]]:
    """The sending hours and the duties that send; files they write on the way lie in `folder`."""
    office = open_office(settings.consortium.timezone, settings.checkins, settings.quiet_hours, settings.holidays)
    meetings = meeting_office_of(settings, folder)
    desk = open_desk(
        settings.consortium, settings.tickets, settings.library, office.quiet_hours, settings.knowledge.max_file_mb
    )
    digests = open_digest_office(settings.consortium, settings.digests, settings.tasks, office)
    supply = open_supply_desk(settings.consortium, settings.supply, office.quiet_hours)
    duties = all_duties(office, meetings, desk, digests, supply)
    return office.quiet_hours, [duty for duty in duties if duty.sends]


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
    app = App(settings, clock=running_from(instant), parts="tick")
    await start_or_refuse(app, settings)
    try:
        await do_due(app, instant)
    finally:
        await app.stop()


async def do_due(app: "App", instant: datetime, act: ActAll = do_all) -> None:
    """Everything that is due at that instant, each duty once, and delivered."""
    duties = all_duties(app.office, app.meeting_office, app.desk, app.digest_office, app.supply_desk)
    await act(app.database, duties, instant)
    await app.errands.drain()
    await app.sender.deliver_all(until=instant)


def running_from(instant: datetime) -> Callable[[], datetime]:
    """A clock that begins there and goes on, so that the pace between messages passes."""
    begun = monotonic()
    return lambda: instant + timedelta(seconds=monotonic() - begun)


@asynccontextmanager
async def _copy(settings: Settings) -> AsyncIterator[tuple[Database, Path]]:
    with tempfile.TemporaryDirectory(prefix="lianluo-") as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'rehearsal.db'}"
        database = Database(settings.database.url)
        try:
            await copy_for_rehearsal(database, url)
        finally:
            await database.dispose()
        copy = Database(url)
        try:
            yield copy, Path(folder)
        finally:
            await copy.dispose()


def instants(first: date, last: date, hours: QuietHours) -> Iterator[datetime]:
    """Midnight of every day; on workdays every half hour in which something may leave, and just before it closes.

    What came due in between is posted under its own instant, as the service does when it looks a minute late.
    """
    day = first
    while day <= last:
        yield to_utc(day, time(0), hours.zone)
        if hours.workdays.is_workday(day):
            for window in hours.settings.windows:
                now, closes = (to_utc(day, edge, hours.zone) for edge in (window.start, window.end))
                while now < closes:
                    yield now
                    now += STEP
                yield closes - timedelta(minutes=1)
        day += timedelta(days=1)


def _print(planned: list[Planned], unheard: list[tuple[str, str]], zone: ZoneInfo, as_json: bool) -> None:
    if as_json:
        rows = [{**vars(one), "at": one.at.astimezone(zone).isoformat()} for one in planned]
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    for one in planned:
        at = one.at.astimezone(zone)
        typer.echo(f"{at:%Y-%m-%d %H:%M} 周{'一二三四五六日'[at.weekday()]}  {one.to:<24} {one.what}  [{one.why}]")
    typer.echo(f"{len(planned)} messages")
    for unit, reason in unheard:
        typer.echo(f"nothing reaches {unit}  [{reason}]")


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise WrongUse(f"{given}: write a day as 2026-09-20") from None
