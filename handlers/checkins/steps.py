"""Going through a check-in figure by figure: from the first that is open, past one, back to one."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.checkins import words as say
from handlers.checkins.filters import Says
from handlers.checkins.pages import Filling, show_card, show_question
from handlers.filters import Pressing
from handlers.turn import Turn
from services.checkins.filling.taking import next_key, previous_key
from services.checkins.office import Office
from services.checkins.standing.finding import get_sheet
from services.checkins.standing.sheets import Sheet
from services.outbox import Pressed


def router() -> Router:
    """Before the form itself: 跳过 is no figure."""
    made = Router(name="checkin_steps")
    made.message.register(step_in_words, Says(say.STEP))
    made.message.register(skip_in_words, StateFilter(Filling.on), Says(say.SKIP))
    made.message.register(back_in_words, StateFilter(Filling.on), Says(say.BACK))
    made.callback_query.register(press_move, Pressing("checkin_move"))
    made.callback_query.register(press_step, Pressing("checkin_step"))
    return made


async def press_move(query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext, office: Office) -> None:
    """跳过, 上一项."""
    sheet = await get_sheet(turn.session, office, turn.who, int(pressed.payload["submission_id"]))
    key = str(pressed.payload["key"])
    await _move(turn, state, sheet, key, back=pressed.payload["to"] == "back", edit=True)


async def skip_in_words(message: Message, turn: Turn, state: FSMContext, sheet: Sheet) -> None:
    """跳过, 下一项: said instead of pressing it."""
    await _move(turn, state, sheet, (await state.get_data()).get("key"), back=False)


async def back_in_words(message: Message, turn: Turn, state: FSMContext, sheet: Sheet) -> None:
    """上一项."""
    await _move(turn, state, sheet, (await state.get_data()).get("key"), back=True)


async def _move(
    turn: Turn, state: FSMContext, sheet: Sheet, key: str | None, *, back: bool, edit: bool = False
) -> None:
    """The question before or behind; the card where there is none."""
    to = previous_key(sheet, key or "") if back else next_key(sheet, key)
    if to is None:
        await show_card(turn, state, sheet, edit=edit)
    else:
        await show_question(turn, state, sheet, to, edit=edit, step=True)


async def press_step(query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext, office: Office) -> None:
    """逐项填: from the first figure without an answer."""
    sheet = await get_sheet(turn.session, office, turn.who, int(pressed.payload["submission_id"]))
    await _move(turn, state, sheet, None, back=False, edit=True)


async def step_in_words(message: Message, turn: Turn, state: FSMContext, sheet: Sheet) -> None:
    """逐项填, 一项一项来."""
    await _move(turn, state, sheet, None, back=False)
