"""What a digest is made of: one reply per unit, month and key, free texts, and who owed what when."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from services.checkins.form import State
from services.periods import Period


@dataclass(frozen=True, slots=True)
class Reply:
    """One cell of a monthly report in one version. ``period`` is a month; only some states have a value."""

    unit_id: int
    unit_name: str
    unit_kind: str
    form: str
    period: Period
    key: str
    value: Decimal | None
    state: State
    submitted_at: datetime
    reply_id: int
    version: int = 1
    accepted: bool = True
    is_approx: bool = False
    carried_from: Period | None = None


@dataclass(frozen=True, slots=True)
class TextReply:
    """A free text of a report. ``flagged``: the unit asks to put it before the joint meeting (提请联席会)."""

    reply_id: int
    unit_id: int
    unit_name: str
    unit_kind: str
    period: Period
    key: str
    text: str
    flagged: bool = False


@dataclass(frozen=True, slots=True)
class Obligation:
    """A unit's report for one month: due when, exempt or not, first handed in when.

    ``keys`` limits what is asked of it (the short form); None asks the whole form.
    """

    unit_id: int
    unit_name: str
    unit_kind: str
    form: str
    period: Period
    due_at: datetime
    submitted_at: datetime | None = None
    exempt: bool = False
    keys: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, order=True)
class UnitRef:
    """A unit as digests name it."""

    unit_id: int
    name: str
    kind: str
