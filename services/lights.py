"""The colours of lights, shared by action items and by the plan's tasks; what a colour means is each scheme's own."""

from enum import StrEnum


class Colour(StrEnum):
    """Colours a light may have."""

    GREEN = "green"
    BLUE = "blue"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"
    WHITE = "white"
