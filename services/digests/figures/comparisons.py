"""Comparisons of a period with another: over all units, and over those that reported in both."""

from dataclasses import replace

from services.checkins.form import Derived
from services.digests.figures.cube import Flags
from services.digests.figures.figure import Change, Figure, change
from services.digests.figures.rates import ratio, units_of_rate
from services.digests.figures.tallies import Tally
from services.periods import Period


def bases(period: Period) -> tuple[Period | None, Period]:
    """The periods to compare with: the one before (环比; a year has none), and the same of last year (同比)."""
    if period.month:
        return period.previous, period.shift(-12)
    return (period.previous, period.shift(-4)) if period.quarter else (None, period.previous)


def is_current(figure: Figure) -> bool:
    """A figure read from before the period has nothing new to compare."""
    return figure.as_of is not None and not figure.as_of < figure.period.months[0]


def compared(now: Tally, base: Tally, period: Period) -> Change | None:
    """Nothing where records begin inside a window: a part of a year is not compared with the whole of another."""
    if now.since is not None or base.since is not None:
        return None
    as_of = base.months[0] if len(base.months) == 1 else period
    whole = change(now.total(), base.total(), in_points=False, base_as_of=as_of)
    shared = now.complete & base.complete
    if whole is None or not _differ(now.has, base.has, shared):
        return whole
    same = change(now.total(shared), base.total(shared), in_points=False, base_as_of=as_of)
    return _with_comparable(whole, same, shared)


def compared_rates(rate: Derived, now: tuple[Tally, Tally | None], base: tuple[Tally, Tally | None]) -> Change | None:
    """A comparison of rates, in points where they are percents; nothing where records begin inside a window."""
    if any(one is not None and one.since is not None for one in (*now, *base)):
        return None
    here, there = units_of_rate(*now), units_of_rate(*base)
    points, as_of = rate.unit == "%", base[0].months[-1]
    whole = change(ratio(rate, *now, here)[0], ratio(rate, *base, there)[0], in_points=points, base_as_of=as_of)
    shared = here & there
    if whole is None or not _differ(here, there, shared):
        return whole
    one, other = ratio(rate, *now, shared)[0], ratio(rate, *base, shared)[0]
    return _with_comparable(whole, change(one, other, in_points=points, base_as_of=as_of), shared)


def _differ(here: Flags, there: Flags, shared: Flags) -> bool:
    """Whether other units stand on one side than on both, so that a comparison needs a common base."""
    return bool(shared.any() and ((here != shared) | (there != shared)).any())


def _with_comparable(whole: Change, same: Change | None, shared: Flags) -> Change:
    return replace(whole, comparable=replace(same, units=int(shared.sum())) if same else None)
