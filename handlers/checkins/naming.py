"""After filing: what was counted is given its names, and anything else that is said then goes where it belongs."""

from typing import Any

from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.checkins import words as say
from handlers.checkins.submitting import ask_names_after
from handlers.courtesies import is_courtesy
from handlers.filters import Addressed
from handlers.turn import Turn
from services.calendar.zones import local_day
from services.checkins.filling.taking import read_message
from services.checkins.office import Office
from services.checkins.standing.finding import get_sheet
from services.registers.name_shapes import leaves_open
from services.registers.naming import are_names, note_names
from services.registers.showing import row_values

ORDERS = (say.BEGIN, say.SUBMIT, say.CARD, say.CLEAR, say.TEMPLATE, say.VERSIONS)


class GivesNames(Filter):
    """Words that may be the names asked for, or say that there are none. Gives `words`."""

    async def __call__(self, message: Message, turn: Turn, state: FSMContext, office: Office) -> bool | dict[str, Any]:
        """A question, an order, a courtesy or a figure of the check-in names nothing."""
        addressed = await Addressed()(message, turn)
        if not isinstance(addressed, dict):
            return False
        words, data = addressed["words"], await state.get_data()
        if is_courtesy(words) or any(say.meant(words, one) for one in ORDERS):
            return False
        if not (leaves_open(words) or are_names(str(data["register"]), words)):
            return False
        sheet = await get_sheet(turn.session, office, turn.who, int(data["submission_id"]))
        return False if read_message(sheet, words, focus=None, now=turn.now).items else addressed


async def take_names(message: Message, turn: Turn, state: FSMContext, office: Office, words: str) -> None:
    """Partners, platforms, needs that were counted and not named; 跳过 leaves them open."""
    data = await state.get_data()
    await state.clear()
    register, submission_id = str(data["register"]), int(data["submission_id"])
    today = local_day(turn.now, office.zone)
    named = await note_names(turn.session, turn.who, submission_id, (register, words), today, now=turn.now)
    rows = [row_values(one) for one in named.rows]
    await turn.say("checkins.names_noted", register=register, rows=rows, left=named.left)
    await ask_names_after(turn, state, submission_id, list(data.get("keys", ())), after=register)
