"""Both sides as counts, as far as a reader may see them: secretariat, council, bureaus, associations."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.digests.figures.small_cells import hidden
from services.errors import NotAllowed
from services.members.actors import Actor
from services.models import Unit
from services.supply.balance import balance
from services.supply.collecting import read_market
from services.supply.market import Coverage, Market

FEWEST = 3  # enterprises behind a count that others may read: of two, each could compute the other's


@dataclass(frozen=True)
class Line:
    """A class with its counts."""

    code: str
    name: str
    demand: int
    supply: int


def may_oversee(actor: Actor) -> bool:
    """Secretariat, council, bureaus, associations; a school or an enterprise sees its own and what is public."""
    return _sees_all(actor) or "association" in _kinds(actor)


async def open_market(session: AsyncSession, actor: Actor, today: date) -> tuple[Market, Sequence[Line]]:
    """The market with its classes, largest gap first, as far as the actor may see it.

    Raises:
        NotAllowed: neither secretariat nor council, bureau or association.
    """
    if not may_oversee(actor):
        raise NotAllowed(needs="overview")
    industry = "" if _sees_all(actor) else await _industry_of(session, actor)
    market = await read_market(session, today, industry=industry)
    seen = market if actor.is_secretariat else open_market_of(market)
    return seen, list_lines(seen)


def list_lines(market: Market) -> Sequence[Line]:
    """Classes, largest gap first."""
    classes = sorted(market.balance.classes, key=lambda one: (-one.gap, one.code))
    return [Line(one.code, market.names.get(one.code, one.code), one.demand, one.supply) for one in classes]


def open_market_of(market: Market, *, in_group: bool = False) -> Market:
    """What everybody but the secretariat may see; withheld when the totals would be those of too few.

    A class is left out when a count of it is small (domain R2), or when too few enterprises want it and did not make
    it public themselves, since vacancies are an enterprise's own (R13); in a group whenever it is one unit's. One class
    left out alone could be computed from the totals, so the next smallest goes with it.
    """
    coverage, classes = market.coverage, market.balance.classes
    is_own = 0 < coverage.post_units < FEWEST and (in_group or not market.all_shown)
    out = _left_out(market, in_group)
    kept = sorted((one for one in classes if one.code not in out), key=lambda one: (one.demand + one.supply, one.code))
    if len(out) == 1:
        kept = kept[1:]
    if is_own or (in_group and coverage.batch_units == 1) or (classes and not kept):
        return replace(market, balance=balance({}, {}), any_major=0, coverage=Coverage(), chains=(), is_withheld=True)
    shown = {one.code for one in kept}
    counted = replace(market.balance, classes=tuple(one for one in classes if one.code in shown))
    return replace(
        market, balance=counted, chains=() if in_group else market.chains, left_out=len(classes) - len(shown)
    )


def _left_out(market: Market, in_group: bool) -> set[str]:
    out = {code for code, _ in _small_cells(market)}
    few = {code for code, (wanting, _) in market.behind.items() if 0 < wanting < FEWEST}
    out |= few if in_group else few - market.shown_codes
    if in_group:
        out |= {code for code, (_, training) in market.behind.items() if training == 1}
    return out


def _small_cells(market: Market) -> frozenset[tuple[str, str]]:
    classes = market.balance.classes
    demand = hidden({(one.code, "demand"): Decimal(one.demand) for one in classes})
    return demand | hidden({(one.code, "supply"): Decimal(one.supply) for one in classes})


def _sees_all(actor: Actor) -> bool:
    return actor.is_secretariat or actor.holds("council", "convener") or "bureau" in _kinds(actor)


def _kinds(actor: Actor) -> set[str]:
    return {seat.unit_kind for seat in actor.seats if seat.unit_id in actor.unit_ids}


async def _industry_of(session: AsyncSession, actor: Actor) -> str:
    found = await session.scalar(
        select(Unit.industry).where(Unit.id.in_(actor.unit_ids), Unit.kind == "association").limit(1)
    )
    return found or ""
