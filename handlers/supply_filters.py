"""Which words belong to supply and demand: an offer, an answer, a correction, a closing."""

from typing import Any

from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.checkin_pages import place_of
from handlers.checkin_words import BEGIN, CARD, SUBMIT, TEMPLATE, VERSIONS, meant
from handlers.filters import Addressed, Answers
from handlers.turn import Turn
from services.checkins.errors import NothingDue
from services.checkins.hearing import Place, hear
from services.checkins.office import Office
from services.speech import asks
from services.supply.changing import may_close, read_change, read_closing
from services.supply.desk import SupplyDesk
from services.supply.fields import KINDS, NEED, SUPPLY, Kind
from services.supply.hearing import hear_offer
from services.supply.offers import list_own, units_for
from services.supply.overview import may_oversee
from services.supply.reading import read_field
from services.supply.tables import load_catalogue

FILLING = (BEGIN, SUBMIT, TEMPLATE, CARD, VERSIONS)
SHORT = 12  # words that answer nothing and are longer are for somebody else


async def are_figures(turn: Turn, office: Office, place: Place, words: str) -> bool:
    """Whether the words give figures to a check-in."""
    try:
        heard = await hear(turn.session, office, turn.who, place, words, now=turn.now)
    except NothingDue:
        return False
    return heard is not None and heard.kind in ("reading", "choose", "other_month")


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
    """Words that plainly offer posts or graduates, no figures of a check-in in hand. Gives `heard` and `words`."""

    async def __call__(
        self, message: Message, turn: Turn, state: FSMContext, supply: SupplyDesk, office: Office
    ) -> bool | dict[str, Any]:
        """Only words meant for the bot, from somebody who speaks for such a unit."""
        addressed = await Addressed()(message, turn)
        place = await place_of(turn, state)
        if not turn.who.unit_ids or not isinstance(addressed, dict) or place.key:
            return False
        if place.submission_id and await are_figures(turn, office, place, addressed["words"]):
            return False
        heard = await hear_offer(turn.session, supply, turn.who, addressed["words"], now=turn.now)
        return {"heard": heard, **addressed} if heard else False


class AnswersField(Filter):
    """Words that answer the question just asked. Gives `read`, empty when short words could not be read."""

    async def __call__(
        self, message: Message, turn: Turn, state: FSMContext, supply: SupplyDesk, office: Office
    ) -> bool | dict[str, Any]:
        """Words that do not answer pass by when they are long, ask, begin a check-in or give it figures."""
        answer = await Answers()(message, turn)
        if not isinstance(answer, dict):
            return False
        field, words = str((await state.get_data())["field"]), answer["words"]
        read = read_field(field, words, supply.today(turn.now), await load_catalogue(turn.session))
        if read.values or read.said:
            return {"read": read}
        elsewhere = len(words) > SHORT or asks(words) or any(meant(words, one) for one in FILLING)
        return False if elsewhere or await are_figures(turn, office, Place(), words) else {"read": read}


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
