"""The secretariat's board of a month: who owes, who filed, who is late, returned or exempt; and a unit's own line."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.checkins.cards import REPORTED
from services.checkins.errors import NothingDue
from services.checkins.finding import next_opening
from services.checkins.office import Office
from services.checkins.sheets import label_of_cycle
from services.errors import NotFound
from services.members.actors import Actor
from services.models import CheckinCycle, Submission
from services.periods import Period, read_period

STANDINGS = ("missing", "draft", "returned", "submitted", "accepted", "exempt", "optional")


@dataclass(frozen=True)
class Line:
    """One unit's line. `standing` is one of `STANDINGS`: every unit has exactly one."""

    submission_id: int
    unit: str
    kind: str
    standing: str
    is_late: bool
    due_at: datetime
    submitted_at: datetime | None
    on_behalf: bool
    reason: str


@dataclass(frozen=True)
class Board:
    """A month. `due` is the denominator: exempt units and forms that are only welcome are not in it."""

    period: str
    due_at: datetime
    locked: bool
    lines: tuple[Line, ...]

    @property
    def owed(self) -> tuple[Line, ...]:
        """Lines that count."""
        return tuple(one for one in self.lines if one.standing not in ("exempt", "optional"))

    @property
    def counts(self) -> dict[str, int]:
        """Numbers for texts and tests."""
        by = Counter(one.standing for one in self.lines)
        reported = [one for one in self.owed if one.standing in REPORTED]
        return {
            "total": len(self.lines),
            "due": len(self.owed),
            "reported": len(reported),
            "late": sum(one.is_late for one in reported),
            "missing": by["missing"] + by["draft"],
            **{name: by[name] for name in ("draft", "returned", "accepted", "exempt", "optional")},
        }


async def load_board(session: AsyncSession, actor: Actor, period: Period | None, *, now: datetime) -> Board:
    """The month, or the newest one that opened. For the secretariat: it holds names.

    Raises:
        NotAllowed: the actor is not the secretariat.
        NotFound: no cycle was opened for that month.
    """
    actor.require_secretariat()
    cycle = await get_cycle(session, period, now=now)
    rows = await session.scalars(select(Submission).where(Submission.cycle_id == cycle.id).order_by(Submission.unit_id))
    label = label_of_cycle(cycle)
    return Board(label, cycle.due_at, cycle.locked_at is not None, tuple(_line(one) for one in rows))


async def get_cycle(session: AsyncSession, period: Period | None, *, now: datetime) -> CheckinCycle:
    """The cycle of a month, else the newest that has opened.

    Raises:
        NotFound: there is none.
    """
    query = select(CheckinCycle).where(CheckinCycle.opens_at <= now).order_by(CheckinCycle.period.desc()).limit(1)
    if period is not None:
        query = select(CheckinCycle).where(CheckinCycle.period == str(period))
    cycle: CheckinCycle | None = await session.scalar(query)
    if cycle is None:
        raise NotFound(what="cycle", given=str(period) if period else "")
    return cycle


async def list_own_lines(
    session: AsyncSession, office: Office, actor: Actor, period: Period | None, *, now: datetime
) -> list[tuple[str, Line]]:
    """How the actor's own units stand in that month, with its name.

    Raises:
        NothingDue: nothing was opened for them.
    """
    try:
        cycle = await get_cycle(session, period, now=now)
    except NotFound:
        raise NothingDue(**next_opening(office, now)) from None
    rows = await session.scalars(
        select(Submission).where(Submission.cycle_id == cycle.id, Submission.unit_id.in_(actor.unit_ids))
    )
    return [(label_of_cycle(cycle), _line(one)) for one in rows]


def read_month(words: str, *, now: datetime) -> Period | None:
    """The month that words name; None when they name none.

    Raises:
        NotFound: they name something that is no month.
    """
    words = words.strip()
    if not words:
        return None
    try:
        found: Period | None = Period.of(words)
    except ValueError:
        found = read_period(words, Period.month_of(now.date()))
    if found is None or found.month is None:
        raise NotFound(what="month", given=words[:20])
    return found


def standing_of(one: Submission) -> str:
    """Where a check-in stands: one of `STANDINGS`."""
    if one.optional and one.state in ("expected", "draft"):
        return "optional"
    return "missing" if one.state == "expected" else one.state


def _line(one: Submission) -> Line:
    return Line(
        submission_id=one.id,
        unit=one.unit.name,
        kind=one.unit.kind,
        standing=standing_of(one),
        is_late=one.is_late,
        due_at=one.due_at,
        submitted_at=one.submitted_at,
        on_behalf=one.on_behalf,
        reason=one.exempt_reason,
    )
