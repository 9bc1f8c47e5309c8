"""A decision read back: what was understood of it, and the buttons that settle what was not."""

from datetime import date
from typing import Any

from handlers.turn import Rows, Turn
from services.meetings.items.deciding import missing_of
from services.meetings.items.facts import item_values
from services.meetings.office import MeetingOffice
from services.models import ActionItem, Decision
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


async def read_back(turn: Turn, decision: Decision, *, change: bool = False) -> None:
    """The card of a decision that waits; `change`: in place of the one that was pressed."""
    missing = missing_of(decision)
    say = turn.change if change else turn.say
    await say("meetings.draft", draft_buttons(decision, missing), **draft_values(decision, missing))


def confirmed_page(office: MeetingOffice, item: ActionItem, today: date) -> tuple[Rows, dict[str, Any]]:
    """What is said of a decision that was confirmed: buttons and values."""
    signed = item.meeting.minutes_signed_at is not None
    payload = {"meeting_id": item.meeting_id, "sure": True}
    buttons = ((Button("meetings.button_issue", "meeting_sign", payload),),) if signed else ()
    return buttons, {"signed": signed, **item_values(office, item, today)}
