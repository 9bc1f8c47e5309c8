"""Every number of a digest is computed a second time, by plain SQL that shares no code with the engine."""

import sqlite3
from datetime import UTC, datetime
from decimal import Decimal
from itertools import chain

import pytest

from services.checkins.form import Derived, Form, Kind
from services.digests.figures.cube import cube_of
from services.digests.figures.engine import Engine
from services.digests.figures.figure import Figure
from services.periods import Period
from services.tasks.settings import TaskSettings
from tests.services.digests.years import FORMS, obligations, replies

CUTOFF = datetime(2026, 12, 20, tzinfo=UTC)
PERIODS = [
    *(Period(2026, m) for m in (1, 2, 6, 9, 10, 11)),
    Period(2026, quarter=1),
    Period(2026, quarter=3),
    Period(2026),
]
LATEST = """
WITH newest AS (
  SELECT unit, month, cents, state, approx, ROW_NUMBER() OVER (PARTITION BY unit, month ORDER BY version DESC) AS n
  FROM replies WHERE form = :form AND key = :key AND accepted AND submitted <= :cutoff
), given AS (SELECT * FROM newest WHERE n = 1 AND cents IS NOT NULL),
"""
STOCK = (
    LATEST
    + """
last AS (SELECT unit, MAX(month) AS month FROM given WHERE month BETWEEN :first AND :last GROUP BY unit)
SELECT SUM(cents), COUNT(*), MIN(last.month), MAX(last.month), SUM(approx) FROM given JOIN last USING (unit, month)
"""
)
FLOW = (
    LATEST
    + """
sums AS (
  SELECT unit, SUM(cents) AS cents, MAX(month) AS month, MAX(approx) AS approx
  FROM given WHERE month BETWEEN :first AND :last GROUP BY unit
)
SELECT SUM(cents), COUNT(*), MIN(month), MAX(month), SUM(approx) FROM sums
"""
)
PER_UNIT_STOCK = (
    LATEST
    + """
last AS (SELECT unit, MAX(month) AS month FROM given WHERE month BETWEEN :first AND :last GROUP BY unit)
SELECT unit, cents FROM given JOIN last USING (unit, month)
"""
)
PER_UNIT_FLOW = (
    LATEST
    + """
summed AS (SELECT 1) SELECT unit, SUM(cents) FROM given WHERE month BETWEEN :first AND :last GROUP BY unit
"""
)


@pytest.fixture(scope="module")
def duties():
    return obligations()


@pytest.fixture(scope="module")
def engine(duties):
    return Engine(cube_of(replies(duties), duties, cutoff=CUTOFF), FORMS, {}, TaskSettings(), CUTOFF)


@pytest.fixture(scope="module")
def database(duties):
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE replies (unit, form, month, key, cents, state, approx, accepted, submitted, version)")
    base.execute("CREATE TABLE due (unit, form, month, exempt, keys)")
    base.executemany(
        "INSERT INTO replies VALUES (?,?,?,?,?,?,?,?,?,?)",
        (
            (r.unit_id, r.form, str(r.period), r.key, None if r.value is None else int(r.value * 100), str(r.state),
             r.is_approx, r.accepted, r.submitted_at.isoformat(), r.version)
            for r in replies(duties)
        ),
    )  # fmt: skip
    base.executemany(
        "INSERT INTO due VALUES (?,?,?,?,?)",
        (
            (d.unit_id, d.form, str(d.period), d.exempt, None if d.keys is None else "," + ",".join(d.keys) + ",")
            for d in duties
        ),
    )
    base.execute("CREATE INDEX by_key ON replies (form, key)")
    return base


def _ask(base, query, form: Form, key: str, first: Period, last: Period):
    values = {"form": form.id, "key": key, "first": str(first), "last": str(last), "cutoff": CUTOFF.isoformat()}
    return base.execute(query, values).fetchall()


def _span(form: Form, key: str, period: Period) -> tuple[Period, Period]:
    """The months asked about, straight from the dictionary: quarterly figures stand until the next quarter."""
    asked = form.indicator(key).months or range(1, 13)
    inside = [m for m in period.months if m.month in asked]
    if inside or form.indicator(key).kind is Kind.FLOW:
        return (inside or list(period.months))[0], (inside or list(period.months))[-1]
    back = period.months[0].previous
    while back.month not in asked:
        back = back.previous
    return back, back


def _sum(base, form: Form, key: str, first: Period, last: Period):
    flow = form.indicator(key).kind is Kind.FLOW
    cents, units, low, high, approx = _ask(base, FLOW if flow else STOCK, form, key, first, last)[0]
    return (None if cents is None else Decimal(cents) / 100), units, low, high, approx


def _before(period: Period) -> list[tuple[str, Period]]:
    if period.month:
        return [("mom", period.shift(-1)), ("yoy", period.shift(-12))]
    return [("mom", period.shift(-1)), ("yoy", period.shift(-4))] if period.quarter else [("yoy", period.shift(-1))]


@pytest.mark.parametrize("period", PERIODS, ids=str)
def test_every_indicator_equals_plain_sql(engine, database, period):
    checked = 0
    for form in FORMS:
        for one in form.indicators:
            if one.index:
                continue
            figure = engine.indicator(form, one, period)
            first, last = _span(form, one.key, period)
            value, units, low, high, approx = _sum(database, form, one.key, first, last)
            assert (figure.value, figure.n_reported) == (value, units), (one.key, str(period))
            assert figure.approx_units == (approx or 0)
            assert [str(m) if m else None for m in (figure.as_of_oldest, figure.as_of)] == [low, high]
            assert figure.n_due == (_due(database, form.id, one.key, first, last) if one.asked else 0)
            checked += 1 + _check_changes(figure, database, form, period, value)
            if one.kind is Kind.FLOW:
                ytd = _sum(database, form, one.key, Period(period.year, 1), period.months[-1])[0]
                before = _sum(database, form, one.key, Period(period.year - 1, 1), period.months[-1].shift(-12))[0]
                assert figure.ytd == ytd
                assert (figure.ytd_yoy.difference if figure.ytd_yoy else None) == _minus(ytd, before)
    assert checked > 60


def _due(base, form: str, key: str, first: Period, last: Period) -> int:
    return base.execute(
        "SELECT COUNT(DISTINCT unit) FROM due WHERE form = ? AND NOT exempt AND month BETWEEN ? AND ?"
        " AND (keys IS NULL OR keys LIKE ?)",
        (form, str(first), str(last), f"%,{key},%"),
    ).fetchone()[0]


def _minus(a, b):
    return None if a is None or b is None else a - b


def _check_changes(figure: Figure, base, form: Form, period: Period, value) -> int:
    current = figure.as_of is not None and str(figure.as_of) >= str(period.months[0])
    for name, before in _before(period):
        there = _sum(base, form, figure.key, *_span(form, figure.key, before))[0]
        found = getattr(figure, name)
        expected = _minus(value, there) if current else None
        assert (found.difference if found else None) == expected, (figure.key, str(period), name)
        if found and there:
            assert found.percent == 100 * (value - there) / there
        elif found:
            assert found.percent is None
    return len(_before(period))


@pytest.mark.parametrize("period", PERIODS, ids=str)
def test_every_rate_equals_the_ratio_of_sums_in_plain_sql(engine, database, period):
    for form in FORMS:
        for rate in form.derived:
            figure = engine.derived(form, rate, period)
            assert figure.value == _rate(database, form, rate, period), (rate.key, str(period))


def _rate(base, form: Form, rate: Derived, period: Period):
    above = _per_unit(base, form, rate.numerator, _rate_span(form, rate, rate.numerator, period))
    if rate.denominator is None:
        return Decimal(sum(above.values())) / 100 if above else None
    below = _per_unit(base, form, rate.denominator, _rate_span(form, rate, rate.denominator, period))
    both = above.keys() & below.keys()
    top, bottom = sum(above[u] for u in both), sum(below[u] for u in both)
    if not both or not bottom:
        return None
    return (100 if rate.unit == "%" else 1) * (Decimal(top) / 100) / (Decimal(bottom) / 100) / rate.divide_by


def _rate_span(form: Form, rate: Derived, key: str, period: Period):
    if rate.window_months:
        return period.months[-1].shift(1 - rate.window_months), period.months[-1]
    if rate.year_to_date:
        asked = form.indicator(key).months
        january = Period(period.year, 1)
        if not asked or any(m <= period.months[-1].month for m in asked):
            return january, period.months[-1]
    return _span(form, key, period)


def _per_unit(base, form: Form, key: str, span):
    flow = form.indicator(key).kind is Kind.FLOW
    return dict(_ask(base, PER_UNIT_FLOW if flow else PER_UNIT_STOCK, form, key, *span))


@pytest.mark.parametrize("period", PERIODS, ids=str)
def test_comparable_units_are_those_with_every_month_on_both_sides(engine, database, period):
    seen = 0
    for form in FORMS:
        for one in (one for one in form.indicators if not one.index and one.kind is not Kind.FLOW):
            figure = engine.indicator(form, one, period)
            same = figure.mom.comparable if figure.mom else None
            if same is None:
                continue
            now = _per_unit(database, form, one.key, _span(form, one.key, period))
            then = _per_unit(database, form, one.key, _span(form, one.key, period.shift(-1)))
            both = now.keys() & then.keys()
            assert (same.units, same.value) == (
                len(both),
                Decimal(sum(now[u] for u in both)) / 100,
            )
            assert same.base == Decimal(sum(then[u] for u in both)) / 100
            seen += 1
    assert seen or period == Period(2026)


def test_the_replies_behind_a_figure_add_up_to_it(engine):
    figures = [f for f in engine.figures(Period(2026, 10)) if not f.is_derived and f.value is not None]
    assert figures
    for figure in figures:
        cells = engine.sources(figure.query)
        assert sum(cell.value for cell in cells if cell.value is not None) == figure.value
    assert len({cell.reply_id for cell in chain.from_iterable(engine.sources(f.query) for f in figures)}) > 100


def test_a_deleted_reply_leaves_every_figure_that_used_it(duties):
    rows = list(replies(duties))
    before = Engine(cube_of(rows, duties), FORMS, {}, TaskSettings())
    figure = before.figure("enrolled_students", Period(2026, 10))
    gone = next(cell for cell in before.sources(figure.query) if cell.value)
    kept = [row for row in rows if not (row.unit_id == gone.unit.unit_id and row.period == gone.month)]
    after = Engine(cube_of(kept, duties), FORMS, {}, TaskSettings())
    assert after.figure("enrolled_students", Period(2026, 10)).value == figure.value - gone.value
    assert after.figure("order_rate", Period(2026, 10)).value != before.figure("order_rate", Period(2026, 10)).value
