"""When the owner of an action item is reminded, and when its delay goes to the secretariat."""

from dataclasses import dataclass
from datetime import date, datetime

from services.calendar.quiet_hours import QuietHours
from services.calendar.workdays import Workdays
from services.calendar.zones import to_utc
from services.meetings.settings import MeetingSettings


@dataclass(frozen=True)
class FollowUp:
    """One prompt about an item.

    Attributes:
        key: `due-7`, `due-1` or `overdue`; with the item and its due date it names the message for ever.
        to_secretariat: The draft 督办单, which a person sends or not; else a reminder to the owner.
        unless_progress: Only while the owner has reported no progress.
    """

    key: str
    at: datetime
    to_secretariat: bool = False
    unless_progress: bool = False


def reminded_on(due_on: date, before: int, workdays: Workdays) -> date:
    """The day of the reminder so many workdays before the due date; also the day from which the item counts as near."""
    return workdays.reminder_on(workdays.shift(due_on, -before)) if before else workdays.due_on(due_on)


def follow_ups(
    issued_on: date, due_on: date, settings: MeetingSettings, quiet_hours: QuietHours
) -> tuple[FollowUp, ...]:
    """The prompts about an item in order; those that would fall on or before its day of issue are left out."""
    workdays = quiet_hours.workdays
    found: list[FollowUp] = []
    for rank, before in enumerate(sorted(settings.item_reminders, reverse=True)):
        day = reminded_on(due_on, before, workdays)
        at = quiet_hours.next_send_at(to_utc(day, settings.send_at, quiet_hours.zone), due_on=due_on)
        if day > issued_on and all(at != other.at for other in found):
            found.append(FollowUp(f"due-{before}", at, unless_progress=rank > 0))
    late = workdays.shift(workdays.due_on(due_on), settings.overdue_after)
    at = quiet_hours.next_send_at(to_utc(late, settings.send_at, quiet_hours.zone))
    return (*found, FollowUp("overdue", at, to_secretariat=True))
