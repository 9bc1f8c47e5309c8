"""Counting in workdays, with 放假 and 补班."""

from datetime import date, timedelta
from pathlib import Path

from services.calendar.holidays import HolidayTable, built_in
from services.calendar.settings import HolidaySettings
from services.calendar.tables import read_table

_DAY = timedelta(days=1)
# 《全国年节及纪念日放假办法》: off in every year, whatever the yearly arrangements add to them.
_ALWAYS_OFF = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})

_EVERY_YEAR = frozenset(range(date.min.year, date.max.year + 1))


class Workdays:
    """Which days are worked: make-up days are, holidays are not, else Monday to Friday.

    Years without an official table follow the weekday rule, but for the days that the law itself gives by their date
    (1 January, …); `missing_years` names them so that the secretariat can be asked to import the notice (published in
    November for the next year).
    """

    def __init__(self, table: HolidayTable | None = None) -> None:
        self.table = table if table is not None else built_in()

    @classmethod
    def from_settings(cls, settings: HolidaySettings) -> "Workdays":
        """The workdays that the settings describe; HolidaysInvalid when their file cannot be taken."""
        return cls.from_file(settings.file)

    @classmethod
    def from_file(cls, path: Path | None) -> "Workdays":
        """The built-in table, with the years of that file in place of its own."""
        return cls(built_in().replaced_by(read_table(path)) if path else built_in())

    @classmethod
    def plain_weeks(cls) -> "Workdays":
        """Monday to Friday in every year, without any holiday: what holidays are measured against."""
        return cls(HolidayTable(years=_EVERY_YEAR))

    def is_workday(self, day: date) -> bool:
        """Whether people work that day."""
        if day in self.table.makeup:
            return True
        return not self.is_holiday(day) and day.weekday() < 5

    def is_makeup_day(self, day: date) -> bool:
        """Whether it is a weekend day worked in exchange for a holiday (补班)."""
        return day in self.table.makeup

    def is_holiday(self, day: date) -> bool:
        """Whether the official table gives that day off, or the law where no table covers the year."""
        return day in self.table.off or (day.year not in self.table.years and (day.month, day.day) in _ALWAYS_OFF)

    def shift(self, day: date, workdays: int) -> date:
        """The day that many workdays after `day` (before it when negative); 0 is the day itself, worked or not."""
        step = _DAY if workdays > 0 else -_DAY
        left = abs(workdays)
        while left:
            day += step
            left -= self.is_workday(day)
        return day

    def next_workday(self, day: date) -> date:
        """The first workday after that day."""
        return self.shift(day, 1)

    def previous_workday(self, day: date) -> date:
        """The last workday before that day."""
        return self.shift(day, -1)

    def due_on(self, day: date) -> date:
        """The day itself or, when it is not worked, the next workday: how a deadline moves (顺延)."""
        return day if self.is_workday(day) else self.next_workday(day)

    def reminder_on(self, day: date) -> date:
        """The last day up to `day` on which a reminder may go out: worked, and no make-up weekend."""
        while not self.is_workday(day) or self.is_makeup_day(day):
            day -= _DAY
        return day

    def last_workday_until(self, day: date) -> date:
        """The day itself or, when it is not worked, the workday before."""
        return day if self.is_workday(day) else self.previous_workday(day)

    def count(self, after: date, until: date) -> int:
        """Workdays after the one day up to and with the other; negative when `until` lies before `after`."""
        if until < after:
            return -self.count(until - _DAY, after - _DAY)
        return sum(self.is_workday(after + _DAY * offset) for offset in range(1, (until - after).days + 1))

    def missing_years(self, *days: date) -> tuple[int, ...]:
        """The years touched from the earliest to the latest of these days that no official table covers."""
        if not days:
            return ()
        return tuple(year for year in range(min(days).year, max(days).year + 1) if year not in self.table.years)
