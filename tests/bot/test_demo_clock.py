"""The demo's clock set ahead: what falls due on the way is sent at its own instant, and the clock never goes back."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.commands.demo_clock import DemoClock, Journey
from bot.commands.timetable import running_from
from bot.composition import App
from tests.bot.process import TOKEN
from tests.bot.town import Town, account, local, town_settings
from webchat.server import ChatRoom, Limits

BEGUN = local(9, 21, 16)


def clock_of(folder: Path) -> DemoClock:
    return DemoClock(folder / "clock", running_from(BEGUN))


def test_a_restart_goes_on_from_the_time_that_was_set_and_never_back(tmp_path: Path) -> None:
    file, wall, later = tmp_path / "clock", running_from(BEGUN), local(12, 1)
    clock = DemoClock(file, wall)
    clock.set_to(later)
    clock.set_to(local(10, 1))
    for goes_on in (clock, DemoClock(file, wall)):
        assert later <= goes_on() < later + timedelta(hours=1)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_everything_on_the_way_is_sent_at_its_own_instant(tmp_path: Path, database_url: str) -> None:
    clock = clock_of(tmp_path)
    journey = Journey(clock)
    async with ChatRoom(token=TOKEN, limits=Limits.without_flood_control(), clock=clock) as room:
        town = Town(room, town_settings(tmp_path, database_url, room.api_base))
        await town.settle()
        app = App(town.settings, clock=clock, parts="tick")
        await app.start()
        journey.app = app
        await town.convene(date(2026, 10, 20), clock())
        assert await journey(None) > 0
        assert local(9, 22, 9) <= clock() < local(9, 22, 10)  # T-15: until then there is nothing to say
        assert await journey(local(9, 22, 16)) == 0
        assert local(9, 22, 16) <= clock() < local(9, 22, 17)
        heard = {text: at for chat, at, text in await town.received() if chat == account(1)}
        assert heard["meetings.step.agenda_call"] == local(9, 22, 9)
        await app.stop()
        await town.database.dispose()
