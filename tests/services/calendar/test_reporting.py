from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from services.calendar.errors import DueNotLater
from services.calendar.quiet_hours import QuietHours
from services.calendar.reporting import CheckinCalendar
from services.calendar.settings import CheckinCalendarSettings, QuietHoursSettings, ReminderRule
from services.calendar.workdays import Workdays
from services.periods import Period

SHANGHAI = ZoneInfo("Asia/Shanghai")


def calendar(hours=QuietHoursSettings(), **settings):  # noqa: B008
    return CheckinCalendar(CheckinCalendarSettings(**settings), QuietHours(hours, Workdays(), SHANGHAI))


def at(*parts):
    return datetime(*parts, tzinfo=SHANGHAI)


def test_due_dates_of_2026_follow_the_official_table():
    due = [calendar().cycle(Period(2025, 12).shift(n)) for n in range(12)]
    shifted = [cycle.due_on.isoformat()[5:] for cycle in due if cycle.was_shifted]
    assert shifted == ["04-07", "05-06", "07-06", "09-07", "10-08", "12-07"]
    assert all(cycle.missing_years == () for cycle in due)


def test_september_cycle_keeps_clear_of_the_holidays():
    cycle = calendar().cycle(Period(2026, 9))
    assert cycle.opens_at == at(2026, 9, 24, 9)
    assert cycle.invite_at == cycle.opens_at
    assert cycle.due_at == at(2026, 10, 8, 17, 30)
    assert [(r.key, r.at) for r in cycle.reminders] == [
        ("due-2", at(2026, 9, 29, 9)),
        ("due-0", at(2026, 10, 8, 10)),
    ]


def test_november_cycle_is_due_on_7_december():
    cycle = calendar().cycle(Period.of("2026-11"))
    assert cycle.opens_at == at(2026, 11, 25, 9)
    assert cycle.due_at == at(2026, 12, 7, 17, 30)
    assert [r.at for r in cycle.reminders] == [at(2026, 12, 3, 9), at(2026, 12, 7, 10)]


def test_reminders_keep_off_the_makeup_saturday_unless_it_is_the_due_day():
    due_monday = calendar(due_day=12, reminders=(ReminderRule(workdays_before=1),)).cycle(Period(2026, 9))
    assert [r.at for r in due_monday.reminders] == [at(2026, 10, 9, 9)]
    due_saturday = calendar(due_day=10).cycle(Period(2026, 9))
    assert due_saturday.due_on == date(2026, 10, 10)
    assert due_saturday.reminders[-1].at == at(2026, 10, 10, 10)


def test_two_rules_that_meet_in_one_instant_remind_once():
    rules = (ReminderRule(workdays_before=1), ReminderRule(workdays_before=2))
    cycle = calendar(due_day=12, reminders=rules).cycle(Period(2026, 9))
    assert [r.at for r in cycle.reminders] == [at(2026, 10, 9, 9)]


def test_merged_winter_months_file_once_with_the_last():
    merged = calendar(merged_months=[[1, 2]])
    january, february = merged.cycle(Period(2026, 1)), merged.cycle(Period(2026, 2))
    assert january == february
    assert january.covers == (Period(2026, 1), Period(2026, 2))
    assert january.opens_on == date(2026, 2, 25)
    assert january.due_on == date(2026, 3, 5)
    assert merged.opened_by(at(2026, 2, 10, 9)).month == Period(2025, 12)


@pytest.mark.parametrize("groups", [[[1]], [[1, 3]], [[12, 13]], [[1, 2], [2, 3]]])
def test_months_that_cannot_be_merged_are_refused(groups):
    with pytest.raises(ValidationError):
        CheckinCalendarSettings(merged_months=groups)


def test_xinjiang_hours_move_invitation_and_reminders():
    hours = QuietHoursSettings.model_validate({"windows": ["10:00-13:30", "16:00-19:30"]})
    cycle = calendar(hours).cycle(Period(2026, 9))
    assert cycle.opens_at == at(2026, 9, 24, 9)
    assert cycle.invite_at == at(2026, 9, 24, 10)
    assert [r.at for r in cycle.reminders] == [at(2026, 9, 29, 10), at(2026, 10, 8, 10)]


def test_every_number_is_a_setting():
    cycle = calendar(opens_day=20, opens_time=time(15), due_day=3, due_time=time(12), reminders=()).cycle(
        Period(2026, 11)
    )
    assert cycle.opens_at == at(2026, 11, 20, 15)
    assert cycle.due_at == at(2026, 12, 3, 12)
    assert cycle.reminders == ()


def test_extension_moves_due_and_reminders_and_never_back():
    reporting = calendar()
    cycle = reporting.cycle(Period(2026, 9))
    longer = reporting.extended(cycle, date(2026, 10, 11))
    assert longer.due_at == at(2026, 10, 12, 17, 30)
    assert [r.at for r in longer.reminders] == [at(2026, 10, 9, 9), at(2026, 10, 12, 10)]
    assert longer.opens_at == cycle.opens_at
    with pytest.raises(DueNotLater):
        reporting.extended(cycle, date(2026, 10, 8))


def test_the_open_month_is_the_last_that_opened():
    assert calendar().opened_by(at(2026, 12, 3, 10)).month == Period(2026, 11)
    assert calendar().opened_by(at(2026, 12, 25, 8, 59)).month == Period(2026, 11)
    assert calendar().opened_by(at(2026, 12, 25, 9)).month == Period(2026, 12)


def test_cycles_of_a_stretch_of_days_are_listed_once():
    found = list(calendar(merged_months=[[1, 2]]).cycles_between(date(2026, 1, 1), date(2026, 12, 31)))
    assert [str(cycle.month) for cycle in found] == ["2025-12", "2026-02", *(f"2026-{m:02d}" for m in range(3, 13))]
    autumn = list(calendar().cycles_between(date(2026, 9, 20), date(2026, 10, 20)))
    assert [str(cycle.month) for cycle in autumn] == ["2026-09"]


def test_a_year_without_a_table_is_reported_by_the_cycle():
    assert calendar().cycle(Period(2026, 12)).missing_years == (2027,)


def test_only_months_have_a_cycle():
    with pytest.raises(ValueError, match="monthly"):
        calendar().cycle(Period.of("2026Q3"))
