"""Until when a unit's own check-in has time: its due date, what was extended or asked for, what is filed already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.calendar.zones import local_day
from services.checkins.errors import NothingDue
from services.checkins.office import Office
from services.checkins.standing.board import Line, get_cycle, line_of, list_changing
from services.checkins.standing.finding import next_opening, require_fillable
from services.checkins.standing.sheets import label_of_cycle
from services.errors import NotFound
from services.members.actors import Actor
from services.models import CheckinCycle, Extension, Submission
from services.periods import Period


@dataclass(frozen=True)
class Term:
    """One unit's month. `days_left` until the due date, negative after it.

    ``extension``: asked, granted or refused, of the newest request; ``wanted_until`` the day it asks for.
    """

    line: Line
    period: str
    days_left: int
    cycle_due_at: datetime
    extension: str = ""
    wanted_until: date | None = None


async def list_own_terms(
    session: AsyncSession, office: Office, actor: Actor, period: Period | None, *, now: datetime
) -> list[Term]:
    """How the actor's own units stand in that month, else in the newest that has opened.

    Raises:
        NothingDue: nothing was opened for them.
    """
    try:
        cycle = await get_cycle(session, period, now=now)
    except NotFound:
        raise NothingDue(**next_opening(office, now)) from None
    return await _terms_of(session, office, actor, cycle, now)


async def list_due_terms(
    session: AsyncSession, office: Office, actor: Actor, period: Period | None, *, now: datetime
) -> list[Term]:
    """The month that is named, where there is one; else what each of the actor's units should be filling in now.

    Raises:
        NothingDue: nothing was opened for them.
    """
    cycle = await _find_opened(session, period, now) if period is not None else None
    named = await _terms_of(session, office, actor, cycle, now) if cycle is not None else []
    return named or await _terms(session, office, await require_fillable(session, office, actor, now=now), now)


async def _find_opened(session: AsyncSession, period: Period, now: datetime) -> CheckinCycle | None:
    try:
        cycle = await get_cycle(session, period, now=now)
    except NotFound:
        return None
    return cycle if cycle.opens_at <= now else None


async def _terms_of(
    session: AsyncSession, office: Office, actor: Actor, cycle: CheckinCycle, now: datetime
) -> list[Term]:
    own = select(Submission).where(Submission.cycle_id == cycle.id, Submission.unit_id.in_(actor.unit_ids))
    return await _terms(session, office, list(await session.scalars(own)), now)


async def _terms(session: AsyncSession, office: Office, submissions: Sequence[Submission], now: datetime) -> list[Term]:
    numbers = [one.id for one in submissions]
    changing = await list_changing(session, numbers)
    asked = await session.scalars(select(Extension).where(Extension.submission_id.in_(numbers)).order_by(Extension.id))
    newest = {one.submission_id: one for one in asked if one.decision != "replaced"}
    today = local_day(now, office.zone)
    return [
        Term(
            line_of(one, changing),
            label_of_cycle(one.cycle),
            (local_day(one.due_at, office.zone) - today).days,
            one.cycle.due_at,
            *_asked(newest.get(one.id), office),
        )
        for one in submissions
    ]


def _asked(row: Extension | None, office: Office) -> tuple[str, date | None]:
    return (row.decision or "asked", local_day(row.wanted_until, office.zone)) if row is not None else ("", None)
