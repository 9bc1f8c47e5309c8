"""Months, quarters and years."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.periods import Period, read_period

NOVEMBER = Period(2026, 11)
PERIODS = st.one_of(
    st.builds(Period, st.integers(2000, 2100), st.integers(1, 12)),
    st.builds(lambda year, quarter: Period(year, quarter=quarter), st.integers(2000, 2100), st.integers(1, 4)),
    st.builds(Period, st.integers(2000, 2100)),
)


@given(PERIODS)
def test_a_period_reads_back_from_its_writing(period):
    assert Period.of(str(period)) == period


@given(PERIODS)
def test_next_and_previous_undo_each_other_without_gap(period):
    assert period.next.previous == period
    assert (period.next.first_day - period.last_day).days == 1
    assert period < period.next


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("11月", "2026-11"),
        ("上个月", "2026-10"),
        ("10月份", "2026-10"),
        ("十二月", "2026-12"),
        ("1月", "2027-01"),
        ("三季度", "2026Q3"),
        ("2025年三季度", "2025Q3"),
        ("去年12月", "2025-12"),
        ("2026年", "2026"),
        ("2026-09", "2026-09"),
        ("上季度", "2026Q3"),
        ("去年", "2025"),
    ],
)
def test_spoken_periods(words, written):
    assert str(read_period(words, NOVEMBER)) == written


def test_december_spoken_in_january_is_the_one_just_past():
    assert read_period("12月", Period(2027, 1)) == Period(2026, 12)


@pytest.mark.parametrize("words", ["13月", "明天", "", "第五季度"])
def test_other_words_are_no_period(words):
    assert read_period(words, NOVEMBER) is None


@pytest.mark.parametrize("written", ["2026-13", "2026Q5", "26-11", "2026/11", ""])
def test_wrong_writing_is_refused(written):
    with pytest.raises(ValueError, match="period"):
        Period.of(written)


def test_days_labels_and_quarters():
    assert Period(2028, 2).last_day == date(2028, 2, 29)
    assert NOVEMBER.label == "2026年11月"
    assert Period(2026, 12).is_quarter_month
    assert not NOVEMBER.is_quarter_month
    assert NOVEMBER.quarter_of == Period(2026, quarter=4)
    assert [str(month) for month in Period(2026, quarter=4).months] == ["2026-10", "2026-11", "2026-12"]
