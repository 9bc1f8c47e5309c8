"""The wordings of a time limit, each with how it becomes a date."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from services.calendar.months import months_later, nth_day
from services.calendar.workdays import Workdays
from services.meetings.wording import NUMBER, day_or_none, small_number
from services.periods import Period


class DueDoubt(StrEnum):
    """What to ask about a deadline."""

    VAGUE = "due_vague"
    EVENT = "due_event"
    IN_PAST = "due_in_past"
    NOT_WORKED = "due_not_worked"
    YEAR_ASSUMED = "due_year_assumed"
    BEFORE_PERIOD = "due_before_period"
    SEVERAL = "due_several"
    RECURRING = "due_recurring"
    NO_SUCH_DAY = "due_no_such_day"


@dataclass(frozen=True)
class Moment:
    """When and among what something was said."""

    said_on: date
    workdays: Workdays
    next_meeting_on: date | None = None


Read = Callable[[re.Match[str], Moment], "tuple[date | None, tuple[DueDoubt, ...]]"]

_YEAR = r"(?:(?P<year>\d{4})年|(?P<near>今年|本年度?|当年|明年|来年|后年))?的?"
BEFORE = r"(?:之前|以前|前|止|内|以内)"
_PART = r"(?P<part>底|末|月底|上旬|中旬|下旬|初|内)?"
_QUARTER = r"(?:第?(?P<quarter>[一二三四1-4])|(?P<this>本|这个?|该)|(?P<next>下个?))季度"
_MEETING = (
    r"(?:下一?次|下一?个?季度|下季|下回|下一?届)的?(?:全体)?(?:产教融合|产教联合体|产教)?(?:联席)?"
    r"(?:会议|理事会|调度会|例会|联席会|季度会|会)(?:议)?(?:召开)?"
)
_EVENT = (
    r"(?:春节|清明节?|端午节?|中秋节?|放假|寒假|暑假|开学|学期末|学期结束|期末|招生|毕业季|年中|过年|(?<![\d一二两三四五六七八九十几多])年)"
    r"(?:开始|结束)?(?:之前|以前|前)"
)
VAGUE = r"尽快|尽早|抓紧|立即|马上|即日起|近期|近日|适时|早日|及时|限期|长期(?:坚持)?|持续|常态化|随时"
_DAYS_OFF = {"元旦": (1, 1), "五一": (5, 1), "劳动节": (5, 1), "国庆": (10, 1), "国庆节": (10, 1), "十一": (10, 1)}
_NEAR_YEARS = {"明年": 1, "来年": 1, "后年": 2}


def _year(match: re.Match[str], moment: Moment) -> int | None:
    groups = match.groupdict()
    if groups.get("year"):
        return int(groups["year"])
    near = groups.get("near")
    return moment.said_on.year + _NEAR_YEARS.get(near, 0) if near else None


def _next_showing(day: Callable[[int], date | None], moment: Moment) -> tuple[date | None, tuple[DueDoubt, ...]]:
    """The date in the year that is meant when none is said: this one, unless it passed more than two months ago."""
    this_year = day(moment.said_on.year)
    if this_year is None or this_year >= moment.said_on - timedelta(days=60):
        return this_year, ()
    return day(moment.said_on.year + 1), (DueDoubt.YEAR_ASSUMED,)


def _in_year(
    match: re.Match[str], moment: Moment, day: Callable[[int], date | None]
) -> tuple[date | None, tuple[DueDoubt, ...]]:
    year = _year(match, moment)
    return (day(year), ()) if year else _next_showing(day, moment)


def _day_of_month(match: re.Match[str], moment: Moment) -> tuple[date | None, tuple[DueDoubt, ...]]:
    month, number = int(match["month"]), int(match["day"])
    return _in_year(match, moment, lambda year: day_or_none(year, month, number))


def _iso_day(match: re.Match[str], moment: Moment) -> tuple[date | None, tuple[DueDoubt, ...]]:
    del moment
    return day_or_none(int(match["year"]), int(match["month"]), int(match["day"])), ()


def _day_alone(match: re.Match[str], moment: Moment) -> tuple[date | None, tuple[DueDoubt, ...]]:
    month = Period.month_of(moment.said_on).shift(1 if match["next"] else 0)
    day = day_or_none(month.year, month.first_day.month, int(match["day"]))
    if day and day < moment.said_on and not match["this"]:
        month = month.next
        day = day_or_none(month.year, month.first_day.month, int(match["day"]))
    return day, ()


_PARTS = {"上旬": 10, "初": 10, "中旬": 20}


def _part_of(month: Period, part: str | None) -> date:
    return nth_day(month, _PARTS.get(part or "", 31))


def _month(match: re.Match[str], moment: Moment) -> tuple[date | None, tuple[DueDoubt, ...]]:
    number, part = small_number(match["month"]), match["part"]
    if not number or number > 12:
        return None, (DueDoubt.VAGUE,)
    if part is None and re.search(r"前$", match[0]):
        due_on, doubts = _in_year(match, moment, lambda year: Period(year, number).previous.last_day)
        return due_on, (*doubts, DueDoubt.BEFORE_PERIOD)
    return _in_year(match, moment, lambda year: _part_of(Period(year, number), part))


def _near_month(match: re.Match[str], moment: Moment) -> tuple[date | None, tuple[DueDoubt, ...]]:
    month = Period.month_of(moment.said_on).shift(1 if match["next"] else 0)
    return _part_of(month, match["part"]), ()


def _year_end(match: re.Match[str], moment: Moment) -> tuple[date | None, tuple[DueDoubt, ...]]:
    year = _year(match, moment) or moment.said_on.year
    if match["half"]:
        return date(year, 6, 30), ()
    return date(year, 12, 31), ()


def _before_year(match: re.Match[str], moment: Moment) -> tuple[date | None, tuple[DueDoubt, ...]]:
    year = _year(match, moment) or moment.said_on.year
    return date(year - 1, 12, 31), (DueDoubt.BEFORE_PERIOD,)


def _quarter_end(match: re.Match[str], moment: Moment) -> tuple[date | None, tuple[DueDoubt, ...]]:
    if not match["quarter"]:
        here = Period.month_of(moment.said_on).quarter_of.shift(1 if match["next"] else 0)
        return here.last_day, ()
    number = small_number(match["quarter"]) or 1
    if match["part"] is None and match[0].endswith("前"):
        due_on, doubts = _in_year(match, moment, lambda year: Period(year, quarter=number).previous.last_day)
        return due_on, (*doubts, DueDoubt.BEFORE_PERIOD)
    return _in_year(match, moment, lambda year: Period(year, quarter=number).last_day)


def _weekday(match: re.Match[str], moment: Moment) -> tuple[date | None, tuple[DueDoubt, ...]]:
    said = match["weekday"]
    if said is None and not match["week"]:
        return None, (DueDoubt.VAGUE,)
    index = 4 if said is None else {"末": 4, "天": 6}.get(said, "一二三四五六日".find(said))
    weeks = {"下": 1, "下个": 1, "下下": 2, "下下个": 2}.get(match["week"] or "", 0)
    monday = moment.said_on - timedelta(days=moment.said_on.weekday())
    day = monday + timedelta(days=index, weeks=weeks)
    if not match["week"] and day < moment.said_on:
        day += timedelta(weeks=1)
    return day, ()


def _near_day(match: re.Match[str], moment: Moment) -> tuple[date | None, tuple[DueDoubt, ...]]:
    days = {"今天": 0, "今日": 0, "当天": 0, "当日": 0, "明天": 1, "明日": 1, "后天": 2, "大后天": 3}[match["near"]]
    return moment.said_on + timedelta(days=days), ()


def add_duration(start: date, amount: str, unit: str, workdays: Workdays) -> date | None:
    """The day that long after `start`: 两周, 10个工作日, 半年; None for an amount that is no number (几天)."""
    if amount == "半":
        days = {"年": 6, "月": 15}
        if unit == "年":
            return months_later(start, 6)
        return start + timedelta(days=days["月"]) if unit == "月" else None
    number = small_number(amount)
    if number is None:
        return None
    if unit == "工作日":
        return workdays.shift(start, number)
    if unit in ("天", "日"):
        return start + timedelta(days=number)
    if unit in ("周", "星期", "礼拜"):
        return start + timedelta(weeks=number)
    return months_later(start, number * {"月": 1, "季度": 3, "年": 12}[unit])


def _duration(match: re.Match[str], moment: Moment) -> tuple[date | None, tuple[DueDoubt, ...]]:
    due_on = add_duration(moment.said_on, match["amount"], match["unit"], moment.workdays)
    return due_on, () if due_on else (DueDoubt.VAGUE,)


def _next_meeting(match: re.Match[str], moment: Moment) -> tuple[date | None, tuple[DueDoubt, ...]]:
    if moment.next_meeting_on is None:
        return None, (DueDoubt.EVENT,)
    before = re.search(r"前$", match[0])
    return moment.workdays.previous_workday(moment.next_meeting_on) if before else moment.next_meeting_on, ()


def _holiday(match: re.Match[str], moment: Moment) -> tuple[date | None, tuple[DueDoubt, ...]]:
    month, day = _DAYS_OFF[match["holiday"]]
    due_on, doubts = _in_year(match, moment, lambda year: moment.workdays.previous_workday(date(year, month, day)))
    if due_on and due_on < moment.said_on and not _year(match, moment):
        due_on = moment.workdays.previous_workday(date(moment.said_on.year + 1, month, day))
    return due_on, doubts


def _event(match: re.Match[str], moment: Moment) -> tuple[date | None, tuple[DueDoubt, ...]]:
    del match, moment
    return None, (DueDoubt.EVENT,)


def _recurring(match: re.Match[str], moment: Moment) -> tuple[date | None, tuple[DueDoubt, ...]]:
    del match, moment
    return None, (DueDoubt.RECURRING,)


def _vague(match: re.Match[str], moment: Moment) -> tuple[date | None, tuple[DueDoubt, ...]]:
    del match, moment
    return None, (DueDoubt.VAGUE,)


def _compiled() -> Iterator[tuple[re.Pattern[str], Read]]:
    """The wordings, the more specific first: what one has taken is not read again by a later one."""
    yield (
        re.compile(rf"每(?:个月|月|周|季度?|年|半年|学期)(?:底|末|初|[一二三四五])?(?:\d{{1,2}}[日号])?{BEFORE}"),
        _recurring,
    )
    yield re.compile(rf"{_MEETING}(?:之前|以前|前|上|时|期间)?"), _next_meeting
    yield (
        re.compile(
            rf"(?<![\d第])(?P<amount>{NUMBER}|半|几|数)个?(?P<unit>工作日|天|日|周|星期|礼拜|月|季度|年)(?:时间)?(?:之内|以内|内)"
        ),
        _duration,
    )
    yield (
        re.compile(rf"(?<!\d)(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?!\d)(?:日)?{BEFORE}?"),
        _iso_day,
    )
    yield (
        re.compile(rf"{_YEAR}(?<!\d)(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})[日号]?(?:下班)?{BEFORE}?"),
        _day_of_month,
    )
    yield re.compile(rf"{_YEAR}(?<!\d)(?P<month>\d{{1,2}})[./](?P<day>\d{{1,2}})(?!\d)[日号]?{BEFORE}"), _day_of_month
    yield (
        re.compile(rf"{_YEAR}(?<![\d第])(?P<month>\d{{1,2}}|十[一二]?|[一二三四五六七八九])月份?{_PART}{BEFORE}?"),
        _month,
    )
    yield (
        re.compile(rf"(?:(?P<this>本|这个|当|该)月|(?P<next>下个?)月)(?P<day>\d{{1,2}})[日号](?:下班)?{BEFORE}?"),
        _day_alone,
    )
    yield re.compile(rf"(?P<this>本|这个|当|该)月(?P<next>(?!))?{_PART}{BEFORE}?"), _near_month
    yield re.compile(rf"(?P<this>(?!))?(?P<next>下个?)月{_PART}{BEFORE}?"), _near_month
    yield re.compile(rf"(?P<this>(?!))?(?P<next>(?!))?月(?P<part>底|末){BEFORE}?"), _near_month
    yield re.compile(rf"{_YEAR}{_QUARTER}(?P<part>底|末|内)?{BEFORE}?"), _quarter_end
    yield re.compile(rf"(?P<quarter>(?!))?(?P<next>(?!))?季度(?P<part>底|末){BEFORE}?"), _quarter_end
    yield (
        re.compile(
            r"(?:(?P<year>\d{4})年?|(?P<near>今年|本年度?|当年|明年|来年|后年))"
            rf"(?:(?P<half>上半年)|下半年|底|末|内|年底|年末|年内){BEFORE}?"
        ),
        _year_end,
    )
    yield re.compile(rf"{_YEAR}(?:年底|年末|年内|(?P<half>上半年)(?:内|底)?|全年){BEFORE}?"), _year_end
    yield re.compile(r"(?:(?P<year>\d{4})年|(?P<near>明年|来年|后年))(?:之前|以前|前)"), _before_year
    yield (
        re.compile(
            rf"(?P<week>本|这个?|下下个?|下个?)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天末])(?:下班)?{BEFORE}?"
        ),
        _weekday,
    )
    yield re.compile(r"(?P<week>本|这个?|下下个?|下个?)(?:周|星期|礼拜)(?P<weekday>(?!))?(?:之?内|以内|末)"), _weekday
    yield (
        re.compile(rf"(?P<near>今天|今日|当天|当日|明天|明日|大后天|后天)(?:下班|中午|上午|下午)?{BEFORE}?"),
        _near_day,
    )
    yield (
        re.compile(rf"{_YEAR}(?P<holiday>{'|'.join(sorted(_DAYS_OFF, key=len, reverse=True))})(?:之前|以前|前)"),
        _holiday,
    )
    yield re.compile(_EVENT), _event
    yield (
        re.compile(r"(?<!\d)(?P<this>(?!))?(?P<next>(?!))?(?P<day>\d{1,2})[日号](?:下班)?(?:之前|以前|前)"),
        _day_alone,
    )
    yield re.compile(VAGUE), _vague


PATTERNS: tuple[tuple[re.Pattern[str], Read], ...] = tuple(_compiled())
