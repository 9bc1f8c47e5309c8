"""The convener approves a meeting's notices or objects; the secretariat passes on a word that was given on paper."""

import re
from typing import Any

from aiogram import F, Router
from aiogram.filters import Filter, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.filters import Answers, JustOffered, Matches, Pressing, Private
from handlers.meetings.card import is_superseded, show_card
from handlers.turn import Turn
from services.meetings.office import MeetingOffice
from services.meetings.reading.looks import dislikes_the_plan, likes_the_plan
from services.meetings.running.approving import approve_meeting, object_to_meeting
from services.meetings.standing.finding import find_next_meeting
from services.meetings.standing.notices import meeting_values
from services.models import Meeting
from services.outbox import Pressed, close_buttons

AGREES = re.compile(
    r"^(?>(?:(?:行|好的?|可以(?!发)|嗯+|看过?了|收到)[了吧]?[,，。！! ]*)*)"
    r"我?(?:同意|没有?意见|可以发|就这么发|发出?吧)"
    r"(?:发出?|下发|印发|通知)?(?:了|吧)?[,，。！! ]*(?:辛苦了?|谢谢)?[。！! ]*$"
)


class Objecting(StatesGroup):
    """The convener writes what should be different."""

    reason = State()


class OfWaitingPlan(Filter):
    """What the convener says of a plan that waits, some time after its card. Gives `meeting` and `dislikes`."""

    async def __call__(self, message: Message, turn: Turn, meeting_office: MeetingOffice) -> bool | dict[str, Any]:
        """Nothing is approved by words that do not stand right below the card: it is shown again."""
        words = message.text or ""
        if not turn.who.holds("convener"):
            return False
        likes, dislikes = likes_the_plan(words), dislikes_the_plan(words)
        if not (likes or dislikes):
            return False
        meeting = await find_next_meeting(turn.session, meeting_office, now=turn.now)
        if meeting is None or meeting.approved_at is not None:
            return False
        return {"meeting": meeting, "dislikes": dislikes}


def router() -> Router:
    """Part of the meetings' conversations."""
    made = Router(name="approvals")
    made.message.register(take_objection, StateFilter(Objecting.reason), Answers(), Private())
    made.message.register(approve_in_words, Matches(F.text.regexp(AGREES)), JustOffered("meeting_approve"))
    made.message.register(show_waiting, Private(), OfWaitingPlan())
    made.callback_query.register(press_approve, Pressing("meeting_approve"))
    made.callback_query.register(press_object, Pressing("meeting_object"))
    return made


async def press_approve(query: CallbackQuery, turn: Turn, pressed: Pressed, meeting_office: MeetingOffice) -> None:
    """From now on the notices go out as planned; the card of an earlier plan approves nothing."""
    if not await is_superseded(turn, meeting_office, pressed.payload, pressed.outbox_id):
        values = await _approve(turn, meeting_office, pressed.payload, pressed.outbox_id)
        await turn.change("meetings.approved", **values)


async def approve_in_words(
    message: Message, turn: Turn, payload: dict[str, Any], outbox_id: int, meeting_office: MeetingOffice
) -> None:
    """行，同意发出: the same as the button of the card just above."""
    if not await is_superseded(turn, meeting_office, payload, outbox_id):
        await turn.say("meetings.approved", **await _approve(turn, meeting_office, payload, outbox_id))


async def _approve(
    turn: Turn, meeting_office: MeetingOffice, payload: dict[str, Any], outbox_id: int
) -> dict[str, Any]:
    """Approve what the button stands for, close it; returns what is told of it."""
    meeting_id, version = int(payload["meeting_id"]), int(payload["version"])
    meeting = await approve_meeting(turn.session, meeting_office, turn.who, meeting_id, version, now=turn.now)
    await close_buttons(turn.session, outbox_id, now=turn.now)
    return {"how": meeting.approved_how, **meeting_values(meeting)}


async def show_waiting(
    message: Message, turn: Turn, meeting: Meeting, dislikes: bool, meeting_office: MeetingOffice
) -> None:
    """The card with its two buttons; who wants it otherwise is told where to write so."""
    if dislikes:
        await turn.say("meetings.change_by_office")
    await show_card(turn, meeting_office, meeting)


async def press_object(
    query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext, meeting_office: MeetingOffice
) -> None:
    """Ask what should be different."""
    if await is_superseded(turn, meeting_office, pressed.payload, pressed.outbox_id):
        return
    await state.set_state(Objecting.reason)
    await state.set_data({name: int(pressed.payload[name]) for name in ("meeting_id", "version")})
    await turn.say("meetings.ask_objection")


async def take_objection(
    message: Message, turn: Turn, words: str, state: FSMContext, meeting_office: MeetingOffice
) -> None:
    """To the secretariat; nothing leaves until the convener agrees."""
    data = await state.get_data()
    meeting_id, version = int(data["meeting_id"]), int(data["version"])
    await state.clear()
    if await is_superseded(turn, meeting_office, data):
        return
    meeting = await object_to_meeting(turn.session, meeting_office, turn.who, meeting_id, version, words, now=turn.now)
    await turn.say("meetings.objection_taken", **meeting_values(meeting))
