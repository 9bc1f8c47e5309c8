"""The wordings of a time limit."""

import re
from collections.abc import Callable, Iterator
from datetime import date

from services.meetings.reading import due_readings as read
from services.meetings.reading.due_readings import DAYS_OFF, DueDoubt, Moment
from services.meetings.reading.wording import NUMBER

Read = Callable[[re.Match[str], Moment], "tuple[date | None, tuple[DueDoubt, ...]]"]

_NEAR = r"(?P<near>今年|本年度?|当年|明年|来年|后年)"
_YEAR = rf"(?:(?P<year>\d{{4}})年|{_NEAR})?的?"
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


def _compiled() -> Iterator[tuple[re.Pattern[str], Read]]:
    """The wordings, the more specific first: what one has taken is not read again by a later one."""
    yield (
        re.compile(rf"每(?:个月|月|周|季度?|年|半年|学期)(?:底|末|初|[一二三四五])?(?:\d{{1,2}}[日号])?{BEFORE}"),
        read.recurring,
    )
    yield re.compile(rf"{_MEETING}(?:之前|以前|前|上|时|期间)?"), read.next_meeting
    yield (
        re.compile(
            rf"(?<![\d第])(?P<amount>{NUMBER}|半|几|数)个?(?P<unit>工作日|天|日|周|星期|礼拜|月|季度|年)(?:时间)?(?:之内|以内|内)"
        ),
        read.duration,
    )
    yield (
        re.compile(rf"(?<!\d)(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?!\d)(?:日)?{BEFORE}?"),
        read.iso_day,
    )
    yield (
        re.compile(rf"{_YEAR}(?<!\d)(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})[日号]?(?:下班)?{BEFORE}?"),
        read.day_of_month,
    )
    yield (
        re.compile(rf"{_YEAR}(?<!\d)(?P<month>\d{{1,2}})[./](?P<day>\d{{1,2}})(?!\d)[日号]?{BEFORE}"),
        read.day_of_month,
    )
    yield (
        re.compile(rf"{_YEAR}(?<![\d第])(?P<month>\d{{1,2}}|十[一二]?|[一二三四五六七八九])月份?{_PART}{BEFORE}?"),
        read.month,
    )
    yield (
        re.compile(rf"(?:(?P<this>本|这个|当|该)月|(?P<next>下个?)月)(?P<day>\d{{1,2}})[日号](?:下班)?{BEFORE}?"),
        read.day_alone,
    )
    yield re.compile(rf"(?P<this>本|这个|当|该)月(?P<next>(?!))?{_PART}{BEFORE}?"), read.near_month
    yield re.compile(rf"(?P<this>(?!))?(?P<next>下个?)月{_PART}{BEFORE}?"), read.near_month
    yield re.compile(rf"(?P<this>(?!))?(?P<next>(?!))?月(?P<part>底|末){BEFORE}?"), read.near_month
    yield re.compile(rf"{_YEAR}{_QUARTER}(?P<part>底|末|内)?{BEFORE}?"), read.quarter_end
    yield re.compile(rf"(?P<quarter>(?!))?(?P<next>(?!))?季度(?P<part>底|末){BEFORE}?"), read.quarter_end
    yield (
        re.compile(
            rf"(?:(?P<year>\d{{4}})年?|{_NEAR})"
            rf"(?:(?P<half>上半年)|下半年|底|末|内|年底|年末|年内){BEFORE}?"
        ),
        read.year_end,
    )
    yield re.compile(rf"{_YEAR}(?:年底|年末|年内|(?P<half>上半年)(?:内|底)?|全年){BEFORE}?"), read.year_end
    yield re.compile(r"(?:(?P<year>\d{4})年|(?P<near>明年|来年|后年))(?:之前|以前|前)"), read.before_year
    yield (
        re.compile(
            rf"(?P<week>本|这个?|下下个?|下个?)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天末])(?:下班)?{BEFORE}?"
        ),
        read.weekday,
    )
    yield (
        re.compile(r"(?P<week>本|这个?|下下个?|下个?)(?:周|星期|礼拜)(?P<weekday>(?!))?(?:之?内|以内|末)"),
        read.weekday,
    )
    yield (
        re.compile(rf"(?P<near>今天|今日|当天|当日|明天|明日|大后天|后天)(?:下班|中午|上午|下午)?{BEFORE}?"),
        read.near_day,
    )
    yield (
        re.compile(rf"{_YEAR}(?P<holiday>{'|'.join(sorted(DAYS_OFF, key=len, reverse=True))})(?:之前|以前|前)"),
        read.holiday,
    )
    yield re.compile(_EVENT), read.event
    yield (
        re.compile(r"(?<!\d)(?P<this>(?!))?(?P<next>(?!))?(?P<day>\d{1,2})[日号](?:下班)?(?:之前|以前|前)"),
        read.day_alone,
    )
    yield re.compile(VAGUE), read.vague


PATTERNS: tuple[tuple[re.Pattern[str], Read], ...] = tuple(_compiled())
