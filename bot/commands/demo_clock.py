"""The demo's clock: set ahead in its page, so that a quarter can be rehearsed in an hour. No other command has one."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands.timetable import do_due, instants
from jobs.timetable import do_all_at_once
from services.outbox import count_outbox

if TYPE_CHECKING:
    from bot.composition import App

LOOKS_AHEAD = timedelta(days=60)


class DemoClock:
    """The wall clock, ahead by what somebody chose, and never set back; a restart goes on from there."""

    def __init__(self, file: Path, wall: Callable[[], datetime]) -> None:
        self._file, self._wall = file, wall
        self._ahead = timedelta(seconds=float(file.read_text())) if file.exists() else timedelta()

    def __call__(self) -> datetime:
        """What time it is in the demo, in UTC."""
        return self._wall() + self._ahead

    def set_to(self, instant: datetime) -> None:
        """It is that instant now, unless it is later already."""
        self._ahead = max(self._ahead, instant - self._wall())
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_text(str(self._ahead.total_seconds()))


class Journey:
    """Sets the clock ahead step by step, so that everything on the way is done and delivered at its own instant."""

    def __init__(self, clock: DemoClock) -> None:
        self.clock = clock
        self.app: App | None = None  # once it is at work

    async def __call__(self, to: datetime | None) -> int:
        """Until that instant, or with None until something was sent; returns how many messages were."""
        if self.app is None:
            return 0
        begun_with, sent = await self._sent(), 0
        for instant in self._on_the_way(to):
            self.clock.set_to(instant)
            await do_due(self.app, instant, do_all_at_once)
            sent = await self._sent() - begun_with
            if sent and to is None:
                break
        return sent

    def _on_the_way(self, to: datetime | None) -> Iterator[datetime]:
        assert self.app is not None
        hours, now = self.app.office.quiet_hours, self.clock()
        last = to or now + LOOKS_AHEAD
        first_day, last_day = now.astimezone(hours.zone).date(), last.astimezone(hours.zone).date()
        yield from (instant for instant in instants(first_day, last_day, hours) if now < instant < last)
        if to:
            yield to

    async def _sent(self) -> int:
        assert self.app is not None
        async with self.app.database.reading() as session:
            return (await count_outbox(session)).get("sent", 0)
