"""Sheets of the 台账: header rows (label, unit), a totals row that follows the filter, then the data.

A sheet without units or totals goes without those rows. Every text goes through the shared cell writer, so no cell
that somebody typed can become a formula; formulas are built here from column letters only.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from services.digests.text.literal import literal
from services.digests.workbook.looks import Looks, dress_body, dress_head, dress_total
from services.sheets import put

MONTH_COLUMN = 2
HEADER_HEIGHT_PT, LINE_HEIGHT_PT = 46, 15
LINES_AT_MOST = 27  # a row of Excel is at most 409 points high
PAGE_CHARACTERS = 230  # across A4 landscape with the margins below, still legible
SIDE_MARGIN_IN = 0.4
INTEGER, DECIMAL, PERCENT, DATE = "#,##0", "#,##0.00", "0.00%", "yyyy-mm-dd"
FILLS = {"green": "C6E0B4", "yellow": "FFE699", "orange": "F8CBAD", "red": "F4A6A6", "blue": "BDD7EE"}
Value = str | int | Decimal | date | None
Formula = Callable[[int], str]


@dataclass(frozen=True)
class Column:
    """A column: label, unit, number format ("" for text), width in characters, and what the totals row holds.

    ``formula`` makes the cell from its row number. ``total`` is "sum" (follows the filter), "formula", "", or the last
    month on the sheet: stock figures of several months must not be added up.
    ``choices`` names a list of the code sheet that the cells are validated against.
    """

    label: str
    unit: str = ""
    number_format: str = ""
    width: float = 12
    total: str = ""
    formula: Formula | None = None
    choices: str = ""
    lights: bool = False


@dataclass(frozen=True)
class Sheet:
    """A sheet of the ledger: title, columns, rows without the cells of formula columns' values (None there)."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    total_label: str = ""
    footer: str = "&P / &N"

    @property
    def has_units(self) -> bool:
        """Whether a second header row names units."""
        return any(column.unit for column in self.columns)

    @property
    def total_row(self) -> int:
        """The row of the totals, 0 without one."""
        asked = self.total_label or any(column.total for column in self.columns)
        return 2 + self.has_units if asked else 0

    @property
    def header_rows(self) -> int:
        """Rows above the data; repeated on every printed page."""
        return self.total_row or 1 + self.has_units

    @property
    def first_row(self) -> int:
        """The first row of data."""
        return self.header_rows + 1

    @property
    def last_row(self) -> int:
        """The last row of data; an empty sheet has one empty row."""
        return self.first_row + max(len(self.rows), 1) - 1


def add_table(book: Any, sheet: Sheet, codes: Mapping[str, str], light_words: Mapping[str, str]) -> None:
    """Write the sheet. ``codes``: cell ranges of the code sheet by list name; ``light_words``: word of each colour."""
    made, looks = book.create_sheet(sheet.title[:31]), Looks()
    for at, column in enumerate(sheet.columns, start=1):
        _head(made, at, column, sheet, looks)
        if sheet.total_row:
            _total(made, at, column, sheet, looks)
        looks.give(made.cell(sheet.first_row, at), dress_body, _stands_in_middle(column))
    if sheet.total_label and sheet.columns:
        _put(made.cell(sheet.total_row, 1), sheet.total_label)
    for number, row in enumerate(sheet.rows, start=sheet.first_row):
        for at, (column, value) in enumerate(zip(sheet.columns, row, strict=True), start=1):
            cell = made.cell(number, at)
            looks.give(cell, dress_body, _stands_in_middle(column))
            _write(cell, column, value, number)
        if (lines := _lines(sheet.columns, row)) > 1:
            made.row_dimensions[number].height = lines * LINE_HEIGHT_PT
    _dress(made, sheet)
    _validate(made, sheet, codes)
    _light(made, sheet, light_words)


def letter(at: int) -> str:
    """The letter of a column, counted from 1."""
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(at))


def ratio_formula(above: int, below: int, divide_by: int = 1) -> Formula:
    """One column over another in the same row, empty where either part is."""
    top, bottom = letter(above), letter(below)
    share = "" if divide_by == 1 else f"/{divide_by}"
    return lambda row: f'=IF(OR({top}{row}="",N({bottom}{row})=0),"",{top}{row}/{bottom}{row}{share})'


def _lines(columns: Sequence[Column], row: Sequence[Value]) -> int:
    """Lines that the fullest text of the row takes, a Chinese character counted as two.

    Excel makes rows fit when it opens a file; other programs and printing do not, and cut what is wrapped.
    """
    found = 1
    for column, value in zip(columns, row, strict=True):
        if isinstance(value, str) and column.formula is None:
            room = max(int(column.width) - 1, 2)
            parts = value.split("\n")
            found = max(found, sum(-(-sum(1 + (ord(one) > 0xFF) for one in part) // room) or 1 for part in parts))
    return min(found, LINES_AT_MOST)


def _head(made: Any, at: int, column: Column, sheet: Sheet, looks: Looks) -> None:
    for row, text in ((1, column.label), (2, column.unit))[: 1 + sheet.has_units]:
        cell = made.cell(row, at)
        looks.give(cell, dress_head, row == 1)
        put(cell, literal(text))
    made.column_dimensions[letter(at)].width = column.width


def _total(made: Any, at: int, column: Column, sheet: Sheet, looks: Looks) -> None:
    cell = made.cell(sheet.total_row, at)
    first, last = sheet.first_row, sheet.last_row
    looks.give(cell, dress_total, True)
    if column.total == "sum":
        cells = f"{letter(at)}{first}:{letter(at)}{last}"
        cell.value = f'=IF(SUBTOTAL(102,{cells})=0,"",SUBTOTAL(109,{cells}))'  # a sum of nothing is not zero
    elif column.total == "formula" and column.formula:
        cell.value = column.formula(sheet.total_row)
    elif column.total:
        here, months = (f"{name}{first}:{name}{last}" for name in (letter(at), letter(MONTH_COLUMN)))
        counted = f'COUNTIFS({here},"<>",{months},"{column.total}")'
        cell.value = f'=IF({counted}=0,"",SUMIFS({here},{months},"{column.total}"))'
    cell.number_format = column.number_format or "General"


def _write(cell: Any, column: Column, value: Value, row: int) -> None:
    if column.formula is not None:
        cell.value = column.formula(row)
        cell.number_format = column.number_format
    elif isinstance(value, str):
        put(cell, literal(value))
    elif value is not None:
        cell.value = float(value) if isinstance(value, Decimal) else value
        cell.number_format = column.number_format or _number_format(value)


def _stands_in_middle(column: Column) -> bool:
    return column.lights or column.number_format == DATE


def _number_format(value: int | Decimal | date) -> str:
    if isinstance(value, date):
        return DATE
    return INTEGER if value == int(value) else DECIMAL


def _put(cell: Any, text: str) -> None:
    """The text, whole and literal."""
    from openpyxl.styles import Alignment

    put(cell, literal(text))
    cell.alignment = Alignment(vertical="top", wrap_text=True)


def _dress(made: Any, sheet: Sheet) -> None:
    end = letter(max(len(sheet.columns), 1))
    made.row_dimensions[1].height = HEADER_HEIGHT_PT
    made.freeze_panes = made.cell(sheet.first_row, 3 if len(sheet.columns) > 6 else 1)
    made.auto_filter.ref = f"A{sheet.header_rows}:{end}{sheet.last_row}"
    made.print_title_rows = f"1:{sheet.header_rows}"
    made.print_title_cols = "A:B" if len(sheet.columns) > 6 else None
    made.page_setup.orientation, made.page_setup.paperSize = "landscape", made.PAPERSIZE_A4
    across = sum(column.width for column in sheet.columns)
    made.page_setup.fitToWidth, made.page_setup.fitToHeight = -(-int(across) // PAGE_CHARACTERS), 0
    made.page_margins.left = made.page_margins.right = SIDE_MARGIN_IN
    made.sheet_properties.pageSetUpPr.fitToPage = True
    made.oddFooter.center.text = sheet.footer


def _validate(made: Any, sheet: Sheet, codes: Mapping[str, str]) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    for at, column in enumerate(sheet.columns, start=1):
        if column.choices in codes:
            rule = DataValidation(type="list", formula1=f"={codes[column.choices]}", allow_blank=True)
            rule.add(f"{letter(at)}{sheet.first_row}:{letter(at)}{max(sheet.last_row, sheet.first_row + 200)}")
            made.add_data_validation(rule)


def _light(made: Any, sheet: Sheet, words: Mapping[str, str]) -> None:
    from openpyxl.formatting.rule import CellIsRule
    from openpyxl.styles import PatternFill

    for at, column in enumerate(sheet.columns, start=1):
        if not column.lights:
            continue
        for colour, fill in FILLS.items():
            if colour in words:
                rule = CellIsRule(operator="equal", formula=[f'"{words[colour]}"'], fill=PatternFill(bgColor=fill))
                rows = f"{letter(at)}{sheet.first_row}:{letter(at)}{sheet.last_row + 200}"
                made.conditional_formatting.add(rows, rule)
