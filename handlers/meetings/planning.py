"""What the secretariat orders of a meeting in words; agenda, boards and papers."""

from typing import Any

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.filters import Pressing, Private, Secretariat
from handlers.meetings import convening
from handlers.meetings.card import show_card
from handlers.meetings.filters import CHANGES, MembersLook, Orders, OthersOrder
from handlers.meetings.pages import (
    board_values,
    preview_values,
)
from handlers.meetings.signing import ask_sign
from handlers.meetings.tasks import show_tasks
from handlers.meetings.topics import show_topics
from handlers.turn import Turn
from services.meetings.errors import NoMeeting
from services.meetings.office import MeetingOffice
from services.meetings.papers.minutes import count_present
from services.meetings.papers.pack import collect_agenda
from services.meetings.reading.orders import MeetingOrder
from services.meetings.running.approving import find_meeting_for
from services.meetings.running.convening import preview_meeting
from services.meetings.running.steps import unheard_values
from services.meetings.standing.finding import get_current_meeting, get_meeting, get_next_meeting
from services.meetings.standing.materials import completeness, list_materials, material_path
from services.meetings.standing.notices import meeting_values
from services.meetings.standing.participants import list_attendance
from services.models import Meeting
from services.outbox import Attachment, Button, Pressed
from services.tasks.plan import report_figure


def router() -> Router:
    """Part of the meetings' conversations; before replies and topics."""
    made = Router(name="planning")
    made.message.register(order_in_words, Private(), Secretariat(), Orders())
    made.message.register(order_in_words, MembersLook(), Private())
    made.message.register(refuse, OthersOrder(), Private())
    for action, handler in (
        ("meeting_board", press_board),
        ("meeting_files", press_files),
        ("meeting_pack", press_pack),
        ("meeting_minutes", press_minutes),
    ):
        made.callback_query.register(handler, Pressing(action))
    return made


async def refuse(message: Message, turn: Turn, order: MeetingOrder) -> None:
    """Who owes what, and every change, is for the secretariat alone; the convener has a way to say what to change."""
    if turn.who.holds("convener") and order.verb in CHANGES:
        await turn.say("meetings.change_by_office")
        return
    turn.who.require_secretariat()


async def order_in_words(message: Message, turn: Turn, order: MeetingOrder, meeting_office: MeetingOffice) -> None:
    """The same without a slash."""
    await obey(turn, order, meeting_office)


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


async def obey(turn: Turn, order: MeetingOrder, office: MeetingOffice) -> None:
    """Do what an order says; without one, show the next meeting."""
    if order.verb != "show" and not turn.is_private:
        await turn.say("meetings.in_group")
    elif order.verb == "convene" or (order.verb == "put" and not await convening.has_plan(turn, office)):
        await convening.show_preview(turn, office, order)
    elif order.verb == "target":
        await _report_target(turn, order.rest, office)
    elif order.verb == "propose":
        await convening.propose(turn, order, office)
    elif order.verb in CHANGES:
        await convening.ask_change(turn, order, office)
    elif order.verb in ("pack", "minutes", "present", "sign"):
        await _hand_out(turn, order, office)
    else:
        await show(turn, order.verb, office)


async def show(turn: Turn, verb: str, office: MeetingOffice) -> None:
    """A page of the next meeting: topics, board, timetable, agenda, tasks; else its card."""
    if verb == "agenda":
        await _show_agenda(turn, office)
        return
    if verb == "tasks":
        await show_tasks(turn, office)
        return
    if verb not in ("topics", "board", "timetable"):
        await show_card(turn, office, await find_meeting_for(turn.session, office, turn.who, now=turn.now))
        return
    turn.who.require_secretariat()
    meeting = await get_next_meeting(turn.session, office, now=turn.now)
    if verb == "topics":
        await show_topics(turn, meeting)
    elif verb == "board":
        await _show_board(turn, office, meeting)
    else:
        preview = preview_meeting(office, turn.who, convening.standing(meeting, office), now=turn.now)
        await turn.say("meetings.timetable", **preview_values(preview))


async def _show_agenda(turn: Turn, office: MeetingOffice) -> None:
    meeting = await find_meeting_for(turn.session, office, turn.who, now=turn.now)
    if meeting is None:
        raise NoMeeting()
    agenda = await collect_agenda(turn.session, office, meeting, now=turn.now)
    inside = turn.is_private and turn.who.is_secretariat
    done = agenda.completion
    values: dict[str, Any] = {
        "followed": done.total > 0,
        "first": int(done.total > 0),
        "counts": {"total": done.counted, "closed": done.closed, "overdue": done.overdue} if inside else None,
        "unfinished": list(agenda.unfinished) if inside else [],
        "topics": [one.title for one in agenda.topics],
    }
    await turn.say("meetings.agenda", reporting=list(agenda.reporting), **values, **meeting_values(meeting))


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
        await ask_sign(turn, meeting)
    elif order.turnout is None:
        await turn.say("meetings.ask_present")
    else:
        await count_present(turn.session, turn.who, meeting, order.turnout, now=turn.now)
        heads, units = meeting.present or 0, meeting.present_units or 0
        await turn.say("meetings.present_noted", people=heads, units=units, **meeting_values(meeting))


async def _promise_papers(turn: Turn, kind: str, meeting_id: int) -> None:
    if not turn.is_private:
        await turn.say("meetings.in_group")
        return
    await turn.say("meetings.papers_coming")
    await turn.promise(
        kind, {"meeting_id": meeting_id, "by": turn.who.person_id}, business_key=f"{kind}:{turn.update_id}"
    )


async def _show_board(turn: Turn, office: MeetingOffice, meeting: Meeting) -> None:
    lines, rows = await completeness(turn.session, meeting), await list_attendance(turn.session, meeting.id)
    files = ((Button("meetings.button_files", "meeting_files", {"meeting_id": meeting.id}),),)
    buttons = files if any(line.material_version for line in lines) else ()
    unheard = await unheard_values(turn.session, rows)
    values = {**board_values(lines, rows, office), "unheard": unheard}
    await turn.say("meetings.board", buttons, **values, **meeting_values(meeting))
