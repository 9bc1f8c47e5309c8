"""Registers in the chat: looked through by the unit and by the secretariat, never in a group."""

from typing import Any

from aiogram import Router
from aiogram.filters import Command, Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.filters import Addressed, Pressing
from handlers.registers.pages import PAGE, row_buttons, show_list, show_menu, show_row
from handlers.turn import Turn
from services.calendar.zones import local_day
from services.checkins.office import Office
from services.checkins.running.expiry import list_expiring
from services.checkins.standing.finding import get_sheet
from services.outbox import Button, Pressed
from services.registers.orders import read_wanted, wants_expiring
from services.registers.rows import get_row, list_month
from services.registers.showing import row_values


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


def router() -> Router:
    """Before the form: the words are few and fixed."""
    made = Router(name="registers")
    made.message.register(open_registers, Command("registers"))
    made.message.register(open_wanted, Wants())
    made.message.register(open_expiring, WantsExpiring())
    for action, handler in (
        ("register_menu", press_menu),
        ("register_list", press_list),
        ("register_month", press_month),
        ("register_row", press_row),
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
    buttons = () if turn.who.is_secretariat else row_buttons(rows[:PAGE])
    await turn.say("registers.expiring_list", buttons=buttons, rows=shown, total=len(rows), all=turn.who.is_secretariat)


async def press_menu(query: CallbackQuery, turn: Turn, office: Office) -> None:
    """Back to all of them."""
    await show_menu(turn, edit=True)


async def press_list(query: CallbackQuery, turn: Turn, pressed: Pressed, office: Office) -> None:
    """A page of one register."""
    await show_list(turn, office, str(pressed.payload["register"]), int(pressed.payload.get("offset", 0)), edit=True)


async def press_month(query: CallbackQuery, turn: Turn, pressed: Pressed, office: Office) -> None:
    """What stands behind the counted figures of a check-in, and what its draft will add."""
    sheet = await get_sheet(turn.session, office, turn.who, int(pressed.payload["submission_id"]))
    rows = await list_month(turn.session, sheet.submission)
    today = local_day(turn.now, office.zone)
    back = (Button("checkin_cards.button_card", "checkin_card", {"submission_id": sheet.submission.id}),)
    shown = [row_values(one, today) for one in rows]
    buttons = (*row_buttons([one for one in rows if one.title]), back)
    await turn.change("registers.month", buttons=buttons, rows=shown, period=sheet.label)


async def press_row(query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext, office: Office) -> None:
    """One row with its history and what may be done."""
    await state.set_state(None)
    row = await get_row(turn.session, turn.who, int(pressed.payload["row_id"]))
    await show_row(turn, office, row, edit=True)


async def _open(turn: Turn, office: Office, register: str) -> None:
    if not turn.who.is_member:
        await turn.say("registers.members_only")
    elif not turn.is_private:
        await turn.say("registers.in_private")
    elif register:
        await show_list(turn, office, register, 0, edit=False)
    else:
        await show_menu(turn, edit=False)
