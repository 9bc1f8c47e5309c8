"""The plan in the database: imported, with its contradictions, what was reported for it, and its lights on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.errors import BadInput, NotFound
from services.lights import Colour
from services.members.actors import Actor
from services.models import PlanTarget, TargetReport
from services.sheets import read_sheet
from services.tasks.cells import read_figure
from services.tasks.conflicts import Conflict, find_conflicts
from services.tasks.importing import Imported, RowProblem, read_jsonl, read_rows
from services.tasks.rows import as_row, as_target, new_row
from services.tasks.settings import TaskSettings
from services.tasks.status import Actual, TargetStatus, status_of, task_colour
from services.tasks.target import Operator, Target

SUFFIXES = (".jsonl", ".xlsx", ".csv")


@dataclass(frozen=True)
class PlanReport:
    """What an import did: codes by what became of them, rows left out, contradictions to show."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int
    retired: tuple[str, ...]
    problems: tuple[RowProblem, ...]
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True)
class TaskState:
    """One task of the plan on a day: the light of the most urgent of its targets, and each target's own."""

    task: int | None
    title: str
    colour: Colour
    statuses: tuple[TargetStatus, ...]


def read_plan(path: Path) -> Imported:
    """The targets of a file: JSON lines, or the first sheet of an .xlsx or .csv.

    Raises:
        BadInput: another kind of file.
        SheetRefused: over a limit, or damaged.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise BadInput(field="file", given=path.name, problem="unknown")
    if path.suffix.lower() == ".jsonl":
        return read_jsonl(path.read_text(encoding="utf-8-sig"), path.name)
    return read_rows(read_sheet(path), path.name)


async def import_plan(
    session: AsyncSession, read: Imported, settings: TaskSettings, *, by: int | None, now: datetime
) -> PlanReport:
    """Bring the plan in line with a table. What it no longer holds is retired, not deleted: reports stay readable.

    Codes that the table uses for units, and titles that it leaves out, come from the settings.
    """
    standing = {row.code: row for row in await session.scalars(select(PlanTarget))}
    added, changed = [], []
    for position, target in enumerate(read.targets, start=1):
        row = as_row(target, settings)
        old = standing.get(target.id)
        if old is None:
            session.add(new_row(target, row, position, by, now))
            added.append(target.id)
        else:
            if old.row != row or old.retired_at is not None:
                changed.append(target.id)
            old.position, old.task, old.key, old.row, old.retired_at = position, target.task, target.key, row, None
    kept = {target.id for target in read.targets}
    retired = [code for code, row in standing.items() if code not in kept and row.retired_at is None]
    await session.execute(update(PlanTarget).where(PlanTarget.code.in_(retired)).values(retired_at=now))
    await session.flush()
    audit.record(
        session, "import", "plan", by=by, now=now, added=len(added), changed=len(changed), retired=len(retired)
    )
    return PlanReport(
        tuple(added),
        tuple(changed),
        len(read.targets) - len(added) - len(changed),
        tuple(retired),
        read.problems,
        find_conflicts(read.targets),
    )


async def list_targets(session: AsyncSession) -> list[Target]:
    """The targets that count today, in the plan's order."""
    rows = await session.scalars(
        select(PlanTarget).where(PlanTarget.retired_at.is_(None)).order_by(PlanTarget.position)
    )
    return [as_target(row) for row in rows]


async def report_target(
    session: AsyncSession, actor: Actor, code: str, actual: Actual, *, now: datetime, evidence: str = ""
) -> TargetReport:
    """Note what stands reached for a target. Corrections are later rows; nothing is overwritten.

    Raises:
        NotAllowed: not of the secretariat.
        NotFound: no such target.
    """
    actor.require_secretariat()
    target = await session.get(PlanTarget, code)
    if target is None or target.retired_at is not None:
        raise NotFound(what="target", given=code)
    report = TargetReport(
        code=code,
        reported_on=actual.reported_on or now.date(),
        value=actual.value,
        percent=actual.percent,
        done=actual.done,
        evidence=evidence[:300],
        by=actor.person_id,
        at=now,
    )
    session.add(report)
    await session.flush()
    audit.record(session, "report", "target", code, by=actor.person_id, now=now, value=str(actual.value))
    return report


async def report_figure(
    session: AsyncSession, actor: Actor, code: str, said: str, on: date, *, now: datetime
) -> TargetReport:
    """As `report_target`, with the figure as typed (72, 72%, 1.2万).

    Raises:
        BadInput: no figure stands there.
    """
    try:
        value = read_figure(said)[1]
    except InvalidOperation:
        raise BadInput(field="value", given=said[:40] or code[:40], problem="bad_value") from None
    return await report_target(session, actor, code, Actual(value, reported_on=on), now=now)


async def report_progress(
    session: AsyncSession, unit_names: set[str], task: int, percent: Decimal, on: date, *, by: int, now: datetime
) -> int:
    """Take a unit's percent for the targets without a figure that it leads (is named first for); returns how many.

    Targets with a figure are reached by figures, not by a percent that somebody feels; those stay as they were.
    """
    rows = await session.scalars(select(PlanTarget).where(PlanTarget.task == task, PlanTarget.retired_at.is_(None)))
    leading = [
        row.code
        for row in rows
        if row.row["operator"] == Operator.QUALITATIVE.value
        and row.row["responsible"][:1]
        and row.row["responsible"][0] in unit_names
    ]
    for code in leading:
        session.add(TargetReport(code=code, reported_on=on, percent=percent, done=False, evidence="", by=by, at=now))
    await session.flush()
    return len(leading)


async def plan_state(session: AsyncSession, settings: TaskSettings, as_of: date) -> list[TaskState]:
    """Every task with its light on a day, from what was reported up to then; targets without a task come last."""
    targets = await list_targets(session)
    actuals = await _actuals(session, as_of)
    by_task: dict[int | None, list[TargetStatus]] = {}
    titles: dict[int | None, str] = {}
    for target in targets:
        status = status_of(target, actuals.get(target.id), as_of, settings)
        titles[target.task] = titles.get(target.task) or target.task_title
        by_task.setdefault(target.task, [])
        if status is not None:
            by_task[target.task].append(status)
    return [
        TaskState(task, titles[task], task_colour(statuses), tuple(statuses))
        for task, statuses in sorted(by_task.items(), key=lambda pair: (pair[0] is None, pair[0] or 0))
    ]


async def list_conflicts(session: AsyncSession) -> Sequence[Conflict]:
    """The contradictions of the plan as it stands."""
    return find_conflicts(await list_targets(session))


async def _actuals(session: AsyncSession, as_of: date) -> dict[str, Actual]:
    rows = await session.scalars(
        select(TargetReport)
        .where(TargetReport.reported_on <= as_of)
        .order_by(TargetReport.reported_on, TargetReport.id)
    )
    return {row.code: Actual(row.value, row.percent, row.done, row.reported_on) for row in rows}
