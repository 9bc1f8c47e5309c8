"""The other sheets of the ledger: summary, tasks, decisions, registers, filings, corrections."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from services.digests.figures.digest import Digest, TaskLine
from services.digests.figures.figure import Change, Figure
from services.digests.text.figures import plain_label
from services.digests.text.prose import Say
from services.digests.text.shown import month_begun, rounded, schedule_since
from services.digests.workbook.tables import DATE, DECIMAL, PERCENT, Column, Formula, Sheet, Value
from services.periods import Period

TASK_WIDTHS = (5, 7, 22, 18, 12, 12, 22, 14, 16, 10, 10, 9, 8, 14, 14, 14, 11, 12)
DECISION_WIDTHS = (6, 12, 44, 24, 24, 12, 10, 24, 12, 12, 12)
_DAY: dict[str, Any] = {"number_format": DATE, "width": 12}
REGISTER_FORMATS: dict[
    str, dict[int, dict[str, Any]]
] = {  # by column: how wide, which days, which list it is chosen from
    "platforms": {
        0: {"width": 24},
        1: {"width": 34},
        2: {"choices": "platform_kinds"},
        3: {"choices": "platform_levels", "width": 10},
        4: {"choices": "platform_stages", "width": 12},
        5: {"width": 26},
        6: _DAY,
    },
    "agreements": {
        0: {"width": 24},
        1: {"width": 28},
        2: {"choices": "agreement_kinds", "width": 10},
        3: {"width": 28},
        4: _DAY,
        5: _DAY,
        6: {"choices": "agreement_states", "width": 10},
    },
    "needs": {0: {"width": 24}, 3: {"width": 44}, 7: {"width": 28}},
    "services": {0: {"width": 24}, 1: {"width": 40}, 2: {"width": 26}, 3: {"width": 10}, 4: {"width": 10}},
}
VALUE, MOM_BASE, YOY_BASE, TARGET, TOP, BOTTOM = "C", "E", "G", "I", "O", "P"


def _head(say: Say, name: str) -> list[str]:
    return say(f"digest_ledger.head_{name}").split("|")


def _sheet(say: Say, name: str, columns: Sequence[Column], rows: Sequence[Sequence[Value]]) -> Sheet:
    return Sheet(say(f"digest_ledger.sheet_{name}"), columns, rows, footer=say("digest_ledger.footer"))


def summary_sheet(say: Say, digest: Digest) -> Sheet:
    """Every figure: comparisons and completion as formulas over the cells beside them."""
    columns = [Column(label) for label in _head(say, "summary")]
    columns[9] = Column(columns[9].label, number_format=PERCENT)
    columns[10] = Column(columns[10].label, number_format=PERCENT)
    columns[0], columns[17] = Column(columns[0].label, width=30), Column(columns[17].label, width=22)
    columns[11] = Column(columns[11].label, width=8, choices="lights", lights=True)
    columns[5] = Column(columns[5].label, width=12, number_format="0.0", formula=_change(MOM_BASE))
    columns[7] = Column(columns[7].label, width=12, number_format="0.0", formula=_change(YOY_BASE))
    shown = [figure for figure in digest.figures if figure.value is not None or figure.n_due]
    return _sheet(say, "summary", columns, [_figure(say, figure) for figure in shown])


def task_sheet(say: Say, digest: Digest) -> Sheet:
    """任务台账."""
    columns = [Column(label, width=width) for label, width in zip(_head(say, "tasks"), TASK_WIDTHS, strict=True)]
    columns[5] = replace(columns[5], number_format=DATE)
    columns[10], columns[11] = (replace(column, number_format=PERCENT) for column in columns[10:12])
    columns[12] = replace(columns[12], choices="lights", lights=True)
    columns[17] = replace(columns[17], number_format=DATE)
    rows: list[list[Value]] = [
        [
            *(task.number, task.task_no, task.title, _indicator(say, task, digest.period), task.target, task.due_on),
            *("、".join(task.owners), "、".join(task.co_owners), task.progress, task.total),
            *(_share(task.completion), _share(task.schedule), say(f"digest_document.light_{task.light.value}")),
            *(task.evidence, task.problem, task.next_step, task.updated_by, task.updated_on),
        ]
        for task in digest.tasks
    ]
    return _sheet(say, "tasks", columns, rows)


def _indicator(say: Say, task: TaskLine, period: Period) -> str:
    since = month_begun(task.schedule_since, period)
    return say("digest_ledger.task_indicator", indicator=task.indicator, since=since)


def decision_sheet(say: Say, digest: Digest) -> Sheet:
    """议定事项（销号）."""
    labels = zip(_head(say, "decisions"), DECISION_WIDTHS, strict=True)
    columns = [Column(label, width=width) for label, width in labels]
    columns[5], columns[10] = (replace(columns[at], number_format=DATE) for at in (5, 10))
    columns[8] = replace(columns[8], choices="statuses")
    rows: list[list[Value]] = [
        [
            *(one.number, one.meeting, one.text, "、".join(one.owners), "、".join(one.co_owners), one.due_on),
            *(one.progress, one.evidence, say(f"digest_document.status_{one.status}"), one.verified_by, one.closed_on),
        ]
        for one in digest.decisions
    ]
    return _sheet(say, "decisions", columns, rows)


def register_sheet(say: Say, name: str, rows: Sequence[Sequence[Value]]) -> Sheet:
    """A register as it is kept: posts, supply, platforms, agreements, needs, services."""
    formats = REGISTER_FORMATS.get(name, {})
    columns = [Column(label, **{"width": 18, **formats.get(at, {})}) for at, label in enumerate(_head(say, name))]
    return _sheet(say, name, columns, rows)


def filing_sheet(say: Say, digest: Digest) -> Sheet:
    """Who owes and who was late; the secretariat's own."""
    columns = [Column(label, width=24) for label in _head(say, "filing")]
    rows: list[list[Value]] = [
        [unit.name, say(f"digest_document.group_{unit.kind}"), str(month), say(f"digest_ledger.filing_{state}")]
        for state, found in (("missing", digest.filing.missing), ("late", digest.filing.late_ones))
        for unit, month in found
    ]
    return _sheet(say, "filing", columns, rows)


def correction_sheet(say: Say, digest: Digest, zone: ZoneInfo) -> Sheet:
    """更正留痕: what changed since the last digest."""
    labels = {figure.key: plain_label(figure.label) for figure in digest.figures}
    columns = [Column(label, width=18) for label in _head(say, "corrections")]
    columns[3] = Column(columns[3].label, number_format=DECIMAL, width=14)
    columns[4] = Column(columns[4].label, number_format=DECIMAL, width=14)
    rows: list[list[Value]] = [
        [
            *(one.unit.name, str(one.period), labels.get(one.key, one.key), one.old, one.new),
            f"{one.changed_at.astimezone(zone):%Y-%m-%d %H:%M}",
            say("digest_ledger.correction_late" if one.is_late else "digest_ledger.correction_changed"),
        ]
        for one in digest.corrections
    ]
    return _sheet(say, "corrections", columns, rows)


def _change(base: str) -> Formula:
    """Points for rates (unit %), else percent; empty without a base or for a base of zero."""
    return lambda row: (
        f'=IF(OR({VALUE}{row}="",{base}{row}=""),"",IF($B{row}="%",{VALUE}{row}-{base}{row},'
        f'IF({base}{row}=0,"",100*({VALUE}{row}-{base}{row})/{base}{row})))'
    )


def _figure(say: Say, figure: Figure) -> list[Value]:
    status, places = figure.status, figure.decimals
    value = None if figure.value is None else rounded(figure.value, 4 if figure.is_derived else places)
    parts = figure.parts or (None, None)
    return [
        *(plain_label(figure.label), figure.unit, value, figure.ytd),
        *(_base(figure.mom, figure), None),
        *(_base(figure.yoy, figure), None),
        status.target.value if status else None,
        *(_fraction(status.completion if status else None), _fraction(status.elapsed if status else None)),
        say(f"digest_document.light_{status.colour.value}") if status else "",
        *(figure.n_reported, figure.n_due, *parts),
        str(figure.as_of) if figure.as_of else "",
        say(
            "digest_ledger.figure_note",
            approx=figure.approx_units,
            partial=len(figure.partial_units),
            withheld=figure.withheld,
            unfinished=_is_unfinished(figure) and bool(figure.mom or figure.yoy),
            schedule_since=schedule_since(figure),
        ),
    ]


def _base(change: Change | None, figure: Figure) -> Decimal | None:
    """What a sum is compared with; nothing while some have not reported, as the sums are of different units."""
    return rounded(change.base, 4) if change is not None and not _is_unfinished(figure) else None


def _is_unfinished(figure: Figure) -> bool:
    return figure.n_reported < figure.n_due


def _share(percent: Decimal | None) -> Decimal | None:
    return None if percent is None else rounded(percent / 100, 4)


def _fraction(share: Fraction | None) -> Decimal | None:
    return None if share is None else rounded(share, 4)
