"""What became of a request: 给批没批, 延期批了吗."""

from dataclasses import asdict

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import Message, TelegramObject

from handlers.filters import Matches, Private
from handlers.turn import Turn
from services.meetings.items.requests import asks_what_became, list_requested
from services.tickets.waiting import list_asked

SHOWN_AT_MOST = 8


class OfUnits(Filter):
    """Somebody who speaks for units and grants nothing."""

    async def __call__(self, event: TelegramObject, turn: Turn) -> bool:
        """The secretariat and the convener are the ones who are asked."""
        return bool(turn.who.unit_ids) and not turn.who.is_secretariat and not turn.who.holds("convener")


def router() -> Router:
    """Before one's own check-in, which knows only its own requests."""
    made = Router(name="requests")
    made.message.register(show_requested, Matches(F.text), Matches(F.text.func(asks_what_became)), Private(), OfUnits())
    return made


async def show_requested(message: Message, turn: Turn) -> None:
    """给批没批: what one's units asked leave for, and what became of it."""
    found = await list_requested(turn.session, turn.who, now=turn.now)
    shown = [{**asdict(one), "at": one.at.isoformat()} for one in found[:SHOWN_AT_MOST]]
    waiting = await list_asked(turn.session, turn.who)
    await turn.say("todo.requested", requests=shown, tickets=len(waiting))
