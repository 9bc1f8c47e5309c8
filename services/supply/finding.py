"""Posts and batches as somebody may see them: one's own, those of the other side, all."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.errors import NotAllowed, NotFound
from services.members.actors import Actor
from services.supply.fields import STANDING, Kind, Offer, kind_of

SPEAKERS = ("liaison", "deputy", "leader")


def units_for(actor: Actor, kind: Kind) -> list[tuple[int, str]]:
    """The units of the right kind that the actor speaks for, as (id, name)."""
    found = {
        seat.unit_id: seat.unit_name
        for seat in actor.seats
        if seat.unit_id and seat.role in SPEAKERS and seat.unit_kind == kind.unit_kind
    }
    return list(found.items())


async def get_offer(session: AsyncSession, actor: Actor, kind: Kind, offer_id: int) -> Offer:
    """One that the actor's unit owns.

    Raises:
        NotFound: it is gone.
        NotAllowed: it is another unit's.
    """
    offer: Offer | None = await session.get(
        kind.model, offer_id, populate_existing=True, with_for_update={"of": kind.model}
    )
    if offer is None:
        raise NotFound(what=kind.name, given=str(offer_id))
    if offer.unit_id not in actor.unit_ids:
        raise NotAllowed(needs="unit")
    return offer


async def see_offer(session: AsyncSession, actor: Actor, kind: Kind, offer_id: int) -> Offer:
    """One to read: one's own, for the secretariat any, for the other side a public one that stands.

    Raises:
        NotFound: it is gone.
        NotAllowed: it is not shown to the actor.
    """
    offer: Offer | None = await session.get(kind.model, offer_id)
    if offer is None:
        raise NotFound(what=kind.name, given=str(offer_id))
    is_shown = offer.is_public and offer.state in STANDING and has_other_side(actor, kind)
    if not (actor.is_secretariat or offer.unit_id in actor.unit_ids or is_shown):
        raise NotAllowed(needs="unit")
    return offer


def has_other_side(actor: Actor, kind: Kind) -> bool:
    """Whether the actor speaks for a unit of the side that such offers are made to."""
    other = {"need": "school", "supply": "enterprise"}[kind.name]
    return any(seat.unit_kind == other and seat.unit_id in actor.unit_ids for seat in actor.seats)


async def list_own(session: AsyncSession, actor: Actor, kind: Kind) -> Sequence[Offer]:
    """Drafts, standing and lapsed offers of the actor's units, newest first."""
    units = [unit_id for unit_id, _ in units_for(actor, kind)]
    model = kind.model
    found = await session.scalars(
        select(model)
        .where(model.unit_id.in_(units), model.state.in_(("draft", *STANDING, "expired")))
        .order_by(model.id.desc())
    )
    return found.all()


async def list_standing(session: AsyncSession, actor: Actor, kind: Kind) -> Sequence[Offer]:
    """What the actor may see of that side: the secretariat all, a school or enterprise the public ones of the other."""
    model = kind.model
    query = select(model).where(model.state.in_(STANDING)).order_by(model.id.desc())
    if not actor.is_secretariat:
        if not has_other_side(actor, kind):
            raise NotAllowed(needs=kind.unit_kind)
        query = query.where(model.is_public)
    return (await session.scalars(query)).all()


async def next_draft(session: AsyncSession, actor: Actor, offer: Offer) -> Offer | None:
    """Another draft of the same person and unit: words may hold several."""
    model = kind_of(offer).model
    found: Offer | None = await session.scalar(
        select(model)
        .where(model.unit_id == offer.unit_id, model.state == "draft", model.created_by == actor.person_id)
        .where(model.id != offer.id)
        .order_by(model.id)
        .limit(1)
    )
    return found
