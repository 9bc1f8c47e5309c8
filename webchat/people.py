"""What people do in the room: write, press, upload, edit, come and go."""

from __future__ import annotations

import asyncio
import re
from urllib.parse import parse_qs, urlsplit

from webchat.detect import detect
from webchat.errors import NotAllowed
from webchat.files import PICTURES
from webchat.markup import utf16_len
from webchat.privacy import reaches_bot
from webchat.room import Place, Room
from webchat.world import Chat, Json, Person, topic_of

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
PICTURE_BYTES = 10 * 1024 * 1024


class People:
    """The acts of people; each checks what Telegram's apps would let them do and raises `NotAllowed` otherwise."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._world = room.world

    def person(self, person_id: int) -> Person:
        """Somebody of the room."""
        try:
            return self._world.people[person_id]
        except KeyError:
            raise NotAllowed("没有这个人") from None

    def chat(self, person_id: int, chat_id: int | None) -> Chat:
        """A chat the person sees; None is the private chat with the bot."""
        if chat_id in (None, person_id):
            return self._room.open_private(self.person(person_id))
        chat = self._world.chats.get(chat_id or 0)
        if chat is None or not chat.holds(person_id):
            raise NotAllowed("您不在这个聊天中")
        return chat

    def say(self, person_id: int, text: str, chat: Chat, place: Place | None = None) -> Json:
        """Write a text."""
        text = text.strip()
        if not text:
            raise NotAllowed("消息是空的")
        if utf16_len(text) > self._room.limits.text_chars:
            raise NotAllowed(f"一条消息最多 {self._room.limits.text_chars} 字，请分几条发送")
        self._unblock(person_id, chat)
        return self._room.post(chat, self._author(person_id), _with_entities(text, "text"), place)

    async def upload(self, person_id: int, chat: Chat, file: tuple[str, bytes], caption: str, place: Place) -> Json:
        """Send a file, as a photo when it is a picture."""
        name, data = file
        if not data:
            raise NotAllowed("文件是空的")
        if len(data) > self._room.limits.upload_bytes:
            raise NotAllowed(f"文件超过 {self._room.limits.upload_bytes // 1024 // 1024} MB，无法发送")
        if utf16_len(caption) > self._room.limits.caption_chars:
            raise NotAllowed(f"说明最多 {self._room.limits.caption_chars} 字")
        stored = await self._room.files.store(name, data)
        picture = stored.width and stored.mime in PICTURES and stored.size <= PICTURE_BYTES
        body: Json = {"photo": stored.as_photo()} if picture else {"document": stored.as_document()}
        body |= _with_entities(caption.strip(), "caption") if caption.strip() else {}
        self._unblock(person_id, chat)
        return self._room.post(chat, self._author(person_id), body, place)

    def press(self, person_id: int, chat: Chat, message_id: int, what: str) -> Json:
        """Press a button by its data or, failing that, its text; returns the callback query."""
        message = self.message(chat, message_id)
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        buttons = [button for row in rows for button in row if "callback_data" in button]
        for key in ("callback_data", "text"):
            for button in buttons:
                if button[key] == what:
                    return self._query(person_id, message, button["callback_data"])
        raise NotAllowed("这个按钮已经不在了")

    def _query(self, person_id: int, message: Json, data: str) -> Json:
        query_id = self._room.ask(person_id, asyncio.get_running_loop().time())
        query: Json = {
            "id": query_id, "from": self._author(person_id), "message": message,
            "chat_instance": str(abs(message["chat"]["id"])), "data": data,
        }  # fmt: skip
        self._room.updates.put("callback_query", query)
        return query

    def edit(self, person_id: int, chat: Chat, message_id: int, text: str) -> Json:
        """Change one's own text."""
        message = self.message(chat, message_id)
        if message["from"]["id"] != person_id or "text" not in message or not text.strip():
            raise NotAllowed("只能修改自己发出的文字")
        kept = {key: value for key, value in message.items() if key not in ("text", "entities")}
        edited = self._world.change_message(
            chat, kept | _with_entities(text.strip(), "text") | {"edit_date": self._room.now()}
        )
        if reaches_bot(edited, chat, self._room.bot, privacy=self._room.privacy):
            self._room.updates.put("edited_message", edited)
        return edited

    def follow(self, person_id: int, url: str) -> Json:
        """Open a deep link to the bot: `/start PAYLOAD` in the private chat."""
        address = urlsplit(url if "//" in url else f"https://{url}")
        payload = parse_qs(address.query).get("start", [""])[0]
        own = address.path.strip("/").lower() == self._room.bot["username"].lower()
        if (
            address.hostname not in ("t.me", "telegram.me")
            or not own
            or not (not payload or PAYLOAD.fullmatch(payload))
        ):
            raise NotAllowed("这个链接打不开")
        return self.say(person_id, f"/start {payload}".strip(), self.chat(person_id, None))

    def set_blocked(self, person_id: int, blocked: bool) -> None:
        """Block the bot, or let it write again."""
        chat = self.chat(person_id, None)
        self._room.change_bot_status(chat, self._author(person_id), "kicked" if blocked else "member")

    def set_membership(self, by: int, chat: Chat, user_id: int, status: str) -> None:
        """Change what somebody, or the bot itself, is in a group."""
        if user_id == self._room.bot["id"]:
            self._room.change_bot_status(chat, self._author(by), status)
            return
        before, chat.members[user_id] = chat.members.get(user_id, "left"), status
        self._world.keep_chat(chat)
        user = self._author(user_id)
        if before != status and chat.has_bot:
            self._room.updates.put("chat_member", self._room.membership(chat, self._author(by), user, before, status))
        present = ("creator", "administrator", "member")
        if before not in present and status in present:
            self._room.post(chat, user, {"new_chat_members": [user]})
        elif before in present and status not in present:
            self._room.post(chat, self._author(by), {"left_chat_member": user})

    def place(self, chat: Chat, topic: int | None, reply_to: int | None) -> Place:
        """Where a message goes; a reply goes to the topic of what it answers."""
        answered = self.message(chat, reply_to) if reply_to else None
        number = topic or (topic_of(answered) if answered else 0)
        if number and number not in chat.topics:
            raise NotAllowed("没有这个话题")
        return Place(number, answered)

    def message(self, chat: Chat, message_id: int) -> Json:
        """A message that is still there."""
        try:
            return self._world.log[chat.id][message_id]
        except KeyError:
            raise NotAllowed("这条消息已经删除") from None

    def _author(self, person_id: int) -> Json:
        return self.person(person_id).as_user()

    def _unblock(self, person_id: int, chat: Chat) -> None:
        if chat.is_private and not chat.has_bot:
            self.set_blocked(person_id, False)


def _with_entities(text: str, key: str) -> Json:
    entities = detect(text, [])
    name = "entities" if key == "text" else "caption_entities"
    return {key: text} | ({name: entities} if entities else {})
