"""Having a whole document: 把章程发我, 方案全文, 有没有办法的原件, `/file 章程`; the one that was answered from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from aiogram import Router
from aiogram.filters import Command, CommandObject, Filter
from aiogram.types import CallbackQuery, Message

from handlers.filters import Addressed, Pressing
from handlers.questions.reading import last_places
from handlers.turn import Rows, Turn
from services.errors import NotHere
from services.library.handing import HANDS, KIND, Titled, find_titled, judge, list_titled
from services.library.hearing import Hearing, hearing_in
from services.library.wishes import DocumentWish, read_document
from services.members.reach import is_reachable
from services.outbox import Button, Pressed

SHOWN_AT_MOST = 8


@dataclass(frozen=True)
class Found:
    """Documents that may be meant. `goes_private`: the speaker may have them and the group may not."""

    papers: list[Titled]
    goes_private: bool = False


class WantsDocument(Filter):
    """Words that want a document, not a part of it. Gives `wish` and `found`."""

    async def __call__(self, message: Message, turn: Turn, chat_row: Any = None) -> bool | dict[str, Any]:
        """Only words meant for the bot; those that name nothing on the shelf must say that they mean a document."""
        addressed = await Addressed()(message, turn)
        wish = read_document(addressed["words"]) if isinstance(addressed, dict) else None
        if wish is None:
            return False
        found = await _find(message, turn, wish, chat_row)
        return {"wish": wish, "found": found} if found.papers or wish.is_certain else False


def router() -> Router:
    """After the rooms with papers of their own, before the shelf and questions."""
    made = Router(name="originals")
    made.message.register(send_by_command, Command("file"))
    made.message.register(send_in_words, WantsDocument())
    made.callback_query.register(press_send, Pressing(HANDS))
    return made


async def send_by_command(message: Message, command: CommandObject, turn: Turn, chat_row: Any = None) -> None:
    """`/file NAME`; without a name, the document that was just answered from."""
    wish = DocumentWish((command.args or "").strip("《》 "), is_certain=True)
    await send_in_words(message, turn, wish, await _find(message, turn, wish, chat_row), chat_row)


async def send_in_words(message: Message, turn: Turn, wish: DocumentWish, found: Found, chat_row: Any = None) -> None:
    """The one that is meant; which, where several may be."""
    if not found.papers:
        await turn.say("kb.original_none", given=wish.name, in_group=not turn.is_private)
    elif len(found.papers) == 1:
        await _hand(turn, found.papers[0].id, chat_row)
    elif not found.goes_private:
        await turn.say("kb.original_which", buttons=_which(found.papers), **_asked(wish, found))
    elif await _point_to_private(turn):
        await turn.tell(turn.who.telegram_id, "kb.original_which", _which(found.papers), **_asked(wish, found))


async def press_send(query: CallbackQuery, turn: Turn, pressed: Pressed, chat_row: Any = None) -> None:
    """The chosen one, judged by who presses now."""
    await _hand(turn, int(pressed.payload["document_id"]), chat_row)


async def _find(message: Message, turn: Turn, wish: DocumentWish, chat_row: Any) -> Found:
    """Among what the place may hear; else among what the speaker may, which goes on in private."""
    places = [] if wish.name else await last_places(message, turn, chat_row)
    cited = list(dict.fromkeys(one.document_id for one in places))
    here = hearing_in(turn.who, chat_row)
    for hearing in (here, Hearing(turn.who.access)):
        if wish.name:
            papers = await find_titled(turn.session, wish.name, hearing, older=wish.is_older)
        else:
            papers = await list_titled(turn.session, cited, hearing)
        if papers:
            return Found(papers, goes_private=hearing != here)
    return Found([])


async def _hand(turn: Turn, document_id: int, chat_row: Any) -> None:
    payload: dict[str, Any] = {"document_id": document_id, "person_id": turn.who.person_id}
    try:
        await judge(turn.session, turn.who, document_id, hearing_in(turn.who, chat_row))
    except NotHere:
        if not await _point_to_private(turn):
            return
        payload |= {"private": True, "telegram_id": turn.who.telegram_id}
    else:
        payload |= {} if turn.is_private else {"reply_to": turn.message_id}
    turn.hint("kb.original_coming")
    await turn.promise(KIND, payload, business_key=f"hand:{turn.update_id}")


async def _point_to_private(turn: Turn) -> bool:
    """Said in the group without a title; whether it can go on there."""
    reachable = await is_reachable(turn.session, turn.who.person_id)
    await turn.say("kb.original_private" if reachable else "kb.original_private_unreachable")
    return reachable


def _asked(wish: DocumentWish, found: Found) -> dict[str, Any]:
    return {"given": wish.name, "shown": min(len(found.papers), SHOWN_AT_MOST), "total": len(found.papers)}


def _which(found: Sequence[Titled]) -> Rows:
    return tuple(
        (
            Button(
                "kb.button_which",
                HANDS,
                {"document_id": one.id},
                {"number": one.id, "title": one.title, "state": one.state},
            ),
        )
        for one in found[:SHOWN_AT_MOST]
    )
