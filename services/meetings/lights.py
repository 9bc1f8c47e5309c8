"""Lights of action items, with a legend, since every place reads the colours differently.

Blue for an item near its due date, yellow for one behind, red for one overdue follow 宿迁's 督办 practice. Elsewhere
yellow means something else, so the scheme is a setting and the legend is printed with every list.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from services.lights import Colour


class Condition(StrEnum):
    """What a light says of an item; the first that applies is shown."""

    DONE = "done"
    CANCELLED = "cancelled"
    LONG_OVERDUE = "long_overdue"
    OVERDUE = "overdue"
    BEHIND = "behind"
    NEAR_DUE = "near_due"
    ON_TRACK = "on_track"
    NO_DUE = "no_due"


class ItemLights(BaseModel):
    """The scheme: a colour per condition, and the numbers that decide the condition."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    near_due_days: int = Field(7, description="Natural days before the due date that count as near.", ge=0)
    long_overdue_days: int = Field(0, description="Natural days of delay up to which an item is merely overdue.", ge=0)
    done: Colour = Field(Colour.GREEN, description="Verified and closed.")
    cancelled: Colour = Field(Colour.WHITE, description="Cancelled by a meeting.")
    overdue: Colour = Field(Colour.YELLOW, description="Past due for no more than long_overdue_days.")
    long_overdue: Colour = Field(Colour.RED, description="Past due for longer than that.")
    behind: Colour = Field(Colour.YELLOW, description="Progress below the elapsed share of its time, or returned.")
    near_due: Colour = Field(Colour.BLUE, description="Due within near_due_days.")
    on_track: Colour = Field(Colour.GREEN, description="Open and neither near nor behind.")
    no_due: Colour = Field(Colour.WHITE, description="No due date was set.")

    def colour(self, condition: Condition) -> Colour:
        """The colour that this scheme gives the condition."""
        colour: Colour = getattr(self, condition.value)
        return colour


@dataclass(frozen=True)
class ItemFacts:
    """What the light of an action item depends on. `percent` is what its owner last reported."""

    opened_on: date
    due_on: date | None
    closed: bool = False
    cancelled: bool = False
    returned: bool = False
    percent: float | None = None


@dataclass(frozen=True)
class Light:
    """A colour with its reason; `days_left` is negative for days overdue."""

    colour: Colour
    condition: Condition
    days_left: int | None


@dataclass(frozen=True)
class LegendEntry:
    """One line of the printed legend; `days` is the number that the condition is bound to, if any."""

    colour: Colour
    condition: Condition
    days: int | None = None


def light_of(item: ItemFacts, scheme: ItemLights, as_of: date) -> Light:
    """The light of the item on that day."""
    condition = _condition(item, scheme, as_of)
    left = (item.due_on - as_of).days if item.due_on else None
    return Light(scheme.colour(condition), condition, left)


def legend(scheme: ItemLights) -> tuple[LegendEntry, ...]:
    """What each colour means here, most urgent first; conditions that can never show are left out."""
    days = {Condition.NEAR_DUE: scheme.near_due_days, Condition.LONG_OVERDUE: scheme.long_overdue_days}
    shown = [c for c in Condition if c is not Condition.OVERDUE or scheme.long_overdue_days]
    shown.sort(key=list(_URGENCY).index)
    return tuple(LegendEntry(scheme.colour(c), c, days.get(c)) for c in shown)


_URGENCY = (
    Condition.LONG_OVERDUE,
    Condition.OVERDUE,
    Condition.BEHIND,
    Condition.NEAR_DUE,
    Condition.ON_TRACK,
    Condition.DONE,
    Condition.NO_DUE,
    Condition.CANCELLED,
)


def _condition(item: ItemFacts, scheme: ItemLights, as_of: date) -> Condition:
    if item.cancelled:
        return Condition.CANCELLED
    if item.closed:
        return Condition.DONE
    if item.due_on is None:
        return Condition.BEHIND if item.returned else Condition.NO_DUE
    late = (as_of - item.due_on).days
    if late > 0:
        return Condition.LONG_OVERDUE if late > scheme.long_overdue_days else Condition.OVERDUE
    if item.returned or _is_behind(item, item.due_on, as_of):
        return Condition.BEHIND
    return Condition.NEAR_DUE if -late <= scheme.near_due_days else Condition.ON_TRACK


def _is_behind(item: ItemFacts, due_on: date, as_of: date) -> bool:
    """Whether the reported percent lies below the elapsed share of the item's time; no report is no verdict."""
    span = (due_on - item.opened_on).days
    if item.percent is None or span <= 0:
        return False
    elapsed = min(max((as_of - item.opened_on).days / span, 0), 1)
    return item.percent / 100 < elapsed
