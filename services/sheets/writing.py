"""Writing tables. Every cell passes `put`: openpyxl would turn `=…` into a formula and cut at 32,767 characters."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from services.errors import BadInput

CELL_LIMIT = 32_767
# What a spreadsheet program takes for a formula when it opens a csv (OWASP, CSV Injection).
RISKY = re.compile(r"'*[=+\-@\t\r]")


def put(cell: Any, value: str) -> None:
    """Put text into a workbook cell, as text for ever: also after somebody edits it.

    Raises:
        BadInput: more than a cell holds; nothing is cut in silence.
    """
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if len(value) > CELL_LIMIT:
        raise BadInput(field="cell", given=value[:40], problem="too_long", limit=CELL_LIMIT)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = True


def write_sheet(path: Path, title: str, rows: Iterable[Sequence[str]]) -> None:
    """Write rows of text to an .xlsx or .csv file. A csv cell that could be a formula gets an apostrophe before it."""
    if path.suffix.lower() == ".xlsx":
        _write_workbook(path, title, rows)
    else:
        _write_csv(path, rows)


def _write_workbook(path: Path, title: str, rows: Iterable[Sequence[str]]) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = title[:31]
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            put(sheet.cell(row=number, column=column), value)
    sheet.freeze_panes = "A2"
    book.save(path)


def _write_csv(path: Path, rows: Iterable[Sequence[str]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([[f"'{cell}" if RISKY.match(cell) else cell for cell in row] for row in rows])
    path.write_text(text.getvalue(), encoding="utf-8-sig", newline="")
