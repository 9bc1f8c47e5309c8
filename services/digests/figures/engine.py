"""The one aggregation engine: every number of a digest that comes from replies is made here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

import numpy as np

from services.checkins.form import Derived, Form, Indicator, Kind, State
from services.digests.figures.comparisons import bases, compared, compared_rates, is_current
from services.digests.figures.cube import ABSENT, STATES, Cube, Flags, exact, month_at, ordinal
from services.digests.figures.figure import Figure, Query
from services.digests.figures.rates import rate_months, ratio, units_of_rate
from services.digests.figures.replies import UnitRef
from services.digests.figures.tallies import Tally, as_of_months, tally, window, year_to_date
from services.periods import Period
from services.tasks.settings import TaskSettings
from services.tasks.status import Actual, status_of, window_of
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
        if is_current(figure):
            before, last_year = (
                compared(now, tally(self.cube, form, one.key, window(one, base)), base) if base else None
                for base in bases(period)
            )
            figure = replace(figure, mom=before, yoy=last_year)
        return self._against_target(figure)

    def derived(self, form: Form, rate: Derived, period: Period) -> Figure:
        """A rate: the ratio of the sums over the units that gave both parts, never a mean of rates."""
        above, below = self._parts(form, rate, period)
        figure = self._described(above, form, rate.key, period)
        keys = (rate.numerator, rate.denominator) if rate.denominator else (rate.numerator,)
        months = tuple(sorted({*above.months, *(below.months if below else ())}))
        both = units_of_rate(above, below)
        value, parts = ratio(rate, above, below, both)
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
        if is_current(figure):
            before, last_year = (
                compared_rates(rate, (above, below), self._parts(form, rate, base)) if base else None
                for base in bases(period)
            )
            if rate.year_to_date:  # it grows from month to month by its nature: only the same months of a year compare
                before = None
            figure = replace(figure, mom=before, yoy=last_year)
        return self._against_target(figure, above.since if rate.year_to_date else None)

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
        return replace(figure, ytd=now.total(), ytd_since=now.since, ytd_yoy=compared(now, before, last_year))

    def _parts(self, form: Form, rate: Derived, period: Period) -> tuple[Tally, Tally | None]:
        above = tally(self.cube, form, rate.numerator, rate_months(form, rate, rate.numerator, period))
        if rate.denominator is None:
            return above, None
        return above, tally(self.cube, form, rate.denominator, rate_months(form, rate, rate.denominator, period))

    def _against_target(self, figure: Figure, since: Period | None = None) -> Figure:
        """Held against its target over the months that the target runs in; ``since``: the first on record of them."""
        target = self.targets.get(figure.key)
        if target is None:
            return figure
        day, value = self.judged_on(figure.period), figure.value
        if figure.kind is Kind.FLOW:
            form, _ = self._found(figure.key)
            counted = tally(self.cube, form, figure.key, self._months_of(target, figure.period))
            value, since = counted.total(), counted.since
        reported = None if value is None else Actual(value=value, counted_from=since.first_day if since else None)
        return replace(figure, status=status_of(target, reported, day, self.tasks))

    def _months_of(self, target: Target, period: Period) -> tuple[Period, ...]:
        """The months whose sum is held against the target: from the start of its time to the end of the period."""
        time = window_of(target, self.judged_on(period), self.tasks)
        last = period.months[-1]
        first = Period.month_of(time.first) if time else Period(last.year, 1)
        return tuple(month_at(number) for number in range(ordinal(first), ordinal(last) + 1)) or (last,)

    def judged_on(self, period: Period) -> date:
        """The day that targets are judged on: the period's last, and before it is over the day of the cut-off."""
        return min(period.last_day, self.cutoff.date()) if self.cutoff else period.last_day


def _state(now: Tally, row: int) -> State:
    return State.MISSING if now.states[row] == ABSENT else STATES[now.states[row]]
