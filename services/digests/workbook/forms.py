"""One sheet for each form: a row per unit and month, in the order of the dictionary, rates as formulas."""

from collections.abc import Sequence

import numpy as np

from services.checkins.form import Derived, Form, Indicator, Kind, State
from services.digests.figures.cube import ABSENT, STATES, exact
from services.digests.figures.engine import Engine
from services.digests.figures.replies import TextReply
from services.digests.text.figures import plain_label
from services.digests.text.prose import Say
from services.digests.workbook.tables import DECIMAL, INTEGER, PERCENT, Column, Sheet, Value, ratio_formula
from services.periods import Period

NOTED = (State.CARRIED, State.NOT_APPLICABLE, State.NOT_COLLECTED, State.MISSING)


def form_sheet(say: Say, engine: Engine, form: Form, period: Period, texts: Sequence[TextReply]) -> Sheet:
    """The form's replies in the period; cells without a value stay empty and 备注 says why."""
    figures = [one for one in form.indicators if one.index is None]
    rates = [rate for rate in form.derived if rate.denominator and not rate.year_to_date and not rate.window_months]
    known = f"digest_ledger.sheet_{form.id}"
    title = say(known) if form.id in ("school", "enterprise", "bureau", "association") else form.label
    last = "" if period.month else str(period.months[-1])
    columns = [Column(say("digest_ledger.unit"), width=26), Column(say("digest_ledger.month"), width=10)]
    columns += [_column(one, last) for one in figures]
    at = {one.key: number for number, one in enumerate(figures, start=3)}
    columns += [_rate_column(rate, at) for rate in rates]
    columns += [Column(text.label, width=30) for text in form.texts]
    columns.append(Column(say("digest_ledger.note"), width=36))
    label = say("digest_ledger.total", last=last)
    rows = _rows(say, engine, (form, figures, len(rates)), period, texts)
    return Sheet(title, columns, rows, label, say("digest_ledger.footer"))


def _column(one: Indicator, last: str) -> Column:
    total = last if last and one.kind is not Kind.FLOW else "sum"
    return Column(one.label, one.unit, DECIMAL if one.decimals else INTEGER, 12, total)


def _rate_column(rate: Derived, at: dict[str, int]) -> Column:
    formula = ratio_formula(at[rate.numerator], at[str(rate.denominator)], rate.divide_by)
    return Column(rate.label, rate.unit, PERCENT if rate.unit == "%" else DECIMAL, 12, "formula", formula)


def _rows(
    say: Say, engine: Engine, parts: tuple[Form, list[Indicator], int], period: Period, texts: Sequence[TextReply]
) -> list[list[Value]]:
    form, figures, rates = parts
    cube = engine.cube
    told = {(one.unit_id, str(one.period), one.key): one.text for one in texts}
    rows: list[list[Value]] = []
    for month in period.months:
        column = cube.column(month)
        if column is None:
            continue
        planes = [cube.plane(form.id, one.key) for one in figures]
        answered = np.zeros(len(cube.units), dtype=np.bool_)
        for plane in planes:
            answered |= plane.states[:, column] != ABSENT
        for row in np.flatnonzero(answered):
            unit = cube.units[row]
            values: list[Value] = [unit.name, str(month)]
            amounts = [float(plane.values[row, column]) for plane in planes]
            values += [None if np.isnan(amount) else exact(amount) for amount in amounts]
            values += [None] * rates
            values += [told.get((unit.unit_id, str(month), text.key)) for text in form.texts]
            codes = [int(plane.states[row, column]) for plane in planes]
            rough = [bool(plane.approx[row, column]) for plane in planes]
            values.append(_note(say, figures, codes, rough))
            rows.append(values)
    return rows


def _note(say: Say, figures: list[Indicator], codes: list[int], rough: list[bool]) -> str:
    """约数, 沿用上月 and why a cell is empty."""
    parts = []
    approx = [plain_label(one.name) for one, is_rough in zip(figures, rough, strict=True) if is_rough]
    if approx:
        parts.append(say("digest_ledger.note_approx", labels=approx))
    for state in NOTED:
        sought = STATES.index(state)
        labels = [plain_label(one.name) for one, code in zip(figures, codes, strict=True) if code == sought]
        if labels:
            parts.append(say("digest_ledger.note_state", word=say(f"digest_ledger.state_{state.value}"), labels=labels))
    return "；".join(parts)
