"""Files that people and the bot send: stored under names of ours, found by Telegram-like ids."""

from __future__ import annotations

import asyncio
import mimetypes
import secrets
import struct
from dataclasses import asdict, dataclass
from pathlib import PurePath

from webchat.journal import Journal

PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")


@dataclass(frozen=True)
class StoredFile:
    """One file. `path` is what getFile answers; width and height are 0 unless it is a picture we can read."""

    file_id: str
    file_unique_id: str
    name: str
    mime: str
    size: int
    path: str
    width: int = 0
    height: int = 0

    def as_document(self) -> dict[str, object]:
        """The file as a Bot API Document."""
        return self._ids() | {"file_name": self.name, "mime_type": self.mime, "file_size": self.size}

    def as_photo(self) -> list[dict[str, object]]:
        """The file as a Bot API list of PhotoSize."""
        return [self._ids() | {"width": self.width, "height": self.height, "file_size": self.size}]

    def _ids(self) -> dict[str, object]:
        return {"file_id": self.file_id, "file_unique_id": self.file_unique_id}


class Files:
    """The files of a room."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._by_id = {key: StoredFile(**body) for key, body in journal.items("file")}
        self._by_path = {file.path: file for file in self._by_id.values()}
        self._by_unique_id = {file.file_unique_id: file for file in self._by_id.values()}

    async def store(self, name: str, data: bytes) -> StoredFile:
        """Keep a file. The uploader's name is shown, never used as a path."""
        name = PurePath(name.replace("\\", "/")).name or "file"
        width, height, mime = picture_size(data)
        mime = mime or mimetypes.guess_type(name)[0] or "application/octet-stream"
        folder = "photos" if width else "documents"
        path = f"{folder}/file_{len(self._by_id)}{PurePath(name).suffix[:12]}"
        file = StoredFile(
            "Bw" + secrets.token_urlsafe(40), secrets.token_urlsafe(16), name, mime, len(data), path, width, height
        )
        await asyncio.to_thread(self._journal.keep_bytes, file.file_unique_id, data)
        self._by_id[file.file_id] = self._by_path[path] = self._by_unique_id[file.file_unique_id] = file
        self._journal.keep("file", file.file_id, asdict(file))
        return file

    def find(self, file_id: str) -> StoredFile | None:
        """By the id a bot uses."""
        return self._by_id.get(file_id)

    def find_at(self, path: str) -> StoredFile | None:
        """By the path of getFile."""
        return self._by_path.get(path)

    def find_unique(self, unique_id: str) -> StoredFile | None:
        """By the id the page uses."""
        return self._by_unique_id.get(unique_id)

    async def read(self, file: StoredFile) -> bytes:
        """The content."""
        return await asyncio.to_thread(self._journal.read_bytes, file.file_unique_id)


def picture_size(data: bytes) -> tuple[int, int, str]:
    """Width, height and type of a PNG, GIF, WebP or JPEG read from its first bytes; zeros for all else."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return width, height, "image/png"
    if data[:6] in (b"GIF87a", b"GIF89a") and len(data) >= 10:
        width, height = struct.unpack("<HH", data[6:10])
        return width, height, "image/gif"
    if data[:4] == b"RIFF" and data[8:16] == b"WEBPVP8X" and len(data) >= 30:
        width, height = int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
        return width, height, "image/webp"
    return _jpeg_size(data) if data[:2] == b"\xff\xd8" else (0, 0, "")


def _jpeg_size(data: bytes) -> tuple[int, int, str]:
    position = 2
    while position + 9 < len(data) and data[position] == 0xFF:
        marker, length = data[position + 1], int.from_bytes(data[position + 2 : position + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[position + 5 : position + 9])
            return width, height, "image/jpeg"
        position += 2 + length
    return 0, 0, ""
