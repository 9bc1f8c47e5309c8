"""`lianluo digest`: the files of a digest, as the secretariat has them."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Any

import typer

from bot.commands.refusals import Refused
from bot.settings import Settings
from handlers import texts
from services.checkins.office import open_office
from services.db import Database
from services.digests.issuing.editions import find_issue, numbers_of
from services.digests.issuing.files import FORMATS, write_files
from services.digests.issuing.making import Made, numbered, with_composed
from services.digests.issuing.press import Press, Read, open_digest_office
from services.periods import Period


async def write_digest(
    database: Database, settings: Settings, written: str, out: Path, formats: str, now: datetime
) -> None:
    """Write the digest of a period into a folder and print what was written.

    A period that was issued and has not changed since comes with its numbers; otherwise it is a draft.

    Raises:
        Refused: no such period or format, or nobody ever owed a report in it.
    """
    kinds = [kind for kind in formats.replace(" ", "").split(",") if kind]
    if unknown := [kind for kind in kinds if kind not in FORMATS]:
        raise Refused(f"--format {unknown[0]}: choose among {','.join(FORMATS)}")
    try:
        period = Period.of(written)
    except ValueError:
        raise Refused(f"{written}: write a period as 2026-10, 2026Q3 or 2026") from None
    office = open_office(settings.consortium.timezone, settings.checkins, settings.quiet_hours, settings.holidays)
    press = Press(database, open_digest_office(settings.consortium, settings.digests, settings.tasks, office))
    read = await press.read(period, accepted_only=settings.digests.accepted_only, cutoff=now)
    if not any(duty.period in period.months for duty in read.facts.obligations):
        raise Refused(f"{period}: no reports were asked for in this period")
    made = await _as_issued(press, read, await press.make(read, say))
    try:
        files = await asyncio.to_thread(write_files, made, press.office.house, out, kinds, say)
    except OSError as error:
        raise Refused(f"{out}: {error.strerror}") from None
    for file in files:
        typer.echo(f"{file.path}  {file.name}")
    if not any(figure.value is not None for figure in made.digest.figures) and made.digest.unreviewed:
        typer.echo(f"{made.digest.unreviewed} reports wait for acceptance and are not counted", err=True)


async def _as_issued(press: Press, read: Read, made: Made) -> Made:
    async with press.database.reading() as session:
        issue = await find_issue(session, read.asked.period)
        if issue is None or not await press.is_unchanged(session, issue):
            return made
        return numbered(with_composed(made, issue.composed), numbers_of(issue, press.office))


def say(key: str, **values: Any) -> str:
    """Words for documents."""
    return texts.plain(key, values)
