"""What is told of an action item: its light, its values for texts, how far all have come."""

from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services.meetings.items.finding import list_items
from services.meetings.office import MeetingOffice
from services.meetings.rules.counting import Completion, ItemRecord, completion
from services.meetings.rules.followup import reminded_on
from services.meetings.rules.lights import ItemFacts, Light, legend, light_of
from services.meetings.rules.states import ItemState
from services.models import ActionItem


def light_of_item(office: MeetingOffice, item: ActionItem, as_of: date) -> Light:
    """The item's light on that day."""
    near = office.settings.near_due_workdays
    facts = ItemFacts(
        opened_on=item.opened_on,
        due_on=item.due_on,
        closed=item.state == ItemState.VERIFIED_CLOSED,
        cancelled=item.state == ItemState.CANCELLED,
        returned=item.state == ItemState.RETURNED,
        percent=item.percent,
        near_on=reminded_on(item.due_on, near, office.workdays) if item.due_on and near else None,
    )
    return light_of(facts, office.settings.lights, as_of)


def item_legend(office: MeetingOffice) -> list[dict[str, Any]]:
    """What the colours of items mean in the scheme in use, as texts show it."""
    entries = legend(office.settings.lights, office.settings.near_due_workdays)
    return [{"colour": one.colour.value, "condition": one.condition.value, "number": one.number} for one in entries]


async def count_completion(session: AsyncSession, as_of: date, meeting_id: int | None = None) -> Completion:
    """How far the decisions (of one meeting, or all) have come by that day."""
    items = await list_items(session, meeting_id=meeting_id)
    return completion((ItemRecord(ItemState(item.state), item.due_on, item.closed_on) for item in items), as_of)


def item_values(office: MeetingOffice, item: ActionItem, as_of: date) -> dict[str, Any]:
    """The item as texts show it: JSON types only."""
    light = light_of_item(office, item, as_of)
    return {
        "item_id": item.id,
        "number": item.number,
        "text": item.text,
        "standard": item.standard,
        "owners": [part.unit.name for part in item.units if part.part == "owner"],
        "co_owners": [part.unit.name for part in item.units if part.part == "co_owner"],
        "due_on": iso_day(item.due_on),
        "first_due_on": iso_day(item.first_due_on),
        "wanted_due_on": iso_day(item.wanted_due_on),
        "state": item.state,
        "issued": item.issued_at is not None,
        "percent": item.percent,
        "evidence": item.evidence,
        "light": light.colour.value,
        "days_left": light.days_left,
        "meeting_on": item.meeting.meeting_on.isoformat(),
        "consortium": office.consortium,
        "as_of": as_of.isoformat(),
        "closed_on": iso_day(item.closed_on),
    }


def iso_day(day: date | None) -> str:
    """The day as texts take it; empty for none."""
    return day.isoformat() if day else ""
