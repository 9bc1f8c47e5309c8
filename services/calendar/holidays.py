"""The official holiday arrangements: which days are off and which weekend days are worked for it (调休)."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Self

from services.calendar.errors import HolidaysInvalid


@dataclass(frozen=True)
class HolidayTable:
    """Days off and make-up workdays, and the `years` whose arrangements are known."""

    years: frozenset[int] = frozenset()
    off: frozenset[date] = frozenset()
    makeup: frozenset[date] = frozenset()

    @classmethod
    def checked(cls, years: set[int], off: set[date], makeup: set[date]) -> Self:
        """A table that holds together; HolidaysInvalid names the day that does not."""
        if not off:
            raise HolidaysInvalid("no_days", "")
        for day in sorted(off & makeup):
            raise HolidaysInvalid("off_and_work", day.isoformat())
        for day in sorted(makeup):
            if day.weekday() < 5:
                raise HolidaysInvalid("makeup_not_weekend", day.isoformat())
        return cls(frozenset(years), frozenset(off), frozenset(makeup))

    def replaced_by(self, newer: "HolidayTable") -> "HolidayTable":
        """This table with the years of `newer` taken from there.

        A notice may reach into the neighbouring year (元旦2023 began on 2022-12-31): such days are added there without
        making that year known.
        """
        settled = newer.off | newer.makeup
        off = {day for day in self.off if day.year not in newer.years and day not in settled}
        makeup = {day for day in self.makeup if day.year not in newer.years and day not in settled}
        return HolidayTable(self.years | newer.years, newer.off | off, newer.makeup | makeup)


@cache
def built_in() -> HolidayTable:
    """The table of the chinesecalendar package: every year that its release knows (1.11: 2004 to 2026)."""
    from chinese_calendar import constants

    years = {day.year for day in constants.holidays}
    return HolidayTable.checked(years, set(constants.holidays), set(constants.workdays))
