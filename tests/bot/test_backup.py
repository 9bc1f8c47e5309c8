"""A backup holds everything, restores on either database, and refuses what it cannot do."""

import json
import sqlite3
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.commands.backup import backup, restore
from bot.commands.refusals import Refused
from bot.handing import originals_of
from bot.settings import Settings, load_settings
from services import schema
from services.db import Database
from services.dumping import dump_rows, table_names
from services.models import Base, Unit
from services.outbox import Address, Attachment, Note, post
from tests.cast import settle


def settings_for(url: str, folder: Path) -> Settings:
    return load_settings(
        None, database={"url": url}, meetings={"files_dir": folder / "meetings"}, knowledge={"dir": folder / "index"}
    )


async def everything(url: str) -> dict[str, list[dict[str, Any]]]:
    database = Database(url)
    async with database.snapshot() as session:
        found = {name: [row async for row in dump_rows(session, name)] for name in table_names()}
    await database.dispose()
    return found


async def set_up(url: str) -> Database:
    """Every table of today's models, stamped as migrated; tests/house proves that migrations lead to the same."""
    database = Database(url)
    async with database.engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
        await connection.run_sync(schema.stamp)
    return database


@pytest.fixture
async def filled(database_url: str, now: datetime) -> str:
    """A database with the cast."""
    database = await set_up(database_url)
    async with database.transaction() as session:
        await settle(session, now=now)
        await post(session, Note("a.b", {"words": "甲\n乙\u2028丙"}), Address(5), now=now)
    await database.dispose()
    return database_url


@pytest.fixture
async def blank(tmp_path: Path) -> str:
    """An empty SQLite database."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'b.db'}"
    await (await set_up(url)).dispose()
    return url


async def test_a_backup_restores_on_sqlite_with_files(filled: str, blank: str, tmp_path: Path) -> None:
    (tmp_path / "a" / "meetings").mkdir(parents=True)
    (tmp_path / "a" / "meetings" / "纪要.ics").write_text("BEGIN")
    kept = originals_of(settings_for(filled, tmp_path / "a")).keep(tmp_path / "a" / "meetings" / "纪要.ics", "章程.ics")
    file = tmp_path / "state.zip"
    await backup(settings_for(filled, tmp_path / "a"), file)
    await restore(settings_for(blank, tmp_path / "b"), file)
    assert await everything(blank) == await everything(filled)
    assert (tmp_path / "b" / "meetings" / "纪要.ics").read_text() == "BEGIN"
    assert (originals_of(settings_for(blank, tmp_path / "b")).folder / kept).read_text() == "BEGIN"
    assert file.stat().st_mode & 0o077 == 0


async def test_evidence_and_digests_are_in_it_and_are_found_in_another_folder(
    filled: str, blank: str, tmp_path: Path, now: datetime
) -> None:
    there, here = settings_for(filled, tmp_path / "a"), settings_for(blank, tmp_path / "b")
    evidence, issued = there.files_dir / "evidence" / "7" / "3.pdf", there.digests_dir / "issue-0001" / "简报.docx"
    database = Database(filled)
    async with database.transaction() as session:
        for path in (evidence, issued):
            path.parent.mkdir(parents=True)
            path.write_text(path.name)
            attached = Attachment(str(path.resolve()), path.name)
            await post(session, Note("a.b", attachment=attached), Address(6), now=now)
        elsewhere = Attachment("/srv/elsewhere/3.pdf", "3.pdf")
        await post(session, Note("a.b", attachment=elsewhere), Address(6), now=now)
    await database.dispose()
    file = tmp_path / "state.zip"
    await backup(there, file)
    await restore(here, file)
    rows = (await everything(blank))["outbox"]
    paths = [Path(row["attachment"]["path"]) for row in rows if row["attachment"]]
    assert [path.read_text() for path in paths[:2]] == ["3.pdf", "简报.docx"]
    assert all(path.is_relative_to((tmp_path / "b").resolve()) for path in paths[:2])
    assert str(paths[2]) == "/srv/elsewhere/3.pdf"


async def test_rows_without_their_files_are_not_kept(filled: str, blank: str, tmp_path: Path) -> None:
    originals = originals_of(settings_for(filled, tmp_path / "a")).folder
    originals.mkdir(parents=True)
    (originals / "x.txt").write_text("words")
    file = tmp_path / "state.zip"
    await backup(settings_for(filled, tmp_path / "a"), file)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "files").write_text("a file where the folder should be")
    with pytest.raises(Refused, match="nothing was changed"):
        await restore(settings_for(blank, tmp_path / "b"), file)
    assert not (await everything(blank))["people"]


async def test_restored_numbering_goes_on(filled: str, blank: str, tmp_path: Path, now: datetime) -> None:
    file = tmp_path / "state.zip"
    await backup(settings_for(filled, tmp_path), file)
    await restore(settings_for(blank, tmp_path), file)
    database = Database(blank)
    async with database.transaction() as session:
        newest = max(await session.scalars(select(Unit.id)))
        unit = Unit(name="新单位", kind="school", created_at=now)
        session.add(unit)
        await session.flush()
        assert unit.id == newest + 1
    await database.dispose()


async def test_a_database_that_holds_something_is_left_alone(filled: str, tmp_path: Path) -> None:
    file = tmp_path / "state.zip"
    await backup(settings_for(filled, tmp_path), file)
    before = await everything(filled)
    with pytest.raises(Refused, match="not empty"):
        await restore(settings_for(filled, tmp_path), file)
    assert await everything(filled) == before


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x05\x06" + b"\x00" * 18])
async def test_what_is_no_backup_is_refused(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "x.zip"
    file.write_bytes(content)
    with pytest.raises(Refused, match="no backup"):
        await restore(settings_for(f"sqlite+aiosqlite:///{tmp_path / 'b.db'}", tmp_path), file)


async def test_a_backup_of_another_version_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("lianluo.json", json.dumps({"format": 1, "revision": "9999", "rows": {}}))
    with pytest.raises(Refused, match="9999"):
        await restore(settings_for(f"sqlite+aiosqlite:///{tmp_path / 'b.db'}", tmp_path), file)


async def test_an_existing_file_is_not_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "x.zip"
    file.write_text("precious")
    with pytest.raises(Refused, match="exists"):
        await backup(settings_for(f"sqlite+aiosqlite:///{tmp_path / 'b.db'}", tmp_path), file)
    assert file.read_text() == "precious"


async def test_an_unwritable_place_is_told(blank: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be written"):
        await backup(settings_for(blank, tmp_path), tmp_path / "no" / "x.zip")
    assert sqlite3.connect(tmp_path / "b.db").execute("SELECT count(*) FROM units").fetchone() == (0,)


async def test_a_sqlite_backup_restores_on_postgresql(database_url: str, tmp_path: Path, now: datetime) -> None:
    source = f"sqlite+aiosqlite:///{tmp_path / 'source.db'}"
    database = await set_up(source)
    async with database.transaction() as session:
        await settle(session, now=now)
    await database.dispose()
    file = tmp_path / "state.zip"
    await backup(settings_for(source, tmp_path), file)
    target = await set_up(database_url)
    await restore(settings_for(database_url, tmp_path), file)
    assert await everything(database_url) == await everything(source)
    async with target.transaction() as session:
        newest = max(await session.scalars(select(Unit.id)))
        unit = Unit(name="新单位", kind="school", created_at=now)
        session.add(unit)
        await session.flush()
        assert unit.id == newest + 1
    await target.dispose()
