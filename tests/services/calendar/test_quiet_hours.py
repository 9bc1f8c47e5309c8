from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from services.calendar.quiet_hours import QuietHours
from services.calendar.settings import QuietHoursSettings
from services.calendar.workdays import Workdays
from services.calendar.zones import localized, to_utc

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOURS = QuietHours(QuietHoursSettings(), Workdays(), SHANGHAI)


def at(*parts):
    return datetime(*parts, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("asked", "sent"),
    [
        (at(2026, 11, 23, 9), at(2026, 11, 23, 9)),
        (at(2026, 11, 23, 7), at(2026, 11, 23, 8, 30)),
        (at(2026, 11, 23, 12), at(2026, 11, 23, 14, 30)),
        (at(2026, 11, 23, 17, 30), at(2026, 11, 24, 8, 30)),
        (at(2026, 9, 30, 18), at(2026, 10, 8, 8, 30)),  # over the national holiday
        (at(2026, 10, 9, 18), at(2026, 10, 12, 8, 30)),  # not on the make-up Saturday
    ],
)
def test_pushes_wait_for_the_next_sending_hours(asked, sent):
    assert HOURS.next_send_at(asked) == sent
    assert HOURS.is_open(asked) is (asked == sent)


def test_makeup_saturday_only_for_what_is_due_that_day():
    asked = at(2026, 10, 10, 9)
    assert HOURS.next_send_at(asked) == at(2026, 10, 12, 8, 30)
    assert HOURS.next_send_at(asked, due_on=date(2026, 10, 10)) == asked
    assert HOURS.next_send_at(asked, due_on=date(2026, 10, 12)) == at(2026, 10, 12, 8, 30)
    always = QuietHours(QuietHoursSettings(makeup_days=True), Workdays(), SHANGHAI)
    assert always.next_send_at(asked) == asked


def test_xinjiang_keeps_its_own_hours():
    settings = QuietHoursSettings.model_validate({"windows": ["10:00-13:30", "16:00–19:30"]})
    hours = QuietHours(settings, Workdays(), SHANGHAI)
    assert hours.next_send_at(at(2026, 11, 23, 9)) == at(2026, 11, 23, 10)
    assert hours.next_send_at(at(2026, 11, 23, 13, 30)) == at(2026, 11, 23, 16)


@pytest.mark.parametrize("windows", [[], ["12:00-08:00"], ["08:00-12:00", "11:00-13:00"], ["eight"]])
def test_impossible_windows_are_refused(windows):
    with pytest.raises(ValidationError):
        QuietHoursSettings.model_validate({"windows": windows})


def test_instant_without_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        HOURS.next_send_at(datetime(2026, 11, 23, 9))


@given(st.datetimes(datetime(2025, 1, 1), datetime(2027, 6, 1), timezones=st.just(UTC)))
def test_sending_is_never_early_and_settles_at_once(instant):
    sent = HOURS.next_send_at(instant)
    assert sent >= instant
    assert HOURS.next_send_at(sent) == sent
    here = localized(sent, SHANGHAI)
    assert time(8, 30) <= here.time() < time(12) or time(14, 30) <= here.time() < time(17, 30)


def test_skipped_local_time_moves_on_and_doubled_time_is_its_first_showing():
    new_york = ZoneInfo("America/New_York")
    assert to_utc(date(2026, 3, 8), time(2, 30), new_york) == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)
    assert to_utc(date(2026, 11, 1), time(1, 30), new_york) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert to_utc(date(2026, 11, 1), time(1, 30, fold=1), new_york) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert to_utc(date(2026, 10, 8), time(17, 30), SHANGHAI) == datetime(2026, 10, 8, 9, 30, tzinfo=UTC)
