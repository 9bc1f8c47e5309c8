"""Standing offers as counts by 专业类: what those who oversee both sides may see of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.digests.small_cells import hidden
from services.errors import NotAllowed
from services.members.actors import Actor
from services.models import DemandPost, SupplyBatch, Unit
from services.supply.balance import Balance, balance
from services.supply.catalogue import Catalogue, family
from services.supply.fields import STANDING
from services.supply.tables import Industries, load_catalogue, load_industries


@dataclass(frozen=True)
class Market:
    """Both sides on a day. Posts for any major stand beside the classes; units are named for the coverage only."""

    as_of: date
    balance: Balance
    any_major: int
    posts: int
    batches: int
    post_units: tuple[str, ...]
    batch_units: tuple[str, ...]
    names: Mapping[str, str]
    catalogue_version: int
    industries: Industries


@dataclass(frozen=True)
class Line:
    """A class with its counts; None where a count is so small that it could name people."""

    name: str
    demand: int | None
    supply: int | None


async def read_market(session: AsyncSession, today: date, *, industry: str = "") -> Market:
    """Everything that stands; with an industry, only posts of its enterprises."""
    posts = select(DemandPost).where(DemandPost.state.in_(STANDING))
    if industry:
        posts = posts.where(DemandPost.unit.has(Unit.industry == industry))
    wanted = (await session.scalars(posts.order_by(DemandPost.id))).unique().all()
    batches = select(SupplyBatch).where(SupplyBatch.state.in_(STANDING)).order_by(SupplyBatch.id)
    offered = (await session.scalars(batches)).unique().all()
    return count_market(wanted, offered, await load_catalogue(session), await load_industries(session), as_of=today)


def count_market(
    posts: Sequence[DemandPost],
    batches: Sequence[SupplyBatch],
    catalogue: Catalogue,
    industries: Industries,
    *,
    as_of: date,
) -> Market:
    """Counts by class. A post for several classes counts for the first that it names, so that nobody counts twice."""
    demand = _sum((family(post.majors[0]), post.headcount or 0) for post in posts if post.majors)
    supply = _sum((family(batch.majors[0]), batch.available) for batch in batches if batch.majors)
    return Market(
        as_of=as_of,
        balance=balance(demand, supply),
        any_major=sum(post.headcount or 0 for post in posts if not post.majors),
        posts=len(posts),
        batches=len(batches),
        post_units=tuple(sorted({post.unit.name for post in posts})),
        batch_units=tuple(sorted({batch.unit.name for batch in batches})),
        names={code: catalogue.name(code) for code in {*demand, *supply}},
        catalogue_version=catalogue.version,
        industries=industries,
    )


def may_oversee(actor: Actor) -> bool:
    """Secretariat, council, bureaus, associations; a school or an enterprise sees its own and what is public."""
    return _sees_all(actor) or "association" in _kinds(actor)


async def open_market(session: AsyncSession, actor: Actor, today: date) -> tuple[Market, Sequence[Line]]:
    """The market with its classes, largest gap first, small cells hidden from everybody but the secretariat.

    Raises:
        NotAllowed: neither secretariat nor council, bureau or association.
    """
    if not may_oversee(actor):
        raise NotAllowed(needs="overview")
    market = await read_market(session, today, industry="" if _sees_all(actor) else await _industry_of(session, actor))
    return market, list_lines(market, in_full=actor.is_secretariat)


def list_lines(market: Market, *, in_full: bool) -> Sequence[Line]:
    """Classes, largest gap first. Where totals are public, one small cell hides another with it."""
    classes = sorted(market.balance.classes, key=lambda one: (-one.gap, one.code))
    kept: frozenset[tuple[str, str]] = frozenset()
    if not in_full:
        sides = [{(one.code, "d"): Decimal(one.demand) for one in classes}]
        sides.append({(one.code, "s"): Decimal(one.supply) for one in classes})
        kept = frozenset(cell for side in sides for cell in hidden(side))
    return [
        Line(
            market.names.get(one.code, one.code),
            None if (one.code, "d") in kept else one.demand,
            None if (one.code, "s") in kept else one.supply,
        )
        for one in classes
    ]


def _sees_all(actor: Actor) -> bool:
    return actor.is_secretariat or actor.holds("council", "convener") or "bureau" in _kinds(actor)


def _kinds(actor: Actor) -> set[str]:
    return {seat.unit_kind for seat in actor.seats if seat.unit_id in actor.unit_ids}


async def _industry_of(session: AsyncSession, actor: Actor) -> str:
    found = await session.scalar(
        select(Unit.industry).where(Unit.id.in_(actor.unit_ids), Unit.kind == "association").limit(1)
    )
    return found or ""


def _sum(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for code, count in pairs:
        found[code] = found.get(code, 0) + count
    return {code: count for code, count in found.items() if count}
