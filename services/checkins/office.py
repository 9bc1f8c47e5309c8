"""What every check-in use case needs besides the session: forms, calendar, limits."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from services.calendar.quiet_hours import QuietHours
from services.calendar.reporting import CheckinCalendar
from services.calendar.settings import HolidaySettings, QuietHoursSettings
from services.calendar.workdays import Workdays
from services.checkins.library import FormLibrary, load_forms
from services.checkins.settings import CheckinSettings


@dataclass(frozen=True)
class Office:
    """Forms and calendar of one consortium, made once at the start."""

    forms: FormLibrary
    calendar: CheckinCalendar
    settings: CheckinSettings
    has_proposer: bool = False
    """Whether a model may propose for words that no rule could place."""

    @property
    def zone(self) -> ZoneInfo:
        """The consortium's time zone."""
        return self.calendar.zone

    @property
    def quiet_hours(self) -> QuietHours:
        """When the bot may speak on its own."""
        return self.calendar.quiet_hours


def open_office(
    zone: str, settings: CheckinSettings, quiet_hours: QuietHoursSettings, holidays: HolidaySettings
) -> Office:
    """Read forms and holiday table.

    Raises:
        FormProblem: a form file of the consortium is wrong; names file, key, value and remedy.
        HolidaysInvalid: the holiday table is wrong.
    """
    workdays = Workdays.from_file(holidays.file)
    hours = QuietHours(quiet_hours, workdays, ZoneInfo(zone))
    return Office(load_forms(settings.forms_dir), CheckinCalendar(settings, hours), settings)
