"""Delivering the outbox: lease, send, record. A crash anywhere repeats a message at most once."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from bot.channels import Channel, Target
from bot.failures import PERSON_UNREACHABLE, SendFailure
from bot.rendering import CAPTION_LIMIT, Rendered, render
from handlers.texts.splitting import TAG, visible_length
from services.chats import leave_chat, move_chat
from services.db import Database
from services.members.reach import mark_unreachable
from services.models import OutboxMessage
from services.outbox import Outcome, Pacing, claim_due, next_due_at, record_outcomes

log = structlog.get_logger(__name__)
IDLE_S = 2.0
UNLIMITED = Pacing(per_second=0, group_interval_s=0)


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

    def wake(self) -> None:
        """Something new may be due."""
        self._woken.set()

    async def run(self) -> None:
        """Delivers until cancelled."""
        while True:
            self._woken.clear()
            try:
                busy = await self.deliver_due()
            except Exception:
                log.exception("outbox_fault")
                busy = 0
            if not busy:
                await self._rest()

    async def deliver_due(self, limit: int = 20) -> int:
        """Claim and send what may leave now; returns how many messages that were."""
        async with self._database.transaction() as session:
            rows = await claim_due(session, self.owner, self.pacing, now=self._clock(), limit=limit)
        await asyncio.gather(*(self.deliver(row) for row in rows))
        return len(rows)

    async def deliver(self, row: OutboxMessage) -> None:
        """Send one leased message and record what became of it."""
        outcome = await self._attempt(row)
        self._outcomes.append(outcome)
        async with self._recording:
            batch, self._outcomes = self._outcomes, []
            if batch:
                await self._record(batch)

    async def _attempt(self, row: OutboxMessage) -> Outcome:
        try:
            rendered = render(row)
        except Exception as error:
            log.exception("render_fault", text_key=row.text_key)
            return Outcome(row.id, "dead", reason=f"render:{type(error).__name__}")
        progress = _Progress(row.parts_sent)
        try:
            message_id = await self._send(row, rendered, progress)
        except SendFailure as failure:
            return self._judge(row, failure, progress)
        return Outcome(row.id, "sent", message_id=message_id, parts_sent=progress.parts)

    async def _send(self, row: OutboxMessage, rendered: Rendered, progress: "_Progress") -> int:
        channel = self._channels[row.via]
        to = Target(row.chat_id, row.thread_id, row.reply_to)
        if row.edits is not None and len(rendered.parts) == 1 and not rendered.attachment:
            try:
                return await channel.edit_text(to, row.edits, rendered.parts[0], rendered.keyboard)
            except SendFailure as failure:
                if failure.kind == "same":
                    return row.edits
                if failure.kind != "gone":
                    raise
        return await _send_parts(channel, to, rendered, progress)

    def _judge(self, row: OutboxMessage, failure: SendFailure, progress: "_Progress") -> Outcome:
        now = self._clock()
        log.warning("send_failure", kind=failure.kind, reason=failure.reason, outbox_id=row.id)
        if failure.kind == "flood":
            until = now + timedelta(seconds=failure.retry_after_s + 1)
            return Outcome(row.id, "later", reason="flood", not_before=until, hold_chat=True, parts_sent=progress.parts)
        if failure.kind == "migrated":
            return Outcome(row.id, "later", reason="migrated", not_before=now, moved_to=failure.moved_to)
        if failure.kind in ("retry", "uncertain"):
            state = "later" if failure.kind == "retry" or row.edits is not None else "uncertain"
            return Outcome(row.id, state, reason=failure.reason, parts_sent=progress.parts)  # type: ignore[arg-type]
        return Outcome(row.id, "dead", reason=failure.reason, parts_sent=progress.parts)

    async def _record(self, batch: Sequence[Outcome]) -> None:
        now = self._clock()
        async with self._database.transaction() as session:
            for outcome in batch:
                row = await session.get(OutboxMessage, outcome.outbox_id)
                if row is None:
                    continue
                if outcome.moved_to:
                    await move_chat(session, row.chat_id, outcome.moved_to, now=now)
                if outcome.state == "dead" and row.chat_id > 0 and outcome.reason in PERSON_UNREACHABLE:
                    await mark_unreachable(session, row.chat_id, outcome.reason)
                if outcome.state == "dead" and row.chat_id < 0 and outcome.reason in ("kicked", "not_in_chat"):
                    await leave_chat(session, row.chat_id, now=now)
            await record_outcomes(session, batch, now=now)
        if len(batch) == 1 and batch[0].state == "sent":
            self.wake()

    async def _rest(self) -> None:
        async with self._database.reading() as session:
            due_at = await next_due_at(session)
        wait = IDLE_S
        if due_at is not None:
            wait = min(IDLE_S, max(0.02, (due_at - self._clock()).total_seconds()))
        try:
            async with asyncio.timeout(wait):
                await self._woken.wait()
        except TimeoutError:
            return


class _Progress:
    """How many parts of a split text have certainly left."""

    def __init__(self, parts: int) -> None:
        self.parts = parts


async def _send_parts(channel: Channel, to: Target, rendered: Rendered, progress: _Progress) -> int:
    parts = list(rendered.parts)
    message_id = 0
    if rendered.attachment and progress.parts == 0:
        fits = len(parts) == 1 and not rendered.keyboard and visible_length(parts[0]) <= CAPTION_LIMIT
        caption = parts[0] if fits else ""
        file = rendered.attachment
        message_id = await channel.send_file(to, Path(file["path"]), file["name"], file["kind"], caption)
        progress.parts = 1
        if fits:
            return message_id
    offset = 1 if rendered.attachment else 0
    for index in range(max(0, progress.parts - offset), len(parts)):
        keyboard = rendered.keyboard if index == len(parts) - 1 else ()
        target = to if index == 0 else Target(to.chat_id, to.thread_id)
        message_id = await _send_text(channel, target, parts[index], keyboard)
        progress.parts = index + 1 + offset
    return message_id


async def _send_text(channel: Channel, to: Target, part: str, keyboard: object) -> int:
    try:
        return await channel.send_text(to, part, keyboard)  # type: ignore[arg-type]
    except SendFailure as failure:
        if failure.kind == "markup":
            log.error("markup_refused", text=part[:200])
            return await channel.send_text(to, _bare(part), keyboard, is_html=False)  # type: ignore[arg-type]
        if failure.kind == "thread":
            return await channel.send_text(Target(to.chat_id, None, to.reply_to), part, keyboard)  # type: ignore[arg-type]
        raise


def _bare(html: str) -> str:
    from html import unescape

    return unescape(TAG.sub("", html))
