"""The parent's side of reading a file: cheap checks first, then a child with limits does the rest."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from knowledge.documents.limits import ReadLimits
from knowledge.errors import UnreadableFile

TEXT_TYPES = (".txt", ".md")
SUPPORTED = (*TEXT_TYPES, ".html", ".htm", ".docx", ".pdf", ".xlsx", ".pptx")
_ENCODINGS = ("utf-8-sig", "gb18030", "big5")


def converted(path: Path, name: str, limits: ReadLimits) -> str:
    """Return the file's text as plain text or Markdown; raises `UnreadableFile`."""
    if Path(name).suffix.lower() in TEXT_TYPES:
        return decoded(path.read_bytes(), name)
    return _in_child(path, name, limits)


def decoded(data: bytes, name: str) -> str:
    """Decode a text file: a byte-order mark decides, else UTF-8, else GB 18030, else UTF-16 or Big5."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings: tuple[str, ...] = ("utf-16",)
    elif data[1:200:2].count(0) > 40:
        encodings = ("utf-16-le",)
    else:
        encodings = _ENCODINGS
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UnreadableFile(name, "not_text")


def _in_child(path: Path, name: str, limits: ReadLimits) -> str:
    with tempfile.TemporaryDirectory() as folder:
        order = {"path": str(path), "suffix": Path(name).suffix.lower(), "limits": asdict(limits), "home": folder}
        command = [sys.executable, "-m", "knowledge.documents.conversion_child"]
        try:
            done = subprocess.run(  # noqa: S603
                command, input=json.dumps(order).encode(), capture_output=True, timeout=limits.wall_s, check=False
            )
        except subprocess.TimeoutExpired:
            raise UnreadableFile(name, "too_slow") from None
    if done.returncode == 0:
        text = done.stdout.decode("utf-8", "replace")
        if not text.strip():
            raise UnreadableFile(name, "no_text")
        return text
    raise UnreadableFile(name, *_reason(done.returncode, done.stderr))


def _reason(status: int, stderr: bytes) -> tuple[str, str]:
    """Read the child's last line, or its signal: SIGXCPU and SIGKILL are the limits at work."""
    if status in (-24, -9):
        return "too_slow", f"signal {-status}"
    last = stderr.decode("utf-8", "replace").strip().rsplit("\n", 1)[-1]
    try:
        told = json.loads(last)
        return str(told["reason"]), str(told["detail"])
    except (ValueError, KeyError, TypeError):
        return ("too_much_memory", last[:200]) if "MemoryError" in last else ("broken", last[:200])
