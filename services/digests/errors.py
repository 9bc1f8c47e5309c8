"""Refusals of the digests."""

from services.errors import Refusal


class FactsChanged(Refusal):
    """Replies changed since the draft was made. Facts: `period`."""


class NotADraft(Refusal):
    """It was issued before, or a newer draft has taken its place. Facts: `state`, `number`."""


class NothingReported(Refusal):
    """No reports were asked for in that period. Facts: `period`, `last` (the last month with any)."""


class LinkInvalid(Refusal):
    """A link to the page that opens nothing. Facts: `reason` (forged, expired, rights)."""
