from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from services.calendar.quiet_hours import QuietHours
from services.calendar.settings import QuietHoursSettings
from services.calendar.workdays import Workdays
from services.meetings.errors import MeetingHeld
from services.meetings.rules.moving import SkipReason, move, schedule
from services.meetings.rules.plan import plan_meeting
from services.meetings.rules.timetable import Audience, MeetingKind
from services.meetings.settings import MeetingSettings

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOURS = QuietHours(QuietHoursSettings(), Workdays(), SHANGHAI)


def at(*parts):
    return datetime(*parts, tzinfo=SHANGHAI)


def plan(*day):
    return plan_meeting(date(*day), MeetingKind.JOINT, MeetingSettings(), HOURS)


def keys(steps):
    return [step.key for step in steps]


def test_a_plan_made_in_time_sends_every_step():
    made = plan(2026, 12, 22)
    left = schedule(made, now=at(2026, 11, 22, 12), quiet_hours=HOURS)
    assert set(keys(left.send)) == set(keys(made.steps))
    assert left.skipped == ()


def test_a_plan_made_late_sends_at_once_what_still_serves():
    left = schedule(plan(2026, 12, 22), now=at(2026, 12, 8, 18), quiet_hours=HOURS)
    early = [(step.key, step.at) for step in left.send][:3]
    assert early == [
        ("agenda_call", at(2026, 12, 9, 8, 30)),
        ("review_open", at(2026, 12, 9, 8, 30)),
        ("notice", at(2026, 12, 9, 8, 30)),
    ]
    later = schedule(plan(2026, 12, 22), now=at(2026, 12, 14, 10), quiet_hours=HOURS)
    skipped = {s.step.key: s.reason for s in later.skipped}
    assert skipped == dict.fromkeys(("agenda_call", "agenda_close", "materials_draft"), SkipReason.MOMENT_PASSED)


def test_moved_later_nothing_stale_is_sent_and_the_told_are_told():
    old = plan(2026, 12, 22)
    sent = frozenset({"agenda_call", "review_open", "notice"})
    new, left = move(old, plan(2026, 12, 29), sent, now=at(2026, 12, 9, 10), quiet_hours=HOURS)
    assert new.version == 2
    assert set(keys(left.void)) == set(keys(old.steps)) - sent
    assert {s.step.key for s in left.skipped} == sent
    assert all(s.reason is SkipReason.ALREADY_SENT for s in left.skipped)
    assert left.announce_to == (Audience.LIAISONS, Audience.RESPONSIBLE, Audience.PARTICIPANTS)
    assert all(step.at > at(2026, 12, 9, 10) for step in left.send)


def test_the_eve_reminder_is_sent_again_for_the_new_date():
    sent = frozenset(keys(s for s in plan(2026, 12, 22).steps if s.offset < 0))
    new, left = move(plan(2026, 12, 22), plan(2026, 12, 29), sent, now=at(2026, 12, 21, 15), quiet_hours=HOURS)
    assert "meeting_eve" in keys(left.send)
    assert "notice" not in keys(left.send)
    assert "materials_draft" not in keys(left.send)
    assert new.step("meeting_eve").on == date(2026, 12, 28)


def test_moved_earlier_steps_whose_moment_passed_are_skipped():
    sent = frozenset({"agenda_call"})
    _, left = move(plan(2026, 12, 29), plan(2026, 12, 18), sent, now=at(2026, 12, 10, 9), quiet_hours=HOURS)
    assert {s.step.key for s in left.skipped if s.reason is SkipReason.MOMENT_PASSED} == {
        "agenda_close",
        "materials_draft",
    }
    assert "notice" in keys(left.send)


def test_moved_twice_each_version_counts_and_nothing_sent_returns():
    sent = frozenset({"agenda_call", "review_open", "notice"})
    first, _ = move(plan(2026, 12, 22), plan(2026, 12, 29), sent, now=at(2026, 12, 9, 10), quiet_hours=HOURS)
    second, left = move(first, plan(2026, 12, 24), sent, now=at(2026, 12, 10, 8), quiet_hours=HOURS)
    assert second.version == 3
    assert not sent & set(keys(left.send))
    assert left.announce_to == (Audience.LIAISONS, Audience.RESPONSIBLE, Audience.PARTICIPANTS)


def test_moving_before_anything_was_sent_announces_nothing():
    _, left = move(plan(2026, 12, 22), plan(2026, 12, 29), frozenset(), now=at(2026, 11, 23, 9), quiet_hours=HOURS)
    assert left.announce_to == ()
    assert left.skipped == ()


def test_a_meeting_that_has_begun_cannot_be_moved():
    with pytest.raises(MeetingHeld):
        move(plan(2026, 12, 22), plan(2026, 12, 29), frozenset(), now=at(2026, 12, 22, 9), quiet_hours=HOURS)
