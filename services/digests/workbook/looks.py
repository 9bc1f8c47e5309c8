"""The looks of the 台账's cells."""

from collections.abc import Callable
from copy import copy
from typing import Any


class Looks:
    """The looks of a sheet, each put together once: openpyxl finds a style by all its parts, cell by cell, and took
    two thirds of the time of a ledger for it.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[Callable[..., None], bool], Any] = {}

    def give(self, cell: Any, dress: Callable[[Any, bool], None], how: bool) -> None:
        """Dress the cell that way."""
        if (dress, how) not in self._known:
            dress(cell, how)
            self._known[dress, how] = cell._style
        cell._style = copy(self._known[dress, how])


def dress_head(cell: Any, bold: bool) -> None:
    """A cell of the head: labels bold, units not."""
    from openpyxl.styles import Alignment, Font, PatternFill

    cell.font = Font(bold=bold)
    cell.fill = PatternFill("solid", fgColor="E7ECF4")
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    cell.border = _frame()


def dress_total(cell: Any, bold: bool) -> None:
    """A cell of the totals row."""
    from openpyxl.styles import Font, PatternFill

    cell.font, cell.fill, cell.border = Font(bold=bold), PatternFill("solid", fgColor="F4F6FA"), _frame()


def dress_body(cell: Any, in_middle: bool) -> None:
    """Figures beside several lines of text stand at the top too; dates and lights in the middle."""
    from openpyxl.styles import Alignment

    cell.alignment = Alignment(vertical="top", horizontal="center" if in_middle else None, wrap_text=True)
    cell.border = _frame()


def _frame() -> Any:
    from openpyxl.styles import Border, Side

    thin = Side(style="thin", color="BFC7D5")
    return Border(left=thin, right=thin, top=thin, bottom=thin)
