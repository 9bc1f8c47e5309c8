"""`lianluo supply`."""

import asyncio
import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.commands.refusals import Refused
from bot.settings import Settings
from services.calendar.zones import local_day
from services.db import Database
from services.errors import BadInput
from services.sheets import SheetRefused, read_sheet
from services.supply.tables import keep_table, list_versions, put_in_force


async def import_table(
    database: Database, settings: Settings, path: Path, source: str, now: datetime, *, approve: bool
) -> None:
    """Load a table and print what became of it; with `approve` it is in force at once.

    Raises:
        Refused: the file cannot be read, is neither table, or has a row that cannot be taken.
    """
    try:
        rows = await asyncio.to_thread(read_sheet, path)
    except OSError as error:
        raise Refused(f"{path}: {error.strerror}") from None
    except SheetRefused as refusal:
        raise Refused(f"{path}: {refusal.problem}") from None
    async with database.transaction() as session:
        try:
            table = await keep_table(session, rows, source, by=None, now=now)
        except BadInput as refusal:
            facts = refusal.facts
            raise Refused(f"{path}: {facts['problem']} (row {facts['field']}: {facts['given']})") from None
        if approve:
            today = local_day(now, ZoneInfo(settings.consortium.timezone))
            await put_in_force(session, table, today, by=None, now=now)
        state = "in force" if approve else "waits for approval: repeat with --approve, or send the file in chat"
        print(f"{table.kind} version {table.version}: {len(table.rows)} rows, {state}")


async def list_tables(database: Database, *, as_json: bool = False) -> None:
    """Print every loaded version, the newest first."""
    async with database.reading() as session:
        found = await list_versions(session)
        rows = [
            {
                "kind": one.kind,
                "version": one.version,
                "rows": len(one.rows),
                "source": one.source,
                "valid_from": one.valid_from.isoformat() if one.valid_from else None,
            }
            for one in found
        ]
    if as_json:
        print(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        since = row["valid_from"] or "not approved"
        print(f"{row['kind']:<12} v{row['version']}  {row['rows']} rows  {since}  {row['source']}")
    print(f"{len(rows)} tables")
