"""Cells of a target table as people fill them: 「≥75%」, 「2万人次以上」, 「2025年底」, 「教育局、人社局」."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from services.calendar.months import nth_day
from services.numbers.reading import read_numeral
from services.periods import Period

_FIGURE = re.compile(
    r"^(?P<op>≥|>=|≤|<=|=|不少于|不低于|至少|达到?|不超过|不高于|建成)?\s*"
    r"(?P<number>[\d.,]+[万千百亿]?|[一二两三四五六七八九十百千万]+)\s*"
    r"(?P<unit>[^\d以及\s]*?)(?P<after>以上|及以上|以内|以下)?$"
)
_AT_MOST = ("≤", "<=", "不超过", "不高于", "以内", "以下")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:T.*)?(?:\s\d.*)?(?:之?前)?$")
_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?(?:底|末)?(?:之?前)?$")
_YEAR = re.compile(r"(\d{4})年?(?:年?[底末]|年内|内)?(?:之?前)?$")
_QUARTER = re.compile(r"(\d{4})年?(?:第?([一二三四1-4])季度|Q([1-4]))(?:底|末|内)?(?:之?前)?$")


def read_figure(text: str) -> tuple[str, Decimal, str]:
    """Operator (`ge`, `le`, `eq` or empty), figure and unit; InvalidOperation when the cell holds no figure."""
    found = _FIGURE.match(text.replace("％", "%").replace("，", ",").strip())
    number = read_numeral(found["number"]) if found else None
    if not found or number is None:
        raise InvalidOperation(text)
    said = found["op"] or found["after"] or ""
    operator = "le" if said in _AT_MOST else "eq" if said == "=" else "ge" if said else ""
    return operator, number, found["unit"]


def read_due(text: str) -> date | None:
    """A day, or the last day of the month, quarter or year that is named; None for anything else."""
    plain = text.strip()
    if not plain or plain in ("null", "-", "—", "无"):
        return None
    try:
        if found := _DAY.match(plain):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _QUARTER.match(plain):
            quarter = int(found[3]) if found[3] else "一二三四1234".index(found[2]) % 4 + 1
            return Period(int(found[1]), quarter=quarter).last_day
        if found := _MONTH.match(plain):
            return nth_day(Period(int(found[1]), int(found[2])), 31)
        if found := _YEAR.match(plain):
            return date(int(found[1]), 12, 31)
    except ValueError:
        return None
    return None


def split_units(text: str) -> tuple[str, ...]:
    """The units that a cell lists."""
    return tuple(part for part in (piece.strip() for piece in re.split(r"[、,，;；/\n]", text)) if part)
