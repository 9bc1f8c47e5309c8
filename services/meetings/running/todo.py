"""Everything that waits for a person: action items, reviews, replies, the month's form; for the secretariat its own."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.checkins.standing.finding import OWING
from services.checkins.standing.sheets import label_of_cycle
from services.meetings.items.finding import list_items
from services.meetings.office import MeetingOffice
from services.meetings.rules.states import SETTLED, ItemState
from services.meetings.running.approving import find_meeting_for
from services.meetings.standing.participants import list_own_attendance
from services.meetings.standing.reviews import list_own_reviews
from services.members.actors import Actor
from services.models import ActionItem, CheckinCycle, Decision, Meeting, Submission, Topic
from services.periods import Period
from services.tickets.waiting import Waiting, list_owed

PENDING = tuple(state.value for state in ItemState if state not in {*SETTLED, ItemState.REPORTED_DONE})


@dataclass(frozen=True)
class Todo:
    """What is to be done. `office` counts what waits for the secretariat; None for everybody else.

    `approvals`: starts of the meetings whose notices wait, for the convener and the secretariat. `questions`: those
    that the person owes an answer to.
    """

    items: list[ActionItem]
    meeting: Meeting | None
    replies: list[str]
    reviews: list[dict[str, Any]]
    checkins: list[dict[str, str]]
    submitted: list[dict[str, Any]]
    office: dict[str, int] | None
    approvals: list[str]
    questions: list[Waiting]


async def list_todo(session: AsyncSession, office: MeetingOffice, actor: Actor, *, now: datetime) -> Todo:
    """The open work of the person's units, nearest due date first."""
    items = await list_items(session, unit_ids=actor.unit_ids, unsettled=True) if actor.unit_ids else []
    items = [item for item in items if item.state != ItemState.REPORTED_DONE]
    items.sort(key=lambda item: (item.due_on is None, item.due_on, item.id))
    meeting = await find_meeting_for(session, office, actor, now=now)
    replies: list[str] = []
    reviews: list[dict[str, Any]] = []
    if meeting is not None:
        replies = [row.unit.name for row in await list_own_attendance(session, actor, meeting.id) if not row.rsvp]
        reviews = [
            {"unit": review.unit.name, "task": review.task, "title": review.title}
            for review in await list_own_reviews(session, actor, meeting)
            if review.submitted_at is None
        ]
    waiting = await _office(session, office.today(now)) if actor.is_secretariat else None
    submitted = await _submitted(session) if actor.is_secretariat else []
    approvals = await _approvals(session, now) if actor.is_secretariat or actor.holds("convener") else []
    checkins, questions = await _checkins(session, actor, now), await list_owed(session, actor)
    return Todo(items, meeting, replies, reviews, checkins, submitted, waiting, approvals, questions)


async def _approvals(session: AsyncSession, now: datetime) -> list[str]:
    starts = await session.scalars(
        select(Meeting.starts_at)
        .where(Meeting.state == "planned", Meeting.approved_at.is_(None), Meeting.starts_at > now)
        .order_by(Meeting.starts_at)
    )
    return [one.isoformat() for one in starts]


async def _checkins(session: AsyncSession, actor: Actor, now: datetime) -> list[dict[str, str]]:
    rows = await session.scalars(
        select(Submission)
        .join(CheckinCycle)
        .where(
            Submission.unit_id.in_(actor.unit_ids),
            Submission.state.in_(OWING),
            Submission.optional.is_(False),
            CheckinCycle.opens_at <= now,
            CheckinCycle.locked_at.is_(None),
        )
        .order_by(CheckinCycle.period)
    )
    return [
        {
            "unit": row.unit.name,
            "period": label_of_cycle(row.cycle),
            "due_at": row.due_at.isoformat(),
            "state": row.state,
        }
        for row in rows
    ]


async def _submitted(session: AsyncSession) -> list[dict[str, Any]]:
    """How many check-ins of which month wait for review."""
    rows = await session.execute(
        select(CheckinCycle.period, func.count())
        .join(Submission, Submission.cycle_id == CheckinCycle.id)
        .where(Submission.state == "submitted")
        .group_by(CheckinCycle.period)
        .order_by(CheckinCycle.period.desc())
    )
    return [{"month": period, "period": Period.of(period).label, "count": count} for period, count in rows]


async def _office(session: AsyncSession, today: date) -> dict[str, int]:
    async def count(query: Any) -> int:
        return int(await session.scalar(query) or 0)

    return {
        "reported": await count(select(func.count()).where(ActionItem.state == ItemState.REPORTED_DONE.value)),
        "extensions": await count(select(func.count()).where(ActionItem.state == ItemState.EXTENSION_REQUESTED.value)),
        "overdue": await count(
            select(func.count()).where(
                ActionItem.due_on < today, ActionItem.issued_at.is_not(None), ActionItem.state.in_(PENDING)
            )
        ),
        "topics": await count(select(func.count()).where(Topic.state == "proposed")),
        "drafts": await count(select(func.count()).where(Decision.state == "draft")),
    }
