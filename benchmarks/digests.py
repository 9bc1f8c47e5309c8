"""A digest of 1,000 units × 60 months: the engine beside the same aggregation in plain SQL and in pandas.

    python -m benchmarks.digests [--units 1000] [--months 60]

Each way starts from the same rows in memory (SQL: in an SQLite database in memory with an index) and answers the same
question: every indicator of the last month, its year to date, and the values of the month before and a year before.
All three must agree, or the run fails.
"""

import argparse
import random
import resource
import sqlite3
import time
from datetime import UTC, datetime
from decimal import Decimal

import numpy as np

from services.checkins.form import Kind
from services.checkins.library import shipped_forms
from services.digests.cube import Columns, cube_of_columns, month_at, ordinal
from services.digests.engine import Engine
from services.digests.replies import UnitRef
from services.periods import Period
from services.tasks.settings import TaskSettings

FORMS = tuple(shipped_forms().current(name) for name in ("school", "enterprise"))
LAST = Period(2026, 11)


def rows(units: int, months: int) -> Columns:
    draw = random.Random(4)
    made: list[tuple] = []
    submitted = datetime(2026, 12, 5, tzinfo=UTC).timestamp()
    for unit in range(units):
        form = FORMS[unit % 2]
        for month in range(ordinal(LAST) - months + 1, ordinal(LAST) + 1):
            for one in form.due(month_at(month)):
                value = float(draw.randrange(0, 500)) if draw.random() > 0.04 else None
                state = "missing" if value is None else "filled" if value else "zero"
                name = (form.id, one.key)
                made.append((unit, month, name, value, state, False, True, submitted, 1, len(made)))
    return Columns(*map(list, zip(*made, strict=True)))


def by_engine(columns: Columns, units: list[UnitRef]) -> tuple[dict, float, float, float]:
    start = time.perf_counter()
    cube = cube_of_columns(columns, units)
    loaded = time.perf_counter()
    engine = Engine(cube, FORMS, {}, TaskSettings())
    figures = engine.figures(LAST)
    cold = time.perf_counter()
    engine.figures(LAST)
    repeated = time.perf_counter()
    found = {
        one.key: (one.value, one.ytd, one.mom.base if one.mom else None, one.yoy.base if one.yoy else None)
        for one in figures
        if one.kind is not None and not FORMS[0].by_key.get(one.key, FORMS[1].by_key.get(one.key)).months
    }
    return found, loaded - start, cold - loaded, repeated - cold


def by_sql(columns: Columns) -> tuple[dict, float, float]:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE replies (unit INT, month INT, form TEXT, key TEXT, cents INT)")
    cents = (None if value is None else int(value * 100) for value in columns.value)
    names = columns.key
    base.executemany(
        "INSERT INTO replies VALUES (?,?,?,?,?)",
        zip(columns.unit, columns.month, (n[0] for n in names), (n[1] for n in names), cents, strict=True),
    )
    base.execute("CREATE INDEX by_key ON replies (form, key, month)")
    start = time.perf_counter()
    last = ordinal(LAST)
    found = {}
    for form in FORMS:
        for one in form.indicators:
            if one.months:
                continue
            asked = []
            for first, until in ((last, last), (last - 10, last), (last - 1, last - 1), (last - 12, last - 12)):
                total = base.execute(
                    "SELECT SUM(cents) FROM replies WHERE form=? AND key=? AND month BETWEEN ? AND ?",
                    (form.id, one.key, first, until),
                ).fetchone()[0]
                asked.append(None if total is None else Decimal(total) / 100)
            found[one.key] = (asked[0], asked[1] if one.kind is Kind.FLOW else None, asked[2], asked[3])
    cold = time.perf_counter() - start
    return found, cold, _file_bytes(base)


def _file_bytes(base: sqlite3.Connection) -> float:
    pages, size = (base.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    return pages * size


def by_pandas(columns: Columns) -> tuple[dict, float, float] | None:
    try:
        import pandas as pd
    except ImportError:
        return None
    start = time.perf_counter()
    frame = pd.DataFrame(
        {
            "month": columns.month,
            "form": pd.Categorical([name[0] for name in columns.key]),
            "key": pd.Categorical([name[1] for name in columns.key]),
            "value": np.asarray(columns.value, dtype=np.float64),
        }
    )
    loaded = time.perf_counter()
    last, found = ordinal(LAST), {}
    totals = frame.groupby(["form", "key", "month"], observed=True)["value"].sum(min_count=1)
    for form in FORMS:
        for one in form.indicators:
            if one.months or (form.id, one.key) not in totals.index.droplevel(2):
                continue
            series = totals[form.id, one.key]
            now, before, year = (_exact(series.get(month)) for month in (last, last - 1, last - 12))
            ytd = _exact(series.loc[last - 10 : last].sum()) if one.kind is Kind.FLOW else None
            found[one.key] = (now, ytd, before, year)
    return found, loaded - start, time.perf_counter() - loaded


def _exact(value) -> Decimal | None:
    return None if value is None or value != value else Decimal(str(round(float(value), 4)))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--units", type=int, default=1000)
    parser.add_argument("--months", type=int, default=60)
    asked = parser.parse_args()
    columns = rows(asked.units, asked.months)
    units = [UnitRef(unit, f"unit {unit}", FORMS[unit % 2].id) for unit in range(asked.units)]
    print(f"{asked.units} units x {asked.months} months: {len(columns.unit):,} replies")
    engine, load, cold, repeated = by_engine(columns, units)
    print(f"engine   load {load:6.2f} s   all figures {cold:6.3f} s   again {repeated:6.3f} s  (values, bases, rates)")
    sql, sql_cold, size = by_sql(columns)
    print(f"sql      (loaded and indexed, {size / 1e6:.0f} MB)   same values {sql_cold:6.3f} s")
    compared = [("sql", sql)]
    if pandas := by_pandas(columns):
        print(f"pandas   load {pandas[1]:6.2f} s   same values {pandas[2]:6.3f} s")
        compared.append(("pandas", pandas[0]))
    for name, found in compared:
        for key, values in found.items():
            if engine[key] != values:
                raise SystemExit(f"{name} disagrees on {key}: {engine[key]} against {values}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"all agree on {len(sql)} indicators; peak memory {peak:.0f} MB, with the rows themselves")


if __name__ == "__main__":
    main()
