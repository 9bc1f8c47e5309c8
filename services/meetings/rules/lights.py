"""Lights of action items, with a legend, since every place reads the colours differently.

An item is near its due date from the day of its first reminder on, in workdays like every step of the timetable.
Blue for an item near its due date, yellow for one behind, red for one overdue follow 宿迁's 督办 practice. Elsewhere
yellow means something else, so the scheme is a setting and the legend is printed with every list.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pydantic import Field

from services.lights import Colour, LegendEntry, LightScheme, legend_of


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


class ItemLights(LightScheme):
    """The scheme of action items: a colour per condition, and the number that decides how long overdue is."""

    long_overdue_days: int = Field(0, description="Natural days of delay up to which an item is merely overdue.", ge=0)
    done: Colour = Field(Colour.GREEN, description="Verified and closed.")
    cancelled: Colour = Field(Colour.WHITE, description="Cancelled by a meeting.")
    overdue: Colour = Field(Colour.YELLOW, description="Past due for no more than long_overdue_days.")
    long_overdue: Colour = Field(Colour.RED, description="Past due for longer than that.")
    behind: Colour = Field(Colour.YELLOW, description="Progress below the elapsed share of its time, or returned.")
    near_due: Colour = Field(Colour.BLUE, description="From the first of the item_reminders on.")
    on_track: Colour = Field(Colour.GREEN, description="Open and neither near nor behind.")
    no_due: Colour = Field(Colour.WHITE, description="No due date was set.")


@dataclass(frozen=True)
class ItemFacts:
    """What the light of an action item depends on: `percent` is what its owner last told, `near_on` when it is near."""

    opened_on: date
    due_on: date | None
    closed: bool = False
    cancelled: bool = False
    returned: bool = False
    percent: float | None = None
    near_on: date | None = None


@dataclass(frozen=True)
class Light:
    """A colour with its reason; `days_left` is negative for days overdue."""

    colour: Colour
    condition: Condition
    days_left: int | None


def light_of(item: ItemFacts, scheme: ItemLights, as_of: date) -> Light:
    """The light of the item on that day."""
    condition = _condition(item, scheme, as_of)
    left = (item.due_on - as_of).days if item.due_on else None
    return Light(scheme.colour(condition), condition, left)


def legend(scheme: ItemLights, near_due_workdays: int) -> tuple[LegendEntry, ...]:
    """What each colour means here; conditions that can never show are left out."""
    numbers = {Condition.NEAR_DUE: near_due_workdays, Condition.LONG_OVERDUE: scheme.long_overdue_days}
    shown = [
        one
        for one in Condition
        if (one is not Condition.OVERDUE or scheme.long_overdue_days)
        and (one is not Condition.NEAR_DUE or near_due_workdays)
    ]
    return legend_of(scheme, shown, {one: number for one, number in numbers.items() if number})


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
    return Condition.NEAR_DUE if item.near_on is not None and as_of >= item.near_on else Condition.ON_TRACK


def _is_behind(item: ItemFacts, due_on: date, as_of: date) -> bool:
    """Whether the reported percent lies below the elapsed share of the item's time; no report is no verdict."""
    span = (due_on - item.opened_on).days
    if item.percent is None or span <= 0:
        return False
    elapsed = min(max((as_of - item.opened_on).days / span, 0), 1)
    return item.percent / 100 < elapsed
