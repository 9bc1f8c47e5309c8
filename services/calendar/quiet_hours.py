"""When the bot may speak on its own."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from services.calendar.settings import QuietHoursSettings
from services.calendar.workdays import Workdays
from services.calendar.zones import localized, to_utc


class QuietHours:
    """Sending hours of workdays in the consortium's time zone; everything else is quiet."""

    def __init__(self, settings: QuietHoursSettings, workdays: Workdays, zone: ZoneInfo) -> None:
        self.settings = settings
        self.workdays = workdays
        self.zone = zone

    def next_send_at(self, instant: datetime, *, due_on: date | None = None) -> datetime:
        """The instant itself when pushes may go out then, else the next opening of the hours, in UTC.

        `due_on` is the day that the message is about: on that day a make-up weekend does not hold it back.
        """
        here = localized(instant, self.zone)
        day = here.date()
        while True:
            if self.may_send_on(day, due_on=due_on):
                for window in self.settings.windows:
                    opens, closes = (to_utc(day, edge, self.zone) for edge in (window.start, window.end))
                    if here < closes:
                        return max(instant.astimezone(UTC), opens)
            day += timedelta(days=1)

    def is_open(self, instant: datetime, *, due_on: date | None = None) -> bool:
        """Whether pushes may go out at that instant."""
        return self.next_send_at(instant, due_on=due_on) == instant

    def may_send_on(self, day: date, *, due_on: date | None = None) -> bool:
        """Whether that day has sending hours at all."""
        if not self.workdays.is_workday(day):
            return False
        return self.settings.makeup_days or day == due_on or not self.workdays.is_makeup_day(day)
