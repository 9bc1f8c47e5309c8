"""去两个人, while a meeting is planned: so many come, or the figure just asked for? Asked; nothing is taken before."""

from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.checkins.filters import sheet_in_hand
from handlers.checkins.pages import place_of
from handlers.filters import Addressed
from handlers.turn import Turn
from services.checkins.errors import NothingDue
from services.checkins.filling.cards import name_of
from services.checkins.office import Office
from services.checkins.standing.sheets import Sheet
from services.meetings.office import MeetingOffice
from services.meetings.reading.replies import MeetingReply, Rsvp, read_bare_reply
from services.meetings.running.approving import find_meeting_for
from services.meetings.standing.notices import meeting_values
from services.meetings.standing.participants import list_own_attendance
from services.models import Attendance, Meeting
from services.outbox import Button


class CountsHeads(Filter):
    """So many come, said without a word of where. Gives `meeting`, `mine`, `reply`."""

    async def __call__(
        self, message: Message, turn: Turn, meeting_office: MeetingOffice | None = None
    ) -> bool | dict[str, Any]:
        """Only while a meeting is planned that the speaker's unit is invited to."""
        if not turn.is_private or not turn.who.unit_ids or meeting_office is None:
            return False
        addressed = await Addressed()(message, turn)
        reply = read_bare_reply(addressed["words"]) if isinstance(addressed, dict) else None
        if reply is None or reply.rsvp is not Rsvp.ATTEND or not reply.headcount:
            return False
        meeting = await find_meeting_for(turn.session, meeting_office, turn.who, now=turn.now)
        mine = await list_own_attendance(turn.session, turn.who, meeting.id) if meeting else []
        return {"meeting": meeting, "mine": mine, "reply": reply} if mine else False


def router() -> Router:
    """After what waits for an answer of its own, and after the replies to a notice that was just read."""
    made = Router(name="checkin_or_meeting")
    made.message.register(ask_which, CountsHeads())
    return made


async def ask_which(
    message: Message,
    turn: Turn,
    state: FSMContext,
    office: Office,
    meeting: Meeting,
    mine: list[Attendance],
    reply: MeetingReply,
) -> None:
    """One button for each unit that may come, one for the check-in."""
    count = reply.headcount or 0
    coming = {"meeting_id": meeting.id, "rsvp": Rsvp.ATTEND.value, "headcount": count}
    rows = [
        (
            Button(
                "checkins.button_come",
                "meeting_rsvp",
                {**coming, "unit_id": one.unit_id},
                {"unit": one.unit.name if len(mine) > 1 else "", "count": count},
            ),
        )
        for one in mine
    ]
    figure = await _figure_button(turn, state, office, count)
    await turn.say("checkins.come_or_figure", (*rows, *figure), count=count, **meeting_values(meeting))


async def _figure_button(turn: Turn, state: FSMContext, office: Office, count: int) -> tuple[tuple[Button, ...], ...]:
    """Into the figure that was just asked for; else to the form, where it can be said which one."""
    try:
        sheet = await sheet_in_hand(turn, state, office)
    except NothingDue:
        return ()
    if sheet is None:
        return ()
    at, key = {"submission_id": sheet.submission.id}, await _asked(turn, state, sheet)
    if key is None:
        return ((Button("checkins.button_other_figure", "checkin_begin", at),),)
    label = name_of(sheet.form, key)
    payload = {**at, "words": f"{sheet.form.label_of(key)}：{count}"}
    return ((Button("checkins.button_asked_figure", "checkin_said", payload, {"label": label, "count": count}),),)


async def _asked(turn: Turn, state: FSMContext, sheet: Sheet) -> str | None:
    key = (await place_of(turn, state)).key or sheet.only_returned
    return key if key and key.partition("[")[0] in sheet.form.by_key else None
