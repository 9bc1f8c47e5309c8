"""`lianluo kb import`: files and folders into the library, each told what became of it."""

import asyncio
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typer

from bot.commands.aligning import bring_in_line
from bot.commands.index import open_database
from bot.commands.refusals import Refused, WrongUse
from bot.handing import originals_of
from bot.settings import Settings
from services.db import Database
from services.errors import Refusal
from services.library.shelving import Shelf, shelve, shelve_many
from services.models.documents import ACCESS_LEVELS

PASSAGE_BATCH = 500


async def import_paths(
    settings: Settings, paths: Sequence[Path], *, access: str, collection: str, passages: bool
) -> None:
    """Read files in, tell what became of each, and bring the index in line."""
    files = list(_files(paths, passages))
    if not files:
        raise Refused("nothing to import: no file of a known type at " + ", ".join(str(path) for path in paths))
    try:
        shelf = Shelf(access, collection)
    except Refusal:
        raise WrongUse(f"--access {access}: one of {', '.join(ACCESS_LEVELS)}") from None
    failed = 0
    async with open_database(settings) as database:
        with _progress() as progress:
            task = progress.add_task("reading", total=len(files))
            for file in files:
                failed += not await _import_one(database, settings, file, shelf, passages)
                progress.advance(task)
        await bring_in_line(settings, database)
    if failed:
        others = "; the others are in" if failed < len(files) else ""
        raise Refused(f"{failed} of {len(files)} files were not imported{others}")


async def _import_one(database: Database, settings: Settings, file: Path, shelf: Shelf, passages: bool) -> bool:
    from bot.comparing import find_likeness
    from knowledge.documents.shingles import marks_of
    from knowledge.errors import KnowledgeError

    try:
        if passages:
            typer.echo(f"{file}: {await _import_passages(database, file, shelf)} documents")
            return True
        read = await asyncio.to_thread(_read, settings, file)
    except (KnowledgeError, Refused, OSError) as error:
        typer.echo(f"{file}: {_why(error)}", err=True)
        return False
    originals = originals_of(settings)
    kept = await asyncio.to_thread(originals.keep, file, file.name)
    marks = await asyncio.to_thread(marks_of, read.text)
    alike = await find_likeness(database, read, marks)
    async with database.transaction() as session:
        shelved = await shelve(session, read, replace(shelf, original=kept), now=datetime.now(UTC), marks=marks)
    if not shelved.has_taken:
        await asyncio.to_thread(originals.discard, kept)
    typer.echo(f"{file.name}: {shelved.outcome}, {shelved.passages} passages, 《{shelved.title}》")
    if alike and shelved.outcome == "new" and alike.likeness.is_alike:
        share = round(alike.likeness.share * 100)
        typer.echo(
            f"  look: {share} % of its words are those of {alike.document_id} 《{alike.title}》, which stays too"
        )
    return True


async def _import_passages(database: Database, file: Path, shelf: Shelf) -> int:
    from knowledge.documents.reading import read_text

    count, reads = 0, []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            reads.append(read_text(str(row["id"]), str(row.get("title") or ""), str(row["text"]), True))
        except (ValueError, KeyError, TypeError):
            raise Refused(f'line {number} is not {{"id","title","text"}}') from None
        if len(reads) >= PASSAGE_BATCH:
            count, reads = count + await _shelve_many(database, reads, shelf), []
    return count + await _shelve_many(database, reads, shelf)


async def _shelve_many(database: Database, reads: list[Any], shelf: Shelf) -> int:
    async with database.transaction() as session:
        return await shelve_many(session, reads, shelf, now=datetime.now(UTC))


def _read(settings: Settings, file: Path) -> Any:
    from bot.keeping import read_limits
    from knowledge.documents.reading import read_file

    return read_file(file, read_limits(settings.knowledge))


def _why(error: Exception) -> str:
    from knowledge.errors import FileTooLarge, UnreadableFile, UnsupportedType

    if isinstance(error, FileTooLarge):
        return f"larger than {error.limit_bytes // 1_000_000} MB (knowledge.max_file_mb)"
    if isinstance(error, UnsupportedType):
        return f"type {error.suffix or 'without suffix'} is not read; known: {', '.join(error.supported)}"
    if isinstance(error, UnreadableFile):
        return f"cannot be read: {error.reason.replace('_', ' ')}"
    if isinstance(error, OSError):
        return error.strerror or "cannot be opened"
    return str(error)


def _files(paths: Sequence[Path], passages: bool) -> Iterator[Path]:
    from knowledge.documents.reading import SUPPORTED

    for path in paths:
        if path.is_dir():
            wanted = {".jsonl"} if passages else set(SUPPORTED)
            yield from sorted(one for one in path.rglob("*") if one.is_file() and one.suffix.lower() in wanted)
        else:
            yield path


def _progress() -> Any:
    from rich.console import Console
    from rich.progress import Progress

    return Progress(console=Console(stderr=True), transient=True)
