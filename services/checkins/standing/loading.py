"""Everything that is known for filling in a check-in, read in a handful of queries."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache

from sqlalchemy import Select, and_, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.checkins.form import Form, Kind
from services.checkins.office import Office
from services.checkins.standing.sheets import ISSUES, Sheet
from services.models import CheckinCycle, CheckinEntry, Evidence, Submission
from services.periods import Period
from services.registers.counting import count_registered

LOOK_BACK = 12


async def load_sheet(session: AsyncSession, office: Office, submission: Submission) -> Sheet:
    """Everything for filling in one submission, in a handful of queries."""
    period = Period.of(submission.cycle.period)
    entries = await _entries(session, submission)
    form = office.forms.get(submission.form_id, submission.form_version)
    first = submission.cycle.months[0]
    earlier, issue = await _earlier(session, submission, str(Period.of(first).previous))
    return Sheet(
        submission=submission,
        form=form,
        period=period,
        draft={one.key: one for one in entries if one.layer == "draft"},
        filed={one.key: one for one in entries if one.layer == "filed"},
        previous=_previous(form, first, earlier),
        ytd_before=_year_to_date(form, period, earlier),
        history=[earlier[month] for month in sorted(earlier, reverse=True)],
        last_issue=issue,
        registered=await count_registered(session, form.by_key, submission, office.zone),
        evidence=await _evidenced(session, form, submission),
        zone=office.zone,
    )


async def _evidenced(session: AsyncSession, form: Form, submission: Submission) -> frozenset[str]:
    """The progress figures for which the unit has handed in evidence, in this month or before."""
    if not any(one.unit == "%" for one in form.indicators):
        return frozenset()
    query = select(Evidence.key).join(Submission).where(Submission.unit_id == submission.unit_id, Evidence.key != "")
    return frozenset(await session.scalars(query.distinct()))


async def recount(session: AsyncSession, sheet: Sheet) -> Sheet:
    """The same after rows of its registers changed."""
    return replace(sheet, registered=await count_registered(session, sheet.form.by_key, sheet.submission, sheet.zone))


async def _entries(session: AsyncSession, submission: Submission) -> list[CheckinEntry]:
    return list(await session.scalars(_entries_of(), {"of": submission.id}))


@cache
def _entries_of() -> Select[CheckinEntry]:
    """Built once, as the next: a sheet is loaded for every message and press of a check-in."""
    query = select(CheckinEntry).where(CheckinEntry.submission_id == bindparam("of")).order_by(CheckinEntry.key)
    return query.execution_options(populate_existing=True)


async def _earlier(
    session: AsyncSession, submission: Submission, last: str
) -> tuple[dict[str, dict[str, Decimal | None]], str]:
    """Filed figures of the last twelve months by period, and the problem that was reported in the `last` of them."""
    before = submission.cycle.period
    oldest = str(Period.of(before).shift(-LOOK_BACK))
    given = {"unit": submission.unit_id, "before": before, "oldest": oldest, "last": last}
    figures: dict[str, dict[str, Decimal | None]] = {}
    issue = ""
    for period, key, value, text in await session.execute(_filed_before(), given):
        if text is None:
            figures.setdefault(period, {})[key] = value
        else:
            issue = text
    return figures, issue


@cache
def _filed_before() -> Select[str, str, Decimal | None, str | None]:
    of_last = and_(CheckinCycle.period == bindparam("last"), CheckinEntry.key == ISSUES)
    return (
        select(CheckinCycle.period, CheckinEntry.key, CheckinEntry.value, CheckinEntry.text)
        .join(Submission, CheckinEntry.submission_id == Submission.id)
        .join(CheckinCycle, Submission.cycle_id == CheckinCycle.id)
        .where(
            Submission.unit_id == bindparam("unit"),
            CheckinCycle.period < bindparam("before"),
            CheckinCycle.period >= bindparam("oldest"),
            CheckinEntry.layer == "filed",
            or_(CheckinEntry.text.is_(None), of_last),
        )
    )


def _previous(form: Form, first: str, earlier: Mapping[str, Mapping[str, Decimal | None]]) -> dict[str, Decimal]:
    """Figures of the month before the first of the filing; a stock or cohort figure is the latest known."""
    last = str(Period.of(first).previous)
    found: dict[str, Decimal] = {}
    for month in sorted(earlier):
        for key, value in earlier[month].items():
            bare = key.partition("[")[0]
            lasting = bare in form.by_key and form.by_key[bare].kind is not Kind.FLOW
            if value is not None and (lasting or month == last):
                found[key] = value
    return found


def _year_to_date(
    form: Form, period: Period, earlier: Mapping[str, Mapping[str, Decimal | None]]
) -> dict[str, Decimal]:
    """Flow figures of this year before this month; in January every one is 0."""
    this_year = [figures for month, figures in earlier.items() if month.startswith(f"{period.year:04d}-")]
    return {
        one.key: sum((figures.get(one.key) or Decimal(0) for figures in this_year), Decimal(0))
        for one in form.indicators
        if one.kind is Kind.FLOW
    }
