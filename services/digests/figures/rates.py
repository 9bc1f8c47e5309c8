"""Rates: which months each part is read from, which units count, and the quotient."""

from decimal import Decimal

from services.checkins.form import Derived, Form, Kind
from services.digests.figures.cube import Flags
from services.digests.figures.tallies import Tally, rolling, window, year_to_date
from services.periods import Period


def rate_months(form: Form, rate: Derived, key: str, period: Period) -> tuple[Period, ...]:
    """Which months a part of a rate is read from.

    A rate over the year to date (培训人次与在校生之比) takes the latest stock of the same year, so that a school whose
    last report is missing does not stand above the line only.
    """
    one = form.indicator(key)
    if rate.window_months:
        return rolling(period, rate.window_months)
    if not rate.year_to_date:
        return window(one, period)
    if one.kind is Kind.FLOW:
        return year_to_date(period)
    asked = tuple(month for month in year_to_date(period) if one.is_due(month))
    return asked or window(one, period)


def units_of_rate(above: Tally, below: Tally | None) -> Flags:
    """The units that a rate can be made of: those that gave both parts."""
    return above.has if below is None else above.has & below.has


def ratio(
    rate: Derived, above: Tally, below: Tally | None, units: Flags
) -> tuple[Decimal | None, tuple[Decimal, Decimal] | None]:
    """The rate over those units and its two parts; a rate without a denominator is its numerator."""
    top = above.total(units)
    if below is None:
        return top, None
    bottom = below.total(units)
    if top is None or bottom is None:
        return None, None
    if bottom == 0:
        return None, (top, bottom)
    return (100 if rate.unit == "%" else 1) * top / bottom / rate.divide_by, (top, bottom)
