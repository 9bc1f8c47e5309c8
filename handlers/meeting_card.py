"""The card of the next meeting, which several conversations show."""

from handlers.meeting_pages import (
    after_buttons,
    card_buttons,
    card_values,
)
from handlers.turn import Turn
from services.meetings.finding import find_current_meeting
from services.meetings.office import MeetingOffice
from services.meetings.participants import list_own_attendance
from services.models import Meeting


async def show_card(turn: Turn, office: MeetingOffice, meeting: Meeting | None) -> None:
    """The next meeting; without one, what can be done instead."""
    if meeting is None:
        manages = turn.who.is_secretariat and turn.is_private
        held = await find_current_meeting(turn.session, office, now=turn.now) if manages else None
        await turn.say("meetings.none", after_buttons(held) if held else (), is_secretariat=manages)
        return
    mine = await list_own_attendance(turn.session, turn.who, meeting.id)
    await turn.say("meetings.card", card_buttons(turn, meeting, mine), **await card_values(turn, office, meeting))
