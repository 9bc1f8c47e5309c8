"""Whether words offer work or graduates, and for which of the speaker's units. Nothing is stored here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.language.folding import bare
from services.members.actors import Actor
from services.members.units import names_of
from services.models import Unit
from services.privacy import holds_person_records
from services.supply.desk import SupplyDesk
from services.supply.fields import NEED, SUPPLY, Kind
from services.supply.finding import units_for
from services.supply.reading import Read, is_batch, may_be_batch, read_batches, read_posts, weigh_post
from services.supply.tables import load_catalogue


@dataclass(frozen=True)
class Heard:
    """What words offer, and the units it may be for; `is_refused`: they hold records of persons and are not read.

    `is_sure`: the words are no figure of a monthly report as well.
    """

    kind: Kind
    units: Sequence[tuple[int, str]]
    reads: Sequence[Read] = ()
    is_refused: bool = False
    is_sure: bool = True


async def hear_offer(
    session: AsyncSession, desk: SupplyDesk, actor: Actor, words: str, *, now: datetime
) -> Heard | None:
    """What the words offer, said without a command; None when they are plainly something else."""
    weight = weigh_post(words) if units_for(actor, NEED) else ""
    if weight:
        heard = await read_offers(session, desk, actor, NEED, words, now=now)
        return replace(heard, is_sure=weight == "plain")
    if units_for(actor, SUPPLY) and may_be_batch(words) and is_batch(words, await load_catalogue(session)):
        return await read_offers(session, desk, actor, SUPPLY, words, now=now)
    return None


async def read_offers(
    session: AsyncSession, desk: SupplyDesk, actor: Actor, kind: Kind, words: str, *, now: datetime
) -> Heard:
    """What words say of that side, whether or not they would be taken for it by themselves."""
    units = units_for(actor, kind)
    if holds_person_records(words):
        return Heard(kind, units, is_refused=True)
    catalogue, today = await load_catalogue(session), desk.today(now)
    reads = (read_posts if kind is NEED else read_batches)(words, today, catalogue)
    return Heard(kind, await _named(session, units, words), reads)


async def _named(session: AsyncSession, units: Sequence[tuple[int, str]], words: str) -> Sequence[tuple[int, str]]:
    """Those of several units that the words name, else all of them."""
    if len(units) < 2:
        return units
    folded, named = bare(words), []
    for unit_id, name in units:
        unit = await session.get(Unit, unit_id)
        if unit is not None and any(bare(one) in folded for one in names_of(unit)):
            named.append((unit_id, name))
    return named or units
