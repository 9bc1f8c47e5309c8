"""What the rules of a meeting turn down."""

from services.errors import AlreadyClosed, NotAllowed, Refusal


class MeetingHeld(Refusal):
    """The meeting already took place and cannot be moved. Facts: `meeting_on`."""


class PlanSuperseded(AlreadyClosed):
    """The card speaks of a plan that was changed since; there is a later one. Facts: `meeting_id`."""


class NoMeeting(Refusal):
    """No meeting is planned, so nothing can be done about it."""


class PlanUnclear(Refusal):
    """A wish for a meeting that cannot be understood. Facts: `problem` (`date_missing`, `date_past`, `time_bad`)."""


class DraftUnsettled(Refusal):
    """A decision cannot bind anybody yet. Facts: `missing` (`owner`, `due`, `text`), `given`."""


class IllegalMove(Refusal):
    """The action item is not in a state that permits the action. Facts: `state`, `action`, `allowed`."""

    may_retry = False


class ReasonMissing(Refusal):
    """This step needs a reason. Facts: `action`, `number`."""


class ItemUnclear(Refusal):
    """Several items could be meant. Facts: `numbers`, `items`."""


class OwnWork(NotAllowed):
    """Somebody else must verify what a person reported. Facts: `action`."""


class NoQuorumRule(Refusal):
    """A quorum was asked of nobody. Facts: `members`."""
