"""What every use case of meetings needs besides the session: settings, calendar, who the secretariat is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from services.calendar.quiet_hours import QuietHours
from services.calendar.settings import HolidaySettings, QuietHoursSettings
from services.calendar.workdays import Workdays
from services.calendar.zones import local_day
from services.meetings.settings import MeetingSettings
from services.settings import ConsortiumSettings
from services.tasks.settings import TaskSettings


def _by_consortium(kind: str, consortium: str) -> str:
    return consortium


@dataclass(frozen=True)
class MeetingOffice:
    """Settings and calendar of one consortium's meetings, made once at the start."""

    settings: MeetingSettings
    tasks: TaskSettings
    quiet_hours: QuietHours
    secretaries: frozenset[int]
    consortium: str
    entitle: Callable[[str, str], str] = _by_consortium  # a meeting's name in calendars, from its kind and consortium

    @property
    def zone(self) -> ZoneInfo:
        """The consortium's time zone."""
        return self.quiet_hours.zone

    @property
    def workdays(self) -> Workdays:
        """The workdays that plans count in."""
        return self.quiet_hours.workdays

    def today(self, now: datetime) -> date:
        """The local date."""
        return local_day(now, self.zone)


def open_meeting_office(
    consortium: ConsortiumSettings,
    settings: MeetingSettings,
    tasks: TaskSettings,
    quiet_hours: QuietHoursSettings,
    holidays: HolidaySettings,
    *,
    entitle: Callable[[str, str], str] = _by_consortium,
) -> MeetingOffice:
    """Read the holiday table and put the office together.

    Raises:
        HolidaysInvalid: the holiday table is wrong.
    """
    hours = QuietHours(quiet_hours, Workdays.from_file(holidays.file), ZoneInfo(consortium.timezone))
    return MeetingOffice(settings, tasks, hours, frozenset(consortium.secretaries), consortium.name, entitle)
