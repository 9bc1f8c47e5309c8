"""Delivering the outbox: lease, send, record. A crash anywhere repeats a message at most once."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog

from bot.channels import Channel
from bot.failures import GROUP_LOST, PERSON_UNREACHABLE, SendFailure
from bot.parcels import Parcel
from services.chats import leave_chat, move_chat
from services.db import Database, Session
from services.members.reach import mark_unreachable
from services.models import OutboxMessage
from services.outbox import Outcome, Pacing, claim_due, next_due_at, note_progress, record_outcomes

log = structlog.get_logger(__name__)
IDLE_S = 2.0
FAULT_PAUSE_S = 1.0
AT_ONCE = 20
PATIENCE_S = 10.0


class Sender:
    """Owns the way out. Fresh replies are handed over by the worker that wrote them; the rest is claimed when due."""

    def __init__(
        self,
        database: Database,
        channels: dict[str, Channel],
        *,
        owner: str,
        pacing: Pacing,
        clock: Callable[[], datetime],
    ) -> None:
        self.owner, self.pacing = owner, pacing
        self._database, self._channels, self._clock = database, channels, clock
        self._woken = asyncio.Event()
        self._outcomes: list[Outcome] = []
        self._recording = asyncio.Lock()
        self._on_the_way: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """Something new may be due."""
        self._woken.set()

    async def run(self) -> None:
        """Delivers until cancelled. A message that hangs holds up its own chat only."""
        while True:
            self._woken.clear()
            try:
                await self._record_all()
                if not await self._fill():
                    await self._rest()
            except Exception:
                log.exception("outbox_fault")
                await asyncio.sleep(FAULT_PAUSE_S)

    async def stop(self, *, patience_s: float = 5) -> None:
        """Let what is on its way arrive and be recorded, so that an orderly stop repeats nothing."""
        if self._on_the_way:
            await asyncio.wait(self._on_the_way, timeout=patience_s)
        for task in self._on_the_way:
            task.cancel()
        await self._record_all()

    async def deliver_due(self, limit: int = AT_ONCE) -> int:
        """Claim and send what may leave now; returns how many messages that were, once all are recorded."""
        rows = await self._claim(limit)
        await asyncio.gather(*(self.deliver(row) for row in rows))
        return len(rows)

    async def deliver_all(self, until: datetime) -> int:
        """Deliver what was due at that instant; returns how many. Waits for the pace, not for a chat that answered 429.

        What `run` has under way meanwhile is waited for, and not counted.

        What fails is left to the next round, as its row says.
        """
        delivered = 0
        while True:
            if count := await self.deliver_due():
                delivered += count
                continue
            if self._on_the_way:
                await asyncio.wait(self._on_the_way)
                continue
            async with self._database.reading() as session:
                due_at = await next_due_at(session, planned_until=until)
            if due_at is None or due_at > self._clock() + timedelta(seconds=PATIENCE_S):
                return delivered
            await asyncio.sleep(max(0.02, (due_at - self._clock()).total_seconds()))

    async def deliver(self, row: OutboxMessage) -> None:
        """Send one leased message and record what became of it."""
        outcome = await self._attempt(row)  # first: the list may be another one by the time the message has left
        self._outcomes.append(outcome)
        await self._record_all()

    async def _fill(self) -> int:
        free = AT_ONCE - len(self._on_the_way)
        if free <= 0:
            return 0
        claiming = asyncio.create_task(self._claim(free), name="claim")
        try:
            rows = await asyncio.shield(claiming)
        except asyncio.CancelledError:
            self._set_out(await claiming)  # leased by the commit that the stop cut into: `stop` waits for them
            raise
        self._set_out(rows)
        return len(rows)

    def _set_out(self, rows: Sequence[OutboxMessage]) -> None:
        for row in rows:
            task = asyncio.create_task(self.deliver(row), name=f"outbox {row.id}")
            self._on_the_way.add(task)
            task.add_done_callback(self._arrived)

    def _arrived(self, task: asyncio.Task[None]) -> None:
        self._on_the_way.discard(task)
        if not task.cancelled() and task.exception():
            log.error("outcome_not_recorded", fault=type(task.exception()).__name__)  # kept; the next round tries again
        self._woken.set()

    async def _claim(self, limit: int) -> list[OutboxMessage]:
        async with self._database.transaction() as session:
            return await claim_due(session, self.owner, self.pacing, now=self._clock(), limit=limit)

    async def _attempt(self, row: OutboxMessage) -> Outcome:
        try:
            parcel = Parcel(row, self._channels[row.via], self._note_progress)
        except Exception as error:
            log.exception("render_fault", text_key=row.text_key)
            return Outcome(row.id, "dead", reason=f"render:{type(error).__name__}")
        try:
            message_id = await parcel.send()
        except SendFailure as failure:
            return self._judge(row, failure, parcel.parts_sent)
        except Exception as error:  # a library's surprise: whether the message left is not known
            log.exception("send_fault", outbox_id=row.id)
            return Outcome(row.id, "uncertain", reason=type(error).__name__, parts_sent=parcel.parts_sent)
        return Outcome(row.id, "sent", message_id=message_id, parts_sent=parcel.parts_sent)

    async def _note_progress(self, outbox_id: int, parts_sent: int) -> None:
        async with self._database.transaction() as session:
            await note_progress(session, outbox_id, parts_sent, now=self._clock())

    def _judge(self, row: OutboxMessage, failure: SendFailure, parts_sent: int) -> Outcome:
        now = self._clock()
        tell = log.info if failure.kind == "flood" else log.warning  # a 429 is the pace, and nothing is lost
        tell("send_failure", kind=failure.kind, reason=failure.reason, outbox_id=row.id)
        if failure.kind == "flood":
            until = now + timedelta(seconds=failure.retry_after_s + 1)
            return Outcome(row.id, "later", reason="flood", not_before=until, hold_chat=True, parts_sent=parts_sent)
        if failure.kind == "migrated":
            return Outcome(row.id, "later", reason="migrated", not_before=now, moved_to=failure.moved_to)
        if failure.kind == "retry" or (failure.kind == "uncertain" and row.edits is not None):
            return Outcome(row.id, "later", reason=failure.reason, parts_sent=parts_sent)  # an edit may be repeated
        if failure.kind == "uncertain":
            return Outcome(row.id, "uncertain", reason=failure.reason, parts_sent=parts_sent)
        return Outcome(row.id, "dead", reason=failure.reason, parts_sent=parts_sent)

    async def _record_all(self) -> None:
        """Commit every outcome at hand; whoever comes first records for those who wait behind."""
        async with self._recording:
            batch, self._outcomes = self._outcomes, []
            if not batch:
                return
            try:
                await self._record(batch)
            except BaseException:
                self._outcomes[:0] = batch
                raise
        if any(outcome.state != "sent" for outcome in batch):
            self.wake()

    async def _record(self, batch: Sequence[Outcome]) -> None:
        now = self._clock()
        async with self._database.transaction() as session:
            for outcome in batch:
                if outcome.moved_to or outcome.state == "dead":
                    await _tell_register(session, outcome, now)
            await record_outcomes(session, batch, now=now, owner=self.owner)

    async def _rest(self) -> None:
        async with self._database.reading() as session:
            due_at = await next_due_at(session) if len(self._on_the_way) < AT_ONCE else None
        wait = IDLE_S
        if due_at is not None:
            wait = min(IDLE_S, max(0.05, (due_at - self._clock()).total_seconds()))
        try:
            async with asyncio.timeout(wait):
                await self._woken.wait()
        except TimeoutError:
            return


async def _tell_register(session: Session, outcome: Outcome, now: datetime) -> None:
    """What a refusal says about the person or the group is remembered there."""
    row = await session.get(OutboxMessage, outcome.outbox_id)
    if row is None:
        return
    if outcome.moved_to:
        await move_chat(session, row.chat_id, outcome.moved_to, now=now)
    elif row.chat_id > 0 and outcome.reason in PERSON_UNREACHABLE:
        await mark_unreachable(session, row.chat_id, outcome.reason)
    elif row.chat_id < 0 and outcome.reason in GROUP_LOST:
        await leave_chat(session, row.chat_id, now=now)
