"""One target of the plan, as the plan states it."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Operator(StrEnum):
    """How the actual figure must stand to the target's. `qual` has no figure; `param` is to be known, not reached."""

    AT_LEAST = "ge"
    AT_MOST = "le"
    EXACTLY = "eq"
    QUALITATIVE = "qual"
    PARAMETER = "param"


class Cadence(StrEnum):
    """Targets that begin anew each period."""

    QUARTERLY = "quarterly"
    ANNUAL = "annual"


@dataclass(frozen=True)
class Place:
    """Where the target was imported from: a file's line or row, and where the plan says it (section and task)."""

    source: str
    line: int
    section: str = ""
    task: int | None = None


@dataclass(frozen=True)
class Target:
    """A target with its own words.

    Attributes:
        id: Unique in the plan (`WH-T02-1`).
        key: The indicator; targets of one key are compared.
        due_on: None when the plan sets no date; nothing may be made up then.
        stage: What is to be reached by then (建设打造, 建成), empty when not said.
        strength: A softener of the plan (力争), which texts must repeat.
        responsible: Units as the table names them, by code or name; empty when the plan names none.
        quote: The plan's own words.
        declared_conflict: The id of a target that the table itself calls contradictory.
    """

    id: str
    key: str
    label: str
    operator: Operator
    value: Decimal | None
    unit: str
    due_on: date | None
    place: Place
    cadence: Cadence | None = None
    stage: str = ""
    strength: str = ""
    responsible: tuple[str, ...] = ()
    co_responsible: tuple[str, ...] = ()
    quote: str = ""
    note: str = ""
    declared_conflict: str = ""
    task: int | None = None
    task_title: str = field(default="")

    @property
    def is_measured(self) -> bool:
        """Whether it has a figure to reach."""
        return self.value is not None and self.operator in (Operator.AT_LEAST, Operator.AT_MOST, Operator.EXACTLY)
