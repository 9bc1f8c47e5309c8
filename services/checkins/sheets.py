"""A unit's check-in as it stands: what is asked, drafted and filed, with last month beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache

from sqlalchemy import Select, and_, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.checkins.checks import Background, Finding, check
from services.checkins.form import Form, Indicator, Kind, State
from services.checkins.office import Office
from services.checkins.reading import Item
from services.models import CheckinCycle, CheckinEntry, Evidence, Submission
from services.periods import Period, label_of_months
from services.registers.counting import COUNTED, Registered, count_registered

LOOK_BACK = 12
ISSUES = "issues"


@dataclass(frozen=True)
class Sheet:
    """One submission with everything that is known for filling it in. Values are plain decimals in the form's units."""

    submission: Submission
    form: Form
    period: Period
    draft: Mapping[str, CheckinEntry]
    filed: Mapping[str, CheckinEntry]
    previous: Mapping[str, Decimal | None]
    ytd_before: Mapping[str, Decimal | None]
    history: Sequence[Mapping[str, Decimal | None]] = field(default=())
    last_issue: str = ""  # the problem the unit reported last month
    registered: Registered = field(default_factory=Registered)
    evidence: frozenset[str] = frozenset()

    @property
    def asked(self) -> tuple[Indicator, ...]:
        """The figures this unit is asked for in this month, in the form's order."""
        return self.form.due(self.period, short=self.submission.short_form)

    @property
    def label(self) -> str:
        """What the filing is called; merged months by both: 2026年1—2月."""
        return label_of_cycle(self.submission.cycle)

    @property
    def before(self) -> Period:
        """The last month that was filed apart from this one; of merged months, the one before the first."""
        return Period.of(self.submission.cycle.months[0]).previous

    @property
    def is_merged(self) -> bool:
        """Whether flows are those of several months together."""
        return len(self.submission.cycle.months) > 1

    @property
    def current(self) -> dict[str, CheckinEntry]:
        """The draft over what is filed; where neither says a figure, what a register counts."""
        said = {**self.filed, **self.draft}
        for key, entry in self.counted.items():
            if key not in said or said[key].state == State.MISSING:
                said[key] = entry
        return said

    @property
    def counted(self) -> dict[str, CheckinEntry]:
        """The figures that registers know, as entries that are not stored; filing stores them."""
        return {key: _counted_entry(self.submission, key, count) for key, count in self.registered.counts.items()}

    @property
    def has_draft(self) -> bool:
        """Whether there is something to file."""
        return bool(self.draft or self.registered.drafts)

    @property
    def is_changing(self) -> bool:
        """Whether something was filed and is being changed: the change counts nowhere before it is filed."""
        return self.has_draft and self.submission.first_submitted_at is not None

    @property
    def is_untouched(self) -> bool:
        """Whether no figure and no text has an answer; what became of last month's problem is neither."""
        parts = {*self.form.by_key, *(one.key for one in self.form.texts)}
        said = {**self.filed, **self.draft}
        return not self.registered.drafts and all(key.partition("[")[0] not in parts for key in said)

    @property
    def open_keys(self) -> list[str]:
        """Asked figures without any answer yet; of a returned check-in, what was returned and not yet redone."""
        if self.submission.state == "returned":
            return [key for key in self.submission.returned or {} if key not in self.draft]
        answered = {key.partition("[")[0] for key, one in self.current.items() if one.state != State.MISSING}
        return [one.key for one in self.asked if one.key not in answered]

    @property
    def only_returned(self) -> str | None:
        """The one figure that still has to be mended: a bare number then answers it."""
        keys = self.open_keys if self.submission.state == "returned" else []
        return keys[0] if len(keys) == 1 and keys[0].partition("[")[0] in self.form.by_key else None

    @property
    def background(self) -> Background:
        """What the checks compare with."""
        return Background(self.previous, self.ytd_before, self.registered.counts, self.history, self.evidence)

    def findings(self) -> list[Finding]:
        """What the checks say of the figures as they stand."""
        return check(self.form, self.period, dict(entry_items(self)), self.background)


def label_of_cycle(cycle: CheckinCycle) -> str:
    """What a filing is called."""
    return label_of_months(cycle.months)


def entry_items(sheet: Sheet) -> list[tuple[str, Item]]:
    """The figures of the sheet as the checks take them."""
    return [(key, as_item(entry)) for key, entry in sheet.current.items() if is_figure(sheet.form, entry)]


def is_figure(form: Form, entry: CheckinEntry) -> bool:
    """Whether an entry is a figure of this form and no text."""
    return entry.text is None and entry.key.partition("[")[0] in form.by_key


def plain(value: Decimal) -> str:
    """A figure in digits, without needless zeros and never as 1.2E+2."""
    return f"{value.normalize():f}"


def as_item(entry: CheckinEntry) -> Item:
    """A stored entry as the checks take it."""
    return Item(value=entry.value, state=State(entry.state), approx=entry.is_approx, source=entry.source)


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
        registered=await count_registered(session, form.by_key, submission),
        evidence=await _evidenced(session, form, submission),
    )


async def _evidenced(session: AsyncSession, form: Form, submission: Submission) -> frozenset[str]:
    """The progress figures for which the unit has handed in evidence, in this month or before."""
    if not any(one.unit == "%" for one in form.indicators):
        return frozenset()
    query = select(Evidence.key).join(Submission).where(Submission.unit_id == submission.unit_id, Evidence.key != "")
    return frozenset(await session.scalars(query.distinct()))


def _counted_entry(submission: Submission, key: str, count: Decimal) -> CheckinEntry:
    return CheckinEntry(
        submission_id=submission.id,
        key=key,
        layer="draft",
        value=count,
        text=None,
        state=(State.FILLED if count else State.ZERO).value,
        is_approx=False,
        carried_from="",
        confirmed=[],
        source="",
        note=COUNTED,
        version=1,
    )


def as_filed(sheet: Sheet) -> Sheet:
    """What the unit has handed in and nothing of what it is still writing: all that others may read."""
    standing = {key: count for key, count in sheet.registered.standing.items() if key in sheet.filed}
    return replace(sheet, draft={}, registered=Registered(standing, standing=standing))


async def recount(session: AsyncSession, sheet: Sheet) -> Sheet:
    """The same after rows of its registers changed."""
    return replace(sheet, registered=await count_registered(session, sheet.form.by_key, sheet.submission))


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
