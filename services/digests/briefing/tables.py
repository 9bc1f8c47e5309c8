"""Tables of a 简报: title above, unit at the right, header on every page, numbers to the right, lights in words."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from services.digests.briefing.layout import (
    BODY_FONT,
    BODY_WIDTH_MM,
    HEAD_FONT,
    SIZE_5,
    SIZE_SMALL_3,
    paragraph,
    run,
)
from services.digests.text.literal import literal

FILLS = {"green": "C6E0B4", "yellow": "FFE699", "orange": "F8CBAD", "red": "F4A6A6", "blue": "BDD7EE", "white": ""}
CELL_LINE_PT = 15
FIGURE_WIDTHS = (42, 22, 22, 24, 24, 16, 12, 20)
ALL_FIGURES_WIDTHS = (46, 24, 24, 46, 46, 16, 12, 18)


@dataclass(frozen=True)
class Cell:
    """Text, whether it is a number, and the colour of a light."""

    text: str
    number: bool = False
    light: str = ""


class _Look(NamedTuple):
    """All of a cell but its words."""

    width_mm: float
    font: str
    align: str
    light: str


@dataclass(frozen=True)
class Table:
    """A table: widths share those of the body in millimetres; a row of one cell is a group heading; a note below."""

    title: str
    unit_note: str
    head: Sequence[str]
    widths: Sequence[float]
    rows: Sequence[Sequence[Cell]]
    note: str = ""
    body_mm: float = BODY_WIDTH_MM


def without_empty(table: Table, blank: str) -> Table:
    """The table without the columns that hold nothing but ``blank``; the first column stays."""
    rows = [row for row in table.rows if len(row) > 1]
    kept = [at for at in range(len(table.head)) if at == 0 or any(row[at].text != blank for row in rows)]
    return replace(
        table,
        head=[table.head[at] for at in kept],
        widths=[table.widths[at] for at in kept],
        rows=[row if len(row) == 1 else [row[at] for at in kept] for row in table.rows],
    )


def add_table(document: Any, table: Table) -> None:
    """The table after the text so far."""
    from docx.shared import Mm, Pt

    paragraph(
        document, table.title, HEAD_FONT, SIZE_SMALL_3, align="center", indent=False
    ).paragraph_format.keep_with_next = True
    if table.unit_note:
        note = paragraph(document, table.unit_note, BODY_FONT, SIZE_5, align="right", indent=False)
        note.paragraph_format.keep_with_next = True
    made = document.add_table(rows=1 + len(table.rows), cols=len(table.head))
    made.style = document.styles["Table Grid"]
    made.autofit = False
    _narrow_padding(made)
    widths = [width * table.body_mm / sum(table.widths) for width in table.widths]
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
    grid = [list(row.cells) for row in made.rows]
    _repeat(made.rows[0])
    looks: dict[_Look, Any] = {}
    for cell, text, width in zip(grid[0], table.head, widths, strict=True):
        _fill(cell, text, _Look(width, HEAD_FONT, "center", ""), looks)
    for row, cells, values in zip(list(made.rows)[1:], grid[1:], table.rows, strict=True):
        _whole(row)
        if len(values) == 1:
            cells = [cells[0].merge(cells[-1])]
        for cell, value, width in zip(cells, values, widths, strict=False):
            align = "right" if value.number else "center" if value.light else "left"
            look = _Look(width, HEAD_FONT if len(values) == 1 else BODY_FONT, align, value.light)
            _fill(cell, value.text, look, looks)
    gap = paragraph(document, table.note, size=SIZE_5, align="left", indent=False)
    gap.paragraph_format.line_spacing = Pt(CELL_LINE_PT)


def _fill(cell: Any, text: str, look: _Look, looks: dict[_Look, Any]) -> None:
    """python-docx searches every place for every part of a cell: two thirds of a 简报's time. A look is made once."""
    if look not in looks:
        _dress(cell, look)
        looks[look] = deepcopy(cell._tc)
    made = deepcopy(looks[look])
    made.p_lst[0].r_lst[0].text = literal(text)
    cell._tc.getparent().replace(cell._tc, made)


def _dress(cell: Any, look: _Look) -> None:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.shared import Mm, Pt

    cell.width = Mm(look.width_mm)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    made = cell.paragraphs[0]
    made.alignment = getattr(WD_ALIGN_PARAGRAPH, look.align.upper())
    made.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    made.paragraph_format.line_spacing = Pt(CELL_LINE_PT)
    run(made, "", look.font, SIZE_5)
    if FILLS.get(look.light):
        _shade(cell, FILLS[look.light])


def _shade(cell: Any, colour: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    properties = cell._tc.get_or_add_tcPr()
    after = properties.find(qn("w:vAlign"))  # the schema wants shd before vAlign
    if after is None:
        properties.append(shade)
    else:
        after.addprevious(shade)


def _narrow_padding(table: Any) -> None:
    """One millimetre at the sides of every cell, in place of Word's 1.9."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "57")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    look.addprevious(margins)


def _repeat(row: Any) -> None:
    _mark(row, "w:tblHeader")
    _whole(row)


def _whole(row: Any) -> None:
    """A row stays on one page."""
    _mark(row, "w:cantSplit")


def _mark(row: Any, tag: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement(tag)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
