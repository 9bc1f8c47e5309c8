"""Replies in columns: for every key one plane of units × months.

Amounts are kept as whole ten-thousandths in float64, which is exact up to 2^53, so sums of money have no rounding
error: 1,000 units × 12 months × 50,000 万元 is 6e12 ten-thousandths. No value is NaN; its state says why.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.checkins.form import State
from services.digests.replies import Obligation, Reply, UnitRef
from services.periods import Period

SCALE = 10_000
STATES = tuple(State)
ABSENT = len(STATES)
_CODE: dict[str, int] = {state.value: code for code, state in enumerate(STATES)}
_HAS_VALUE = np.array([state in (State.FILLED, State.ZERO, State.CARRIED) for state in STATES])
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Integers = NDArray[np.int64]


def ordinal(month: Period) -> int:
    """A month as a number that grows by one each month."""
    return month.year * 12 + (month.month or 1) - 1


def month_at(number: int) -> Period:
    """The month of such a number."""
    year, month = divmod(number, 12)
    return Period(year, month + 1)


@dataclass(frozen=True)
class Plane:
    """One key: arrays of units × months. ``states`` holds a code of STATES, or ABSENT where nothing was stored."""

    values: Floats
    states: NDArray[np.uint8]
    approx: Flags
    reply_ids: NDArray[np.int64]


@dataclass(frozen=True)
class Columns:
    """Replies as parallel columns, the shape in which a database hands over many rows at once."""

    unit: Sequence[int] | Integers
    month: Sequence[int] | Integers
    key: Sequence[tuple[str, str]]
    value: Sequence[float | None] | Floats
    state: Sequence[str]
    approx: Sequence[bool] | Flags
    accepted: Sequence[bool] | Flags
    submitted: Sequence[float] | Floats
    version: Sequence[int] | Integers
    reply: Sequence[int] | Integers


@dataclass(frozen=True)
class Cube:
    """All replies that count, the newest version of each cell, and what was due."""

    units: tuple[UnitRef, ...]
    first: int
    months: int
    planes: dict[tuple[str, str], Plane]
    due: dict[str, Flags] = field(default_factory=dict)
    asked: dict[str, dict[int, frozenset[str]]] = field(default_factory=dict)

    def row_of(self, unit_id: int) -> int:
        """The row of a unit; KeyError when it has neither replies nor obligations."""
        return self._rows[unit_id]

    @property
    def _rows(self) -> dict[int, int]:
        return {unit.unit_id: row for row, unit in enumerate(self.units)}

    def column(self, month: Period) -> int | None:
        """The column of a month; None outside the months on record."""
        at = ordinal(month) - self.first
        return at if 0 <= at < self.months else None

    def plane(self, form: str, key: str) -> Plane:
        """The plane of a key; an empty one when nobody ever answered it."""
        found = self.planes.get((form, key))
        return found if found is not None else _empty(len(self.units), self.months)

    def due_for(self, form: str, key: str) -> Flags:
        """Units × months in which the form was due and asked for that key; exempt months are not due."""
        due = self.due.get(form)
        if due is None:
            return np.zeros((len(self.units), self.months), dtype=np.bool_)
        limited = [row for row, keys in self.asked.get(form, {}).items() if key not in keys]
        if not limited:
            return due
        due = due.copy()
        due[limited] = False
        return due


def cube_of(
    replies: Iterable[Reply],
    obligations: Iterable[Obligation] = (),
    *,
    cutoff: datetime | None = None,
    accepted_only: bool = True,
) -> Cube:
    """The cube of replies handed in up to the cut-off. Accepted ones only unless asked otherwise."""
    rows = list(replies)
    columns = Columns(
        unit=[one.unit_id for one in rows],
        month=[ordinal(one.period) for one in rows],
        key=[(one.form, one.key) for one in rows],
        value=[None if one.value is None else float(one.value) for one in rows],
        state=[one.state for one in rows],
        approx=[one.is_approx for one in rows],
        accepted=[one.accepted for one in rows],
        submitted=[one.submitted_at.timestamp() for one in rows],
        version=[one.version for one in rows],
        reply=[one.reply_id for one in rows],
    )
    units = {one.unit_id: UnitRef(one.unit_id, one.unit_name, one.unit_kind) for one in rows}
    return cube_of_columns(columns, units.values(), obligations, cutoff=cutoff, accepted_only=accepted_only)


def cube_of_columns(
    columns: Columns,
    units: Iterable[UnitRef],
    obligations: Iterable[Obligation] = (),
    *,
    cutoff: datetime | None = None,
    accepted_only: bool = True,
) -> Cube:
    """The same from columns: what a large consortium's database is read into."""
    duties = list(obligations)
    known = {unit.unit_id: unit for unit in units}
    for duty in duties:
        known.setdefault(duty.unit_id, UnitRef(duty.unit_id, duty.unit_name, duty.unit_kind))
    ordered = tuple(sorted(known.values()))
    duty_months = [ordinal(duty.period) for duty in duties]
    month = np.asarray(columns.month, dtype=np.int64)
    ends = [*duty_months, *((int(month.min()), int(month.max())) if len(month) else ())]
    first, count = (min(ends), max(ends) - min(ends) + 1) if ends else (0, 0)
    planes = _planes(columns, ordered, (first, count), _kept(columns, cutoff, accepted_only))
    due, asked = _due(duties, duty_months, ordered, (first, count))
    return Cube(ordered, first, count, planes, due, asked)


def _kept(columns: Columns, cutoff: datetime | None, accepted_only: bool) -> Flags:
    kept = np.ones(len(columns.unit), dtype=np.bool_)
    if accepted_only:
        kept &= np.asarray(columns.accepted, dtype=np.bool_)
    if cutoff is not None:
        kept &= np.asarray(columns.submitted, dtype=np.float64) <= cutoff.timestamp()
    return kept


def _planes(
    columns: Columns, units: tuple[UnitRef, ...], span: tuple[int, int], kept: Flags
) -> dict[tuple[str, str], Plane]:
    first, count = span
    names = list(dict.fromkeys(columns.key))
    of_key = {name: at for at, name in enumerate(names)}
    ids = np.asarray([unit.unit_id for unit in units], dtype=np.int64)
    chosen = np.flatnonzero(kept)
    unit = np.searchsorted(ids, np.asarray(columns.unit, dtype=np.int64)[chosen])
    month = np.asarray(columns.month, dtype=np.int64)[chosen] - first
    key = np.fromiter(map(of_key.__getitem__, columns.key), dtype=np.int64, count=len(columns.key))[chosen]
    cell = (key * len(units) + unit) * max(count, 1) + month
    newest = _newest(cell, np.asarray(columns.version)[chosen], np.asarray(columns.submitted)[chosen])
    shape = (len(names), len(units), count)
    values, states = np.full(shape, np.nan), np.full(shape, ABSENT, dtype=np.uint8)
    approx, replies = np.zeros(shape, dtype=np.bool_), np.zeros(shape, dtype=np.int64)
    code = np.fromiter(map(_CODE.__getitem__, columns.state), dtype=np.uint8, count=len(columns.state))
    at, source = cell[newest], chosen[newest]
    amount = np.rint(np.asarray(columns.value, dtype=np.float64)[source] * SCALE)
    valued = _HAS_VALUE[code[source]]
    values.reshape(-1)[at] = np.where(valued, amount, np.nan)
    states.reshape(-1)[at] = code[source]
    approx.reshape(-1)[at] = np.asarray(columns.approx, dtype=np.bool_)[source] & valued
    replies.reshape(-1)[at] = np.asarray(columns.reply, dtype=np.int64)[source]
    return {name: Plane(values[n], states[n], approx[n], replies[n]) for n, name in enumerate(names)}


def _newest(cell: NDArray[np.int64], version: NDArray[Any], submitted: NDArray[Any]) -> NDArray[np.int64]:
    """The newest version of each cell. Only cells that have several are sorted: few are ever corrected."""
    if not len(cell):
        return cell
    several = np.bincount(cell)[cell] > 1
    corrected = np.flatnonzero(several)
    order = corrected[np.lexsort((submitted[corrected], version[corrected], cell[corrected]))]
    last = np.append(cell[order][1:] != cell[order][:-1], True)[: len(order)]
    return np.concatenate([np.flatnonzero(~several), order[last]])


def _due(
    duties: list[Obligation], months: list[int], units: tuple[UnitRef, ...], span: tuple[int, int]
) -> tuple[dict[str, Flags], dict[str, dict[int, frozenset[str]]]]:
    rows = {unit.unit_id: row for row, unit in enumerate(units)}
    due: dict[str, Any] = {}
    asked: dict[str, dict[int, frozenset[str]]] = {}
    for duty, month in zip(duties, months, strict=True):
        flags = due.setdefault(duty.form, np.zeros((len(units), span[1]), dtype=np.bool_))
        flags[rows[duty.unit_id], month - span[0]] = not duty.exempt
        if duty.keys is not None:
            asked.setdefault(duty.form, {})[rows[duty.unit_id]] = duty.keys
    return due, asked


def _empty(units: int, months: int) -> Plane:
    shape = (units, months)
    return Plane(
        np.full(shape, np.nan),
        np.full(shape, ABSENT, dtype=np.uint8),
        np.zeros(shape, dtype=np.bool_),
        np.zeros(shape, dtype=np.int64),
    )


def exact(scaled: float) -> Decimal:
    """A scaled amount as the decimal it stands for."""
    return Decimal(int(scaled)) / SCALE
