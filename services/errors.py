"""Refusals of the use cases. They carry facts; `handlers/texts` has the sentence for each class."""

from typing import Any


class Refusal(Exception):
    """A request that a rule turns down. `facts` fill the text that handlers choose for the class.

    `may_retry`: whether other words could be taken; else nothing more is waited for.
    """

    may_retry = True

    def __init__(self, **facts: Any) -> None:
        super().__init__(type(self).__name__, facts)
        self.facts = facts


class NotAllowed(Refusal):
    """The person's roles of today do not permit this."""

    may_retry = False


class NotHere(NotAllowed):
    """The person may read it, the place where it was asked for may not: it can go on in private."""


class NotFound(Refusal):
    """Nothing stands under that name or number. Facts: `what`, `given`."""


class Ambiguous(Refusal):
    """Several things answer to that name. Facts: `given`, `candidates`."""


class AlreadyClosed(Refusal):
    """The button or form was answered before; nothing is done twice."""

    may_retry = False


class BadInput(Refusal):
    """A value cannot be taken. Facts: `field`, `given`, `problem` (machine id)."""


class InviteInvalid(Refusal):
    """The invitation is unknown, used or expired. Facts: `reason`."""


class ConsentMissing(Refusal):
    """The person has not yet agreed to the current privacy text."""


class TooMany(Refusal):
    """More than a limit allows. Facts: `limit`, `given`."""
