"""The files that documents were read from, as they were sent: kept in a folder, gone with their documents."""

import contextlib
import os
import secrets
import shutil
from datetime import datetime, timedelta
from pathlib import Path, PurePath

from sqlalchemy import select

from services.db import Database
from services.models import Document

_BLOCK = 1 << 20
_ORPHANED = timedelta(days=1)
"""So old is no file of an import that is still going on."""


class Originals:
    """The folder. Names in it say nothing of what they hold. Every call may wait for the disk: work for a thread."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, file: Path, name: str) -> str:
        """Copy a file in; returns the name it is kept by, with the ending of the name it was sent under."""
        kept = f"{secrets.token_hex(12)}{PurePath(name).suffix.lower()[:8]}"
        self.folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, self.folder / kept)
        (self.folder / kept).chmod(0o600)
        return kept

    def find(self, kept: str) -> Path | None:
        """Where it is; None when nothing is kept by that name."""
        path = self.folder / PurePath(kept).name
        return path.resolve() if kept and path.is_file() else None

    def write_text(self, document_id: int, words: str) -> Path:
        """A document's words as a file, where no original was kept; the newest takes the place of the one before."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / _of_words(document_id)
        fresh = path.with_suffix(f".{secrets.token_hex(4)}")
        fresh.write_text(words, encoding="utf-8")
        fresh.chmod(0o600)
        os.replace(fresh, path)
        return path.resolve()

    def discard(self, kept: str) -> None:
        """Overwrite a file and take it away; nothing happens where none is."""
        path = self.folder / PurePath(kept).name
        if not kept or not path.is_file():
            return
        with contextlib.suppress(FileNotFoundError):
            _overwrite(path)
            path.unlink()

    def erase(self, kept: str, document_id: int) -> None:
        """Everything kept of a document."""
        self.discard(kept)
        self.discard(_of_words(document_id))

    def names(self, before: datetime) -> set[str]:
        """What was put there before a moment."""
        files = self.folder.iterdir() if self.folder.is_dir() else ()
        return {one.name for one in files if one.is_file() and one.stat().st_mtime < before.timestamp()}


async def sweep(database: Database, originals: Originals, *, now: datetime) -> int:
    """Take away what a crash left behind and no document names; returns how many files that were."""
    async with database.reading() as session:
        named = set(await session.scalars(select(Document.original).where(Document.original != "")))
        standing = await session.scalars(select(Document.id).where(Document.state != "removed"))
        named |= {_of_words(one) for one in standing}
    left = originals.names(now - _ORPHANED) - named
    for name in left:
        originals.discard(name)
    return len(left)


def _of_words(document_id: int) -> str:
    return f"text-{document_id}.txt"


def _overwrite(path: Path) -> None:
    """So that the words do not wait on the disk for whoever looks at freed blocks."""
    with path.open("r+b") as file:
        left = path.stat().st_size
        while left > 0:
            left -= file.write(b"\0" * min(left, _BLOCK))
        file.flush()
        os.fsync(file.fileno())
