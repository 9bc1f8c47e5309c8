"""Which words belong to supply and demand: an offer, an answer, a correction, a closing."""

from typing import Any

from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.checkin_pages import place_of
from handlers.filters import Addressed, Answers
from handlers.turn import Turn
from services.supply.changing import may_close, read_change, read_closing
from services.supply.desk import SupplyDesk
from services.supply.fields import KINDS, NEED, SUPPLY, Kind
from services.supply.hearing import hear_offer
from services.supply.offers import list_own, units_for
from services.supply.overview import may_oversee
from services.supply.reading import read_field
from services.supply.tables import load_catalogue

SHORT = 12  # words that answer nothing and are longer are for somebody else


class Speaks(Filter):
    """Somebody who speaks for a unit of that side. Gives `kind`."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        """By today's register."""
        return {"kind": self._kind} if units_for(turn.who, self._kind) else False


class Oversees(Filter):
    """Somebody who may see both sides as counts."""

    async def __call__(self, message: Message, turn: Turn) -> bool:
        """By today's register."""
        return may_oversee(turn.who)


class Offers(Filter):
    """Words that plainly offer posts or graduates, outside a question of a check-in. Gives `heard` and `words`."""

    async def __call__(
        self, message: Message, turn: Turn, state: FSMContext, supply: SupplyDesk
    ) -> bool | dict[str, Any]:
        """Only words meant for the bot, from somebody who speaks for such a unit."""
        addressed = await Addressed()(message, turn)
        if not turn.who.unit_ids or not isinstance(addressed, dict) or (await place_of(turn, state)).key:
            return False
        heard = await hear_offer(turn.session, supply, turn.who, addressed["words"], now=turn.now)
        return {"heard": heard, **addressed} if heard else False


class AnswersField(Filter):
    """Words that answer the question just asked. Gives `read`, empty when short words could not be read."""

    async def __call__(
        self, message: Message, turn: Turn, state: FSMContext, supply: SupplyDesk
    ) -> bool | dict[str, Any]:
        """Long words that do not answer pass by."""
        answer = await Answers()(message, turn)
        if not isinstance(answer, dict):
            return False
        field, words = str((await state.get_data())["field"]), answer["words"]
        read = read_field(field, words, supply.today(turn.now), await load_catalogue(turn.session))
        return {"read": read} if read.values or read.said or len(words) <= SHORT else False


class Corrects(Filter):
    """「人数改成5」 while a card is before one's eyes. Gives `read`."""

    async def __call__(
        self, message: Message, turn: Turn, state: FSMContext, supply: SupplyDesk
    ) -> bool | dict[str, Any]:
        """Only words that correct a field of that side."""
        answer = await Answers()(message, turn)
        if not isinstance(answer, dict):
            return False
        kind, catalogue = KINDS[str((await state.get_data())["kind"])], await load_catalogue(turn.session)
        read = read_change(kind, answer["words"], supply.today(turn.now), catalogue)
        return {"read": read} if read else False


class Closes(Filter):
    """「电工招满了」 about one's own offers. Gives `closing`."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        """Only words that name one of them, or say nothing else."""
        answer = await Answers(40)(message, turn)
        if not isinstance(answer, dict) or not turn.who.unit_ids or not may_close(answer["words"]):
            return False
        own = [one for kind in (NEED, SUPPLY) for one in await list_own(turn.session, turn.who, kind)]
        closing = read_closing(answer["words"], own)
        return {"closing": closing} if closing else False
