"""Replies in columns: for every key one plane of units × months.

Amounts are kept as whole ten-thousandths in float64, which is exact up to 2^53, so sums of money have no rounding
error: 1,000 units × 12 months × 50,000 万元 is 6e12 ten-thousandths. No value is NaN; its state says why.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import datetime
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.checkins.form import State
from services.digests.figures.replies import Obligation, Reply, UnitRef
from services.periods import Period

SCALE = 10_000
STATES = tuple(State)
ABSENT = len(STATES)
CODES: dict[str, int] = {state.value: code for code, state in enumerate(STATES)}
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
    """Replies as parallel arrays: 42 bytes each, where a row of objects takes five hundred.

    ``names`` are the (form, key) that ``key`` counts through; ``state`` holds codes of STATES; no ``value`` is NaN.
    """

    names: tuple[tuple[str, str], ...]
    unit: NDArray[np.int32]
    month: NDArray[np.int32]
    key: NDArray[np.int16]
    value: Floats
    state: NDArray[np.uint8]
    approx: Flags
    accepted: Flags
    submitted: Floats
    version: NDArray[np.int32]
    reply: Integers

    def chosen(self, rows: NDArray[Any]) -> "Columns":
        """Those rows alone."""
        return Columns(self.names, *(getattr(self, one.name)[rows] for one in fields(self)[1:]))


@dataclass(frozen=True)
class Cube:
    """All replies that count, the newest version of each cell, and what was due."""

    units: tuple[UnitRef, ...]
    first: int
    months: int
    planes: dict[tuple[str, str], Plane]
    due: dict[str, Flags] = field(default_factory=dict)
    asked: dict[str, dict[int, frozenset[str]]] = field(default_factory=dict)

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
    names = {name: at for at, name in enumerate(dict.fromkeys((one.form, one.key) for one in rows))}
    columns = Columns(
        names=tuple(names),
        unit=np.array([one.unit_id for one in rows], dtype=np.int32),
        month=np.array([ordinal(one.period) for one in rows], dtype=np.int32),
        key=np.array([names[one.form, one.key] for one in rows], dtype=np.int16),
        value=np.array([np.nan if one.value is None else float(one.value) for one in rows], dtype=np.float64),
        state=np.array([CODES[one.state] for one in rows], dtype=np.uint8),
        approx=np.array([one.is_approx for one in rows], dtype=np.bool_),
        accepted=np.array([one.accepted for one in rows], dtype=np.bool_),
        submitted=np.array([one.submitted_at.timestamp() for one in rows], dtype=np.float64),
        version=np.array([one.version for one in rows], dtype=np.int32),
        reply=np.array([one.reply_id for one in rows], dtype=np.int64),
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
    month = columns.month
    ends = [*duty_months, *((int(month.min()), int(month.max())) if len(month) else ())]
    first, count = (min(ends), max(ends) - min(ends) + 1) if ends else (0, 0)
    planes = _planes(columns, ordered, (first, count), _kept(columns, cutoff, accepted_only))
    due, asked = _due(duties, duty_months, ordered, (first, count))
    return Cube(ordered, first, count, planes, due, asked)


def _kept(columns: Columns, cutoff: datetime | None, accepted_only: bool) -> Flags:
    kept = np.ones(len(columns.unit), dtype=np.bool_)
    if accepted_only:
        kept &= columns.accepted
    if cutoff is not None:
        kept &= columns.submitted <= cutoff.timestamp()
    return kept


def _planes(
    columns: Columns, units: tuple[UnitRef, ...], span: tuple[int, int], kept: Flags
) -> dict[tuple[str, str], Plane]:
    first, count = span
    names = columns.names
    ids = np.asarray([unit.unit_id for unit in units], dtype=np.int32)
    chosen = np.flatnonzero(kept)
    unit = np.searchsorted(ids, columns.unit[chosen])
    cell = (columns.key[chosen] * np.int64(len(units)) + unit) * max(count, 1) + (columns.month[chosen] - first)
    newest = _newest(cell, columns.version[chosen], columns.submitted[chosen])
    shape = (len(names), len(units), count)
    values, states = np.full(shape, np.nan), np.full(shape, ABSENT, dtype=np.uint8)
    approx, replies = np.zeros(shape, dtype=np.bool_), np.zeros(shape, dtype=np.int64)
    at, source = cell[newest], chosen[newest]
    code = columns.state[source]
    valued = _HAS_VALUE[code]
    values.reshape(-1)[at] = np.where(valued, np.rint(columns.value[source] * SCALE), np.nan)
    states.reshape(-1)[at] = code
    approx.reshape(-1)[at] = columns.approx[source] & valued
    replies.reshape(-1)[at] = columns.reply[source]
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
