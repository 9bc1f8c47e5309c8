"""Targets of figures: completion, the elapsed share of the time (序时进度), and the light."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class Light(StrEnum):
    """A light; the words for it are in the texts."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    BLUE = "blue"
    WHITE = "white"


class FigureLights(BaseModel):
    """Where the colours change. Places differ, so these are settings and the legend is printed with every digest."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    yellow_from_percent: int = Field(80, ge=1, le=100, description="Share of the elapsed time below which it is red.")
    near_due_days: int = Field(7, ge=0, le=90, description="Natural days before the due date that count as near.")


@dataclass(frozen=True)
class Target:
    """What is to be reached from a day up to a due day. Rates in percent, as the plan writes them."""

    key: str
    value: Decimal
    from_on: date
    due_on: date
    source: str = ""


@dataclass(frozen=True)
class Standing:
    """A figure against its target; ``completion`` and ``schedule`` are percents."""

    target: Target
    completion: Decimal | None
    schedule: Decimal
    light: Light


def schedule(target: Target, as_of: date) -> Decimal:
    """序时进度: months passed of the months planned, in percent, from 0 to 100."""
    planned = _month(target.due_on) - _month(target.from_on) + 1
    passed = _month(as_of) - _month(target.from_on) + 1
    return Decimal(100) * min(max(passed, 0), planned) / max(planned, 1)


def standing(target: Target, actual: Decimal | None, as_of: date, lights: FigureLights) -> Standing:
    """Completion, elapsed share and light on that day. A missing figure is white, not zero."""
    elapsed = schedule(target, as_of)
    done = None if actual is None or not target.value else 100 * actual / target.value
    return Standing(target, done, elapsed, _light(target, done, elapsed, as_of, lights))


def _light(target: Target, done: Decimal | None, elapsed: Decimal, as_of: date, lights: FigureLights) -> Light:
    if done is None:
        return Light.WHITE
    if done >= 100:
        return Light.GREEN
    left = (target.due_on - as_of).days
    if left < 0:
        return Light.RED
    if left <= lights.near_due_days:
        return Light.BLUE
    if done >= elapsed:
        return Light.GREEN
    return Light.YELLOW if 100 * done >= lights.yellow_from_percent * elapsed else Light.RED


def _month(day: date) -> int:
    return day.year * 12 + day.month
