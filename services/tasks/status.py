"""Where a target stands on a given day: completion, elapsed time, light."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from services.lights import SEVERITY, Colour, LegendEntry, legend_of
from services.periods import Period
from services.tasks.settings import TaskLights, TaskSettings
from services.tasks.target import Cadence, Operator, Target


class Condition(StrEnum):
    """What a light says of a target; also the name of its colour in the settings."""

    DONE = "done"
    OVERDUE = "overdue"
    BADLY_BEHIND = "badly_behind"
    NEAR_DUE = "near_due"
    BEHIND = "behind"
    ON_TRACK = "on_track"
    NO_SCHEDULE = "no_schedule"
    NO_DATA = "no_data"
    NO_DATA_PAST_DUE = "no_data_past_due"


@dataclass(frozen=True)
class Actual:
    """What was reported for a target up to the day: a figure, or for qualitative ones a percent or that it is done.

    `counted_from`: the first day that a sum holds, where records begin inside the target's time.
    """

    value: Decimal | None = None
    percent: Decimal | None = None
    done: bool = False
    reported_on: date | None = None
    counted_from: date | None = None


@dataclass(frozen=True)
class Window:
    """The time a target runs in: its period of the cadence, or from the plan's start to its due date."""

    first: date
    last: date


@dataclass(frozen=True)
class TargetStatus:
    """A target as of a day.

    Attributes:
        completion: Actual over target (完成率), not capped; None without data.
        elapsed: Months past over months planned (序时进度), at most 1; None when the plan sets no time. Of a sum that
            begins later than the window only its own months are past, so that both speak of the same months.
        days_left: To the due date, negative when past; None without one.
        window: What `elapsed` was counted in.
        counted_from: The first day of those months, where that is later than the window's.
    """

    target: Target
    as_of: date
    condition: Condition
    colour: Colour
    completion: Fraction | None
    elapsed: Fraction | None
    days_left: int | None
    window: Window | None
    counted_from: date | None = None


def status_of(target: Target, actual: Actual | None, as_of: date, settings: TaskSettings) -> TargetStatus | None:
    """The target's status on that day; None for parameters, which nobody has to reach.

    A period's data is judged as of the period's last day: 「11月」 of an annual target is 11 of 12 months.
    """
    if target.operator is Operator.PARAMETER:
        return None
    window = window_of(target, as_of, settings)
    completion = completion_of(target, actual)
    begun = actual.counted_from if actual and window else None
    counted_from = begun if begun and window and begun > window.first else None
    elapsed = elapsed_share(window, as_of, counted_from) if window else None
    last = window.last if window else target.due_on
    days_left = (last - as_of).days if last else None
    condition = _condition(completion, elapsed, days_left, settings.lights)
    colour = settings.lights.colour(condition)
    return TargetStatus(target, as_of, condition, colour, completion, elapsed, days_left, window, counted_from)


def window_of(target: Target, as_of: date, settings: TaskSettings) -> Window | None:
    """The stretch of time in which the target is to be reached on that day; None when the plan sets none.

    A target of every year is judged in the year of the day, and after its due date in its last year.
    """
    if target.cadence:
        day = min(as_of, target.due_on) if target.due_on else as_of
        period = Period(day.year) if target.cadence is Cadence.ANNUAL else Period.month_of(day).quarter_of
        return Window(period.first_day, period.last_day)
    if target.due_on is None or settings.plan_starts_on is None or target.due_on < settings.plan_starts_on:
        return None
    return Window(settings.plan_starts_on, target.due_on)


def elapsed_share(window: Window, as_of: date, counted_from: date | None = None) -> Fraction:
    """已过月数/计划月数: whole months past at the end of the day (since `counted_from`), over all of the window."""
    planned = _months(window.first, window.last)
    past = _months(counted_from or window.first, min(as_of, window.last))
    return (
        min(max(Fraction(past, planned), Fraction(0)), Fraction(1))
        if planned > 0
        else Fraction(int(as_of >= window.last))
    )


def completion_of(target: Target, actual: Actual | None) -> Fraction | None:
    """完成率: actual over target, for an upper limit target over actual; None when nothing was reported."""
    if actual is None:
        return None
    if actual.done:
        return Fraction(1)
    if not target.is_measured or target.value is None:
        return Fraction(actual.percent) / 100 if actual.percent is not None else None
    if actual.value is None:
        return None
    reached, wanted = Fraction(actual.value), Fraction(target.value)
    if target.operator is Operator.AT_MOST:
        return Fraction(1) if reached <= wanted else wanted / reached
    if target.operator is Operator.EXACTLY and reached > wanted:
        return wanted / reached
    return reached / wanted if wanted else Fraction(1)


def _months(first: date, last: date) -> int:
    """Whole calendar months from the first day's month on that have ended by the last day."""
    after = last + timedelta(days=1)
    return (after.year - first.year) * 12 + after.month - first.month


def _condition(
    completion: Fraction | None, elapsed: Fraction | None, days_left: int | None, lights: TaskLights
) -> Condition:
    past_due = days_left is not None and days_left < 0
    if completion is None:
        return Condition.NO_DATA_PAST_DUE if past_due else Condition.NO_DATA
    if completion >= 1:
        return Condition.DONE
    if past_due:
        return Condition.OVERDUE
    if elapsed is not None and completion < elapsed * Fraction(str(lights.behind_share)):
        return Condition.BADLY_BEHIND
    if days_left is not None and days_left <= lights.near_due_days:
        return Condition.NEAR_DUE
    if elapsed is None:
        return Condition.NO_SCHEDULE
    return Condition.BEHIND if completion < elapsed else Condition.ON_TRACK


def legend(lights: TaskLights) -> tuple[LegendEntry, ...]:
    """What each colour means in this scheme."""
    numbers: dict[StrEnum, int] = {
        Condition.NEAR_DUE: lights.near_due_days,
        Condition.BEHIND: round(lights.behind_share * 100),
        Condition.BADLY_BEHIND: round(lights.behind_share * 100),
    }
    return legend_of(lights, Condition, numbers)


def task_colour(statuses: Iterable[TargetStatus | None]) -> Colour:
    """The one light of a task with several targets: the most urgent; white only when nothing is known of any."""
    colours = {status.colour for status in statuses if status}
    return next((colour for colour in SEVERITY if colour in colours), Colour.WHITE)
