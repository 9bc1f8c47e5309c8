"""Orders that end here: the office's words from somebody else, and the secretariat's that nobody understood."""

from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.filters import Private, Secretariat
from handlers.turn import Turn
from services.checkins.asking import orders as checkin_orders
from services.library.captions import read_repeal
from services.meetings.standing.topics import load_unit_names
from services.members import orders as member_orders
from services.members.units import find_unit
from services.orders.nearest import LONGEST, is_order, nearest
from services.orders.telling import is_no_order
from services.speech import asks

FREE_WORDS = ("why_returned", "why_exempt", "reason", "answer")  # the states in which free words are waited for
OF_ANYBODY = ("show", "behalf", "unit")


class OfficeOrder(Filter):
    """退回…, 催…, 邀请…, 废止… from a member who is not of the secretariat."""

    async def __call__(self, message: Message, turn: Turn) -> bool:
        """What only asks to see something is left to the questions."""
        words = message.text or ""
        if not turn.who.is_member or turn.who.is_secretariat or words.startswith("/"):
            return False
        if read_repeal(words):
            return True
        if not (checkin_orders.may_order(words) or member_orders.may_order(words)):
            return False
        names = await load_unit_names(turn.session)
        checkin, member = checkin_orders.read_order(words, names), member_orders.hear_order(words, names)
        if asks(words):  # who only asks how the register is kept is answered
            member = None
        if checkin is not None and checkin.verb == "show":
            unit = await find_unit(turn.session, checkin.units[0])
            return unit is not None and unit.id not in turn.who.unit_ids  # another's check-in
        return any(one is not None and one.verb not in OF_ANYBODY for one in (checkin, member))


class Unheard(Filter):
    """Words that order something, and that every conversation before this one let pass. Gives `room`."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        """Replies to other people and forwarded words are no orders."""
        words = message.text or ""
        if words.startswith("/") or message.forward_origin is not None or not is_order(words):
            return False
        return {"room": nearest(words)}


class TellsOnly(Filter):
    """先别发通知, 要是能自动催就好了, 上周已经催过了: what sounds like an order and is none."""

    async def __call__(self, message: Message) -> bool:
        """A question is left to the questions."""
        words = message.text or ""
        if words.startswith("/") or message.forward_origin is not None or asks(words):
            return False
        return len(words) <= LONGEST and is_no_order(words)


def router() -> Router:
    """Just before small talk and questions: an order is not answered by a quotation."""
    made = Router(name="orders")
    made.message.register(refuse, OfficeOrder(), Private())
    made.message.register(say_nothing_done, Private(), Secretariat(), TellsOnly())
    made.message.register(say_unheard, Unheard(), Private(), Secretariat())
    return made


async def refuse(message: Message, turn: Turn) -> None:
    """The action is the secretariat's, whoever says the words."""
    turn.who.require_secretariat()


async def say_nothing_done(message: Message, turn: Turn) -> None:
    """Nothing is to be done, and that is said rather than a document quoted."""
    await turn.say("orders.nothing_done")


async def say_unheard(message: Message, turn: Turn, state: FSMContext, room: str) -> None:
    """Nothing was done; what can be said instead. What was asked before still waits for its answer."""
    waits = (await state.get_state() or "").partition(":")[2] in FREE_WORDS
    await turn.say("orders.unheard", words=message.text or "", room=room, waits=waits)
