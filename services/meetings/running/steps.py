"""Posting the steps of the timetable when they are due: each once, none early, none of a date that is no more."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.calendar.zones import local_day, to_utc
from services.checkins.running.recipients import list_unheard
from services.meetings.items.issuing import issue_items
from services.meetings.office import MeetingOffice
from services.meetings.rules.moving import SkipReason, schedule
from services.meetings.rules.timetable import AFTER, STEPS, Audience
from services.meetings.running.approving import may_leave
from services.meetings.standing.calendars import calendar_file
from services.meetings.standing.finding import list_steps, plan_of
from services.meetings.standing.materials import BoardLine, completeness
from services.meetings.standing.notices import (
    Message,
    Target,
    convener_targets,
    meeting_values,
    post_to,
    rsvp_buttons,
    secretariat_targets,
    units_targets,
)
from services.meetings.standing.participants import list_attendance, turnout_values
from services.meetings.standing.reviews import open_reviews
from services.models import ActionItem, Attendance, Decision, Meeting, MeetingStep, Topic
from services.outbox import Button

END_OF_DAY = time(17, 30)
LIVE = ("planned", "held")


async def post_due_steps(session: AsyncSession, office: MeetingOffice, *, now: datetime) -> int:
    """Post what has become due; returns how many messages.

    A step that is found late is sent while it still leads somewhere, else recorded as skipped. Before approval nothing
    leaves but for the secretariat; what still waits when the meeting begins is skipped.
    """
    due = await session.execute(
        select(MeetingStep, Meeting)
        .join(Meeting, MeetingStep.meeting_id == Meeting.id)
        .where(
            MeetingStep.state == "planned",
            MeetingStep.at <= now,
            MeetingStep.version == Meeting.version,
            Meeting.state.in_(LIVE),
            or_(may_leave(), Meeting.starts_at <= now),
        )
        .order_by(MeetingStep.at, MeetingStep.id)
        .with_for_update(skip_locked=True, of=MeetingStep)
    )
    posted = 0
    for step, meeting in due.all():
        at = await _leaves_at(session, office, meeting, step, now)
        step.done_at = now
        if at is None:
            step.state, step.reason = "skipped", SkipReason.MOMENT_PASSED.value
            continue
        step.state = "sent"
        posted += await _post_step(session, office, meeting, step, at, now)
    return posted


async def hold_due_meetings(session: AsyncSession, *, now: datetime) -> int:
    """Meetings whose beginning lies an hour back count as held; returns how many."""
    rows = list(
        await session.scalars(
            select(Meeting).where(Meeting.state == "planned", Meeting.starts_at <= now - timedelta(hours=1))
        )
    )
    for meeting in rows:
        meeting.state, meeting.held_at = "held", meeting.starts_at
    return len(rows)


async def _leaves_at(
    session: AsyncSession, office: MeetingOffice, meeting: Meeting, step: MeetingStep, now: datetime
) -> datetime | None:
    """When the message leaves; None when its moment has passed."""
    if step.key in AFTER:
        return max(step.at, office.quiet_hours.next_send_at(now, due_on=step.on)) if _is_late(step, now) else step.at
    if local_day(now, office.zone) == local_day(step.at, office.zone):
        return step.at
    plan = await plan_of(session, office, meeting)
    left = schedule(plan, now=now, quiet_hours=office.quiet_hours)
    return next((one.at for one in left.send if one.key == step.key), None)


def _is_late(step: MeetingStep, now: datetime) -> bool:
    return now - step.at > timedelta(hours=1)


async def _post_step(
    session: AsyncSession, office: MeetingOffice, meeting: Meeting, step: MeetingStep, at: datetime, now: datetime
) -> int:
    if step.key == "review_open":
        await open_reviews(session, meeting)
    if step.key == "items_issue" and meeting.minutes_signed_at is not None:
        return await issue_items(session, office, meeting, by=None, now=max(at, now))
    audience = Audience.SECRETARIAT if step.key == "items_issue" else Audience(step.audience)
    targets = await _targets(session, office, meeting, step, audience)
    message = await _message(session, office, meeting, step, at)
    prefix = f"meeting:{meeting.id}:v{meeting.version}:{step.key}"
    if step.key == "materials_final":
        return await _post_final(session, meeting, prefix, message, at)
    return await post_to(session, prefix, targets, message, now=at)


async def _post_final(session: AsyncSession, meeting: Meeting, prefix: str, message: Message, at: datetime) -> int:
    """The last reminder names what the unit still owes, with the buttons for just that."""
    owing = {line.unit_id for line in await completeness(session, meeting) if not line.is_complete}
    rows = await list_attendance(session, meeting.id)
    review = ((Button("meetings.button_review", "meeting_review", {"meeting_id": meeting.id}),),)
    posted = 0
    for owes_review, owes_reply in ((True, True), (True, False), (False, True)):
        chosen = [row.unit for row in rows if (row.unit_id in owing, not row.rsvp) == (owes_review, owes_reply)]
        values = {**message.values, "owes_review": owes_review, "owes_reply": owes_reply}
        buttons = (*(review if owes_review else ()), *(rsvp_buttons(meeting) if owes_reply else ()))
        told = replace(message, values=values, buttons=buttons)
        posted += await post_to(session, prefix, await units_targets(session, chosen), told, now=at)
    return posted


async def _targets(
    session: AsyncSession, office: MeetingOffice, meeting: Meeting, step: MeetingStep, audience: Audience
) -> list[Target]:
    if audience is Audience.SECRETARIAT:
        conveners = await convener_targets(session, office) if step.key == "agenda_review" else []
        return [*await secretariat_targets(session, office), *conveners]
    rows = await list_attendance(session, meeting.id)
    if audience is Audience.RESPONSIBLE:
        chosen: Sequence[Attendance] = [row for row in rows if row.role == "responsible"]
    elif audience is Audience.ATTENDEES:
        chosen = [row for row in rows if row.rsvp in ("attend", "substitute")]
    elif audience is Audience.PROPOSERS:
        proposing = await session.scalars(
            select(Topic.unit_id).where(Topic.meeting_id == meeting.id, Topic.state == "proposed")
        )
        ids = set(proposing)
        chosen = [row for row in rows if row.unit_id in ids]
    elif audience is Audience.MISSING:
        owing = {line.unit_id for line in await completeness(session, meeting) if not line.is_complete}
        chosen = [row for row in rows if row.unit_id in owing]
    else:
        chosen = rows
    return await units_targets(session, [row.unit for row in chosen])


async def _message(
    session: AsyncSession, office: MeetingOffice, meeting: Meeting, step: MeetingStep, at: datetime
) -> Message:
    values = {**meeting_values(meeting), "due_on": step.due_on.isoformat() if step.due_on else ""}
    rows = await list_attendance(session, meeting.id)
    buttons: tuple[tuple[Button, ...], ...] = ()
    payload = {"meeting_id": meeting.id}
    attachment = None
    expires_at = meeting.starts_at
    if step.key == "notice":
        buttons, attachment = rsvp_buttons(meeting), calendar_file(office, meeting, now=at)
        steps = {one.key: one for one in await list_steps(session, meeting)}
        final = steps.get("materials_final")
        values["materials_due_on"] = final.on.isoformat() if final else ""
        values["topics"] = await _approved_titles(session, meeting)
    elif step.key == "review_open":
        buttons = ((Button("meetings.button_review", "meeting_review", payload),),)
    elif step.key in ("materials_draft", "materials_final"):
        buttons = ((Button("meetings.button_review", "meeting_review", payload),),)
        expires_at = to_utc(step.on, END_OF_DAY, office.zone)
    elif step.key == "agenda_review":
        buttons = ((Button("meetings.button_topics", "meeting_topics", payload),),)
        topics = select(Topic.id).where(Topic.meeting_id == meeting.id)
        values["topics"] = await _count(session, topics)
        values["waiting"] = await _count(session, topics.where(Topic.state == "proposed"))
    elif step.key == "missing_list":
        values |= missing_values(office, rows, await completeness(session, meeting))
        values["unheard"] = await unheard_values(session, rows)
        buttons = ((Button("meetings.button_pack", "meeting_pack", payload),),)
    elif step.key == "meeting":
        expires_at = to_utc(meeting.meeting_on, time(23), office.zone)
        values |= {"turnout": turnout_values(office, rows)}
    elif step.key in AFTER:
        values |= await _after_values(session, meeting)
        buttons = _after_buttons(step.key, payload)
        expires_at = at + timedelta(days=30)
    return Message(STEPS[step.key].text_key, values, buttons, attachment, at, expires_at)


def missing_values(office: MeetingOffice, rows: Sequence[Attendance], lines: Sequence[BoardLine]) -> dict[str, object]:
    """The list of those who owe something, for the secretariat alone."""
    return {
        "turnout": turnout_values(office, rows),
        "silent": [row.unit.name for row in rows if not row.rsvp],
        "owing": [line.unit_name for line in lines if not line.is_complete],
    }


async def unheard_values(session: AsyncSession, rows: Sequence[Attendance]) -> list[dict[str, str]]:
    """The units that none of the notices reach, and why."""
    found = await list_unheard(session, {row.unit_id: row.unit.name for row in rows})
    return [{"unit": name, "reason": reason} for name, reason in found]


def _after_buttons(key: str, payload: dict[str, int]) -> tuple[tuple[Button, ...], ...]:
    if key == "minutes_draft":
        return ((Button("meetings.button_minutes", "meeting_minutes", payload),),)
    if key in ("minutes_sign", "items_issue"):
        return ((Button("meetings.button_sign", "meeting_sign", payload),),)
    return ()


async def _after_values(session: AsyncSession, meeting: Meeting) -> dict[str, object]:
    drafts = select(Decision.id).where(Decision.meeting_id == meeting.id, Decision.state == "draft")
    return {
        "drafts": await _count(session, drafts),
        "items": await _count(session, select(ActionItem.id).where(ActionItem.meeting_id == meeting.id)),
        "signed": meeting.minutes_signed_at is not None,
    }


async def _approved_titles(session: AsyncSession, meeting: Meeting) -> list[str]:
    rows = await session.scalars(
        select(Topic.title).where(Topic.meeting_id == meeting.id, Topic.state == "approved").order_by(Topic.id)
    )
    return list(rows)


async def _count(session: AsyncSession, query: object) -> int:
    return len((await session.scalars(query)).all())  # type: ignore[call-overload]
