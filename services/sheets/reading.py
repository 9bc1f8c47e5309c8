"""Reading a table as rows of text.

A workbook of 5 KiB with one cell at XFD1048576 exhausted 4 GiB when it was read whole, so a workbook is streamed, row
and column limits hold, and what it unpacks to is checked first. Files that came over the chat are read in a child:
`read_sheet_apart`.
"""

import asyncio
import csv
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

MAX_FILE_BYTES = 5_000_000
MAX_UNPACKED_BYTES = 60_000_000
MAX_ROWS = 5_000
MAX_COLUMNS = 60
CHILD_WALL_S = 30
GUARDED = re.compile(r"'+[=+\-@\t\r]")
Rows = list[list[str]]


class SheetRefused(Exception):
    """A file that is not read. `problem`: unsupported, too_big, broken, too_many_rows, too_slow, gone."""

    def __init__(self, problem: str, limit: int = 0) -> None:
        super().__init__(problem)
        self.problem, self.limit = problem, limit


def read_sheet(path: Path) -> Rows:
    """The first sheet of an xlsx, or a csv in UTF-8 or GB 18030, as rows of stripped text.

    Raises:
        SheetRefused: another kind of file, over a limit, or damaged.
    """
    if path.suffix.lower() not in (".xlsx", ".csv"):
        raise SheetRefused("unsupported")
    if path.stat().st_size > MAX_FILE_BYTES:
        raise SheetRefused("too_big", MAX_FILE_BYTES)
    return _read_workbook(path) if path.suffix.lower() == ".xlsx" else _read_csv(path)


async def read_sheet_apart(path: Path) -> Rows:
    """The same, in a child process with limits on time and memory; for files that came over the chat.

    Raises:
        SheetRefused: as `read_sheet`, and `too_slow` when the child had to be ended.
    """
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "services.sheets.child", str(path)),
        cwd=Path(__file__).resolve().parents[2],
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        out, _ = await asyncio.wait_for(child.communicate(), CHILD_WALL_S)
    except TimeoutError:
        raise SheetRefused("too_slow", CHILD_WALL_S) from None
    finally:
        if child.returncode is None:
            with suppress(ProcessLookupError):
                child.kill()
            await child.wait()
    try:
        told = json.loads(out)
    except ValueError:
        raise SheetRefused("broken") from None
    if "problem" in told:
        raise SheetRefused(told["problem"], told["limit"])
    return list(told["rows"])


def _read_workbook(path: Path) -> Rows:
    from openpyxl import load_workbook

    _check_archive(path)
    try:
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        found = _bounded(sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS, values_only=True))
        book.close()
    except SheetRefused:
        raise
    except Exception as error:  # openpyxl raises whatever its XML held: KeyError, ValueError, ParseError, …
        raise SheetRefused("broken") from error
    return found


def _check_archive(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError):
        raise SheetRefused("broken") from None
    if unpacked > MAX_UNPACKED_BYTES:
        raise SheetRefused("too_big", MAX_UNPACKED_BYTES)


def _read_csv(path: Path) -> Rows:
    raw = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise SheetRefused("broken")
    if "\x00" in text:
        raise SheetRefused("broken")
    first_line = text.partition("\n")[0]
    delimiter = max(",\t", key=first_line.count)
    try:
        rows = _bounded(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise SheetRefused("broken") from None
    return [[cell[1:] if GUARDED.match(cell) else cell for cell in row] for row in rows]


def _bounded(rows: Iterable[Iterable[Any]]) -> Rows:
    """Text of each row; blank rows at the end count for nothing, a stray cell in the last corner makes millions."""
    found = []
    for number, row in enumerate(rows, start=1):
        cells = [_text(cell) for _, cell in zip(range(MAX_COLUMNS), row, strict=False)]
        if number <= MAX_ROWS:
            found.append(cells)
        elif any(cells):
            raise SheetRefused("too_many_rows", MAX_ROWS)
    while found and not any(found[-1]):
        found.pop()
    return found


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell).strip()
