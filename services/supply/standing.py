"""Offers grow old: after their term the unit is asked once whether they still stand; unanswered they lapse."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.checkins.running.recipients import find_recipients, pick
from services.errors import AlreadyClosed
from services.members.actors import Actor
from services.outbox import Address, post
from services.outbox.posting import Timing
from services.supply.desk import SupplyDesk
from services.supply.fields import KINDS, STANDING, Kind, Offer
from services.supply.finding import get_offer
from services.supply.notices import STALE_AFTER, still_note
from services.supply.offers import close_offer, expire, keep_offer
from services.supply.tables import load_catalogue

MOST_ASKED = 8  # in one message; the rest is asked about the next working day


async def ask_still_open(session: AsyncSession, desk: SupplyDesk, *, now: datetime) -> int:
    """Ask each unit about its offers whose term is over, in one message and in working hours; returns how many."""
    if not desk.hours.is_open(now):
        return 0
    due: dict[int, list[Offer]] = {}
    for kind in KINDS.values():
        for offer in await _due(session, kind, desk, now):
            due.setdefault(offer.unit_id, []).append(offer)
    people = await find_recipients(session, due)
    asked = 0
    for unit_id, offers in sorted(due.items()):
        chosen, to = offers[:MOST_ASKED], pick(people[unit_id], 0)
        for offer in chosen:
            offer.asked_at = now
        asked += len(chosen)
        if to is None:
            continue  # nobody can be asked: they lapse like those that nobody answers
        note = still_note(chosen, await load_catalogue(session), desk.settings.answer_days)
        key = f"supply:still:{unit_id}:{desk.today(now)}"
        timing = Timing(now, now + STALE_AFTER)
        address = Address(to.telegram_id, person_id=to.person_id)
        await post(session, note, address, now=now, business_key=key, timing=timing)
    return asked


async def lapse_unanswered(session: AsyncSession, desk: SupplyDesk, *, now: datetime) -> int:
    """What was asked about and not answered in its days counts no longer; returns how many."""
    before = now - timedelta(days=desk.settings.answer_days)
    lapsed = 0
    for kind in KINDS.values():
        model = kind.model
        found = await session.scalars(
            select(model).where(model.state.in_(STANDING), model.asked_at < before).order_by(model.id)
        )
        for offer in found.unique():
            expire(session, offer, now=now)
            lapsed += 1
    return lapsed


async def answer_still_open(
    session: AsyncSession, actor: Actor, kind: Kind, offer_id: int, says: str, *, desk: SupplyDesk, now: datetime
) -> Offer:
    """`keep` for another term, or `filled`, or `withdrawn`; one that lapsed meanwhile can still be kept.

    Raises:
        AlreadyClosed: it was answered before.
    """
    offer = await get_offer(session, actor, kind, offer_id)
    if offer.asked_at is None:
        raise AlreadyClosed(what=kind.name)
    if says == "keep":
        await keep_offer(session, actor, offer, desk=desk, now=now)
    else:
        await close_offer(session, actor, offer, says, now=now)
    return offer


async def _due(session: AsyncSession, kind: Kind, desk: SupplyDesk, now: datetime) -> list[Offer]:
    model = kind.model
    found = await session.scalars(
        select(model)
        .where(model.state.in_(STANDING), model.valid_to <= desk.today(now), model.asked_at.is_(None))
        .order_by(model.id)
    )
    return list(found.unique())
