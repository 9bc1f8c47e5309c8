"""Conversations in tests: the real dispatcher, updates as Telegram writes them, answers read from the outbox.

    talk = Talk(database, [router_of(joining)], now=now)
    said = await talk.say(ZHOU, "/start")
    said = await talk.press(ZHOU, "同意")
    assert "欢迎" in said[-1].text

Nothing here reaches a network: handlers only write outbox rows, and the bot object refuses every request.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from itertools import count
from types import ModuleType
from typing import Any, NoReturn

from aiogram import Bot, Router
from aiogram.client.session.base import BaseSession
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.types import Message, Update, User
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.rendering import render
from bot.settings import Settings
from handlers import texts
from handlers.dispatching import build_dispatcher
from handlers.memory import current_turn
from handlers.turn import Toast, Turn
from services.db import Database
from services.dumping import Row, dump_rows, load_rows, table_names
from services.models import Errand, OutboxMessage
from services.settings import ConsortiumSettings
from tests.cast import GROUP_ID, SECRETARIES, Account

BOT = User(id=777, is_bot=True, first_name="联络", username="lianluo_bot")


@dataclass(frozen=True)
class Said:
    """A message of the bot, as a person would see it. `text` is Telegram HTML; `buttons` are (label, data, url)."""

    chat_id: int
    thread_id: int | None
    reply_to: int | None
    message_id: int
    is_edit: bool
    text_key: str
    text: str
    buttons: tuple[tuple[str, str, str], ...]
    attachment: dict[str, Any] | None

    @property
    def labels(self) -> list[str]:
        """What the buttons say."""
        return [label for label, _, _ in self.buttons]


@cache
def router_of(room: ModuleType) -> Router:
    """The router of a conversation, built once: it keeps nothing of whom it heard."""
    router: Router = room.router()
    return router


@dataclass(frozen=True)
class Kept:
    """A talk as it stood at some moment: what people heard, and every row of the database."""

    now: datetime
    heard: tuple[Said, ...]
    numbers: int
    last_row: int
    last_errand: int
    rows: dict[str, list[Row]]

    async def restore(self, session: AsyncSession) -> None:
        """Put the rows into an empty database."""
        for name in table_names():
            if self.rows[name]:
                await load_rows(session, name, self.rows[name])


@dataclass
class Talk:
    """Somebody talks to the bot. `services` are what handlers name as arguments, as in `build_dispatcher`; the default
    settings and the bot's username are there already.

    After each update: `heard` holds every message so far, `toast` the answer to a press, `works` what was promised,
    `handled` whether any conversation claimed the update.
    """

    database: Database
    routers: Iterable[Router]
    now: datetime
    services: dict[str, Any] = field(default_factory=dict)
    secretaries: frozenset[int] = SECRETARIES
    heard: list[Said] = field(default_factory=list)
    toast: str = ""
    works: list[Errand] = field(default_factory=list)
    handled: bool = False

    def __post_init__(self) -> None:
        self.bot = Bot("777:test", session=_NoNetwork())
        self.bot._me = BOT
        settings = Settings(consortium=ConsortiumSettings(secretaries=tuple(self.secretaries)))
        services = {"settings": settings, "username": BOT.username, **self.services}
        routers = list(self.routers)
        for router in routers:
            router._parent_router = None  # of a talk that is over, or of a process before its restart
        self._dispatcher = build_dispatcher(routers, secretaries=self.secretaries, **services)
        self._numbers = count(1)
        self._last_row = 0
        self._last_errand = 0

    async def say(
        self, who: Account, text: str = "", *, chat: int | None = None, thread: int | None = None, **more: Any
    ) -> list[Said]:
        """Send a message, in private or in a group; returns what the bot says because of it.

        `more` is merged into the Bot API message: `caption`, `document`, `reply_to_message`, `contact`, …
        """
        assert more.keys() <= Message.model_fields.keys(), f"no such part of a message: {[*more]}"
        message = self._message(who, chat or who.telegram_id, thread)
        return await self.happen({"message": {**message, **({"text": text} if text else {}), **more}})

    async def press(self, who: Account, label: str, *, chat: int | None = None, on: Said | None = None) -> list[Said]:
        """Press the latest button whose label contains `label` (or that button on the message `on`)."""
        return await self.press_data(who, *self._find(label, chat or who.telegram_id, on))

    async def press_data(self, who: Account, said: Said, data: str) -> list[Said]:
        """Press with any callback data, as a forger could."""
        message = self._message(who, said.chat_id, said.thread_id) | {"message_id": said.message_id, "text": "…"}
        message["from"] = BOT.model_dump(exclude_none=True)
        query = {"id": f"press-{next(self._numbers)}", "from": _user(who), "chat_instance": "1", "data": data}
        return await self.happen({"callback_query": {**query, "message": message}})

    async def happen(self, body: dict[str, Any]) -> list[Said]:
        """Feed any update; its number is added."""
        update_id = next(self._numbers)
        update = Update.model_validate({"update_id": update_id, **body}, context={"bot": self.bot})
        async with self.database.transaction() as session:
            turn = Turn(session, self.now, update_id)
            token = current_turn.set(turn)
            try:
                result = await self._dispatcher.feed_update(self.bot, update, turn=turn)
            finally:
                current_turn.reset(token)
        self.handled = result is not UNHANDLED
        self.toast = _plain(turn.toast)
        return await self.listen()

    async def listen(self) -> list[Said]:
        """What was written to the outbox since the last look (by an errand, by a job), as if it were now sent."""
        async with self.database.transaction() as session:
            rows = await session.scalars(
                select(OutboxMessage).where(OutboxMessage.id > self._last_row).order_by(OutboxMessage.id)
            )
            fresh = [self._deliver(row) for row in rows]
            errands = await session.scalars(select(Errand).where(Errand.id > self._last_errand).order_by(Errand.id))
            self.works = list(errands)
        self._last_errand = max([self._last_errand, *(errand.id for errand in self.works)])
        self.heard += fresh
        return fresh

    async def keep(self) -> Kept:
        """This moment, for other talks to go on from: `Kept.restore`, then `resume`."""
        async with self.database.reading() as session:
            rows = {name: [row async for row in dump_rows(session, name)] for name in table_names()}
        numbers = next(self._numbers)
        return Kept(self.now, tuple(self.heard), numbers, self._last_row, self._last_errand, rows)

    def resume(self, kept: Kept) -> None:
        """Go on as if all that had been said here."""
        self.now, self.heard, self._numbers = kept.now, list(kept.heard), count(kept.numbers + 1)
        self._last_row, self._last_errand = kept.last_row, kept.last_errand

    def _deliver(self, row: OutboxMessage) -> Said:
        self._last_row = row.id
        row.message_id = row.edits or 100_000 + row.id
        row.state, row.sent_at = "sent", self.now
        rendered = render(row)
        flat = tuple(button for line in rendered.keyboard for button in line)
        text = "\n".join(rendered.parts)
        place = (row.chat_id, row.thread_id, row.reply_to, row.message_id, bool(row.edits))
        return Said(*place, row.text_key, text, flat, rendered.attachment)

    def _find(self, label: str, chat_id: int, on: Said | None) -> tuple[Said, str]:
        for said in [on] if on else reversed(self.heard):
            for shown, data, _ in said.buttons:
                if label in shown and said.chat_id == chat_id:
                    return said, data
        raise AssertionError(f"no button {label!r} in chat {chat_id}")

    def _message(self, who: Account, chat_id: int, thread: int | None) -> dict[str, Any]:
        message: dict[str, Any] = {"message_id": next(self._numbers), "date": int(self.now.timestamp())}
        message |= {"from": _user(who), "chat": _chat(chat_id, who, is_forum=thread is not None)}
        if thread is not None:
            message |= {"message_thread_id": thread, "is_topic_message": True}
        return message


def _user(who: Account) -> dict[str, Any]:
    user: dict[str, Any] = {"id": who.telegram_id, "is_bot": False, "first_name": who.name}
    return user | ({"username": who.username} if who.username else {})


def _chat(chat_id: int, who: Account, *, is_forum: bool = False) -> dict[str, Any]:
    if chat_id > 0:
        return {"id": chat_id, "type": "private", "first_name": who.name}
    title = "产教联合体工作群" if chat_id == GROUP_ID else f"群{-chat_id}"
    return {"id": chat_id, "type": "supergroup", "title": title, **({"is_forum": True} if is_forum else {})}


def _plain(toast: Toast | None) -> str:
    return texts.plain(toast.text_key, toast.values) if toast and toast.text_key else ""


class _NoNetwork(BaseSession):
    """Refuses every request: a handler that talks to Telegram inside its transaction is a defect."""

    async def make_request(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AssertionError("handlers must not make network calls")

    async def stream_content(self, *args: Any, **kwargs: Any) -> Any:
        raise AssertionError("handlers must not make network calls")
        yield b""

    async def close(self) -> None:
        """Nothing is open."""
