"""Targets from a table: JSON lines as they stand, or rows of a sheet with Chinese or English headings.

One bad row refuses nothing but itself: every problem is reported with its line, so that a table is mended in one go.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from services.tasks.cells import read_due, read_figure, split_units
from services.tasks.target import Cadence, Operator, Place, Target

HEADINGS = {
    "id": ("id", "编号", "序号"),
    "task": ("task", "任务号", "任务编号"),
    "task_title": ("task_title", "任务", "任务名称", "重点任务"),
    "sec": ("sec", "section", "出处", "章节"),
    "key": ("key", "指标编码", "指标代码"),
    "zh": ("zh", "label", "指标", "指标名称"),
    "op": ("op", "比较", "关系"),
    "value": ("value", "目标值", "目标"),
    "unit": ("unit", "单位", "计量单位"),
    "due": ("due", "完成时限", "时限", "完成时间"),
    "cadence": ("cadence", "周期", "频次"),
    "stage": ("stage", "阶段"),
    "strength": ("strength", "力度", "要求程度"),
    "resp": ("resp", "责任单位", "牵头单位"),
    "co_resp": ("co_resp", "配合单位", "协办单位"),
    "quote": ("quote", "原文", "依据"),
    "note": ("note", "备注", "说明"),
    "conflict": ("conflict", "矛盾", "冲突"),
}
_BY_HEADING = {heading: name for name, headings in HEADINGS.items() for heading in headings}
_KNOWN = frozenset(HEADINGS)
_CADENCES = {"annual": "annual", "每年": "annual", "年度": "annual", "年": "annual"} | {
    "quarterly": "quarterly",
    "每季度": "quarterly",
    "季度": "quarterly",
}
_OPERATORS = {"≥": "ge", ">=": "ge", "不少于": "ge", "≤": "le", "<=": "le", "不超过": "le", "=": "eq", "等于": "eq"} | {
    "定性": "qual",
    "参数": "param",
}


@dataclass(frozen=True)
class RowProblem:
    """Why a row was left out: machine id, its line, the field and what stood there.

    Ids: `not_json`, `not_an_object`, `unknown_field`, `missing`, `bad_value`, `bad_due`, `bad_operator`, `bad_cadence`,
    `bad_task`, `duplicate_id`, `no_heading`.
    """

    problem: str
    line: int
    field: str = ""
    given: str = ""


@dataclass(frozen=True)
class Imported:
    """The targets of a table in its order, and what could not be taken."""

    targets: tuple[Target, ...]
    problems: tuple[RowProblem, ...]


class _Bad(Exception):
    def __init__(self, problem: str, field: str = "", given: object = "") -> None:
        super().__init__(problem)
        self.problem, self.field, self.given = problem, field, str(given)


def read_jsonl(text: str, source: str, titles: Mapping[int, str] | None = None) -> Imported:
    """Targets from JSON lines, one object a line; `titles` names the tasks by number."""
    rows: list[tuple[int, Mapping[str, Any]]] = []
    problems: list[RowProblem] = []
    for line, raw in enumerate(text.splitlines(), start=1):
        if not raw.strip():
            continue
        try:
            row = json.loads(raw, parse_float=Decimal)
        except ValueError:
            problems.append(RowProblem("not_json", line, given=raw[:60]))
            continue
        if isinstance(row, dict):
            rows.append((line, row))
        else:
            problems.append(RowProblem("not_an_object", line, given=raw[:60]))
    return _read(rows, problems, source, titles or {})


def read_rows(table: Sequence[Sequence[str]], source: str, titles: Mapping[int, str] | None = None) -> Imported:
    """Targets from the rows of a sheet; the first row that holds two known headings is the heading row."""
    found = _heading(table)
    if found is None:
        return Imported((), (RowProblem("no_heading", 1),))
    start, columns = found
    rows: list[tuple[int, Mapping[str, Any]]] = []
    for line, cells in enumerate(table[start + 1 :], start=start + 2):
        named = ((name, cells[index].strip()) for index, name in columns.items() if index < len(cells))
        row = {name: cell for name, cell in named if cell}
        if row:
            rows.append((line, row))
    return _read(rows, [], source, titles or {})


def _heading(table: Sequence[Sequence[str]]) -> tuple[int, dict[int, str]] | None:
    """The heading row's index and the field of each of its columns."""
    for start, cells in enumerate(table):
        columns = {index: _BY_HEADING[cell.strip()] for index, cell in enumerate(cells) if cell.strip() in _BY_HEADING}
        if "value" in columns.values() and {"zh", "key"} & set(columns.values()):
            return start, columns
    return None


def _read(
    rows: list[tuple[int, Mapping[str, Any]]], problems: list[RowProblem], source: str, titles: Mapping[int, str]
) -> Imported:
    targets: dict[str, Target] = {}
    for line, row in rows:
        try:
            target = _target(row, source, line, titles)
            if target.id in targets:
                raise _Bad("duplicate_id", "id", target.id)
            targets[target.id] = target
        except _Bad as bad:
            problems.append(RowProblem(bad.problem, line, bad.field, bad.given))
    return Imported(tuple(targets.values()), tuple(sorted(problems, key=lambda problem: problem.line)))


def _target(row: Mapping[str, Any], source: str, line: int, titles: Mapping[int, str]) -> Target:
    if unknown := set(row) - _KNOWN:
        raise _Bad("unknown_field", sorted(unknown)[0])
    label = _text(row, "zh") or _text(row, "key")
    if not label:
        raise _Bad("missing", "zh")
    figure = _figure(row)
    operator = _operator(row, figure[0], figure[1])
    task = _task(row)
    due = _text(row, "due")
    due_on = read_due(due)
    if due and due_on is None:
        raise _Bad("bad_due", "due", due)
    return Target(
        id=_text(row, "id") or f"{source}:{line}",
        key=_text(row, "key") or label,
        label=label,
        operator=operator,
        value=None if operator is Operator.QUALITATIVE else figure[1],
        unit=_text(row, "unit") or figure[2],
        due_on=due_on,
        place=Place(source, line, _text(row, "sec"), task),
        cadence=_cadence(row),
        stage=_text(row, "stage"),
        strength=_text(row, "strength"),
        responsible=_units(row, "resp"),
        co_responsible=_units(row, "co_resp"),
        quote=_text(row, "quote"),
        note=_text(row, "note"),
        declared_conflict=_text(row, "conflict"),
        task=task,
        task_title=_text(row, "task_title") or titles.get(task or 0, ""),
    )


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return "" if value is None else str(value).strip()


def _figure(row: Mapping[str, Any]) -> tuple[str, Decimal | None, str]:
    """Operator, figure and unit as the value's cell says them (「≥75%」「2万人次以上」)."""
    value = row.get("value")
    if value is None or value == "":
        return "", None, ""
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return "", Decimal(value), ""
    try:
        return read_figure(str(value))
    except InvalidOperation:
        raise _Bad("bad_value", "value", value) from None


def _operator(row: Mapping[str, Any], said: str, value: Decimal | None) -> Operator:
    given = _text(row, "op")
    try:
        operator = Operator(_OPERATORS.get(given, given) or said or ("ge" if value is not None else "qual"))
    except ValueError:
        raise _Bad("bad_operator", "op", given) from None
    if operator is not Operator.QUALITATIVE and value is None:
        raise _Bad("missing", "value")
    return operator


def _task(row: Mapping[str, Any]) -> int | None:
    given = _text(row, "task")
    if given and not given.isdigit():
        raise _Bad("bad_task", "task", given)
    return int(given) if given else None


def _cadence(row: Mapping[str, Any]) -> Cadence | None:
    given = _text(row, "cadence")
    if given and given not in _CADENCES:
        raise _Bad("bad_cadence", "cadence", given)
    return Cadence(_CADENCES[given]) if given else None


def _units(row: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = row.get(name)
    if isinstance(value, list):
        return tuple(str(unit).strip() for unit in value)
    return split_units(_text(row, name))


def latest_due(targets: Sequence[Target]) -> date | None:
    """The last due date of a plan; after it, a new set of targets must be imported, not made up."""
    return max((target.due_on for target in targets if target.due_on), default=None)
