"""Small counts outside the secretariat: 1 to 4 of something is somebody (R2), so it is shown as 「<5」."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TypeVar

SMALLEST = 5
Name = TypeVar("Name")


def is_small(value: Decimal | None) -> bool:
    """A count that could name people."""
    return value is not None and 0 < value < SMALLEST


def hidden(cells: Mapping[Name, Decimal | None]) -> frozenset[Name]:
    """Which cells of a breakdown to hide when its total is public.

    A single small cell could be computed from the total and the others, so the next smallest is hidden with it.
    """
    small = {name for name, value in cells.items() if is_small(value)}
    if len(small) == 1:
        rest = [(value, str(name), name) for name, value in cells.items() if value and name not in small]
        if rest:
            small.add(min(rest, key=lambda cell: cell[:2])[2])
    return frozenset(small)
