"""How one's own check-in stands and how it goes on, asked in free words and told from the unit's own rows."""

from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from handlers.checkins.board_pages import say_due
from handlers.filters import Addressed, Private
from handlers.turn import Turn
from services.checkins.asking.state_questions import About, read_state_question
from services.checkins.office import Office
from services.checkins.standing.finding import next_opening


class AsksState(Filter):
    """我们月报现在什么状态, 能不能先交别的, from somebody who speaks for a unit. Gives `about`."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        """Others have no check-in of their own."""
        addressed = await Addressed()(message, turn) if turn.who.unit_ids else False
        about = read_state_question(addressed["words"]) if isinstance(addressed, dict) else None
        return {"about": about} if about is not None else False


def router() -> Router:
    """Before the form itself, which would hear 先交别的 as words of a figure."""
    made = Router(name="checkin_state")
    made.message.register(tell_state, Private(), AsksState())
    return made


async def tell_state(message: Message, turn: Turn, office: Office, about: About) -> None:
    """The rule where one is asked for, and how the own one stands."""
    if about is not About.STATE:
        units = sorted({seat.unit_name for seat in turn.who.seats if seat.unit_name})
        values: dict[str, Any] = {"about": about.value, "units": units, **next_opening(office, turn.now)}
        await turn.say("checkin_board.way", **values)
    if about is not About.OPENS:
        await say_due(turn, office, None)
