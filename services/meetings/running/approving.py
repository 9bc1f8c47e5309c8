"""The convener's word before anything leaves: asked when a meeting is set, waited for, given or objected to.

Public practice: the secretariat drafts the notice, the convener approves it. Where nobody holds the convener's seat, or
the settings say so, the secretariat's own confirmation is enough. Nothing is ever approved by the clock.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.errors import AlreadyClosed, NotAllowed
from services.meetings.office import MeetingOffice
from services.meetings.rules.timetable import AFTER, Audience
from services.meetings.standing.finding import find_next_meeting, get_meeting, list_steps, require_version
from services.meetings.standing.notices import Message, convener_targets, meeting_values, post_to, secretariat_targets
from services.members.actors import Actor
from services.models import Meeting, MeetingStep, Seat
from services.outbox import Button, withdraw

ACTIONS = ("approve", "object")


async def submit_meeting(
    session: AsyncSession, office: MeetingOffice, actor: Actor, meeting: Meeting, *, now: datetime
) -> None:
    """Put the meeting before the convener. The convener's own needs no asking; without one it counts as approved."""
    if actor.holds("convener"):
        await _approve(session, meeting, actor, "convener", now)
    elif not office.settings.convener_approves or not await _has_convener(session):
        await _approve(session, meeting, actor, "secretariat", now)
    else:
        await _ask(session, office, meeting, "approval_asked", office.quiet_hours.next_send_at(now))


async def submit_move(
    session: AsyncSession, office: MeetingOffice, actor: Actor, meeting: Meeting, *, now: datetime
) -> None:
    """After a move: a plan that waited is put before the convener anew; one approved stands, and the convener hears."""
    if meeting.approved_at is None:
        await submit_meeting(session, office, actor, meeting, now=now)
        return
    message = Message("meetings.approval_moved", meeting_values(meeting))
    await post_to(session, _prefix(meeting, "moved"), await convener_targets(session, office), message, now=now)


async def approve_meeting(
    session: AsyncSession, office: MeetingOffice, actor: Actor, meeting_id: int, version: int, *, now: datetime
) -> Meeting:
    """Let the notices of this version of the plan go: the convener, or the secretariat for a word given on paper.

    Raises:
        NotAllowed: neither the convener nor of the secretariat.
        PlanSuperseded: moved since.
        AlreadyClosed: approved before, or over.
    """
    meeting = await _waiting(session, actor, meeting_id, version, now)
    how = "convener" if actor.holds("convener") else "offline"
    await _approve(session, meeting, actor, how, now)
    await withdraw(session, _prefix(meeting), "approved")
    if how == "convener":
        message = Message("meetings.approval_given", meeting_values(meeting))
        await post_to(session, _prefix(meeting, "given"), await secretariat_targets(session, office), message, now=now)
    return meeting


async def object_to_meeting(
    session: AsyncSession,
    office: MeetingOffice,
    actor: Actor,
    meeting_id: int,
    version: int,
    reason: str,
    *,
    now: datetime,
) -> Meeting:
    """Send the plan back to the secretariat, with what should be different; its notices go on waiting.

    Raises:
        NotAllowed: not the convener.
        PlanSuperseded: moved since.
        AlreadyClosed: approved before, or over.
    """
    if not actor.holds("convener"):
        raise NotAllowed(needs="convener", what="meeting")
    meeting = await _waiting(session, actor, meeting_id, version, now)
    audit.record(session, "object", "meeting", meeting.id, by=actor.person_id, now=now, reason=reason[:300])
    message = Message("meetings.approval_objected", {**meeting_values(meeting), "reason": reason[:300]})
    key = _prefix(meeting, f"objected:{now.isoformat()}")
    await post_to(session, key, await secretariat_targets(session, office), message, now=now)
    return meeting


async def remind_approvals(session: AsyncSession, office: MeetingOffice, *, now: datetime) -> int:
    """Once, when the first message would have left: to the convener again, and to the secretariat that nothing left.

    Before that, the first asking: for a convener who could not be reached when the meeting was set.
    """
    waiting = await session.scalars(
        select(Meeting).where(Meeting.state == "planned", Meeting.approved_at.is_(None), Meeting.starts_at > now)
    )
    posted = 0
    for meeting in waiting.all():
        first = next((one for one in await outward_steps(session, meeting) if one.state == "planned"), None)
        if first is not None:
            name = "approval_due" if first.at <= now else "approval_asked"
            posted += await _ask(session, office, meeting, name, office.quiet_hours.next_send_at(now))
    return posted


async def reaches_convener(session: AsyncSession, office: MeetingOffice) -> bool:
    """Whether somebody in a convener's seat can be written to."""
    return bool(await convener_targets(session, office, beside_secretariat=False))


async def outward_steps(session: AsyncSession, meeting: Meeting) -> list[MeetingStep]:
    """The steps of the plan that speak to others than the secretariat before the meeting."""
    steps = await list_steps(session, meeting)
    return [one for one in steps if one.audience != Audience.SECRETARIAT.value and one.key not in AFTER]


async def find_meeting_for(
    session: AsyncSession, office: MeetingOffice, actor: Actor, *, now: datetime
) -> Meeting | None:
    """The next meeting as this person may know of it: before approval only the secretariat and the convener do."""
    knows = actor.is_secretariat or actor.holds("convener")
    return await find_next_meeting(session, office, now=now, approved_only=not knows)


def may_leave() -> ColumnElement[bool]:
    """The condition of a step that it may leave: approved, or for the secretariat itself, or after the meeting."""
    inside = MeetingStep.audience == Audience.SECRETARIAT.value
    return or_(Meeting.approved_at.is_not(None), inside, MeetingStep.key.in_(AFTER))


async def _ask(session: AsyncSession, office: MeetingOffice, meeting: Meeting, name: str, at: datetime) -> int:
    payload = {"meeting_id": meeting.id, "version": meeting.version}
    steps = [{"key": one.key, "on": one.on.isoformat()} for one in await outward_steps(session, meeting)]
    values = {**meeting_values(meeting), "steps": steps}
    asked = tuple(Button(f"meetings.button_{action}", f"meeting_{action}", payload) for action in ACTIONS)
    message = Message(f"meetings.{name}", values, (asked,), not_before=at, expires_at=meeting.starts_at)
    conveners = await convener_targets(session, office, beside_secretariat=False)
    posted = await post_to(session, _prefix(meeting, name), conveners, message, now=at)
    if name == "approval_due":
        offline = ((Button("meetings.button_offline", "meeting_approve", payload),),)
        told = Message("meetings.approval_missing", values, offline, not_before=at, expires_at=meeting.starts_at)
        posted += await post_to(
            session, _prefix(meeting, "missing"), await secretariat_targets(session, office), told, now=at
        )
    return posted


async def _waiting(session: AsyncSession, actor: Actor, meeting_id: int, version: int, now: datetime) -> Meeting:
    if not (actor.holds("convener") or actor.is_secretariat):
        raise NotAllowed(needs="convener", what="meeting")
    meeting = await get_meeting(session, meeting_id, for_update=True)
    over = meeting.state != "planned" or meeting.starts_at <= now
    if not over:
        require_version(meeting, version)
    if over or meeting.approved_at is not None:
        raise AlreadyClosed(what="meeting")
    return meeting


async def _approve(session: AsyncSession, meeting: Meeting, actor: Actor, how: str, now: datetime) -> None:
    meeting.approved_at, meeting.approved_by, meeting.approved_how = now, actor.person_id, how
    audit.record(session, "approve", "meeting", meeting.id, by=actor.person_id, now=now, how=how)


async def _has_convener(session: AsyncSession) -> bool:
    query = select(Seat.id).where(Seat.role == "convener", Seat.until.is_(None)).limit(1)
    return await session.scalar(query) is not None


def _prefix(meeting: Meeting, name: str = "") -> str:
    return f"approval:{meeting.id}:v{meeting.version}:{name}"
