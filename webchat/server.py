"""The running chat room: one bot, a cast of people, the Bot API and the page on one port."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from aiohttp import web

from webchat import guard
from webchat.files import Files
from webchat.gateway import Gateway
from webchat.journal import Journal
from webchat.limits import MEBIBYTE, Limits
from webchat.pageapi import PageApi
from webchat.people import People
from webchat.room import Room
from webchat.travelling import Travel, Travelling
from webchat.updates import Updates
from webchat.world import Chat, Json, Person, World

__all__ = ["ChatRoom", "Limits", "Person"]

T = TypeVar("T")


def _utc_now() -> datetime:
    return datetime.now(UTC)


class ChatRoom:
    """A Telegram of one's own on 127.0.0.1.

    Use it as an async context manager, or `start` and `stop` it. The cast may be added before or after the start;
    all additions are idempotent by id, so that a demo can repeat them. With a `data_dir` conversation, files and
    undelivered updates survive a restart; without one they live in memory.

    Args:
        token: The bot's token, `NUMBER:SECRET`; the number is the bot's user id.
        limits: `Limits.without_flood_control()` for measuring.
        port: 0 takes a free one; see `url` after the start.
        privacy: Whether the bot's privacy mode is on, as it is by default on Telegram.
        clock: Dates the messages; aware.
        travel: Sets that clock ahead when the page asks for it; without it the page cannot.
    """

    def __init__(
        self,
        *,
        token: str,
        bot_username: str = "lianluo_bot",
        bot_name: str = "联络",
        data_dir: Path | None = None,
        limits: Limits | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        privacy: bool = True,
        clock: Callable[[], datetime] = _utc_now,
        travel: Travel | None = None,
    ) -> None:
        self.bot_id = int(token.partition(":")[0])
        self.host, self.port = host, port
        self._journal = Journal(data_dir)
        world = World(self._journal)
        bot = {"id": self.bot_id, "is_bot": True, "first_name": bot_name, "username": bot_username}
        updates = Updates(self._journal, world.wake)
        self.room = Room(world, Files(self._journal), updates, limits or Limits(), bot, clock, privacy)
        self.people = People(self.room)
        self._gateway = Gateway(self.room, token)
        self._page = PageApi(self.room, self.people)
        self._travelling = Travelling(self.room, travel)
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """Where the page is, and what `telegram.api_base` has to be."""
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host  # noqa: S104
        return f"http://{host}:{self.port}"

    api_base = url

    def show_times_in(self, zone: str) -> None:
        """Let the page show times in that IANA zone, wherever the browser stands; until then it shows the browser's."""
        self.room.zone = zone

    async def start(self) -> None:
        """Listen; raises OSError when the port is taken."""
        app = web.Application(
            middlewares=[guard.middleware(self.host)], client_max_size=self.room.limits.upload_bytes + MEBIBYTE
        )
        app.add_routes([*self._gateway.routes(), *self._page.routes(), *self._travelling.routes()])
        # No access log: the token stands in the path.
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=2.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self.host, self.port)
        await site.start()
        self.port = int(self._runner.addresses[0][1])
        self._gateway.webhook.start()

    async def stop(self) -> None:
        """End streams and polls, stop listening, close the journal."""
        self._page.close()
        self.room.updates.interrupt()
        await self._gateway.webhook.close()
        if self._runner:
            await self._runner.cleanup()
        self._journal.close()

    async def __aenter__(self) -> ChatRoom:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    def add_person(self, person: Person) -> Person:
        """Add or update somebody."""
        return self.room.world.keep_person(person)

    def add_group(
        self,
        chat_id: int,
        title: str,
        members: Iterable[int],
        *,
        bot: bool = True,
        bot_is_admin: bool = False,
        topics: Iterable[str] = (),
    ) -> int:
        """Add or update a supergroup, a forum when there are topics; the first member is its creator.

        Returns:
            The chat's id.
        """
        ids = list(members)
        chat = self.room.world.chats.get(chat_id)
        new = chat is None
        if chat is None:
            # Message 1 is the group's creation, so that no topic gets the number of the general one.
            chat = Chat(chat_id, title, {ids[0]: "creator"} if ids else {}, bot_status="left", last_message_id=1)
        chat.title = title
        for person_id in ids:
            chat.members.setdefault(person_id, "member")
        self.room.world.keep_chat(chat)
        creator = self.people.person(ids[0]).as_user() if ids else self.room.bot
        if bot and new:
            self.room.change_bot_status(chat, creator, "administrator" if bot_is_admin else "member")
        for name in topics:
            if name not in chat.topics.values():
                self.room.new_topic(chat, creator, name)
        return chat_id

    async def say(
        self,
        person_id: int,
        text: str,
        chat_id: int | None = None,
        *,
        topic: int | None = None,
        reply_to: int | None = None,
    ) -> Json:
        """Write as a person, by default privately to the bot; returns the Message.

        Raises:
            webchat.errors.NotAllowed: The person is not there, the text is empty or too long.
        """
        chat = self.people.chat(person_id, chat_id)
        return self.people.say(person_id, text, chat, self.people.place(chat, topic, reply_to))

    async def press(self, person_id: int, chat_id: int, message_id: int, button: str) -> Json:
        """Press an inline button, named by its data or its text; returns the CallbackQuery."""
        return self.people.press(person_id, self.people.chat(person_id, chat_id), message_id, button)

    async def upload(
        self,
        person_id: int,
        chat_id: int | None,
        name: str,
        data: bytes,
        caption: str = "",
        *,
        topic: int | None = None,
        reply_to: int | None = None,
    ) -> Json:
        """Send a file as a person (a picture goes as a photo); returns the Message."""
        chat = self.people.chat(person_id, chat_id)
        place = self.people.place(chat, topic, reply_to)
        return await self.people.upload(person_id, chat, (name, data), caption, place)

    async def as_bot(self, method: str, **parameters: Any) -> Any:
        """Call a Bot API method as the bot, without HTTP; for a stage that is set before the bot comes on.

        Raises:
            webchat.errors.ApiError: Telegram would refuse it.
        """
        return await self._gateway.call(method, parameters, {})

    def mark_all_read(self) -> None:
        """Let everybody have seen everything, as after a seeded history."""
        for chat in self.room.world.chats.values():
            for topic in (0, *chat.topics):
                last = next((message["message_id"] for message in self.room.world.latest(chat, topic)), 0)
                for person_id in filter(chat.holds, self.room.world.people):
                    self.room.world.mark_read(person_id, chat.id, topic, last)

    def messages(self, chat_id: int, *, seen_by: int | None = None) -> list[Json]:
        """The messages of a chat, oldest first; `seen_by` checks that the person is in it."""
        if seen_by is not None:
            self.people.chat(seen_by, chat_id)
        return list(self.room.world.log[chat_id].values())

    def callback_answer(self, query_id: str) -> Json | None:
        """The bot's answer to a pressed button (`text`, `alert`, `url`), None until there is one."""
        query = self.room.queries.get(query_id)
        return query.answer if query else None

    def pending_updates(self) -> int:
        """How many updates the bot has not confirmed yet."""
        return len(self.room.updates.pending)

    async def wait_for(self, predicate: Callable[[], T], timeout: float = 5.0) -> T:
        """What the predicate returns as soon as that is true; it is asked again after every change in the room.

        Raises:
            TimeoutError: It stayed false.
        """
        async with asyncio.timeout(timeout):
            while not (value := predicate()):
                await self.room.world.next_change()
        return value
