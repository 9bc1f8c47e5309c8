"""Which words belong to supply and demand: an offer, an answer, a correction, a closing."""

from typing import Any, Literal

from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.checkins.filters import hear_figures
from handlers.checkins.pages import place_of
from handlers.checkins.words import BEGIN, CARD, SUBMIT, TEMPLATE, VERSIONS, meant
from handlers.filters import Addressed, Answers
from handlers.supply.pages import name_of_offer
from handlers.turn import Turn
from services.checkins.filling.hearing import Hearing, Place
from services.checkins.office import Office
from services.orders.leaving import leaves
from services.speech import asks
from services.supply.changing import drops, may_close, read_besides, read_change, read_closing
from services.supply.desk import SupplyDesk
from services.supply.fields import KINDS, NEED, SUPPLY, Kind
from services.supply.finding import get_offer, list_own, units_for
from services.supply.hearing import Heard, hear_offer
from services.supply.named import names_in, only_said, without_name
from services.supply.overview import may_oversee
from services.supply.reading import Read, read_field, weigh_post
from services.supply.tables import load_catalogue

FILLING = (BEGIN, SUBMIT, TEMPLATE, CARD, VERSIONS)
LONGEST_PLAIN = 24
SHORT = 12  # words that answer nothing and are longer are for somebody else


def told_besides(heard: Heard, figures: Hearing | None) -> Literal["nothing", "same", "more"]:
    """What else the words give to a check-in: nothing, only how many people are offered work, or more than that."""
    reading = figures.reading if figures is not None else None
    if figures is None or heard.is_refused:
        return "nothing"
    if reading is None:
        return "same" if figures.sheets else "more"
    refused = {code.partition(":")[0] for code in reading.reject}
    values = {one.value for key, one in reading.items.items() if key not in refused}
    counts = [int(one.values.get("headcount", 0)) for one in heard.reads]
    if not values:
        return "nothing"
    return "same" if heard.kind is NEED and values <= {*counts, sum(counts)} else "more"


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
    """Words that offer posts or graduates and are not figures alone. Gives `heard`, `words`, and `figure` where the
    words may as well be that figure of a check-in."""

    async def __call__(
        self, message: Message, turn: Turn, state: FSMContext, supply: SupplyDesk, office: Office
    ) -> bool | dict[str, Any]:
        """Only words meant for the bot, from somebody who speaks for such a unit."""
        addressed = await Addressed()(message, turn)
        place = await place_of(turn, state)
        if not turn.who.unit_ids or not isinstance(addressed, dict) or place.key:
            return False
        heard = await hear_offer(turn.session, supply, turn.who, addressed["words"], now=turn.now)
        if heard is None:
            return False
        figures = await hear_figures(turn, office, place, addressed["words"])
        told = told_besides(heard, figures)
        if told == "more" and (place.submission_id or heard.kind is NEED):
            return False
        return {"heard": heard, "figure": figures if told == "same" and not heard.is_sure else None, **addressed}


class AnswersField(Filter):
    """Words that answer the question just asked. Gives `read`, empty when short words could not be read."""

    async def __call__(
        self, message: Message, turn: Turn, state: FSMContext, supply: SupplyDesk, office: Office
    ) -> bool | dict[str, Any]:
        """Words that do not answer pass by when they are long, ask, begin a check-in or give it figures."""
        answer = await Answers()(message, turn)
        if not isinstance(answer, dict):
            return False
        data, words = await state.get_data(), answer["words"]
        if weigh_post(words):
            return False  # another post
        field = str(data["field"])
        if (of_other := await _of_other(turn, data, words, supply)) is not None:
            return of_other
        today, catalogue = supply.today(turn.now), await load_catalogue(turn.session)
        read = read_field(field, words, today, catalogue)
        other = read_change(KINDS[str(data["kind"])], words, today, catalogue)
        if other is not None and (other.values or other.said):
            return {"read": other}
        if read.values or read.said:
            return {"read": read}
        elsewhere = len(words) > SHORT or asks(words) or any(meant(words, one) for one in FILLING)
        if elsewhere or await hear_figures(turn, office, Place(), words):
            return False
        return {"read": read_besides(KINDS[str(data["kind"])], words, today, catalogue) or read}


async def _of_other(turn: Turn, data: dict[str, Any], words: str, desk: SupplyDesk) -> dict[str, Any] | None:
    """仪表工专业不限, while another post is before one's eyes: what is said of the post named, or None."""
    kind = KINDS[str(data["kind"])]
    if kind is not NEED or asks(words):
        return None
    own = [one for one in await list_own(turn.session, turn.who, kind) if one.state != "expired"]
    named = names_in(words, map(name_of_offer, own))
    bearers = [one for one in own if name_of_offer(one) in named]
    if len(named) != 1 or len(bearers) != 1 or bearers[0].id == int(data["id"]):
        return None
    today, catalogue = desk.today(turn.now), await load_catalogue(turn.session)
    said = without_name(words, named[0])
    read = read_change(kind, said, today, catalogue) or read_besides(kind, said, today, catalogue)
    values = only_said(read.values, said) if read else {}
    return {"read": Read(values, {}, said), "other": bearers[0]} if values else None


class Corrects(Filter):
    """「人数改成5」 while a card is before one's eyes. Gives `read`."""

    async def __call__(
        self, message: Message, turn: Turn, state: FSMContext, supply: SupplyDesk, office: Office
    ) -> bool | dict[str, Any]:
        """Only words that correct a field of that side, or say plainly what one is: 1月底到岗."""
        answer = await Answers()(message, turn)
        if not isinstance(answer, dict):
            return False
        data, words = await state.get_data(), answer["words"]
        if (of_other := await _of_other(turn, data, words, supply)) is not None:
            return of_other
        kind, catalogue = KINDS[str(data["kind"])], await load_catalogue(turn.session)
        read = read_change(kind, words, supply.today(turn.now), catalogue)
        if read is None and len(words) <= LONGEST_PLAIN and not asks(words) and not weigh_post(words):
            plain = read_besides(kind, words, supply.today(turn.now), catalogue)
            read = plain if plain and not await hear_figures(turn, office, Place(), words) else None
        return {"read": read} if read else False


class Drops(Filter):
    """算了不发了, 刚才那个电工取消, about the offer before one's eyes."""

    async def __call__(self, message: Message, turn: Turn, state: FSMContext) -> bool | dict[str, Any]:
        """Words that name another offer are not about this one; 取消登记 is about what is open. Gives `offer`."""
        addressed = await Addressed()(message, turn)
        words = addressed["words"] if isinstance(addressed, dict) else ""
        if not (drops(words) or leaves(words)):
            return False
        data = await state.get_data()
        offer = await get_offer(turn.session, turn.who, KINDS[str(data["kind"])], int(data["id"]))
        return {"offer": offer} if leaves(words) or drops(words, offer) else False


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
