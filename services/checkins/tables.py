"""Pasted tables, turned into lines that read like sentences: one label, one figure, this month's column."""

import re

_MONTH = re.compile(r"本月|本期|当月|数值|填报|数量|期末|人数$|数据|实际|\d{1,2}月(?:份)?(?:数)?$")
_YEAR = re.compile(r"累计|全年|年初至今")
_LAST = re.compile(r"上月|上期|上个月|去年|同期|环比|同比|目标|计划|增减|备注|说明|序号|编号")
_UNIT = re.compile(r"单位|计量")
_LABEL = re.compile(r"指标|项目|名称|内容|字段|类别|填报项")
_FIGURE = re.compile(
    r"^[约~+-]?[\d.,， ]+(?:[万w%亿]|[一-龥]{1,3})?$|^[-—–－/0零无]$|^[一二三四五六七八九十百千万两零〇]+$"
)
_NIL = {"-", "--", "—", "——", "–", "－"}


def unroll(text: str) -> str:
    """The folded text with every pasted table written out as lines ``label：figure unit``; other lines untouched."""
    lines, out, block = text.split("\n"), [], []
    for line in [*lines, ""]:
        cells = _cells(line)
        if cells:
            block.append(cells)
            continue
        out += _block(block)
        block = []
        out.append(line)
    return "\n".join(out[:-1])


def _cells(line: str) -> list[str] | None:
    line = line.strip("\r\n")
    if "\t" in line:
        return [cell.strip() for cell in line.split("\t")]
    if line.count("|") >= 2 or (line.count("|") == 1 and not re.search(r"[,;。]", line)):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        return None if all(set(cell) <= set("-: ") and cell for cell in cells) and False else cells
    columns = re.split(r" {2,}| (?=(?:本月|上月|累计|单位|本期|备注))", line.strip())
    if len(columns) >= 2 and all(_HEAD.match(cell) for cell in columns):
        return columns
    wide = re.split(r" {2,}", line.strip())
    return wide if len(wide) >= 3 and any(_FIGURE.match(cell) for cell in wide[1:]) else None


_HEAD = re.compile(r"(?:指标|项目|名称|单位|本月|上月|累计|本期|上期|备注|数值|序号)(?:名称|数|值|累计|数据)?$")


def _block(rows: list[list[str]]) -> list[str]:
    rows = [row for row in rows if not all(cell and set(cell) <= set("-:") and len(cell) > 1 for cell in row)]
    if not rows:
        return []
    if len(rows) >= 2 and not any(_FIGURE.match(c) for c in rows[0] if c) and _mostly_figures(rows[1]):
        return _across(rows)
    return _down(rows)


def _mostly_figures(row: list[str]) -> bool:
    filled = [cell for cell in row if cell]
    return (
        len(filled) >= 2
        and sum(bool(_FIGURE.match(cell)) for cell in filled) > len(filled) / 2
        and bool(_FIGURE.match(filled[0]))
    )


def _across(rows: list[list[str]]) -> list[str]:
    """Labels in the first row, figures in the second."""
    return [_line(label, cell, "") for label, cell in zip(rows[0], rows[1], strict=False) if label and cell]


def _down(rows: list[list[str]]) -> list[str]:
    """A label in each row; the header, if there is one, tells the columns."""
    header = rows[0] if not any(_FIGURE.match(cell) and not _MONTH.search(cell) for cell in rows[0][1:]) else None
    body = rows[1:] if header else rows
    width = max(len(row) for row in rows)
    columns = header or [""] * width
    label_at = next((n for n, cell in enumerate(columns) if _LABEL.search(cell)), None)
    unit_at = next((n for n, cell in enumerate(columns) if _UNIT.search(cell)), None)
    month_at = next(
        (
            n
            for n, cell in enumerate(columns)
            if n != label_at and _MONTH.search(cell) and not _LAST.search(cell) and not _YEAR.search(cell)
        ),
        None,
    )
    year_at = next((n for n, cell in enumerate(columns) if _YEAR.search(cell)), None)
    skipped = {n for n, cell in enumerate(columns) if _LAST.search(cell)}
    out = []
    for row in body:
        label_n = (
            label_at
            if label_at is not None
            else next(
                (n for n, c in enumerate(row) if c and not _FIGURE.match(c) and not re.fullmatch(r"\d+[.、]?", c)), None
            )
        )
        if label_n is None or label_n >= len(row) or not row[label_n]:
            out.append(" ".join(row))
            continue
        unit = row[unit_at] if unit_at is not None and unit_at < len(row) else ""
        at, prefix = (month_at, "") if month_at is not None else (year_at, "累计")
        if at is None:
            at, prefix = (
                next((n for n in range(label_n + 1, len(row)) if n not in skipped and n != unit_at and row[n]), None),
                "",
            )
        cell = row[at] if at is not None and at < len(row) else ""
        if cell:
            out.append(_line(row[label_n], cell, unit, prefix))
    return out


def _line(label: str, cell: str, unit: str, prefix: str = "") -> str:
    figure = "0" if cell in _NIL else cell
    tail = unit if unit and re.fullmatch(r"[~约+-]?[\d.,， ]+", figure) else ""
    return f"{label}:{prefix}{figure}{tail}"
