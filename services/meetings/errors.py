"""What the rules of a meeting turn down."""

from services.errors import NotAllowed, Refusal


class MeetingHeld(Refusal):
    """The meeting already took place and cannot be moved. Facts: `meeting_on`."""


class IllegalMove(Refusal):
    """The action item is not in a state that permits the action. Facts: `state`, `action`, `allowed`."""


class OwnWork(NotAllowed):
    """Somebody else must verify what a person reported. Facts: `action`."""


class NoQuorumRule(Refusal):
    """A quorum was asked of nobody. Facts: `members`."""
