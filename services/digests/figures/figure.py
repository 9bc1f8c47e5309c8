"""A figure of a digest: its value with everything that must stand beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from services.checkins.form import Kind, State
from services.digests.figures.replies import UnitRef
from services.periods import Period
from services.tasks.status import TargetStatus


@dataclass(frozen=True)
class Change:
    """A comparison. ``percent`` is None for a base of zero (then 净增n) and for rates (then ``difference`` in points).

    ``comparable`` is the same comparison over the ``units`` that reported on both sides (同口径n家), where they differ.
    """

    value: Decimal
    base: Decimal
    difference: Decimal
    percent: Decimal | None
    in_points: bool
    base_as_of: Period
    units: int | None = None
    comparable: "Change | None" = None


@dataclass(frozen=True)
class Query:
    """Which replies stand behind a figure: drill-down opens them, within the reader's rights."""

    form: str
    keys: tuple[str, ...]
    months: tuple[Period, ...]


@dataclass(frozen=True)
class Figure:
    """One indicator over a period and all units.

    ``value`` None means that nobody gave one, which is not zero. Rates are in percent and unrounded, with their
    ``parts``. ``n_reported`` counts units with a value among ``n_due``; ``states`` says what the rest is. ``since`` and
    ``ytd_since`` name the first month on record where records begin inside the period or its year: no whole sum then.
    ``withheld``: there is a value, but not for this reader ("small": it could name people; "few": too few units).
    """

    key: str
    form: str
    label: str
    unit: str
    decimals: int
    kind: Kind | None
    period: Period
    value: Decimal | None
    query: Query
    n_reported: int
    n_due: int
    cutoff: datetime | None = None
    since: Period | None = None
    ytd: Decimal | None = None
    ytd_since: Period | None = None
    mom: Change | None = None
    yoy: Change | None = None
    ytd_yoy: Change | None = None
    parts: tuple[Decimal, Decimal] | None = None
    as_of: Period | None = None
    as_of_oldest: Period | None = None
    approx: bool = False
    approx_units: int = 0
    partial_units: tuple[UnitRef, ...] = ()
    missing_units: tuple[UnitRef, ...] = ()
    states: Mapping[State, int] = field(default_factory=dict)
    status: TargetStatus | None = None
    withheld: str = ""

    @property
    def is_rate(self) -> bool:
        """Whether it compares in percentage points."""
        return self.unit == "%"

    @property
    def is_derived(self) -> bool:
        """Whether it is computed from other figures."""
        return self.kind is None


def change(value: Decimal | None, base: Decimal | None, *, in_points: bool, base_as_of: Period) -> Change | None:
    """The comparison of two values; None (shown as 「—」) when either is missing. Never infinite."""
    if value is None or base is None:
        return None
    difference = value - base
    percent = None if in_points or base == 0 else 100 * difference / base
    return Change(value, base, difference, percent, in_points, base_as_of)
