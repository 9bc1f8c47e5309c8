"""The check-in as a table to fill in and send back, and any table of figures that somebody keeps already."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from services.checkins.filling.taking import read_message
from services.checkins.form import Indicator, Kind, State
from services.checkins.reading.understood import Intent, Item, Question, Understanding
from services.checkins.standing.sheets import Sheet, plain
from services.privacy import holds_person_records
from services.sheets import put

MARKER = re.compile(r"lianluo-checkin:(\d+)")
SAYS_STATE = {"不适用": State.NOT_APPLICABLE, "未统计": State.NOT_COLLECTED}
SAME = "同上月"
HEADINGS = ("键", "项目", "单位", "上月", "本月", "说明")
THIS_MONTH = HEADINGS.index("本月")
FIRST_ROW = 4
HINTS = {Kind.FLOW: "本月发生数，没有填 0", Kind.STOCK: "期末数", Kind.COHORT: "截至本月底累计"}
MOST_TEXT = 20_000


@dataclass(frozen=True)
class Book:
    """What a returned table holds: the check-in it names, if it is ours, and what was read."""

    submission_id: int | None
    reading: Understanding


def write_template(sheet: Sheet, path: Path) -> str:
    """Write the table, prefilled with the draft, last month beside it; returns the name people see."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "月报"
    put(page["B1"], f"{sheet.submission.unit.name} {sheet.label}月报")
    page["B1"].font = Font(bold=True, size=14)
    put(page["F1"], f"lianluo-checkin:{sheet.submission.id}")
    page["F1"].font = Font(color="FFBFBFBF", size=8)
    put(page["B2"], "只填“本月”一列；可填 数字、同上月（期末数）、不适用、未统计。填好后把文件发回给机器人。")
    for column, heading in enumerate(HEADINGS, 1):
        put(page.cell(FIRST_ROW - 1, column), heading)
        page.cell(FIRST_ROW - 1, column).font = Font(bold=True)
    for number, indicator in enumerate(sheet.asked, FIRST_ROW):
        _write_row(page, number, _cells(sheet, indicator))
    at = FIRST_ROW + len(sheet.asked)
    for number, text in enumerate(sheet.form.texts, at):
        entry = sheet.current.get(text.key)
        cells = (text.key, text.label, "文字", "", (entry.text or "") if entry else "", "200 字以内，不写姓名、电话")
        _write_row(page, number, cells)
    _lay_out(page, at, Alignment(wrap_text=True, vertical="top"))
    book.save(path)
    return f"{sheet.period}_{sheet.submission.unit.name}_月报.xlsx"


def read_book(rows: list[list[str]], sheet: Sheet, now: datetime) -> Book:
    """What a table says about this check-in, by the same rules as a message; nothing is stored."""
    submission_id = find_marker(rows)
    whole = "\n".join("\t".join(row) for row in rows)[:MOST_TEXT]
    # Our own hints speak of names and phones; what the person wrote stands in one column, or below and beside it.
    text = "\n".join(map(_cell, rows)) if submission_id else whole
    if holds_person_records(text):
        return Book(submission_id, Understanding(Intent.REFUSE_PII, reason="person_records"))
    if submission_id is None:
        return Book(None, read_message(sheet, text, focus=None, now=now))
    return Book(submission_id, _read_template(rows, sheet, now))


def find_marker(rows: list[list[str]]) -> int | None:
    """The check-in that a table of ours was made for; only a hint, rights are judged on it."""
    for row in rows[:FIRST_ROW]:
        for cell in row:
            if found := MARKER.fullmatch(cell.strip()):
                return int(found[1])
    return None


def _read_template(rows: list[list[str]], sheet: Sheet, now: datetime) -> Understanding:
    items: dict[str, Item] = {}
    texts: dict[str, str] = {}
    questions: list[Question] = []
    rejected: set[str] = set()
    text_keys = {one.key for one in sheet.form.texts}
    for row in rows[FIRST_ROW - 1 :]:
        key, cell = (row[0].strip() if row else ""), _cell(row)
        if not cell:
            continue
        if key in text_keys:
            texts[key] = cell
        elif key.partition("[")[0] in sheet.form.by_key:
            reading = _read_cell(sheet, key, cell, now)
            items.update(reading.items)
            questions += reading.questions
            rejected |= set(reading.reject)
    intent = Intent.SUBMIT if items or texts else Intent.NONE
    return Understanding(intent, items, reject=tuple(sorted(rejected)), questions=tuple(questions), texts=texts)


def _read_cell(sheet: Sheet, key: str, cell: str, now: datetime) -> Understanding:
    if cell in SAYS_STATE:
        return Understanding(Intent.SUBMIT, {key: Item(None, SAYS_STATE[cell], source=cell, rule="cell")})
    if cell == SAME:
        before = sheet.previous.get(key)
        if before is None or sheet.form.indicator(key).kind is Kind.FLOW:
            missing = Item(None, State.MISSING, source=cell, rule="same_on_flow")
            question = Question("ask_flow_figure", key, {"previous": before})
            return Understanding(Intent.SUBMIT, {key: missing}, questions=(question,))
        return Understanding(Intent.CARRY, {key: Item(before, State.CARRIED, source=cell, rule="cell")})
    reading = read_message(sheet, cell, focus=key, now=now)
    if key in reading.items:
        return replace(reading, items={key: reading.items[key]})
    unread = Item(None, State.MISSING, source=cell, rule="unread")
    return Understanding(Intent.SUBMIT, {key: unread}, questions=(Question("ask_exact", key, {"written": cell}),))


def _cells(sheet: Sheet, indicator: Indicator) -> tuple[str, ...]:
    before = sheet.previous.get(indicator.key)
    entry = sheet.current.get(indicator.key)
    is_flow = indicator.kind is Kind.FLOW
    now = _as_cell(entry) if entry else ("" if is_flow or before is None else SAME)
    hint = indicator.hint or HINTS[indicator.kind]
    last = "" if before is None else plain(before)
    return (indicator.key, indicator.label, indicator.unit, last, now, hint)


def _as_cell(entry: Any) -> str:
    states: Mapping[str, str] = {state.value: word for word, state in SAYS_STATE.items()}
    if entry.state == State.CARRIED:
        return SAME
    return states.get(entry.state, "" if entry.value is None else plain(entry.value))


def _write_row(page: Any, number: int, cells: tuple[str, ...]) -> None:
    from decimal import Decimal

    for column, cell in enumerate(cells, 1):
        at = page.cell(number, column)
        if cell and column - 1 in (THIS_MONTH, THIS_MONTH - 1) and re.fullmatch(r"\d+(\.\d+)?", cell):
            at.value = Decimal(cell)
        elif cell:
            put(at, cell)


def _lay_out(page: Any, texts_from: int, wrap: Any) -> None:
    from openpyxl.styles import PatternFill, Protection

    for column, width in zip("ABCDEF", (4, 34, 8, 12, 24, 30), strict=True):
        page.column_dimensions[column].width = width
    page.column_dimensions["A"].hidden = True
    fill = PatternFill("solid", fgColor="FFFFF8E1")
    for row in page.iter_rows(min_row=FIRST_ROW, max_row=page.max_row, min_col=THIS_MONTH + 1, max_col=THIS_MONTH + 1):
        row[0].fill, row[0].protection = fill, Protection(locked=False)
        if row[0].row >= texts_from:
            row[0].alignment = wrap
    page.freeze_panes = page.cell(FIRST_ROW, THIS_MONTH + 1)
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _cell(row: list[str]) -> str:
    return row[THIS_MONTH].strip() if len(row) > THIS_MONTH else ""
