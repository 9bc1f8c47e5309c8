"""A filing season for tests: an office, an October that everybody filed, a November that is open. Invented figures."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.calendar.settings import HolidaySettings, QuietHoursSettings
from services.checkins.office import Office, open_office
from services.checkins.running.cycles import open_cycle_for
from services.checkins.settings import CheckinSettings
from services.models import CheckinCycle, CheckinEntry, Submission
from services.periods import Period

OCTOBER, NOVEMBER = Period(2026, 10), Period(2026, 11)
IN_WINDOW = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)  # Tuesday, 10:00 in Shanghai; due on 7 December
SCHOOL_OCTOBER = {
    "enrolled_students": "5240",
    "coop_enterprises": "88",
    "coop_agreements_new": "0",
    "order_class_students": "260",
    "interns_on_post": "730",
    "interns_local": "412",
    "interns_in_members": "268",
    "training_person_times": "560",
    "teacher_practice_days": "60",
    "tech_service_income_wan": "3.2",
    "grads_total": "1400",
    "grads_placed": "1320",
    "grads_employed": "1100",
    "grads_local": "700",
}


def make_office(settings: CheckinSettings | None = None) -> Office:
    """The office with the shipped forms and the built-in holidays."""
    return open_office("Asia/Shanghai", settings or CheckinSettings(), QuietHoursSettings(), HolidaySettings())


async def open_season(session: AsyncSession, office: Office, *, now: datetime = IN_WINDOW) -> None:
    """October filed and accepted by the school; November open for everybody, nobody written to."""
    await open_cycle_for(session, office, OCTOBER, now=now, invite=False)
    await open_cycle_for(session, office, NOVEMBER, now=now, invite=False)


async def submission_of(session: AsyncSession, unit_id: int, period: Period = NOVEMBER) -> Submission:
    """The unit's check-in of a month."""
    query = (
        select(Submission).join(CheckinCycle).where(Submission.unit_id == unit_id, CheckinCycle.period == str(period))
    )
    return (await session.scalars(query)).one()


async def file_as(
    session: AsyncSession, submission: Submission, figures: dict[str, str], *, texts: dict[str, str] | None = None
) -> None:
    """Put figures into what is filed, as if they had been submitted a day before the due date."""
    at = submission.due_at - timedelta(days=1)
    for key, value in {**figures, **(texts or {})}.items():
        number = Decimal(value) if key in figures else None
        session.add(
            CheckinEntry(
                submission_id=submission.id,
                key=key,
                layer="filed",
                value=number,
                text=None if key in figures else value,
                state="filled" if number is None or number else "zero",
                confirmed=[],
                changed_at=at,
            )
        )
    submission.state, submission.first_submitted_at, submission.submitted_at = "submitted", at, at
    await session.flush()


def drafted(submission: Submission, key: str, value: str) -> CheckinEntry:
    """A figure that somebody of the unit has said and not submitted."""
    return CheckinEntry(
        submission_id=submission.id,
        key=key,
        layer="draft",
        value=Decimal(value),
        text=None,
        state="filled",
        confirmed=[],
        changed_at=submission.due_at,
    )


async def figures_of(session: AsyncSession, unit_id: int, layer: str, period: Period = NOVEMBER) -> dict[str, str]:
    """Figures of a layer as digits, read by an independent query."""
    rows = await session.execute(
        select(CheckinEntry.key, CheckinEntry.value)
        .join(Submission, Submission.id == CheckinEntry.submission_id)
        .join(CheckinCycle, CheckinCycle.id == Submission.cycle_id)
        .where(Submission.unit_id == unit_id, CheckinCycle.period == str(period), CheckinEntry.layer == layer)
    )
    return {key: f"{value.normalize():f}" for key, value in rows if value is not None}
