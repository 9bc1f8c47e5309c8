"""Everything that puts a new message into a chat."""

from __future__ import annotations

import secrets
from typing import Any

from webchat.botapi.call import Call, Method
from webchat.detect import spans
from webchat.errors import bad_request
from webchat.world import Chat, Json

CHAT_ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip
CONTENT = (
    "text", "entities", "link_preview_options", "photo", "document", "caption", "caption_entities",
    "show_caption_above_media",
)  # fmt: skip


def _deliver(call: Call, chat: Chat, body: Json) -> Json:
    place, markup = call.place(chat), call.markup()
    call.room.pace.spend(chat.id)
    if markup and markup.get("inline_keyboard"):
        body = body | {"reply_markup": markup}
    if call.flag("protect_content"):
        body = body | {"has_protected_content": True}
    message = call.room.post(chat, call.room.bot, body, place)
    if markup and "inline_keyboard" not in markup:
        _keep_keyboard(call, chat, message, markup)
    return message


def _keep_keyboard(call: Call, chat: Chat, message: Json, markup: Json) -> None:
    """Show or remove a reply keyboard: for all, or for those a selective one means."""
    everyone = [chat.id] if chat.is_private else [person for person in chat.members if chat.holds(person)]
    if markup.get("selective"):
        named = {name[1:].lower() for name in spans(message, "mention")}
        answered = message.get("reply_to_message", {}).get("from", {}).get("id")
        people = call.room.world.people
        everyone = [p for p in everyone if p == answered or people[p].username.lower() in named]
    for person in everyone:
        if markup.get("remove_keyboard"):
            chat.keyboards.pop(person, None)
        else:
            chat.keyboards[person] = markup | {"message_id": message["message_id"]}
    call.room.world.keep_chat(chat)


async def send_message(call: Call) -> Json:
    """A text."""
    chat = call.open_chat()
    body = call.formatted("text", call.room.limits.text_chars)
    if not body:
        raise bad_request("text must be non-empty" if call.text("text") else "message text is empty")
    options = call.mapping("link_preview_options")
    return _deliver(call, chat, body | ({"link_preview_options": options} if options else {}))


async def _media(call: Call, kind: str, source: Json | None = None) -> Json:
    """The fields of a photo or document message; `source` is an InputMedia of an album."""
    given = call.values if source is None else source
    caption = call.formatted("caption", call.room.limits.caption_chars, source)
    value = given.get("media") if source is not None else given.get(kind) or (kind if kind in call.uploads else None)
    file = await call.file(value, missing=f"there is no {kind} in the request")
    if kind == "photo" and not file.width:
        raise bad_request("IMAGE_PROCESS_FAILED")
    return {kind: file.as_photo() if kind == "photo" else file.as_document()} | caption


async def send_document(call: Call) -> Json:
    """A file."""
    chat = call.open_chat()
    return _deliver(call, chat, await _media(call, "document"))


async def send_photo(call: Call) -> Json:
    """A picture."""
    chat = call.open_chat()
    return _deliver(call, chat, await _media(call, "photo"))


async def send_media_group(call: Call) -> list[Json]:
    """An album of two to ten pictures or files."""
    chat, place = call.open_chat(), call.place(call.open_chat())
    items = call.objects("media")
    if not 2 <= len(items) <= 10:
        raise bad_request("can't send an album with that number of items: it must be 2-10")
    if any(item.get("type") not in ("photo", "document") for item in items):
        raise bad_request("unsupported media type in the album")
    bodies = [await _media(call, item["type"], item) for item in items]
    call.room.pace.spend(chat.id, count=len(bodies))
    album = {"media_group_id": str(secrets.randbits(53))}
    return [call.room.post(chat, call.room.bot, body | album, place) for body in bodies]


async def send_chat_action(call: Call) -> bool:
    """ "typing…" for five seconds or until the next message."""
    chat = call.open_chat()
    if call.text("action") not in CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    event = {"type": "typing", "chat_id": chat.id, "topic": call.integer("message_thread_id")}
    call.room.world.changed(event | {"action": call.text("action")}, chat)
    return True


async def copy_message(call: Call) -> Json:
    """The same content as the bot's own message."""
    chat, source = call.open_chat(), call.message(call.chat("from_chat_id"), "message to copy not found")
    body = {key: source[key] for key in CONTENT if key in source}
    if not body:
        raise bad_request("message can't be copied")
    if "caption" in call.values and "text" not in source:
        body = {k: v for k, v in body.items() if not k.startswith("caption")}
        body |= call.formatted("caption", call.room.limits.caption_chars)
    return {"message_id": _deliver(call, chat, body)["message_id"]}


async def forward_message(call: Call) -> Json:
    """The same content with its origin."""
    chat, source = call.open_chat(), call.message(call.chat("from_chat_id"), "message to forward not found")
    body: Json = {key: source[key] for key in CONTENT if key in source}
    if not body or source.get("has_protected_content"):
        raise bad_request("message can't be forwarded")
    origin: Any = source.get("forward_origin") or {
        "type": "user", "sender_user": source["from"], "date": source["date"],
    }  # fmt: skip
    return _deliver(call, chat, body | {"forward_origin": origin})


METHODS: dict[str, Method] = {
    "sendMessage": send_message,
    "sendDocument": send_document,
    "sendPhoto": send_photo,
    "sendMediaGroup": send_media_group,
    "sendChatAction": send_chat_action,
    "copyMessage": copy_message,
    "forwardMessage": forward_message,
}
