"""From the database to the counts, and to the rows of the 台账."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.errors import NotAllowed
from services.members.actors import Actor
from services.models import DemandPost, MatchProposal, SupplyBatch, Unit
from services.supply.catalogue import ANY_LEVEL, Catalogue, family
from services.supply.fields import NEED, STANDING, SUPPLY, Kind, Offer
from services.supply.market import Coverage, Market, count_market
from services.supply.tables import load_catalogue, load_industries


async def read_market(session: AsyncSession, today: date, *, industry: str = "") -> Market:
    """Everything that stands; with an industry, only posts of its enterprises."""
    posts = [one for one in await _standing(session, NEED) if industry in ("", one.unit.industry)]
    batches = await _standing(session, SUPPLY)
    counted = select(Unit.kind, func.count()).where(Unit.active).group_by(Unit.kind)
    kinds = {row[0]: int(row[1]) for row in await session.execute(counted)}
    agreed = await session.scalar(select(func.count()).where(MatchProposal.agreed_at.is_not(None)))
    coverage = Coverage(
        posts=len(posts),
        batches=len(batches),
        post_units=len({one.unit_id for one in posts}),
        batch_units=len({one.unit_id for one in batches}),
        enterprises=kinds.get("enterprise", 0),
        schools=kinds.get("school", 0),
        agreed=agreed or 0,
    )
    catalogue, industries = await load_catalogue(session), await load_industries(session)
    return count_market(posts, batches, catalogue, industries, coverage, as_of=today)


async def list_behind(session: AsyncSession, actor: Actor, code: str) -> tuple[Sequence[Any], Sequence[Any]]:
    """The posts and batches behind a class, for the secretariat.

    Raises:
        NotAllowed: for anybody else.
    """
    if not actor.is_secretariat:
        raise NotAllowed(needs="secretariat")
    both = [await _standing(session, kind) for kind in (NEED, SUPPLY)]
    posts, batches = ([one for one in some if one.majors and family(one.majors[0]) == code] for some in both)
    return posts, batches


async def ledger_rows(session: AsyncSession) -> dict[str, list[list[Any]]]:
    """Every offer that was ever published, as sheets 07 and 08 have their columns; states as codes, last but one."""
    catalogue = await load_catalogue(session)
    return {
        "posts": [_post_row(one, catalogue) for one in await _published(session, NEED)],
        "supply": [_batch_row(one, catalogue) for one in await _published(session, SUPPLY)],
    }


async def _published(session: AsyncSession, kind: Kind) -> Sequence[Any]:
    model = kind.model
    found = select(model).where(model.published_at.is_not(None)).order_by(model.unit_id, model.id)
    return (await session.scalars(found)).unique().all()


async def _standing(session: AsyncSession, kind: Kind) -> Sequence[Any]:
    model = kind.model
    found = await session.scalars(select(model).where(model.state.in_(STANDING)).order_by(model.id))
    return found.unique().all()


def _post_row(post: DemandPost, catalogue: Catalogue) -> list[Any]:
    pay = "–".join(str(one) for one in (post.pay_min, post.pay_max) if one)
    return [
        *(post.unit.name, post.post_name, post.post_type, _majors(post, catalogue) or ANY_LEVEL, post.level),
        *(post.headcount, post.form, post.start_from, post.months, post.place, pay, "、".join(post.certs)),
        *(post.state, post.valid_to),
    ]


def _batch_row(batch: SupplyBatch, catalogue: Catalogue) -> list[Any]:
    return [
        *(batch.unit.name, "、".join(batch.majors), _majors(batch, catalogue), batch.level, batch.class_year),
        *(batch.headcount, batch.intern_from, batch.grad_date, batch.locked, batch.available),
        *("、".join(batch.certs), batch.state),
    ]


def _majors(offer: Offer, catalogue: Catalogue) -> str:
    return "、".join(catalogue.name(code) for code in offer.majors)
