"""`lianluo checkins`."""

import asyncio
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import typer

from bot.commands.refusals import Refused
from bot.settings import Settings
from services.db import Database


async def parse(batch: Path) -> None:
    """Print what is understood of each case, one object a line.

    Raises:
        Refused: the file cannot be read, or a line is not a case.
    """
    from services.checkins.reading.batch import parse_case

    try:
        lines = batch.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise Refused(f"{batch}: {error.strerror}") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            case = json.loads(line)
            print(json.dumps(parse_case(case), ensure_ascii=False))
        except (ValueError, KeyError, TypeError) as error:
            raise Refused(f"{batch} line {number}: {type(error).__name__} {error}") from None


async def export(database: Database, settings: Settings, written: str, out: Path, now: datetime) -> None:
    """Write the ledger (台账) of a period as one xlsx: everything submitted, also what waits for review.

    Raises:
        Refused: no such period, nobody owed a report in it, or the file cannot be written.
    """
    from services.checkins.office import open_office
    from services.checkins.standing.export import append_sheets, list_all_changes, list_standings
    from services.digests.issuing.press import Press, open_digest_office
    from services.digests.workbook.excel import Ledger, write_ledger
    from services.periods import Period

    try:
        period = Period.of(written)
    except ValueError:
        raise Refused(f"{written}: write a period as 2026-10, 2026Q3 or 2026") from None
    office = open_office(settings.consortium.timezone, settings.checkins, settings.quiet_hours, settings.holidays)
    press = Press(database, open_digest_office(settings.consortium, settings.digests, settings.tasks, office))
    read = await press.read(period, accepted_only=False, cutoff=now)
    if not any(duty.period in period.months for duty in read.facts.obligations):
        raise Refused(f"{period}: no reports were asked for in this period")
    async with database.reading() as session:
        standings = await list_standings(session, period, _say, office.zone)
        changes = await list_all_changes(session, office.forms, period, _say, office.zone)
    made = await press.make(read, _say)
    registers: Any = made.registers

    def write() -> None:
        write_ledger(Ledger(made.digest, made.engine, _say, office.zone, made.texts, registers), out)
        append_sheets(out, standings, changes, _say)

    try:
        await asyncio.to_thread(write)
    except OSError as error:
        raise Refused(f"{out}: {error.strerror}") from None
    typer.echo(f"{out}  {len(standings)} check-ins, {len(changes)} changes")


def _say(key: str, **values: Any) -> str:
    """Words for documents."""
    from handlers import texts

    return texts.plain(key, values)
