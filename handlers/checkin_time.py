"""More time for a check-in: a unit asks in words, the secretariat decides by a press."""

from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.checkin_pages import place_of
from handlers.filters import Pressing
from handlers.turn import Turn
from services.checkins.extensions import Wish, asks_time, decide_extension, read_wish, take_wish
from services.checkins.finding import get_sheet, list_fillable
from services.checkins.office import Office
from services.models import Submission
from services.outbox import Pressed, close_buttons


class AsksTime(Filter):
    """缓两天, 周五前报: from somebody with a check-in that is owed. Gives `wish`, `submission` and `words`."""

    async def __call__(self, message: Message, turn: Turn, state: FSMContext, office: Office) -> bool | dict[str, Any]:
        """In private; a wish without a day is a question for the library or for people."""
        if not turn.is_private or not turn.who.unit_ids or not message.text or message.forward_origin is not None:
            return False
        if not asks_time(message.text):
            return False
        place = await place_of(turn, state)
        if place.submission_id is not None:
            found = [(await get_sheet(turn.session, office, turn.who, place.submission_id)).submission]
        else:
            found = await list_fillable(turn.session, turn.who, now=turn.now)
        owed = [one for one in found if one.state in ("expected", "draft", "returned") and not one.optional]
        wish = read_wish(message.text, office, owed[0].due_at, now=turn.now) if owed else None
        return {"wish": wish, "submissions": owed} if wish else False


def router() -> Router:
    """Before the form itself: 缓两天 is no figure."""
    made = Router(name="checkin_time")
    made.message.register(ask_time, AsksTime())
    made.callback_query.register(press_extension, Pressing("checkin_extension"))
    return made


async def ask_time(
    message: Message, turn: Turn, office: Office, wish: Wish, submissions: list[Submission], settings: Any
) -> None:
    """Quiet within the term, else a request to the secretariat; figures beside it go on to the form."""
    secretaries = frozenset(settings.consortium.secretaries)
    for submission in submissions:
        heard = await take_wish(
            turn.session,
            office,
            turn.who,
            submission,
            (wish, message.text or ""),
            secretaries=secretaries,
            now=turn.now,
        )
        values: dict[str, Any] = {
            "unit": submission.unit.name,
            "due_at": submission.due_at.isoformat(),
            "told": heard.told,
        }
        await turn.say(f"checkin_board.time_{heard.kind}", until=heard.until.isoformat(), **values)
    if wish.beside_figures:
        raise SkipHandler


async def press_extension(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """同意, 不同意."""
    given = pressed.payload
    row, submission = await decide_extension(
        turn.session, turn.who, int(given["extension_id"]), granted=bool(given["granted"]), now=turn.now
    )
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    values: dict[str, Any] = {"unit": submission.unit.name, "granted": row.decision == "granted"}
    await turn.change("checkin_board.extension_done", due_at=submission.due_at.isoformat(), **values)
