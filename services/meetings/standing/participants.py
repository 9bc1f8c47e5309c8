"""Who takes part in a meeting, in which role, and what they replied."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.errors import AlreadyClosed, NotAllowed, NotFound
from services.meetings.office import MeetingOffice
from services.meetings.reading.replies import Rsvp
from services.meetings.rules.counting import Quorum, quorum
from services.meetings.rules.timetable import MeetingKind
from services.members.actors import Actor
from services.members.units import list_units
from services.models import Attendance, Meeting, PlanTarget, Unit

COUNCIL_WORD = "理事"


async def invite_units(session: AsyncSession, meeting: Meeting) -> None:
    """A row for every unit that the kind of meeting is for: a council for its members, a report for those who report.

    Responsible are the units that the plan's targets name; before any plan was imported, the bureaus.
    """
    units = await list_units(session)
    responsible = await responsible_units(session, units)
    for unit in units:
        on_council = COUNCIL_WORD in unit.council_role
        kind = MeetingKind(meeting.kind)
        if kind is MeetingKind.COUNCIL and not on_council:
            continue
        if kind is MeetingKind.REPORT and unit.id not in responsible:
            continue
        role = "responsible" if unit.id in responsible else "council" if kind is MeetingKind.COUNCIL else "member"
        session.add(
            Attendance(
                meeting_id=meeting.id,
                unit_id=unit.id,
                role=role,
                votes=kind is MeetingKind.COUNCIL and on_council,
                rsvp="",
            )
        )
    await session.flush()


async def responsible_units(session: AsyncSession, units: Sequence[Unit]) -> frozenset[int]:
    """Units that have to report on the plan's tasks."""
    named: set[str] = set()
    for row in await session.scalars(select(PlanTarget.row).where(PlanTarget.retired_at.is_(None))):
        named.update(str(name) for name in row.get("responsible", ()))
    found = {unit.id for unit in units if {unit.name, *(alias.alias for alias in unit.aliases)} & named}
    return frozenset(found) or frozenset(unit.id for unit in units if unit.kind == "bureau")


async def list_attendance(session: AsyncSession, meeting_id: int) -> list[Attendance]:
    """All units of the meeting, in the order of the register."""
    rows = await session.scalars(
        select(Attendance).where(Attendance.meeting_id == meeting_id).order_by(Attendance.unit_id)
    )
    return list(rows)


async def list_own_attendance(session: AsyncSession, actor: Actor, meeting_id: int) -> list[Attendance]:
    """The rows of the units that this person speaks for."""
    return [row for row in await list_attendance(session, meeting_id) if row.unit_id in actor.unit_ids]


@dataclass(frozen=True)
class Reply:
    """An answer to the notice, by button or in words."""

    rsvp: Rsvp
    substitute: str = ""
    reason: str = ""
    headcount: int | None = None


async def reply_to_notice(
    session: AsyncSession, actor: Actor, meeting: Meeting, unit_id: int, reply: Reply, *, now: datetime
) -> Attendance:
    """Note what the unit answers; until the meeting begins the last answer counts.

    Raises:
        NotAllowed: the person does not speak for that unit.
        NotFound: the unit is not invited.
        AlreadyClosed: the meeting has begun or was called off.
    """
    if unit_id not in actor.unit_ids and not actor.is_secretariat:
        raise NotAllowed(what="meeting", unit_id=unit_id)
    if meeting.state != "planned" or meeting.starts_at <= now:
        raise AlreadyClosed(what="meeting")
    row: Attendance | None = await session.scalar(
        select(Attendance)
        .where(Attendance.meeting_id == meeting.id, Attendance.unit_id == unit_id)
        .with_for_update(of=Attendance)
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound(what="unit", given=str(unit_id))
    before = row.rsvp
    row.rsvp, row.substitute, row.reason = reply.rsvp.value, reply.substitute[:60], reply.reason[:200]
    row.headcount, row.answered_by, row.answered_at = reply.headcount, actor.person_id, now
    audit.record(
        session,
        "reply",
        "meeting",
        meeting.id,
        by=actor.person_id,
        now=now,
        unit_id=unit_id,
        before=before,
        after=row.rsvp,
        substitute=row.substitute,
    )
    return row


@dataclass(frozen=True)
class Turnout:
    """Replies counted; `quorum` only where members vote."""

    invited: int
    attend: int
    leave: int
    substitute: int
    silent: int
    quorum: Quorum | None = None


def count_turnout(office: MeetingOffice, rows: Sequence[Attendance]) -> Turnout:
    """The replies so far, for the secretariat."""

    def count(*answers: str, voting: bool = False) -> int:
        return sum(row.rsvp in answers and (row.votes or not voting) for row in rows)

    voters = sum(row.votes for row in rows)
    reached = (
        quorum(voters, count("attend", voting=True), count("substitute", voting=True), office.settings)
        if voters
        else None
    )
    return Turnout(len(rows), count("attend"), count("leave"), count("substitute"), count(""), reached)


def turnout_values(office: MeetingOffice, rows: Sequence[Attendance]) -> dict[str, int]:
    """The counts as texts take them; all zero for the quorum where nobody votes."""
    turnout = count_turnout(office, rows)
    reached = turnout.quorum
    return {
        "invited": turnout.invited,
        "attend": turnout.attend,
        "leave": turnout.leave,
        "substitute": turnout.substitute,
        "silent": turnout.silent,
        "quorum_needed": reached.needed if reached else 0,
        "quorum_present": reached.present if reached else 0,
        "quorum_members": reached.members if reached else 0,
    }
