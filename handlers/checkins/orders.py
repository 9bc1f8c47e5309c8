"""What the secretariat orders about check-ins in words: the same ways as by buttons, with the same questions before."""

from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.checkins.board import THIS_MONTH, ask_reminder, show_late
from handlers.checkins.review import (
    Reviewing,
    accept_all_clean,
    ask_which,
    ask_why_exempt,
    ask_why_returned,
    exempt_for,
    owe_again,
    return_figure,
)
from handlers.checkins.review_pages import fill_for, show_page
from handlers.filters import Addressed, Member, Private, Secretariat
from handlers.turn import Turn
from services.calendar.zones import local_day
from services.checkins.asking.orders import Order, may_order, read_order
from services.checkins.office import Office
from services.checkins.reviewing.verdicts import accept, find_key, require_reported
from services.checkins.standing.board import get_cycle, read_month
from services.checkins.standing.finding import find_exempt_submission, find_open_submission, find_submission
from services.checkins.standing.loading import load_sheet
from services.checkins.standing.sheets import Sheet
from services.errors import NotFound
from services.meetings.standing.topics import load_unit_names
from services.members.spokespeople import units_of_people
from services.members.units import find_unit, get_unit
from services.orders.telling import is_no_order

OF_THE_OFFICE = ("remind", "late", "accept_clean")
ASKED_WHY = (Reviewing.why_returned.state, Reviewing.why_exempt.state)


class Orders(Filter):
    """「退回…的…，原因」, 「…免报，原因」, 「…的月报通过」, 「催…」, 「谁迟报了」, 「看看…的月报」. Gives `order`."""

    def __init__(self, *verbs: str) -> None:
        self._verbs = verbs

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        """False for every other sentence; 看看… and 代填… must name a unit."""
        addressed = await Addressed()(message, turn)
        words = addressed["words"] if isinstance(addressed, dict) else ""
        if not may_order(words) or is_no_order(words):
            return False
        people = await units_of_people(turn.session, turn.who) if turn.who.is_secretariat else None
        order = read_order(words, await load_unit_names(turn.session, people))
        if order is None or (self._verbs and order.verb not in self._verbs):
            return False
        if order.verb in ("show", "behalf") and await find_unit(turn.session, order.units[0]) is None:
            return False
        return {"order": order}


def router() -> Router:
    """Before the form itself: 退回某某学院的在岗实习 is no figure."""
    made = Router(name="checkin_orders")
    made.message.register(remind_in_words, Secretariat(), Orders("remind"))
    made.message.register(obey, Private(), Secretariat(), Orders())
    made.message.register(refuse, Private(), Member(), Orders(*OF_THE_OFFICE))
    return made


async def refuse(message: Message, turn: Turn) -> None:
    """Before the form, which would hear 还没填报的企业 as a figure."""
    turn.who.require_secretariat()


async def remind_in_words(message: Message, turn: Turn, office: Office, order: Order) -> None:
    """催一下没交的, 催启明化工: a preview; nothing leaves before it is confirmed."""
    units = [(await get_unit(turn.session, name)).id for name in order.units]
    cycle = await get_cycle(turn.session, read_month(order.month, local_day(turn.now, office.zone)), now=turn.now)
    await ask_reminder(turn, office, cycle, units)


async def obey(message: Message, turn: Turn, state: FSMContext, office: Office, order: Order) -> None:
    """One order about one month; where something is missing in it, that is asked."""
    if await state.get_state() in ASKED_WHY:
        await state.clear()  # what was asked before was left alone for something else
    month = read_month(order.month, local_day(turn.now, office.zone))
    if order.verb == "late":
        await show_late(turn, month)
    elif order.verb == "accept_clean":
        await accept_all_clean(turn, office, month)
    else:
        for name in order.units:
            await _do(turn, state, office, await _sheet_of(turn, office, order, name), order)


async def _do(turn: Turn, state: FSMContext, office: Office, sheet: Sheet, order: Order) -> None:
    if order.verb == "return":
        require_reported(sheet.submission)
        key = find_key(sheet.form, order.item)
        if key is None:
            await ask_which(turn, sheet, unknown=order.item, reason=order.reason)
        elif order.reason:
            await return_figure(turn, office, sheet, key, order.reason)
        else:
            await ask_why_returned(turn, state, sheet, key)
    elif order.verb == "accept":
        await accept(turn.session, turn.who, sheet.submission, now=turn.now)
        await show_page(turn, sheet)
    elif order.verb == "show":
        await show_page(turn, sheet)
    elif order.verb == "owe":
        await owe_again(turn, sheet)
    elif order.verb == "behalf":
        await fill_for(turn, state, sheet)
    elif order.reason:
        await exempt_for(turn, sheet, order.reason)
    else:
        await ask_why_exempt(turn, state, sheet)


async def _sheet_of(turn: Turn, office: Office, order: Order, name: str) -> Sheet:
    """The check-in meant: of the month that was named, else the open one."""
    unit = await get_unit(turn.session, name)
    month = read_month(order.month, local_day(turn.now, office.zone))
    submission = await find_submission(turn.session, unit.id, str(month)) if month else None
    if submission is None and month is None and order.verb == "owe":
        submission = await find_exempt_submission(turn.session, unit.id)
    if submission is None and (month is None or order.month in THIS_MONTH):
        submission = await find_open_submission(turn.session, unit.id, now=turn.now)
    if submission is None:
        raise NotFound(what="checkin", given=unit.name, month=month.label if month else "")
    return await load_sheet(turn.session, office, submission)
