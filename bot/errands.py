"""Workers for slow work: answers, imports, digests. Nothing here runs inside a write transaction."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

import structlog

from services.db import Database, Session
from services.errands import RENEW_EVERY_S, claim_errands, fail, fail_crashed, release_mine, renew_leases
from services.models import Errand

log = structlog.get_logger(__name__)
IDLE_S = 2.0
Worker = Callable[[Errand], Awaitable[None]]
GiveUp = Callable[[Session, Errand], Awaitable[None]]


class ErrandRunner:
    """Claims work and hands it to the worker of its kind. A worker stores its result and `finish`es in one commit."""

    def __init__(
        self,
        database: Database,
        workers: Mapping[str, Worker],
        *,
        owner: str,
        clock: Callable[[], datetime],
        at_once: int = 4,
        give_up: GiveUp | None = None,
    ) -> None:
        self._database, self._workers, self._owner, self._clock = database, workers, owner, clock
        self._at_once, self._give_up = at_once, give_up
        self._woken = asyncio.Event()
        self._running: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """There may be work."""
        self._woken.set()

    async def run(self) -> None:
        """Works until cancelled; what was leased and not begun goes back."""
        heart = asyncio.create_task(self._beat(), name="errand leases")
        try:
            while True:
                self._woken.clear()
                if not await self._safely(self._fill):
                    await self._rest()
        finally:
            heart.cancel()
            for task in self._running:
                task.cancel()
            await asyncio.gather(*self._running, return_exceptions=True)
            async with self._database.transaction() as session:
                await release_mine(session, self._owner)

    async def drain(self) -> None:
        """Do all that is due now, then return."""
        while await self._fill() or self._running:
            if self._running:
                await asyncio.wait(self._running)

    async def _fill(self) -> int:
        free = self._at_once - len(self._running)
        if free <= 0:
            return 0
        async with self._database.transaction() as session:
            for errand in await fail_crashed(session, now=self._clock()):
                log.error("errand_given_up", kind=errand.kind, errand_id=errand.id, reason="crash")
                await self._apologise(session, errand)
            claimed = await claim_errands(session, self._owner, now=self._clock(), limit=free, kinds=self._workers)
        for errand in claimed:
            task = asyncio.create_task(self._do(errand), name=f"errand {errand.kind} {errand.id}")
            self._running.add(task)
            task.add_done_callback(self._finished)
        return len(claimed)

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(RENEW_EVERY_S)
            if self._running:
                await self._safely(self._renew)

    async def _renew(self) -> int:
        async with self._database.transaction() as session:
            await renew_leases(session, self._owner, now=self._clock())
        return 0

    async def _safely(self, act: Callable[[], Awaitable[int]]) -> int:
        """A database that is away for a moment must not end the runner."""
        try:
            return await act()
        except Exception:
            log.exception("errands_fault")
            return 0

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self._woken.set()

    async def _do(self, errand: Errand) -> None:
        try:
            await self._workers[errand.kind](errand)
        except asyncio.CancelledError:
            raise
        except Exception as error:
            log.exception("errand_fault", kind=errand.kind, errand_id=errand.id)
            await self._record_fault(errand, error)

    async def _record_fault(self, errand: Errand, error: Exception) -> None:
        try:
            async with self._database.transaction() as session:
                if await fail(session, errand.id, f"{type(error).__name__}: {error}", now=self._clock()):
                    await self._apologise(session, errand)
        except Exception:
            log.exception("errand_fault_not_recorded", errand_id=errand.id)  # the lease runs out and it is tried again

    async def _apologise(self, session: Session, errand: Errand) -> None:
        """In the transaction that gives the work up: no crash between the two leaves a chat waiting for ever."""
        if self._give_up is None:
            return
        try:
            async with session.begin_nested():
                await self._give_up(session, errand)
        except Exception:
            log.exception("apology_fault", kind=errand.kind, errand_id=errand.id)

    async def _rest(self) -> None:
        try:
            async with asyncio.timeout(IDLE_S):
                await self._woken.wait()
        except TimeoutError:
            return
