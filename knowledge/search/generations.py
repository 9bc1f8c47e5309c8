"""A directory of index generations with one owner: a new one is built beside the old, then switched.

Removal is real because a new generation is written without the removed bytes and the old directory is deleted.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from pathlib import Path
from typing import Any

from knowledge.errors import IndexBusy

_CURRENT, _LOCK, _META = "CURRENT", "LOCK", "meta.json"


class Generations:
    """The owner of an index directory, by a file lock that dies with the process."""

    def __init__(self, directory: Path) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self.directory = directory
        self._lock = (directory / _LOCK).open("a+")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._lock.seek(0)
            owner = self._lock.read(80).strip() or "another process"
            self._lock.close()
            raise IndexBusy(str(directory), owner) from error
        self._lock.truncate(0)
        self._lock.write(f"pid {os.getpid()}")
        self._lock.flush()
        self.sweep()

    def current(self) -> Path | None:
        """Return the generation in use, or None in a fresh directory."""
        try:
            name = (self.directory / _CURRENT).read_text().strip()
        except FileNotFoundError:
            return None
        path = self.directory / name
        return path if name.startswith("g-") and path.is_dir() else None

    def begin(self) -> Path:
        """Create the next, still unused generation."""
        numbers = [int(path.name[2:]) for path in self.directory.glob("g-*") if path.name[2:].isdigit()]
        path = self.directory / f"g-{max(numbers, default=0) + 1:06d}"
        path.mkdir()
        return path

    def switch(self, path: Path) -> None:
        """Make ``path`` the generation in use, atomically, and delete the others."""
        write_atomically(self.directory / _CURRENT, path.name)
        self.sweep()

    def sweep(self) -> None:
        """Delete every generation but the current one (also what a crash left half built)."""
        current = self.current()
        for path in self.directory.glob("g-*"):
            if path != current:
                shutil.rmtree(path, ignore_errors=True)

    def close(self) -> None:
        """Give the directory up."""
        self._lock.close()


def write_atomically(path: Path, text: str) -> None:
    """Write ``text`` so that a crash leaves the old or the new content, never half of it."""
    beside = path.with_name(path.name + ".new")
    with beside.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def read_meta(generation: Path) -> dict[str, Any]:
    """Return what the generation says of itself; raises ValueError or OSError when damaged."""
    meta: dict[str, Any] = json.loads((generation / _META).read_text(encoding="utf-8"))
    return meta


def write_meta(generation: Path, meta: dict[str, Any]) -> None:
    """Replace what the generation says of itself."""
    write_atomically(generation / _META, json.dumps(meta, ensure_ascii=False))
