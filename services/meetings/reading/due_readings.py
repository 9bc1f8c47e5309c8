"""How each wording of a time limit becomes a date."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from services.calendar.months import months_later, nth_day
from services.calendar.workdays import Workdays
from services.meetings.reading.wording import day_or_none, small_number
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


DAYS_OFF = {"元旦": (1, 1), "五一": (5, 1), "劳动节": (5, 1), "国庆": (10, 1), "国庆节": (10, 1), "十一": (10, 1)}
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


def day_of_month(match: re.Match[str], moment: Moment) -> tuple[date | None, tuple[DueDoubt, ...]]:
    """12月20日前, 12.20前."""
    month, number = int(match["month"]), int(match["day"])
    return _in_year(match, moment, lambda year: day_or_none(year, month, number))


def iso_day(match: re.Match[str], moment: Moment) -> tuple[date | None, tuple[DueDoubt, ...]]:
    """2026-12-20."""
    del moment
    return day_or_none(int(match["year"]), int(match["month"]), int(match["day"])), ()


def day_alone(match: re.Match[str], moment: Moment) -> tuple[date | None, tuple[DueDoubt, ...]]:
    """本月20日, 20号前: of this month, or of the next when it is over."""
    month = Period.month_of(moment.said_on).shift(1 if match["next"] else 0)
    day = day_or_none(month.year, month.first_day.month, int(match["day"]))
    if day and day < moment.said_on and not match["this"]:
        month = month.next
        day = day_or_none(month.year, month.first_day.month, int(match["day"]))
    return day, ()


_PARTS = {"上旬": 10, "初": 10, "中旬": 20}


def _part_of(month: Period, part: str | None) -> date:
    return nth_day(month, _PARTS.get(part or "", 31))


def month(match: re.Match[str], moment: Moment) -> tuple[date | None, tuple[DueDoubt, ...]]:
    """11月底, 12月上旬, 12月前: before a month means before it begins."""
    number, part = small_number(match["month"]), match["part"]
    if not number or number > 12:
        return None, (DueDoubt.VAGUE,)
    if part is None and re.search(r"前$", match[0]):
        due_on, doubts = _in_year(match, moment, lambda year: Period(year, number).previous.last_day)
        return due_on, (*doubts, DueDoubt.BEFORE_PERIOD)
    return _in_year(match, moment, lambda year: _part_of(Period(year, number), part))


def near_month(match: re.Match[str], moment: Moment) -> tuple[date | None, tuple[DueDoubt, ...]]:
    """本月底, 下个月中旬."""
    month = Period.month_of(moment.said_on).shift(1 if match["next"] else 0)
    return _part_of(month, match["part"]), ()


def year_end(match: re.Match[str], moment: Moment) -> tuple[date | None, tuple[DueDoubt, ...]]:
    """今年底, 上半年."""
    year = _year(match, moment) or moment.said_on.year
    if match["half"]:
        return date(year, 6, 30), ()
    return date(year, 12, 31), ()


def before_year(match: re.Match[str], moment: Moment) -> tuple[date | None, tuple[DueDoubt, ...]]:
    """2027年前: before the year begins."""
    year = _year(match, moment) or moment.said_on.year
    return date(year - 1, 12, 31), (DueDoubt.BEFORE_PERIOD,)


def quarter_end(match: re.Match[str], moment: Moment) -> tuple[date | None, tuple[DueDoubt, ...]]:
    """第四季度, 下季度末; before a quarter means before it begins."""
    if not match["quarter"]:
        here = Period.month_of(moment.said_on).quarter_of.shift(1 if match["next"] else 0)
        return here.last_day, ()
    number = small_number(match["quarter"]) or 1
    if match["part"] is None and match[0].endswith("前"):
        due_on, doubts = _in_year(match, moment, lambda year: Period(year, quarter=number).previous.last_day)
        return due_on, (*doubts, DueDoubt.BEFORE_PERIOD)
    return _in_year(match, moment, lambda year: Period(year, quarter=number).last_day)


def weekday(match: re.Match[str], moment: Moment) -> tuple[date | None, tuple[DueDoubt, ...]]:
    """下周五, 周五前, 本周内."""
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


def near_day(match: re.Match[str], moment: Moment) -> tuple[date | None, tuple[DueDoubt, ...]]:
    """明天, 后天下班前."""
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


def duration(match: re.Match[str], moment: Moment) -> tuple[date | None, tuple[DueDoubt, ...]]:
    """两周内, 10个工作日内."""
    due_on = add_duration(moment.said_on, match["amount"], match["unit"], moment.workdays)
    return due_on, () if due_on else (DueDoubt.VAGUE,)


def next_meeting(match: re.Match[str], moment: Moment) -> tuple[date | None, tuple[DueDoubt, ...]]:
    """下次联席会前: the workday before it."""
    if moment.next_meeting_on is None:
        return None, (DueDoubt.EVENT,)
    before = re.search(r"前$", match[0])
    return moment.workdays.previous_workday(moment.next_meeting_on) if before else moment.next_meeting_on, ()


def holiday(match: re.Match[str], moment: Moment) -> tuple[date | None, tuple[DueDoubt, ...]]:
    """国庆前: the last workday before the days off."""
    month, day = DAYS_OFF[match["holiday"]]
    due_on, doubts = _in_year(match, moment, lambda year: moment.workdays.previous_workday(date(year, month, day)))
    if due_on and due_on < moment.said_on and not _year(match, moment):
        due_on = moment.workdays.previous_workday(date(moment.said_on.year + 1, month, day))
    return due_on, doubts


def event(match: re.Match[str], moment: Moment) -> tuple[date | None, tuple[DueDoubt, ...]]:
    """春节前, 开学前: who knows when that is has to say."""
    del match, moment
    return None, (DueDoubt.EVENT,)


def recurring(match: re.Match[str], moment: Moment) -> tuple[date | None, tuple[DueDoubt, ...]]:
    """每月底前: no single day."""
    del match, moment
    return None, (DueDoubt.RECURRING,)


def vague(match: re.Match[str], moment: Moment) -> tuple[date | None, tuple[DueDoubt, ...]]:
    """尽快, 近期."""
    del match, moment
    return None, (DueDoubt.VAGUE,)
