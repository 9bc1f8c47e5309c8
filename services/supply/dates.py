"""When people say that somebody is wanted or available: 明年6月, 年后, 下个月, 马上, 2027年3月15日."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from services.numbers import read_numeral

_DIGITS = "零〇一二三四五六七八九十两0-9"
_MONTH = re.compile(
    rf"(?:(?P<year>20\d\d)年?[-./年]?|(?P<word>今年|明年|后年|来年|次年|当年)(?:的)?)?"
    rf"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?:份)?"
    rf"(?:(?P<day>[{_DIGITS}]{{1,3}})[日号]|(?P<part>上旬|中旬|下旬|初|中|底|末))?"
)
_TO_MONTH = re.compile(rf"(?:到|至|-|~|—){_MONTH.pattern}")
_NUMBERED = re.compile(r"(?P<year>20\d\d)[-./](?P<month>0?[1-9]|1[0-2])(?:[-./](?P<day>\d{1,2}))?(?!\d)")
_NOW = re.compile(r"马上|尽快|立即|即日|随时|立刻|现在就|越快越好|急招|急缺")
_NEXT = re.compile(r"(?P<far>下下)?下?个?月(?P<part>初|中|底)?(?=到岗|上岗|报到|入职|来|前|内|起|$)")
_THIS = re.compile(r"(?:本|这个|当)?月(?P<part>底|末|内)")
_SOON = re.compile(r"(?P<n>\d{1,2}|[一二两三四五六七八九十半]{1,3})个?(?P<u>天|周|星期|月)(?:之?内|以内|后)")
_VAGUE = re.compile(
    r"(?:春节|清明|端午|中秋|过年|节)(?:节|假期?)?(?:之?前|之?后|以前|以后)|(?:过完?|春节|过了)?年后|节后|开年|年前|年底|年初|开春|暑假|寒假|下学期|毕业季|秋招|春招|明年(?!\d|[一二三四五六七八九十])"
)
_FEAST = re.compile(r"(?P<feast>元旦|五一|劳动节|国庆|十一(?!月))(?:节|假期?)?(?:之|以)?(?:(?P<before>前)|后)")
_FEASTS = {"元旦": 1, "五一": 5, "劳动节": 5, "国庆": 10, "十一": 10}  # the month whose first day it is
_YEARS = {"今年": 0, "当年": 0, "明年": 1, "来年": 1, "次年": 1, "后年": 2}


@dataclass(frozen=True)
class Window:
    """First and last day. `vague`: the words, where no month is in them and it has to be asked."""

    first: date | None = None
    last: date | None = None
    vague: str = ""
    start: int = 0
    end: int = 0


def find_window(text: str, today: date) -> Window | None:
    """The first time that a folded text speaks of, or None. A bare month is the next one of that name."""
    found = _NUMBERED.search(text) or _MONTH.search(text)
    if found:
        return _until(_month_window(found, today), text, today)
    feast = _FEAST.search(text)
    if feast:
        return _about_feast(feast, today)
    vague = _VAGUE.search(text)
    if vague:
        return Window(vague=vague[0], start=vague.start(), end=vague.end())
    now = _NOW.search(text)
    if now:
        return Window(today, month_end(shifted(today, 1)), start=now.start(), end=now.end())
    coming = _NEXT.search(text)
    if coming and coming[0].startswith("下"):
        first = shifted(today.replace(day=1), 2 if coming["far"] else 1)
        return Window(first, month_end(first), start=coming.start(), end=coming.end())
    return _near_window(text, today)


def month_choices(words: str, today: date) -> tuple[date, ...]:
    """First days of the months that vague words may mean, nearest first."""
    year = today.year if today.month <= 2 else today.year + 1
    if re.search(r"年前|年底|(?:春|过年|节|秋|清明|端午).{0,2}前", words):
        return tuple(shifted(today.replace(day=1), n) for n in range(1, 4))
    if "暑" in words or "毕业季" in words:
        summer = today.year if today.month <= 6 else today.year + 1
        return tuple(date(summer, month, 1) for month in (6, 7, 8))
    if "秋" in words or ("下学期" in words and 3 <= today.month <= 8):
        return tuple(date(today.year if today.month < 9 else today.year + 1, month, 1) for month in (9, 10, 11))
    return tuple(date(year, month, 1) for month in (2, 3, 4))


def shifted(day: date, months: int) -> date:
    """The same day some months on, or the last day of that month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def month_end(day: date) -> date:
    """The last day of that month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _until(window: Window | None, text: str, today: date) -> Window | None:
    """3月到8月: the window reaches to the end of the second month."""
    if window is None or window.first is None:
        return window
    second = _TO_MONTH.match(text, window.end)
    last = _month_window(second, today) if second else None
    if last is None or last.last is None:
        return window
    end = last.last if last.last >= window.first else shifted(last.last, 12)
    return Window(window.first, end, start=window.start, end=last.end)


def _about_feast(found: re.Match[str], today: date) -> Window:
    """元旦前: from today to the day before; 国庆后: from the feast, or today in its month, to the end of its month."""
    feast = date(today.year, _FEASTS[found["feast"]], 1)
    if today >= feast if found["before"] else today > month_end(feast):
        feast = feast.replace(year=today.year + 1)
    days = (today, feast - timedelta(days=1)) if found["before"] else (max(today, feast), month_end(feast))
    return Window(*days, start=found.start(), end=found.end())


def _near_window(text: str, today: date) -> Window | None:
    """月底, 两周内: from today to that day, since somebody wanted by then may also come sooner."""
    this = _THIS.search(text)
    if this:
        return Window(today, month_end(today), start=this.start(), end=this.end())
    soon = _SOON.search(text)
    if soon is None:
        return None
    number = Decimal("0.5") if soon["n"] == "半" else read_numeral(soon["n"])
    days = None if number is None else int(number * {"天": 1, "周": 7, "星期": 7, "月": 30}[soon["u"]])
    return Window(today, today + timedelta(days=days), start=soon.start(), end=soon.end()) if days else None


def _month_window(found: re.Match[str], today: date) -> Window | None:
    given = found.groupdict()
    month = int(read_numeral(given["month"]) or 0)
    if not 1 <= month <= 12:
        return None
    if given["year"]:
        year = int(given["year"])
    elif given.get("word"):
        year = today.year + _YEARS[given["word"]]
    else:
        year = today.year if month >= today.month else today.year + 1
    first = date(year, month, 1)
    last = month_end(first)
    day = read_numeral(given["day"]) if given.get("day") else None
    if day is not None and 1 <= day <= last.day:
        first = last = date(year, month, int(day))
    elif given.get("part") in ("中旬", "中"):
        first = first.replace(day=11)
    elif given.get("part") in ("下旬", "底", "末"):
        first = first.replace(day=21)
    return Window(first, last, start=found.start(), end=found.end())
