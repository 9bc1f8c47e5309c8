"""Filters that several conversations share."""

import re
from typing import Any

from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message, TelegramObject
from aiogram.utils.magic_filter import MagicFilter

from handlers.turn import Turn
from services.models import OutboxMessage
from services.orders.nearest import orders_the_bot
from services.outbox import Pressed, find_last_said
from services.speech import ends_asking


class Matches(Filter):
    """A magic filter, judged where it stands: aiogram sends a bare one to a thread, as it cannot be awaited."""

    def __init__(self, magic: MagicFilter) -> None:
        self._magic = magic

    async def __call__(self, event: TelegramObject) -> Any:
        """What the magic filter makes of the event."""
        return self._magic.resolve(event)


class Pressing(Filter):
    """A press of a button with one of these actions."""

    def __init__(self, *actions: str) -> None:
        self._actions = actions

    async def __call__(self, event: CallbackQuery, pressed: Pressed | None = None) -> bool:
        """True for one of the actions."""
        return pressed is not None and pressed.action in self._actions


class JustOffered(Filter):
    """Words right after a message with a button of this action, still open. Gives its `payload` and `outbox_id`."""

    def __init__(self, action: str) -> None:
        self._action = action

    async def __call__(self, event: TelegramObject, turn: Turn) -> bool | dict[str, Any]:
        """In private; what the first such button would do."""
        last = await find_last_said(turn.session, turn.chat_id) if turn.is_private else None
        button = open_button(last, self._action) if last is not None else None
        return {"payload": button["payload"], "outbox_id": last.id} if last is not None and button else False


def open_button(said: OutboxMessage, action: str) -> dict[str, Any] | None:
    """The first button of a message that has this action; None when there is none, or they are closed."""
    buttons = [button for row in said.buttons for button in row if button.get("action") == action]
    return buttons[0] if buttons and said.closed_at is None else None


def replied_in_words(message: Message) -> Message | None:
    """The message that this one answers in words; None for a command, and where it answers none."""
    return message.reply_to_message if message.text and not message.text.startswith("/") else None


class Private(Filter):
    """A private chat."""

    async def __call__(self, event: TelegramObject, turn: Turn) -> bool:
        """True in private."""
        return turn.is_private


class Secretariat(Filter):
    """Somebody of the secretariat, by today's register."""

    async def __call__(self, event: TelegramObject, turn: Turn) -> bool:
        """True for the secretariat."""
        return turn.who.is_secretariat


class Member(Filter):
    """Somebody of the consortium, by today's register."""

    async def __call__(self, event: TelegramObject, turn: Turn) -> bool:
        """True for members."""
        return turn.who.is_member


class Addressed(Filter):
    """Words meant for the bot: private, a mention, or a reply to the bot. Gives `words` without the mention."""

    async def __call__(self, message: Message, turn: Turn, **data: Any) -> bool | dict[str, Any]:
        """Forwarded messages and replies to other people are never meant for the bot."""
        text = (message.text or "").strip()
        if not text or text.startswith("/") or message.forward_origin is not None:
            return False
        assert message.bot is not None
        me = await message.bot.me()
        mention = f"@{me.username}"
        mentioned = mention.lower() in text.lower()
        replied = message.reply_to_message and message.reply_to_message.from_user
        if not (turn.is_private or mentioned or (replied and replied.id == me.id)):
            return False
        return {"words": _without(text, mention)}


def _without(text: str, mention: str) -> str:
    at = text.lower().find(mention.lower())
    while at >= 0:
        text = f"{text[:at]} {text[at + len(mention) :]}"
        at = text.lower().find(mention.lower())
    return " ".join(text.split(" ")).strip(" ，,:：")


class OrdersTheBot(Filter):
    """把10月台账导出来, while a reason or an answer was asked: an order is an order, understood or not."""

    async def __call__(self, message: Message) -> bool:
        """Asked of the secretariat and the convener only where free words are waited for."""
        return orders_the_bot(message.text or "")


class Answers(Filter):
    """Words that may answer what was just asked: short, no question, none of the words that begin something else."""

    ELSEWHERE = re.compile(r"^(?:我的)?待办|^帮助$|^填报|^月报|^(?:议定事项|落实情况)$")

    def __init__(self, at_most: int = 300) -> None:
        self._at_most = at_most

    async def __call__(self, message: Message, turn: Turn, **data: Any) -> bool | dict[str, Any]:
        """Only words meant for the bot. Gives `words`."""
        addressed = await Addressed()(message, turn)
        if not isinstance(addressed, dict):
            return False
        words = addressed["words"]
        is_other = len(words) > self._at_most or self.ELSEWHERE.search(words) or ends_asking(words)
        return False if is_other else addressed
