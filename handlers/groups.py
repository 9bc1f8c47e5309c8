"""Group chats: coming in, being bound by the secretariat, going out, moving; and no phone numbers in them."""

import re
from typing import Any

from aiogram import F, Router
from aiogram.filters import JOIN_TRANSITION, LEAVE_TRANSITION, ChatMemberUpdatedFilter, Command, Filter
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from handlers.filters import Addressed, Matches, Pressing
from handlers.turn import Rows, Turn
from services.chats import bind_chat, choose_notice_topic, enter_chat, leave_chat, move_chat
from services.members.reach import list_secretariat, mark_unreachable
from services.members.redaction import has_personal_numbers
from services.outbox import Button, Pressed, close_buttons

GROUPS = Matches(F.chat.type.in_({"group", "supergroup"}))


def router() -> Router:
    """Comes before every other conversation: a message with somebody's number must not be taken by any of them."""
    made = Router(name="groups")
    made.my_chat_member.register(added, GROUPS, ChatMemberUpdatedFilter(JOIN_TRANSITION))
    made.my_chat_member.register(removed, GROUPS, ChatMemberUpdatedFilter(LEAVE_TRANSITION))
    made.my_chat_member.register(blocked, Matches(F.chat.type == "private"), ChatMemberUpdatedFilter(LEAVE_TRANSITION))
    made.message.register(moved, Matches(F.migrate_to_chat_id))
    made.message.register(ask_to_delete, GROUPS, CarriesPersonalNumbers())
    made.edited_message.register(ask_to_delete, GROUPS, CarriesPersonalNumbers())
    made.message.register(ask_binding, Command("bind"))
    made.callback_query.register(bind, Pressing("groups_bind"))
    made.callback_query.register(walk_out, Pressing("groups_leave"))
    return made


_ASKS_REPLIED = re.compile(r"/ask(?:@\w+)?")


class CarriesPersonalNumbers(Filter):
    """A message for the bot that holds somebody's phone or identity number."""

    async def __call__(self, message: Message, turn: Turn) -> bool:
        """Commands, mentions and replies to the bot count; talk among people is not looked at."""
        text = message.text or message.caption or ""
        if _ASKS_REPLIED.fullmatch(text.strip()) and message.reply_to_message is not None:
            text = f"{text} {message.reply_to_message.text or ''}"  # the replied words are the question
        if message.forward_origin is not None or not has_personal_numbers(text):
            return False
        if text.startswith("/"):
            return True
        plain = message if message.text else message.model_copy(update={"text": message.caption}).as_(message.bot)
        return bool(await Addressed()(plain, turn))


async def added(event: ChatMemberUpdated, turn: Turn, settings: Any, username: str) -> None:
    """A short word in the group, and the question to the secretariat in private; its own chat needs no binding."""
    chat = await enter_chat(turn.session, turn.chat_id, now=turn.now)
    if turn.chat_id == settings.consortium.secretariat_chat:
        await turn.say("groups.hello_office", consortium=settings.consortium.name, username=username)
        return
    is_bound = chat.status == "bound"
    await turn.say("groups.hello", consortium=settings.consortium.name, is_bound=is_bound, username=username)
    if is_bound:
        return
    title = event.chat.title or ""
    for telegram_id in await list_secretariat(turn.session, frozenset(settings.consortium.secretaries)):
        await turn.tell(telegram_id, "groups.added", buttons=_choices(turn), title=title, by=turn.who.name)


async def removed(event: ChatMemberUpdated, turn: Turn) -> None:
    """Nothing is sent there any more."""
    await leave_chat(turn.session, turn.chat_id, now=turn.now)


async def blocked(event: ChatMemberUpdated, turn: Turn) -> None:
    """The person stopped the bot; the secretariat sees it on the board."""
    await mark_unreachable(turn.session, turn.who.telegram_id, "blocked")


async def moved(message: Message, turn: Turn) -> None:
    """The group became a supergroup."""
    await move_chat(turn.session, turn.chat_id, message.migrate_to_chat_id or 0, now=turn.now)


async def ask_to_delete(message: Message, turn: Turn) -> None:
    """Ask the sender to take the number back. Nothing of the message is stored or acted upon."""
    await turn.say("groups.please_delete")


async def ask_binding(message: Message, turn: Turn) -> None:
    """`/bind`: the choice, in the group itself; only who asked can press. In a topic: notices go there."""
    turn.who.require_secretariat()
    if turn.is_private:
        await turn.say("groups.bind_in_group")
        return
    await turn.say("groups.bind_ask", buttons=_choices(turn), in_topic=turn.thread_id is not None)


async def bind(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """The group hears answers up to the chosen level, and notices."""
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    chat_id, access = int(pressed.payload["chat_id"]), str(pressed.payload["access"])
    chat = await bind_chat(turn.session, turn.who, chat_id, access, now=turn.now)
    await choose_notice_topic(turn.session, turn.who, chat_id, pressed.payload["thread_id"])
    limit = Button("groups.button_scope", "scope_show", {"chat_id": chat_id})
    await turn.change("groups.bound", ((limit,),), title=chat.title, access=access, collections=list(chat.collections))


async def walk_out(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """Leave the group: that is a call to Telegram, so it is an errand."""
    turn.who.require_secretariat()
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    chat_id = int(pressed.payload["chat_id"])
    await turn.promise("leave_chat", {"chat_id": chat_id})
    await turn.change("groups.leaving")


def _choices(turn: Turn) -> Rows:
    place = {"chat_id": turn.chat_id, "thread_id": turn.thread_id}
    return (
        (Button("groups.button_bind_members", "groups_bind", {**place, "access": "members"}),),
        (Button("groups.button_bind_public", "groups_bind", {**place, "access": "public"}),),
        (Button("groups.button_leave", "groups_leave", place),),
    )
