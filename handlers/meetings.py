"""Meetings in chat: the next one, replies to it, topics, reviews, files; the secretariat's planning."""

import re
from datetime import date, time
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, Filter, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Document, Message

from handlers import decisions
from handlers.filters import Addressed, Answers, Pressing, Private, Secretariat
from handlers.meeting_pages import (
    after_buttons,
    board_values,
    card_buttons,
    card_values,
    preview_values,
    proposals_page,
    review_values,
    topic_buttons,
    topics_values,
    wish_payload,
)
from handlers.turn import Turn
from services.meetings.convening import (
    Wish,
    cancel_meeting,
    convene_meeting,
    find_current_meeting,
    find_next_meeting,
    get_current_meeting,
    get_meeting,
    get_next_meeting,
    move_meeting,
    preview_meeting,
    preview_move,
    propose_meeting,
)
from services.meetings.errors import PlanUnclear
from services.meetings.item_orders import read_item_order
from services.meetings.materials import add_material, completeness, list_materials, material_path
from services.meetings.minutes import count_present
from services.meetings.notices import announce_cancel, announce_move, meeting_values
from services.meetings.office import MeetingOffice
from services.meetings.orders import MeetingOrder, read_meeting_order
from services.meetings.pack import collect_agenda
from services.meetings.participants import Reply, list_attendance, list_own_attendance, reply_to_notice
from services.meetings.replies import MeetingReply, Rsvp, read_reply
from services.meetings.reviews import confirm_review, list_own_reviews, open_reviews, read_review, write_review
from services.meetings.timetable import MeetingKind
from services.meetings.topics import (
    adopt_waiting,
    decide_topic,
    list_topics,
    load_unit_names,
    merge_topics,
    propose_topic,
)
from services.meetings.unit_names import UnitNames
from services.meetings.updates import TopicProposal, read_topic
from services.members.units import list_units
from services.models import Meeting
from services.outbox import Attachment, Button, Pressed, close_buttons
from services.tasks.plan import plan_state, report_figure
from services.tasks.status import legend

MEETING_WORDS = re.compile(r"联席会|理事会|联络员会|预备会|汇报会|调度会|会议|会前包|任务亮灯")
ASKING = re.compile(r"[?？]|吗|什么|哪|怎么|规定|要求")
CHANGES = frozenset({"convene", "move", "cancel"})
SHOWS = frozenset({"propose", "pack", "minutes", "topics", "board", "timetable", "agenda", "present", "sign", "tasks"})
LONGEST_WISH = 80
LONGEST_SHOW = 18
MATERIAL_WORDS = re.compile(r"材料|汇报|联席会|会议|议题")
TOPIC_STATES = ("proposed", "approved", "deferred", "merged")


class Telling(StatesGroup):
    """Somebody was asked and writes: a review, who comes instead, why not."""

    review = State()
    substitute = State()
    reason = State()


def router() -> Router:
    """Before questions: 联席会几号 is about our own meeting, not about a document."""
    made = Router(name="meetings")
    made.include_router(decisions.router())
    made.message.register(meeting_command, Command("meeting"))
    made.message.register(tell_review, StateFilter(Telling.review), Reviews(), Private())
    made.message.register(tell_substitute, StateFilter(Telling.substitute), Answers(20), Private())
    made.message.register(tell_reason, StateFilter(Telling.reason), Answers(60), Private())
    made.message.register(order_in_words, Orders(), Private(), Secretariat())
    made.message.register(take_topic, Proposes())
    made.message.register(reply_in_words, Replies())
    made.message.register(take_file, F.document, Private(), SendsMaterial())
    for action, handler in (
        ("meeting_pick", press_pick),
        ("meeting_set", press_set),
        ("meeting_move", press_move),
        ("meeting_cancel", press_cancel),
        ("meeting_keep", press_keep),
        ("meeting_rsvp", press_rsvp),
        ("meeting_review", press_review),
        ("meeting_review_ok", press_review_ok),
        ("meeting_topics", press_topics),
        ("meeting_topic", press_topic),
        ("meeting_merge", press_merge),
        ("meeting_board", press_board),
        ("meeting_files", press_files),
        ("meeting_pack", press_pack),
        ("meeting_minutes", press_minutes),
    ):
        made.callback_query.register(handler, Pressing(action))
    return made


class Orders(Filter):
    """The secretariat's wishes in words, with a kind of meeting named. Gives `order`."""

    async def __call__(self, message: Message, turn: Turn, meeting_office: MeetingOffice) -> bool | dict[str, Any]:
        """A change needs more than a word: a day, or 取消; a question is left to the questions."""
        words = (message.text or "").strip()
        if not MEETING_WORDS.search(words) or words.startswith("/") or len(words) > LONGEST_WISH:
            return False
        if ASKING.search(words) or read_item_order(words):
            return False
        order = read_meeting_order(words, meeting_office.today(turn.now))
        wanted = order.verb == "cancel" or order.on is not None
        fits = (order.verb in CHANGES and wanted) or (order.verb in SHOWS and len(words) <= LONGEST_SHOW)
        return {"order": order} if fits else False


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
        if reply is None or (reply.rsvp is None and not MEETING_WORDS.search(addressed["words"])):
            return False
        return {"reply": reply} if reply.rsvp or set(reply.asks) & {"when", "where"} else False


class Reviews(Filter):
    """Words about a task's progress. Gives `words`; everything else goes on to where it belongs."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        """With a task's number, or with a percent or a label alone."""
        addressed = await Addressed()(message, turn)
        if not isinstance(addressed, dict):
            return False
        words = addressed["words"]
        return addressed if read_review(words) or read_review(f"任务0 {words}") else False


class SendsMaterial(Filter):
    """A file for the meeting: its caption or its name says so."""

    async def __call__(self, message: Message, turn: Turn, meeting_office: MeetingOffice) -> bool | dict[str, Any]:
        """From members who speak for a unit, while a meeting is planned. Gives `meeting`."""
        name = message.document.file_name if message.document else ""
        if not turn.who.unit_ids or not MATERIAL_WORDS.search(message.caption or name or ""):
            return False
        meeting = await find_next_meeting(turn.session, meeting_office, now=turn.now)
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
        await _obey(turn, read_meeting_order(words, meeting_office.today(turn.now)), meeting_office)


async def order_in_words(message: Message, turn: Turn, order: MeetingOrder, meeting_office: MeetingOffice) -> None:
    """The same without a slash."""
    await _obey(turn, order, meeting_office)


async def take_topic(message: Message, turn: Turn, proposal: TopicProposal, meeting_office: MeetingOffice) -> None:
    """Note the topic; the secretariat hears of it with the others when topics close."""
    meeting = await find_next_meeting(turn.session, meeting_office, now=turn.now)
    topic = await propose_topic(turn.session, turn.who, meeting, proposal, now=turn.now)
    about: dict[str, Any] = meeting_values(meeting) if meeting else {"starts_at": ""}
    await turn.say("meetings.topic_taken", title=topic.title, asked=list(topic.asked_units), **about)


async def reply_in_words(message: Message, turn: Turn, reply: MeetingReply, meeting_office: MeetingOffice) -> None:
    """Store the reply, or tell when and where."""
    meeting = await find_next_meeting(turn.session, meeting_office, now=turn.now)
    if meeting is None or reply.rsvp is None:
        await _show_card(turn, meeting_office, meeting)
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


async def press_pick(query: CallbackQuery, turn: Turn, pressed: Pressed, meeting_office: MeetingOffice) -> None:
    """A proposed day: its whole timetable, still nothing sent."""
    await _preview(turn, meeting_office, _wish(pressed.payload))


async def press_set(query: CallbackQuery, turn: Turn, pressed: Pressed, meeting_office: MeetingOffice) -> None:
    """Set the meeting."""
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    meeting = await convene_meeting(turn.session, meeting_office, turn.who, _wish(pressed.payload), now=turn.now)
    adopted = await adopt_waiting(turn.session, meeting)
    rows = await list_attendance(turn.session, meeting.id)
    await turn.change("meetings.convened", invited=len(rows), adopted=adopted, **meeting_values(meeting))


async def press_move(query: CallbackQuery, turn: Turn, pressed: Pressed, meeting_office: MeetingOffice) -> None:
    """Move the meeting and tell those who knew the old date."""
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    meeting_id = int(pressed.payload["meeting_id"])
    moved = await move_meeting(turn.session, meeting_office, turn.who, meeting_id, _wish(pressed.payload), now=turn.now)
    told = await announce_move(turn.session, meeting_office, moved.meeting, moved.from_starts_at, now=turn.now)
    await turn.change("meetings.moved_done", told=told, withdrawn=moved.withdrawn, **meeting_values(moved.meeting))


async def press_cancel(query: CallbackQuery, turn: Turn, pressed: Pressed, meeting_office: MeetingOffice) -> None:
    """Call it off."""
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


async def tell_substitute(message: Message, turn: Turn, words: str, state: FSMContext) -> None:
    """Who comes instead."""
    await _complete_reply(turn, state, Reply(Rsvp.SUBSTITUTE, substitute=words))


async def tell_reason(message: Message, turn: Turn, words: str, state: FSMContext) -> None:
    """Why nobody comes."""
    await _complete_reply(turn, state, Reply(Rsvp.LEAVE, reason=words))


async def press_review(query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext) -> None:
    """The quarter's reviews of the presser's units, each with what is known and how to add to it."""
    meeting = await get_meeting(turn.session, int(pressed.payload["meeting_id"]))
    await open_reviews(turn.session, meeting, now=turn.now)
    reviews = await list_own_reviews(turn.session, turn.who, meeting)
    offered = [one for one in reviews if one.percent is not None and one.submitted_at is None]
    buttons = tuple(
        (Button("meetings.button_review_ok", "meeting_review_ok", {"review_id": one.id}, review_values(one)),)
        for one in offered[:8]
    )
    await turn.say(
        "meetings.reviews", buttons, reviews=[review_values(one) for one in reviews], **meeting_values(meeting)
    )
    if reviews:
        await state.set_state(Telling.review)
        await state.set_data({"meeting_id": meeting.id})


async def press_review_ok(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """Take the offered percent with one tap."""
    review = await confirm_review(turn.session, turn.who, int(pressed.payload["review_id"]), now=turn.now)
    await turn.say("meetings.review_taken", **review_values(review))


async def tell_review(message: Message, turn: Turn, words: str, state: FSMContext) -> None:
    """「任务9：85%；进展：…；佐证：…；问题：…；下步：…」; the conversation stays open for the next task."""
    meeting = await get_meeting(turn.session, int((await state.get_data())["meeting_id"]))
    reviews = await list_own_reviews(turn.session, turn.who, meeting)
    said = read_review(words) or (read_review(f"任务{reviews[0].task} {words}") if len(reviews) == 1 else None)
    chosen = next((one for one in reviews if said and one.task == (said.task or 0)), None)
    if said is None or chosen is None:
        await turn.say("meetings.review_how", tasks=[one.task for one in reviews])
        return
    review = await write_review(turn.session, turn.who, chosen.id, said, now=turn.now)
    await turn.say("meetings.review_taken", **review_values(review))


async def press_topics(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """The topics, with buttons to judge them."""
    turn.who.require_secretariat()
    await _show_topics(turn, await get_meeting(turn.session, int(pressed.payload["meeting_id"])))


async def press_topic(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """Take a topic, or put it off."""
    given = pressed.payload
    await decide_topic(turn.session, turn.who, int(given["topic_id"]), str(given["state"]), now=turn.now)
    await _show_topics(turn, await get_meeting(turn.session, int(given["meeting_id"])), change=True)


async def press_merge(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """Treat two topics as one."""
    given = pressed.payload
    await merge_topics(turn.session, turn.who, int(given["topic_id"]), int(given["into"]), now=turn.now)
    await _show_topics(turn, await get_meeting(turn.session, int(given["meeting_id"])), change=True)


async def press_board(query: CallbackQuery, turn: Turn, pressed: Pressed, meeting_office: MeetingOffice) -> None:
    """Who still owes what."""
    turn.who.require_secretariat()
    await _show_board(turn, meeting_office, await get_meeting(turn.session, int(pressed.payload["meeting_id"])))


async def press_files(query: CallbackQuery, turn: Turn, pressed: Pressed, meeting_office: MeetingOffice) -> None:
    """The latest file of each unit, to the presser in private."""
    turn.who.require_secretariat()
    meeting = await get_meeting(turn.session, int(pressed.payload["meeting_id"]))
    folder = meeting_office.settings.files_dir
    for one in await list_materials(turn.session, meeting):
        path = material_path(folder, one)
        attachment = Attachment(str(path.resolve()), one.name) if path.exists() else None
        key = "meetings.material_file" if attachment else "meetings.material_missing"
        await turn.say(key, attachment=attachment, unit=one.unit.name, version=one.version, name=one.name)


async def press_pack(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """The pack; building it is slow and happens after the commit."""
    turn.who.require_secretariat()
    await _promise_papers(turn, "meeting_pack", int(pressed.payload["meeting_id"]))


async def press_minutes(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """The draft of the minutes, to the presser in private."""
    turn.who.require_secretariat()
    await _promise_papers(turn, "meeting_minutes", int(pressed.payload["meeting_id"]))


async def _obey(turn: Turn, order: MeetingOrder, office: MeetingOffice) -> None:
    if order.verb != "show" and not turn.is_private:
        await turn.say("meetings.in_group")
    elif order.verb == "convene":
        await _preview(turn, office, _wish_of(order, office))
    elif order.verb == "target":
        await _report_target(turn, order.rest, office)
    elif order.verb == "propose":
        await _propose(turn, order, office)
    elif order.verb in CHANGES:
        await _ask_change(turn, order, office)
    elif order.verb in ("pack", "minutes", "present", "sign"):
        await _hand_out(turn, order, office)
    else:
        await _show(turn, order.verb, office)


async def _show(turn: Turn, verb: str, office: MeetingOffice) -> None:
    if verb == "agenda":
        await _show_agenda(turn, office)
        return
    if verb == "tasks":
        await _show_tasks(turn, office)
        return
    if verb not in ("topics", "board", "timetable"):
        await _show_card(turn, office, await find_next_meeting(turn.session, office, now=turn.now))
        return
    turn.who.require_secretariat()
    meeting = await get_next_meeting(turn.session, office, now=turn.now)
    if verb == "topics":
        await _show_topics(turn, meeting)
    elif verb == "board":
        await _show_board(turn, office, meeting)
    else:
        preview = preview_meeting(office, turn.who, _standing(meeting, office), now=turn.now)
        await turn.say("meetings.timetable", **preview_values(preview))


async def _show_agenda(turn: Turn, office: MeetingOffice) -> None:
    meeting = await get_next_meeting(turn.session, office, now=turn.now)
    agenda = await collect_agenda(turn.session, office, meeting, now=turn.now)
    unfinished = list(agenda.unfinished) if turn.is_private and turn.who.is_secretariat else []
    values = {"unfinished": unfinished, "topics": [one.title for one in agenda.topics], **meeting_values(meeting)}
    await turn.say("meetings.agenda", reporting=list(agenda.reporting), **values)


async def _show_tasks(turn: Turn, office: MeetingOffice) -> None:
    today = office.today(turn.now)
    states = await plan_state(turn.session, office.tasks, today)
    tasks = [{"task": one.task or 0, "title": one.title, "light": one.colour.value} for one in states]
    lines = [{"light": one.colour.value, "condition": one.condition.value} for one in legend(office.tasks.lights)]
    await turn.say("meetings.tasks", tasks=tasks, legend=lines, as_of=today.isoformat())


async def _report_target(turn: Turn, words: str, office: MeetingOffice) -> None:
    """「/meeting 指标 WH-T02-2 72」: what stands reached today."""
    code, _, said = words.partition(" ")
    report = await report_figure(turn.session, turn.who, code, said, office.today(turn.now), now=turn.now)
    await turn.say("meetings.target_noted", code=code, value=str(report.value), as_of=report.reported_on.isoformat())


async def _hand_out(turn: Turn, order: MeetingOrder, office: MeetingOffice) -> None:
    turn.who.require_secretariat()
    if order.verb == "pack":
        await _promise_papers(turn, "meeting_pack", (await get_next_meeting(turn.session, office, now=turn.now)).id)
        return
    meeting = await get_current_meeting(turn.session, office, now=turn.now)
    if order.verb == "minutes":
        await _promise_papers(turn, "meeting_minutes", meeting.id)
    elif order.verb == "sign":
        await decisions.ask_sign(turn, meeting)
    elif order.number is not None:
        await count_present(turn.session, turn.who, meeting, order.number, now=turn.now)
        await turn.say("meetings.present_noted", present=order.number, **meeting_values(meeting))


async def _promise_papers(turn: Turn, kind: str, meeting_id: int) -> None:
    if not turn.is_private:
        await turn.say("meetings.in_group")
        return
    await turn.say("meetings.papers_coming")
    await turn.promise(
        kind, {"meeting_id": meeting_id, "by": turn.who.person_id}, business_key=f"{kind}:{turn.update_id}"
    )


async def _preview(turn: Turn, office: MeetingOffice, wish: Wish) -> None:
    preview = preview_meeting(office, turn.who, wish, now=turn.now)
    sure = Button("meetings.button_set", "meeting_set", wish_payload(wish))
    buttons = ((sure, Button("meetings.button_keep", "meeting_keep")),)
    await turn.say("meetings.preview", buttons, invited=len(await list_units(turn.session)), **preview_values(preview))


async def _propose(turn: Turn, order: MeetingOrder, office: MeetingOffice) -> None:
    kind = order.kind or MeetingKind.JOINT
    quarter, found = propose_meeting(office, turn.who, kind, order.quarter, now=turn.now)
    at = f"{order.starts_at or office.settings.starts_at:%H:%M}"
    days, buttons = proposals_page(found.best, kind.value, at)
    ruled_out = [one.day.isoformat() for one in found.ruled_out if one.day and one.day.weekday() < 5]
    await turn.say("meetings.proposals", buttons, period=quarter.label, kind=kind.value, days=days, ruled_out=ruled_out)


async def _ask_change(turn: Turn, order: MeetingOrder, office: MeetingOffice) -> None:
    meeting = await get_next_meeting(turn.session, office, now=turn.now)
    keep = Button("meetings.button_keep", "meeting_keep")
    if order.verb == "cancel":
        turn.who.require_secretariat()
        payload = {"meeting_id": meeting.id, "reason": order.rest}
        sure = Button("meetings.button_cancel", "meeting_cancel", payload)
        await turn.say("meetings.cancel_ask", ((sure, keep),), reason=order.rest, **meeting_values(meeting))
        return
    standing = _standing(meeting, office)
    wish = Wish(standing.kind, order.on or standing.on, order.starts_at or standing.starts_at, order.place)
    preview = await preview_move(turn.session, office, turn.who, meeting, wish, now=turn.now)
    sure = Button("meetings.button_move", "meeting_move", {**wish_payload(wish), "meeting_id": meeting.id})
    before = meeting.starts_at.isoformat()
    await turn.say("meetings.move_ask", ((sure, keep),), from_starts_at=before, **preview_values(preview))


async def _show_card(turn: Turn, office: MeetingOffice, meeting: Meeting | None) -> None:
    if meeting is None:
        manages = turn.who.is_secretariat and turn.is_private
        held = await find_current_meeting(turn.session, office, now=turn.now) if manages else None
        await turn.say("meetings.none", after_buttons(held) if held else (), is_secretariat=manages)
        return
    mine = await list_own_attendance(turn.session, turn.who, meeting.id)
    await turn.say("meetings.card", card_buttons(turn, meeting, mine), **await card_values(turn, office, meeting))


async def _show_topics(turn: Turn, meeting: Meeting, *, change: bool = False) -> None:
    topics = await list_topics(turn.session, meeting, TOPIC_STATES)
    say = turn.change if change else turn.say
    await say("meetings.topics", topic_buttons(topics), topics=topics_values(topics), **meeting_values(meeting))


async def _show_board(turn: Turn, office: MeetingOffice, meeting: Meeting) -> None:
    lines, rows = await completeness(turn.session, meeting), await list_attendance(turn.session, meeting.id)
    files = ((Button("meetings.button_files", "meeting_files", {"meeting_id": meeting.id}),),)
    buttons = files if any(line.material_version for line in lines) else ()
    await turn.say("meetings.board", buttons, **board_values(lines, rows, office), **meeting_values(meeting))


async def _note_reply(turn: Turn, meeting: Meeting, unit_id: int, said: Reply) -> None:
    row = await reply_to_notice(turn.session, turn.who, meeting, unit_id, said, now=turn.now)
    values: dict[str, Any] = {
        "unit": row.unit.name if turn.is_private else "",
        "rsvp": row.rsvp,
        "substitute": row.substitute,
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


def _wish_of(order: MeetingOrder, office: MeetingOffice) -> Wish:
    if order.on is None:
        raise PlanUnclear(problem="date_missing", given="")
    return Wish(order.kind or MeetingKind.JOINT, order.on, order.starts_at or office.settings.starts_at, order.place)


def _standing(meeting: Meeting, office: MeetingOffice) -> Wish:
    at = meeting.starts_at.astimezone(office.zone).time()
    return Wish(MeetingKind(meeting.kind), meeting.meeting_on, at, meeting.place)


def _wish(payload: dict[str, Any]) -> Wish:
    on, at = date.fromisoformat(payload["on"]), time.fromisoformat(payload["at"])
    return Wish(MeetingKind(payload["kind"]), on, at, str(payload["place"]))
