"""The minutes are signed: one question first, then every item goes to its owners."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.filters import Pressing
from handlers.turn import Turn
from services.meetings.items.deciding import list_drafts
from services.meetings.items.finding import list_items
from services.meetings.items.issuing import sign_minutes
from services.meetings.office import MeetingOffice
from services.meetings.standing.finding import get_meeting
from services.meetings.standing.notices import meeting_values
from services.models import Meeting
from services.outbox import Button, Pressed, close_buttons


def router() -> Router:
    """Part of the meetings' conversations."""
    made = Router(name="signing")
    made.callback_query.register(press_sign, Pressing("meeting_sign"))
    return made


async def press_sign(query: CallbackQuery, turn: Turn, pressed: Pressed, meeting_office: MeetingOffice) -> None:
    """The minutes are signed: every item goes to its owners. Decisions that nobody confirmed are asked about first."""
    turn.who.require_secretariat()
    meeting_id = int(pressed.payload["meeting_id"])
    asked = await get_meeting(turn.session, meeting_id)
    if not pressed.payload.get("sure") and await list_drafts(turn.session, asked):
        await ask_sign(turn, asked)
        return
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    meeting, posted = await sign_minutes(turn.session, meeting_office, turn.who, meeting_id, now=turn.now)
    items = await list_items(turn.session, meeting_id=meeting.id)
    await turn.change("meetings.signed", items=len(items), posted=posted, **meeting_values(meeting))


async def ask_sign(turn: Turn, meeting: Meeting) -> None:
    """One question before the items go out."""
    items = await list_items(turn.session, meeting_id=meeting.id)
    drafts = await list_drafts(turn.session, meeting)
    sure = Button("meetings.button_sign", "meeting_sign", {"meeting_id": meeting.id, "sure": True})
    await turn.say("meetings.sign_ask", ((sure,),), items=len(items), drafts=len(drafts), **meeting_values(meeting))
