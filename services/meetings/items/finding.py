"""Action items found: behind a button, by the numbers that people name, those of a unit."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.errors import NotAllowed, NotFound
from services.meetings.errors import ItemUnclear
from services.meetings.reading.amending import contains_words
from services.meetings.rules.states import SETTLED, ItemRole
from services.members.actors import Actor
from services.models import ActionItem, ItemUnit


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


async def open_item(session: AsyncSession, person: Actor, item_id: int) -> ActionItem:
    """The item for the units that have a part in it, and for the secretariat.

    Raises:
        NotAllowed: another unit's item.
    """
    item = await get_item(session, item_id)
    if not roles_of(person, item):
        raise NotAllowed(what="item", item_id=item.id)
    return item


def roles_of(person: Actor, item: ActionItem) -> frozenset[ItemRole]:
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
    """Items in the order of their meetings and numbers; a unit's own are those that were handed to it."""
    query = select(ActionItem).order_by(ActionItem.meeting_id, ActionItem.number)
    if meeting_id is not None:
        query = query.where(ActionItem.meeting_id == meeting_id)
    if unit_ids is not None:
        mine = select(ItemUnit.item_id).where(ItemUnit.unit_id.in_(list(unit_ids)))
        query = query.where(ActionItem.id.in_(mine), ActionItem.issued_at.is_not(None))
    if unsettled:
        query = query.where(ActionItem.state.not_in([state.value for state in SETTLED]))
    return list(await session.scalars(query.execution_options(populate_existing=True)))


async def deals_with_items(session: AsyncSession, person: Actor) -> bool:
    """Whether items are the person's business: of the secretariat, the convener, or of a unit with an unsettled one."""
    if person.is_secretariat or person.holds("convener"):
        return True
    return bool(person.unit_ids and await list_items(session, unit_ids=person.unit_ids, unsettled=True))


async def find_named_items(
    session: AsyncSession, person: Actor, numbers: Sequence[int], *, settled: bool = False, judging: bool = False
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


async def find_item_by_words(session: AsyncSession, person: Actor, words: str) -> ActionItem:
    """The one unsettled item whose text has every one of the words; for the secretariat and the convener.

    Raises:
        NotFound: none has.
        ItemUnclear: several have; the person must say which.
    """
    of_all = person.is_secretariat or person.holds("convener")
    mine = await list_items(session, unit_ids=None if of_all else person.unit_ids, unsettled=True)
    said = words.replace("的", "")
    fitting = [one for one in mine if contains_words(one.text.replace("的", ""), said)]
    if not fitting:
        raise NotFound(what="item_words", given=words)
    if len(fitting) > 1:
        raise ItemUnclear(numbers=[], items=[_named(item) for item in fitting])
    return fitting[0]


def _named(item: ActionItem) -> dict[str, object]:
    return {
        "item_id": item.id,
        "number": item.number,
        "text": item.text,
        "meeting_on": item.meeting.meeting_on.isoformat(),
    }
