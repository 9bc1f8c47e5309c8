"""From a raw update to an inbox entry. Works on plain JSON, so a malformed update cannot stop its neighbours."""

import hashlib
from typing import Any

from services.inbox import Incoming

WITH_CHAT = ("message", "edited_message", "channel_post", "edited_channel_post", "my_chat_member", "chat_member")
BIGGEST_NUMBER = 2**63 - 1


def to_incoming(update: dict[str, Any]) -> Incoming | None:
    """The inbox entry, or None for something without an update id."""
    update_id = update_id_of(update)
    if update_id is None:
        return None
    try:
        return Incoming(update_id, _lane(update), _business_key(update), update)
    except (KeyError, TypeError, AttributeError, ValueError):
        return Incoming(update_id, "malformed", None, update)


def update_id_of(update: dict[str, Any]) -> int | None:
    """The update's number when it is one."""
    found = update.get("update_id")
    if not isinstance(found, int) or isinstance(found, bool):
        return None
    return found if 0 <= found <= BIGGEST_NUMBER else None


def _lane(update: dict[str, Any]) -> str:
    for kind in WITH_CHAT:
        if kind in update:
            return f"chat:{_number(update[kind]['chat']['id'])}"
    if "callback_query" in update:
        query = update["callback_query"]
        message = query.get("message")
        return f"chat:{_number(message['chat']['id'])}" if message else f"user:{_number(query['from']['id'])}"
    return "other"


def _business_key(update: dict[str, Any]) -> str | None:
    """One key for one happening: the same message or press under two update ids counts once."""
    if "message" in update:
        message = update["message"]
        return f"message:{_number(message['chat']['id'])}:{_number(message['message_id'])}"
    if "edited_message" in update:
        message = update["edited_message"]
        return f"edit:{_number(message['chat']['id'])}:{_number(message['message_id'])}:{_content_of(message)}"
    if "callback_query" in update:
        return f"press:{update['callback_query']['id']}"[:120]
    return None


def _content_of(message: dict[str, Any]) -> str:
    """Two edits within one second carry the same date, not the same words."""
    words = f"{message.get('edit_date')}\n{message.get('text')}\n{message.get('caption')}"
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:16]


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > BIGGEST_NUMBER:
        raise ValueError("not a number")
    return value
