"""One worker for each chat, in order; chats side by side."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import structlog
from aiogram import Bot, Dispatcher
from aiogram.exceptions import ClientDecodeError, TelegramAPIError
from aiogram.types import Update

from bot.sending import Sender
from handlers import texts
from handlers.memory import current_turn
from handlers.turn import Toast, Turn
from services.db import Database, Session, is_transient
from services.inbox import Head, count_crashes, find_waiting_lanes, mark_done, record_failure, take_heads
from services.models import OutboxMessage
from services.outbox import Address, Note, claim_fresh, post

log = structlog.get_logger(__name__)
LANES_AT_ONCE = 16
BATCH = 16
LOOK_AGAIN_S = 5.0
FAULT_PAUSE_S = 1.0


class Wakeable(Protocol):
    """Something that waits for work."""

    def wake(self) -> None:
        """There may be work."""


class LaneWorkers:
    """Takes updates out of the inbox. The effect, the done mark, the dialogue state and the replies commit together."""

    def __init__(
        self, database: Database, dispatcher: Dispatcher, bot: Bot, sender: Sender, errands: Wakeable, clock: Any
    ) -> None:
        self._database, self._dispatcher, self._bot = database, dispatcher, bot
        self._sender, self._errands = sender, errands
        self._clock: Callable[[], datetime] = clock
        self._lanes: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        self._slots = asyncio.Semaphore(LANES_AT_ONCE)
        self._joining: dict[str, asyncio.Future[_Done | _Fault | None]] = {}
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
                await self._confess(session, Head(row.id, row.update_id, row.lane, row.body or {}))

    async def stop(self, *, patience_s: float = 5) -> None:
        """Let each lane finish the update it is at; the rest stays in the inbox."""
        self._stopping = True
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
        if isinstance(ended, _Fault):
            log.error("update_fault", lane=lane, inbox_id=ended.taken.id, exc_info=ended.error)
            await self._record_fault(ended.taken, ended.error)
            return True
        self.done += 1
        await self._after_commit(ended.turn, ended.leased)
        return ended.has_more

    async def _join_batch(self, lane: str) -> "_Done | _Fault | None":
        """Lanes that wait for the database share its next transaction: one commit for many chats.

        SQLite has one writer anyway, and its commit costs more than a handler. On PostgreSQL chats run side by side.
        """
        if not self._database.is_sqlite:
            async with self._slots:
                return (await self._work([lane]))[lane]
        ended: asyncio.Future[_Done | _Fault | None] = asyncio.get_running_loop().create_future()
        self._joining[lane] = ended
        if self._batch is None or self._batch.done():
            self._batch = asyncio.create_task(self._work_batches(), name="batch")
        return await ended

    async def _work_batches(self) -> None:
        while self._joining:
            lanes = list(self._joining)[:BATCH]
            futures = {lane: self._joining.pop(lane) for lane in lanes}
            try:
                results = await self._work(lanes)
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

    async def _work(self, lanes: list[str]) -> "dict[str, _Done | _Fault | None]":
        """One update of each lane in one transaction. When one fails nothing was done, and each goes by itself."""
        hand = _Hand()
        try:
            async with self._database.transaction() as session:
                heads = await take_heads(session, lanes)
                turns = {}
                for lane, head in heads.items():
                    turns[lane] = await self._work_within(session, head, hand)
                    await asyncio.sleep(0)  # the rest of the process has its turn between two chats
                return dict.fromkeys(lanes) | await self._close(session, heads, turns)
        except Exception as error:
            if is_transient(error) or (hand.taken is None and len(lanes) == 1):
                raise  # no fault of the update: it waits
            if len(lanes) == 1 and hand.taken is not None:
                return {lanes[0]: _Fault(hand.taken, error)}
        return {lane: (await self._work([lane]))[lane] for lane in lanes}

    async def _work_within(self, session: Session, head: Head, hand: "_Hand") -> Turn | None:
        if self._stopping:
            return None
        hand.taken = head
        turn = Turn(session, self._clock(), head.update_id)
        await self._dispatch(head.body, turn)
        return turn

    async def _close(
        self, session: Session, heads: dict[str, Head], turns: dict[str, Turn | None]
    ) -> "dict[str, _Done | _Fault | None]":
        """Mark the updates done and lease what they said, for all lanes at once."""
        worked = {lane: turn for lane, turn in turns.items() if turn is not None}
        if not worked:
            return {}
        now, sender = self._clock(), self._sender
        await mark_done(session, [heads[lane].id for lane in worked], now=now)
        said = [one for turn in worked.values() for one in turn.posted]
        leased = {row.id: row for row in await claim_fresh(session, said, sender.owner, sender.pacing, now=now)}
        return {
            lane: _Done(turn, [leased[one] for one in turn.posted if one in leased], heads[lane].has_more)
            for lane, turn in worked.items()
        }

    async def _dispatch(self, body: dict[str, Any], turn: Turn) -> None:
        update = Update.model_validate(body, context={"bot": self._bot})
        token = current_turn.set(turn)
        try:
            await self._dispatcher.feed_update(self._bot, update, turn=turn)
        finally:
            current_turn.reset(token)

    async def _after_commit(self, turn: Turn, leased: list[OutboxMessage]) -> None:
        if turn.has_work:
            self._errands.wake()
        if turn.callback_id:
            await self._answer(turn.toast or Toast(turn.callback_id))
        for row in leased:
            await self._sender.deliver(row)
        if len(turn.posted) > len(leased):
            self._sender.wake()

    async def _answer(self, toast: Toast) -> None:
        text = texts.plain(toast.text_key, toast.values)[:200] if toast.text_key else None
        try:
            await self._bot.answer_callback_query(toast.callback_id, text=text, show_alert=toast.alert)
        except (TelegramAPIError, ClientDecodeError) as error:
            log.info("press_not_answered", reason=type(error).__name__)  # too late: the press itself counted

    async def _record_fault(self, taken: Head, error: Exception) -> None:
        async with self._database.transaction() as session:
            told = f"{type(error).__name__}: {error}"
            given_up = await record_failure(session, taken.id, told, now=self._clock())
            if given_up:
                await self._confess(session, taken)
        if given_up:
            self.quarantined += 1
            self._sender.wake()

    async def _confess(self, session: Session, taken: Head) -> None:
        """Whoever wrote or pressed hears that it failed, under a number that the operators find again."""
        kind, _, chat_id = taken.lane.partition(":")
        if kind == "chat" and ("message" in taken.body or "callback_query" in taken.body):
            note = Note("refusals.fault", {"number": taken.id})
            key = f"fault:{taken.update_id}"
            await post(session, note, Address(int(chat_id)), now=self._clock(), business_key=key)


@dataclass(frozen=True)
class _Done:
    """A handled update: what was said, and which of it may leave at once."""

    turn: Turn
    leased: list[OutboxMessage]
    has_more: bool


@dataclass(frozen=True)
class _Fault:
    """An update that its handler could not take."""

    taken: Head
    error: Exception


@dataclass
class _Hand:
    """What is being worked on, for the moment something breaks."""

    taken: Head | None = None
