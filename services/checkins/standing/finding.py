"""Whose check-in, and of which month, with the rights of today.

A check-in that is loaded for filling in is locked until the transaction ends. What two people of one unit do at the
same time happens one after the other, so the sheet in hand is the truth and nothing is loaded twice.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from services.checkins.errors import NothingDue
from services.checkins.office import Office
from services.checkins.standing.loading import load_sheet
from services.checkins.standing.sheets import Sheet
from services.errors import NotAllowed, NotFound
from services.members.actors import Actor
from services.models import CheckinCycle, Submission, Unit
from services.models.base import Utc
from services.periods import Period

OWING = ("expected", "draft", "returned")  # states of a check-in that its unit still has to hand in


async def list_fillable(session: AsyncSession, actor: Actor, *, now: datetime) -> list[Submission]:
    """What each of the actor's units should be filling in now, in the order of the register; locked."""
    if not actor.unit_ids:
        return []
    given = {"units": sorted(actor.unit_ids), "now": now}
    rows = (await session.scalars(_for_filling(_open_to()), given)).unique().all()
    found = [_choose([one for one in rows if one.unit_id == unit_id]) for unit_id in sorted(actor.unit_ids)]
    return [one for one in found if one is not None]


async def require_fillable(session: AsyncSession, office: Office, actor: Actor, *, now: datetime) -> list[Submission]:
    """The same, never empty.

    Raises:
        NotAllowed: the actor speaks for no unit.
        NothingDue: nothing was opened for these units yet; says when the next one opens.
    """
    if not actor.unit_ids:
        raise NotAllowed(needs="unit")
    found = await list_fillable(session, actor, now=now)
    if not found:
        raise NothingDue(**next_opening(office, now))
    return found


def next_opening(office: Office, now: datetime) -> dict[str, str]:
    """The next month's name and the day it opens."""
    upcoming = office.calendar.cycle(office.calendar.opened_by(now).month.next)
    return {"opens_on": upcoming.opens_on.isoformat(), "next_period": upcoming.month.label}


async def get_sheet(session: AsyncSession, office: Office, actor: Actor, submission_id: int) -> Sheet:
    """A check-in for filling in, with the rights of today; locked.

    Raises:
        NotFound: no such check-in.
        NotAllowed: it belongs to another unit, and the actor is not the secretariat.
    """
    submission = (await session.scalars(_for_filling(_numbered()), {"of": submission_id})).unique().one_or_none()
    if submission is None:
        raise NotFound(what="checkin", given=str(submission_id))
    if submission.unit_id not in actor.unit_ids and not actor.is_secretariat:
        raise NotAllowed(needs="unit")
    return await load_sheet(session, office, submission)


async def find_open_submission(session: AsyncSession, unit_id: int, *, now: datetime) -> Submission | None:
    """What the unit should be filling in now; not locked."""
    return _choose((await session.scalars(_open_to(), {"units": [unit_id], "now": now})).all())


async def find_submission(session: AsyncSession, unit_id: int, period: str) -> Submission | None:
    """The unit's submission of a period; not locked."""
    found: Submission | None = await session.scalar(
        select(Submission).join(CheckinCycle).where(Submission.unit_id == unit_id, CheckinCycle.period == period)
    )
    return found


async def count_unreviewed(session: AsyncSession, period: Period, unit_id: int | None = None) -> int:
    """Units whose check-in of that time was handed in and waits for review: of all, or whether that one's does."""
    months = [str(one) for one in period.months]
    query = select(func.count(Submission.unit_id.distinct())).join(CheckinCycle)
    query = query.where(CheckinCycle.period.in_(months), Submission.state == "submitted")
    if unit_id is not None:
        query = query.where(Submission.unit_id == unit_id)
    return int(await session.scalar(query) or 0)


async def find_exempt_submission(session: AsyncSession, unit_id: int) -> Submission | None:
    """The latest month for which the unit is exempt."""
    query = select(Submission).join(CheckinCycle).where(Submission.unit_id == unit_id, Submission.state == "exempt")
    found: Submission | None = await session.scalar(query.order_by(CheckinCycle.period.desc()).limit(1))
    return found


@cache
def _open_to() -> Select[Submission]:
    """Built once, as the next: asked for every message of a member."""
    return (
        select(Submission)
        .join(CheckinCycle)
        .where(
            Submission.unit_id.in_(bindparam("units", expanding=True)),
            CheckinCycle.locked_at.is_(None),
            CheckinCycle.opens_at <= bindparam("now", type_=Utc()),
        )
        .order_by(Submission.unit_id, CheckinCycle.period)
    )


@cache
def _numbered() -> Select[Submission]:
    return select(Submission).where(Submission.id == bindparam("of"))


@cache
def _for_filling(query: Select[Submission]) -> Select[Submission]:
    """With the row locked, as it is by then, and the unit's other names: words are held against them."""
    names = joinedload(Submission.unit).joinedload(Unit.aliases)
    return query.options(names).with_for_update(of=Submission).execution_options(populate_existing=True)


def _choose(rows: Sequence[Submission]) -> Submission | None:
    """What was returned, else the newest that is owed, else the newest at all.

    A month that was missed does not stand in the way of the new one; its own button and its name still lead to it.
    """
    returned = [one for one in rows if one.state == "returned"]
    owing = [one for one in rows if one.state in ("expected", "draft") and not one.optional]
    return next(iter(returned[-1:] or owing[-1:] or rows[-1:]), None)
