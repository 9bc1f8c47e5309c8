"""What of a group reaches a bot in privacy mode. Source: https://core.telegram.org/bots/features#privacy-mode."""

from __future__ import annotations

from typing import Any

from webchat.detect import spans
from webchat.world import Chat

SERVICE = ("new_chat_members", "left_chat_member", "forum_topic_created", "pinned_message", "new_chat_title")


def reaches_bot(message: dict[str, Any], chat: Chat, bot: dict[str, Any], *, privacy: bool) -> bool:
    """Whether the bot is shown a person's message.

    In privacy mode that is: commands that name no other bot, mentions of the bot, replies to the bot, service messages.
    Telegram withholds bare commands when another bot spoke last; there is one bot here, so they always pass.
    """
    if not chat.has_bot:
        return False
    if chat.is_private or not privacy or chat.bot_status == "administrator":
        return True
    return (
        any(kind in message for kind in SERVICE)
        or _answers(message, bot["id"])
        or any(_for_bot(command, bot["username"]) for command in spans(message, "bot_command"))
        or _mentions(message, bot)
    )


def _answers(message: dict[str, Any], bot_id: int) -> bool:
    answered = message.get("reply_to_message", {})
    return bool(answered.get("from", {}).get("id") == bot_id and "forum_topic_created" not in answered)


def _for_bot(command: str, username: str) -> bool:
    _, _, addressee = command.partition("@")
    return not addressee or addressee.lower() == username.lower()


def _mentions(message: dict[str, Any], bot: dict[str, Any]) -> bool:
    if any(name[1:].lower() == bot["username"].lower() for name in spans(message, "mention")):
        return True
    entities = message.get("entities", message.get("caption_entities", []))
    return any(entity.get("user", {}).get("id") == bot["id"] for entity in entities)
