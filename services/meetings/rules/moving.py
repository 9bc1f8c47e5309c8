"""What becomes of the messages when a meeting moves, or is planned too late for some of its steps."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from services.calendar.quiet_hours import QuietHours
from services.calendar.zones import local_day
from services.meetings.errors import MeetingHeld
from services.meetings.rules.plan import MeetingPlan, PlannedStep
from services.meetings.rules.timetable import Audience


class SkipReason(StrEnum):
    """Why a step of the new plan sends nothing."""

    ALREADY_SENT = "already_sent"
    MOMENT_PASSED = "moment_passed"


@dataclass(frozen=True)
class SkippedStep:
    """A step that sends nothing, and why."""

    step: PlannedStep
    reason: SkipReason


@dataclass(frozen=True)
class Schedule:
    """What a plan leaves to send.

    Attributes:
        send: Steps to send, their `at` moved to the next sending hours when their own instant has passed.
        skipped: Steps that send nothing.
        void: Steps of the old plan that had not been sent and must not be.
        announce_to: Audiences who know the old date and get one message with the new one.
    """

    send: tuple[PlannedStep, ...]
    skipped: tuple[SkippedStep, ...] = ()
    void: tuple[PlannedStep, ...] = ()
    announce_to: tuple[Audience, ...] = ()


def schedule(plan: MeetingPlan, *, now: datetime, quiet_hours: QuietHours) -> Schedule:
    """What to send for a plan made at `now`, when some of its instants may have passed."""
    return _sorted_out(plan, frozenset(), now, quiet_hours)


def move(
    old: MeetingPlan, new: MeetingPlan, sent: frozenset[str], *, now: datetime, quiet_hours: QuietHours
) -> tuple[MeetingPlan, Schedule]:
    """The new plan under the next version, and what it leaves to send.

    `sent` holds the keys of steps that went out under the old date or any earlier one. What was sent is not sent again,
    save reminders of the day itself; those who were told of the old date hear of the new one in a single message.

    Raises:
        MeetingHeld: the old meeting has begun.
    """
    if old.starts_at <= now:
        raise MeetingHeld(meeting_on=old.meeting_on)
    moved = replace(new, version=old.version + 1)
    left = _sorted_out(moved, sent, now, quiet_hours)
    told = dict.fromkeys(step.audience for step in old.steps if step.key in sent)
    told.pop(Audience.MISSING, None)
    void = tuple(step for step in old.steps if step.key not in sent)
    return moved, replace(left, void=void, announce_to=tuple(told))


def _sorted_out(plan: MeetingPlan, sent: frozenset[str], now: datetime, quiet_hours: QuietHours) -> Schedule:
    send: list[PlannedStep] = []
    skipped: list[SkippedStep] = []
    for step in plan.steps:
        if step.key in sent and not (step.rule.again_when_moved and step.at > now):
            skipped.append(SkippedStep(step, SkipReason.ALREADY_SENT))
        elif step.at >= now:
            send.append(step)
        elif _may_catch_up(plan, step, now, quiet_hours):
            send.append(replace(step, at=quiet_hours.next_send_at(now)))
        else:
            skipped.append(SkippedStep(step, SkipReason.MOMENT_PASSED))
    return Schedule(tuple(sorted(send, key=lambda step: step.at)), tuple(skipped))


def _may_catch_up(plan: MeetingPlan, step: PlannedStep, now: datetime, quiet_hours: QuietHours) -> bool:
    """Whether a late message still serves: it leaves before the day of the step that it leads to."""
    if step.on == local_day(now, quiet_hours.zone) and step.rule.due_that_day:
        return quiet_hours.next_send_at(now, due_on=step.on).astimezone(quiet_hours.zone).date() == step.on
    limit = plan.step(step.rule.catch_up_until) if step.rule.catch_up_until else None
    if limit is None:
        return False
    return local_day(quiet_hours.next_send_at(now), quiet_hours.zone) < limit.on
