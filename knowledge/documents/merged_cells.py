"""Merged cells of web pages and Word files: their words are said in each row and column that they span."""

from __future__ import annotations

from typing import Any

_MOST = 20_000  # cells of one table that are filled


def fill_merged(soup: Any) -> None:
    """Give each cell of the tables in ``soup`` (of BeautifulSoup) its own place, and a merged one all of its places.

    A cell across a whole row (a table's title, a note) stays one cell.
    """
    for table in soup.find_all("table"):
        rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
        _fill(soup, rows, _places(rows))


def word_converter() -> Any:
    """Return markitdown's converter of Word files that fills merged cells; the library is loaded only for it."""
    from bs4 import BeautifulSoup
    from markitdown.converters import DocxConverter, HtmlConverter

    class Filling(HtmlConverter):  # type: ignore[misc, unused-ignore]
        def convert_string(self, html_content: str, **options: Any) -> Any:
            soup = BeautifulSoup(html_content, "html.parser")
            fill_merged(soup)
            return super().convert_string(str(soup), **options)

    make: Any = DocxConverter
    converter = make()
    converter._html_converter = Filling()
    return converter


def _places(rows: list[Any]) -> list[dict[int, Any]]:
    """Per row, which cell stands at each column."""
    placed: list[dict[int, Any]] = [{} for _ in rows]
    left = _MOST
    for number, row in enumerate(rows):
        column = 0
        for cell in row.find_all(["td", "th"], recursive=False):
            while column in placed[number]:
                column += 1
            wide, high = _span(cell, "colspan"), min(_span(cell, "rowspan"), len(rows) - number)
            left -= wide * high
            if left < 0:
                return []
            for below in range(high):
                placed[number + below] |= {column + step: cell for step in range(wide)}
    return placed


def _fill(soup: Any, rows: list[Any], placed: list[dict[int, Any]]) -> None:
    filled = [
        (row, [cells[at] for at in sorted(cells)] if len({id(one) for one in cells.values()}) > 1 else None)
        for row, cells in zip(rows, placed, strict=False)
    ]
    for row, cells in filled:
        if cells is None:
            continue
        copies = [_copy(soup, cell) for cell in cells]
        row.clear()
        for cell in copies:
            row.append(cell)


def _copy(soup: Any, cell: Any) -> Any:
    copied = soup.new_tag(cell.name)
    copied.string = " ".join(cell.get_text(" ", strip=True).split()).replace("|", "／")
    return copied


def _span(cell: Any, name: str) -> int:
    told = str(cell.get(name, "1"))
    return max(1, min(int(told), _MOST)) if told.isdigit() else 1
