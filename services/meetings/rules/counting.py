"""Quorum, votes and the rate at which decisions get done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil

from services.meetings.errors import NoQuorumRule
from services.meetings.rules.states import ItemState
from services.meetings.settings import MeetingSettings


@dataclass(frozen=True)
class Quorum:
    """Whether enough members are there. `needed` is the least number that suffices."""

    members: int
    present: int
    needed: int

    @property
    def reached(self) -> bool:
        """Whether the meeting can decide."""
        return self.present >= self.needed


def quorum(members: int, present: int, substitutes: int, settings: MeetingSettings) -> Quorum:
    """The quorum of a council: by default two thirds of its members, substitutes counted."""
    if members <= 0:
        raise NoQuorumRule(members=members)
    counted = present + (substitutes if settings.substitutes_count else 0)
    return Quorum(members, counted, _least(settings.quorum, members))


def votes_needed(present: int, settings: MeetingSettings) -> int:
    """How many of those present must agree."""
    return _least(settings.majority, present)


def _least(share: Fraction, of: int) -> int:
    return ceil(share * of)


@dataclass(frozen=True)
class ItemRecord:
    """What the completion rate needs to know of an item."""

    state: ItemState
    due_on: date | None = None
    closed_on: date | None = None


@dataclass(frozen=True)
class Completion:
    """How far the decisions of a meeting have come. Cancelled items leave the denominator.

    `closed`, `overdue` and `ongoing` (推进中) add up to `counted`; `in_time` counts the closed ones that met their
    date.
    """

    total: int
    cancelled: int
    closed: int
    in_time: int
    overdue: int
    ongoing: int

    @property
    def counted(self) -> int:
        """The denominator."""
        return self.total - self.cancelled

    @property
    def rate(self) -> Fraction | None:
        """Closed over counted; None when there is nothing to count."""
        return Fraction(self.closed, self.counted) if self.counted else None


def completion(items: Iterable[ItemRecord], as_of: date) -> Completion:
    """The counts as of that day; what was closed later counts as not yet closed."""
    records = list(items)
    cancelled = [r for r in records if r.state is ItemState.CANCELLED]
    closed = [
        r for r in records if r.state is ItemState.VERIFIED_CLOSED and (r.closed_on is None or r.closed_on <= as_of)
    ]
    in_time = [r for r in closed if r.due_on is None or (r.closed_on is not None and r.closed_on <= r.due_on)]
    unsettled = [r for r in records if r not in closed and r.state is not ItemState.CANCELLED]
    overdue = [r for r in unsettled if r.due_on is not None and r.due_on < as_of]
    return Completion(
        len(records), len(cancelled), len(closed), len(in_time), len(overdue), len(unsettled) - len(overdue)
    )
