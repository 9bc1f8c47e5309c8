"""The plan of one meeting: every step with its date and its instant, and what the dates should make one think of."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from services.calendar.quiet_hours import QuietHours
from services.calendar.workdays import Workdays
from services.calendar.zones import to_utc
from services.meetings.rules.timetable import STEPS, Audience, MeetingKind, StepRule
from services.meetings.settings import MeetingSettings


class ConcernCode(StrEnum):
    """What a date may have against it."""

    NOT_WORKED = "not_worked"
    MAKEUP_DAY = "makeup_day"
    BESIDE_HOLIDAY = "beside_holiday"
    STRETCHED = "stretched"
    STEP_ON_MAKEUP_DAY = "step_on_makeup_day"
    UNKNOWN_YEAR = "unknown_year"
    WEEKDAY = "weekday"


@dataclass(frozen=True)
class Concern:
    """One thing to know about a date. Facts by code: `step` on a make-up day; `days` added by holidays; a `year`."""

    code: ConcernCode
    day: date | None = None
    step: str | None = None
    days: int | None = None
    year: int | None = None


@dataclass(frozen=True)
class PlannedStep:
    """One step of one meeting. `on` is T±n; `at` is when its message goes out; `due_on` is the deadline it names."""

    key: str
    offset: int
    on: date
    at: datetime
    audience: Audience
    owner: Audience
    text_key: str
    record: str
    due_on: date | None

    @property
    def rule(self) -> StepRule:
        """The rule that it follows."""
        return STEPS[self.key]


@dataclass(frozen=True)
class MeetingPlan:
    """All steps in order of time. `version` counts moves and belongs in every business key of what is sent."""

    kind: MeetingKind
    meeting_on: date
    starts_at: datetime
    steps: tuple[PlannedStep, ...]
    concerns: tuple[Concern, ...] = field(default=())
    version: int = 1

    def step(self, key: str) -> PlannedStep | None:
        """The step of that name, None when this kind of meeting has none."""
        return next((step for step in self.steps if step.key == key), None)

    def natural_days(self, step: PlannedStep) -> int:
        """Calendar days from the meeting to the step, negative before it."""
        return (step.on - self.meeting_on).days


def plan_meeting(
    meeting_on: date,
    kind: MeetingKind,
    settings: MeetingSettings,
    quiet_hours: QuietHours,
    starts_at: time | None = None,
) -> MeetingPlan:
    """The timetable of a meeting on that day, counted in workdays.

    A day on which nobody works is planned as well: the secretariat decides, `concerns` say what speaks against it.
    """
    workdays = quiet_hours.workdays
    starts = to_utc(meeting_on, starts_at or settings.starts_at, quiet_hours.zone)
    dates = {key: workdays.shift(meeting_on, offset) for key, offset in settings.timetable[kind].items()}
    steps = []
    for key, offset in settings.timetable[kind].items():
        rule = STEPS[key]
        send_at = settings.send_times.get(key, settings.send_at)
        at = starts if key == "meeting" else _sent_at(rule, dates[key], send_at, offset, quiet_hours)
        due_on = dates.get(rule.deadline) if rule.deadline else None
        steps.append(
            PlannedStep(key, offset, dates[key], at, rule.audience, rule.owner, rule.text_key, rule.record, due_on)
        )
    ordered = tuple(sorted(steps, key=lambda step: (step.on, step.at, step.offset)))
    concerns = concerns_of(meeting_on, dates, settings, workdays)
    return MeetingPlan(kind, meeting_on, starts, ordered, concerns)


def concerns_of(
    meeting_on: date, dates: dict[str, date], settings: MeetingSettings, workdays: Workdays
) -> tuple[Concern, ...]:
    """What speaks against that day, given the dates of its steps."""
    found: list[Concern] = []
    if not workdays.is_workday(meeting_on):
        found.append(Concern(ConcernCode.NOT_WORKED, meeting_on))
    elif workdays.is_makeup_day(meeting_on):
        found.append(Concern(ConcernCode.MAKEUP_DAY, meeting_on))
    if (added := stretch(meeting_on, dates, workdays)) > settings.stretch_days:
        found.append(Concern(ConcernCode.STRETCHED, min(dates.values()), days=added))
    for key, day in dates.items():
        if key != "meeting" and workdays.is_makeup_day(day):
            found.append(Concern(ConcernCode.STEP_ON_MAKEUP_DAY, day, step=key))
    years = workdays.missing_years(*dates.values(), meeting_on)
    return (*found, *(Concern(ConcernCode.UNKNOWN_YEAR, year=year) for year in years))


def stretch(meeting_on: date, dates: dict[str, date], workdays: Workdays) -> int:
    """Natural days that holidays add to the preparation, against the same workdays in plain weeks."""
    first = min(dates.values())
    needed = workdays.count(first, meeting_on)
    plain = Workdays.plain_weeks().shift(meeting_on, -needed)
    return (plain - first).days


def _sent_at(rule: StepRule, on: date, send_at: time, offset: int, quiet_hours: QuietHours) -> datetime:
    """When the message goes out: never later than its step before the meeting, never before it afterwards."""
    if rule.due_that_day or offset >= 0:
        return quiet_hours.next_send_at(to_utc(on, send_at, quiet_hours.zone), due_on=on)
    day = quiet_hours.workdays.reminder_on(on)
    return quiet_hours.next_send_at(to_utc(day, send_at, quiet_hours.zone))
