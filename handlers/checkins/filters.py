"""Which words belong to a check-in, and to which: asked before questions have their turn."""

from typing import Any

from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.checkins import words as say
from handlers.checkins.pages import place_of
from handlers.filters import Addressed, Answers
from handlers.turn import Turn
from services.checkins.errors import NothingDue
from services.checkins.filling.hearing import Hearing, Place, hear
from services.checkins.filling.taking import read_message
from services.checkins.office import Office
from services.checkins.standing.finding import get_sheet, require_fillable
from services.checkins.standing.loading import load_sheet
from services.checkins.standing.sheets import Sheet

ORDERS = (say.CARD, say.CLEAR, say.TEMPLATE, say.VERSIONS)


class Says(Filter):
    """Words of one meaning from somebody with a check-in in hand. Gives `sheet`."""

    def __init__(self, *patterns: Any) -> None:
        self._patterns = patterns

    async def __call__(self, message: Message, turn: Turn, state: FSMContext, office: Office) -> bool | dict[str, Any]:
        """Only in private, with a draft or a place in it."""
        words = message.text or ""
        if not turn.is_private or not any(say.meant(words, one) for one in self._patterns):
            return False
        sheet = await sheet_in_hand(turn, state, office)
        return {"sheet": sheet} if sheet is not None else False


class Drafted(Says):
    """The same, and something is drafted: only then is there anything to affirm or to submit."""

    async def __call__(self, message: Message, turn: Turn, state: FSMContext, office: Office) -> bool | dict[str, Any]:
        """A bare 对 to somebody without a draft is courtesy."""
        found = await super().__call__(message, turn, state, office)
        return found if isinstance(found, dict) and found["sheet"].has_draft else False


class Keeps(Says):
    """原数无误, 没错, of the one figure that was returned and not changed yet."""

    async def __call__(self, message: Message, turn: Turn, state: FSMContext, office: Office) -> bool | dict[str, Any]:
        """With a draft, a yes is to the draft."""
        found = await super().__call__(message, turn, state, office)
        kept = isinstance(found, dict) and found["sheet"].only_returned and not found["sheet"].has_draft
        return found if kept else False


class Heard(Filter):
    """Words that are data for a check-in. Gives `heard` and `words`."""

    async def __call__(self, message: Message, turn: Turn, state: FSMContext, office: Office) -> bool | dict[str, Any]:
        """Questions, courtesy and replies to others pass by."""
        if not (turn.who.unit_ids or turn.who.is_secretariat):
            return False
        addressed = await Addressed()(message, turn)
        if not isinstance(addressed, dict):
            return False
        place = await place_of(turn, state)
        heard = await hear(turn.session, office, turn.who, place, addressed["words"], now=turn.now)
        return {"heard": heard, "words": addressed["words"]} if heard else False


class GivesReason(Filter):
    """Words that may say why a filed figure changes; names for a register are none. Gives `words`."""

    async def __call__(self, message: Message, turn: Turn, state: FSMContext, office: Office) -> bool | dict[str, Any]:
        """A question, an order and a figure that is neither the old nor the new one explain nothing."""
        answer = await Answers()(message, turn)
        if not isinstance(answer, dict) or any(say.meant(answer["words"], one) for one in ORDERS):
            return False
        sheet = await get_sheet(turn.session, office, turn.who, int((await state.get_data())["submission_id"]))
        said = read_message(sheet, answer["words"], focus=None, now=turn.now)
        known = [(sheet.filed.get(key), sheet.draft.get(key), one.value) for key, one in said.items.items()]
        explains = not said.told.rows and all(_is_known(value, filed, draft) for filed, draft, value in known)
        return answer if explains else False


def _is_known(value: Any, *entries: Any) -> bool:
    return value is None or any(one is not None and one.value == value for one in entries)


class Begins(Filter):
    """月报, 填报 and the like, from somebody who speaks for a unit."""

    async def __call__(self, message: Message, turn: Turn) -> bool:
        """Words meant for the bot."""
        addressed = await Addressed()(message, turn)
        return bool(turn.who.unit_ids) and isinstance(addressed, dict) and say.meant(addressed["words"], say.BEGIN)


async def hear_figures(turn: Turn, office: Office, place: Place, words: str) -> Hearing | None:
    """What the words give to a check-in; None when they give it no figures."""
    try:
        heard = await hear(turn.session, office, turn.who, place, words, now=turn.now)
    except NothingDue:
        return None
    return heard if heard is not None and heard.kind in ("reading", "choose", "other_month") else None


async def sheet_in_hand(turn: Turn, state: FSMContext, office: Office) -> Sheet | None:
    """The check-in this person is at: the one chosen, else that of the only unit."""
    place = await place_of(turn, state)
    if place.submission_id is not None:
        return await get_sheet(turn.session, office, turn.who, place.submission_id)
    if not turn.who.unit_ids:
        return None
    found = await require_fillable(turn.session, office, turn.who, now=turn.now)
    return await load_sheet(turn.session, office, found[0]) if len(found) == 1 else None
