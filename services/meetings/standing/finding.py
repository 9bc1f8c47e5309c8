"""Meetings found again: by number, the next one, the one that is being written down; their plan and its steps."""

from dataclasses import replace
from datetime import datetime, time

from sqlalchemy import literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.calendar.zones import localized, to_utc
from services.errors import NotFound
from services.meetings.errors import NoMeeting, PlanSuperseded
from services.meetings.office import MeetingOffice
from services.meetings.rules.plan import MeetingPlan, plan_meeting
from services.meetings.rules.timetable import MeetingKind
from services.models import Meeting, MeetingStep


async def get_meeting(session: AsyncSession, meeting_id: int, *, for_update: bool = False) -> Meeting:
    """The meeting behind a button.

    Raises:
        NotFound: no such meeting.
    """
    meeting = await session.get(Meeting, meeting_id, with_for_update=for_update, populate_existing=for_update)
    if meeting is None:
        raise NotFound(what="meeting", given=str(meeting_id))
    return meeting


def require_version(meeting: Meeting, version: int) -> None:
    """A card may only do what it shows.

    Raises:
        PlanSuperseded: the meeting was moved since the card was made.
    """
    if meeting.version != version:
        raise PlanSuperseded(what="meeting", meeting_id=meeting.id)


async def all_meetings(session: AsyncSession) -> list[Meeting]:
    """Every meeting, oldest first."""
    return list(await session.scalars(select(Meeting).order_by(Meeting.starts_at, Meeting.id)))


async def find_next_meeting(
    session: AsyncSession, office: MeetingOffice, *, now: datetime, approved_only: bool = False
) -> Meeting | None:
    """The planned meeting that comes next; on its own day it still counts as the next one."""
    midnight = to_utc(office.today(now), time(0), office.zone)
    found: Meeting | None = await session.scalar(
        select(Meeting)
        .where(
            Meeting.state == "planned",
            Meeting.starts_at >= midnight,
            or_(Meeting.approved_at.is_not(None), literal(not approved_only)),
        )
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(1)
    )
    return found


async def get_next_meeting(session: AsyncSession, office: MeetingOffice, *, now: datetime) -> Meeting:
    """As `find_next_meeting`.

    Raises:
        NoMeeting: none is planned.
    """
    meeting = await find_next_meeting(session, office, now=now)
    if meeting is None:
        raise NoMeeting()
    return meeting


async def find_current_meeting(session: AsyncSession, office: MeetingOffice, *, now: datetime) -> Meeting | None:
    """The meeting whose decisions are being written down: the latest that has begun, else today's."""
    today = office.today(now)
    found: Meeting | None = await session.scalar(
        select(Meeting)
        .where(Meeting.state.in_(("planned", "held")), Meeting.meeting_on <= today)
        .order_by(Meeting.starts_at.desc())
        .limit(1)
    )
    return found


async def get_current_meeting(session: AsyncSession, office: MeetingOffice, *, now: datetime) -> Meeting:
    """As `find_current_meeting`.

    Raises:
        NoMeeting: none has taken place.
    """
    meeting = await find_current_meeting(session, office, now=now)
    if meeting is None:
        raise NoMeeting()
    return meeting


async def plan_of(session: AsyncSession, office: MeetingOffice, meeting: Meeting) -> MeetingPlan:
    """The plan under which the meeting stands today."""
    at = localized(meeting.starts_at, office.zone).time()
    plan = plan_meeting(meeting.meeting_on, MeetingKind(meeting.kind), office.settings, office.quiet_hours, at)
    return replace(plan, version=meeting.version)


async def list_steps(session: AsyncSession, meeting: Meeting) -> list[MeetingStep]:
    """The steps of the plan's current version, in order."""
    rows = await session.scalars(
        select(MeetingStep)
        .where(MeetingStep.meeting_id == meeting.id, MeetingStep.version == meeting.version)
        .order_by(MeetingStep.on, MeetingStep.at, MeetingStep.id)
    )
    return list(rows)
