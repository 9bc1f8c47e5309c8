"""Figures for a month whose check-in is not open yet: they wait, and never go into another month's."""

import re
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from services.calendar.zones import local_day
from services.checkins.errors import MonthNotOpen
from services.checkins.office import Office
from services.checkins.reading.understood import Intent, Understanding
from services.checkins.standing.finding import OWING, find_submission
from services.checkins.standing.sheets import Sheet
from services.periods import Period

_THIS_MONTH = re.compile(r"[本当这]个?月")
_PUTS_RIGHT = re.compile(r"改|更正|订正|修正|补正|错|应该?是|应为|不对|漏|[多少]报|补[报充]|原报|上报")


async def refuse_unopened(
    session: AsyncSession, office: Office, sheet: Sheet, reading: Understanding, words: str, *, now: datetime
) -> None:
    """Nothing for a month that is named, or that 这个月 means once the month before is filed and over.

    Raises:
        MonthNotOpen: the figures are for a later month, which nobody can fill in yet.
    """
    if not reading.items or reading.intent is Intent.CORRECT:
        return
    today = Period.month_of(local_day(now, office.zone))
    named = reading.period if any(one.id == "ask_period" for one in reading.questions) else None
    meant = today if named is None and _is_over(sheet, words, now) else named
    if meant is None or not sheet.period < meant or today < meant:
        return
    if await find_submission(session, sheet.submission.unit_id, str(meant)) is None:
        opens_on = office.calendar.cycle(meant).opens_on
        raise MonthNotOpen(period=meant.label, opens_on=opens_on.isoformat(), filed=sheet.period.label)


def _is_over(sheet: Sheet, words: str, now: datetime) -> bool:
    """Filed, nothing is being changed in it, its day has passed, and 这个月 is said of no correction."""
    is_filed = sheet.submission.state not in OWING and not sheet.draft
    passed = sheet.submission.due_at <= now
    return is_filed and passed and bool(_THIS_MONTH.search(words)) and not _PUTS_RIGHT.search(words)
