"""Pasted tables, turned into lines that read like sentences: one label, one figure, this month's column."""

import re
from dataclasses import dataclass

_COLUMNS = {
    "last": re.compile(r"上月|上期|上个月|去年|同期|环比|同比|目标|计划|增减|备注|说明|序号|编号|^no\.?$"),
    "year": re.compile(r"累计|全年|年初至今"),
    "label": re.compile(r"指标|项目|名称|内容|字段|类别|填报项"),
    "unit": re.compile(r"单位|计量"),
    "month": re.compile(r"本月|本期|当月|数值|填报|数量|期末|^人数$|数据|实际|\d{1,2}月(?:份)?(?:数)?$"),
}
_HEADER = re.compile(r"(?:指标|项目|名称|单位|本月|上月|累计|本期|上期|备注|数值|序号)(?:名称|数|值|累计|数据)?$")
_FIGURE = re.compile(r"[约~+-]?[\d.,， ]+(?:[万w%亿]|[一-龥]{1,3})?|[-—–－/0零无]|[一二三四五六七八九十百千万两零〇]+")
_MONTH_NAME = re.compile(r"(\d{1,2})月")
_BARE = re.compile(r"[~约+-]?[\d.,， ]+")
_NUMBER = re.compile(r"\d+[.、]?")
_LABELLED = re.compile(r"[^\d\s]{2,}[:= ]?[\d一二三四五六七八九十]")
_RULE = re.compile(r"[-: ]*")
_NIL = {"-", "--", "—", "——", "–", "－"}

Row = list[str]


def unroll(text: str, month: int | None = None) -> str:
    """The folded text with every pasted table written out as lines ``label:figure unit``; other lines untouched.

    Tables come with tabs, with bars, or aligned by spaces; upright (a label per row, one column of several is this
    month's, by its name or by ``month``) or lying (labels in the first row). A dash is a zero; an empty cell says
    nothing.
    """
    out: list[str] = []
    rows: list[Row] = []
    columns = 0  # of a table with commas, which only its header tells from a sentence
    for line in [*text.split("\n"), ""]:
        pieces = line.split(",")
        columns = len(pieces) if _is_header(pieces) else columns if len(pieces) > 1 else 0
        cells = [piece.strip() for piece in pieces] if columns == len(pieces) else _cells(line)
        if cells is None:
            out += [*_written_out(rows, month), line]
            rows = []
        else:
            rows.append(cells)
    return "\n".join(out[:-1])


def _is_header(pieces: list[str]) -> bool:
    """指标,上月,本月: the first column holds the labels, and each of the others has a name."""
    named = [cell.strip() for cell in pieces]
    first = bool(_COLUMNS["label"].fullmatch(named[0]))
    return first and len(named) >= 2 and all(_HEADER.fullmatch(cell) or _MONTH_NAME.match(cell) for cell in named)


def _cells(line: str) -> Row | None:
    """The cells of a row, or None for a line of prose, also one whose pieces each hold a label and its figure."""
    if "\t" in line:
        cells = line.split("\t")
    elif "|" in line:
        cells = line.strip().strip("|").split("|")
    else:
        cells = re.split(r" {2,}", line.strip())
        headed = re.split(r" +", line.strip())
        if len(headed) >= 2 and all(_HEADER.match(cell) for cell in headed):
            cells = headed
        elif not (len(cells) >= 2 and any(_FIGURE.fullmatch(cell) for cell in cells[1:])):
            return None
    cells = [cell.strip() for cell in cells]
    if len(cells) < 2 or sum(bool(_LABELLED.match(cell) and not _FIGURE.fullmatch(cell)) for cell in cells) >= 2:
        return None
    return cells


def _written_out(rows: list[Row], month: int | None) -> list[str]:
    rows = [row for row in rows if not all(_RULE.fullmatch(cell) and len(cell) > 1 for cell in row)]
    if len(rows) >= 2 and sum(map(bool, rows[0])) == 1:
        return ["".join(rows[0]), *_written_out(rows[1:], month)]  # a title over the table
    if not rows:
        return []
    if len(rows) >= 2 and not _named_columns(rows[0]) and not _has_figure(rows[0]) and _only_figures(rows[1]):
        return [_line(label, cell) for label, cell in zip(rows[0], rows[1], strict=False) if label and cell]
    if len(rows) >= 2 and _lies_beside_a_name(rows):
        return [_line(label, cell) for label, cell in zip(rows[0][1:], rows[1][1:], strict=False) if label and cell]
    return _upright(rows, month)


def _lies_beside_a_name(rows: list[Row]) -> bool:
    """单位, 在校生, 实习 over XX学院, 5233, 741: the first column says whose figures they are."""
    head, body = rows[0][1:], rows[1]
    roles = any(pattern.search(cell) for cell in head for pattern in _COLUMNS.values())
    return not roles and not _has_figure(head) and not _FIGURE.fullmatch(body[0]) and _only_figures(body[1:])


def _named_columns(row: Row) -> bool:
    return any(pattern.search(cell) for cell in row for name, pattern in _COLUMNS.items() if name in ("label", "month"))


def _has_figure(row: Row) -> bool:
    return any(_FIGURE.fullmatch(cell) for cell in row if cell)


def _only_figures(row: Row) -> bool:
    filled = [cell for cell in row if cell]
    return len(filled) >= 2 and all(_FIGURE.fullmatch(cell) for cell in filled)


@dataclass(frozen=True)
class _Layout:
    label: int | None
    unit: int | None
    month: int | None
    year: int | None
    skipped: frozenset[int]


def _layout(header: Row, month: int | None) -> _Layout:
    """What each column is; the first fitting role in the order of `_COLUMNS` counts."""
    roles = [_role(cell, month) for cell in header]

    def first(name: str) -> int | None:
        return roles.index(name) if name in roles else None

    skipped = frozenset(n for n, role in enumerate(roles) if role in ("last", "unit"))
    return _Layout(first("label"), first("unit"), first("month"), first("year"), skipped)


def _role(cell: str, month: int | None) -> str:
    named = _MONTH_NAME.search(cell)
    if named and month is not None and not _COLUMNS["year"].search(cell):
        return "month" if int(named[1]) == month else "last"
    return next((name for name, pattern in _COLUMNS.items() if pattern.search(cell)), "")


def _upright(rows: list[Row], month: int | None) -> list[str]:
    """A label in each row; the header, if there is one, tells the columns."""
    if all(len(row) >= 4 for row in rows) and all(_pairs(row) for row in rows):
        return [line for row in rows for line in _pairs(row)]
    headed = not any(_FIGURE.fullmatch(cell) and not _MONTH_NAME.match(cell) for cell in rows[0][1:] if cell)
    layout = _layout(rows[0] if headed else [], month)
    return [line for row in rows[1 if headed else 0 :] if (line := _upright_line(row, layout))]


def _pairs(row: Row) -> list[str]:
    """在校生, 5234, 合作企业, 90: labels and figures side by side, perhaps after a title."""
    cells = row[len(row) % 2 :]
    if len(cells) < 4 or not all(_FIGURE.fullmatch(cell) for cell in cells[1::2]):
        return []
    labels = cells[::2]
    return [] if any(_FIGURE.fullmatch(cell) or not cell for cell in labels) else list(map(_line, labels, cells[1::2]))


def _upright_line(row: Row, layout: _Layout) -> str:
    label = layout.label
    if label is None:
        label = next((n for n, cell in enumerate(row) if cell and not _FIGURE.fullmatch(cell)), None)
    if label is None or label >= len(row) or not row[label] or _NUMBER.fullmatch(row[label]):
        return " ".join(row)
    at, prefix = layout.month, ""
    if at is None and layout.year is not None:
        at, prefix = layout.year, "累计"
    if at is None:
        at = next((n for n in range(label + 1, len(row)) if n not in layout.skipped and row[n]), len(row))
    cell = row[at] if at < len(row) else ""
    unit = row[layout.unit] if layout.unit is not None and layout.unit < len(row) else ""
    return _line(row[label], cell, unit, prefix) if cell else ""


def _line(label: str, cell: str, unit: str = "", prefix: str = "") -> str:
    figure = "0" if cell in _NIL else cell
    return f"{label}:{prefix}{figure}{unit if unit and _BARE.fullmatch(figure) else ''}"
