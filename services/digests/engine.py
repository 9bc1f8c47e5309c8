"""The one aggregation engine: every number of a digest that comes from replies is made here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

import numpy as np

from services.checkins.form import Derived, Form, Indicator, Kind, State
from services.digests.cube import ABSENT, STATES, Cube, Flags, exact
from services.digests.figures import Change, Figure, Query, change
from services.digests.replies import UnitRef
from services.digests.tallies import Tally, as_of_months, rolling, tally, window, year_to_date
from services.periods import Period
from services.tasks.settings import TaskSettings
from services.tasks.status import Actual, status_of
from services.tasks.target import Target


@dataclass(frozen=True)
class SourceCell:
    """One reply behind a figure."""

    unit: UnitRef
    month: Period
    key: str
    value: Decimal | None
    state: State
    approx: bool
    reply_id: int


@dataclass(frozen=True)
class Engine:
    """Figures of one cube. Forms give kinds, labels and formulas; targets are by the figure's key."""

    cube: Cube
    forms: Sequence[Form]
    targets: Mapping[str, Target]
    tasks: TaskSettings
    cutoff: datetime | None = None

    def figures(self, period: Period) -> tuple[Figure, ...]:
        """Every indicator and rate of every form, in the order of the forms."""
        found = []
        for form in self.forms:
            found += [self.indicator(form, one, period) for one in form.indicators if one.index is None]
            found += [self.derived(form, one, period) for one in form.derived]
        return tuple(found)

    def figure(self, key: str, period: Period) -> Figure:
        """One figure by key; KeyError when no form has it."""
        for form in self.forms:
            for one in form.indicators:
                if one.key == key:
                    return self.indicator(form, one, period)
            for rate in form.derived:
                if rate.key == key:
                    return self.derived(form, rate, period)
        raise KeyError(key)

    def indicator(self, form: Form, one: Indicator, period: Period) -> Figure:
        """A counted figure: over months as its kind says, over units the sum."""
        now = tally(self.cube, form, one.key, window(one, period))
        figure = self._described(now, form, one.key, period)
        figure = replace(
            figure,
            label=one.units_sum_label or one.label,
            unit=one.unit,
            decimals=one.decimals,
            kind=one.kind,
            value=now.total(),
            since=now.since,
        )
        if one.kind is Kind.FLOW:
            figure = self._with_year_to_date(figure, form, one.key)
        if _is_current(figure):
            before, last_year = (
                _compared(now, tally(self.cube, form, one.key, window(one, base)), base) if base else None
                for base in _bases(period)
            )
            figure = replace(figure, mom=before, yoy=last_year)
        return self._against_target(figure)

    def derived(self, form: Form, rate: Derived, period: Period) -> Figure:
        """A rate: the ratio of the sums over the units that gave both parts, never a mean of rates."""
        above, below = self._parts(form, rate, period)
        figure = self._described(above, form, rate.key, period)
        keys = (rate.numerator, rate.denominator) if rate.denominator else (rate.numerator,)
        months = tuple(sorted({*above.months, *(below.months if below else ())}))
        both = _both(above, below)
        value, parts = _ratio(rate, above, below, both)
        figure = replace(
            figure,
            label=rate.label,
            unit=rate.unit,
            decimals=2,
            value=value,
            parts=parts,
            n_reported=int(both.sum()),
            n_due=int((above.due if below is None else above.due & below.due).sum()),
            query=Query(form.id, keys, months),
            approx=bool((above.approx & both).any() or (below is not None and (below.approx & both).any())),
        )
        if _is_current(figure):
            before, last_year = (
                _compared_rates(rate, (above, below), self._parts(form, rate, base)) if base else None
                for base in _bases(period)
            )
            if rate.year_to_date:  # it grows from month to month by its nature: only the same months of a year compare
                before = None
            figure = replace(figure, mom=before, yoy=last_year)
        return self._against_target(figure)

    def by_unit(self, key: str, period: Period) -> tuple[tuple[UnitRef, Decimal | None, State], ...]:
        """The value and state of each unit that was due or answered."""
        form, one = self._found(key)
        now = tally(self.cube, form, key, window(one, period))
        rows = np.flatnonzero(now.due | (now.states != ABSENT))
        return tuple(
            (self.cube.units[row], exact(now.values[row]) if now.has[row] else None, _state(now, int(row)))
            for row in rows
        )

    def series(self, key: str, months: Iterable[Period]) -> tuple[Figure, ...]:
        """The figure month by month, for trends."""
        return tuple(self.figure(key, month) for month in months)

    def sources(self, query: Query) -> tuple[SourceCell, ...]:
        """The replies behind a figure, by unit, key and month."""
        found = []
        for key in query.keys:
            plane = self.cube.plane(query.form, key)
            for month in query.months:
                column = self.cube.column(month)
                if column is None:
                    continue
                for row in np.flatnonzero(plane.states[:, column] != ABSENT):
                    value = plane.values[row, column]
                    found.append(
                        SourceCell(
                            self.cube.units[row],
                            month,
                            key,
                            None if np.isnan(value) else exact(value),
                            STATES[plane.states[row, column]],
                            bool(plane.approx[row, column]),
                            int(plane.reply_ids[row, column]),
                        )
                    )
        return tuple(sorted(found, key=lambda cell: (cell.unit, cell.key, cell.month)))

    def _found(self, key: str) -> tuple[Form, Indicator]:
        for form in self.forms:
            if key in form.by_key:
                return form, form.by_key[key]
        raise KeyError(key)

    def _described(self, now: Tally, form: Form, key: str, period: Period) -> Figure:
        due, has = now.due, now.has
        seen = as_of_months(self.cube, now)
        excused = now.states == STATES.index(State.NOT_APPLICABLE)
        states = {state: int((has & (now.states == code)).sum()) for code, state in enumerate(STATES)}
        states |= {
            state: int((~has & (now.states == STATES.index(state))).sum())
            for state in (State.NOT_APPLICABLE, State.NOT_COLLECTED)
        }
        absent = ~has & due & ((now.states == ABSENT) | (now.states == STATES.index(State.MISSING)))
        states[State.MISSING] = int(absent.sum())
        return Figure(
            key=key,
            form=form.id,
            label=key,
            unit="",
            decimals=0,
            kind=None,
            period=period,
            value=None,
            query=Query(form.id, (key,), now.months),
            n_reported=int(has.sum()),
            n_due=int(due.sum()),
            cutoff=self.cutoff,
            as_of=seen[1] if seen else None,
            as_of_oldest=seen[0] if seen else None,
            approx=bool((now.approx & has).any()),
            approx_units=int((now.approx & has).sum()),
            partial_units=self._units(has & ~now.complete),
            missing_units=self._units(absent & ~excused),
            states={state: count for state, count in states.items() if count},
        )

    def _units(self, flags: Flags) -> tuple[UnitRef, ...]:
        return tuple(self.cube.units[row] for row in np.flatnonzero(flags))

    def _with_year_to_date(self, figure: Figure, form: Form, key: str) -> Figure:
        last_year = figure.period.shift(-12 if figure.period.month else -4 if figure.period.quarter else -1)
        now = tally(self.cube, form, key, year_to_date(figure.period))
        before = tally(self.cube, form, key, year_to_date(last_year))
        return replace(figure, ytd=now.total(), ytd_since=now.since, ytd_yoy=_compared(now, before, last_year))

    def _parts(self, form: Form, rate: Derived, period: Period) -> tuple[Tally, Tally | None]:
        above = tally(self.cube, form, rate.numerator, _rate_months(form, rate, rate.numerator, period))
        if rate.denominator is None:
            return above, None
        return above, tally(self.cube, form, rate.denominator, _rate_months(form, rate, rate.denominator, period))

    def _against_target(self, figure: Figure) -> Figure:
        target = self.targets.get(figure.key)
        if target is None:
            return figure
        actual = figure.ytd if figure.kind is Kind.FLOW else figure.value
        reported = None if actual is None else Actual(value=actual)
        return replace(figure, status=status_of(target, reported, self.judged_on(figure.period), self.tasks))

    def judged_on(self, period: Period) -> date:
        """The day that targets are judged on: the period's last, and before it is over the day of the cut-off."""
        return min(period.last_day, self.cutoff.date()) if self.cutoff else period.last_day


def _rate_months(form: Form, rate: Derived, key: str, period: Period) -> tuple[Period, ...]:
    """Which months a part of a rate is read from.

    A rate over the year to date (培训人次与在校生之比) takes the latest stock of the same year, so that a school whose
    last report is missing does not stand above the line only.
    """
    one = form.indicator(key)
    if rate.window_months:
        return rolling(period, rate.window_months)
    if not rate.year_to_date:
        return window(one, period)
    if one.kind is Kind.FLOW:
        return year_to_date(period)
    asked = tuple(month for month in year_to_date(period) if one.is_due(month))
    return asked or window(one, period)


def _both(above: Tally, below: Tally | None) -> Flags:
    return above.has if below is None else above.has & below.has


def _ratio(
    rate: Derived, above: Tally, below: Tally | None, units: Flags
) -> tuple[Decimal | None, tuple[Decimal, Decimal] | None]:
    top = above.total(units)
    if below is None:
        return top, None
    bottom = below.total(units)
    if top is None or bottom is None:
        return None, None
    if bottom == 0:
        return None, (top, bottom)
    return (100 if rate.unit == "%" else 1) * top / bottom / rate.divide_by, (top, bottom)


def _bases(period: Period) -> tuple[Period | None, Period]:
    """The periods to compare with: the one before (环比; a year has none), and the same of last year (同比)."""
    if period.month:
        return period.previous, period.shift(-12)
    return (period.previous, period.shift(-4)) if period.quarter else (None, period.previous)


def _is_current(figure: Figure) -> bool:
    """A figure read from before the period has nothing new to compare."""
    return figure.as_of is not None and not figure.as_of < figure.period.months[0]


def _compared(now: Tally, base: Tally, period: Period) -> Change | None:
    """Nothing where records begin inside a window: a part of a year is not compared with the whole of another."""
    if now.since is not None or base.since is not None:
        return None
    as_of = base.months[0] if len(base.months) == 1 else period
    whole = change(now.total(), base.total(), in_points=False, base_as_of=as_of)
    shared = now.complete & base.complete
    if whole is None or not _differ(now.has, base.has, shared):
        return whole
    same = change(now.total(shared), base.total(shared), in_points=False, base_as_of=as_of)
    return _with_comparable(whole, same, shared)


def _compared_rates(rate: Derived, now: tuple[Tally, Tally | None], base: tuple[Tally, Tally | None]) -> Change | None:
    if any(one is not None and one.since is not None for one in (*now, *base)):
        return None
    here, there = _both(*now), _both(*base)
    points, as_of = rate.unit == "%", base[0].months[-1]
    whole = change(_ratio(rate, *now, here)[0], _ratio(rate, *base, there)[0], in_points=points, base_as_of=as_of)
    shared = here & there
    if whole is None or not _differ(here, there, shared):
        return whole
    one, other = _ratio(rate, *now, shared)[0], _ratio(rate, *base, shared)[0]
    return _with_comparable(whole, change(one, other, in_points=points, base_as_of=as_of), shared)


def _differ(here: Flags, there: Flags, shared: Flags) -> bool:
    """Whether other units stand on one side than on both, so that a comparison needs a common base."""
    return bool(shared.any() and ((here != shared) | (there != shared)).any())


def _with_comparable(whole: Change, same: Change | None, shared: Flags) -> Change:
    return replace(whole, comparable=replace(same, units=int(shared.sum())) if same else None)


def _state(now: Tally, row: int) -> State:
    return State.MISSING if now.states[row] == ABSENT else STATES[now.states[row]]
