"""`lianluo backup` and `lianluo restore`: the whole state in one file, while running.

The file is a zip: `lianluo.json` (what it is), `tables/NAME.jsonl` (every row as JSON, so that it restores on SQLite
and on PostgreSQL alike) and `files/…` (what else lies in the data folder: minutes, calendars, the originals of
documents, the evidence that units sent, digests). The search index is a cache and stays out; it is rebuilt from the
documents after a restore. Rows name files by their full path: a restore in another folder lets them follow.
"""

import asyncio
import contextlib
import json
import os
import zipfile
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

import typer

from bot.checkin_files import EVIDENCE
from bot.commands.database import prepare
from bot.commands.refusals import Refused
from bot.handing import originals_of
from bot.settings import Settings
from services import schema
from services.db import Database
from services.dumping import dump_rows, is_blank, load_rows, table_names

FORMAT = 1


async def backup(settings: Settings, file: Path) -> None:
    """Write everything to `file`, as of one moment; the assistant may go on meanwhile.

    Raises:
        Refused: the file exists or cannot be written, the database is not ready.
    """
    if file.exists():
        raise Refused(f"{file} exists; choose another name")
    await prepare(settings)
    database, partial = Database(settings.database.url), file.with_name(file.name + ".part")
    try:
        partial.unlink(missing_ok=True)
        partial.touch(mode=0o600)  # it holds what people wrote
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
            rows = await _write_tables(database, archive)
            files = await asyncio.to_thread(_write_files, settings, archive)
            about = {
                "format": FORMAT,
                "revision": schema.head(),
                "made_at": datetime.now(UTC).isoformat(),
                "rows": rows,
                "folders": {name: str(folder.resolve()) for name, folder in _folders(settings).items()},
            }
            archive.writestr("lianluo.json", json.dumps(about))
        os.replace(partial, file)
    except OSError as error:
        raise Refused(f"{file} cannot be written: {error.strerror}") from None
    finally:
        partial.unlink(missing_ok=True)
        await database.dispose()
    typer.echo(f"{file}: {sum(rows.values())} rows of {len(rows)} tables, {files} files")


async def restore(settings: Settings, file: Path) -> None:
    """Fill an empty database from `file`; one that holds anything is left alone.

    Raises:
        Refused: no backup, of another version, or the database is not empty.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            about = json.loads(archive.read("lianluo.json"))
            await _restore_from(settings, archive, about)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise Refused(f"{file} is no backup that can be read ({type(error).__name__}); nothing was changed") from None
    typer.echo(f"restored: {sum(about['rows'].values())} rows; the search index is rebuilt at the next start")


async def _restore_from(settings: Settings, archive: zipfile.ZipFile, about: dict[str, Any]) -> None:
    if about.get("format") != FORMAT or about.get("revision") != schema.head():
        made = about.get("revision")
        raise Refused(f"The backup was made at schema {made}, this version has {schema.head()}: use the same version.")
    await prepare(settings)
    database, moved = Database(settings.database.url), _moved(settings, about.get("folders", {}))
    try:
        async with database.transaction() as session:
            if not await is_blank(session):
                raise Refused("The database is not empty: name a new one in database.url, then restore.")
            for name in table_names():
                with archive.open(f"tables/{name}.jsonl") as lines:
                    await load_rows(session, name, (_following(json.loads(line), moved) for line in lines))
            await asyncio.to_thread(_read_files, settings, archive)  # within: rows without their files are not kept
    finally:
        await database.dispose()


async def _write_tables(database: Database, archive: zipfile.ZipFile) -> dict[str, int]:
    """All tables within one reading session: PostgreSQL and SQLite's WAL show it one moment."""
    rows: dict[str, int] = {}
    async with database.snapshot() as session:
        for name in table_names():
            count = 0
            with archive.open(f"tables/{name}.jsonl", "w", force_zip64=True) as out:
                async for row in dump_rows(session, name):
                    out.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")
                    count += 1
            rows[name] = count
    return rows


def _write_files(settings: Settings, archive: zipfile.ZipFile) -> int:
    count = 0
    for name, folder in _folders(settings).items():
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.is_file() and not path.is_symlink():
                with contextlib.suppress(FileNotFoundError):  # its document is removed at this moment
                    archive.write(path, f"files/{name}/{path.relative_to(folder).as_posix()}")
                    count += 1
    return count


def _read_files(settings: Settings, archive: zipfile.ZipFile) -> None:
    """Names are checked: an archive must not write beside its folder."""
    folders = _folders(settings)
    for name in archive.namelist():
        parts = PurePosixPath(name).parts
        if len(parts) < 3 or parts[0] != "files" or ".." in parts or parts[1] not in folders:
            continue
        target = folders[parts[1]].joinpath(*parts[2:])
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(archive.read(name))
        target.chmod(0o600)


def _moved(settings: Settings, folders: dict[str, str]) -> dict[str, str]:
    """Where files lay when the backup was made, and where they lie now; a folder that stays is left out."""
    here = {name: str(folder.resolve()) for name, folder in _folders(settings).items()}
    return {f"{then}/": f"{here[name]}/" for name, then in folders.items() if here.get(name, then) != then}


def _following(value: Any, moved: dict[str, str]) -> Any:
    """The row, with every path into a folder that moved."""
    if isinstance(value, dict):
        return {key: _following(item, moved) for key, item in value.items()}
    if isinstance(value, list):
        return [_following(item, moved) for item in value]
    then = next((one for one in moved if isinstance(value, str) and value.startswith(one)), None)
    return value if then is None else moved[then] + value.removeprefix(then)


def _folders(settings: Settings) -> dict[str, Path]:
    """Folders with state of their own, by the name they have in the archive."""
    return {
        "meetings": settings.meetings.files_dir,
        "originals": originals_of(settings).folder,
        "evidence": settings.files_dir / EVIDENCE,
        "digests": settings.digests_dir,
    }
