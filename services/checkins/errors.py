"""Refusals of the check-ins."""

from services.errors import Refusal


class NothingDue(Refusal):
    """No cycle is open for this unit. Facts: `opens_on` of the next one, ISO."""


class PeriodLocked(Refusal):
    """The period is locked or lies in the future. Facts: `period`."""


class CheckFailed(Refusal):
    """Figures contradict each other or the dictionary; nothing was filed. Facts: `findings` as dictionaries."""


class NothingToFile(Refusal):
    """There is no draft. Facts: `period`."""


class ReasonMissing(Refusal):
    """A figure that was filed changes only with a reason. Facts: `keys`."""
