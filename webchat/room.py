"""The room as its two sides share it: what the bot's calls and the people's acts both need."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from webchat.errors import bad_request
from webchat.files import Files
from webchat.limits import Limits, Pace
from webchat.privacy import reaches_bot
from webchat.updates import Updates
from webchat.world import Chat, Json, Person, World

# A reply shows what it answers, but not what that answered, and not its buttons.
NOT_QUOTED = ("reply_to_message", "reply_markup")


@dataclass
class Query:
    """A pressed button that waits for answerCallbackQuery."""

    person_id: int
    expires_at: float
    answer: Json | None = None


@dataclass
class Room:
    """State, rules and clock of one room, without its web server."""

    world: World
    files: Files
    updates: Updates
    limits: Limits
    bot: Json
    clock: Callable[[], datetime]
    privacy: bool = True
    zone: str = ""  # in which the page shows times; the browser's own without one
    can_travel: bool = False  # whether the page may set the clock ahead
    queries: dict[str, Query] = field(default_factory=dict)
    pace: Pace = field(init=False)

    def __post_init__(self) -> None:
        self.pace = Pace(self.limits, lambda: self.clock().timestamp())  # a clock set ahead has waited, too
        self.settings: Json = dict(self.world.journal.items("bot"))

    def now(self) -> int:
        """Seconds since 1970, as the Bot API dates things."""
        return int(self.clock().timestamp())

    def set(self, key: str, value: Any) -> None:
        """Remember something about the bot itself (name, descriptions, commands)."""
        self.settings[key] = value
        self.world.journal.keep("bot", key, value)
        self.world.changed({"type": "state"})

    def open_private(self, person: Person) -> Chat:
        """The person's chat with the bot, begun when there is none."""
        chat = self.world.chats.get(person.id)
        if chat is None or chat.user != person.as_user():
            chat = chat or Chat(id=person.id)
            chat.user, chat.title = person.as_user(), person.first_name
            self.world.keep_chat(chat)
        return chat

    def post(self, chat: Chat, author: Json, body: Json, place: Place | None = None) -> Json:
        """Say something in a chat; a person's words are queued for the bot when it may see them."""
        place = place or Place()
        head: Json = {}
        answered = place.reply_to or self.world.log[chat.id].get(place.topic)
        if place.topic:
            head |= {"message_thread_id": place.topic, "is_topic_message": True}
        if answered:
            head["reply_to_message"] = {k: v for k, v in answered.items() if k not in NOT_QUOTED}
        message = self.world.add_message(chat, author, self.now(), head | body)
        if author["id"] != self.bot["id"]:
            self.world.mark_read(author["id"], chat.id, place.topic, message["message_id"])
            if reaches_bot(message, chat, self.bot, privacy=self.privacy):
                self.updates.put("message", message)
        return message

    def new_topic(self, chat: Chat, author: Json, name: str) -> Json:
        """Open a topic in a group and return the service message that is its root."""
        topic = chat.last_message_id + 1
        body: Json = {
            "message_thread_id": topic, "is_topic_message": True,
            "forum_topic_created": {"name": name, "icon_color": 7322096},
        }  # fmt: skip
        chat.topics[topic] = name
        self.world.keep_chat(chat)
        return self.post(chat, author, body)

    def change_bot_status(self, chat: Chat, by: Json, status: str) -> None:
        """Let the bot in or out, or block it, and tell it so."""
        before, chat.bot_status = chat.bot_status, status
        self.world.keep_chat(chat)
        if before != status:
            self.updates.put("my_chat_member", self.membership(chat, by, self.bot, before, status))

    def membership(self, chat: Chat, by: Json, user: Json, before: str, after: str) -> Json:
        """A Bot API ChatMemberUpdated."""
        return {
            "chat": chat.as_chat(), "from": by, "date": self.now(),
            "old_chat_member": member_of(user, before), "new_chat_member": member_of(user, after),
        }  # fmt: skip

    def ask(self, person_id: int, now_s: float) -> str:
        """A new callback query's id."""
        query_id = str(secrets.randbits(62))
        for old in [key for key, query in self.queries.items() if query.expires_at < now_s - 60]:
            del self.queries[old]
        self.queries[query_id] = Query(person_id, now_s + self.limits.callback_ttl_s)
        return query_id

    def answer_query(self, query_id: str, answer: Json, now_s: float) -> None:
        """Show the answer to the presser; once, and only while the query lives."""
        query = self.queries.get(query_id)
        if query is None or query.answer is not None or now_s > query.expires_at:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        query.answer = answer
        self.world.changed({"type": "answer", "query_id": query_id, "person_id": query.person_id, **answer})


@dataclass(frozen=True)
class Place:
    """Where in a chat a message goes: its topic (0: none) and the message it answers."""

    topic: int = 0
    reply_to: Json | None = None


RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
    "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
    "can_edit_stories", "can_delete_stories", "can_pin_messages", "can_manage_topics", "can_send_welcome_messages",
)  # fmt: skip
WITHHELD = ("can_be_edited", "is_anonymous", "can_promote_members")


def member_of(user: Json, status: str) -> Json:
    """A Bot API ChatMember."""
    body: Json = {"status": status, "user": user}
    if status == "creator":
        return body | {"is_anonymous": False}
    if status == "administrator":
        return body | {right: right not in WITHHELD for right in RIGHTS}
    return body | ({"until_date": 0} if status == "kicked" else {})
