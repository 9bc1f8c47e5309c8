"""Which words order a digest, and which ask for a figure of the reports."""

from typing import Any

from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.checkins.filters import hear_figures
from handlers.checkins.pages import place_of
from handlers.filters import Addressed
from handlers.turn import Turn
from services.checkins.asking.orders import returns_figure
from services.checkins.office import Office
from services.digests.asking import Known, read_order, read_question, sounds_like_question
from services.digests.issuing.editions import audience_of
from services.digests.issuing.press import Press
from services.digests.whose import speaks_of_others, speaks_of_own
from services.members.units import list_units, names_of
from services.orders.telling import is_no_order
from services.periods import Period


class OrdersDigest(Filter):
    """「出个10月简报，word的」 from a member. Gives `order`."""

    async def __call__(self, message: Message, turn: Turn, press: Press) -> bool | dict[str, Any]:
        """Only words meant for the bot."""
        addressed = await Addressed()(message, turn)
        if not isinstance(addressed, dict) or not turn.who.is_member:
            return False
        if is_no_order(addressed["words"]):
            return False
        order = read_order(addressed["words"], this_month(turn, press))
        return {"order": order} if order else False


class AsksFigure(Filter):
    """「乌职院双师比例到75了没」 from a member. Gives `question`."""

    async def __call__(
        self, message: Message, turn: Turn, state: FSMContext, press: Press, office: Office | None = None
    ) -> bool | dict[str, Any]:
        """A unit, a time or 我们 must tie the words to what was reported; anything else is for the library.

        在岗实习153人，其余没变化的话按上月 gives figures, though it has words of a question.
        """
        addressed = await Addressed()(message, turn)
        if not isinstance(addressed, dict) or not turn.who.is_member or not sounds_like_question(addressed["words"]):
            return False
        if turn.who.is_secretariat and returns_figure(addressed["words"]):
            return False  # 某校的数不对吧，退回去
        units = [Known(unit.id, unit.kind, tuple(names_of(unit))) for unit in await list_units(turn.session)]
        own = None if speaks_of_others(addressed["words"]) else _own(turn, units, addressed["words"])
        found = read_question(addressed["words"], this_month(turn, press), press.office.house.forms, units, own)
        if found is None:
            return False
        reports = found.threshold is None and turn.who.unit_ids
        if office and reports and await hear_figures(turn, office, await place_of(turn, state), addressed["words"]):
            return False
        return {"question": found, "words": addressed["words"]}


def _own(turn: Turn, units: list[Known], words: str) -> Known | None:
    """The one unit of somebody who speaks of it, or who reads no other figures."""
    mine = [one for one in units if one.unit_id in turn.who.unit_ids]
    means = speaks_of_own(words) or audience_of(turn.who) is None
    return mine[0] if len(mine) == 1 and means else None


def this_month(turn: Turn, press: Press) -> Period:
    """The month of the moment, from which months are meant."""
    return Period.month_of(press.office.today(turn.now))
