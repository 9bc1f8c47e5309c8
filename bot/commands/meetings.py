"""`lianluo tasks` and `lianluo meetings`."""

import asyncio
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.commands.refusals import Refused
from bot.settings import Settings
from services.db import Database
from services.errors import Refusal
from services.sheets import SheetRefused
from services.tasks.conflicts import Conflict
from services.tasks.plan import PlanReport, TaskState, import_plan, list_conflicts, plan_state, read_plan
from services.tasks.settings import TaskSettings
from services.tasks.status import legend


async def import_tasks(
    database: Database, path: Path, settings: TaskSettings, now: datetime, *, as_json: bool = False
) -> PlanReport:
    """Import a plan and print what became of it.

    Raises:
        Refused: the file cannot be read as a plan.
    """
    try:
        read = await asyncio.to_thread(read_plan, path)
    except OSError as error:
        raise Refused(f"{path}: {error.strerror}") from None
    except SheetRefused as refusal:
        raise Refused(f"{path}: {refusal.problem}") from None
    except Refusal:
        raise Refused(f"{path}: the name must end in .jsonl, .xlsx or .csv") from None
    if not read.targets:
        lines = [f"  line {one.line}: {one.problem} {one.field} {one.given}".rstrip() for one in read.problems[:10]]
        raise Refused("\n".join([f"{path}: no target could be read", *lines]))
    async with database.transaction() as session:
        report = await import_plan(session, read, settings, by=None, now=now)
    _print_report(report, as_json)
    return report


async def list_tasks(
    database: Database, settings: Settings, as_of: str | None, now: datetime, *, as_json: bool = False
) -> list[TaskState]:
    """Print every task with its light on a day.

    Raises:
        Refused: no such day.
    """
    day = _day(as_of) if as_of else now.astimezone(ZoneInfo(settings.consortium.timezone)).date()
    async with database.reading() as session:
        states = await plan_state(session, settings.tasks, day)
        conflicts = await list_conflicts(session)
    if as_json:
        rows = [_state_row(one) for one in states]
        print(json.dumps({"as_of": day.isoformat(), "tasks": rows}, ensure_ascii=False))
        return states
    for one in states:
        print(f"{one.task or '-':>3}  {one.colour.value:<7} {one.title}  ({len(one.statuses)} targets)")
    print(f"as of {day.isoformat()}; {len(conflicts)} contradictions")
    for entry in legend(settings.tasks.lights):
        print(f"  {entry.colour.value:<7} {entry.condition.value}" + (f" ({entry.number})" if entry.number else ""))
    return states


async def list_meetings(database: Database, settings: Settings, *, as_json: bool = False) -> None:
    """Print all meetings, oldest first."""
    from services.meetings.standing.finding import all_meetings

    zone = ZoneInfo(settings.consortium.timezone)
    async with database.reading() as session:
        rows = [
            {
                "id": one.id,
                "kind": one.kind,
                "period": one.period,
                "starts_at": one.starts_at.astimezone(zone).isoformat(),
                "place": one.place,
                "state": one.state,
            }
            for one in await all_meetings(session)
        ]
    if as_json:
        print(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        print(f"{row['id']:>4}  {row['starts_at']}  {row['kind']:<8} {row['state']:<9} {row['place']}")


async def write_meeting_pack(
    database: Database, settings: Settings, meeting_id: int, folder: Path, now: datetime
) -> None:
    """Write the pack's files and print their names.

    Raises:
        Refused: no such meeting.
    """
    from bot.papers import PackMaker

    try:
        paths = await PackMaker(database, settings).write_pack(meeting_id, folder, now)
    except Refusal:
        raise Refused(f"no meeting {meeting_id}; `lianluo meetings list` shows all of them") from None
    for path in paths:
        print(path)


def _print_report(report: PlanReport, as_json: bool) -> None:
    if as_json:
        facts = {
            "added": list(report.added),
            "changed": list(report.changed),
            "unchanged": report.unchanged,
            "retired": list(report.retired),
            "problems": [vars(one) for one in report.problems],
            "conflicts": [_conflict_row(one) for one in report.conflicts],
        }
        print(json.dumps(facts, ensure_ascii=False))
        return
    print(
        f"{len(report.added)} added, {len(report.changed)} changed, {report.unchanged} unchanged, "
        f"{len(report.retired)} retired"
    )
    for problem in report.problems:
        print(f"  line {problem.line} left out: {problem.problem} {problem.field} {problem.given}".rstrip())
    for conflict in report.conflicts:
        print(f"  contradiction ({conflict.kind.value}) {conflict.key}:")
        for target in conflict.targets:
            due = target.due_on.isoformat() if target.due_on else "no date"
            print(f"    {target.id} line {target.place.line}: {target.value}{target.unit} by {due}  {target.quote}")


def _conflict_row(conflict: Conflict) -> dict[str, Any]:
    return {"kind": conflict.kind.value, "key": conflict.key, "targets": [target.id for target in conflict.targets]}


def _state_row(state: TaskState) -> dict[str, Any]:
    return {
        "task": state.task,
        "title": state.title,
        "light": state.colour.value,
        "targets": [
            {
                "id": one.target.id,
                "light": one.colour.value,
                "condition": one.condition.value,
                "completion": None if one.completion is None else round(float(one.completion), 4),
                "days_left": one.days_left,
            }
            for one in state.statuses
        ],
    }


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise Refused(f"{given}: write a day as 2026-10-20") from None
