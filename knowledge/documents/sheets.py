"""A found table as it is asked: its columns by what they hold, its rows with the passages that they stand in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import accumulate

from knowledge.documents.entries import Hit
from knowledge.documents.table_rows import row_words
from knowledge.documents.tables import Row, Table, cells_of, tables_of
from knowledge.language.content import content_words
from knowledge.language.folding import fold

_INDEX = re.compile(r"序号|编号|代[码号]|号|no\.?")
_BRACKETS = re.compile(r"[(][^()]*[)]")
_FIGURE = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*([万亿]?[\u4e00-\u9fff%]{0,3})")
_DATE = re.compile(
    r"(?:预?计|拟)?((?:19|20)\d{2})\s*(?:[年./-]\s*(?:(\d{1,2})\s*(?:[月./-]\s*(?:(\d{1,2})日?)?)?)?)?"
    r"(?:[上下]半年|年?[底末初]|[上中下]旬)?(?:之?前|以前)?(?:完成)?"
)
_YEARS = re.compile(r"年份|年度|年$|时间|日期|时限|期限")
_EMPTY = ("", "-", "—", "——", "/", "无")
_UNIT_HEAD, _UNIT = re.compile(r"(?:计量|计算)?单位"), re.compile(r"[\u4e00-\u9fff%]{1,3}")
_DISTINCT, _ABOVE, _HALF = 0.8, 60, 0.5


@dataclass(frozen=True)
class Line:
    """A row below the heads: its folded cells, its words, the passage it stands in, its place there and its number."""

    cells: tuple[str, ...]
    words: tuple[str, ...]
    hit: Hit
    start: int
    end: int
    number: int | None = None


@dataclass(frozen=True)
class Column:
    """A column: its place, its head without brackets, folded, and what its cells are.

    Attributes:
        at: Its place.
        head: Its head, folded, without what stands in brackets.
        written: Its head as written.
        cells: Its cells, folded, without a total's.
        above: The line above the table, which may tell the unit of its sums.
        units: What each row is counted in, where another column tells it.
    """

    at: int
    head: str
    written: str
    cells: tuple[str, ...]
    above: str = ""
    units: tuple[str, ...] = ()

    @cached_property
    def is_index(self) -> bool:
        """Whether it only numbers the rows."""
        return bool(_INDEX.fullmatch(self.head) or re.search(r"(?:编号|代码|序号)$", self.head))

    @cached_property
    def is_dates(self) -> bool:
        """Whether every cell is a date, or a year where the head says so."""
        told = [cell for cell in self.cells if cell not in _EMPTY]
        whole = all(date_in(cell) and (not cell.isdigit() or _YEARS.search(self.head)) for cell in told)
        return bool(told) and whole

    @cached_property
    def figures(self) -> tuple[Decimal | None, ...]:
        """The figure of each cell; empty unless all are figures of one unit."""
        if self.is_index or self.is_dates:
            return ()
        found = [_FIGURE.fullmatch(cell) for cell in self.cells if cell not in _EMPTY]
        if not found or not all(found) or len({one[2] for one in found if one}) > 1:
            return ()
        return tuple(figure_in(cell) if cell not in _EMPTY else None for cell in self.cells)

    @property
    def is_words(self) -> bool:
        """Whether it holds names and words."""
        return not (self.is_index or self.is_dates or self.figures)

    def valued(self, words: str, row: int | None = None) -> str:
        """Return a cell's words with the unit that its head, row or the line above tells (85 below 金额（万元）)."""
        if row is not None and self.units and self.figures:
            return words + self.units[row]
        return row_words([("", ""), (self.written, words)], self.above)[len(self.written) + 1 :]


@dataclass(frozen=True)
class Sheet:
    """A table: ``label`` is the column that names its rows, ``about`` what it stands under, folded."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    total: Line | None
    label: int
    about: str
    hit: Hit

    @property
    def heads(self) -> str:
        """All heads, folded."""
        return " ".join(one.head for one in self.columns)

    @cached_property
    def passages(self) -> frozenset[str]:
        """The ids of the passages that its rows stand in."""
        return frozenset(one.hit.passage_id for one in self.lines)

    @cached_property
    def row_nouns(self) -> tuple[str, ...]:
        """What its rows are called: words of the label's head, and how most of its cells end (…班)."""
        label = self.columns[self.label]
        nouns = [label.head, label.head[-2:], label.head[:2], *content_words(label.head)]
        for length in (2, 1):
            ends = [cell[-length:] for cell in label.cells if len(cell) > length]
            nouns += [end for end in dict.fromkeys(ends) if len(ends) > 1 and ends.count(end) > _HALF * len(ends)]
        return tuple(one for one in dict.fromkeys(nouns) if one)


def sheets_of(hits: Sequence[Hit]) -> list[Sheet]:
    """Return the whole tables that the found passages stand in, each once, the best passage's first."""
    found: dict[str, list[Sheet]] = {}
    touched: dict[int, Sheet] = {}
    for hit in hits:
        pieces = (hit.table or (hit,)) if "|" in hit.text and len(hit.table) != 1 else ()
        if pieces and pieces[0].passage_id not in found:
            found[pieces[0].passage_id] = list(_sheets(pieces))
        for sheet in found[pieces[0].passage_id] if pieces else ():
            if hit.passage_id in sheet.passages:
                touched[id(sheet)] = sheet
    return list(touched.values())


def figure_in(cell: str) -> Decimal | None:
    """Return the figure that a folded cell is, or None."""
    found = _FIGURE.fullmatch(cell)
    return Decimal(found[1].replace(",", "")) if found else None


def date_in(cell: str) -> tuple[int, int, int] | None:
    """Return year, month and day of a folded cell; what it leaves out is 0, the end of a year its last month."""
    found = _DATE.fullmatch(cell)
    if not found:
        return None
    late = 12 if re.search(r"年?[底末]|下半年", cell) and not found[2] else 0
    return int(found[1]), int(found[2] or late), int(found[3] or 0)


def _sheets(pieces: Sequence[Hit]) -> Iterator[Sheet]:
    begins = [0, *accumulate(len(one.text) + 1 for one in pieces)][:-1]
    text = "\n".join(one.text for one in pieces)
    folded = fold(text)
    for table in tables_of(text):
        lines = tuple(_line(row, pieces, begins, folded) for row in table.rows)
        above = text[max(0, table.start - _ABOVE) : table.start].strip().rsplit("\n", 1)[-1]
        sheet = _sheet(table, lines, f"{pieces[0].heading}\n{pieces[0].about}\n{above}")
        if sheet:
            yield sheet


def _line(row: Row, pieces: Sequence[Hit], begins: Sequence[int], folded: str) -> Line:
    at = bisect_right(begins, row.start) - 1
    cells = cells_of(folded[row.start : row.end])
    if len(cells) != len(row.cells):  # a total whose label spans columns
        cells = tuple(fold(cell).strip() for cell in row.cells)
    return Line(cells, row.cells, pieces[at], row.start - begins[at], row.end - begins[at])


def _sheet(table: Table, lines: tuple[Line, ...], about: str) -> Sheet | None:
    rows = (line for line, row in zip(lines, table.rows, strict=True) if not row.is_total)
    body = tuple(replace(line, number=number) for number, line in enumerate(rows))
    total = next((line for line, row in zip(lines, table.rows, strict=True) if row.is_total), None)
    if not body:
        return None
    units = _units(table, body)
    columns = tuple(
        Column(
            at,
            _BRACKETS.sub("", fold(head)).strip(),
            head,
            tuple(line.cells[at] for line in body),
            about.rsplit("\n", 1)[-1],
            units,
        )
        for at, head in enumerate(table.heads)
    )
    label = _label(columns)
    return None if label is None else Sheet(columns, body, total, label, fold(about), lines[0].hit)


def _units(table: Table, body: Sequence[Line]) -> tuple[str, ...]:
    """What each row is counted in, where a column tells it (单位: 家, 万元)."""
    at = next((at for at, head in enumerate(table.heads) if _UNIT_HEAD.fullmatch(fold(head))), None)
    told = tuple(line.cells[at] for line in body) if at is not None else ()
    return told if all(_UNIT.fullmatch(one) for one in told) else ()


def _label(columns: Sequence[Column]) -> int | None:
    """The first column of words that differ from row to row, or the first of words at all."""
    words = [one for one in columns if one.is_words and any(one.cells)]
    told = [one for one in words if len(set(one.cells)) >= _DISTINCT * len(one.cells)]
    return next((one.at for one in (*told, *words)), None)
