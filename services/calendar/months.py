"""Days of a month, where months differ in length."""

from datetime import date

from services.periods import Period


def nth_day(month: Period, number: int) -> date:
    """That day of the month, or its last day when it is shorter."""
    return month.last_day.replace(day=min(number, month.last_day.day))


def months_later(day: date, months: int) -> date:
    """The same day of the month that many months later, or its last day when that month is shorter."""
    return nth_day(Period.month_of(day).shift(months), day.day)
