"""Meetings as texts take them: values and buttons, made from the facts of the services."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from handlers.turn import Rows, Turn
from services.meetings.office import MeetingOffice
from services.meetings.rules.plan import Concern, PlannedStep
from services.meetings.rules.proposing import Proposal
from services.meetings.running.convening import Preview, Wish
from services.meetings.standing.finding import list_steps
from services.meetings.standing.materials import BoardLine
from services.meetings.standing.notices import meeting_values
from services.meetings.standing.participants import list_attendance, turnout_values
from services.models import Attendance, Meeting
from services.outbox import Button
from services.tasks.plan import TaskState

SHOWN_DATES = 4


def wish_payload(wish: Wish) -> dict[str, Any]:
    """A wish as a button carries it."""
    return {"kind": wish.kind.value, "on": wish.on.isoformat(), "at": f"{wish.starts_at:%H:%M}", "place": wish.place}


def preview_values(preview: Preview) -> dict[str, Any]:
    """The whole timetable, step by step, with what becomes of each."""
    skipped = {one.step.key: one.reason.value for one in preview.schedule.skipped}
    send_at = {step.key: step.at.isoformat() for step in preview.schedule.send}
    return {
        "kind": preview.wish.kind.value,
        "period": preview.period.label,
        "starts_at": preview.plan.starts_at.isoformat(),
        "place": preview.wish.place,
        "concerns": [concern_values(one) for one in preview.plan.concerns],
        "steps": [step_values(step, skipped, send_at) for step in preview.plan.steps],
    }


def step_values(step: PlannedStep, skipped: dict[str, str], send_at: dict[str, str]) -> dict[str, Any]:
    """One line of the timetable."""
    return {
        "key": step.key,
        "offset": step.offset,
        "on": step.on.isoformat(),
        "at": send_at.get(step.key, ""),
        "audience": step.audience.value,
        "skipped": skipped.get(step.key, ""),
    }


def concern_values(concern: Concern) -> dict[str, Any]:
    """What speaks against a date."""
    return {
        "code": concern.code.value,
        "day": concern.day.isoformat() if concern.day else "",
        "step": concern.step or "",
        "days": concern.days or 0,
        "year": concern.year or 0,
    }


def proposals_page(found: Sequence[Proposal], kind: str, at: str) -> tuple[list[dict[str, Any]], Rows]:
    """The best days with their reasons, each behind a button."""
    shown = found[:SHOWN_DATES]
    values = [
        {
            "on": one.on.isoformat(),
            "first_step_on": one.first_step_on.isoformat(),
            "concerns": [concern_values(c) for c in one.concerns],
        }
        for one in shown
    ]
    rows = tuple(
        (
            Button(
                "meetings.button_day",
                "meeting_pick",
                {"kind": kind, "on": one.on.isoformat(), "at": at, "place": ""},
                {"on": one.on.isoformat()},
            ),
        )
        for one in shown
    )
    return values, rows


async def card_values(turn: Turn, office: MeetingOffice, meeting: Meeting) -> dict[str, Any]:
    """The next meeting: for members what concerns them, for the secretariat in private also the counts."""
    rows = await list_attendance(turn.session, meeting.id)
    mine = [] if not turn.is_private else [row for row in rows if row.unit_id in turn.who.unit_ids]
    sees_all = turn.is_private and turn.who.is_secretariat
    steps = await list_steps(turn.session, meeting)
    return {
        **meeting_values(meeting),
        "waits": meeting.approved_at is None,
        "mine": [
            {"unit": row.unit.name, "rsvp": row.rsvp, "substitute": row.substitute, "role": row.role} for row in mine
        ],
        "turnout": turnout_values(office, rows) if sees_all else None,
        "steps": [
            {"key": step.key, "on": step.on.isoformat(), "state": step.state}
            for step in steps
            if step.state == "planned" and step.at > turn.now
        ][:4]
        if sees_all
        else [],
    }


def card_buttons(turn: Turn, meeting: Meeting, mine: Sequence[Attendance]) -> Rows:
    """Replies for those who speak for one unit, the tools for the secretariat; none in groups."""
    if not turn.is_private:
        return ()
    rows: Rows = _approval_buttons(turn, meeting) if meeting.approved_at is None else ()
    for one in mine:
        answers = ("attend", "leave", "substitute")
        payload = {"meeting_id": meeting.id, "unit_id": one.unit_id}
        label = "meetings.button_{}" if len(mine) == 1 else "meetings.button_{}_for"
        rows += (
            tuple(
                Button(label.format(answer), "meeting_rsvp", {**payload, "rsvp": answer}, {"unit": one.unit.name})
                for answer in answers
            ),
        )
        if one.role == "responsible":
            rows += ((Button("meetings.button_review", "meeting_review", payload),),)
    if turn.who.is_secretariat:
        payload = {"meeting_id": meeting.id}
        tools = ("board", "topics", "pack", "decide")
        buttons = [Button(f"meetings.button_{tool}", f"meeting_{tool}", payload) for tool in tools]
        rows += (tuple(buttons[:2]), tuple(buttons[2:]))
    return rows


def _approval_buttons(turn: Turn, meeting: Meeting) -> Rows:
    """For the convener to approve; for the secretariat to pass on what the convener said on paper."""
    payload = {"meeting_id": meeting.id, "version": meeting.version}
    if turn.who.holds("convener"):
        named = (("meetings.button_approve", "meeting_approve"), ("meetings.button_object", "meeting_object"))
        return (tuple(Button(label, action, payload) for label, action in named),)
    return ((Button("meetings.button_offline", "meeting_approve", payload),),)


def after_buttons(meeting: Meeting, *, may_issue: bool) -> Rows:
    """What remains to be done once a meeting was held."""
    payload = {"meeting_id": meeting.id}
    tools = tuple(Button(f"meetings.button_{tool}", f"meeting_{tool}", payload) for tool in ("decide", "minutes"))
    return (tools, (Button("meetings.button_sign", "meeting_sign", payload),)) if may_issue else (tools,)


def task_values(task: TaskState) -> dict[str, Any]:
    """A task with its light, and what was registered for the target that is least far; empty where nothing was."""
    known = [one for one in task.statuses if one.completion is not None]
    worst = min(known, key=lambda one: one.completion or 0, default=None)
    return {
        "task": task.task or 0,
        "title": task.title,
        "light": task.colour.value,
        "completion": _percent(worst.completion) if worst else "",
        "elapsed": _percent(worst.elapsed) if worst else "",
    }


def _percent(share: Fraction | None) -> str:
    return "" if share is None else f"{round(float(share * 100), 1):g}"


def board_values(lines: Sequence[BoardLine], rows: Sequence[Attendance], office: MeetingOffice) -> dict[str, Any]:
    """Who still owes what, for the secretariat."""
    return {
        "lines": [
            {
                "unit": one.unit_name,
                "reviews": one.reviews,
                "reviews_in": one.reviews_in,
                "version": one.material_version,
                "name": one.material_name,
                "complete": one.is_complete,
            }
            for one in lines
        ],
        "turnout": turnout_values(office, rows),
        "silent": [row.unit.name for row in rows if not row.rsvp],
        "leaves": [
            {"unit": row.unit.name, "rsvp": row.rsvp, "reason": row.reason, "substitute": row.substitute}
            for row in rows
            if row.rsvp in ("leave", "substitute")
        ],
    }
