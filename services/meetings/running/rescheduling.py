"""Moving and cancelling a meeting: the next version of its plan; what had not left of the old one is void."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.calendar.zones import to_utc
from services.errors import AlreadyClosed
from services.meetings.errors import MeetingHeld
from services.meetings.office import MeetingOffice
from services.meetings.rules.moving import Schedule, move
from services.meetings.running.approving import submit_move
from services.meetings.running.convening import Preview, Wish, preview_meeting, write_steps
from services.meetings.standing.finding import get_meeting, plan_of
from services.members.actors import Actor
from services.models import Meeting, MeetingStep
from services.outbox import withdraw


@dataclass(frozen=True)
class Moved:
    """A meeting under its new date or place: what stood `before`, how many messages were taken back, what is left."""

    meeting: Meeting
    before: dict[str, str]  # from_starts_at, from_place
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
    before = {"from_starts_at": meeting.starts_at.isoformat(), "from_place": meeting.place}
    withdrawn = await _void(session, meeting, "moved")
    meeting.meeting_on, meeting.starts_at = wish.on, preview.plan.starts_at
    meeting.place, meeting.period = wish.place[:200] or meeting.place, str(preview.period)
    meeting.version, meeting.sequence = preview.plan.version, meeting.sequence + 1
    write_steps(session, meeting, preview.schedule)
    audit.record(
        session,
        "move",
        "meeting",
        meeting.id,
        by=actor.person_id,
        now=now,
        before=before,
        after={"starts_at": meeting.starts_at.isoformat(), "place": meeting.place},
    )
    await submit_move(session, office, actor, meeting, now=now)
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
