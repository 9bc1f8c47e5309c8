"""The reporting calendar: when each month's check-in opens, is due and is reminded of."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from services.calendar.errors import DueNotLater
from services.calendar.months import nth_day
from services.calendar.quiet_hours import QuietHours
from services.calendar.settings import CheckinCalendarSettings, ReminderRule
from services.calendar.workdays import Workdays
from services.calendar.zones import local_day, to_utc
from services.periods import Period


@dataclass(frozen=True)
class Reminder:
    """One reminder of a cycle: `key` is stable over recalculation, `at` already lies in sending hours."""

    key: str
    at: datetime


@dataclass(frozen=True)
class CheckinCycle:
    """One filing: its month (the last, when several are merged), its instants in UTC, and what moved them.

    `nominal_due_on` is the date before 顺延; `missing_years` are years counted by weekdays alone for want of a table.
    """

    month: Period
    covers: tuple[Period, ...]
    opens_at: datetime
    invite_at: datetime
    due_at: datetime
    opens_on: date
    nominal_due_on: date
    due_on: date
    reminders: tuple[Reminder, ...]
    missing_years: tuple[int, ...]

    @property
    def was_shifted(self) -> bool:
        """Whether the due date moved on because its day is not worked."""
        return self.due_on != self.nominal_due_on


class CheckinCalendar:
    """Computes cycles from the settings; the same month gives the same cycle for ever."""

    def __init__(self, settings: CheckinCalendarSettings, quiet_hours: QuietHours) -> None:
        self.settings = settings
        self.quiet_hours = quiet_hours

    @property
    def workdays(self) -> Workdays:
        """The workdays that it counts in."""
        return self.quiet_hours.workdays

    @property
    def zone(self) -> ZoneInfo:
        """The consortium's time zone."""
        return self.quiet_hours.zone

    def cycle(self, month: Period) -> CheckinCycle:
        """The filing that this month belongs to (for merged months, the one of the last)."""
        if month.month is None:
            raise ValueError(f"check-ins are monthly, not {month}")
        group = next((g for g in self.settings.merged_months if month.month in g), (month.month,))
        covers = tuple(Period(month.year, number) for number in group)
        last = covers[-1]
        opens_on = self.workdays.last_workday_until(nth_day(last, self.settings.opens_day))
        nominal = nth_day(last.next, self.settings.due_day)
        due_on = self.workdays.due_on(nominal)
        opens_at = to_utc(opens_on, self.settings.opens_time, self.zone)
        bare = CheckinCycle(
            month=last,
            covers=covers,
            opens_at=opens_at,
            invite_at=self.quiet_hours.next_send_at(opens_at),
            due_at=to_utc(due_on, self.settings.due_time, self.zone),
            opens_on=opens_on,
            nominal_due_on=nominal,
            due_on=due_on,
            reminders=(),
            missing_years=self.workdays.missing_years(opens_on, due_on),
        )
        return replace(bare, reminders=self._reminders(bare))

    def extended(self, cycle: CheckinCycle, until: date) -> CheckinCycle:
        """The cycle with a later due date (moved on to a workday) and reminders before it; DueNotLater otherwise."""
        if until <= cycle.due_on:
            raise DueNotLater(due_on=cycle.due_on, wanted_on=until)
        due_on = self.workdays.due_on(until)
        moved = replace(
            cycle,
            nominal_due_on=until,
            due_on=due_on,
            due_at=to_utc(due_on, self.settings.due_time, self.zone),
            missing_years=self.workdays.missing_years(cycle.opens_on, due_on),
        )
        return replace(moved, reminders=self._reminders(moved))

    def opened_by(self, instant: datetime) -> CheckinCycle:
        """The last cycle that had opened at that instant: the month people mean when they name none."""
        month = Period.month_of(local_day(instant, self.zone))
        while True:
            cycle = self.cycle(month)
            if cycle.opens_at <= instant:
                return cycle
            month = cycle.covers[0].previous

    def cycles_between(self, first: date, last: date) -> Iterator[CheckinCycle]:
        """The cycles, oldest first, that open, remind or fall due on those days."""
        month = Period.month_of(first).shift(-3)
        while month.first_day <= last:
            cycle = self.cycle(month)
            if cycle.opens_on <= last and cycle.due_on >= first:
                yield cycle
            month = cycle.month.next

    def _reminders(self, cycle: CheckinCycle) -> tuple[Reminder, ...]:
        """Reminders in order; none before the invitation, none at or after the due instant, no two at one time."""
        found: dict[datetime, Reminder] = {}
        for rule in self.settings.reminders:
            at = self._remind_at(rule, cycle.due_on)
            if cycle.invite_at < at < cycle.due_at:
                found.setdefault(at, Reminder(f"due-{rule.workdays_before}", at))
        return tuple(found[at] for at in sorted(found))

    def _remind_at(self, rule: ReminderRule, due_on: date) -> datetime:
        day = self.workdays.shift(due_on, -rule.workdays_before)
        if day != due_on:
            day = self.workdays.reminder_on(day)
        return self.quiet_hours.next_send_at(to_utc(day, rule.at, self.zone), due_on=due_on)
