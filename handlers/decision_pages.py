"""A decision read back: what was understood of it, and the buttons that settle what was not."""

from typing import Any

from handlers.turn import Rows
from services.models import Decision
from services.outbox import Button


def draft_values(decision: Decision, missing: str) -> dict[str, Any]:
    """A decision read back."""
    return {
        "decision_id": decision.id,
        "text": decision.text,
        "standard": decision.standard,
        "owners": list(decision.owners),
        "co_owners": list(decision.co_owners),
        "due_on": decision.due_on.isoformat() if decision.due_on else "",
        "due_phrase": decision.due_phrase,
        "doubts": list(decision.doubts),
        "missing": missing,
    }


def draft_buttons(decision: Decision, missing: str) -> Rows:
    """Confirm when nothing is missing; else the candidates for the owner, or a question for the date."""
    payload = {"decision_id": decision.id}
    drop = Button("meetings.button_drop", "meeting_drop", payload)
    if missing == "owner":
        names = list(dict.fromkeys(name for one in decision.doubts for name in one["candidates"]))[:4]
        picks = tuple(
            (Button("meetings.button_owner", "meeting_owner", {**payload, "name": name}, {"name": name}),)
            for name in names
        )
        return (*picks, (Button("meetings.button_other_owner", "meeting_ask_owner", payload), drop))
    if missing == "due":
        return ((Button("meetings.button_due", "meeting_ask_due", payload), drop),)
    if missing:
        return ((drop,),)
    return ((Button("meetings.button_confirm", "meeting_confirm", payload), drop),)
