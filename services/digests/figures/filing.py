"""Who handed in: 应报, 已报, 迟报, 免报, 未报. In a quarter or year reports are counted, not units (家次).

What is not due yet at the cut-off and has not come in is neither 应报 nor 未报: nobody is named before their time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from services.digests.figures.replies import Obligation, UnitRef
from services.periods import Period


@dataclass(frozen=True)
class Filing:
    """``due`` leaves the exempt and the ``pending`` out; ``reported`` contains the late ones.

    ``units`` counts distinct units that owed, ``pending`` reports whose time has not come yet.
    """

    units: int
    due: int
    reported: int
    late: int
    exempt: int
    missing: tuple[tuple[UnitRef, Period], ...]
    late_ones: tuple[tuple[UnitRef, Period], ...]
    pending: int = 0

    @property
    def on_time(self) -> int:
        """Reports handed in by their due time."""
        return self.reported - self.late


def filing(obligations: Iterable[Obligation], period: Period, *, cutoff: datetime, kind: str | None = None) -> Filing:
    """How the period's reports came in up to the cut-off, of all units or of one kind."""
    owed = [one for one in obligations if one.period in period.months and kind in (None, one.unit_kind)]
    asked = [one for one in owed if not one.exempt]
    came = [one for one in asked if one.submitted_at is not None and one.submitted_at <= cutoff]
    late = [one for one in came if one.submitted_at is not None and one.submitted_at > one.due_at]
    arrived = set(map(id, came))
    due = [one for one in asked if id(one) in arrived or one.due_at <= cutoff]
    missing = [one for one in due if id(one) not in arrived]
    return Filing(
        units=len({one.unit_id for one in due}),
        due=len(due),
        reported=len(came),
        late=len(late),
        exempt=len(owed) - len(asked),
        missing=_named(missing),
        late_ones=_named(late),
        pending=len(asked) - len(due),
    )


def _named(found: list[Obligation]) -> tuple[tuple[UnitRef, Period], ...]:
    ordered = sorted(found, key=lambda one: (one.unit_kind, one.unit_id, str(one.period)))
    return tuple((UnitRef(one.unit_id, one.unit_name, one.unit_kind), one.period) for one in ordered)
