"""Every number of the calendar: the parts `holidays`, `quiet_hours` and the dates of `checkins` in the settings.

None of these numbers is prescribed by a document. They are proposals that a consortium may change, and texts must
never present them as 文件规定.
"""

from datetime import time
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, field_validator, model_validator


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TimeWindow(_Part):
    """A stretch of one day, start included and end excluded; written `"08:30-12:00"` in the settings."""

    start: time
    end: time

    @model_validator(mode="before")
    @classmethod
    def _read(cls, given: Any) -> Any:
        if not isinstance(given, str):
            return given
        start, dash, end = given.replace("–", "-").partition("-")
        if not dash:
            raise ValueError(f"a window is written HH:MM-HH:MM, not {given!r}")
        return {"start": start.strip(), "end": end.strip()}

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.start >= self.end:
            raise ValueError(f"the window {self.start:%H:%M}-{self.end:%H:%M} ends before it starts")
        return self


class HolidaySettings(_Part):
    """Where the official holiday arrangements come from."""

    file: Path | None = Field(
        None,
        description="TOML, CSV or the plain text of the State Council notice; its years replace the built-in ones.",
    )


class QuietHoursSettings(_Part):
    """When the bot may speak on its own. Replies to somebody who just wrote are never held back."""

    windows: tuple[TimeWindow, ...] = Field(
        (TimeWindow(start=time(8, 30), end=time(12)), TimeWindow(start=time(14, 30), end=time(17, 30))),
        description="Hours of a workday in which pushes may go out, in the consortium's time zone. "
        "Xinjiang keeps 10:00-13:30 and 16:00-19:30.",
        min_length=1,
    )
    makeup_days: bool = Field(
        False,
        description="Also send on weekend days that are worked (补班); what falls due that day is sent anyway.",
    )

    @field_validator("windows")
    @classmethod
    def _apart(cls, windows: tuple[TimeWindow, ...]) -> tuple[TimeWindow, ...]:
        ordered = tuple(sorted(windows, key=lambda window: window.start))
        for earlier, later in pairwise(ordered):
            if earlier.end > later.start:
                raise ValueError("the windows overlap")
        return ordered


class ReminderRule(_Part):
    """One reminder before the due date: that many workdays before it, at that time of day."""

    workdays_before: int = Field(description="Workdays before the due date; 0 is the due date itself.", ge=0, le=30)
    at: time = Field(time(9), description="Local time of day.")


def _months(given: Any) -> Any:
    return tuple(tuple(sorted(group)) for group in given) if isinstance(given, (list, tuple)) else given


MonthGroups = Annotated[tuple[tuple[int, ...], ...], BeforeValidator(_months), PlainSerializer(list)]


class CheckinCalendarSettings(_Part):
    """When a month's check-in opens, is due and is reminded of; the dates of `checkins` in the settings."""

    opens_day: int = Field(
        25, description="The form opens on the last workday up to this day of the data month.", ge=1, le=31
    )
    opens_time: time = Field(time(9), description="Local time at which it opens and the invitation goes out.")
    due_day: int = Field(5, description="Due on this day of the following month, or the next workday.", ge=1, le=28)
    due_time: time = Field(time(17, 30), description="Local time at which a check-in counts as late.")
    reminders: tuple[ReminderRule, ...] = Field(
        (ReminderRule(workdays_before=2, at=time(9)), ReminderRule(workdays_before=0, at=time(10))),
        description="Reminders to those who have not submitted, besides the invitation.",
    )
    merged_months: MonthGroups = Field(
        (),
        description="Months filed together with the last of them, e.g. [[1, 2]] for the winter holidays.",
    )

    @field_validator("merged_months")
    @classmethod
    def _consecutive(cls, groups: tuple[tuple[int, ...], ...]) -> tuple[tuple[int, ...], ...]:
        named = [month for group in groups for month in group]
        if any(not 1 <= month <= 12 for month in named) or len(named) != len(set(named)):
            raise ValueError("merged months are numbers 1 to 12, each named once")
        for group in groups:
            if len(group) < 2 or group != tuple(range(group[0], group[0] + len(group))):
                raise ValueError(f"merged months must be consecutive within a year, not {list(group)}")
        return groups
