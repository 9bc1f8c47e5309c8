"""The plan in a digest: which target a figure is held against, and the tasks with their lights."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from services.digests.figures.digest import TaskLine
from services.digests.figures.figure import Figure
from services.digests.issuing.around import Around
from services.digests.text.shown import digits
from services.periods import Period
from services.tasks.settings import TaskSettings
from services.tasks.status import TargetStatus, status_of, task_colour
from services.tasks.target import Operator, Target

SIGNS = {Operator.AT_LEAST: "≥", Operator.AT_MOST: "≤", Operator.EXACTLY: "="}


def targets_for(targets: Iterable[Target], period: Period) -> dict[str, Target]:
    """The target of each figure that counts in the period: the next one due, else the last one that was."""
    found: dict[str, Target] = {}
    for target in targets:
        if target.operator in (Operator.QUALITATIVE, Operator.PARAMETER):
            continue
        other = found.get(target.key)
        if other is None or _nearness(target, period) < _nearness(other, period):
            found[target.key] = target
    return found


def _nearness(target: Target, period: Period) -> tuple[int, int]:
    """Targets still to be reached before those past due, the nearest of them first; without a date last."""
    if target.due_on is None:
        return (1, 0)
    days = (target.due_on - period.last_day).days
    return (0, days) if days >= 0 else (2, -days)


def task_lines(around: Around, figures: Iterable[Figure], as_of: date, settings: TaskSettings) -> tuple[TaskLine, ...]:
    """The plan's tasks with their lights. A target that replies measure is lit by them, others by what was reported."""
    measured = {one.status.target.id: one.status for one in figures if one.status is not None}
    ordered = sorted((one for one in around.targets if one.task is not None), key=lambda one: one.task or 0)
    found = []
    for number, (task, group) in enumerate(groupby(ordered, key=lambda one: one.task), start=1):
        targets = list(group)
        statuses = [
            measured.get(one.id) or status_of(one, around.reached.get(one.id), as_of, settings) for one in targets
        ]
        found.append(_task_line(number, task or 0, targets, [one for one in statuses if one is not None]))
    return tuple(found)


def _task_line(number: int, task: int, targets: list[Target], statuses: list[TargetStatus]) -> TaskLine:
    known = [one for one in statuses if one.completion is not None]
    worst = min(known, key=lambda one: one.completion or 0, default=None)
    return TaskLine(
        number=str(number),
        task_no=str(task),
        title=next((one.task_title for one in targets if one.task_title), targets[0].label),
        indicator="；".join(dict.fromkeys(one.label for one in targets)),
        target="；".join(told for one in targets if (told := _told(one))),
        due_on=max((one.due_on for one in targets if one.due_on), default=None),
        owners=tuple(dict.fromkeys(unit for one in targets for unit in one.responsible)),
        co_owners=tuple(dict.fromkeys(unit for one in targets for unit in one.co_responsible)),
        completion=_percent(worst.completion if worst else None),
        schedule=_percent(worst.elapsed if worst else None),
        schedule_since=worst.counted_from if worst else None,
        light=task_colour(statuses),
    )


def _told(target: Target) -> str:
    if target.value is None:
        return ""
    return f"{SIGNS.get(target.operator, '')}{digits(target.value, 2)}{target.unit}"


def _percent(share: Fraction | None) -> Decimal | None:
    return None if share is None else Decimal(100 * share.numerator) / share.denominator
