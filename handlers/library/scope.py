"""Which collections a group may hear: in the group in words or by buttons, in private by `/kb 群`."""

import re
from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from handlers.filters import Addressed, Pressing, Secretariat
from handlers.turn import Rows, Turn, in_rows
from services.chats import get_chat
from services.library.scope import limit_group, list_collections, list_groups
from services.models import Chat
from services.outbox import Button, Pressed

ONLY = re.compile(r"^本群(?:只|仅)(?:能|可|可以)?听\s*[:：]?\s*(?P<names>\S.*?)(?:栏目)?[。.!！]?$")
ANY = re.compile(r"^本群(?:不限栏目|不限|栏目不限)[。.!！]?$")
SHOW = re.compile(r"^本群(?:能听(?:什么|哪些)|(?:的)?栏目(?:范围)?)[？?。]?$")
APART = re.compile(r"[、,，;；\s]+")
CHOICES = 18


class NamesScope(Filter):
    """本群只听 A、B · 本群不限栏目 · 本群能听什么, in a group. Gives `names`: None to show."""

    async def __call__(self, message: Message, turn: Turn, **data: Any) -> bool | dict[str, Any]:
        """Only words meant for the bot."""
        addressed = None if turn.is_private else await Addressed()(message, turn)
        words = addressed["words"] if isinstance(addressed, dict) else ""
        if ANY.match(words):
            return {"names": []}
        only = ONLY.match(words)
        if only:
            return {"names": [one.strip("《》“”") for one in APART.split(only["names"]) if one]}
        return {"names": None} if SHOW.match(words) else False


def router() -> Router:
    """Before questions."""
    made = Router(name="scope")
    made.message.register(name_scope, NamesScope(), Secretariat())
    made.callback_query.register(press_scope, Pressing("scope_show"))
    made.callback_query.register(press_limit, Pressing("scope_limit"))
    return made


async def name_scope(message: Message, turn: Turn, names: list[str] | None) -> None:
    """In words, in the group itself."""
    chat = await get_chat(turn.session, turn.chat_id)
    if names is not None:
        chat = await limit_group(turn.session, turn.who, turn.chat_id, names, now=turn.now)
    await turn.say("scope.card", buttons=await _buttons(turn, chat), **_values(chat))


async def show_groups(turn: Turn) -> None:
    """`/kb 群`: the groups, each with what it may hear."""
    chats = await list_groups(turn.session, turn.who)
    buttons = tuple(
        (Button("scope.button_group", "scope_show", {"chat_id": one.chat_id}, {"title": one.title}),) for one in chats
    )
    await turn.say("scope.groups", buttons=buttons, groups=[_values(one) for one in chats])


async def press_scope(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """The card of one group."""
    turn.who.require_secretariat()
    chat = await get_chat(turn.session, int(pressed.payload["chat_id"]))
    await turn.change("scope.card", buttons=await _buttons(turn, chat), **_values(chat))


async def press_limit(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """Exactly these collections from now on."""
    chat_id, wanted = int(pressed.payload["chat_id"]), list(pressed.payload["collections"])
    chat = await limit_group(turn.session, turn.who, chat_id, wanted, now=turn.now)
    await turn.change("scope.card", buttons=await _buttons(turn, chat), **_values(chat))


def _values(chat: Chat) -> dict[str, Any]:
    return {"title": chat.title, "access": chat.access, "status": chat.status, "collections": list(chat.collections)}


async def _buttons(turn: Turn, chat: Chat) -> Rows:
    """A press adds a collection or takes it away; the last one is not taken away, as none would mean any."""
    chosen = [str(one) for one in chat.collections]
    known = await list_collections(turn.session, chat.access if chat.status == "bound" else "public")
    made = []
    for one in dict.fromkeys((*chosen, *known)):
        after = [other for other in chosen if other != one] if one in chosen else [*chosen, one]
        payload = {"chat_id": chat.chat_id, "collections": after or chosen}
        values = {"name": one, "is_chosen": one in chosen}
        made.append(Button("scope.button_collection", "scope_limit", payload, values))
    rows = in_rows(made[:CHOICES])
    free = Button("scope.button_any", "scope_limit", {"chat_id": chat.chat_id, "collections": []})
    return (*rows, (free,)) if chosen else rows
