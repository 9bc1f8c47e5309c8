"""People, chats and messages: the state of the room, written through to the journal."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import islice, takewhile
from typing import Any

from webchat.journal import Journal

Json = dict[str, Any]
Listener = Callable[[Json, "Chat | None"], None]
MOST_COUNTED = 100
PRESENT = ("creator", "administrator", "member")


@dataclass(frozen=True)
class Person:
    """Somebody who can write in the room; `note` says who that is ("乌兰职院 联络员")."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    note: str = ""

    def as_user(self) -> Json:
        """The person as a Bot API User."""
        names = {"last_name": self.last_name, "username": self.username}
        named: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        return named | {key: name for key, name in names.items() if name}


@dataclass
class Chat:
    """A private chat with the bot (its id is the person's) or a supergroup; with topics it is a forum."""

    id: int
    title: str = ""
    members: dict[int, str] = field(default_factory=dict)
    bot_status: str = "member"
    topics: dict[int, str] = field(default_factory=dict)
    last_message_id: int = 0
    pinned: list[int] = field(default_factory=list)
    keyboards: dict[int, Json] = field(default_factory=dict)
    user: Json = field(default_factory=dict)

    @property
    def is_private(self) -> bool:
        """Whether this is a person's chat with the bot."""
        return self.id > 0

    @property
    def is_started(self) -> bool:
        """Whether anything was ever said here; in a private chat only the person can begin."""
        return self.last_message_id > 0

    @property
    def has_bot(self) -> bool:
        """Whether the bot is in the group, or not blocked by the person."""
        return self.bot_status in PRESENT

    def as_chat(self) -> Json:
        """The chat as a Bot API Chat."""
        if self.is_private:
            named = {key: self.user[key] for key in ("first_name", "last_name", "username") if key in self.user}
            return {"id": self.id, "type": "private"} | named
        return {"id": self.id, "type": "supergroup", "title": self.title} | ({"is_forum": True} if self.topics else {})

    def holds(self, person_id: int) -> bool:
        """Whether the person sees this chat."""
        return self.id == person_id or self.members.get(person_id) in PRESENT


def revive_chat(body: Json) -> Chat:
    """A chat from its journal entry, where JSON made the integer keys strings."""
    for name in ("members", "topics", "keyboards"):
        body[name] = {int(key): value for key, value in body[name].items()}
    return Chat(**body)


class World:
    """Everything that was said and by whom. All changes go through here, are journaled, and wake the listeners."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self.people: dict[int, Person] = {int(k): Person(**v) for k, v in journal.items("person")}
        self.chats: dict[int, Chat] = {int(k): revive_chat(v) for k, v in journal.items("chat")}
        self.log: defaultdict[int, dict[int, Json]] = defaultdict(dict)
        for _, message in sorted(journal.items("message"), key=lambda item: int(item[1]["message_id"])):
            self.log[message["chat"]["id"]][message["message_id"]] = message
        for chat in self.chats.values():
            chat.last_message_id = max(chat.last_message_id, max(self.log[chat.id], default=0))
        self.read: dict[str, int] = dict(journal.items("read"))
        self.reactions: dict[str, str] = dict(journal.items("reaction"))
        self.listeners: set[Listener] = set()
        self._waiting: set[asyncio.Future[None]] = set()

    def changed(self, event: Json, chat: Chat | None = None) -> None:
        """Tell every page and every waiter that something happened."""
        for listener in list(self.listeners):
            listener(event, chat)
        self.wake()

    def wake(self) -> None:
        """Let the waiters look again."""
        for future in self._waiting:
            if not future.done():
                future.set_result(None)
        self._waiting.clear()

    async def next_change(self) -> None:
        """Return after the next change."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await future
        finally:
            self._waiting.discard(future)

    def keep_person(self, person: Person) -> Person:
        """Add or replace a person."""
        if self.people.get(person.id) != person:
            self.people[person.id] = person
            self.journal.keep("person", person.id, asdict(person))
            self.changed({"type": "state"})
        return person

    def keep_chat(self, chat: Chat) -> Chat:
        """Add a chat, or store what changed in it."""
        self.chats[chat.id] = chat
        self.journal.keep("chat", chat.id, asdict(chat))
        self.changed({"type": "state"}, chat)
        return chat

    def add_message(self, chat: Chat, author: Json, date: int, body: Json) -> Json:
        """Append a message; `body` is everything but id, author, chat and date."""
        chat.last_message_id += 1
        message = {
            "message_id": chat.last_message_id, "from": author, "chat": chat.as_chat(), "date": date, **body,
        }  # fmt: skip
        self._store(chat, message)
        self.changed({"type": "message", "message": message}, chat)
        return message

    def change_message(self, chat: Chat, message: Json) -> Json:
        """Put an edited message in place of its former self."""
        self._store(chat, message)
        self.changed({"type": "edited", "message": message}, chat)
        return message

    def _store(self, chat: Chat, message: Json) -> None:
        self.log[chat.id][message["message_id"]] = message
        self.journal.keep("message", f"{chat.id}:{message['message_id']}", message)

    def remove_messages(self, chat: Chat, message_ids: list[int]) -> None:
        """Delete messages for all; their numbers are never used again."""
        for message_id in message_ids:
            self.log[chat.id].pop(message_id, None)
        self.journal.drop("message", [f"{chat.id}:{message_id}" for message_id in message_ids])
        self.keep_chat(chat)
        self.changed({"type": "deleted", "chat_id": chat.id, "message_ids": message_ids}, chat)

    def react(self, chat: Chat, message_id: int, emoji: str) -> None:
        """Set or, with an empty emoji, take away the bot's reaction."""
        self.reactions[f"{chat.id}:{message_id}"] = emoji
        self.journal.keep("reaction", f"{chat.id}:{message_id}", emoji)
        self.changed({"type": "edited", "message": self.log[chat.id][message_id]}, chat)

    def mark_read(self, person_id: int, chat_id: int, topic: int, message_id: int) -> None:
        """Remember how far a person has read."""
        key = f"{person_id}:{chat_id}:{topic}"
        if message_id > self.read.get(key, 0):
            self.read[key] = message_id
            self.journal.keep("read", key, message_id)
            self.changed({"type": "state"})

    def in_topic(self, chat: Chat, topic: int) -> list[Json]:
        """The messages of one topic (0: the general one, or a chat without topics)."""
        return [m for m in self.log[chat.id].values() if topic_of(m) == topic]

    def latest(self, chat: Chat, topic: int) -> Iterator[Json]:
        """The messages of one topic, newest first."""
        return (m for m in reversed(self.log[chat.id].values()) if topic_of(m) == topic)

    def unread(self, person_id: int, chat: Chat, topic: int) -> int:
        """How many messages of others a person has not seen yet; counted up to 100, the page shows "99+"."""
        seen = self.read.get(f"{person_id}:{chat.id}:{topic}", 0)
        later = takewhile(lambda m: m["message_id"] > seen, self.latest(chat, topic))
        others = (m for m in later if m["from"]["id"] != person_id and "forum_topic_created" not in m)
        return sum(1 for _ in islice(others, MOST_COUNTED))


def topic_of(message: Json) -> int:
    """The topic a message stands in; 0 is the general one."""
    return int(message["message_thread_id"]) if message.get("is_topic_message") else 0
