"""Setting, moving and cancelling a meeting. The plan becomes rows; a row's message leaves when its instant has come."""

import secrets
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.calendar.zones import localized, to_utc
from services.errors import AlreadyClosed, NotFound
from services.meetings.errors import MeetingHeld, NoMeeting, PlanUnclear
from services.meetings.moving import Schedule, move, schedule
from services.meetings.office import MeetingOffice
from services.meetings.orders import quarter_about
from services.meetings.participants import invite_units
from services.meetings.plan import MeetingPlan, plan_meeting
from services.meetings.proposing import Proposals, propose_dates
from services.meetings.timetable import MeetingKind
from services.members.actors import Actor
from services.models import Meeting, MeetingStep
from services.outbox import withdraw
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
    _write_steps(session, meeting, preview.schedule)
    await invite_units(session, meeting)
    audit.record(
        session, "convene", "meeting", meeting.id, by=actor.person_id, now=now, on=wish.on.isoformat(), place=wish.place
    )
    return meeting


@dataclass(frozen=True)
class Moved:
    """A meeting under its new date: the old start, how many messages were taken back, what is left to send."""

    meeting: Meeting
    from_starts_at: datetime
    withdrawn: int
    schedule: Schedule


async def preview_move(
    session: AsyncSession, office: MeetingOffice, actor: Actor, meeting: Meeting, wish: Wish, *, now: datetime
) -> Preview:
    """What moving the meeting would leave to send; nothing changes yet.

    Raises:
        NotAllowed: not of the secretariat.
        MeetingHeld: it has begun.
    """
    preview = preview_meeting(office, actor, wish, now=now)
    old = await plan_of(session, office, meeting)
    plan, left = move(old, preview.plan, await _sent(session, meeting), now=now, quiet_hours=office.quiet_hours)
    return replace(preview, plan=plan, schedule=left)


async def move_meeting(
    session: AsyncSession, office: MeetingOffice, actor: Actor, meeting_id: int, wish: Wish, *, now: datetime
) -> Moved:
    """Give the meeting another date or place: the next version of its plan. What had not left is void.

    Raises:
        NotAllowed: not of the secretariat.
        MeetingHeld: it has begun.
        AlreadyClosed: it already stands so.
    """
    meeting = await get_meeting(session, meeting_id, for_update=True)
    if _stands_so(office, meeting, wish):
        raise AlreadyClosed(what="meeting")
    preview = await preview_move(session, office, actor, meeting, wish, now=now)
    before = meeting.starts_at
    withdrawn = await _void(session, meeting, "moved")
    meeting.meeting_on, meeting.starts_at = wish.on, preview.plan.starts_at
    meeting.place, meeting.period = wish.place[:200] or meeting.place, str(preview.period)
    meeting.version, meeting.sequence = preview.plan.version, meeting.sequence + 1
    _write_steps(session, meeting, preview.schedule)
    audit.record(
        session,
        "move",
        "meeting",
        meeting.id,
        by=actor.person_id,
        now=now,
        before=before.isoformat(),
        after=meeting.starts_at.isoformat(),
    )
    return Moved(meeting, before, withdrawn, preview.schedule)


async def cancel_meeting(
    session: AsyncSession, office: MeetingOffice, actor: Actor, meeting_id: int, reason: str, *, now: datetime
) -> Meeting:
    """Call the meeting off; nothing of it is sent any more.

    Raises:
        NotAllowed: not of the secretariat.
        AlreadyClosed: it is over or was called off.
    """
    actor.require_secretariat()
    meeting = await get_meeting(session, meeting_id, for_update=True)
    if meeting.state != "planned":
        raise AlreadyClosed(what="meeting")
    if meeting.starts_at <= now:
        raise MeetingHeld(meeting_on=meeting.meeting_on.isoformat())
    await _void(session, meeting, "cancelled")
    meeting.state, meeting.reason, meeting.sequence = "cancelled", reason[:300], meeting.sequence + 1
    audit.record(session, "cancel", "meeting", meeting.id, by=actor.person_id, now=now, reason=reason)
    return meeting


async def get_meeting(session: AsyncSession, meeting_id: int, *, for_update: bool = False) -> Meeting:
    """The meeting behind a button.

    Raises:
        NotFound: no such meeting.
    """
    meeting = await session.get(Meeting, meeting_id, with_for_update=for_update, populate_existing=for_update)
    if meeting is None:
        raise NotFound(what="meeting", given=str(meeting_id))
    return meeting


async def all_meetings(session: AsyncSession) -> list[Meeting]:
    """Every meeting, oldest first."""
    return list(await session.scalars(select(Meeting).order_by(Meeting.starts_at, Meeting.id)))


async def find_next_meeting(session: AsyncSession, office: MeetingOffice, *, now: datetime) -> Meeting | None:
    """The planned meeting that comes next; on its own day it still counts as the next one."""
    midnight = to_utc(office.today(now), time(0), office.zone)
    found: Meeting | None = await session.scalar(
        select(Meeting)
        .where(Meeting.state == "planned", Meeting.starts_at >= midnight)
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


def _plan(office: MeetingOffice, wish: Wish) -> MeetingPlan:
    return plan_meeting(wish.on, wish.kind, office.settings, office.quiet_hours, wish.starts_at)


def _stands_so(office: MeetingOffice, meeting: Meeting, wish: Wish) -> bool:
    at = to_utc(wish.on, wish.starts_at, office.zone)
    return meeting.starts_at == at and wish.place in ("", meeting.place)


async def _sent(session: AsyncSession, meeting: Meeting) -> frozenset[str]:
    """Steps that went out under any version."""
    keys = await session.scalars(
        select(MeetingStep.key).where(MeetingStep.meeting_id == meeting.id, MeetingStep.state == "sent")
    )
    return frozenset(keys)


async def _void(session: AsyncSession, meeting: Meeting, reason: str) -> int:
    """Nothing of the current version leaves any more, neither planned steps nor written messages."""
    await session.execute(
        update(MeetingStep)
        .where(MeetingStep.meeting_id == meeting.id, MeetingStep.state == "planned")
        .values(state="void", reason=reason)
    )
    return await withdraw(session, f"meeting:{meeting.id}:v{meeting.version}:", reason)


def _write_steps(session: AsyncSession, meeting: Meeting, left: Schedule) -> None:
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
