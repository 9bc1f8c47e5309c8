"""Handing items to their owners after a person signed the minutes, and telling both sides what became of them."""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.errors import AlreadyClosed
from services.meetings.items.facts import item_values
from services.meetings.items.history import note_event
from services.meetings.office import MeetingOffice
from services.meetings.rules.states import SETTLED, ItemAction, ItemRole, ItemState, actions_from
from services.meetings.standing.finding import get_meeting
from services.meetings.standing.notices import Message, convener_targets, post_to, secretariat_targets, units_targets
from services.members.actors import Actor
from services.models import ActionItem, ItemEvent, Meeting
from services.outbox import Button

DONE_BY_OWNER = (ItemAction.REPORT_DONE, ItemAction.REQUEST_EXTENSION)
OFFICE_ACTIONS = {
    ItemState.REPORTED_DONE: (ItemAction.CLOSE, ItemAction.RETURN),
    ItemState.EXTENSION_REQUESTED: (ItemAction.GRANT_EXTENSION, ItemAction.REFUSE_EXTENSION),
}


async def sign_minutes(
    session: AsyncSession, office: MeetingOffice, actor: Actor, meeting_id: int, *, now: datetime
) -> tuple[Meeting, int]:
    """Note that a person signed the minutes, and hand every item to its owners; returns how many messages.

    Raises:
        NotAllowed: not of the secretariat.
        AlreadyClosed: nothing is left to hand out.
    """
    actor.require_secretariat()
    meeting = await get_meeting(session, meeting_id, for_update=True)
    waiting = await session.scalar(
        select(ActionItem.id).where(ActionItem.meeting_id == meeting.id, ActionItem.issued_at.is_(None)).limit(1)
    )
    if meeting.minutes_signed_at is not None and waiting is None:
        raise AlreadyClosed(what="minutes")
    meeting.minutes_signed_at = meeting.minutes_signed_at or now
    audit.record(session, "sign", "minutes", meeting.id, by=actor.person_id, now=now)
    return meeting, await issue_items(session, office, meeting, by=actor.person_id, now=now)


async def issue_items(
    session: AsyncSession, office: MeetingOffice, meeting: Meeting, *, by: int | None, now: datetime
) -> int:
    """Each unit gets the items in which it has a part, each item once; returns how many messages."""
    items = list(
        await session.scalars(
            select(ActionItem)
            .where(ActionItem.meeting_id == meeting.id, ActionItem.issued_at.is_(None))
            .order_by(ActionItem.number)
            .with_for_update(of=ActionItem)
        )
    )
    posted = 0
    for item in items:
        item.issued_at = now
        note_event(session, item, "issue", before=item.state, by=by, now=now)
        for part in item.units:
            message = Message(
                "meetings.item_issued",
                {**item_values(office, item, office.today(now)), "part": part.part},
                ((Button("meetings.button_acknowledge", "meeting_ack", {"item_id": item.id}),),),
                not_before=office.quiet_hours.next_send_at(now),
            )
            targets = await units_targets(session, [part.unit])
            posted += await post_to(session, f"item:{item.id}:issued", targets, message, now=now)
    return posted


async def tell_secretariat(
    session: AsyncSession, office: MeetingOffice, item: ActionItem, text_key: str, *, now: datetime, **values: object
) -> int:
    """Tell every secretary about an item, with the buttons of what may be done now."""
    today = office.today(now)
    message = Message(text_key, {**item_values(office, item, today), **values}, office_buttons(item, today))
    targets = await secretariat_targets(session, office)
    if item.state == ItemState.EXTENSION_REQUESTED and "convener" in office.settings.extension_approvers:
        targets += await convener_targets(session, office)
    return await post_to(session, await _key(session, item, text_key), targets, message, now=now)


async def tell_owners(
    session: AsyncSession, office: MeetingOffice, item: ActionItem, text_key: str, *, now: datetime, **values: object
) -> int:
    """Tell the liaisons of the owning units what became of their item."""
    targets = await units_targets(session, [part.unit for part in item.units if part.part == "owner"])
    message = Message(
        text_key,
        {**item_values(office, item, office.today(now)), **values},
        owner_buttons(item),
        not_before=office.quiet_hours.next_send_at(now),
    )
    return await post_to(session, await _key(session, item, text_key), targets, message, now=now)


def office_buttons(item: ActionItem, today: date) -> tuple[tuple[Button, ...], ...]:
    """What the secretariat may do to the item now; the 督办单 once it is overdue."""
    row = tuple(
        Button(f"meetings.button_{action.value}", "meeting_item", {"item_id": item.id, "action": action.value})
        for action in OFFICE_ACTIONS.get(ItemState(item.state), ())
    )
    overdue = item.due_on is not None and item.due_on < today
    if overdue and not row and ItemState(item.state) not in SETTLED:
        row = (Button("meetings.button_supervise", "meeting_supervise", {"item_id": item.id}),)
    return (row,) if row else ()


def owner_buttons(item: ActionItem) -> tuple[tuple[Button, ...], ...]:
    """What an owner may do to the item now."""
    allowed = actions_from(ItemState(item.state), frozenset({ItemRole.OWNER}))
    row = tuple(
        Button(f"meetings.button_{action.value}", "meeting_item", {"item_id": item.id, "action": action.value})
        for action in DONE_BY_OWNER
        if action in allowed
    )
    return (row,) if row else ()


async def _key(session: AsyncSession, item: ActionItem, text_key: str) -> str:
    """Named by the change that it speaks of, for an item may be returned twice; not withdrawn with reminders."""
    await session.flush()
    event = await session.scalar(select(func.max(ItemEvent.id)).where(ItemEvent.item_id == item.id))
    return f"told:{item.id}:{text_key.partition('.')[2]}:{event}"
