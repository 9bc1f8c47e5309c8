"""Reading what an answer stands on: the whole clause with the quoted sentence marked, and on to what is around it."""

from collections.abc import Sequence
from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from handlers.filters import Addressed, Pressing
from handlers.questions.answers import MARKS, PLACES_IN_A_ROW, standing_values
from handlers.questions.marking import in_pieces
from handlers.turn import Rows, Turn, in_rows
from services.errors import NotHere
from services.library.handing import HANDS
from services.library.hearing import Hearing, hearing_in
from services.library.opening import Opened, open_clause
from services.library.wishes import ReadingWish, read_reading
from services.members.reach import is_reachable
from services.outbox import Button, Pressed
from services.questions.asking import Place
from services.questions.places import OPENS, Cited, find_article, places_of_last_answer
from services.questions.recording import open_passage

GOES_ON = "ask_turn"


class WantsToRead(Filter):
    """看原文, 把这条全文给我看看, 第二条依据的原文. Gives `wish` and `places`."""

    async def __call__(self, message: Message, turn: Turn, chat_row: Any = None) -> bool | dict[str, Any]:
        """Only words meant for the bot; those that may be a question need an answer that they can mean."""
        addressed = await Addressed()(message, turn)
        wish = read_reading(addressed["words"]) if isinstance(addressed, dict) else None
        if wish is None:
            return False
        places = await last_places(message, turn, chat_row)
        return {"wish": wish, "places": places} if places or wish.is_certain else False


def router() -> Router:
    """Before the rooms that take free words: what was just shown is meant."""
    made = Router(name="reading")
    made.message.register(read_in_words, WantsToRead())
    made.callback_query.register(show_passage, Pressing(OPENS))
    made.callback_query.register(turn_page, Pressing(GOES_ON))
    return made


async def last_places(message: Message, turn: Turn, chat_row: Any) -> list[Cited]:
    """What the answer cited that the speaker means."""
    replied = message.reply_to_message.message_id if message.reply_to_message else None
    place = Place(turn.chat_id, turn.thread_id, turn.message_id, chat_row)
    return await places_of_last_answer(turn.session, turn.who, place, replied_to=replied, now=turn.now)


async def read_in_words(
    message: Message, turn: Turn, wish: ReadingWish, places: list[Cited], chat_row: Any = None
) -> None:
    """The place that is meant; which, where several may be."""
    one = await _meant(turn, wish, places)
    if one is not None:
        await _show(turn, one.passage_id, one.answer_id, chat_row)
    elif places:
        await _ask_which(turn, places)
    else:
        await turn.say("ask.passage_none")


async def show_passage(query: CallbackQuery, turn: Turn, pressed: Pressed, chat_row: Any = None) -> None:
    """The clause behind an answer, as a message of its own."""
    await _show(turn, int(pressed.payload["passage_id"]), pressed.payload.get("answer_id"), chat_row)


async def turn_page(query: CallbackQuery, turn: Turn, pressed: Pressed, chat_row: Any = None) -> None:
    """What stands before or after, in the same message."""
    await _show(turn, int(pressed.payload["passage_id"]), pressed.payload["answer_id"], chat_row, changes=True)


async def _show(turn: Turn, passage_id: int, answer_id: int | None, chat_row: Any, *, changes: bool = False) -> None:
    """Rights are judged by who asks now and by the place; what the place may not hear goes on in private."""
    heard, in_group = hearing_in(turn.who, chat_row), not turn.is_private
    try:
        passage = await open_passage(turn.session, turn.who, passage_id, heard=heard, in_group=in_group, now=turn.now)
    except NotHere:
        await _show_in_private(turn, passage_id, answer_id)
        return
    opened = await open_clause(turn.session, passage, answer_id, heard)
    await (turn.change if changes else turn.say)("ask.passage", _around(opened, answer_id), **values_of(opened))


async def _show_in_private(turn: Turn, passage_id: int, answer_id: int | None) -> None:
    reachable = await is_reachable(turn.session, turn.who.person_id)
    pointer = "ask.passage_private" if reachable else "ask.passage_private_unreachable"
    if turn.callback_id:
        turn.hint(pointer, alert=True)
    else:
        await turn.say(pointer)
    if reachable:
        alone = Hearing(turn.who.access)
        passage = await open_passage(turn.session, turn.who, passage_id, heard=alone, in_group=False, now=turn.now)
        opened = await open_clause(turn.session, passage, answer_id, alone)
        await turn.tell(turn.who.telegram_id, "ask.passage", _around(opened, answer_id), **values_of(opened))


async def _meant(turn: Turn, wish: ReadingWish, places: Sequence[Cited]) -> Cited | None:
    if wish.article and (found := await find_article(turn.session, list(places), wish.article)):
        return found
    if 0 < wish.number <= len(places):
        return places[wish.number - 1]
    return places[0] if len(places) == 1 else None


async def _ask_which(turn: Turn, places: Sequence[Cited]) -> None:
    marked = list(zip(places, MARKS, strict=False))
    buttons = [
        Button("ask.button_passage", OPENS, {"passage_id": one.passage_id, "answer_id": one.answer_id}, {"mark": mark})
        for one, mark in marked
    ]
    values = [{"mark": mark, "title": one.title, "clause": one.clause} for one, mark in marked]
    await turn.say("ask.passage_which", buttons=in_rows(buttons, PLACES_IN_A_ROW), places=values)


def _around(opened: Opened, answer_id: int | None) -> Rows:
    ways = (("ask.button_before", opened.before), ("ask.button_after", opened.after))
    there = [(label, at) for label, at in ways if at is not None]
    on = [Button(label, GOES_ON, {"passage_id": at, "answer_id": answer_id}) for label, at in there]
    return (*in_rows(on), (Button("kb.button_original", HANDS, {"document_id": opened.document.id}),))


def values_of(opened: Opened) -> dict[str, Any]:
    """Values of `ask.passage`."""
    document = opened.document
    pieces = in_pieces(opened.text, opened.quotes)
    return {
        "title": document.title,
        "clause": opened.clause,
        "path": list(opened.path),
        "pieces": pieces,
        "has_quotes": any(one["quoted"] for one in pieces),
        "first": opened.first,
        "last": opened.last,
        "total": opened.total,
        "issuer": document.issuer,
        "number": document.number,
        "issued_on": document.issued_on.isoformat() if document.issued_on else "",
        "standing": standing_values(opened.standing) if opened.standing else None,
    }
