"""Registers put right and added to by the unit's own people, in words and by button; every change keeps the old."""

from collections.abc import Sequence
from typing import Any

from aiogram import Router
from aiogram.filters import Filter, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.filters import Answers, OrdersTheBot, Pressing, Private
from handlers.registers.pages import CHOICES, PAGE, back_button, choice_buttons, mend_buttons, row_buttons, show_row
from handlers.turn import Turn
from services.calendar.zones import local_day
from services.checkins.filling.registering import add_rows, find_disagreement, find_month
from services.checkins.office import Office
from services.members.units import unit_choices
from services.models import RegisterRow
from services.outbox import Button, Pressed
from services.registers.orders import RowOrder, read_addition, read_order, read_value
from services.registers.rows import change_row, find_rows, get_own_row, leave_row
from services.registers.showing import row_values


class Keeping(StatesGroup):
    """A value or a reason is written."""

    value = State()
    reason = State()


class Adds(Filter):
    """登记协议：…. Gives `said`: register and words."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        """Only from those who speak for a unit."""
        said = read_addition(message.text or "") if turn.who.unit_ids and turn.is_private else None
        return {"said": said} if said else False


class OrdersRow(Filter):
    """海岚化工的到期日改成…; 作废…. Gives `order` and the `rows` that it names."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        """Only where a row of the own units is named."""
        order = read_order(message.text or "") if turn.who.unit_ids and turn.is_private else None
        rows = await find_rows(turn.session, turn.who, order.what) if order else []
        return {"order": order, "rows": rows} if rows else False


def router() -> Router:
    """Before the form: the words name a row, or answer what was just asked of one."""
    made = Router(name="register_changes")
    made.message.register(add, Adds())
    made.message.register(take_value, StateFilter(Keeping.value), Answers(), Private())
    made.message.register(take_reason, StateFilter(Keeping.reason), Answers(), ~OrdersTheBot(), Private())
    made.message.register(obey, OrdersRow())
    for action, handler in (
        ("register_field", press_field),
        ("register_choose", press_choose),
        ("register_leave", press_leave),
        ("register_add", press_add),
    ):
        made.callback_query.register(handler, Pressing(action))
    return made


async def press_field(query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext) -> None:
    """Change a field: choose, or write."""
    row_id, field = int(pressed.payload["row_id"]), str(pressed.payload["field"])
    row = await get_own_row(turn.session, turn.who, row_id)
    if field in CHOICES:
        await turn.change("registers.choose", buttons=choice_buttons(row, field), title=row.title, field=field)
        return
    await state.set_state(Keeping.value)
    await state.set_data({"row_id": row_id, "field": field})
    await turn.say("registers.ask_value", title=row.title, field=field)


async def press_choose(query: CallbackQuery, turn: Turn, pressed: Pressed, office: Office) -> None:
    """One of the choices."""
    given = pressed.payload
    row = await change_row(turn.session, turn.who, int(given["row_id"]), {given["field"]: given["value"]}, now=turn.now)
    await show_row(turn, office, row, edit=True)


async def press_leave(query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext, office: Office) -> None:
    """End, settle or make void; the first and the last need a reason."""
    row_id, what = int(pressed.payload["row_id"]), str(pressed.payload["state"])
    row = await get_own_row(turn.session, turn.who, row_id)
    if what == "closed" or row.state == "draft":
        await _leave(turn, office, row, what, "")
        return
    await state.set_state(Keeping.reason)
    await state.set_data({"row_id": row_id, "state": what})
    await turn.say("registers.ask_reason", title=row.title, what=what)


async def take_value(message: Message, turn: Turn, state: FSMContext, office: Office, words: str) -> None:
    """The new value that was asked for."""
    data = await state.get_data()
    await state.clear()
    row, field = await get_own_row(turn.session, turn.who, int(data["row_id"])), str(data["field"])
    await _change(turn, office, row, field, words)


async def take_reason(message: Message, turn: Turn, state: FSMContext, office: Office, words: str) -> None:
    """Why a row is ended or void."""
    data = await state.get_data()
    await state.clear()
    row = await get_own_row(turn.session, turn.who, int(data["row_id"]))
    await _leave(turn, office, row, str(data["state"]), words)


async def obey(
    message: Message, turn: Turn, state: FSMContext, office: Office, order: RowOrder, rows: Sequence[RegisterRow]
) -> None:
    """A change in one sentence; of several rows of that name it is asked which."""
    if len(rows) > 1:
        await turn.say("registers.which_row", buttons=row_buttons(rows[:PAGE]))
    elif order.act == "change":
        await _change(turn, office, rows[0], order.field, order.value)
    elif order.act != "closed" and not order.value:
        await state.set_state(Keeping.reason)
        await state.set_data({"row_id": rows[0].id, "state": order.act})
        await turn.say("registers.ask_reason", title=rows[0].title, what=order.act)
    else:
        await _leave(turn, office, rows[0], order.act, order.value)


async def add(message: Message, turn: Turn, office: Office, said: tuple[str, str]) -> None:
    """登记协议：…"""
    units = await unit_choices(turn.session, turn.who.unit_ids)
    if len(units) > 1:
        payload = {"register": said[0], "words": said[1]}
        buttons = tuple(
            (Button("checkin_cards.button_unit", "register_add", {**payload, "unit_id": unit_id}, {"unit": name}),)
            for unit_id, name in units
        )
        await turn.say("registers.which_unit", buttons=buttons)
    else:
        await _add(turn, office, units[0][0], said)


async def press_add(query: CallbackQuery, turn: Turn, pressed: Pressed, office: Office) -> None:
    """For which of several units."""
    given = pressed.payload
    await _add(turn, office, int(given["unit_id"]), (str(given["register"]), str(given["words"])))


async def _change(turn: Turn, office: Office, row: RegisterRow, field: str, words: str) -> None:
    value = read_value(field, words, local_day(turn.now, office.zone))
    changed = await change_row(turn.session, turn.who, row.id, {field: value}, now=turn.now)
    await show_row(turn, office, changed, edit=False)


async def _leave(turn: Turn, office: Office, row: RegisterRow, what: str, reason: str) -> None:
    today = local_day(turn.now, office.zone)
    period = await find_month(turn.session, row.unit_id, None, today=today, now=turn.now)
    left = await leave_row(turn.session, turn.who, row.id, what, reason, now=turn.now, period=period)
    found = await find_disagreement(turn.session, office, left)
    await turn.say(
        "registers.left", buttons=(*mend_buttons(found), (back_button(left),)), title=left.title, what=what, found=found
    )


async def _add(turn: Turn, office: Office, unit_id: int, said: tuple[str, str]) -> None:
    rows = await add_rows(turn.session, office, turn.who, unit_id, said, now=turn.now)
    shown = [row_values(one) for one in rows]
    found = await find_disagreement(turn.session, office, rows[0])
    buttons = (*row_buttons(rows[:PAGE]), *mend_buttons(found))
    await turn.say("registers.added", buttons=buttons, register=said[0], rows=shown, found=found)
