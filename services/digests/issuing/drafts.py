"""Drafts that come by themselves: some workdays after the due date, to the secretariat, once."""

from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.calendar.zones import local_day, to_utc
from services.digests.issuing.press import DigestOffice
from services.errands import Work, promise
from services.members.reach import list_secretariat
from services.models import CheckinCycle, DigestEdition, Person
from services.periods import Period

DRAFTED_AT = time(9)
DRAFT_KEY = "digest:auto:"
KEPT = timedelta(days=7)
STALE = timedelta(days=10)  # a draft that was missed for longer is asked for by hand


async def promise_due_drafts(session: AsyncSession, office: DigestOffice, *, now: datetime) -> int:
    """Promise the drafts that have come due: the month's, and at its end the quarter's and the year's.

    One that is found late leaves in the next sending hours; a month that nobody was asked about has none.
    """
    if not office.settings.drafts:
        return 0
    month = office.latest_due(now)
    at = draft_at(office, month)
    if not at <= now < at + STALE or not office.office.quiet_hours.is_open(now) or not await _was_asked(session, month):
        return 0
    people = await _secretariat(session, office)
    promised = 0
    for period in periods_closed_by(month):
        for person_id, chat_id in people:
            payload: dict[str, Any] = {"person_id": person_id, "period": str(period), "scheduled": True}
            work = Work("digest", payload, chat_id)
            key = f"{DRAFT_KEY}{period}:{chat_id}"
            promised += await promise(session, work, now=now, business_key=key) is not None
    return promised


async def forget_superseded(session: AsyncSession, *, now: datetime) -> int:
    """Remove the files of drafts that a newer one replaced a week ago; the rows stay. Issues keep their files."""
    editions = await session.scalars(
        select(DigestEdition).where(DigestEdition.state == "superseded", DigestEdition.made_at < now - KEPT)
    )
    removed = 0
    for edition in editions:
        for file in (one for kind in edition.files.values() for one in kind):
            Path(file["path"]).unlink(missing_ok=True)
            removed += 1
        edition.files = {}
    return removed


def draft_at(office: DigestOffice, month: Period) -> datetime:
    """When the draft of a month is sent: so many workdays after the due date, in sending hours."""
    calendar = office.office.calendar
    due_at = calendar.cycle(month).due_at
    day = calendar.workdays.shift(local_day(due_at, office.zone), office.settings.draft_days_after_due)
    return max(calendar.quiet_hours.next_send_at(to_utc(day, DRAFTED_AT, office.zone)), due_at)


def periods_closed_by(month: Period) -> list[Period]:
    """The month, and the quarter and year that end with it."""
    found = [month]
    if month.is_quarter_month:
        found.append(month.quarter_of)
    if month.month == 12:
        found.append(Period(month.year))
    return found


async def _was_asked(session: AsyncSession, month: Period) -> bool:
    """Whether a check-in of that month was opened at all."""
    query = select(CheckinCycle.id).where(CheckinCycle.period == str(month))
    return await session.scalar(query) is not None


async def _secretariat(session: AsyncSession, office: DigestOffice) -> list[tuple[int, int]]:
    ids = await list_secretariat(session, office.secretaries)
    rows = await session.execute(select(Person.id, Person.telegram_id).where(Person.telegram_id.in_(ids)))
    return [(person_id, chat_id) for person_id, chat_id in rows if chat_id]
