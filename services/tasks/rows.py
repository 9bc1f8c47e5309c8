"""A target of the plan as a stored row, and back."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from services.models import PlanTarget
from services.tasks.settings import TaskSettings
from services.tasks.target import Cadence, Operator, Place, Target


def as_row(target: Target, settings: TaskSettings) -> dict[str, Any]:
    """A target as JSON."""
    return {
        "label": target.label,
        "operator": target.operator.value,
        "value": None if target.value is None else str(target.value),
        "unit": target.unit,
        "due_on": target.due_on.isoformat() if target.due_on else None,
        "cadence": target.cadence.value if target.cadence else None,
        "stage": target.stage,
        "strength": target.strength,
        "responsible": [settings.unit_codes.get(name, name) for name in target.responsible],
        "co_responsible": [settings.unit_codes.get(name, name) for name in target.co_responsible],
        "quote": target.quote,
        "note": target.note,
        "declared_conflict": target.declared_conflict,
        "task_title": target.task_title or settings.task_titles.get(target.task or 0, ""),
        "place": {"source": target.place.source, "line": target.place.line, "section": target.place.section},
    }


def as_target(stored: PlanTarget) -> Target:
    """The target of a stored row."""
    row, place = stored.row, stored.row["place"]
    return Target(
        id=stored.code,
        key=stored.key,
        label=row["label"],
        operator=Operator(row["operator"]),
        value=None if row["value"] is None else Decimal(row["value"]),
        unit=row["unit"],
        due_on=date.fromisoformat(row["due_on"]) if row["due_on"] else None,
        place=Place(place["source"], place["line"], place["section"], stored.task),
        cadence=Cadence(row["cadence"]) if row["cadence"] else None,
        stage=row["stage"],
        strength=row["strength"],
        responsible=tuple(row["responsible"]),
        co_responsible=tuple(row["co_responsible"]),
        quote=row["quote"],
        note=row["note"],
        declared_conflict=row["declared_conflict"],
        task=stored.task,
        task_title=row["task_title"],
    )


def new_row(target: Target, row: dict[str, Any], position: int, by: int | None, now: datetime) -> PlanTarget:
    """A row for a target that the plan did not hold before; `by` is who imported it."""
    return PlanTarget(
        code=target.id,
        position=position,
        task=target.task,
        key=target.key,
        row=row,
        imported_by=by,
        imported_at=now,
    )
