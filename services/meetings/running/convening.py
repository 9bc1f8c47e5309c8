"""Setting, moving and cancelling a meeting. The plan becomes rows; a row's message leaves when its instant has come."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.errors import AlreadyClosed
from services.meetings.errors import PlanUnclear
from services.meetings.office import MeetingOffice
from services.meetings.reading.orders import quarter_about
from services.meetings.rules.moving import Schedule, schedule
from services.meetings.rules.plan import MeetingPlan, plan_meeting
from services.meetings.rules.proposing import Proposals, propose_dates
from services.meetings.rules.timetable import MeetingKind
from services.meetings.running.approving import submit_meeting
from services.meetings.standing.participants import invite_units
from services.members.actors import Actor
from services.models import Meeting, MeetingStep
from services.periods import Period


@dataclass(frozen=True)
class Wish:
    """What a meeting shall be: kind, day, time of day, place. Nothing is stored of it before it is confirmed."""

    kind: MeetingKind
    on: date
    starts_at: time
    place: str = ""


@dataclass(frozen=True)
class Preview:
    """The whole timetable of a wish, and what it would leave to send today."""

    wish: Wish
    period: Period
    plan: MeetingPlan
    schedule: Schedule


def preview_meeting(office: MeetingOffice, actor: Actor, wish: Wish, *, now: datetime) -> Preview:
    """The timetable of a meeting that is not set yet.

    Raises:
        NotAllowed: not of the secretariat.
        PlanUnclear: its moment has passed.
    """
    actor.require_secretariat()
    plan = _plan(office, wish)
    if plan.starts_at <= now:
        raise PlanUnclear(problem="date_past", given=wish.on.isoformat())
    return Preview(wish, quarter_about(wish.on), plan, schedule(plan, now=now, quiet_hours=office.quiet_hours))


def propose_meeting(
    office: MeetingOffice, actor: Actor, kind: MeetingKind, quarter: Period | None, *, now: datetime
) -> tuple[Period, Proposals]:
    """Days for the meeting about a quarter (default: the current one), the best first.

    Raises:
        NotAllowed: not of the secretariat.
    """
    actor.require_secretariat()
    today = office.today(now)
    about = quarter or Period.month_of(today).quarter_of
    return about, propose_dates(about, kind, office.settings, office.workdays, office.workdays.next_workday(today))


async def convene_meeting(
    session: AsyncSession, office: MeetingOffice, actor: Actor, wish: Wish, *, now: datetime
) -> Meeting:
    """Set the meeting: its row, its steps with their instants, its participants. Confirming twice sets one.

    Where somebody holds the convener's seat, it is put before the convener, and nothing leaves before the answer.

    Raises:
        NotAllowed: not of the secretariat.
        AlreadyClosed: the same kind of meeting is already set for that day.
    """
    preview = preview_meeting(office, actor, wish, now=now)
    same = await session.scalar(
        select(Meeting.id).where(Meeting.kind == wish.kind, Meeting.meeting_on == wish.on, Meeting.state == "planned")
    )
    if same:
        raise AlreadyClosed(what="meeting")
    meeting = Meeting(
        kind=wish.kind.value,
        period=str(preview.period),
        place=wish.place[:200],
        meeting_on=wish.on,
        starts_at=preview.plan.starts_at,
        uid=f"{secrets.token_hex(12)}@lianluo",
        created_by=actor.person_id,
        created_at=now,
        version=1,
        sequence=0,
        state="planned",
    )
    session.add(meeting)
    await session.flush()
    write_steps(session, meeting, preview.schedule)
    await invite_units(session, meeting)
    audit.record(
        session, "convene", "meeting", meeting.id, by=actor.person_id, now=now, on=wish.on.isoformat(), place=wish.place
    )
    await submit_meeting(session, office, actor, meeting, now=now)
    return meeting


def _plan(office: MeetingOffice, wish: Wish) -> MeetingPlan:
    return plan_meeting(wish.on, wish.kind, office.settings, office.quiet_hours, wish.starts_at)


def write_steps(session: AsyncSession, meeting: Meeting, left: Schedule) -> None:
    """The steps of the meeting's current version as rows: those to be sent, and those that no longer can be."""
    rows = [(step, "planned", "") for step in left.send]
    rows += [(one.step, "skipped", one.reason.value) for one in left.skipped]
    for step, state, reason in rows:
        session.add(
            MeetingStep(
                meeting_id=meeting.id,
                version=meeting.version,
                key=step.key,
                offset=step.offset,
                on=step.on,
                at=step.at,
                due_on=step.due_on,
                audience=step.audience.value,
                state=state,
                reason=reason,
            )
        )
