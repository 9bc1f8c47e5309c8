"""Facts as table rows of the 简报."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from services.digests.briefing.tables import Cell
from services.digests.figures.digest import DecisionLine, Digest, TaskLine
from services.digests.figures.figure import Figure
from services.digests.text.figures import change_cell, plain_label
from services.digests.text.prose import Say, t
from services.digests.text.shown import digits, figure_values, month_begun
from services.periods import Period


def figure_rows(
    say: Say, figures: Iterable[Figure], groups: Mapping[str, str], *, in_full: bool = True
) -> list[list[Cell]]:
    """A row for each figure; with ``groups`` (form: heading) a heading before each form.

    ``in_full``: comparisons over the common units stand in the cells, else a star points to them.
    """
    rows: list[list[Cell]] = []
    at = ""
    for figure in figures:
        if groups and figure.form != at:
            at = figure.form
            rows.append([Cell(groups.get(at, at))])
        values = figure_values(figure)
        light = values["light"]
        rows.append(
            [
                Cell(say(t("label_cell"), label=plain_label(figure.label), unit=figure.unit)),
                Cell(say(t("value_cell"), f=values), number=True),
                Cell(say(t("ytd_cell"), f=values), number=True),
                Cell(change_cell(say, figure.mom, figure.decimals, in_full=in_full), number=True),
                Cell(change_cell(say, figure.yoy, figure.decimals, in_full=in_full), number=True),
                Cell(say(t("percent_cell"), value=values["completion"]), number=True),
                Cell(say(t(f"light_{light}")) if light else say(t("no_value")), light=light or "white"),
                Cell(say(t("answered_cell"), reported=figure.n_reported, due=figure.n_due), number=True),
            ]
        )
    return rows


def task_rows(say: Say, tasks: Sequence[TaskLine], period: Period) -> list[list[Cell]]:
    """A row for each task; 序时 that counts only the months with records says since when."""
    return [
        [
            Cell(task.task_no),
            Cell(task.title),
            Cell(task.target or say(t("no_value"))),
            Cell(_day(say, task.due_on)),
            Cell("、".join(task.owners) or say(t("no_value"))),
            Cell(say(t("percent_cell"), value=digits(task.completion, 1)), number=True),
            Cell(_schedule(say, task, period), number=True),
            Cell(say(t(f"light_{task.light.value}")), light=task.light.value),
        ]
        for task in tasks
    ]


def _schedule(say: Say, task: TaskLine, period: Period) -> str:
    since = month_begun(task.schedule_since, period)
    return say(t("schedule_cell"), value=digits(task.schedule, 1), since=since)


def supply_rows(say: Say, digest: Digest) -> list[list[Cell]]:
    """The classes with the largest gaps."""
    if digest.balance is None:
        return []
    return [
        [
            Cell(digest.class_names.get(one.code, one.code)),
            Cell(digits(one.demand), number=True),
            Cell(digits(one.supply), number=True),
            Cell(digits(one.gap), number=True),
            Cell(say(t("supply_blank")) if one.is_blank else digits(one.ratio, 2), number=True),
            Cell(say(t("supply_blank")) if one.is_blank else _signed(one.deviation), number=True),
        ]
        for one in digest.balance.top_gaps()
    ]


def _signed(value: Fraction | None) -> str:
    return "" if value is None else f"{'+' if value > 0 else ''}{digits(value, 2)}"


def decision_rows(say: Say, lines: Sequence[DecisionLine]) -> list[list[Cell]]:
    """A row for each decision of the last meeting."""
    return [
        [
            Cell(one.number),
            Cell(one.text),
            Cell("、".join(one.owners) or say(t("no_value"))),
            Cell(_day(say, one.due_on)),
            Cell(_status(say, one), light="red" if one.is_overdue else "white"),
        ]
        for one in lines
    ]


def _status(say: Say, one: DecisionLine) -> str:
    return say(t("status_overdue")) if one.is_overdue else say(t(f"status_{one.status}"))


def _day(say: Say, day: date | None) -> str:
    return say(t("day_cell"), year=day.year, month=day.month, day=day.day) if day else say(t("no_value"))
