"""A table's row read as a sentence: each cell behind its column's head (名额5个,补助金额每个100万元)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from knowledge.documents.tables import RULE, cells_of, heads_of

_MOST = 12
_UNIT = re.compile(r"[(（](?:单位[:：])?([\u4e00-\u9fff%％]{1,3})(?:/[^()（）]*)?[)）]")
_UNIT_ABOVE = re.compile(r"单位[:：]\s*([\u4e00-\u9fff]{1,3})")
_SUM = re.compile(r"投资|补[助贴]|金额|经费|资金|费|价|额|预算|支出|收入|产值|拨款|投入|自筹|结余|决算|款")
_SIGNS = {
    "人数": "人",
    "名额": "个",
    "指标": "个",
    "人次": "人次",
    "课时": "课时",
    "学时": "学时",
    "数量": "个",
    "份数": "份",
    "户数": "户",
    "家数": "家",
    "台数": "台",
    "套数": "套",
    "件数": "件",
}
_COUNTS = re.compile("|".join(_SIGNS))
_BARE_FIGURE = re.compile(r"\d[\d,.]*")


def read_row(text: str, start: int, end: int, above: str = "") -> list[tuple[str, str]]:
    """Return (column head, cell) of the row ``text[start:end]``; empty when it is none or its table has no heads.

    Args:
        text: What the row stands in.
        start: Where it begins.
        end: Where it ends.
        above: The first lines of its table, where ``text`` begins below them.
    """
    if "|" not in text[start:end]:
        return []
    lines = [*above.split("\n"), *_table(text, start)] if above and _goes_on(text, start) else [*_table(text, start)]
    rows = [cells_of(line) for line in lines if line.strip() and not RULE.fullmatch(line)]
    row = cells_of(text[start:end])
    heads, depth = heads_of([*rows, row])
    if len(row) < 2 or len(row) != len(heads) or len(rows) < depth or len(row) > _MOST:
        return []
    return [(head, cell) for head, cell in zip(heads, row, strict=True) if cell]


def told_row(text: str, start: int, end: int, above: str = "") -> str:
    """Return the words ``text[start:end]``; a table's row with its column heads, as a bare row says nothing."""
    return told_cells(read_row(text, start, end, above)) or text[start:end]


def told_cells(cells: Iterable[tuple[str, str]]) -> str:
    """Return a row's cells, each behind its head; empty ones say nothing."""
    return "；".join(f"{head}：{cell}" for head, cell in cells if cell)


def row_words(cells: list[tuple[str, str]], above: str = "") -> str:
    """The cells of a row behind their heads; a bare figure has the unit of its head or of the row's label (元/天)."""
    stated = _UNIT_ABOVE.search(above)
    label = (_UNIT.search(cells[0][1]) if cells else None) or stated
    words = []
    for head, cell in cells:
        unit = (_UNIT.search(head) or label) if _BARE_FIGURE.fullmatch(cell) else None
        counted = _COUNTS.search(head) if _BARE_FIGURE.fullmatch(cell) else None
        cell += _SIGNS[counted[0]] if counted else ""
        words.append(head + cell + (unit[1] if unit and (unit is not stated or _SUM.search(head)) else ""))
    return ",".join(words)


def is_head_row(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is one of a table's rows of column heads, or the rule under it."""
    line = text[start:end]
    if RULE.fullmatch(line):
        return "|" in line
    if not line.lstrip().startswith("|"):
        return False
    rest = [one for one in text[end:].split("\n")[:5] if one.strip()]
    if rest and "-" in rest[0] and RULE.fullmatch(rest[0]):
        return True
    rows = [cells_of(one) for one in (*_table(text, start), line, *rest) if "|" in one and not RULE.fullmatch(one)]
    at = sum(bool(one.strip()) and not RULE.fullmatch(one) for one in _table(text, start))
    return at == 1 and heads_of(rows)[1] > at


def _goes_on(text: str, start: int) -> bool:
    """Whether the table of the row at ``start`` begins before ``text`` does."""
    return all("|" in line for line in text[:start].split("\n") if line.strip())


def _table(text: str, start: int) -> Iterator[str]:
    """The lines of the table above the row at ``start``."""
    lines = text[:start].split("\n")
    first = len(lines)
    while first and "|" in (lines[first - 1] or ("|" if first == len(lines) else "")):
        first -= 1
    yield from (line for line in lines[first:] if line.strip())
