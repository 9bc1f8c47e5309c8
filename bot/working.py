"""One worker for each chat, in order; chats side by side."""

import asyncio
from typing import Any

import structlog
from aiogram import Bot, Dispatcher

from bot.sending import Sender
from bot.updates import Done, Fault, Updates, Wakeable
from services.db import Database, is_transient
from services.inbox import Head, count_crashes, find_waiting_lanes

log = structlog.get_logger(__name__)
LANES_AT_ONCE = 16
BATCH = 16
LOOK_AGAIN_S = 5.0
FAULT_PAUSE_S = 1.0


class LaneWorkers:
    """Takes updates out of the inbox and has them handled (`Updates`)."""

    def __init__(
        self, database: Database, dispatcher: Dispatcher, bot: Bot, sender: Sender, errands: Wakeable, clock: Any
    ) -> None:
        self._database, self._clock = database, clock
        self._updates = Updates(database, dispatcher, bot, sender, errands, clock)
        self._lanes: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        self._slots = asyncio.Semaphore(LANES_AT_ONCE)
        self._joining: dict[str, asyncio.Future[Done | Fault | None]] = {}
        self._batch: asyncio.Task[None] | None = None
        self._stopping = False
        self.done = 0
        self.quarantined = 0

    def wake(self, lanes: set[str]) -> None:
        """Start a worker for each lane that has none."""
        for lane in lanes:
            if lane in self._lanes:
                self._again.add(lane)
            else:
                self._lanes[lane] = asyncio.create_task(self._work_lane(lane), name=f"lane {lane}")

    async def run(self) -> None:
        """Looks for waiting updates at the start and from time to time, in case another process stored them."""
        await self._look_back()
        while not self._stopping:
            try:
                async with self._database.reading() as session:
                    self.wake(await find_waiting_lanes(session))
            except Exception:
                log.exception("inbox_fault")
            await asyncio.sleep(LOOK_AGAIN_S)

    async def _look_back(self) -> None:
        async with self._database.transaction() as session:
            for row in await count_crashes(session, now=self._clock()):
                log.error("update_given_up", inbox_id=row.id, reason="crash")
                self.quarantined += 1
                await self._updates.confess(session, Head(row.id, row.update_id, row.lane, row.body or {}))

    async def stop(self, *, patience_s: float = 5) -> None:
        """Let each lane finish the update it is at; the rest stays in the inbox."""
        self._stopping = self._updates.is_stopping = True
        tasks = list(self._lanes.values())
        if tasks:
            await asyncio.wait(tasks, timeout=patience_s)
        for task in tasks:
            task.cancel()

    async def drain(self) -> None:
        """Wait until no lane is at work."""
        while self._lanes:
            await asyncio.wait(list(self._lanes.values()))

    async def _work_lane(self, lane: str) -> None:
        try:
            while True:
                self._again.discard(lane)
                while await self._guarded(lane):
                    pass
                if lane not in self._again:
                    return
        finally:
            self._lanes.pop(lane, None)

    async def _guarded(self, lane: str) -> bool:
        if self._stopping:
            return False
        try:
            return await self.work_one(lane)
        except Exception as error:
            log.exception("lane_fault", lane=lane)
            await asyncio.sleep(FAULT_PAUSE_S)
            return is_transient(error)

    async def work_one(self, lane: str) -> bool:
        """Handle the lane's next update; False when none is left behind it."""
        ended = await self._join_batch(lane)
        if ended is None:
            return False
        if isinstance(ended, Fault):
            log.error("update_fault", lane=lane, inbox_id=ended.taken.id, exc_info=ended.error)
            self.quarantined += await self._updates.record_fault(ended)
            return True
        self.done += 1
        await self._updates.after_commit(ended)
        return ended.has_more

    async def _join_batch(self, lane: str) -> Done | Fault | None:
        """Lanes that wait for the database share its next transaction: one commit for many chats.

        SQLite has one writer anyway, and its commit costs more than a handler. On PostgreSQL chats run side by side.
        """
        if not self._database.is_sqlite:
            async with self._slots:
                return (await self._updates.work([lane]))[lane]
        ended: asyncio.Future[Done | Fault | None] = asyncio.get_running_loop().create_future()
        self._joining[lane] = ended
        if self._batch is None or self._batch.done():
            self._batch = asyncio.create_task(self._work_batches(), name="batch")
        return await ended

    async def _work_batches(self) -> None:
        while self._joining:
            lanes = list(self._joining)[:BATCH]
            futures = {lane: self._joining.pop(lane) for lane in lanes}
            try:
                results = await self._updates.work(lanes)
            except BaseException as error:
                for future in futures.values():
                    if not future.done():
                        future.set_exception(error) if isinstance(error, Exception) else future.cancel()
                if not isinstance(error, Exception):
                    raise
                continue
            for lane, future in futures.items():
                if not future.done():
                    future.set_result(results[lane])
