"""Reporting periods: a month, a quarter or a year, and the words people use for them."""

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

_WRITTEN = re.compile(r"(\d{4})(?:-(\d{1,2})|Q([1-4]))?$", re.IGNORECASE)
_MONTH = r"(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_SPOKEN_MONTH = re.compile(rf"(?:(\d{{4}})年|(今|去|明|本|上)年)?{_MONTH}月(?:份)?$")
_SPOKEN_QUARTER = re.compile(r"(?:(\d{4})年|(今|去|明)年)?(?:第)?([一二三四1-4])季度?$|(?:(\d{4})年?)?q([1-4])$")
_DASHED = re.compile(r"(\d{4})[-./年](1[0-2]|0?[1-9])月?(?:份)?$")
_YEAR = re.compile(r"(?:(\d{4})|(今|去|前|明|本))年度?$")
_RELATIVE_MONTHS = {
    "本月": 0,
    "这个月": 0,
    "这月": 0,
    "当月": 0,
    "上月": -1,
    "上个月": -1,
    "上上个月": -2,
    "下月": 1,
    "下个月": 1,
}
_RELATIVE_QUARTERS = {"本季度": 0, "这个季度": 0, "上季度": -1, "上个季度": -1, "下季度": 1, "下个季度": 1}
_RELATIVE_YEARS = {"今": 0, "本": 0, "去": -1, "上": -1, "前": -2, "明": 1}
_CHINESE = {char: n for n, char in enumerate("零一二三四五六七八九十")}


@dataclass(frozen=True, slots=True)
class Period:
    """A month (``month`` set), a quarter (``quarter`` set) or a whole year. Written 2026-11, 2026Q3, 2026."""

    year: int
    month: int | None = None
    quarter: int | None = None

    def __post_init__(self) -> None:
        if self.month is not None and self.quarter is not None:
            raise ValueError("a period is a month or a quarter, not both")
        if not 1 <= self.year <= 9998 or not 1 <= (self.month or 1) <= 12 or not 1 <= (self.quarter or 1) <= 4:
            raise ValueError(f"no such period: {self.year}, month {self.month}, quarter {self.quarter}")

    @classmethod
    def of(cls, written: str) -> Self:
        """Read 2026-11, 2026Q3 or 2026; ValueError for anything else."""
        found = _WRITTEN.match(written.strip())
        if not found:
            raise ValueError(f"not a period: {written!r}; write 2026-11, 2026Q3 or 2026")
        year, month, quarter = found.groups()
        return cls(int(year), int(month) if month else None, int(quarter) if quarter else None)

    @classmethod
    def month_of(cls, day: date) -> Self:
        """The month a day lies in."""
        return cls(day.year, day.month)

    def __str__(self) -> str:
        if self.month:
            return f"{self.year:04d}-{self.month:02d}"
        return f"{self.year:04d}Q{self.quarter}" if self.quarter else f"{self.year:04d}"

    def __lt__(self, other: "Period") -> bool:
        return (self.last_day, other.first_day) < (other.last_day, self.first_day)

    @property
    def label(self) -> str:
        """As people write it: 2026年11月, 2026年第三季度, 2026年."""
        if self.month:
            return f"{self.year}年{self.month}月"
        return f"{self.year}年第{'一二三四'[self.quarter - 1]}季度" if self.quarter else f"{self.year}年"

    @property
    def months(self) -> tuple["Period", ...]:
        """The months inside, in order."""
        first, count = self._span()
        return tuple(Period(self.year, first + n) for n in range(count))

    @property
    def first_day(self) -> date:
        """The first calendar day."""
        return date(self.year, self._span()[0], 1)

    @property
    def last_day(self) -> date:
        """The last calendar day, where stock figures are read."""
        first, count = self._span()
        last = first + count - 1
        return date(self.year, last, calendar.monthrange(self.year, last)[1])

    @property
    def is_quarter_month(self) -> bool:
        """A month that closes a quarter (3, 6, 9, 12): quarterly fields are asked, approximations firmed up."""
        return self.month is not None and self.month % 3 == 0

    @property
    def quarter_of(self) -> "Period":
        """The quarter a month (or quarter) lies in; ValueError for a year."""
        if self.quarter:
            return self
        if self.month is None:
            raise ValueError("a year has four quarters")
        return Period(self.year, quarter=(self.month + 2) // 3)

    @property
    def previous(self) -> "Period":
        """The period of the same length before this one."""
        return self.shift(-1)

    @property
    def next(self) -> "Period":
        """The period of the same length after this one."""
        return self.shift(1)

    def shift(self, count: int) -> "Period":
        """Move by a number of months, quarters or years, whichever this is."""
        if self.month:
            year, month = divmod(self.year * 12 + self.month - 1 + count, 12)
            return Period(year, month + 1)
        if self.quarter:
            year, quarter = divmod(self.year * 4 + self.quarter - 1 + count, 4)
            return Period(year, quarter=quarter + 1)
        return Period(self.year + count)

    def _span(self) -> tuple[int, int]:
        if self.month:
            return self.month, 1
        return ((self.quarter - 1) * 3 + 1, 3) if self.quarter else (1, 12)


def label_of_months(written: Sequence[str]) -> str:
    """How a filing of one or several months is called: 2026年11月, 2026年1—2月, 2026年12月—2027年1月."""
    first, last = Period.of(written[0]), Period.of(written[-1])
    if first == last:
        return last.label
    return f"{first.year}年{first.month}—{last.label.removeprefix(f'{first.year}年')}"


def read_period(words: str, around: Period) -> Period | None:
    """The period that words like 11月, 上个月, 三季度 or 2026年 mean, spoken while ``around`` is being reported.

    A bare month is the one nearest to ``around``: in January "12月" is last December. Expects half-width text.
    """
    words = words.strip().lower()
    month = around if around.month else around.months[-1]
    if words in _RELATIVE_MONTHS:
        return month.shift(_RELATIVE_MONTHS[words])
    if words in _RELATIVE_QUARTERS:
        return month.quarter_of.shift(_RELATIVE_QUARTERS[words])
    if dashed := _DASHED.match(words):
        return Period(int(dashed[1]), int(dashed[2]))
    if spoken := _SPOKEN_MONTH.match(words):
        return _month_named(spoken, month)
    if quarter := _SPOKEN_QUARTER.match(words):
        return _quarter_named(quarter, month)
    if year := _YEAR.match(words):
        return Period(int(year[1]) if year[1] else month.year + _RELATIVE_YEARS[year[2]])
    return None


def _number(written: str) -> int:
    if written.isdigit():
        return int(written)
    return 10 + _CHINESE[written[1]] if len(written) == 2 else _CHINESE[written]


def _month_named(found: re.Match[str], around: Period) -> Period:
    named = _number(found[3])
    if found[1]:
        return Period(int(found[1]), named)
    if found[2]:
        return Period(around.year + _RELATIVE_YEARS[found[2]], named)
    distance = (named - (around.month or 1) + 5) % 12 - 5
    return around.shift(distance)


def _quarter_named(found: re.Match[str], around: Period) -> Period:
    named = _number(found[3] or found[5])
    written = found[1] or found[4]
    if written:
        return Period(int(written), quarter=named)
    if found[2]:
        return Period(around.year + _RELATIVE_YEARS[found[2]], quarter=named)
    quarter = around.quarter_of
    return quarter.shift((named - (quarter.quarter or 1) + 1) % 4 - 1)
