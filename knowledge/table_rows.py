"""A table's row read as a sentence: each cell behind its column's head (名额5个,补助金额每个100万元)."""

from __future__ import annotations

import re
from collections.abc import Iterator

_RULE = re.compile(r"[|\s:：\-]+")
_MOST = 12


def read_row(text: str, start: int, end: int) -> list[tuple[str, str]]:
    """Return (column head, cell) of the row ``text[start:end]``; empty when it is none or its table has no heads.

    The heads are the table's first row, when the row asked for is a later one of as many cells and no cell of the
    first holds a figure: rows of labels and values (发文字号: | …) have no heads.
    """
    if "|" not in text[start:end]:
        return []
    rows = [_cells(line) for line in _table(text, start) if not _RULE.fullmatch(line)]
    row = _cells(text[start:end])
    heads = rows[0] if rows else []
    if len(row) < 2 or len(row) != len(heads) or row == heads or len(row) > _MOST:
        return []
    if any(re.search(r"\d", head) or head.endswith((":", "：")) for head in heads):
        return []
    return [(head, cell) for head, cell in zip(heads, row, strict=True) if cell]


def is_head_row(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is a table's row of column heads, or the rule under it."""
    line = text[start:end]
    if _RULE.fullmatch(line):
        return "|" in line
    below = text[end:].lstrip("\n").split("\n", 1)[0]
    return line.lstrip().startswith("|") and "-" in below and bool(_RULE.fullmatch(below))


def _table(text: str, start: int) -> Iterator[str]:
    """The lines of the table that the row stands in, down to the row."""
    lines = text[:start].split("\n")
    first = len(lines)
    while first and "|" in (lines[first - 1] or ("|" if first == len(lines) else "")):
        first -= 1
    yield from (line for line in lines[first:] if line.strip())


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]
