"""Noting in the chat, apart from a check-in; and what a change of a register means for a figure that was filed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services.calendar.zones import local_day
from services.checkins.filling.doubts import find_doubts
from services.checkins.office import Office
from services.checkins.standing.finding import OWING, find_open_submission, find_submission
from services.checkins.standing.loading import load_sheet
from services.errors import BadInput, NotAllowed
from services.members.actors import Actor
from services.models import RegisterRow
from services.periods import Period
from services.registers.naming import read_names
from services.registers.noting import Home, note_rows


async def add_rows(
    session: AsyncSession, office: Office, actor: Actor, unit_id: int, said: tuple[str, str], *, now: datetime
) -> list[RegisterRow]:
    """Note what was said (register, words) for one of the actor's units, in the data month that it belongs to.

    Raises:
        NotAllowed: not a speaker of that unit.
        BadInput: nothing was named.
    """
    if unit_id not in actor.unit_ids:
        raise NotAllowed(needs="unit")
    register, words = said
    today = local_day(now, office.zone)
    found = read_names(register, words, today)
    if not found:
        raise BadInput(field=register, given=words[:40], problem="empty")
    noted: list[RegisterRow] = []
    for one in found:
        period = await find_month(session, unit_id, one.began_on, today=today, now=now)
        noted += await note_rows(session, actor, Home(unit_id, period), [one], now=now)
    return noted


async def find_month(session: AsyncSession, unit_id: int, began: date | None, *, today: date, now: datetime) -> str:
    """The data month in which something noted today is new: that of its own day, else the one that is owed."""
    this_month = Period.month_of(today)
    submission = await find_open_submission(session, unit_id, now=now)
    owed = Period.of(submission.cycle.period) if submission is not None and submission.state in OWING else this_month
    if began is not None and began <= today and owed < Period.month_of(began):
        return str(Period.month_of(began))
    return str(min(owed, this_month))


async def find_disagreement(session: AsyncSession, office: Office, row: RegisterRow) -> dict[str, Any] | None:
    """The filed figure of a month that a change of this row put in doubt, as values of a text; None when all agrees."""
    for period in dict.fromkeys(one for one in (row.closed_period, row.period) if one):
        submission = await find_submission(session, row.unit_id, period)
        if submission is None or submission.first_submitted_at is None or submission.cycle.locked_at is not None:
            continue
        sheet = await load_sheet(session, office, submission)
        doubt = next((one for one in find_doubts(sheet) if one.rule == "V08"), None)
        if doubt is not None:
            return {
                "submission_id": submission.id,
                "period": sheet.label,
                "label": sheet.form.label_of(doubt.key),
                "said": doubt.facts["value"],
                "counted": doubt.facts["ledger"],
            }
    return None
