"""Days in the town: what the timetable shows of them, and `lianluo tick` through them, in three processes too."""

import json
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from signal import SIGKILL
from time import monotonic
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.commands.timetable import do_due, rehearse
from bot.composition import App
from services.models import OutboxMessage
from tests.bot.line import HeldLine
from tests.bot.process import environment, running
from tests.bot.town import FIRST, TIMES, ZONE, Heard, Moment, Town, local, open_room, town_settings, watched
from tests.cast import SECRETARIES


@asynccontextmanager
async def town_at(folder: Path, database_url: str) -> AsyncIterator[tuple[Town, Moment]]:
    moment = Moment(local(9, 19, 23))
    async with open_room(moment) as room:
        town = Town(room, town_settings(folder, database_url, room.api_base))
        await town.settle()
        yield town, moment
        await town.database.dispose()


async def shown(town: Town, capsys: pytest.CaptureFixture[str], since: datetime, until: datetime) -> Heard:
    """What `lianluo timetable` shows of the days from one instant to the other, up to the latter."""
    capsys.readouterr()
    first, last = (at.astimezone(ZONE).date() for at in (since, until))
    await rehearse(town.settings, max(first, FIRST).isoformat(), last.isoformat(), as_json=True)
    rows: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    planned = ((row["chat_id"], datetime.fromisoformat(row["at"]), row["what"]) for row in rows)
    return sorted(one for one in planned if one[1] <= until)


async def walk(town: Town, moment: Moment, until: datetime, times: Sequence[str] = TIMES) -> None:
    """`lianluo tick` at those times of every workday, in one process."""

    def clock() -> datetime:  # goes on from the instant of the tick, as in the command
        return moment.now + timedelta(seconds=monotonic() - begun)

    begun = monotonic()
    app = App(town.settings, clock=clock, parts="tick")
    await app.start()
    for instant in watched(town.office.quiet_hours, until, times):
        if moment.now < instant <= until:
            moment.now, begun = instant, monotonic()
            await do_due(app, instant)
    moment.now = until
    await app.stop()


def without_files(heard: Iterable[tuple[int, datetime, str]]) -> Heard:
    """Files come with a text and have no line of their own in the timetable."""
    return sorted(one for one in heard if one[2] not in ("digests.file", "meeting.ics"))


def who(heard: Heard, key: str) -> dict[datetime, list[int]]:
    """Who heard that text, by the time."""
    found: dict[datetime, list[int]] = {}
    for chat_id, at, text in heard:
        if text == key:
            found.setdefault(at, []).append(chat_id)
    return found


async def strike(town: Town, moment: Moment, at: datetime, *, held: int) -> int:
    """`lianluo tick` in three processes at once. The one whose message to `held` has just arrived dies before it hears
    of it; returns how many messages that left on their way, each of which may come a second time.
    """
    folder, moment.now = town.settings.knowledge.dir.parent, at
    before = len(town.room.messages(held))
    async with AsyncExitStack() as stack:
        line = await stack.enter_async_context(HeldLine(town.room.api_base, holds=held))
        office, url = json.dumps(list(SECRETARIES)), town.settings.database.url
        settings = environment(
            folder,
            line.url,
            DATABASE__URL=url,
            CONSORTIUM__SECRETARIES=office,
            MEETINGS__FILES_DIR=str(town.settings.meetings.files_dir),
        )
        command = ("tick", "--at", at.isoformat())
        processes = [
            await stack.enter_async_context(running(settings, folder / f"log{number}", *command)) for number in range(3)
        ]
        await town.room.wait_for(lambda: len(town.room.messages(held)) > before, 240)
        async with town.database.reading() as session:
            query = select(OutboxMessage.lease_owner).where(
                OutboxMessage.chat_id == held, OutboxMessage.state == "sending"
            )
            owner = str(await session.scalar(query))
        victim = next(one for one in processes if f"-{one.pid}-" in owner)
        await victim.end(SIGKILL)
        line.release()
        assert [await process.ended() for process in processes if process is not victim] == [0, 0]
    async with town.database.reading() as session:
        return int(await session.scalar(select(func.count()).where(OutboxMessage.state == "sending")) or 0)
