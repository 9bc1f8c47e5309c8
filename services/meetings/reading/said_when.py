"""When a meeting shall be, in the words people use: a date, a weekday, a distance from the day it stands on; the hour.

The day of a move is often seen from the meeting itself (推迟一周, 提前到周四, 改到23号), that of a new one from today.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from services.calendar.months import months_later
from services.calendar.workdays import Workdays
from services.meetings.errors import PlanUnclear
from services.meetings.reading.deadlines import find_deadlines
from services.meetings.reading.due_readings import Moment
from services.meetings.reading.wording import NUMBER, SPAN_UNIT, day_or_none, same_shape, small_number
from services.periods import Period

LATER = r"推迟|延后|延期|顺延|往后|向后|后延|推后|挪后|后移|后推|晚(?=[\d一二两三四五六七八九十半])"
EARLIER = r"提前|往前|向前|提早|提[到至](?=[\d一二三四五六七八九十周下明上])|早(?=[\d一二两三四五六七八九十半])"
_NOT_A_DAY = r"(?!\s*(?:楼|号|院|馆|厅|门|库|车|线|教|会议室|报告厅|文|令|条|项|工单))"
_ISO = re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})")
_SAID = re.compile(rf"(?:(?P<y>\d{{4}})年|(?P<next>明年))?(?P<m>\d{{1,2}})月(?P<d>\d{{1,2}})(?:[日号]{_NOT_A_DAY})?")
_NUMERAL = re.compile(rf"[一二三四五六七八九十]{{1,3}}(?=月|日|号{_NOT_A_DAY}|\d{{1,2}}[日号])")
_DAY_ALONE = re.compile(rf"(?<![\d月第.:])(?P<d>\d{{1,2}})[日号]{_NOT_A_DAY}")
_WEEKDAY_ALONE = re.compile(r"(?<![上下本这个])(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])")
_NAMES_A_DAY = re.compile(r"(?:周|星期|礼拜)[一二三四五六日天]|[今明]天|[今明]日|后天|月[底末]|月\d{1,2}[日号]")
_SHIFT = re.compile(
    rf"(?:{LATER}|{EARLIER})(?:到|至|个|推|挪|移|延|调|改|了|举行|召开|开|再)*"
    rf"(?P<amount>{NUMBER}|半)个?{SPAN_UNIT}"
)
_HALVES = r"上午|下午|晚上|早上|早晨|中午|傍晚|晚间"
_CLOCK = re.compile(rf"(?P<half>{_HALVES})?\s*(?P<h>\d{{1,2}}):(?P<min>\d{{2}})")
_SPOKEN = re.compile(
    rf"(?P<half>{_HALVES})?\s*(?P<h>\d{{1,2}}|[一二两三四五六七八九十]{{1,3}})点(?!名|评|心|位|数|赞)"
    r"(?P<min>半|[一三]刻|\d{1,2}分?|[一二三四五]?十[一二三四五六七八九]?分?)?整?"
)
_EARLIEST_UNSAID = 7  # 两点半 is said of the afternoon: nobody convenes at night
TIMES = re.compile(
    "|".join(re.sub(r"\?P<\w+>", "?:", one.pattern) for one in (_ISO, _SAID, _CLOCK, _SPOKEN, _SHIFT, _DAY_ALONE))
    + r"|(?:本|这个?|下下个?|下个?)?(?:周|星期|礼拜)[一二三四五六日天末]|[今明后]天|大后天"
    + rf"|(?:[本下]个?|这个)?月[底末]前?|{_HALVES}"
)


@dataclass(frozen=True)
class SaidDay:
    """A day as it was said. `on`: the words alone tell it; else it is seen from the day the meeting stands on.

    `amount` and `unit` are a distance, `weekday` (0 is Monday) the nearest such day, `day` one of the meeting's month;
    `earlier`: back rather than on, None when no direction was said.
    """

    on: date | None = None
    weekday: int | None = None
    day: int | None = None
    amount: str = ""
    unit: str = ""
    earlier: bool | None = None

    def seen_from(self, standing: date, workdays: Workdays) -> date:
        """The day that is meant for a meeting that stands on `standing`.

        Raises:
            PlanUnclear: the month has no such day.
        """
        if self.on is not None:
            return self.on
        if self.amount:
            return self._shifted(standing, workdays)
        if self.weekday is not None:
            return self._nearest(standing, self.weekday)
        day = day_or_none(standing.year, standing.month, self.day or 0)
        if day is None:
            raise PlanUnclear(problem="no_such_day", given=f"{standing.month}月{self.day}日")
        return day

    def _shifted(self, standing: date, workdays: Workdays) -> date:
        back = -1 if self.earlier else 1
        if self.amount == "半":
            return standing + timedelta(days=back * 15)
        number = back * (small_number(self.amount) or 0)
        if self.unit == "工作日":
            return workdays.shift(standing, number)
        if self.unit == "月":
            return months_later(standing, number)
        return standing + timedelta(days=number * (1 if self.unit in ("天", "日") else 7))

    def _nearest(self, standing: date, weekday: int) -> date:
        if self.earlier is None:
            return standing + timedelta(days=weekday - standing.weekday())
        if self.earlier:
            return standing - timedelta(days=(standing.weekday() - weekday) % 7 or 7)
        return standing + timedelta(days=(weekday - standing.weekday()) % 7 or 7)


def in_digits(text: str) -> str:
    """The text in one shape, with the numbers of months and days in digits: 十二月二十三号 is 12月23号."""
    return _NUMERAL.sub(lambda found: str(small_number(found[0]) or found[0]), same_shape(text))


def read_day(plain: str, today: date) -> SaidDay | None:
    """The day that words in digits name; without a year, the next such day; None when they name none.

    Raises:
        PlanUnclear: there is no such day.
    """
    earlier = True if re.search(EARLIER, plain) else False if re.search(LATER, plain) else None
    found = _SHIFT.search(plain)
    if found:
        return SaidDay(amount=found["amount"], unit=found["unit"], earlier=earlier)
    on = _date(plain, today)
    if on is not None:
        return SaidDay(on=on, earlier=earlier)
    if found := _WEEKDAY_ALONE.search(plain):
        index = 6 if found["weekday"] == "天" else "一二三四五六日".index(found["weekday"])
        return SaidDay(weekday=index, earlier=earlier)
    for one in find_deadlines(plain, Moment(today, Workdays()), labelled=True):
        if one.due_on is not None and _NAMES_A_DAY.search(one.phrase):
            return SaidDay(on=one.due_on, earlier=earlier)
    if found := _DAY_ALONE.search(plain):
        return SaidDay(day=int(found["d"]), earlier=earlier)
    return None


def next_day(said: SaidDay, today: date) -> date | None:
    """The day meant for a meeting that does not stand yet: the next such one from today; None for a mere distance."""
    if said.on is not None or said.amount:
        return said.on
    if said.weekday is not None:
        return replace(said, earlier=False).seen_from(today - timedelta(days=1), Workdays())
    months = (Period.month_of(today).shift(ahead).first_day for ahead in range(13))
    days = (day_or_none(month.year, month.month, said.day or 0) for month in months)
    return next((day for day in days if day is not None and day >= today), None)


def read_clock(plain: str) -> time | None:
    """The time of day named: 14:30, 下午2点半, 早上九点.

    Raises:
        PlanUnclear: no clock shows that.
    """
    found = _CLOCK.search(plain) or _SPOKEN.search(plain)
    hour = small_number(found["h"]) if found else None
    if not found or hour is None:
        return None
    said = found["min"] or ""
    minute = {"": 0, "半": 30, "一刻": 15, "三刻": 45}.get(said, small_number(said.rstrip("分")) or 0)
    half = found["half"]
    after_noon = half in ("下午", "晚上", "傍晚", "晚间") or (half == "中午" and hour < 11)
    if hour < 12 and (after_noon or (half is None and hour < _EARLIEST_UNSAID)):
        hour += 12
    if hour > 23 or minute > 59:
        raise PlanUnclear(problem="time_bad", given=found[0])
    return time(hour, minute)


def _date(plain: str, today: date) -> date | None:
    found = _ISO.search(plain) or _SAID.search(plain)
    if not found:
        return None
    month, number = int(found["m"]), int(found["d"])
    year = int(found["y"]) if found["y"] else today.year
    if found.groupdict().get("next"):
        return day_or_none(today.year + 1, month, number)
    day = day_or_none(year, month, number)
    if day is not None and not found["y"] and day < today:
        day = day_or_none(year + 1, month, number)
    if day is None:
        raise PlanUnclear(problem="no_such_day", given=found[0])
    return day
