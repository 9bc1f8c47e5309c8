"""One call of the Bot API: its parameters, read from JSON, a form or the query, with Telegram's refusals."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from webchat.detect import detect
from webchat.errors import bad_request, forbidden
from webchat.files import StoredFile
from webchat.keyboards import check_markup
from webchat.markup import parse_html, trim, utf16_len
from webchat.room import Place, Room
from webchat.webhook import Webhook
from webchat.world import Chat, Json

TRUE = ("true", "1", "yes")
LONGEST_SOURCE = 1 << 16
NO_FILE = "there is no document in the request"


@dataclass
class Call:
    """Parameters of one call, read by type."""

    room: Room
    webhook: Webhook
    values: dict[str, Any]
    uploads: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A string; absent is empty."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def integer(self, name: str) -> int:
        """A number; absent is 0."""
        try:
            return int(self.values.get(name) or 0)
        except (TypeError, ValueError):
            raise bad_request(f"invalid {name} specified") from None

    def flag(self, name: str) -> bool:
        """A truth value."""
        return str(self.values.get(name) or "").lower() in TRUE

    def structure(self, name: str) -> Any:
        """An object or array, which forms carry as JSON text; None when absent."""
        value = self.values.get(name)
        if not isinstance(value, str) or not value:
            return None if value == "" else value
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None

    def mapping(self, name: str) -> Json:
        """An object; empty when absent."""
        value = self.structure(name)
        if value is not None and not isinstance(value, dict):
            raise bad_request(f"can't parse {name.replace('_', ' ')}: expected an Object")
        return value or {}

    def objects(self, name: str) -> list[Json]:
        """An array of objects; empty when absent."""
        value = self.structure(name)
        if value is not None and not (isinstance(value, list) and all(isinstance(item, dict) for item in value)):
            raise bad_request(f"can't parse {name.replace('_', ' ')}: expected an Array of Objects")
        return value or []

    def formatted(self, key: str, most: int, source: Json | None = None) -> Json:
        """The text or caption with its entities as message fields; empty when nothing is left of it."""
        given = self.values if source is None else source
        raw, mode = str(given.get(key) or ""), str(given.get("parse_mode") or "").lower()
        names = {"text": "entities", "caption": "caption_entities"}
        too_long = bad_request("message caption is too long" if key == "caption" else "message is too long")
        if len(raw) > LONGEST_SOURCE:
            raise too_long
        if mode not in ("", "html", "none"):
            raise bad_request("unsupported parse_mode")
        if mode == "html":
            text, entities = parse_html(raw)
        else:
            listed = given.get(names[key]) or []
            text, entities = raw, json.loads(listed) if isinstance(listed, str) else listed
        text, entities = trim(text, entities)
        if utf16_len(text) > most:
            raise too_long
        found = [self._with_user(entity) for entity in detect(text, entities)]
        return ({key: text} if text else {}) | ({names[key]: found} if text and found else {})

    def _with_user(self, entity: Json) -> Json:
        if entity["type"] != "text_mention":
            return entity
        person = self.room.world.people.get(int(entity["user"]["id"]))
        return entity | {"user": person.as_user()} if person else entity | {"type": "bold"}

    def markup(self) -> Json | None:
        """reply_markup, checked."""
        return check_markup(self.structure("reply_markup"), self.room.limits)

    def chat(self, name: str = "chat_id") -> Chat:
        """A chat the bot knows."""
        wanted = self.text(name)
        if not wanted:
            raise bad_request("chat_id is empty")
        number = int(wanted) if wanted.lstrip("-").isdigit() else 0
        chat = self.room.world.chats.get(number)
        unknown = chat is None or (chat.is_private and not chat.is_started)
        if unknown and number in self.room.world.people:
            raise forbidden("bot can't initiate conversation with a user")
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def open_chat(self) -> Chat:
        """A chat the bot may write to now."""
        chat = self.chat()
        if not chat.has_bot and chat.is_private:
            raise forbidden("bot was blocked by the user")
        if not chat.has_bot:
            kicked = chat.bot_status == "kicked"
            raise forbidden(f"bot {'was kicked from' if kicked else 'is not a member of'} the supergroup chat")
        return chat

    def place(self, chat: Chat) -> Place:
        """Topic and answered message."""
        topic = self.integer("message_thread_id")
        if topic and topic not in chat.topics:
            raise bad_request("message thread not found")
        given = self.mapping("reply_parameters")
        wanted = given.get("message_id") or self.integer("reply_to_message_id")
        if not wanted:
            return Place(topic)
        answered = self.room.world.log[chat.id].get(int(wanted))
        if answered is None:
            if given.get("allow_sending_without_reply") or self.flag("allow_sending_without_reply"):
                return Place(topic)
            raise bad_request("message to be replied not found")
        return Place(topic or int(answered.get("message_thread_id") or 0), answered)

    def message(self, chat: Chat, missing: str, name: str = "message_id") -> Json:
        """A message that is still there; `missing` is the refusal."""
        message = self.room.world.log[chat.id].get(self.integer(name))
        if message is None:
            raise bad_request(missing)
        return message

    async def file(self, value: Any, *, missing: str = NO_FILE) -> StoredFile:
        """An uploaded file, stored, or one sent before named by its file_id."""
        named = str(value or "")
        upload = self.uploads.get(named.removeprefix("attach://")) if named else None
        if upload is not None:
            if len(upload[1]) == 0:
                raise bad_request("file must be non-empty")
            return await self.room.files.store(*upload)
        if not named or named.startswith("attach://"):
            raise bad_request(missing)
        if named.startswith(("http://", "https://")):
            raise bad_request("failed to get HTTP URL content")
        stored = self.room.files.find(named)
        if stored is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return stored


Method = Callable[[Call], Awaitable[Any]]
