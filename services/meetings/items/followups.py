"""Reminding owners before an item is due, and drafting a 督办单 for the secretariat when it is overdue."""

from datetime import datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.calendar.zones import local_day, to_utc
from services.checkins.running.recipients import find_recipients
from services.errors import AlreadyClosed
from services.meetings.items.facts import item_values
from services.meetings.items.finding import get_item
from services.meetings.items.history import note_event
from services.meetings.items.issuing import owner_buttons
from services.meetings.office import MeetingOffice
from services.meetings.rules.followup import FollowUp, follow_ups
from services.meetings.rules.states import SETTLED, ItemState
from services.meetings.standing.notices import Message, Target, post_to, secretariat_targets, units_targets
from services.members.actors import Actor
from services.models import ActionItem
from services.outbox import Button

WAITING_FOR_OFFICE = frozenset({ItemState.REPORTED_DONE, ItemState.EXTENSION_REQUESTED})
QUIET_STATES = tuple(state.value for state in (*SETTLED, *WAITING_FOR_OFFICE))
HORIZON = timedelta(days=45)
END_OF_DAY = time(17, 30)


async def remind_items(session: AsyncSession, office: MeetingOffice, *, now: datetime) -> int:
    """Post the prompts that have come due; returns how many messages.

    Whoever reported or asked for more time waits for the secretariat and is not reminded. Of several prompts that were
    missed only the last is sent.
    """
    today = office.today(now)
    items = await session.scalars(
        select(ActionItem).where(
            ActionItem.issued_at.is_not(None),
            ActionItem.due_on.is_not(None),
            ActionItem.due_on <= today + HORIZON,
            ActionItem.state.not_in(QUIET_STATES),
        )
    )
    posted = 0
    for item in items.all():
        assert item.issued_at is not None
        assert item.due_on is not None
        prompts = follow_ups(local_day(item.issued_at, office.zone), item.due_on, office.settings, office.quiet_hours)
        due = [prompt for prompt in prompts if prompt.at <= now]
        if due and not (due[-1].unless_progress and item.progressed_at):
            posted += await _post(session, office, item, due[-1], now)
    return posted


async def _post(session: AsyncSession, office: MeetingOffice, item: ActionItem, prompt: FollowUp, now: datetime) -> int:
    values = item_values(office, item, local_day(prompt.at, office.zone))
    if prompt.to_secretariat:
        buttons = ((Button("meetings.button_supervise", "meeting_supervise", {"item_id": item.id}),),)
        message = Message("meetings.supervision_draft", values, buttons, not_before=prompt.at)
        targets = await secretariat_targets(session, office)
    else:
        assert item.due_on is not None
        closes = to_utc(item.due_on, END_OF_DAY, office.zone)
        if now > closes:
            return 0
        message = Message("meetings.item_due", values, owner_buttons(item), not_before=prompt.at, expires_at=closes)
        targets = await units_targets(session, [part.unit for part in item.units if part.part == "owner"])
    return await post_to(session, f"item:{item.id}:{item.due_on}:{prompt.key}", targets, message, now=prompt.at)


async def send_supervision(
    session: AsyncSession, office: MeetingOffice, actor: Actor, item_id: int, *, now: datetime
) -> ActionItem:
    """Send the 督办单 that a person decided on, to liaison and leader of the owning units; once for each due date.

    Raises:
        NotAllowed: not of the secretariat.
        AlreadyClosed: the item is no longer overdue, or the sheet went out.
    """
    actor.require_secretariat()
    item = await get_item(session, item_id, for_update=True)
    if item.due_on is None or item.due_on >= office.today(now) or item.state in QUIET_STATES:
        raise AlreadyClosed(what="supervision")
    owners = {part.unit_id: part.unit.name for part in item.units if part.part == "owner"}
    people = await find_recipients(session, owners)
    targets = [
        Target(one.telegram_id, one.person_id)
        for unit_id in owners
        for one in people[unit_id]
        if one.role in ("liaison", "leader")
    ]
    message = Message(
        "meetings.supervision",
        item_values(office, item, office.today(now)),
        owner_buttons(item),
        not_before=office.quiet_hours.next_send_at(now),
    )
    posted = await post_to(session, f"item:{item.id}:{item.due_on}:supervision", targets, message, now=now)
    if not posted:
        raise AlreadyClosed(what="supervision")
    note_event(session, item, "supervise", before=item.state, by=actor.person_id, now=now, to=posted)
    return item
