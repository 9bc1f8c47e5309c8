"""What nobody understood and is no question: said so, instead of three quotations that have nothing to do with it."""

from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.checkins.filters import sheet_in_hand
from handlers.checkins.pages import place_of
from handlers.filters import Addressed, Pressing
from handlers.questions.ask import take_question
from handlers.turn import Turn
from services.checkins.errors import NothingDue
from services.checkins.office import Office
from services.checkins.standing.sheets import Sheet
from services.outbox import Button, Pressed, close_buttons
from services.privacy import has_contact_data, redact
from services.speech import asks, is_statement

LONGEST = 300


class HoldsContact(Filter):
    """我电话13800138000，有事打给我: a number or address of a person, and no question."""

    async def __call__(self, message: Message, turn: Turn) -> bool:
        """In private; in a group nobody answers what was not asked."""
        addressed = await Addressed()(message, turn) if turn.is_private else False
        return isinstance(addressed, dict) and has_contact_data(addressed["words"]) and not asks(addressed["words"])


class SaysSomething(Filter):
    """A statement while a draft is open in this chat. Gives `sheet` and `words`."""

    async def __call__(self, message: Message, turn: Turn, state: FSMContext, office: Office) -> bool | dict[str, Any]:
        """A question, and a bare subject such as 补贴标准, go to the library."""
        addressed = await Addressed()(message, turn) if turn.is_private and turn.who.unit_ids else False
        if not isinstance(addressed, dict) or not is_statement(addressed["words"]):
            return False
        if (await place_of(turn, state)).submission_id is None:
            return False
        try:
            sheet = await sheet_in_hand(turn, state, office)
        except NothingDue:
            return False
        is_open = sheet is not None and sheet.has_draft and len(addressed["words"]) <= LONGEST
        return {"sheet": sheet, "words": addressed["words"]} if is_open else False


def router() -> Router:
    """Right before questions."""
    made = Router(name="unread")
    made.message.register(keep_nothing, HoldsContact())
    made.message.register(say_unread, SaysSomething())
    made.callback_query.register(press_look_up, Pressing("unread_ask"))
    return made


async def keep_nothing(message: Message, turn: Turn) -> None:
    """Nothing of it is stored or looked up."""
    await turn.say("basics.contact_not_kept")


async def say_unread(message: Message, turn: Turn, sheet: Sheet, words: str) -> None:
    """The draft is as it was; the way to the card and, should it be a question after all, to the library."""
    card = Button("checkin_cards.button_card", "checkin_card", {"submission_id": sheet.submission.id})
    look = Button("basics.button_look_up", "unread_ask", {"words": redact(words)})
    await turn.say("basics.unread_in_report", buttons=((card, look),), period=sheet.label)


async def press_look_up(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """It was a question."""
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    await take_question(turn, str(pressed.payload["words"]), None)
