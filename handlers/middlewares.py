"""What happens around every handler: who speaks, which button, and what a refusal says."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, Chat, InaccessibleMessage, Message, TelegramObject, Update, User

from handlers.memory import write_back
from handlers.refusals import text_key_of
from handlers.turn import Turn
from services.audit import record_attempt
from services.chats import note_chat
from services.errors import NotAllowed, Refusal
from services.members.actors import Account, meet
from services.outbox import get_pressed

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]
# Telegram's stand-ins for "an admin, anonymously" and "a channel": they are nobody (Bot API, Message.sender_chat).
NOBODY = frozenset({1087968824, 136817688, 777000})


class TurnMiddleware(BaseMiddleware):
    """Fills the turn: chat, topic, message, and the speaker with the rights of today."""

    def __init__(self, secretaries: frozenset[int]) -> None:
        self._secretaries = secretaries

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Updates without a person behind them go no further."""
        turn: Turn = data["turn"]
        user: User | None = data.get("event_from_user")
        chat: Chat | None = data.get("event_chat")
        if user is None or user.is_bot or user.id in NOBODY or chat is None:
            return None
        _place(turn, event, chat)
        account = Account(user.id, user.full_name, user.username or "")
        turn.actor = await meet(
            turn.session, account, secretaries=self._secretaries, privately=turn.is_private, now=turn.now
        )
        data["actor"] = turn.actor
        if not turn.is_private:
            data["chat_row"] = await note_chat(
                turn.session, chat.id, chat.type, chat.title or "", is_forum=bool(chat.is_forum), now=turn.now
            )
        result = await handler(event, data)
        await write_back(turn)
        return result


class ButtonMiddleware(BaseMiddleware):
    """Finds the stored button behind a press, so that handlers filter on its action."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Sets `turn.pressed`; a forged, foreign or closed button is refused."""
        turn: Turn = data["turn"]
        assert isinstance(event, CallbackQuery)
        who, where = turn.who.person_id, turn.chat_id
        turn.pressed = await get_pressed(turn.session, event.data or "", person_id=who, chat_id=where)
        data["pressed"] = turn.pressed
        return await handler(event, data)


class RefusalMiddleware(BaseMiddleware):
    """Undoes what a refused request had begun and says why in the user's words.

    Conversations go back too, and wait for other words; where none could be taken, one that was ended stays so.
    What somebody tried without the right to it stands in the audit trail.
    """

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """The refusal itself is an effect: it is recorded and answered once."""
        turn: Turn = data["turn"]
        said = len(turn.posted)
        try:
            async with turn.session.begin_nested():
                return await handler(event, data)
        except Refusal as refusal:
            del turn.posted[said:]
            ended = {} if refusal.may_retry else {name: one for name, one in turn.dialogues.items() if one.is_at_rest}
            turn.dialogues = {**turn.dialogues_before, **ended}
            if isinstance(refusal, NotAllowed):
                record_attempt(turn.session, refusal, _tried(event, turn), by=turn.who.person_id, now=turn.now)
            key = text_key_of(refusal)
            if turn.callback_id:
                turn.hint(key, alert=True, **refusal.facts)
            else:
                await turn.say(key, **refusal.facts)
            return None


def _tried(event: TelegramObject, turn: Turn) -> str:
    """The button's action, the command, or that it was said in words."""
    if turn.pressed is not None:
        return turn.pressed.action
    words = (event.text or "") if isinstance(event, Message) else ""
    return words.split()[0][:40] if words.startswith("/") else "button" if turn.callback_id else "words"


def _place(turn: Turn, event: TelegramObject, chat: Chat) -> None:
    turn.chat_id, turn.is_private = chat.id, chat.type == "private"
    message: Message | InaccessibleMessage | None = None
    if isinstance(event, Update):
        message = event.message or event.edited_message
        if event.callback_query:
            turn.callback_id = event.callback_query.id
            message = event.callback_query.message
    if message is not None:
        turn.message_id = message.message_id
        if isinstance(message, Message) and message.is_topic_message:
            turn.thread_id = message.message_thread_id
