"""What a tick does: each duty is one service call in its own transaction, harmless when nothing is due."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Act = Callable[[Any, datetime], Awaitable[object]]


@dataclass(frozen=True)
class Duty:
    """A named piece of the timetable. `act(session, now)` does what has become due; `every_s` is how often to look."""

    name: str
    act: Act
    every_s: int = 60
    sends: bool = True  # whether a message may come of it, so that a rehearsal runs it
