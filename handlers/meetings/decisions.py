"""Decisions keyed at the meeting: read back, settled, confirmed, handed out. For the secretariat, in private."""

import re
from typing import Any

from aiogram import F, Router
from aiogram.filters import Filter, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message

from handlers.filters import Answers, Matches, Pressing, Private, Secretariat
from handlers.keying import Keying
from handlers.meetings.decision_pages import confirmed_page, read_back
from handlers.turn import Turn
from services.meetings.items.deciding import (
    confirm_decision,
    drop_decision,
    get_draft,
    key_decisions,
    list_drafts,
    settle_due,
    settle_owner,
)
from services.meetings.items.finding import list_items
from services.meetings.office import MeetingOffice
from services.meetings.reading.outcomes import read_decided, takes_back
from services.meetings.standing.finding import find_current_meeting, find_next_meeting, get_current_meeting, get_meeting
from services.meetings.standing.notices import meeting_values
from services.models import Decision, Meeting
from services.outbox import Button, Pressed, close_buttons

DECISION = re.compile(r"^\s*(?:会议)?(?:决定|议定|决议|议定事项|录(?:入)?决定)(?:事项)?\s*[:：\n]")
BEGIN = re.compile(
    r"^(?:我要|要|请|开始|现在)*(?:录入?|登记?|记|补录)(?:一下|会议|会上的?|的|本次)*(?:决定|决议|议定事项)(?:事项)?[。!！]?$"
)
ENDS = frozenset({"录完了", "完了", "没有了", "结束", "完成"})


class IsDecision(Filter):
    """A message that opens with 决定："""

    async def __call__(self, message: Message) -> bool:
        """Also several of them, one a line."""
        return starts_with_decision(message.text or "")


class TellsDecided(Filter):
    """会上定了，…: what was decided, in the words in which it is told. Gives `lines`, one decision a line."""

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        """Questions about decisions are none."""
        lines = read_decided(message.text or "")
        return False if lines is None else {"lines": lines}


class TakesBack(Filter):
    """刚才那条不要了, while decisions wait to be confirmed. Gives `decision`, the last of them."""

    async def __call__(self, message: Message, turn: Turn, meeting_office: MeetingOffice) -> bool | dict[str, Any]:
        """Where none waits, the words are about something else."""
        if not takes_back(message.text or ""):
            return False
        meeting = await find_current_meeting(turn.session, meeting_office, now=turn.now)
        drafts = await list_drafts(turn.session, meeting) if meeting is not None else []
        return {"decision": drafts[-1]} if drafts else False


def starts_with_decision(words: str) -> bool:
    """Whether the words key decisions."""
    return DECISION.match(words) is not None


def router() -> Router:
    """Part of the meetings' conversations."""
    made = Router(name="decisions")
    made.message.register(take_owner, StateFilter(Keying.owner), Answers(), Private(), Secretariat())
    made.message.register(take_due, StateFilter(Keying.due), Answers(), Private(), Secretariat())
    made.message.register(show_last, TakesBack(), Private(), Secretariat())
    made.message.register(take_lines, StateFilter(Keying.lines), Answers(4000), Private(), Secretariat())
    made.message.register(take_decisions, IsDecision(), Private(), Secretariat())
    made.message.register(take_told, TellsDecided(), Private(), Secretariat())
    made.message.register(key_in_words, Matches(F.text.regexp(BEGIN)), Private(), Secretariat())
    for action, handler in (
        ("meeting_decide", press_decide),
        ("meeting_confirm", press_confirm),
        ("meeting_drop", press_drop),
        ("meeting_owner", press_owner),
        ("meeting_ask_owner", press_ask_owner),
        ("meeting_ask_due", press_ask_due),
    ):
        made.callback_query.register(handler, Pressing(action))
    return made


async def take_decisions(message: Message, turn: Turn, meeting_office: MeetingOffice) -> None:
    """「决定：…；责任单位：…；配合：…；时限：…」, one a line."""
    await key(turn, meeting_office, message.text or "")


async def show_last(message: Message, turn: Turn, decision: Decision) -> None:
    """The card again: which one goes is seen before 删除 is pressed."""
    await read_back(turn, decision)


async def take_told(message: Message, turn: Turn, state: FSMContext, meeting_office: MeetingOffice, lines: str) -> None:
    """「会上定了，教育局12月15日前报方案」: read back like a keyed line; nothing binds before it is confirmed."""
    if not lines or await find_current_meeting(turn.session, meeting_office, now=turn.now) is None:
        await begin_keying(turn, state, meeting_office)
    else:
        await key(turn, meeting_office, lines)


async def key_in_words(message: Message, turn: Turn, state: FSMContext, meeting_office: MeetingOffice) -> None:
    """录入决定, said instead of pressed."""
    await begin_keying(turn, state, meeting_office)


async def take_lines(message: Message, turn: Turn, state: FSMContext, meeting_office: MeetingOffice) -> None:
    """Lines after 录入决定 was pressed, until 录完了."""
    words = (message.text or "").strip()
    if words in ENDS:
        await state.clear()
        await _summary(turn, await get_current_meeting(turn.session, meeting_office, now=turn.now))
        return
    await key(turn, meeting_office, words)


async def key(turn: Turn, office: MeetingOffice, text: str) -> None:
    """Store the lines as drafts and read each back."""
    meeting = await get_current_meeting(turn.session, office, now=turn.now)
    body = re.sub(r"^\s*录(?:入)?决定\s*[:：\n]", "", text)
    for row in await key_decisions(turn.session, office, turn.who, meeting, body, now=turn.now):
        await read_back(turn, row)


async def press_decide(query: CallbackQuery, turn: Turn, state: FSMContext, meeting_office: MeetingOffice) -> None:
    """Begin to key decisions."""
    await begin_keying(turn, state, meeting_office)


async def begin_keying(turn: Turn, state: FSMContext, office: MeetingOffice) -> None:
    """Ask for the lines; before the meeting's day say so, as a message: a short line over the chat is overlooked."""
    turn.who.require_secretariat()
    meeting = await find_current_meeting(turn.session, office, now=turn.now)
    if meeting is None:
        coming = await find_next_meeting(turn.session, office, now=turn.now)
        await turn.say("meetings.decide_early", **(meeting_values(coming) if coming else {"starts_at": ""}))
        return
    await state.set_state(Keying.lines)
    drafts = len(await list_drafts(turn.session, meeting))
    await turn.say("meetings.decide_how", drafts=drafts, **meeting_values(meeting))


async def press_confirm(query: CallbackQuery, turn: Turn, pressed: Pressed, meeting_office: MeetingOffice) -> None:
    """The draft becomes an action item."""
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    decision_id = int(pressed.payload["decision_id"])
    item = await confirm_decision(turn.session, meeting_office, turn.who, decision_id, now=turn.now)
    buttons, values = confirmed_page(meeting_office, item, meeting_office.today(turn.now))
    await turn.change("meetings.confirmed", buttons, **values)


async def press_drop(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """Take the draft back."""
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    decision = await drop_decision(turn.session, turn.who, int(pressed.payload["decision_id"]), now=turn.now)
    await turn.change("meetings.dropped", text=decision.text)


async def press_owner(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """One of the candidates is responsible."""
    given = pressed.payload
    name = str(given["name"])
    decision = await settle_owner(turn.session, turn.who, int(given["decision_id"]), [name], now=turn.now)
    await read_back(turn, decision, change=True)


async def press_ask_owner(query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext) -> None:
    """Ask who is responsible."""
    await _ask(turn, pressed, state, Keying.owner, "meetings.owner_ask")


async def press_ask_due(query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext) -> None:
    """Ask until when."""
    await _ask(turn, pressed, state, Keying.due, "meetings.due_ask")


async def take_owner(message: Message, turn: Turn, words: str, state: FSMContext) -> None:
    """The responsible units, as people call them."""
    decision_id = int((await state.get_data())["decision_id"])
    names = [name for name in re.split(r"[、,，;；\s]+", words) if name]
    decision = await settle_owner(turn.session, turn.who, decision_id, names, now=turn.now)
    await _go_on(state)
    await read_back(turn, decision)


async def take_due(message: Message, turn: Turn, words: str, state: FSMContext, meeting_office: MeetingOffice) -> None:
    """The time limit, in words."""
    decision_id = int((await state.get_data())["decision_id"])
    decision = await settle_due(turn.session, meeting_office, turn.who, decision_id, words, now=turn.now)
    await _go_on(state)
    await read_back(turn, decision)


async def _ask(turn: Turn, pressed: Pressed, state: FSMContext, wanted: State, text_key: str) -> None:
    decision = await get_draft(turn.session, turn.who, int(pressed.payload["decision_id"]))
    keying = await state.get_state() in (Keying.lines.state, Keying.owner.state, Keying.due.state)
    keying = keying and (await state.get_data()).get("keying", True)
    await state.set_state(wanted)
    await state.set_data({"decision_id": decision.id, "keying": keying})
    await turn.say(text_key, text=decision.text)


async def _go_on(state: FSMContext) -> None:
    """Back to keying lines for who was at it; for others words are no decisions from now on."""
    if (await state.get_data()).get("keying"):
        await state.set_state(Keying.lines)
        await state.set_data({})
    else:
        await state.clear()


async def _summary(turn: Turn, meeting: Meeting) -> None:
    fresh = await get_meeting(turn.session, meeting.id)
    drafts = await list_drafts(turn.session, fresh)
    items = await list_items(turn.session, meeting_id=fresh.id)
    minutes = Button("meetings.button_minutes", "meeting_minutes", {"meeting_id": fresh.id})
    await turn.say("meetings.keyed", ((minutes,),), drafts=len(drafts), items=len(items), **meeting_values(fresh))
