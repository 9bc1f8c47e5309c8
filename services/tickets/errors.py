"""What the secretariat's desk turns down. Facts only; the sentences are in `handlers/texts`."""

from services.errors import AlreadyClosed, NotAllowed, Refusal


class TicketTaken(AlreadyClosed):
    """Somebody was faster, or the ticket is closed. Facts: `number`, `state`, `by`."""


class PersonUnreachable(Refusal):
    """The person cannot be written to. Facts: `name`."""


class NeedsSecondPerson(NotAllowed):
    """Whoever gave an answer does not approve it. Facts: `number`."""
