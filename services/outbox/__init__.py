"""The outbox: what will be said, decided in the transaction of the state change, delivered after it."""

from services.outbox.buttons import Pressed, close_buttons, get_pressed
from services.outbox.delivery import Outcome, note_progress, record_outcomes
from services.outbox.leasing import claim_due, claim_fresh, count_outbox, next_due_at
from services.outbox.pacing import Pacing
from services.outbox.posting import Address, Attachment, Button, Note, find_last_said, list_last_said, post, withdraw

__all__ = [
    "Address",
    "Attachment",
    "Button",
    "Note",
    "Outcome",
    "Pacing",
    "Pressed",
    "claim_due",
    "claim_fresh",
    "close_buttons",
    "count_outbox",
    "find_last_said",
    "get_pressed",
    "list_last_said",
    "next_due_at",
    "note_progress",
    "post",
    "record_outcomes",
    "withdraw",
]
