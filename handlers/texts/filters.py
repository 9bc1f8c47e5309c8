"""How values look in Chinese texts: dates, numbers, shortened quotes. What codes are called stands in `names.toml`."""

import re
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

MARKDOWN_HEAD = re.compile(r"^\s{0,3}#{1,6}\s+")
MARKDOWN_RULE = re.compile(r"\s*\|?(\s*:?-{3,}:?\s*\|)+\s*:?-*:?\s*\|?\s*|\s*-{3,}\s*")
BLANKS = re.compile(r"\n{3,}")
WEEKDAYS = "一二三四五六日"


def day(value: str | date) -> str:
    """2026-12-08 as 2026年12月8日."""
    when = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    return f"{when.year}年{when.month}月{when.day}日"


def short_day(value: str | date) -> str:
    """2026-12-08 as 12月8日（周二）."""
    when = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    return f"{when.month}月{when.day}日（周{WEEKDAYS[when.weekday()]}）"


def month_day(value: str | date) -> str:
    """2026-12-08 as 12月8日."""
    when = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    return f"{when.month}月{when.day}日"


def year_month(value: str) -> str:
    """2027-03-15 as 2027年3月."""
    when = date.fromisoformat(value[:10])
    return f"{when.year}年{when.month}月"


def moment(value: str, zone: str = "Asia/Shanghai") -> str:
    """An ISO instant as local 12月8日 17:30."""
    when = datetime.fromisoformat(value).astimezone(ZoneInfo(zone))
    return f"{when.month}月{when.day}日 {when:%H:%M}"


def clock(value: str, zone: str = "Asia/Shanghai") -> str:
    """The local time of day of an ISO instant: 14:30."""
    return f"{datetime.fromisoformat(value).astimezone(ZoneInfo(zone)):%H:%M}"


def local_day(value: str, zone: str = "Asia/Shanghai") -> str:
    """The local date of an ISO instant as 12月8日（周二）."""
    return short_day(datetime.fromisoformat(value).astimezone(ZoneInfo(zone)).date())


def number(value: Any) -> str:
    """Half-width digits with thousands separators, at most two decimals, no trailing zeros."""
    if value is None:
        return "—"
    amount = float(value)
    if amount == int(amount):
        return f"{int(amount):,}"
    return f"{amount:,.2f}".rstrip("0").rstrip(".")


def readable(value: str) -> str:
    """A stored passage without the marks of Markdown: headings, emphasis, table rules."""
    lines = [MARKDOWN_HEAD.sub("", line) for line in str(value).splitlines() if not MARKDOWN_RULE.fullmatch(line)]
    return BLANKS.sub("\n\n", "\n".join(lines).replace("**", "")).strip()


def shorten(value: str, length: int = 120) -> str:
    """At most `length` characters, with an ellipsis where something was left out."""
    text = " ".join(str(value).split())
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def quarter(value: str) -> str:
    """2026Q4 as 2026年第四季度."""
    year, _, number = value.partition("Q")
    return f"{year}年第{'一二三四'[int(number) - 1]}季度" if number else value


def dotted(value: str) -> str:
    """2026-12-08 as 2026.12.8, for narrow cells."""
    when = date.fromisoformat(value[:10])
    return f"{when.year}.{when.month}.{when.day}"


def dotted_month(value: str) -> str:
    """2026-12-08 as 2026.12, for narrow cells."""
    when = date.fromisoformat(value[:10])
    return f"{when.year}.{when.month}"


ALL = {
    one.__name__: one
    for one in (
        quarter,
        dotted,
        dotted_month,
        clock,
        local_day,
        month_day,
        day,
        year_month,
        short_day,
        moment,
        number,
        shorten,
        readable,
    )
}
