"""A digest of 1,000 units × 60 months of stored reports, beside the same sums in plain SQL and in pandas.

    python -m benchmarks.digests [--units 1000] [--months 60] [--keep FILE]

The reports are written into an SQLite database as check-ins store them. Then, one after the other in processes of their
own: the digest as the bot makes it (read cold, made, read again unchanged), the sums of every indicator by SQL, and by
pandas. SQL and pandas answer less (the last month, its year to date, the month before, the year before; no rates, no
states, no comparable units, no drill-down); what they answer must agree with the digest, or the run fails.
"""

import argparse
import asyncio
import json
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from services.checkins.form import Kind
from services.checkins.library import shipped_forms
from services.periods import Period

FORMS = tuple(shipped_forms().current(name) for name in ("school", "enterprise", "bureau", "association"))
LAST = Period(2026, 11)
NOW = datetime(2026, 12, 20, tzinfo=UTC)
ROWS = """
SELECT s.form_id, e.key, c.period, e.value FROM checkin_entries e
JOIN submissions s ON s.id = e.submission_id JOIN checkin_cycles c ON c.id = s.cycle_id
WHERE e.layer = 'filed' AND e.text IS NULL AND s.state = 'accepted'
"""
SUMS = f"SELECT SUM(value) FROM ({ROWS} AND e.key = ? AND s.form_id = ? AND c.period BETWEEN ? AND ?)"
Sums = dict[str, list[str | None]]


async def store(path: Path, units: int, months: int) -> None:
    """Write the reports; the draw has a fixed seed."""
    from services import schema
    from services.db import Database
    from services.models import Base
    from tests.services.digests.stored import store_years

    database = Database(f"sqlite+aiosqlite:///{path}")
    async with database.transaction() as session:
        connection = await session.connection()
        await connection.run_sync(Base.metadata.create_all)
        await connection.run_sync(schema.stamp)
        await store_years(session, count=units, first=LAST.shift(1 - months), months=months)
    await database.dispose()


async def unusable(path: Path) -> str:
    """What keeps a kept database from being used again; empty when nothing does."""
    from services import schema

    try:
        found = await schema.current(f"sqlite+aiosqlite:///{path}")
    except Exception as error:
        return f"cannot be read as a database ({type(error).__name__})"
    return (
        "" if found == schema.head() else f"stands at schema {found or 'unknown'}, this version needs {schema.head()}"
    )


def by_digest(path: Path) -> dict[str, Any]:
    """The digest as the bot makes it."""
    return asyncio.run(_digest(path))


async def _digest(path: Path) -> dict[str, Any]:
    from bot.commands.digests import say
    from bot.settings import Settings
    from services.checkins.office import open_office
    from services.db import Database
    from services.digests.issuing.press import Press, open_digest_office

    settings, database = Settings(), Database(f"sqlite+aiosqlite:///{path}")
    office = open_office("Asia/Shanghai", settings.checkins, settings.quiet_hours, settings.holidays)
    press = Press(database, open_digest_office(settings.consortium, settings.digests, settings.tasks, office))
    start = time.perf_counter()
    read = await press.read(LAST, accepted_only=True, cutoff=NOW)
    was_read = time.perf_counter()
    made = await press.make(read, say)
    was_made = time.perf_counter()
    await press.read(LAST, accepted_only=True, cutoff=NOW)
    again = time.perf_counter()
    await database.dispose()
    figures = {one.key: one for one in made.digest.figures if one.kind is not None}
    return {
        "seconds": {"read": was_read - start, "make": was_made - was_read, "unchanged": again - was_made},
        "rows": len(read.facts.columns.unit),
        "sums": {
            key: [
                *(_written(one.value), _written(one.ytd)),
                *(_written(change.base if change else None) for change in (one.mom, one.yoy)),
            ]
            for key, one in figures.items()
        },
    }


def by_sql(path: Path) -> dict[str, Any]:
    """The same sums, one statement each, on the tables as they are."""
    start, found = time.perf_counter(), {}
    base = sqlite3.connect(path)
    for form, key, kind in asked():
        found[key] = [
            _written(base.execute(SUMS, (key, form, str(first), str(last))).fetchone()[0])
            if kind is Kind.FLOW or name != "ytd"
            else None
            for name, first, last in spans()
        ]
    return {"seconds": {"all": time.perf_counter() - start}, "sums": found}


def by_pandas(path: Path) -> dict[str, Any]:
    """The same sums from one frame of all rows."""
    import pandas as pd

    start, found = time.perf_counter(), {}
    base = sqlite3.connect(path)
    frame = pd.read_sql_query(ROWS, base)
    was_read = time.perf_counter()
    totals = frame.groupby(["form_id", "key", "period"])["value"].sum(min_count=1)
    for form, key, kind in asked():
        series = totals.get((form, key))
        if series is None:
            found[key] = [None] * 4
            continue
        found[key] = [
            _written(series.loc[str(first) : str(last)].sum(min_count=1))
            if kind is Kind.FLOW or name != "ytd"
            else None
            for name, first, last in spans()
        ]
    return {"seconds": {"read": was_read - start, "sums": time.perf_counter() - was_read}, "sums": found}


def asked() -> list[tuple[str, str, Kind]]:
    """Indicators asked every month; a digest reads the others where they were last asked, plain sums do not."""
    return [
        (form.id, one.key, one.kind) for form in FORMS for one in form.indicators if not one.months and not one.index
    ]


def spans() -> list[tuple[str, Period, Period]]:
    """Last month, year to date, month before, year before."""
    return [
        ("value", LAST, LAST),
        ("ytd", Period(LAST.year, 1), LAST),
        ("mom", LAST.previous, LAST.previous),
        ("yoy", LAST.shift(-12), LAST.shift(-12)),
    ]


def _written(value: Any) -> str | None:
    """Sums as digits; binary fractions of money are rounded to the ten-thousandths that are stored."""
    if value is None or value != value:
        return None
    return f"{round(Decimal(str(value)), 4).normalize():f}"


WAYS: dict[str, Callable[[Path], dict[str, Any]]] = {"digest": by_digest, "sql": by_sql, "pandas": by_pandas}


def measured(way: str, path: Path) -> dict[str, Any]:
    """One way in a process of its own, so that its peak memory is its own."""
    command = [sys.executable, "-m", "benchmarks.digests", "--way", way, "--keep", str(path)]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


def peak_mb() -> float:
    """Peak memory of this process since it began its own program: what getrusage says contains its parent's."""
    return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) / 1024


def disagreement(digest: Sums, other: Sums) -> str:
    """The first indicator on which they differ. A comparison that the digest does not draw has no base to compare."""
    for key, values in other.items():
        for mine, theirs in zip(digest[key], values, strict=True):
            if mine is not None and mine != theirs:
                return f"{key}: {digest[key]} against {values}"
    return ""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--units", type=int, default=1000)
    parser.add_argument("--months", type=int, default=60)
    parser.add_argument("--keep", type=Path, help="where the database stays, to be used again")
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.way:
        found = WAYS[given.way](given.keep)
        found["cpu_s"] = time.process_time()
        found["peak_mb"] = peak_mb()
        print(json.dumps(found))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = given.keep or Path(folder) / "reports.db"
        if not path.exists():
            asyncio.run(store(path, given.units, given.months))
        elif fault := asyncio.run(unusable(path)):
            parser.error(f"{path} {fault}; delete it, and it is made anew")
        found = {way: measured(way, path) for way in WAYS}
        size = path.stat().st_size / 1e6
    report(given, found, size)


def report(given: argparse.Namespace, found: dict[str, dict[str, Any]], size: float) -> None:
    """Print seconds and memory of each way and the digest's ratio to the others; processor time counts imports."""
    rows = found["digest"]["rows"]
    print(f"{given.units} units x {given.months} months: {rows:,} figures stored, {size:.0f} MB of SQLite")
    totals = {way: sum(s for name, s in one["seconds"].items() if name != "unchanged") for way, one in found.items()}
    for way, one in found.items():
        parts = "  ".join(f"{name} {seconds:.2f} s" for name, seconds in one["seconds"].items())
        print(f"{way:8} {totals[way]:6.2f} s  processor {one['cpu_s']:5.2f} s  peak {one['peak_mb']:4.0f} MB   {parts}")
    for way in ("sql", "pandas"):
        if told := disagreement(found["digest"]["sums"], found[way]["sums"]):
            raise SystemExit(f"{way} disagrees on {told}")
        memory, cpu = (found["digest"][name] / found[way][name] for name in ("peak_mb", "cpu_s"))
        print(f"digest / {way}: time {totals['digest'] / totals[way]:.2f}, processor {cpu:.2f}, memory {memory:.2f}")
    print(f"all agree on {len(found['sql']['sums'])} indicators")


if __name__ == "__main__":
    main()
