"""Setting, moving and cancelling a meeting in the chat: everything is shown before anything is sent."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from handlers.filters import JustOffered, Matches, Pressing, Private, open_button
from handlers.meetings.card import is_superseded
from handlers.meetings.pages import (
    preview_values,
    proposals_page,
    wish_payload,
)
from handlers.turn import Turn
from services.meetings.errors import PlanUnclear
from services.meetings.office import MeetingOffice
from services.meetings.reading.orders import MeetingOrder
from services.meetings.reading.said_when import next_day
from services.meetings.rules.timetable import MeetingKind
from services.meetings.running.approving import reaches_convener
from services.meetings.running.convening import Wish, convene_meeting, preview_meeting, propose_meeting
from services.meetings.running.rescheduling import cancel_meeting, move_meeting, preview_move
from services.meetings.standing.finding import find_next_meeting, get_next_meeting
from services.meetings.standing.notices import announce_cancel, announce_move, meeting_values
from services.meetings.standing.participants import list_attendance
from services.meetings.standing.topics import adopt_waiting
from services.models import Meeting
from services.orders.leaving import leaves
from services.outbox import Button, Pressed, close_buttons, list_last_said

LOOKS_BACK = 5  # messages


def router() -> Router:
    """Part of the meetings' conversations."""
    made = Router(name="convening")
    for action, handler in (
        ("meeting_pick", press_pick),
        ("meeting_set", press_set),
        ("meeting_move", press_move),
        ("meeting_cancel", press_cancel),
        ("meeting_keep", press_keep),
    ):
        made.callback_query.register(handler, Pressing(action))
    made.message.register(keep_in_words, Matches(F.text.func(leaves)), Private(), JustOffered("meeting_keep"))
    return made


async def press_pick(query: CallbackQuery, turn: Turn, pressed: Pressed, meeting_office: MeetingOffice) -> None:
    """A proposed day: its whole timetable, still nothing sent."""
    await _preview(turn, meeting_office, _wish(pressed.payload))


async def press_set(query: CallbackQuery, turn: Turn, pressed: Pressed, meeting_office: MeetingOffice) -> None:
    """Set the meeting."""
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    meeting = await convene_meeting(turn.session, meeting_office, turn.who, _wish(pressed.payload), now=turn.now)
    adopted = await adopt_waiting(turn.session, meeting)
    rows = await list_attendance(turn.session, meeting.id)
    asked = await reaches_convener(turn.session, meeting_office)
    waits = meeting.approved_at is None
    values: dict[str, Any] = {"invited": len(rows), "adopted": adopted, "waits": waits, "asked": asked}
    await turn.change("meetings.convened", **values, **meeting_values(meeting))


async def press_move(query: CallbackQuery, turn: Turn, pressed: Pressed, meeting_office: MeetingOffice) -> None:
    """Move the meeting and tell those who knew the old date."""
    meeting_id = int(pressed.payload["meeting_id"])
    if await is_superseded(turn, meeting_office, pressed.payload, pressed.outbox_id):
        return
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    moved = await move_meeting(turn.session, meeting_office, turn.who, meeting_id, _wish(pressed.payload), now=turn.now)
    told = await announce_move(turn.session, meeting_office, moved.meeting, moved.before, now=turn.now)
    waits = moved.meeting.approved_at is None
    values: dict[str, Any] = {"waits": waits, "told": told, "withdrawn": moved.withdrawn, **moved.before}
    await turn.change("meetings.moved_done", **values, **meeting_values(moved.meeting))


async def press_cancel(query: CallbackQuery, turn: Turn, pressed: Pressed, meeting_office: MeetingOffice) -> None:
    """Call it off."""
    if await is_superseded(turn, meeting_office, pressed.payload, pressed.outbox_id):
        return
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    given = pressed.payload
    meeting_id, reason = int(given["meeting_id"]), str(given["reason"])
    meeting = await cancel_meeting(turn.session, meeting_office, turn.who, meeting_id, reason, now=turn.now)
    told = await announce_cancel(turn.session, meeting_office, meeting, now=turn.now)
    await turn.change("meetings.cancelled_done", told=told, **meeting_values(meeting))


async def press_keep(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """Leave everything as it is."""
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    await turn.change("meetings.kept")


async def keep_in_words(message: Message, turn: Turn, outbox_id: int) -> None:
    """算了不改了, with the preview before one's eyes."""
    await close_buttons(turn.session, outbox_id, now=turn.now)
    await turn.say("meetings.kept")


async def show_preview(turn: Turn, office: MeetingOffice, order: MeetingOrder) -> None:
    """The whole timetable of a meeting that was ordered in words."""
    await _preview(turn, office, _wish_of(order, office, office.today(turn.now)))


async def _preview(turn: Turn, office: MeetingOffice, wish: Wish) -> None:
    preview = preview_meeting(office, turn.who, wish, now=turn.now)
    sure = Button("meetings.button_set", "meeting_set", wish_payload(wish))
    buttons = ((sure, Button("meetings.button_leave_unset", "meeting_keep")),)
    await turn.say("meetings.preview", buttons, on=wish.on.isoformat(), **preview_values(preview))


async def propose(turn: Turn, order: MeetingOrder, office: MeetingOffice) -> None:
    """Days for a meeting with what speaks against each."""
    kind = order.kind or MeetingKind.JOINT
    quarter, found = propose_meeting(office, turn.who, kind, order.quarter, now=turn.now)
    at = f"{order.starts_at or office.settings.starts_at:%H:%M}"
    days, buttons = proposals_page(found.best, kind.value, at)
    ruled_out = [one.day.isoformat() for one in found.ruled_out if one.day and one.day.weekday() < 5]
    await turn.say("meetings.proposals", buttons, period=quarter.label, kind=kind.value, days=days, ruled_out=ruled_out)


async def ask_change(turn: Turn, order: MeetingOrder, office: MeetingOffice) -> None:
    """What a move or a cancellation would do, before it is done."""
    offered = await _find_offer(turn)
    if offered and offered.is_new and await _change_offer(turn, office, offered, order):
        return
    meeting = await get_next_meeting(turn.session, office, now=turn.now)
    keep = Button("meetings.button_keep", "meeting_keep")
    if order.verb == "cancel":
        turn.who.require_secretariat()
        payload = {"meeting_id": meeting.id, "version": meeting.version, "reason": order.rest}
        sure = Button("meetings.button_cancel", "meeting_cancel", payload)
        await turn.say("meetings.cancel_ask", ((sure, keep),), reason=order.rest, **meeting_values(meeting))
        return
    set_now = standing(meeting, office)
    base = _wish(offered.payload) if offered and offered.is_for(meeting) else set_now
    wish = _changed(base, order, office)
    if wish in (base, set_now):
        said = order.day or order.starts_at or order.place
        raise PlanUnclear(problem="no_change" if said else "change_missing", given="")
    preview = await preview_move(turn.session, office, turn.who, meeting, wish, now=turn.now)
    keeps_time = preview.plan.starts_at == meeting.starts_at
    payload = {**wish_payload(wish), "meeting_id": meeting.id, "version": meeting.version}
    sure = Button("meetings.button_move", "meeting_move", payload, {"keeps_time": keeps_time})
    before: dict[str, Any] = {"from_starts_at": meeting.starts_at.isoformat(), "from_place": meeting.place}
    await turn.say("meetings.move_ask", ((sure, keep),), **before, **preview_values(preview))


async def has_plan(turn: Turn, office: MeetingOffice) -> bool:
    """Whether a meeting is set, or shown and not confirmed yet: 放到24号 changes that one."""
    return (
        await find_next_meeting(turn.session, office, now=turn.now) is not None or await _find_offer(turn) is not None
    )


@dataclass(frozen=True)
class _Offer:
    """A plan that was shown and that nobody has confirmed. `is_last`: nothing was said since."""

    outbox_id: int
    action: str
    payload: dict[str, Any]
    is_last: bool

    @property
    def is_new(self) -> bool:
        """Of a meeting that is not set yet."""
        return self.action != "meeting_move"

    def is_for(self, meeting: Meeting) -> bool:
        """Whether it would move this meeting, as it stands."""
        same = (self.payload.get("meeting_id"), self.payload.get("version")) == (meeting.id, meeting.version)
        return self.action == "meeting_move" and same


async def _find_offer(turn: Turn) -> _Offer | None:
    """The newest such plan of the last messages."""
    for at, said in enumerate(await list_last_said(turn.session, turn.chat_id, LOOKS_BACK)):
        for action in ("meeting_set", "meeting_move", "meeting_pick"):
            if button := open_button(said, action):
                return _Offer(said.id, action, dict(button["payload"]), at == 0)
    return None


async def _change_offer(turn: Turn, office: MeetingOffice, offered: _Offer, order: MeetingOrder) -> bool:
    """改到24号, with the plan of a new meeting in view: it is shown anew, or left. False where it is not meant."""
    is_meant = offered.is_last or await find_next_meeting(turn.session, office, now=turn.now) is None
    if not is_meant or (offered.action == "meeting_pick" and order.day is None):
        return False
    base = _wish(offered.payload)
    wish = None if order.verb == "cancel" else _changed(base, order, office)
    if wish == base and offered.action == "meeting_set":
        raise PlanUnclear(problem="no_change", given="")
    await close_buttons(turn.session, offered.outbox_id, now=turn.now)
    if wish is None:
        await turn.say("meetings.kept")
    else:
        await _preview(turn, office, wish)
    return True


def _changed(base: Wish, order: MeetingOrder, office: MeetingOffice) -> Wish:
    """What was wished before, with what the order says."""
    on = order.day.seen_from(base.on, office.workdays) if order.day else base.on
    return Wish(base.kind, on, order.starts_at or base.starts_at, order.place or base.place)


def _wish_of(order: MeetingOrder, office: MeetingOffice, today: date) -> Wish:
    on = next_day(order.day, today) if order.day else None
    if on is None:
        raise PlanUnclear(problem="date_missing", given="")
    return Wish(order.kind or MeetingKind.JOINT, on, order.starts_at or office.settings.starts_at, order.place)


def standing(meeting: Meeting, office: MeetingOffice) -> Wish:
    """The meeting as it is set now."""
    at = meeting.starts_at.astimezone(office.zone).time()
    return Wish(MeetingKind(meeting.kind), meeting.meeting_on, at, meeting.place)


def _wish(payload: dict[str, Any]) -> Wish:
    on, at = date.fromisoformat(payload["on"]), time.fromisoformat(payload["at"])
    return Wish(MeetingKind(payload["kind"]), on, at, str(payload["place"]))
