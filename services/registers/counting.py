"""Figures that a register knows: counted from its rows, so that nobody is asked for them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from decimal import Decimal
from functools import cache

from sqlalchemy import BindParameter, Select, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.models import DemandPost, RegisterRow, Submission
from services.periods import Period
from services.registers.said import NAMES_OF, NEEDS

CLOSED_KEYS = {"tech_needs_closed": NEEDS}
VACANCIES = "vacancies_open"  # 期末技能岗位缺口 = the open rows of 岗位需求台账 (domain 2.2)
COUNTED = "register"  # begins the note of an entry that was counted and not said


@dataclass(frozen=True)
class Registered:
    """What the registers say beside a check-in. `counts`: figures by key, only where there is a row to count.

    ``standing`` are the same without the drafts: what others than the unit may read.
    """

    counts: Mapping[str, Decimal] = field(default_factory=dict)
    drafts: tuple[RegisterRow, ...] = ()
    standing: Mapping[str, Decimal] = field(default_factory=dict)


async def count_registered(
    session: AsyncSession, asked: Collection[str], submission: Submission, zone: tzinfo
) -> Registered:
    """The figures ``asked`` of a check-in that its unit's registers know, and the drafts that wait for its filing.

    A register without a row for the month knows nothing: nobody can tell an empty month from one not noted yet, so
    the figure is asked for as before. Rows of this check-in's own draft count, those of another's do not.
    """
    keys = {**NAMES_OF, **CLOSED_KEYS}
    wanted = {key: register for key, register in keys.items() if key in asked}
    months = submission.cycle.months
    found = await session.scalars(_rows_of(), {"unit": submission.unit_id, "months": months})
    rows = [one for one in found if one.state != "draft" or one.submission_id == submission.id]
    drafts = tuple(sorted((one for one in rows if one.state == "draft"), key=lambda one: one.id))
    counts = _count(rows, wanted, months)
    standing = _count([one for one in rows if one.state != "draft"], wanted, months)
    if VACANCIES in asked and submission.first_submitted_at is None:
        vacancies = await _count_vacancies(session, submission, Period.of(months[-1]).last_day, zone)
        counts, standing = counts | vacancies, standing | vacancies
    return Registered(counts, drafts, standing)


def _count(rows: Sequence[RegisterRow], wanted: Mapping[str, str], months: list[str]) -> dict[str, Decimal]:
    found = {
        key: sum(1 for one in rows if one.register == register and _counts(one, key, months))
        for key, register in wanted.items()
    }
    return {key: Decimal(count) for key, count in found.items() if count}


@cache
def _rows_of() -> Select[RegisterRow]:
    """Built once, as the next: asked whenever a sheet is loaded."""
    months: BindParameter[str] = bindparam("months", expanding=True)
    return select(RegisterRow).where(
        RegisterRow.unit_id == bindparam("unit"),
        RegisterRow.state != "void",
        or_(RegisterRow.period.in_(months), RegisterRow.closed_period.in_(months)),
    )


@cache
def _posts_of() -> Select[int | None, datetime | None]:
    posted = (DemandPost.unit_id == bindparam("unit"), DemandPost.state.in_(("open", "partly")))
    return select(DemandPost.headcount, DemandPost.published_at).where(*posted)


async def _count_vacancies(
    session: AsyncSession, submission: Submission, last: date, zone: tzinfo
) -> dict[str, Decimal]:
    """People wanted by the posts that stand and were published by the month's end; nothing for a unit without any.

    Only for a month not filed yet: what stood at the end of an earlier one is no longer to be seen.
    """
    found = await session.execute(_posts_of(), {"unit": submission.unit_id})
    published = [(count or 0, at.astimezone(zone).date()) for count, at in found if at is not None]
    wanted = [count for count, day in published if day <= last]
    return {VACANCIES: Decimal(sum(wanted))} if wanted else {}


def _counts(row: RegisterRow, key: str, months: list[str]) -> bool:
    if key in CLOSED_KEYS:
        return row.closed_period in months or row.facts.get("ends") == "closed"
    if row.state == "draft":
        return bool(row.title) and not row.facts.get("of") and bool(row.facts.get("new"))
    return row.period in months
