"""What survives a restart: every item of the room as JSON in one SQLite table, and files beside it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class Journal:
    """Write-through store. Without a folder it lives in memory and forgets."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._blobs: dict[str, bytes] = {}
        if folder is not None:
            (folder / "files").mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(str(folder / "room.db") if folder else ":memory:", isolation_level=None)
        # WAL without fsync: a killed process loses nothing, only a power cut may lose the last moments.
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=OFF")
        self._db.execute(
            "CREATE TABLE IF NOT EXISTS item (kind TEXT, key TEXT, body TEXT, PRIMARY KEY (kind, key)) WITHOUT ROWID"
        )

    def keep(self, kind: str, key: object, body: Any) -> None:
        """Store or replace one item."""
        self.keep_text(kind, key, json.dumps(body, ensure_ascii=False))

    def keep_text(self, kind: str, key: object, body: str) -> None:
        """Store an item that is JSON text already."""
        self._db.execute("INSERT OR REPLACE INTO item VALUES (?, ?, ?)", (kind, str(key), body))

    def drop(self, kind: str, keys: list[Any]) -> None:
        """Forget items."""
        self._db.executemany("DELETE FROM item WHERE kind = ? AND key = ?", [(kind, str(key)) for key in keys])

    def texts(self, kind: str) -> Iterator[tuple[str, str]]:
        """Key and JSON text of all items of a kind, in no order."""
        yield from self._db.execute("SELECT key, body FROM item WHERE kind = ?", (kind,))

    def items(self, kind: str) -> Iterator[tuple[str, Any]]:
        """Key and value of all items of a kind, in no order."""
        for key, body in self.texts(kind):
            yield key, json.loads(body)

    def keep_bytes(self, name: str, data: bytes) -> None:
        """Store a file's content under a name of ours, never under the uploader's."""
        if self._folder is None:
            self._blobs[name] = data
        else:
            (self._folder / "files" / name).write_bytes(data)

    def read_bytes(self, name: str) -> bytes:
        """A file's content."""
        return self._blobs[name] if self._folder is None else (self._folder / "files" / name).read_bytes()

    def close(self) -> None:
        """Close the database."""
        self._db.close()
