"""Action items in the hands of people: signed for, reported on, verified, returned, extended, cancelled."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.errors import BadInput, NotAllowed, NotFound
from services.meetings.counting import Completion, ItemRecord, completion
from services.meetings.errors import ItemUnclear, ReasonMissing
from services.meetings.followup import reminded_on
from services.meetings.history import last_by, note_event
from services.meetings.lights import ItemFacts, Light, legend, light_of
from services.meetings.office import MeetingOffice
from services.meetings.states import ANSWERS, NEEDS_REASON, SETTLED, Actor, ItemAction, ItemRole, ItemState, act
from services.members.actors import Actor as Person
from services.models import ActionItem, ItemUnit
from services.outbox import withdraw

TEXT_LIMIT = 2000


@dataclass(frozen=True)
class Told:
    """What somebody says with an action: a reason, evidence, how far it is, until when."""

    text: str = ""
    percent: float | None = None
    until: date | None = None


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
    facts: dict[str, object] = {"text": told.text[:500]} if told.text else {}
    facts |= {"percent": told.percent} if told.percent is not None else {}
    if item.due_on != due_before:
        facts |= {"due_before": _iso(due_before), "due_on": _iso(item.due_on)}
    elif action is ItemAction.REQUEST_EXTENSION:
        facts |= {"wanted_due_on": _iso(item.wanted_due_on)}
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
    """
    item = await get_item(session, item_id, for_update=True)
    if not roles_of(person, item) & {ItemRole.OWNER, ItemRole.SECRETARIAT}:
        raise NotAllowed(what="item", item_id=item.id)
    if len(text) > TEXT_LIMIT:
        raise BadInput(field="evidence", given=text[:40], problem="too_long", limit=TEXT_LIMIT)
    item.evidence = f"{item.evidence}；{text}" if item.evidence else text
    note_event(session, item, "evidence", before=item.state, by=person.person_id, now=now, text=text[:500])
    return item


async def get_item(session: AsyncSession, item_id: int, *, for_update: bool = False) -> ActionItem:
    """The item behind a button.

    Raises:
        NotFound: no such item.
    """
    if for_update:
        await session.scalar(select(ActionItem.id).where(ActionItem.id == item_id).with_for_update())
    item = await session.get(ActionItem, item_id, populate_existing=for_update)
    if item is None:
        raise NotFound(what="item", given=str(item_id))
    return item


async def open_item(session: AsyncSession, person: Person, item_id: int) -> ActionItem:
    """The item for the units that have a part in it, and for the secretariat.

    Raises:
        NotAllowed: another unit's item.
    """
    item = await get_item(session, item_id)
    if not roles_of(person, item):
        raise NotAllowed(what="item", item_id=item.id)
    return item


def roles_of(person: Person, item: ActionItem) -> frozenset[ItemRole]:
    """What the person is to the item today. Convener is who holds that seat, and nobody by another office."""
    roles = {ItemRole.SECRETARIAT} if person.is_secretariat else set()
    for part in item.units:
        if part.unit_id in person.unit_ids:
            roles.add(ItemRole.OWNER if part.part == "owner" else ItemRole.CO_OWNER)
    if person.holds("convener"):
        roles.add(ItemRole.CONVENER)
    return frozenset(roles)


async def list_items(
    session: AsyncSession,
    *,
    meeting_id: int | None = None,
    unit_ids: Iterable[int] | None = None,
    unsettled: bool = False,
) -> list[ActionItem]:
    """Items in the order of their meetings and numbers."""
    query = select(ActionItem).order_by(ActionItem.meeting_id, ActionItem.number)
    if meeting_id is not None:
        query = query.where(ActionItem.meeting_id == meeting_id)
    if unit_ids is not None:
        query = query.where(ActionItem.id.in_(select(ItemUnit.item_id).where(ItemUnit.unit_id.in_(list(unit_ids)))))
    if unsettled:
        query = query.where(ActionItem.state.not_in([state.value for state in SETTLED]))
    return list(await session.scalars(query.execution_options(populate_existing=True)))


async def deals_with_items(session: AsyncSession, person: Person) -> bool:
    """Whether items are the person's business: of the secretariat, the convener, or of a unit with an unsettled one."""
    if person.is_secretariat or person.holds("convener"):
        return True
    return bool(person.unit_ids and await list_items(session, unit_ids=person.unit_ids, unsettled=True))


async def find_named_items(
    session: AsyncSession, person: Person, numbers: Sequence[int], *, settled: bool = False, judging: bool = False
) -> list[ActionItem]:
    """The unsettled (or settled) items that those numbers mean: of the person's units, for the secretariat all.

    Without a number it is the only one there is. `judging`: an order of the office, so a convener means any item too.

    Raises:
        NotFound: none answers to a number.
        ItemUnclear: several could be meant; the person must say which.
    """
    of_all = person.is_secretariat or (judging and person.holds("convener"))
    every = await list_items(session, unit_ids=None if of_all else person.unit_ids)
    mine = [item for item in every if (item.state in SETTLED) == settled]
    if not mine:
        raise NotFound(what="item", given="、".join(map(str, numbers)))
    if not numbers:
        if len(mine) > 1:
            raise ItemUnclear(numbers=[], items=[_named(item) for item in mine])
        return mine
    found = []
    for number in numbers:
        answering = [item for item in mine if item.number == number]
        if not answering:
            raise NotFound(what="item", given=str(number))
        if len(answering) > 1:
            raise ItemUnclear(numbers=[number], items=[_named(item) for item in answering])
        found += answering
    return found


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
        "due_on": _iso(item.due_on),
        "first_due_on": _iso(item.first_due_on),
        "wanted_due_on": _iso(item.wanted_due_on),
        "state": item.state,
        "percent": item.percent,
        "evidence": item.evidence,
        "light": light.colour.value,
        "days_left": light.days_left,
        "meeting_on": item.meeting.meeting_on.isoformat(),
        "closed_on": _iso(item.closed_on),
    }


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
            raise BadInput(field="due", given=_iso(told.until) or told.text[:40], problem="not_later")
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


def _named(item: ActionItem) -> dict[str, object]:
    return {
        "item_id": item.id,
        "number": item.number,
        "text": item.text,
        "meeting_on": item.meeting.meeting_on.isoformat(),
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
