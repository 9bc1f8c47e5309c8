"""Action items in the hands of people: signed for, reported on, verified, returned, extended, cancelled."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from services.errors import BadInput, NotAllowed
from services.meetings.errors import IllegalMove, ReasonMissing
from services.meetings.items.facts import iso_day
from services.meetings.items.finding import get_item, roles_of
from services.meetings.items.history import last_by, note_event
from services.meetings.office import MeetingOffice
from services.meetings.rules.states import ANSWERS, NEEDS_REASON, SETTLED, Actor, ItemAction, ItemRole, ItemState, act
from services.members.actors import Actor as Person
from services.models import ActionItem
from services.outbox import withdraw

TEXT_LIMIT = 2000


@dataclass(frozen=True)
class Told:
    """What somebody says with an action: a reason or evidence, how far it is, until when; and what else was `said`."""

    text: str = ""
    percent: float | None = None
    until: date | None = None
    said: str = ""


async def act_on_item(
    session: AsyncSession,
    office: MeetingOffice,
    person: Person,
    item_id: int,
    action: ItemAction,
    told: Told,
    *,
    now: datetime,
) -> ActionItem:
    """Do it, write it down in the item's history, and return the item in its new state.

    Raises:
        NotAllowed: the person's roles of today do not permit it; OwnWork when it would verify its own report.
        IllegalMove: the item's state does not permit it.
        ReasonMissing: the step needs a reason.
        BadInput: the text is too long, or the wanted date is not later than the present one.
    """
    item = await get_item(session, item_id, for_update=True)
    approvers = office.settings.extension_approvers
    before = ItemState(item.state)
    who = Actor(person.person_id, roles_of(person, item))
    asked_by = await last_by(session, item, ANSWERS[action].value) if action in ANSWERS else None
    try:
        after = act(before, action, who, asked_by=asked_by, approvers=approvers)
    except NotAllowed as refusal:
        refusal.facts |= {"what": "item", "item_id": item.id, "number": item.number}
        raise
    if action in NEEDS_REASON and not told.text.strip():
        raise ReasonMissing(action=action.value, number=item.number)
    if len(told.text) > TEXT_LIMIT:
        raise BadInput(field="text", given=told.text[:40], problem="too_long", limit=TEXT_LIMIT)
    due_before = item.due_on
    _change(office, item, action, told, who, now)
    item.state = after.value
    if action is ItemAction.ACKNOWLEDGE:
        _sign_for(item, person, now)
    if after in SETTLED or item.due_on != due_before or action is ItemAction.REPORT_DONE:
        await withdraw(session, f"item:{item.id}:", action.value)
    words = told.text or told.said
    facts: dict[str, object] = {"text": words[:500]} if words else {}
    facts |= {"percent": told.percent} if told.percent is not None else {}
    if item.due_on != due_before:
        facts |= {"due_before": iso_day(due_before), "due_on": iso_day(item.due_on)}
    elif action is ItemAction.REQUEST_EXTENSION:
        facts |= {"wanted_due_on": iso_day(item.wanted_due_on)}
    note_event(session, item, action.value, before=before.value, by=person.person_id, now=now, **facts)
    return item


async def sign_for_item(
    session: AsyncSession, office: MeetingOffice, person: Person, item_id: int, *, now: datetime
) -> ActionItem:
    """签收: the first owner's moves the item on; every other unit's is noted beside it.

    Raises:
        NotAllowed: the person speaks for none of the item's units.
    """
    item = await get_item(session, item_id, for_update=True)
    mine = [part for part in item.units if part.unit_id in person.unit_ids]
    if not mine:
        raise NotAllowed(what="item", item_id=item.id)
    if item.state == ItemState.OPEN and any(part.part == "owner" for part in mine):
        return await act_on_item(session, office, person, item_id, ItemAction.ACKNOWLEDGE, Told(), now=now)
    if any(part.acknowledged_at is None for part in mine):
        _sign_for(item, person, now)
        note_event(session, item, "acknowledge", before=item.state, by=person.person_id, now=now)
    return item


async def add_evidence(session: AsyncSession, person: Person, item_id: int, text: str, *, now: datetime) -> ActionItem:
    """More evidence to a report that waits for verification.

    Raises:
        NotAllowed: the person does not speak for an owner of the item.
        IllegalMove: it was verified, returned or cancelled meanwhile.
    """
    item = await get_item(session, item_id, for_update=True)
    if not roles_of(person, item) & {ItemRole.OWNER, ItemRole.SECRETARIAT}:
        raise NotAllowed(what="item", item_id=item.id)
    if item.state != ItemState.REPORTED_DONE:
        raise IllegalMove(state=item.state, action="evidence", allowed=[])
    if len(text) > TEXT_LIMIT:
        raise BadInput(field="evidence", given=text[:40], problem="too_long", limit=TEXT_LIMIT)
    item.evidence = f"{item.evidence}；{text}" if item.evidence else text
    note_event(session, item, "evidence", before=item.state, by=person.person_id, now=now, text=text[:500])
    return item


def _change(office: MeetingOffice, item: ActionItem, action: ItemAction, told: Told, who: Actor, now: datetime) -> None:
    if action is ItemAction.PROGRESS:
        item.percent = told.percent if told.percent is not None else item.percent
        item.progressed_at = now
    elif action is ItemAction.REPORT_DONE:
        item.percent, item.evidence = 100.0, told.text or item.evidence
        item.reported_by, item.reported_at = who.person_id, now
    elif action is ItemAction.CLOSE:
        item.closed_by, item.closed_on = who.person_id, office.today(now)
    elif action is ItemAction.REQUEST_EXTENSION:
        if told.until is None or told.until <= (item.due_on or date.min) or told.until <= office.today(now):
            raise BadInput(field="due", given=iso_day(told.until) or told.text[:40], problem="not_later")
        item.wanted_due_on = office.workdays.due_on(told.until)
    elif action is ItemAction.GRANT_EXTENSION:
        item.due_on, item.wanted_due_on = item.wanted_due_on, None
    elif action is ItemAction.REFUSE_EXTENSION:
        item.wanted_due_on = None
    elif action in (ItemAction.RETURN, ItemAction.REOPEN):
        item.reported_by = item.reported_at = item.closed_by = item.closed_on = None
        item.percent = None  # "100 %" was not accepted; what was reported stands in the history


def _sign_for(item: ActionItem, person: Person, now: datetime) -> None:
    for part in item.units:
        if part.unit_id in person.unit_ids and part.acknowledged_at is None:
            part.acknowledged_by, part.acknowledged_at = person.person_id, now
