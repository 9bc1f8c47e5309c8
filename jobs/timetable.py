"""The ticking. State is in our tables and every duty is idempotent, so a missed or doubled tick changes nothing."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from jobs.duties import Duty

log = structlog.get_logger(__name__)


class Timetable:
    """Runs duties at their intervals, in memory and in UTC; a duty that fails is logged and tried at its next tick.

    A shared job store is avoided on purpose: with two processes it fires twice in most slots, and a job that does not
    unpickle is deleted (apscheduler#341).
    """

    def __init__(
        self, database: Any, duties: Sequence[Duty], *, clock: Callable[[], datetime], wake: Callable[[], None]
    ) -> None:
        self._database, self._duties, self._clock, self._wake = database, duties, clock, wake
        self._scheduler = AsyncIOScheduler(timezone=UTC)

    def start(self) -> None:
        """Begin ticking; every duty is done once at once, for what fell due while the process was down."""
        for duty in self._duties:
            self._scheduler.add_job(
                self.do,
                IntervalTrigger(seconds=duty.every_s, timezone=UTC),
                args=[duty],
                id=duty.name,
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
                next_run_time=datetime.now(UTC),
            )
        self._scheduler.start()

    def stop(self) -> None:
        """Stop ticking."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def do(self, duty: Duty) -> None:
        """One duty, now."""
        try:
            async with self._database.transaction() as session:
                done = await duty.act(session, self._clock())
        except Exception:
            log.exception("duty_fault", duty=duty.name)
            return
        if done:
            log.info("duty_done", duty=duty.name)
            self._wake()


async def do_all(database: Any, duties: Sequence[Duty], now: datetime) -> None:
    """Every duty once, as of that instant: `lianluo tick`."""
    for duty in duties:
        async with database.transaction() as session:
            await duty.act(session, now)


async def do_all_at_once(database: Any, duties: Sequence[Duty], now: datetime) -> None:
    """The same in one transaction, which is quicker: for a copy, or for the demo's leaps through time."""
    async with database.transaction() as session:
        for duty in duties:
            await duty.act(session, now)
