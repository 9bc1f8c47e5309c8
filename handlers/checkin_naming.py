"""After filing: what was counted is given its names, and anything else that is said then goes where it belongs."""

from typing import Any

from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.checkin_submitting import ask_names_after
from handlers.courtesies import is_courtesy
from handlers.filters import Addressed
from handlers.turn import Turn
from services.registers.naming import are_names, leaves_open, note_names
from services.registers.showing import row_values


class GivesNames(Filter):
    """Words that may be the names asked for, or say that there are none. Gives `words`."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        """A question, a correction or a courtesy names nothing."""
        addressed = await Addressed()(message, turn)
        if not isinstance(addressed, dict):
            return False
        words = addressed["words"]
        names = leaves_open(words) or (are_names(words) and not is_courtesy(words))
        return addressed if names else False


async def take_names(message: Message, turn: Turn, state: FSMContext, words: str) -> None:
    """Partners, platforms, needs that were counted and not named; 跳过 leaves them open."""
    data = await state.get_data()
    await state.clear()
    register, submission_id = str(data["register"]), int(data["submission_id"])
    named = await note_names(turn.session, turn.who, submission_id, register, words, now=turn.now)
    rows = [row_values(one) for one in named.rows]
    await turn.say("checkins.names_noted", register=register, rows=rows, left=named.left)
    await ask_names_after(turn, state, submission_id, list(data.get("keys", ())), after=register)
