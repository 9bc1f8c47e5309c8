"""From a raw update to an inbox entry. Works on plain JSON, so a malformed update cannot stop its neighbours."""

from typing import Any

from services.inbox import Incoming

WITH_CHAT = ("message", "edited_message", "channel_post", "edited_channel_post", "my_chat_member", "chat_member")


def to_incoming(update: dict[str, Any]) -> Incoming | None:
    """The inbox entry, or None for something without an update id."""
    update_id = update.get("update_id")
    if not isinstance(update_id, int):
        return None
    try:
        return Incoming(update_id, _lane(update), _business_key(update), update)
    except (KeyError, TypeError, AttributeError):
        return Incoming(update_id, "malformed", None, update)


def _lane(update: dict[str, Any]) -> str:
    for kind in WITH_CHAT:
        if kind in update:
            return f"chat:{update[kind]['chat']['id']}"
    if "callback_query" in update:
        query = update["callback_query"]
        message = query.get("message")
        return f"chat:{message['chat']['id']}" if message else f"user:{query['from']['id']}"
    return "other"


def _business_key(update: dict[str, Any]) -> str | None:
    """One key for one happening: the same message or press under two update ids counts once."""
    if "message" in update:
        message = update["message"]
        return f"message:{message['chat']['id']}:{message['message_id']}"
    if "edited_message" in update:
        message = update["edited_message"]
        return f"edit:{message['chat']['id']}:{message['message_id']}:{message.get('edit_date')}"
    if "callback_query" in update:
        return f"press:{update['callback_query']['id']}"
    return None
