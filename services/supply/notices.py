"""What the two sides of a pair are told: that it fits, that both agree or one does not; and what grew old is asked."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services.checkins.running.recipients import Recipient
from services.models import DemandPost, MatchProposal, Person, SupplyBatch
from services.outbox import Address, Button, Note, post
from services.outbox.posting import Timing
from services.supply.cards import offer_values
from services.supply.catalogue import Catalogue
from services.supply.desk import SupplyDesk
from services.supply.fields import NEED, Offer, kind_of
from services.supply.tables import load_catalogue

SAYS = ("yes", "no")
STALE_AFTER = timedelta(days=3)


async def tell_pairs(
    session: AsyncSession,
    pairs: Sequence[MatchProposal],
    people: Mapping[int, Recipient],
    desk: SupplyDesk,
    *,
    now: datetime,
) -> None:
    """One message to each unit with all its new pairs."""
    catalogue = await load_catalogue(session)
    for unit_id in sorted({unit for pair in pairs for unit in (pair.post.unit_id, pair.batch.unit_id)}):
        own = [pair for pair in pairs if unit_id in (pair.post.unit_id, pair.batch.unit_id)]
        note = _pairs_note(own, unit_id, catalogue, desk.settings.answer_days)
        to, timing = people[unit_id], Timing(now, now + STALE_AFTER)
        key = f"supply:pairs:{unit_id}:{own[0].id}"
        await post(
            session, note, Address(to.telegram_id, person_id=to.person_id), now=now, business_key=key, timing=timing
        )


def _pairs_note(pairs: Sequence[MatchProposal], unit_id: int, catalogue: Catalogue, answer_days: int) -> Note:
    side = "need" if pairs[0].post.unit_id == unit_id else "supply"
    unit = pairs[0].post.unit if side == "need" else pairs[0].batch.unit
    rows = tuple(
        tuple(
            Button(f"supply_match.button_{says}", "supply_answer", _answer(pair, side, says), {"number": number})
            for says in SAYS
        )
        for number, pair in enumerate(pairs, start=1)
    )
    shown = [pair_values(pair.post, pair.batch, catalogue, side) | {"tier": pair.tier} for pair in pairs]
    return Note(
        "supply_match.pairs", {"side": side, "unit": unit.name, "pairs": shown, "answer_days": answer_days}, rows
    )


def pair_values(wanted: DemandPost, offered: SupplyBatch, catalogue: Catalogue, side: str) -> dict[str, Any]:
    """Both offers as facts, the other side's masked where counts are small."""
    return {
        "post": offer_values(wanted, catalogue),
        "batch": offer_values(offered, catalogue, is_masked=side == NEED.name),
    }


async def tell_agreed(session: AsyncSession, proposal: MatchProposal, *, now: datetime) -> None:
    """Both said yes: each learns who answers for the other."""
    catalogue = await load_catalogue(session)
    people = [await session.get(Person, one) for one in (proposal.post_by, proposal.batch_by)]
    for side, own, other in (("need", people[0], people[1]), ("supply", people[1], people[0])):
        if own is None or not own.telegram_id:
            continue
        values = pair_values(proposal.post, proposal.batch, catalogue, side)
        values |= {"side": side, "name": other.name if other else "", "username": other.username if other else ""}
        note = Note("supply_match.agreed", values)
        key = f"supply:agreed:{proposal.id}:{side}"
        await post(session, note, Address(own.telegram_id), now=now, business_key=key)


async def tell_refused(session: AsyncSession, proposal: MatchProposal, *, now: datetime) -> None:
    """Who said yes before hears that the other did not."""
    side, person_id = ("need", proposal.post_by) if proposal.post_says == "yes" else ("supply", proposal.batch_by)
    person = await session.get(Person, person_id) if person_id else None
    if person is None or not person.telegram_id:
        return
    values = pair_values(proposal.post, proposal.batch, await load_catalogue(session), side) | {"side": side}
    key = f"supply:refused:{proposal.id}"
    await post(session, Note("supply_match.refused", values), Address(person.telegram_id), now=now, business_key=key)


def still_note(offers: Sequence[Offer], catalogue: Catalogue, answer_days: int) -> Note:
    """The one question whether offers of a unit still stand."""
    rows = tuple(
        tuple(
            Button(f"supply_match.still_{says}", "supply_still", _still(one, says), {"number": number})
            for says in ("keep", "filled", "withdrawn")
        )
        for number, one in enumerate(offers, start=1)
    )
    shown = [offer_values(one, catalogue) for one in offers]
    values = {"unit": offers[0].unit.name, "offers": shown, "answer_days": answer_days}
    return Note("supply_match.still", values, rows)


def _answer(pair: MatchProposal, side: str, says: str) -> dict[str, Any]:
    return {"proposal_id": pair.id, "side": side, "says": says}


def _still(offer: Offer, says: str) -> dict[str, Any]:
    return {"kind": kind_of(offer).name, "id": offer.id, "says": says}
