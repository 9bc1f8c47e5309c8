"""Refusals of the check-ins."""

from services.errors import Refusal


class NothingDue(Refusal):
    """No cycle is open for this unit. Facts: `opens_on` of the next one, ISO."""


class MonthNotOpen(NothingDue):
    """The figures are for a later month. Facts: `period` and `opens_on` of it, `filed`: the month that was filed."""


class PeriodLocked(Refusal):
    """The period is locked or lies in the future. Facts: `period`, as people call it."""


class CheckFailed(Refusal):
    """A figure is rejected or a question about it is open; nothing was filed. Facts: `rules`, `keys`."""


class NothingToFile(Refusal):
    """There is no draft. Facts: `period`."""


class CorrectionUnexplained(Refusal):
    """A figure that was filed changes only with a reason. Facts: `keys`."""


class DoubtSettled(Refusal):
    """The question is not open any more. Facts: `key`."""


class NothingFiled(Refusal):
    """A correction names a month that the unit has not filed. Facts: `period`, as people call it."""


class NothingToReview(Refusal):
    """The unit has not submitted, so nothing can be accepted or returned. Facts: `unit`."""

    may_retry = False


class NotOwing(Refusal):
    """The unit has filed meanwhile, or need not: more time is of no use to it. Facts: `unit`."""


class UnitIsFilling(Refusal):
    """The unit has begun itself, so the secretariat neither writes nor files. Facts: `unit`, `period`, `count`."""
