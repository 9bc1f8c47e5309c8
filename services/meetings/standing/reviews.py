"""The quarterly review: each responsible unit tells where its tasks stand, starting from what it told before."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.errors import AlreadyClosed, BadInput, NotAllowed, NotFound
from services.meetings.reading.wording import same_shape, small_number
from services.members.actors import Actor
from services.models import Attendance, CheckinCycle, CheckinEntry, Meeting, PlanTarget, Review, Submission, Unit
from services.periods import Period
from services.tasks.plan import report_progress

TEXT_LIMIT = 2000
WHOLE = 0  # the review of a unit that no task names: what it does for the plan as a whole
FIELDS = ("progress", "evidence", "problem", "next_step")
_LABELS = {
    "progress": "进展|情况|完成情况|现状",
    "evidence": "佐证|证明|附件|依据",
    "problem": "问题|困难|存在问题|诉求",
    "next_step": "下步|下一步|下步措施|打算|计划",
}
_LABEL = re.compile(
    r"(?:^|[;,。\n\s])(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _LABELS.items()) + r")\s*[:]\s*"
)
_TASK = re.compile(r"(?:第\s*(?P<a>\d{1,2}|[一二三四五六七八九十]{1,3})\s*项?任务|任务\s*(?P<b>\d{1,2})(?!\d|%))")
_PERCENT = re.compile(r"(?P<value>\d{1,3}(?:\.\d+)?)\s*%")


@dataclass(frozen=True)
class ReviewText:
    """What somebody wrote about a task; only fields that were said are set."""

    task: int | None
    percent: float | None
    fields: dict[str, str]


def read_review(text: str) -> ReviewText | None:
    """「任务9：85%；进展：…；问题：…；下步：…」; None when it tells nothing about a task."""
    plain = same_shape(text).strip()
    task = _TASK.search(plain)
    percent = _PERCENT.search(plain)
    labels = list(_LABEL.finditer(plain))
    if not task or not (percent or labels):
        return None
    fields: dict[str, str] = {}
    for index, label in enumerate(labels):
        end = labels[index + 1].start() if index + 1 < len(labels) else len(plain)
        name = next(key for key, value in label.groupdict().items() if value)
        fields[name] = text.strip()[label.end() : end].strip(" ；;，,。\n")
    if not labels and percent:
        fields["progress"] = text.strip()[percent.end() :].strip(" ；;，,。：:")
    value = float(percent["value"]) if percent else None
    number = int(task["b"]) if task["b"] else small_number(task["a"] or "")
    return ReviewText(number, value, {key: said for key, said in fields.items() if said})


async def open_reviews(session: AsyncSession, meeting: Meeting) -> int:
    """A row for each responsible unit and task, with what is known offered as a start; returns how many are new."""
    rows = await session.scalars(
        select(Attendance).where(Attendance.meeting_id == meeting.id, Attendance.role == "responsible")
    )
    known = {
        (unit_id, task)
        for unit_id, task in await session.execute(
            select(Review.unit_id, Review.task).where(Review.meeting_id == meeting.id)
        )
    }
    titles = await _tasks_by_unit(session)
    made = 0
    for row in rows:
        names = {row.unit.name, *(alias.alias for alias in row.unit.aliases)}
        tasks = {task: title for (name, task), title in titles.items() if name in names} or {WHOLE: ""}
        for task, title in sorted(tasks.items()):
            if (row.unit_id, task) not in known:
                session.add(await _prefilled(session, meeting, row.unit, task, title))
                made += 1
    await session.flush()
    return made


async def write_review(
    session: AsyncSession, actor: Actor, review_id: int, said: ReviewText, today: date, *, now: datetime
) -> Review:
    """Store what the unit says of a task; saying more adds to it, saying again replaces the field. Counts as submitted.

    Raises:
        NotAllowed: the person does not speak for that unit.
        AlreadyClosed: the meeting has begun.
        BadInput: a percent over 100, or a text that is too long.
    """
    review = await get_review(session, actor, review_id, for_update=True)
    meeting = await session.get_one(Meeting, review.meeting_id)
    if meeting.starts_at <= now and not actor.is_secretariat:
        raise AlreadyClosed(what="review")
    if said.percent is not None and said.percent > 100:
        raise BadInput(field="percent", given=f"{said.percent:g}%", problem="too_big")
    before = {"percent": review.percent, **{name: getattr(review, name) for name in FIELDS}}
    if said.percent is not None:
        review.percent, review.filled_from = said.percent, ""
    for name, value in said.fields.items():
        if len(value) > TEXT_LIMIT:
            raise BadInput(field=name, given=value[:40], problem="too_long", limit=TEXT_LIMIT)
        setattr(review, name, value)
    if said.percent is not None and review.task != WHOLE:
        names = {review.unit.name, *(alias.alias for alias in review.unit.aliases)}
        percent = Decimal(str(said.percent))
        await report_progress(session, names, review.task, percent, today, by=actor.person_id, now=now)
    review.submitted_by, review.submitted_at, review.version = actor.person_id, now, review.version + 1
    audit.record(
        session, "submit", "review", review.id, by=actor.person_id, now=now, version=review.version, before=before
    )
    return review


async def confirm_review(session: AsyncSession, actor: Actor, review_id: int, today: date, *, now: datetime) -> Review:
    """Take the offered percent as it is: one tap.

    Raises:
        NotAllowed: the person does not speak for that unit.
        BadInput: nothing was offered.
    """
    review = await get_review(session, actor, review_id)
    if review.percent is None:
        raise BadInput(field="percent", given="", problem="empty")
    return await write_review(session, actor, review_id, ReviewText(review.task, review.percent, {}), today, now=now)


async def get_review(session: AsyncSession, actor: Actor, review_id: int, *, for_update: bool = False) -> Review:
    """A unit's review for those who speak for it, and for the secretariat.

    Raises:
        NotFound: no such review.
        NotAllowed: another unit's.
    """
    review = await session.get(
        Review, review_id, with_for_update={"of": Review} if for_update else None, populate_existing=for_update
    )
    if review is None:
        raise NotFound(what="review", given=str(review_id))
    if review.unit_id not in actor.unit_ids and not actor.is_secretariat:
        raise NotAllowed(what="review", review_id=review.id)
    return review


async def list_own_reviews(session: AsyncSession, actor: Actor, meeting: Meeting) -> list[Review]:
    """The reviews that this person's units owe or gave."""
    rows = await session.scalars(
        select(Review)
        .where(Review.meeting_id == meeting.id, Review.unit_id.in_(actor.unit_ids))
        .order_by(Review.unit_id, Review.task)
    )
    return list(rows)


async def list_reviews(session: AsyncSession, meeting: Meeting) -> list[Review]:
    """All reviews of a meeting by task."""
    rows = await session.scalars(
        select(Review).where(Review.meeting_id == meeting.id).order_by(Review.task, Review.unit_id)
    )
    return list(rows)


async def _tasks_by_unit(session: AsyncSession) -> dict[tuple[str, int], str]:
    found: dict[tuple[str, int], str] = {}
    rows = await session.scalars(
        select(PlanTarget)
        .where(PlanTarget.retired_at.is_(None), PlanTarget.task.is_not(None))
        .order_by(PlanTarget.task)
    )
    for target in rows:
        for name in target.row.get("responsible", ()):
            if target.task is not None:
                found.setdefault((str(name), target.task), str(target.row.get("task_title", "")))
    return found


async def _prefilled(session: AsyncSession, meeting: Meeting, unit: Unit, task: int, title: str) -> Review:
    review = Review(
        meeting_id=meeting.id, unit_id=unit.id, task=task, title=title, version=0,
        progress="", evidence="", problem="", next_step="", filled_from="",
    )  # fmt: skip
    percent, source = await _from_checkins(session, meeting, unit.id, task)
    if percent is None:
        percent, source = await _from_last_review(session, meeting, unit.id, task)
    review.percent, review.filled_from = percent, source
    return review


async def _from_checkins(session: AsyncSession, meeting: Meeting, unit_id: int, task: int) -> tuple[float | None, str]:
    """The latest percent that the unit filed for the task in the quarter's months."""
    months = [str(month) for month in Period.of(meeting.period).months]
    row = (
        await session.execute(
            select(CheckinEntry.value, CheckinCycle.period)
            .join(Submission, CheckinEntry.submission_id == Submission.id)
            .join(CheckinCycle, Submission.cycle_id == CheckinCycle.id)
            .where(
                Submission.unit_id == unit_id,
                CheckinEntry.layer == "filed",
                CheckinEntry.key == f"task_progress[{task}]",
                CheckinEntry.value.is_not(None),
                CheckinCycle.period.in_(months),
            )
            .order_by(CheckinCycle.period.desc())
            .limit(1)
        )
    ).first()
    return (float(row[0]), row[1]) if row and row[0] is not None else (None, "")


async def _from_last_review(
    session: AsyncSession, meeting: Meeting, unit_id: int, task: int
) -> tuple[float | None, str]:
    row = (
        await session.execute(
            select(Review.percent, Meeting.period)
            .join(Meeting, Review.meeting_id == Meeting.id)
            .where(
                Review.unit_id == unit_id,
                Review.task == task,
                Review.submitted_at.is_not(None),
                Review.percent.is_not(None),
                Meeting.starts_at < meeting.starts_at,
            )
            .order_by(Meeting.starts_at.desc())
            .limit(1)
        )
    ).first()
    return (float(row[0]), row[1]) if row and row[0] is not None else (None, "")
