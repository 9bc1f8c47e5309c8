"""`lianluo members` and `lianluo erase`: the register from the command line."""

import asyncio
import json
from datetime import datetime, timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.commands.refusals import Refused
from bot.settings import Settings
from services.db import Database
from services.errors import Refusal
from services.members.erasing import erase_person, find_person
from services.members.exporting import register_table
from services.members.importing import ImportReport, import_register
from services.members.invites import VALID_FOR, Offer, create_invite
from services.members.register import read_register
from services.members.units import get_unit
from services.sheets import SheetRefused, write_sheet

SHEET_TITLE = "成员名册"


async def import_members(database: Database, path: Path, now: datetime, *, dry_run: bool = False) -> ImportReport:
    """Bring the register in line with a file and print what became of each row.

    Raises:
        Refused: the file cannot be read as a register.
    """
    try:
        sheet = await asyncio.to_thread(read_register, path)
    except OSError as error:
        raise Refused(f"{path}: {error.strerror}") from None
    except SheetRefused as refusal:
        raise Refused(
            f"{path}: {refusal.problem} (limit {refusal.limit})" if refusal.limit else f"{path}: {refusal}"
        ) from None
    except Refusal as refusal:
        raise Refused(f"{path}: {refusal.facts['problem']} {refusal.facts['given']}".rstrip()) from None
    async with database.transaction() as session:
        report = await import_register(session, sheet, by=None, now=now, dry_run=dry_run)
    _print_report(report)
    return report


async def export_members(database: Database, path: Path) -> int:
    """Write the register to an .xlsx or .csv file that imports again to the same; returns how many units."""
    if path.suffix.lower() not in (".xlsx", ".csv"):
        raise Refused(f"{path}: the name must end in .xlsx or .csv")
    async with database.reading() as session:
        table = await register_table(session)
    await asyncio.to_thread(write_sheet, path, SHEET_TITLE, table)
    Console().print(f"{len(table) - 1} units written to {path}", highlight=False)
    return len(table) - 1


async def invite(
    database: Database, offered: tuple[str, str], link_base: str, now: datetime, *, as_json: bool = False
) -> dict[str, str]:
    """Make an invitation for `offered` (unit as people call it, role) and print it once.

    Raises:
        NotFound, Ambiguous, BadInput: no such unit, several, or no such role.
    """
    unit_name, role = offered
    async with database.transaction() as session:
        unit = None if role == "secretariat" else await get_unit(session, unit_name)
        made = await create_invite(session, None, Offer(role, unit.id if unit else None), now=now, valid_for=VALID_FOR)
    told = {"code": made.code, "link": made.link(link_base), "expires_at": made.expires_at.isoformat()}
    if as_json:
        print(json.dumps(told))  # exactly one JSON value on standard output
        return told
    console = Console(soft_wrap=True, highlight=False)
    console.print(
        f"{made.unit_name or '-'}: {made.role}, for {VALID_FOR // timedelta(days=1)} days, once", markup=False
    )
    console.print(told["link"], markup=False)
    console.print(f"or in the chat: /start join_{made.code}", markup=False)
    return told


async def erase(database: Database, given: str, now: datetime) -> dict[str, int]:
    """Forget a person, named by Telegram id, @username or #row, and print what was touched.

    Raises:
        Refused: nobody answers to that.
    """
    try:
        async with database.transaction() as session:
            person = await find_person(session, given)
            erased = await erase_person(session, person, by=None, now=now)
    except Refusal:
        raise Refused(f"nobody is known as {given}: give a Telegram id, @username or #row") from None
    await database.scrub()
    table = Table("what", "rows")
    for name, rows in erased.touched.items():
        table.add_row(name, str(rows))
    Console().print(table)
    return erased.touched


def _print_report(report: ImportReport) -> None:
    console = Console(highlight=False)
    head = "dry run, nothing stored: " if report.dry_run else ""
    counts = f"{len(report.created)} created, {len(report.updated)} updated, {report.unchanged} unchanged"
    console.print(f"{head}{counts}, {len(report.issues)} problems", markup=False)
    if report.issues:
        table = Table("line", "column", "value", "problem", "other unit")
        for issue in report.issues:
            table.add_row(str(issue.line), issue.column, issue.value, issue.problem, issue.other)
        console.print(table, markup=False)
    for name in report.absent:
        console.print(f"not in the file, kept: {name}", markup=False)
    if report.ignored_columns:
        console.print(f"columns not used: {', '.join(report.ignored_columns)}", markup=False)


async def invite_with_link(settings: Settings, offered: tuple[str, str], now: datetime, *, as_json: bool) -> None:
    """Make an invitation with a link to this bot; without a reachable server the link names no bot."""
    from bot.commands.database import prepare

    await prepare(settings)
    database = Database(settings.database.url)
    try:
        await invite(database, offered, await _link_base(settings), now, as_json=as_json)
    finally:
        await database.dispose()


async def _link_base(settings: Settings) -> str:
    import aiohttp

    url = f"{settings.telegram.api_base}/bot{settings.telegram.token.get_secret_value()}/getMe"
    try:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as http, http.get(url) as response:
            answer = await response.json(content_type=None)
        return f"https://t.me/{answer['result']['username']}"
    except (aiohttp.ClientError, TimeoutError, KeyError, TypeError, ValueError):
        return "https://t.me/"
