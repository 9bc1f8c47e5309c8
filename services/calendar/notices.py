"""The State Council's holiday notice, pasted as text, read into a table.

The notice is written the same way every year:
「10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。」
Weekdays and day counts in it are checked against the dates, since a wrong year shows itself there.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from services.calendar.errors import HolidaysInvalid
from services.calendar.holidays import HolidayTable

_TITLE_YEAR = re.compile(r"(\d{4})年[^。\n]{0,6}(?:节假日|假期|放假)")
_DATE = r"(?:(?P<y{n}>\d{{4}})年)?(?:(?P<m{n}>\d{{1,2}})月)?(?P<d{n}>\d{{1,2}})[日号](?:\((?P<w{n}>[^)]*)\))?"
_SPAN = _DATE.format(n=1) + r"(?:\s*(?:至|到|-|–|—|~)+\s*" + _DATE.format(n=2) + r")?"
_TOKEN = re.compile(rf"(?P<span>{_SPAN})|(?P<off>放假)|(?P<work>上班)|共\s*(?P<count>\d+)\s*天|(?P<comma>,)")
_WEEKDAY = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])")
_SENTENCE_END = re.compile(r"[。;\n]")


def read_notice(text: str, year: int | None = None) -> HolidayTable:
    """The table that a pasted notice states for one year.

    The year is taken from the title (「关于2027年部分节假日安排的通知」) or given.

    Raises:
        HolidaysInvalid: what does not fit, and where.
    """
    plain = unicodedata.normalize("NFKC", text)
    title = _TITLE_YEAR.search(plain)
    stated = int(title[1]) if title else None
    if year and stated and year != stated:
        raise HolidaysInvalid("year_differs", str(stated))
    known = year or stated
    if not known:
        raise HolidaysInvalid("year_missing", text.strip()[:40])
    reading = _Reading(known)
    for number, line in enumerate(plain.splitlines(), start=1):
        for sentence in _SENTENCE_END.split(line):
            reading.take(sentence, number)
    return HolidayTable.checked({known}, reading.off, reading.makeup)


@dataclass
class _Reading:
    """What has been read so far; a span belongs to the keyword (放假, 上班) after it, or to one that led the clause."""

    year: int
    off: set[date] = field(default_factory=set)
    makeup: set[date] = field(default_factory=set)
    line: int = 0

    def take(self, sentence: str, line: int) -> None:
        self.line = line
        waiting: list[date] = []
        last_off: list[date] = []
        leading: str | None = None
        month: int | None = None
        for found in _TOKEN.finditer(sentence):
            if found["span"]:
                if not found["m1"] and month is None:
                    continue  # a document number such as 〔2025〕7号
                start, end = self._span(found, month)
                month = end.month
                waiting.extend(_days(start, end))
            elif found["comma"]:
                if leading and waiting:
                    self._assign(leading, waiting)
                    waiting, leading = [], None
            elif found["count"]:
                self._check_count(last_off or waiting, int(found["count"]), sentence)
            else:
                keyword = "off" if found["off"] else "work"
                leading = None if waiting else keyword
                last_off = waiting if keyword == "off" and waiting else last_off
                self._assign(keyword, waiting)
                waiting = []
        if waiting and leading:
            self._assign(leading, waiting)

    def _assign(self, keyword: str, days: list[date]) -> None:
        (self.off if keyword == "off" else self.makeup).update(days)

    def _check_count(self, days: list[date], stated: int, sentence: str) -> None:
        if days and len(days) != stated:
            raise HolidaysInvalid("day_count_differs", sentence.strip(), self.line)

    def _span(self, found: re.Match[str], month: int | None) -> tuple[date, date]:
        start = self._date(found, "1", self.year, month)
        if not found["d2"]:
            return start, start
        end = self._date(found, "2", start.year, start.month)
        if end < start and not found["y2"] and end.month < start.month:
            end = self._date(found, "2", start.year + 1, start.month)
        if end < start:
            raise HolidaysInvalid("span_reversed", found["span"], self.line)
        return start, end

    def _date(self, found: re.Match[str], side: str, year: int, month: int | None) -> date:
        given = found["span"]
        spoken_month = int(found["m" + side]) if found["m" + side] else month
        try:
            day = date(int(found["y" + side] or year), spoken_month or 0, int(found["d" + side]))
        except ValueError:
            raise HolidaysInvalid("bad_date", given, self.line) from None
        weekday = _WEEKDAY.search(found["w" + side] or "")
        if weekday and "一二三四五六日".index(weekday[1].replace("天", "日")) != day.weekday():
            raise HolidaysInvalid("weekday_differs", given, self.line)
        return day


def _days(start: date, end: date) -> Iterator[date]:
    for offset in range((end - start).days + 1):
        yield start + timedelta(days=offset)
