"""Registers in the chat: looked at by the unit and the secretariat, noted in and put right by the unit's own people."""

from collections.abc import Sequence
from typing import Any

from aiogram import Router
from aiogram.filters import Command, Filter, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.filters import Addressed, Answers, Pressing, Private
from handlers.turn import Rows, Turn
from services.calendar.zones import local_day
from services.checkins.filling import get_sheet
from services.checkins.office import Office
from services.members.units import unit_choices
from services.models import RegisterRow
from services.outbox import Button, Pressed
from services.registers.expiry import list_expiring
from services.registers.keeping import add_rows, find_disagreement, find_month
from services.registers.orders import RowOrder, read_addition, read_order, read_value, read_wanted, wants_expiring
from services.registers.platforms import KINDS, STATUSES
from services.registers.rows import (
    FIELDS,
    change_row,
    count_rows,
    find_rows,
    get_own_row,
    get_row,
    leave_row,
    list_history,
    list_month,
    list_rows,
)
from services.registers.said import REGISTERS
from services.registers.showing import row_values

PAGE = 8
LEVELS = ("national", "provincial", "municipal", "district", "school")
CHOICES = {"level": LEVELS, "stage": tuple(name for name, _ in STATUSES if name != "ended"), "kind": tuple(KINDS)}
LEAVES = {"agreements": ("ended", "void"), "platforms": ("ended", "void")}


class Keeping(StatesGroup):
    """A value or a reason is written."""

    value = State()
    reason = State()


class Wants(Filter):
    """台账, 协议台账. Gives `register`, empty for all."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        """Only from members, and only words meant for the bot."""
        addressed = await Addressed()(message, turn)
        if not isinstance(addressed, dict) or not turn.who.is_member:
            return False
        register = read_wanted(addressed["words"])
        return {"register": register} if register is not None else False


class WantsExpiring(Filter):
    """快到期的协议."""

    async def __call__(self, message: Message, turn: Turn) -> bool:
        """Only from members."""
        addressed = await Addressed()(message, turn)
        return isinstance(addressed, dict) and turn.who.is_member and wants_expiring(addressed["words"])


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
    """Before the form: the words are few and fixed, or name a row."""
    made = Router(name="registers")
    made.message.register(open_registers, Command("registers"))
    made.message.register(open_wanted, Wants())
    made.message.register(open_expiring, WantsExpiring())
    made.message.register(add, Adds())
    made.message.register(take_value, StateFilter(Keeping.value), Answers(), Private())
    made.message.register(take_reason, StateFilter(Keeping.reason), Answers(), Private())
    made.message.register(obey, OrdersRow())
    for action, handler in (
        ("register_menu", press_menu),
        ("register_list", press_list),
        ("register_month", press_month),
        ("register_row", press_row),
        ("register_field", press_field),
        ("register_choose", press_choose),
        ("register_leave", press_leave),
        ("register_add", press_add),
    ):
        made.callback_query.register(handler, Pressing(action))
    return made


async def open_registers(message: Message, turn: Turn, office: Office) -> None:
    """`/registers`: which ones there are, and how much stands in them."""
    await _open(turn, office, "")


async def open_wanted(message: Message, turn: Turn, register: str, office: Office) -> None:
    """One of them, or all."""
    await _open(turn, office, register)


async def open_expiring(message: Message, turn: Turn, office: Office) -> None:
    """Agreements that end within three months, the secretariat's of all units."""
    if not turn.is_private:
        await turn.say("registers.in_private")
        return
    today = local_day(turn.now, office.zone)
    rows = await list_expiring(turn.session, turn.who, today)
    shown = [{**row_values(one, today), "unit": one.unit.name} for one in rows[:30]]
    buttons = () if turn.who.is_secretariat else _row_buttons(rows[:PAGE])
    await turn.say("registers.expiring_list", buttons=buttons, rows=shown, total=len(rows), all=turn.who.is_secretariat)


async def press_menu(query: CallbackQuery, turn: Turn, office: Office) -> None:
    """Back to all of them."""
    await _show_menu(turn, edit=True)


async def press_list(query: CallbackQuery, turn: Turn, pressed: Pressed, office: Office) -> None:
    """A page of one register."""
    await _show_list(turn, office, str(pressed.payload["register"]), int(pressed.payload.get("offset", 0)), edit=True)


async def press_month(query: CallbackQuery, turn: Turn, pressed: Pressed, office: Office) -> None:
    """What stands behind the counted figures of a check-in, and what its draft will add."""
    sheet = await get_sheet(turn.session, office, turn.who, int(pressed.payload["submission_id"]))
    rows = await list_month(turn.session, sheet.submission)
    today = local_day(turn.now, office.zone)
    back = (Button("checkin_cards.button_card", "checkin_card", {"submission_id": sheet.submission.id}),)
    shown = [row_values(one, today) for one in rows]
    buttons = (*_row_buttons([one for one in rows if one.title]), back)
    await turn.change("registers.month", buttons=buttons, rows=shown, period=sheet.label)


async def press_row(query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext, office: Office) -> None:
    """One row with its history and what may be done."""
    await state.set_state(None)
    row = await get_row(turn.session, turn.who, int(pressed.payload["row_id"]))
    await _show_row(turn, office, row, edit=True)


async def press_field(query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext) -> None:
    """Change a field: choose, or write."""
    row_id, field = int(pressed.payload["row_id"]), str(pressed.payload["field"])
    row = await get_own_row(turn.session, turn.who, row_id)
    if field in CHOICES:
        await turn.change("registers.choose", buttons=_choices(row, field), title=row.title, field=field)
        return
    await state.set_state(Keeping.value)
    await state.set_data({"row_id": row_id, "field": field})
    await turn.say("registers.ask_value", title=row.title, field=field)


async def press_choose(query: CallbackQuery, turn: Turn, pressed: Pressed, office: Office) -> None:
    """One of the choices."""
    given = pressed.payload
    row = await change_row(turn.session, turn.who, int(given["row_id"]), {given["field"]: given["value"]}, now=turn.now)
    await _show_row(turn, office, row, edit=True)


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
    row, field = await get_own_row(turn.session, turn.who, int(data["row_id"])), str(data["field"])
    await _change(turn, office, row, field, words)
    await state.clear()


async def take_reason(message: Message, turn: Turn, state: FSMContext, office: Office, words: str) -> None:
    """Why a row is ended or void."""
    data = await state.get_data()
    row = await get_own_row(turn.session, turn.who, int(data["row_id"]))
    await _leave(turn, office, row, str(data["state"]), words)
    await state.clear()


async def obey(
    message: Message, turn: Turn, state: FSMContext, office: Office, order: RowOrder, rows: Sequence[RegisterRow]
) -> None:
    """A change in one sentence; of several rows of that name it is asked which."""
    if len(rows) > 1:
        await turn.say("registers.which_row", buttons=_row_buttons(rows[:PAGE]))
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


async def _open(turn: Turn, office: Office, register: str) -> None:
    if not turn.who.is_member:
        await turn.say("registers.members_only")
    elif not turn.is_private:
        await turn.say("registers.in_private")
    elif register:
        await _show_list(turn, office, register, 0, edit=False)
    else:
        await _show_menu(turn, edit=False)


async def _show_menu(turn: Turn, *, edit: bool) -> None:
    counts = await count_rows(turn.session, turn.who)
    buttons = tuple(
        (Button("registers.button_register", "register_list", {"register": one}, {"register": one}),)
        for one in REGISTERS
        if counts.get(one)
    )
    shown = [{"register": one, "count": counts.get(one, 0)} for one in REGISTERS]
    await (turn.change if edit else turn.say)(
        "registers.menu", buttons=buttons, registers=shown, all=turn.who.is_secretariat
    )


async def _show_list(turn: Turn, office: Office, register: str, offset: int, *, edit: bool) -> None:
    rows, total = await list_rows(turn.session, turn.who, register, offset=offset, limit=PAGE)
    today = local_day(turn.now, office.zone)
    shown = [{**row_values(one, today), "unit": one.unit.name} for one in rows]
    at = {"register": register}
    moves = [
        Button(f"registers.button_{name}", "register_list", {**at, "offset": to})
        for name, to in (("before", offset - PAGE), ("after", offset + PAGE))
        if 0 <= to < total
    ]
    buttons = (
        *_row_buttons(rows),
        *((tuple(moves),) if moves else ()),
        (Button("registers.button_menu", "register_menu"),),
    )
    await (turn.change if edit else turn.say)(
        "registers.list",
        buttons=buttons,
        register=register,
        rows=shown,
        total=total,
        first=offset + 1,
        all=turn.who.is_secretariat,
    )


async def _show_row(turn: Turn, office: Office, row: RegisterRow, *, edit: bool) -> None:
    history = [
        {
            "at": one.at.isoformat(),
            "by": by,
            "kind": one.kind,
            "reason": one.reason,
            "before": one.before,
            "after": one.after,
        }
        for one, by in (await list_history(turn.session, row.id))[-4:]
    ]
    values: dict[str, Any] = row_values(row, local_day(turn.now, office.zone))
    found = await find_disagreement(turn.session, office, row)
    own = row.unit_id in turn.who.unit_ids and row.state in ("open", "draft")
    buttons = (*(_row_acts(row) if own else ()), *_mending(found), (_back(row),))
    await (turn.change if edit else turn.say)(
        "registers.row", buttons=buttons, history=history, unit=row.unit.name, found=found, **values
    )


async def _change(turn: Turn, office: Office, row: RegisterRow, field: str, words: str) -> None:
    value = read_value(field, words, local_day(turn.now, office.zone))
    changed = await change_row(turn.session, turn.who, row.id, {field: value}, now=turn.now)
    await _show_row(turn, office, changed, edit=False)


async def _leave(turn: Turn, office: Office, row: RegisterRow, what: str, reason: str) -> None:
    today = local_day(turn.now, office.zone)
    period = await find_month(turn.session, row.unit_id, None, today=today, now=turn.now)
    left = await leave_row(turn.session, turn.who, row.id, what, reason, now=turn.now, period=period)
    found = await find_disagreement(turn.session, office, left)
    await turn.say(
        "registers.left", buttons=(*_mending(found), (_back(left),)), title=left.title, what=what, found=found
    )


async def _add(turn: Turn, office: Office, unit_id: int, said: tuple[str, str]) -> None:
    rows = await add_rows(turn.session, office, turn.who, unit_id, said, now=turn.now)
    shown = [row_values(one) for one in rows]
    found = await find_disagreement(turn.session, office, rows[0])
    buttons = (*_row_buttons(rows[:PAGE]), *_mending(found))
    await turn.say("registers.added", buttons=buttons, register=said[0], rows=shown, found=found)


def _row_buttons(rows: Sequence[RegisterRow]) -> Rows:
    return tuple(
        (Button("registers.button_row", "register_row", {"row_id": one.id}, {"title": one.title}),) for one in rows
    )


def _row_acts(row: RegisterRow) -> Rows:
    at = {"row_id": row.id}
    fields = [
        Button("registers.button_field", "register_field", {**at, "field": one}, {"field": one})
        for one in FIELDS[row.register]
    ]
    leaves = ("void",) if row.state == "draft" else LEAVES.get(row.register, ("closed", "void"))
    acts = [Button(f"registers.button_{one}", "register_leave", {**at, "state": one}) for one in leaves]
    return (*(tuple(fields[n : n + 3]) for n in range(0, len(fields), 3)), tuple(acts))


def _choices(row: RegisterRow, field: str) -> Rows:
    buttons = [
        Button(
            f"registers.button_{field}",
            "register_choose",
            {"row_id": row.id, "field": field, "value": one},
            {"value": one},
        )
        for one in CHOICES[field]
    ]
    back = Button("registers.button_back", "register_row", {"row_id": row.id})
    return (*(tuple(buttons[n : n + 3]) for n in range(0, len(buttons), 3)), (back,))


def _mending(found: dict[str, Any] | None) -> Rows:
    if not found:
        return ()
    values = {"period": found["period"]}
    return ((Button("registers.button_mend", "checkin_begin", {"submission_id": found["submission_id"]}, values),),)


def _back(row: RegisterRow) -> Button:
    if row.state == "draft" and row.submission_id:
        return Button("checkin_cards.button_card", "checkin_card", {"submission_id": row.submission_id})
    return Button("registers.button_list", "register_list", {"register": row.register}, {"register": row.register})
