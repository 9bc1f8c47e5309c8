"""The secretariat's board of a month: who owes, who filed, who is late, returned or exempt.

The board counts by the very rule of the digests and their ledger (`services.digests.figures.filing`), so that a month
has one 应报, 已报, 迟报 and 免报 wherever it is read. Nothing that a unit has only drafted is in a line.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.checkins.form import State
from services.checkins.standing.sheets import label_of_cycle
from services.digests.figures.filing import Filing, filing
from services.digests.figures.replies import Obligation
from services.errors import NotFound
from services.members.actors import Actor
from services.models import CheckinCycle, CheckinEntry, Extension, RegisterRow, Submission
from services.periods import Period, read_period

STANDINGS = ("missing", "draft", "returned", "submitted", "accepted", "exempt", "optional")


@dataclass(frozen=True)
class Line:
    """One unit's line. `standing` is one of `STANDINGS`: every unit has exactly one.

    ``is_changing``: something filed is being changed, and the change is not filed yet. ``asks_time``: a request for
    more time waits for an answer.
    """

    submission_id: int
    unit: str
    kind: str
    standing: str
    is_late: bool
    due_at: datetime
    submitted_at: datetime | None
    on_behalf: bool
    reason: str
    is_changing: bool = False
    asks_time: bool = False


@dataclass(frozen=True)
class Board:
    """A month. `due` is the denominator: exempt units and forms that are only welcome are not in it.

    ``reported`` is what was handed in, returned ones among them; ``pending`` of ``due`` have time left, which the
    ledger of the same moment does not count as 应报 yet.
    """

    period: str
    due_at: datetime
    locked: bool
    lines: tuple[Line, ...]
    filing: Filing

    @property
    def counts(self) -> dict[str, int]:
        """Numbers for texts and tests."""
        by = Counter(one.standing for one in self.lines)
        due = self.filing.due + self.filing.pending
        return {
            "total": len(self.lines),
            "due": due,
            "reported": self.filing.reported,
            "late": self.filing.late,
            "exempt": self.filing.exempt,
            "pending": self.filing.pending,
            "missing": due - self.filing.reported,
            **{name: by[name] for name in ("draft", "returned", "submitted", "accepted", "optional")},
        }


async def load_board(session: AsyncSession, actor: Actor, period: Period | None, *, now: datetime) -> Board:
    """The month, or the newest one that opened. For the secretariat: it holds names.

    Raises:
        NotAllowed: the actor is not the secretariat.
        NotFound: no cycle was opened for that month.
    """
    actor.require_secretariat()
    cycle = await get_cycle(session, period, now=now)
    found = await session.scalars(
        select(Submission).where(Submission.cycle_id == cycle.id).order_by(Submission.unit_id)
    )
    rows = list(found)
    changing = await list_changing(session, [one.id for one in rows])
    asking = set(await session.scalars(select(Extension.submission_id).where(Extension.decision == "")))
    month = Period.of(cycle.period)
    owed = [_obligation(one, month) for one in rows if not one.optional]
    return Board(
        label_of_cycle(cycle),
        cycle.due_at,
        cycle.locked_at is not None,
        tuple(replace(line_of(one, changing), asks_time=one.id in asking) for one in rows),
        filing(owed, month, cutoff=now),
    )


async def list_changing(session: AsyncSession, submission_ids: Sequence[int]) -> frozenset[int]:
    """Those of the check-ins that were filed and hold something drafted since."""
    drafted = (
        select(CheckinEntry.submission_id).where(
            CheckinEntry.layer == "draft", CheckinEntry.state != State.MISSING.value
        ),
        select(RegisterRow.submission_id).where(RegisterRow.state == "draft"),
    )
    found: set[int] = set()
    for query in drafted:
        column = query.selected_columns[0]
        filed = query.join(Submission, Submission.id == column).where(
            column.in_(submission_ids), Submission.first_submitted_at.is_not(None)
        )
        found |= {one for one in await session.scalars(filed.distinct()) if one is not None}
    return frozenset(found)


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


async def find_due_month(session: AsyncSession, *, now: datetime) -> Period | None:
    """The newest month whose term is over; None before the first."""
    query = select(CheckinCycle.period).where(CheckinCycle.due_at <= now).order_by(CheckinCycle.period.desc()).limit(1)
    found = await session.scalar(query)
    return Period.of(found) if found else None


def read_month(words: str, today: date) -> Period | None:
    """The month that words name on that day; None when they name none.

    Raises:
        NotFound: they name something that is no month.
    """
    words = words.strip()
    if not words:
        return None
    try:
        found: Period | None = Period.of(words)
    except ValueError:
        found = read_period(words, Period.month_of(today))
    if found is None or found.month is None:
        raise NotFound(what="month", given=words[:20])
    return found


def standing_of(one: Submission) -> str:
    """Where a check-in stands: one of `STANDINGS`."""
    if one.optional and one.state in ("expected", "draft", "exempt"):
        return "optional"
    return "missing" if one.state == "expected" else one.state


def _obligation(one: Submission, month: Period) -> Obligation:
    unit, exempt = one.unit, one.state == "exempt"
    return Obligation(unit.id, unit.name, unit.kind, one.form_id, month, one.due_at, one.first_submitted_at, exempt)


def line_of(one: Submission, changing: frozenset[int]) -> Line:
    """A check-in as one line; `changing` are those of `list_changing`."""
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
        is_changing=one.id in changing,
    )
