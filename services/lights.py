"""Lights: the colours, and the one shape of a scheme. What a colour means is each scheme's own, and printed with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Colour(StrEnum):
    """Colours a light may have."""

    GREEN = "green"
    BLUE = "blue"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"
    WHITE = "white"


SEVERITY = (Colour.RED, Colour.ORANGE, Colour.BLUE, Colour.YELLOW, Colour.GREEN, Colour.WHITE)


class LightScheme(BaseModel):
    """A colour for each condition, under the condition's name, and the numbers that decide the conditions."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def colour(self, condition: StrEnum) -> Colour:
        """The colour that this scheme gives the condition."""
        colour: Colour = getattr(self, condition.value)
        return colour


@dataclass(frozen=True)
class LegendEntry:
    """One line of the printed legend; `number` is the days or the percent that the condition is bound to, if any."""

    colour: Colour
    condition: StrEnum
    number: int | None = None


def legend_of(
    scheme: LightScheme, conditions: Iterable[StrEnum], numbers: Mapping[StrEnum, int]
) -> tuple[LegendEntry, ...]:
    """What each colour means in the scheme, the most urgent colour first."""
    entries = [LegendEntry(scheme.colour(one), one, numbers.get(one)) for one in conditions]
    return tuple(sorted(entries, key=lambda entry: SEVERITY.index(entry.colour)))
