"""The 台账 as an Excel file: long data one row per unit and month, rates as formulas that staff can audit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from services.checkins.form import Form
from services.digests.figures.digest import Audience, Digest
from services.digests.figures.engine import Engine
from services.digests.figures.replies import TextReply
from services.digests.text.prose import Say
from services.digests.workbook.codes import code_sheet
from services.digests.workbook.forms import form_sheet
from services.digests.workbook.sheets import (
    correction_sheet,
    decision_sheet,
    filing_sheet,
    register_sheet,
    summary_sheet,
    task_sheet,
)
from services.digests.workbook.tables import Sheet, Value, add_table
from services.lights import Colour

REGISTERS = ("posts", "supply", "platforms", "agreements", "needs")
LATER = {"services": "tech_services"}  # behind the fixed sheets, only where there is something to show


@dataclass(frozen=True)
class Ledger:
    """What a 台账 is written from. ``registers``: rows of posts, supply, platforms, agreements and needs."""

    digest: Digest
    engine: Engine
    say: Say
    zone: ZoneInfo
    texts: Sequence[TextReply] = ()
    registers: Mapping[str, Sequence[Sequence[Value]]] = field(default_factory=dict)
    version: int = 1


def ledger_name(ledger: Ledger) -> str:
    """202611_产教联合体台账_v1.xlsx"""
    period = ledger.digest.period
    stamp = f"{period.year}{period.month:02d}" if period.month else str(period)
    return ledger.say(x("file_name"), stamp=stamp, version=ledger.version)


def write_ledger(ledger: Ledger, path: Path) -> None:
    """Write the Excel file."""
    from openpyxl import Workbook

    book: Any = Workbook()
    book.remove(book.active)
    say, digest = ledger.say, ledger.digest
    words = {colour.value: say(f"digest_document.light_{colour.value}") for colour in Colour}
    codes, ranges = code_sheet(say)
    _cover(book, ledger)
    sheets = [summary_sheet(say, digest)]
    in_full = digest.audience is Audience.SECRETARIAT  # units one by one: nobody else's to read
    if in_full:
        for name in ("school", "enterprise"):
            sheets += [form_sheet(say, ledger.engine, one, digest.period, ledger.texts) for one in _forms(ledger, name)]
        sheets += _others(ledger)
    sheets += [task_sheet(say, digest), decision_sheet(say, digest)]
    if in_full:
        sheets += [register_sheet(say, name, ledger.registers.get(name, ())) for name in REGISTERS]
        sheets.append(filing_sheet(say, digest))
    sheets += [correction_sheet(say, digest, ledger.zone), codes]
    if in_full:
        found = {name: ledger.registers.get(register, ()) for name, register in LATER.items()}
        sheets += [register_sheet(say, name, rows) for name, rows in found.items() if rows]
    for sheet in sheets:
        add_table(book, sheet, ranges, words)
    book.properties.title, book.properties.creator = digest.issue.title, digest.issue.office
    book.save(str(path))


def x(name: str) -> str:
    """The key of a text of the 台账."""
    return f"digest_ledger.{name}"


def _forms(ledger: Ledger, name: str) -> list[Form]:
    return [form for form in ledger.engine.forms if form.id == name]


def _others(ledger: Ledger) -> list[Sheet]:
    """Bureaus and associations, and any form of the consortium's own, one sheet each."""
    forms = [form for form in ledger.engine.forms if form.id not in ("school", "enterprise")]
    return [form_sheet(ledger.say, ledger.engine, form, ledger.digest.period, ledger.texts) for form in forms]


def _cover(book: Any, ledger: Ledger) -> None:
    from openpyxl.styles import Alignment, Font

    from services.digests.text.literal import literal
    from services.sheets import put

    say, digest = ledger.say, ledger.digest
    made = book.create_sheet(say(x("sheet_cover")))
    local = digest.cutoff.astimezone(ledger.zone)
    facts = {
        "consortium": digest.consortium,
        "period": digest.period.label,
        "cutoff": f"{local:%Y-%m-%d %H:%M}",
        "version": ledger.version,
        "draft": digest.issue.is_draft,
        "accepted_only": digest.accepted_only,
        "filing": digest.filing,
        "missing": len(digest.filing.missing),
    }
    for row, line in enumerate(say(x("cover"), **facts).split("\n"), start=1):
        cell = made.cell(row, 1)
        put(cell, literal(line))
        cell.font = Font(bold=row == 1, size=18 if row == 1 else 12)
        made.row_dimensions[row].height = 32 if row == 1 else 20
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    made.column_dimensions["A"].width = 96
    made.page_setup.paperSize, made.page_setup.orientation = made.PAPERSIZE_A4, "landscape"


__all__ = ["Ledger", "ledger_name", "write_ledger"]
