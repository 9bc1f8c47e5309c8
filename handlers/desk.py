"""What the secretariat wants in free words and no room has taken: a page is opened, or the change is asked back."""

from datetime import date
from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from handlers.checkins.board import reported_month, show_late, show_status
from handlers.checkins.review_pages import show_page
from handlers.filters import Pressing
from handlers.library.kb import show_list
from handlers.meetings.planning import show
from handlers.members.register import show_register, show_unit_card
from handlers.supply.offering import overview
from handlers.tickets.answering import show_waiting
from handlers.todo import show_ledger, todo
from handlers.turn import Turn
from services.checkins.asking.wishes import read_until
from services.checkins.office import Office
from services.checkins.running.extensions import due_after, extend_term, is_within
from services.checkins.standing.finding import OWING, find_open_submission, find_submission, get_sheet
from services.checkins.standing.loading import load_sheet
from services.errors import NotFound
from services.meetings.office import MeetingOffice
from services.meetings.standing.topics import load_unit_names
from services.members.spokespeople import units_of_people
from services.members.units import get_unit
from services.orders.desk import DeskOrder, read_desk
from services.orders.desk_kinds import Want
from services.outbox import Button, Pressed, close_buttons
from services.supply.desk import SupplyDesk
from services.tickets.desk import Desk

OF_MEETINGS = {Want.TOPICS: "topics", Want.REPLIES: "board", Want.MEETING: "show"}


class Wants(Filter):
    """下周都有什么安排, 哪些还等着我审, 给孙丽宽限到12月8号. Gives `order`."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        """From the secretariat in private; forwarded words are somebody else's."""
        words = (message.text or "").strip()
        if not words or words.startswith("/") or message.forward_origin is not None:
            return False
        if not (turn.is_private and turn.who.is_secretariat):
            return False
        names = await load_unit_names(turn.session)
        order = read_desk(words, names, await units_of_people(turn.session, turn.who))
        return {"order": order} if order else False


class Is(Filter):
    """One of these wants."""

    def __init__(self, *wants: Want) -> None:
        self._wants = wants

    async def __call__(self, message: Message, order: DeskOrder) -> bool:
        """Of the order that was read."""
        return order.want in self._wants


def router() -> Router:
    """After the rooms, before words that nobody understood and before questions."""
    made = Router(name="desk")
    made.message.filter(Wants())
    made.message.register(ask_extend, Is(Want.EXTEND))
    made.message.register(open_checkins, Is(Want.CHECKIN))
    made.message.register(open_board, Is(Want.BOARD, Want.LATE))
    made.message.register(open_meeting, Is(*OF_MEETINGS, Want.ITEMS, Want.TODO))
    made.message.register(open_members, Is(Want.UNIT, Want.MEMBERS))
    made.message.register(open_tickets, Is(Want.TICKETS))
    made.message.register(open_supply, Is(Want.SUPPLY))
    made.message.register(open_library, Is(Want.LIBRARY))
    made.message.register(tell_of_reminders, Is(Want.REMINDERS))
    made.callback_query.register(press_extend, Pressing("checkin_extend_office"))
    made.callback_query.register(press_leave, Pressing("checkin_extend_office_not"))
    return made


async def ask_extend(message: Message, turn: Turn, office: Office, order: DeskOrder) -> None:
    """More time for one unit: until when is read back, and one press gives it."""
    unit = await get_unit(turn.session, order.units[0])
    submission = await find_open_submission(turn.session, unit.id, now=turn.now)
    if submission is None or submission.state not in OWING:
        await turn.say("checkin_board.owes_none", unit=unit.name)
        return
    until = read_until(order.until, office, submission.due_at, now=turn.now)
    values: dict[str, Any] = {"unit": unit.name, "due_at": submission.due_at.isoformat()}
    if until is None:
        await turn.say("checkin_board.extend_when", **values)
    elif is_within(office, [submission], until):
        await turn.say("checkin_board.time_within", until=until.isoformat(), **values)
    else:
        day = due_after(office, until).isoformat()
        sure = Button(
            "checkin_board.button_extend",
            "checkin_extend_office",
            {"submission_id": submission.id, "until": day},
            {"until": day},
        )
        leave = Button("checkin_board.button_extend_office_not", "checkin_extend_office_not")
        await turn.say("checkin_board.extend_ask", buttons=((sure, leave),), until=day, **values)


async def press_extend(query: CallbackQuery, turn: Turn, pressed: Pressed, office: Office) -> None:
    """Give the time; the unit is told."""
    turn.who.require_secretariat()
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    sheet = await get_sheet(turn.session, office, turn.who, int(pressed.payload["submission_id"]))
    until = date.fromisoformat(str(pressed.payload["until"]))
    told = await extend_term(turn.session, office, turn.who, sheet.submission, until, now=turn.now)
    values: dict[str, Any] = {"unit": sheet.submission.unit.name, "due_at": sheet.submission.due_at.isoformat()}
    await turn.change("checkin_board.extended", told=told, **values)


async def press_leave(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """不延了."""
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    await turn.change("checkin_board.not_extended")


async def open_checkins(message: Message, turn: Turn, office: Office, order: DeskOrder) -> None:
    """What the units handed in, of the month named or the one that is open."""
    month = reported_month(turn, office, order.month)
    for name in order.units:
        unit = await get_unit(turn.session, name)
        submission = (
            await find_submission(turn.session, unit.id, str(month))
            if month
            else await find_open_submission(turn.session, unit.id, now=turn.now)
        )
        if submission is None:
            raise NotFound(what="checkin", given=unit.name, month=month.label if month else "")
        await show_page(turn, await load_sheet(turn.session, office, submission))


async def open_board(message: Message, turn: Turn, office: Office, order: DeskOrder, username: str) -> None:
    """Who has reported, who has not, what waits to be looked at; who was late."""
    month = reported_month(turn, office, order.month)
    if order.want is Want.LATE:
        await show_late(turn, month)
    else:
        await show_status(turn, office, month, username)


async def open_meeting(message: Message, turn: Turn, meeting_office: MeetingOffice, order: DeskOrder) -> None:
    """Replies, topics, the card of the meeting; decisions and who they are with; what waits."""
    if order.want is Want.ITEMS:
        units = [(await get_unit(turn.session, name)).id for name in order.units]
        await show_ledger(turn, meeting_office, units or None)
    elif order.want is Want.TODO:
        await todo(message, turn, meeting_office)
    else:
        await show(turn, OF_MEETINGS[order.want], meeting_office)


async def open_members(message: Message, turn: Turn, order: DeskOrder) -> None:
    """The register at a glance, or a unit with its people and what can be done about them."""
    if order.want is Want.MEMBERS:
        await show_register(turn)
    for name in order.units:
        await show_unit_card(turn, (await get_unit(turn.session, name)).id)


async def open_tickets(message: Message, turn: Turn) -> None:
    """The questions that wait for an answer."""
    await show_waiting(turn)


async def open_supply(message: Message, turn: Turn, supply: SupplyDesk) -> None:
    """Both sides of the market as counts."""
    await overview(message, turn, supply)


async def open_library(message: Message, turn: Turn, desk: Desk) -> None:
    """The shelf, newest first."""
    await show_list(message, turn, desk)


async def tell_of_reminders(message: Message, turn: Turn) -> None:
    """They go by the timetable: what can be changed about them."""
    await turn.say("orders.reminders")
