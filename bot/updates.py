"""What becomes of updates: the effect, the done mark, the dialogue state and the replies commit together."""

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
from services.inbox import Head, mark_done, record_failure, take_heads
from services.models import OutboxMessage
from services.outbox import Address, Note, claim_fresh, post

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Done:
    """A handled update: what was said, and which of it may leave at once."""

    turn: Turn
    leased: list[OutboxMessage]
    has_more: bool


@dataclass(frozen=True)
class Fault:
    """An update that its handler could not take."""

    taken: Head
    error: Exception


@dataclass
class _Hand:
    """What is being worked on, for the moment something breaks."""

    taken: Head | None = None


class Wakeable(Protocol):
    """Something that waits for work."""

    def wake(self) -> None:
        """There may be work."""


class Updates:
    """Handles updates of several chats in one transaction, and says what came of them."""

    def __init__(
        self, database: Database, dispatcher: Dispatcher, bot: Bot, sender: Sender, errands: Wakeable, clock: Any
    ) -> None:
        self._database, self._dispatcher, self._bot = database, dispatcher, bot
        self._sender, self._errands = sender, errands
        self._clock: Callable[[], datetime] = clock
        self.is_stopping = False

    async def work(self, lanes: list[str]) -> dict[str, Done | Fault | None]:
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
                return {lanes[0]: Fault(hand.taken, error)}
        return {lane: (await self.work([lane]))[lane] for lane in lanes}

    async def _work_within(self, session: Session, head: Head, hand: _Hand) -> Turn | None:
        if self.is_stopping:
            return None
        hand.taken = head
        turn = Turn(session, self._clock(), head.update_id)
        await self._dispatch(head.body, turn)
        return turn

    async def _close(
        self, session: Session, heads: dict[str, Head], turns: dict[str, Turn | None]
    ) -> dict[str, Done | Fault | None]:
        """Mark the updates done and lease what they said, for all lanes at once."""
        worked = {lane: turn for lane, turn in turns.items() if turn is not None}
        if not worked:
            return {}
        now, sender = self._clock(), self._sender
        await mark_done(session, [heads[lane].id for lane in worked], now=now)
        said = [one for turn in worked.values() for one in turn.posted]
        leased = {row.id: row for row in await claim_fresh(session, said, sender.owner, sender.pacing, now=now)}
        return {
            lane: Done(turn, [leased[one] for one in turn.posted if one in leased], heads[lane].has_more)
            for lane, turn in worked.items()
        }

    async def _dispatch(self, body: dict[str, Any], turn: Turn) -> None:
        update = Update.model_validate(body, context={"bot": self._bot})
        token = current_turn.set(turn)
        try:
            await self._dispatcher.feed_update(self._bot, update, turn=turn)
        finally:
            current_turn.reset(token)

    async def after_commit(self, done: Done) -> None:
        """Wake who is to go on, answer the press, and let the replies leave."""
        turn, leased = done.turn, done.leased
        if turn.has_work:
            self._errands.wake()
        if turn.callback_id:
            await self.answer(turn.toast or Toast(turn.callback_id))
        for row in leased:
            await self._sender.deliver(row)
        if len(turn.posted) > len(leased):
            self._sender.wake()

    async def answer(self, toast: Toast) -> None:
        """The press is answered over the chat."""
        text = texts.plain(toast.text_key, toast.values)[:200] if toast.text_key else None
        try:
            await self._bot.answer_callback_query(toast.callback_id, text=text, show_alert=toast.alert)
        except (TelegramAPIError, ClientDecodeError) as error:
            log.info("press_not_answered", reason=type(error).__name__)  # too late: the press itself counted

    async def record_fault(self, fault: Fault) -> bool:
        """Count the failure against the update; True when it is given up."""
        taken, error = fault.taken, fault.error
        async with self._database.transaction() as session:
            told = f"{type(error).__name__}: {error}"
            given_up = await record_failure(session, taken.id, told, now=self._clock())
            if given_up:
                await self.confess(session, taken)
        if given_up:
            self._sender.wake()
        return given_up

    async def confess(self, session: Session, taken: Head) -> None:
        """Whoever wrote or pressed hears that it failed, under a number that the operators find again."""
        kind, _, chat_id = taken.lane.partition(":")
        if kind == "chat" and ("message" in taken.body or "callback_query" in taken.body):
            note = Note("refusals.fault", {"number": taken.id})
            key = f"fault:{taken.update_id}"
            await post(session, note, Address(int(chat_id)), now=self._clock(), business_key=key)
