"""Meetings in chat: the next one, replies to it, topics, files."""

import re
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, Filter, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Document, Message

from handlers.filters import Addressed, Answers, Matches, Pressing, Private, open_button
from handlers.meetings import (
    amending,
    approvals,
    convening,
    decisions,
    planning,
    questions,
    reviews,
    signing,
    tasks,
    topics,
)
from handlers.meetings.card import show_card
from handlers.turn import Turn
from services.meetings.office import MeetingOffice
from services.meetings.reading.orders import is_about_meeting, read_meeting_order
from services.meetings.reading.replies import MeetingReply, Rsvp, names_substitute, read_bare_reply, read_reply
from services.meetings.reading.unit_names import UnitNames
from services.meetings.reading.updates import TopicProposal, read_topic
from services.meetings.running.approving import find_meeting_for
from services.meetings.standing.finding import get_meeting
from services.meetings.standing.materials import add_material
from services.meetings.standing.notices import meeting_values
from services.meetings.standing.participants import Reply, list_own_attendance, reply_to_notice
from services.meetings.standing.topics import (
    load_unit_names,
    propose_topic,
)
from services.models import Meeting
from services.outbox import Button, Pressed, find_last_said

MATERIAL_WORDS = re.compile(r"材料|汇报|联席会|会议|议题")


class Telling(StatesGroup):
    """Somebody was asked and writes: who comes instead, why not."""

    substitute = State()
    reason = State()


def router() -> Router:
    """Before questions: 联席会几号 is about our own meeting, not about a document."""
    made = Router(name="meetings")
    made.include_routers(amending.router(), approvals.router(), convening.router(), topics.router(), tasks.router())
    made.include_router(planning.router())
    made.include_routers(decisions.router(), signing.router(), reviews.router(), _replying())
    made.include_router(questions.router())
    return made


def _replying() -> Router:
    made = Router(name="replying")
    made.message.register(meeting_command, Command("meeting"))
    made.message.register(come_after_all, StateFilter(Telling.substitute, Telling.reason), Comes(), Private())
    made.message.register(tell_substitute, StateFilter(Telling.substitute), NamesSubstitute(), Private())
    made.message.register(tell_reason, StateFilter(Telling.reason), Answers(60), Private())
    made.message.register(take_topic, Proposes())
    made.message.register(reply_in_words, Replies())
    made.message.register(take_file, Matches(F.document), Private(), SendsMaterial())
    made.callback_query.register(press_rsvp, Pressing("meeting_rsvp"))
    return made


class Proposes(Filter):
    """A topic for the next meeting, from a member. Gives `proposal`."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        """Only words meant for the bot."""
        addressed = await Addressed()(message, turn)
        if not isinstance(addressed, dict) or not turn.who.is_member:
            return False
        if read_topic(addressed["words"], UnitNames({})) is None:
            return False
        return {"proposal": read_topic(addressed["words"], await load_unit_names(turn.session))}


class Replies(Filter):
    """参加, 请假, 替会, or a question about the next meeting, from a member. Gives `reply`."""

    async def __call__(self, message: Message, turn: Turn, meeting_office: MeetingOffice) -> bool | dict[str, Any]:
        """Only while a meeting is planned; a reply to the notice needs no word of the meeting."""
        addressed = await Addressed()(message, turn)
        if not isinstance(addressed, dict) or not turn.who.is_member:
            return False
        replied = message.reply_to_message is not None and turn.is_private
        reply = read_reply(addressed["words"], answers_notice=replied)
        bare = read_bare_reply(addressed["words"]) if reply is None and turn.is_private else None
        if bare is not None and await _was_just_invited(turn):
            return {"reply": bare}
        if reply is None or (reply.rsvp is None and not is_about_meeting(addressed["words"])):
            return False
        return {"reply": reply} if reply.rsvp or set(reply.asks) & {"when", "where"} else False


async def _was_just_invited(turn: Turn) -> bool:
    """Whether the last thing said in this chat asks whether one comes, or took the answer."""
    last = await find_last_said(turn.session, turn.chat_id)
    return last is not None and (open_button(last, "meeting_rsvp") is not None or last.text_key == "meetings.replied")


class NamesSubstitute(Filter):
    """Who comes instead, after that was asked. Gives `words`: the name alone."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        """还没定 and 我问问领导 name nobody."""
        answer = await Answers(20)(message, turn)
        name = names_substitute(answer["words"]) if isinstance(answer, dict) else ""
        return {"words": name} if name else False


class Comes(Filter):
    """算了我自己去, while it is asked who comes instead or why not."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        """Gives `reply`."""
        answer = await Answers(20)(message, turn)
        reply = read_reply(answer["words"], answers_notice=True) if isinstance(answer, dict) else None
        return {"reply": reply} if reply is not None and reply.rsvp is Rsvp.ATTEND else False


class SendsMaterial(Filter):
    """A file for the meeting: its caption or its name says so."""

    async def __call__(self, message: Message, turn: Turn, meeting_office: MeetingOffice) -> bool | dict[str, Any]:
        """From members who speak for a unit, while a meeting is planned. Gives `meeting`."""
        name = message.document.file_name if message.document else ""
        if not turn.who.unit_ids or not MATERIAL_WORDS.search(message.caption or name or ""):
            return False
        meeting = await find_meeting_for(turn.session, meeting_office, turn.who, now=turn.now)
        return {"meeting": meeting} if meeting else False


async def meeting_command(message: Message, command: CommandObject, turn: Turn, meeting_office: MeetingOffice) -> None:
    """`/meeting`, and for the secretariat `/meeting 新建 2026-12-22 14:30 联席会 地点…` and the other orders."""
    words = (command.args or "").strip()
    if not turn.who.is_member:
        await turn.say("meetings.members_only")
    elif decisions.starts_with_decision(words):
        await decisions.key(turn, meeting_office, words)
    elif words and (proposal := read_topic(words, await load_unit_names(turn.session))):
        await take_topic(message, turn, proposal, meeting_office)
    else:
        await planning.obey(turn, read_meeting_order(words, meeting_office.today(turn.now)), meeting_office)


async def take_topic(message: Message, turn: Turn, proposal: TopicProposal, meeting_office: MeetingOffice) -> None:
    """Note the topic; the secretariat hears of it with the others when topics close."""
    meeting = await find_meeting_for(turn.session, meeting_office, turn.who, now=turn.now)
    topic = await propose_topic(turn.session, turn.who, meeting, proposal, now=turn.now)
    about: dict[str, Any] = meeting_values(meeting) if meeting else {"starts_at": ""}
    await turn.say("meetings.topic_taken", title=topic.title, asked=list(topic.asked_units), **about)


async def reply_in_words(message: Message, turn: Turn, reply: MeetingReply, meeting_office: MeetingOffice) -> None:
    """Store the reply, or tell when and where."""
    meeting = await find_meeting_for(turn.session, meeting_office, turn.who, now=turn.now)
    if meeting is None or reply.rsvp is None:
        await show_card(turn, meeting_office, meeting)
        return
    said = Reply(reply.rsvp, reply.substitute or "", reply.reason, reply.headcount)
    mine = await list_own_attendance(turn.session, turn.who, meeting.id)
    if len(mine) == 1:
        await _note_reply(turn, meeting, mine[0].unit_id, said)
    elif not mine:
        await turn.say("meetings.not_invited", **meeting_values(meeting))
    else:
        await turn.say("meetings.which_unit", _which(meeting, mine, said), **meeting_values(meeting))


async def take_file(message: Message, turn: Turn, meeting: Meeting) -> None:
    """A file for the meeting, as the unit's next version."""
    document = message.document
    assert isinstance(document, Document)
    file = (document.file_id, document.file_name or "", document.file_size or 0)
    material = await add_material(turn.session, turn.who, meeting, file, now=turn.now)
    await turn.promise("meeting_material", {"material_id": material.id}, business_key=f"material:{material.id}")
    values: dict[str, Any] = {"name": material.name, "version": material.version, "unit": material.unit.name}
    await turn.say("meetings.material_taken", **values, **meeting_values(meeting))


async def press_rsvp(query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext) -> None:
    """参加, 请假, 替会 for one unit; who comes instead, or why not, is asked and may be left out."""
    given = pressed.payload
    rsvp, meeting = Rsvp(given["rsvp"]), await get_meeting(turn.session, int(given["meeting_id"]))
    said = Reply(rsvp, given.get("substitute", ""), given.get("reason", ""), given.get("headcount"))
    await _note_reply(turn, meeting, int(given["unit_id"]), said)
    asked = {Rsvp.SUBSTITUTE: Telling.substitute, Rsvp.LEAVE: Telling.reason}.get(rsvp)
    if asked and turn.is_private and not (said.substitute or said.reason):
        await state.set_state(asked)
        await state.set_data({"meeting_id": meeting.id, "unit_id": int(given["unit_id"])})


async def come_after_all(message: Message, turn: Turn, reply: MeetingReply, state: FSMContext) -> None:
    """The one who was to be excused comes."""
    await _complete_reply(turn, state, Reply(Rsvp.ATTEND, headcount=reply.headcount))


async def tell_substitute(message: Message, turn: Turn, words: str, state: FSMContext) -> None:
    """Who comes instead."""
    await _complete_reply(turn, state, Reply(Rsvp.SUBSTITUTE, substitute=words))


async def tell_reason(message: Message, turn: Turn, words: str, state: FSMContext) -> None:
    """Why nobody comes."""
    await _complete_reply(turn, state, Reply(Rsvp.LEAVE, reason=words))


async def _note_reply(turn: Turn, meeting: Meeting, unit_id: int, said: Reply) -> None:
    row = await reply_to_notice(turn.session, turn.who, meeting, unit_id, said, now=turn.now)
    values: dict[str, Any] = {
        "unit": row.unit.name if turn.is_private else "",
        "rsvp": row.rsvp,
        "substitute": row.substitute,
        "headcount": row.headcount,
    }
    await turn.say("meetings.replied", reason=row.reason, **values, **meeting_values(meeting))


async def _complete_reply(turn: Turn, state: FSMContext, said: Reply) -> None:
    data = await state.get_data()
    await state.clear()
    meeting = await get_meeting(turn.session, int(data["meeting_id"]))
    await _note_reply(turn, meeting, int(data["unit_id"]), said)


def _which(meeting: Meeting, mine: Any, said: Reply) -> tuple[tuple[Button, ...], ...]:
    common = {"meeting_id": meeting.id, "rsvp": said.rsvp.value, "substitute": said.substitute, "reason": said.reason}
    return tuple(
        (
            Button(
                "meetings.button_unit",
                "meeting_rsvp",
                {**common, "unit_id": row.unit_id, "headcount": said.headcount},
                {"unit": row.unit.name},
            ),
        )
        for row in mine
    )
