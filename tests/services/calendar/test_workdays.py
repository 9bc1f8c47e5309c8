from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.calendar.holidays import HolidayTable, built_in
from services.calendar.workdays import Workdays

WORKDAYS = Workdays()
days = st.dates(date(2005, 1, 1), date(2030, 12, 31))
steps = st.integers(-60, 60)


def test_official_2026_table_is_built_in():
    off = sorted(day for day in built_in().off if day.year == 2026)
    makeup = sorted(day for day in built_in().makeup if day.year == 2026)
    expected = [
        *(date(2026, 1, d) for d in (1, 2, 3)),
        *(date(2026, 2, d) for d in range(15, 24)),
        *(date(2026, 4, d) for d in (4, 5, 6)),
        *(date(2026, 5, d) for d in range(1, 6)),
        *(date(2026, 6, d) for d in (19, 20, 21)),
        *(date(2026, 9, d) for d in (25, 26, 27)),
        *(date(2026, 10, d) for d in range(1, 8)),
    ]
    assert off == expected
    assert makeup == [date(2026, *md) for md in ((1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10))]


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 9, 20), True),  # Sunday, make-up day
        (date(2026, 9, 25), False),  # Friday, holiday
        (date(2026, 10, 10), True),  # Saturday, make-up day
        (date(2026, 10, 11), False),
        (date(2026, 10, 12), True),
    ],
)
def test_makeup_days_are_worked_and_holidays_are_not(day, worked):
    assert WORKDAYS.is_workday(day) is worked


def test_deadline_moves_on_and_reminder_moves_back_over_the_national_holiday():
    assert WORKDAYS.due_on(date(2026, 10, 5)) == date(2026, 10, 8)
    assert WORKDAYS.due_on(date(2026, 10, 10)) == date(2026, 10, 10)
    assert WORKDAYS.reminder_on(date(2026, 10, 5)) == date(2026, 9, 30)
    assert WORKDAYS.reminder_on(date(2026, 10, 10)) == date(2026, 10, 9)


def test_years_without_a_table_count_weekdays_and_are_named():
    assert WORKDAYS.is_workday(date(2027, 10, 4))
    assert not WORKDAYS.is_workday(date(2027, 10, 1))  # the law's own day
    assert WORKDAYS.missing_years(date(2026, 12, 1), date(2027, 1, 5)) == (2027,)
    assert WORKDAYS.missing_years(date(2026, 1, 1), date(2026, 12, 31)) == ()
    assert WORKDAYS.missing_years() == ()


def test_imported_year_replaces_its_own_year_only():
    newer = HolidayTable.checked({2026}, {date(2026, 1, 1), date(2025, 12, 31)}, {date(2026, 1, 3)})
    merged = Workdays(built_in().replaced_by(newer))
    assert merged.is_workday(date(2026, 10, 1))
    assert not merged.is_workday(date(2025, 12, 31))
    assert not merged.is_workday(date(2025, 10, 1))
    assert merged.is_makeup_day(date(2026, 1, 3))


@given(days, steps)
def test_shifting_back_undoes_shifting_from_a_workday(day, n):
    start = WORKDAYS.due_on(day)
    assert WORKDAYS.shift(WORKDAYS.shift(start, n), -n) == start


@given(days, days, steps)
def test_shifting_keeps_the_order_of_days(one, other, n):
    first, second = sorted((one, other))
    assert WORKDAYS.shift(first, n) <= WORKDAYS.shift(second, n)


@given(days, steps)
def test_shifted_day_is_worked_and_counts_as_many_workdays(day, n):
    there = WORKDAYS.shift(day, n)
    if n:
        assert WORKDAYS.is_workday(there)
    if n > 0 or WORKDAYS.is_workday(day):
        assert WORKDAYS.count(day, there) == n


@given(days)
def test_a_moved_deadline_is_worked_and_nothing_worked_lies_between(day):
    due = WORKDAYS.due_on(day)
    assert WORKDAYS.is_workday(due)
    assert due >= day
    assert WORKDAYS.count(day, due) == (due != day)


@given(days)
def test_reminders_never_fall_on_makeup_weekends(day):
    at = WORKDAYS.reminder_on(day)
    assert at <= day
    assert WORKDAYS.is_workday(at)
    assert at.weekday() < 5


def test_the_days_that_the_law_gives_are_off_in_a_year_without_a_table():
    days = Workdays(HolidayTable())
    assert not days.is_workday(date(2027, 1, 1))  # a Friday
    assert days.is_holiday(date(2027, 10, 1))
    assert days.due_on(date(2027, 1, 1)) == date(2027, 1, 4)
    assert days.is_workday(date(2027, 1, 4))
    assert not Workdays(HolidayTable(years=frozenset({2027}))).is_holiday(date(2027, 1, 1))  # a table is the authority
