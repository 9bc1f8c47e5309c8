"""Columns that a plain text sets with tabs, wide gaps or full-width bars become rows between bars, as all tables do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_GAP = re.compile(r"[ \u3000]{2,}|\u3000")
_WIDE, _PAIR, _THREE = "｜", 2, 3


def with_bars(text: str) -> str:
    """Return ``text`` with its columns between bars: lines in a row that have as many cells as each other.

    Two rows do for columns of tabs, three for columns set with gaps, which must be three as well: two words apart
    are a signature as easily.
    """
    lines = text.split("\n")
    done: list[str] = []
    for cells, block in _blocks(lines):
        done.extend(f"| {' | '.join(one)} |" for one in cells) if cells else done.extend(block)
    return "\n".join(done)


def _blocks(lines: list[str]) -> Iterator[tuple[list[list[str]], list[str]]]:
    """Runs of lines with the cells of each, or a line alone without cells."""
    at = 0
    while at < len(lines):
        for cells_of, rows, columns in ((_barred, _PAIR, _PAIR), (_tabbed, _PAIR, _PAIR), (_gapped, _THREE, _THREE)):
            run = _run(lines, at, cells_of)
            if len(run) >= rows and run and len(run[0]) >= columns and (len(run[0]) > _PAIR or len(run) > _PAIR):
                yield run, lines[at : at + len(run)]
                at += len(run)
                break
        else:
            yield [], lines[at : at + 1]
            at += 1


def _run(lines: list[str], at: int, cells_of: Callable[[str], list[str]]) -> list[list[str]]:
    found: list[list[str]] = []
    for line in lines[at:]:
        cells = cells_of(line)
        if not cells or (found and len(cells) != len(found[0])):
            break
        found.append(cells)
    return found


def _tabbed(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("\n\r").rstrip().split("\t")] if "\t" in line.strip() else []


def _barred(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip(_WIDE).split(_WIDE)] if _WIDE in line else []


def _gapped(line: str) -> list[str]:
    if "|" in line or "\t" in line:
        return []
    cells = _GAP.split(line.strip())
    return cells if len(cells) >= _THREE and all(cells) else []
