"""The card of the next meeting, which several conversations show."""

from typing import Any

from handlers.meetings.pages import (
    after_buttons,
    card_buttons,
    card_values,
)
from handlers.turn import Turn
from services.meetings.errors import PlanSuperseded
from services.meetings.items.deciding import list_drafts
from services.meetings.items.finding import list_items
from services.meetings.office import MeetingOffice
from services.meetings.standing.finding import find_current_meeting, get_meeting, require_version
from services.meetings.standing.notices import meeting_values
from services.meetings.standing.participants import list_own_attendance
from services.models import Meeting
from services.outbox import close_buttons


async def show_card(turn: Turn, office: MeetingOffice, meeting: Meeting | None) -> None:
    """The next meeting; without one, what can be done instead."""
    if meeting is None:
        manages = turn.who.is_secretariat and turn.is_private
        held = await find_current_meeting(turn.session, office, now=turn.now) if manages else None
        if held is None:
            await turn.say("meetings.none", is_secretariat=manages, held_on="")
        else:
            await _show_held(turn, held)
        return
    mine = await list_own_attendance(turn.session, turn.who, meeting.id)
    await turn.say("meetings.card", card_buttons(turn, meeting, mine), **await card_values(turn, office, meeting))


async def is_superseded(turn: Turn, office: MeetingOffice, given: dict[str, Any], outbox_id: int = 0) -> bool:
    """Whether a card, or what was asked from it, is of an earlier plan: then that is said, and the present one follows.

    `given` has the meeting's id and the plan's version; with `outbox_id` the pressed card itself loses its buttons.
    """
    meeting = await get_meeting(turn.session, int(given["meeting_id"]))
    try:
        require_version(meeting, int(given.get("version", meeting.version)))
    except PlanSuperseded:
        if outbox_id:
            await close_buttons(turn.session, outbox_id, now=turn.now)
        say = turn.change if turn.callback_id else turn.say
        await say("meetings.superseded", **meeting_values(meeting))
        await show_card(turn, office, meeting)
        return True
    return False


async def _show_held(turn: Turn, held: Meeting) -> None:
    """For the secretariat: what is still to be done about the meeting that was."""
    unissued = [one for one in await list_items(turn.session, meeting_id=held.id) if one.issued_at is None]
    signed, drafts = held.minutes_signed_at is not None, await list_drafts(turn.session, held)
    values: dict[str, Any] = {"signed": signed, "unissued": len(unissued), "drafts": len(drafts)}
    values |= {"is_secretariat": True, "held_on": held.starts_at.isoformat()}
    buttons = after_buttons(held, may_issue=bool(unissued) or not signed)
    await turn.say("meetings.none", buttons, **values, **meeting_values(held))
