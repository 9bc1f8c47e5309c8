"""The tables of a text: their column heads, also of two levels, and their rows with their places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

RULE = re.compile(r"[|\s:：\-]+")
MOST_COLUMNS = 24
_NARROW = 2
_IN_A_HEAD = re.compile(r"(?:19|20)\d{2}(?:[-—–]\d{2,4})?(?=学?年)|[(（][^()（）]*[)）]")
_FIGURE = re.compile(r"\d")
_TOTAL = re.compile(r"(?:合|总|共)\s*计|总\s*[数额]|合计\s*[(（].*")

Cells = tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """One row: a cell for each column, and where its line stands in the text."""

    cells: Cells
    start: int
    end: int

    @property
    def is_total(self) -> bool:
        """Whether it says what the rows above come to."""
        return any(_TOTAL.fullmatch(cell) for cell in self.cells[:3])


@dataclass(frozen=True)
class Table:
    """A table with column heads: ``rows`` are those below the heads, as wide as the heads are."""

    heads: Cells
    rows: tuple[Row, ...]
    start: int


def tables_of(text: str) -> list[Table]:
    """Return the tables of ``text`` that have column heads and a row below them, in reading order."""
    found, block = [], []
    for line in re.finditer(r"[^\n]*\n?", text):
        words = line[0].rstrip("\n")
        if "|" in words:
            block.append(Row(cells_of(words), line.start(), line.start() + len(words.rstrip())))
        elif words.strip() or not line[0]:
            found.append(_table(text, block))
            block = []
    return [one for one in found if one is not None]


def cells_of(line: str) -> Cells:
    """Return the cells of a table's line."""
    return tuple(cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|"))


def heads_of(rows: Sequence[Cells]) -> tuple[Cells, int]:
    """Return a table's column heads and how many of its first rows they are; none for a table without heads.

    The first row is one of heads when no cell of it is a figure: rows of labels and values (发文字号: | …) have none.
    Heads of two levels are said together (名额 教师): a head above several columns repeats itself or leaves them empty.
    """
    if not rows or len(rows[0]) < 2 or any(not _is_head(cell) for cell in rows[0]):
        return (), 0
    if len(rows) < 3 or not _is_second(rows[0], rows[1]):
        return rows[0], 1
    return tuple(_levels(rows[0], rows[1])), 2


def _table(text: str, block: Sequence[Row]) -> Table | None:
    rows = [row for row in block if not RULE.fullmatch(text[row.start : row.end])]
    heads, depth = heads_of([row.cells for row in rows])
    below = [one for row in rows[depth:] if (one := _fitted(row, len(heads)))]
    return Table(heads, tuple(below), block[0].start) if heads and below and len(heads) <= MOST_COLUMNS else None


def _fitted(row: Row, width: int) -> Row | None:
    """The row as wide as its heads; a total's label may span columns, its figures stand on the right."""
    if len(row.cells) < width and row.is_total:
        return Row((row.cells[0], *("",) * (width - len(row.cells)), *row.cells[1:]), row.start, row.end)
    is_note = width > _NARROW and not any(row.cells[1:])  # 注：…, or the heading of a part
    return row if len(row.cells) == width and not is_note else None


def _is_head(cell: str) -> bool:
    return not cell.endswith((":", "：")) and not _FIGURE.search(_IN_A_HEAD.sub("", cell))


def _is_second(upper: Cells, lower: Cells) -> bool:
    """Whether the second row parts heads of the first: 名额 | 名额 above 教师 | 学生, or 名额 | (empty)."""
    if len(upper) != len(lower) or not all(_is_head(cell) for cell in lower):
        return False
    parted = [at for at in range(1, len(upper)) if upper[at] in ("", upper[at - 1]) and lower[at] and lower[at - 1]]
    kept = [at for at in range(len(upper)) if upper[at] and lower[at] in ("", upper[at])]
    return bool(parted) and bool(kept) and len(kept) + 2 * len(parted) >= len(upper)


def _levels(upper: Cells, lower: Cells) -> list[str]:
    heads, over = [], ""
    for first, second in zip(upper, lower, strict=True):
        over = first or over
        heads.append(f"{over} {second}" if second and second != over else over)
    return heads
