"""Months ahead that no official holiday table covers: the secretariat is asked for the notice."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from services.meetings.office import MeetingOffice
from services.meetings.standing.notices import Message, post_to, secretariat_targets

PUBLISHED_BY = 12  # the arrangements of the next year are published in November


def uncovered_year(covered: Collection[int], today: date) -> int | None:
    """This year when no table covers it; from December on the next one."""
    years = [today.year, *([today.year + 1] if today.month >= PUBLISHED_BY else [])]
    return next((year for year in years if year not in covered), None)


async def warn_uncovered(session: AsyncSession, office: MeetingOffice, *, now: datetime) -> int:
    """Say it to the secretariat, once a month, in working hours; returns how many were told."""
    today = office.today(now)
    year = uncovered_year(office.workdays.table.years, today)
    if year is None:
        return 0
    message = Message("meetings.year_uncovered", {"year": year}, not_before=office.quiet_hours.next_send_at(now))
    targets = await secretariat_targets(session, office)
    return await post_to(session, f"holidays:{year}:{today:%Y-%m}", targets, message, now=now)
