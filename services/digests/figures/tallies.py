"""From months to one number per unit: stock and cohort figures are the latest, flows add up."""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from services.checkins.form import Form, Indicator, Kind, State
from services.digests.figures.cube import ABSENT, STATES, Cube, Flags, Floats, exact, month_at
from services.periods import Period

_NOT_APPLICABLE = STATES.index(State.NOT_APPLICABLE)
LOOK_BACK_MONTHS = 12


@dataclass(frozen=True)
class Tally:
    """One key over a window of months, per unit.

    ``values`` is NaN for units without one; ``as_of`` holds the column a stock figure was read from; ``complete``
    units have a value (or 不适用) for every month of a flow's window; ``states`` is the last state known. ``since`` is
    the first month on record, where records begin inside a flow's window: its sum is not that of the whole window.
    """

    months: tuple[Period, ...]
    values: Floats
    approx: Flags
    as_of: NDArray[np.int64]
    complete: Flags
    states: NDArray[np.uint8]
    due: Flags
    since: Period | None = None

    @property
    def has(self) -> Flags:
        """Units with a value."""
        return ~np.isnan(self.values)

    def total(self, units: Flags | None = None) -> Decimal | None:
        """The sum over units, or over those given; None when none of them has a value."""
        chosen = self.has if units is None else self.has & units
        return exact(float(self.values[chosen].sum())) if chosen.any() else None


def window(indicator: Indicator, period: Period) -> tuple[Period, ...]:
    """The months a figure of the period is read from.

    A figure asked only in some months (quarterly, seasonal) is read in the last month before it was asked, when the
    period itself has none: 双师比例 in a November digest is that of the end of September.
    """
    asked = tuple(month for month in period.months if indicator.is_due(month) or not indicator.asked)
    if asked or indicator.kind is Kind.FLOW:
        return asked or period.months
    last = period.months[0]
    for back in range(1, LOOK_BACK_MONTHS):
        if indicator.is_due(last.shift(-back)):
            return (last.shift(-back),)
    return period.months


def year_to_date(period: Period) -> tuple[Period, ...]:
    """January up to the last month of the period: flows reset each January."""
    return tuple(Period(period.year, month) for month in range(1, (period.months[-1].month or 12) + 1))


def rolling(period: Period, months: int) -> tuple[Period, ...]:
    """So many months up to the end of the period."""
    last = period.months[-1]
    return tuple(last.shift(-back) for back in reversed(range(months)))


def tally(cube: Cube, form: Form, key: str, months: tuple[Period, ...]) -> Tally:
    """The key over those months, per unit."""
    plane, indicator = cube.plane(form.id, key), form.indicator(key)
    columns = [at for at in map(cube.column, months) if at is not None]
    values, states, approx = plane.values[:, columns], plane.states[:, columns], plane.approx[:, columns]
    due = _any(cube.due_for(form.id, key)[:, columns] & indicator.asked)
    known = ~np.isnan(values)
    whole = len(columns) == len(months)
    if indicator.kind is Kind.FLOW:
        complete = ~_any(~known & (states != _NOT_APPLICABLE)) & _any(known) & whole
        summed = np.where(known.any(axis=1), np.nansum(values, axis=1) if columns else np.nan, np.nan)
        last = _last(known, columns)
        since = None if whole or not columns else month_at(cube.first + columns[0])
        return Tally(months, summed, _any(approx), last, complete, _last_state(states), due, since)
    last = _last(known, columns)
    picked = (
        np.where(last >= 0, plane.values[np.arange(len(last)), last], np.nan) if columns else np.full(len(last), np.nan)
    )
    rough = (last >= 0) & plane.approx[np.arange(len(last)), last] if columns else np.zeros(len(last), dtype=np.bool_)
    return Tally(months, picked, rough, last, ~np.isnan(picked), _last_state(states), due)


def as_of_months(cube: Cube, one: Tally) -> tuple[Period, Period] | None:
    """The oldest and the newest month that the values were read from."""
    columns = one.as_of[one.has]
    if not len(columns):
        return None
    return month_at(cube.first + int(columns.min())), month_at(cube.first + int(columns.max()))


def _any(flags: Flags) -> Flags:
    return np.asarray(flags.any(axis=1), dtype=np.bool_)


def _last(known: Flags, columns: list[int]) -> NDArray[np.int64]:
    if not columns:
        return np.full(len(known), -1, dtype=np.int64)
    back = np.argmax(known[:, ::-1], axis=1)
    return np.where(known.any(axis=1), np.asarray(columns, dtype=np.int64)[len(columns) - 1 - back], -1)


def _last_state(states: NDArray[np.uint8]) -> NDArray[np.uint8]:
    if not states.shape[1]:
        return np.full(len(states), ABSENT, dtype=np.uint8)
    stored = states != ABSENT
    back = np.argmax(stored[:, ::-1], axis=1)
    picked = states[np.arange(len(states)), states.shape[1] - 1 - back]
    return np.where(stored.any(axis=1), picked, ABSENT).astype(np.uint8)
