"""可对接: pairs that fit are put to both liaisons, in working hours and sparingly; each answers for the own side.

A pair is proposed once. Only what both units made public takes part. A unit hears of new pairs at most every few days
(`pause_days`), in one message; until both say yes neither learns who the other's liaison is (domain 6.4).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.checkins.running.recipients import Recipient, find_recipients, pick
from services.db import insert_into
from services.models import DemandPost, MatchProposal, SupplyBatch
from services.supply.desk import SupplyDesk
from services.supply.fields import NEED, STANDING, SUPPLY, TRAINING_FORMS, Kind
from services.supply.matching import Match, Offered, Wanted, match
from services.supply.notices import tell_pairs
from services.supply.tables import Industries, load_industries


async def propose_matches(session: AsyncSession, desk: SupplyDesk, *, now: datetime) -> int:
    """Put new pairs to both sides; returns how many."""
    if not desk.hours.is_open(now):
        return 0
    posts = await _standing(session, NEED, desk.today(now))
    batches = await _standing(session, SUPPLY, desk.today(now))
    if not posts or not batches:
        return 0
    known = (await session.scalars(select(MatchProposal))).unique().all()
    chosen = _choose(posts, batches, known, await load_industries(session), desk, now)
    units = {(one.wanted, one.offered): (posts[one.wanted].unit_id, batches[one.offered].unit_id) for one in chosen}
    found = await find_recipients(session, {unit_id for pair in units.values() for unit_id in pair})
    people = {unit_id: to for unit_id, some in found.items() if (to := pick(some, 0))}
    kept = _within_limits(chosen, units, people, _last_heard(known), desk, now)
    made = await _keep(session, kept, now)
    await tell_pairs(session, made, people, desk, now=now)
    return len(made)


def is_live(proposal: MatchProposal, desk: SupplyDesk, now: datetime) -> bool:
    """Whether it holds people back for this pair: agreed, or still waiting for an answer within its time."""
    if "no" in (proposal.post_says, proposal.batch_says):
        return False
    waits_until = proposal.created_at + timedelta(days=desk.settings.answer_days)
    return proposal.agreed_at is not None or now < waits_until


async def _keep(session: AsyncSession, chosen: Sequence[Match], now: datetime) -> Sequence[MatchProposal]:
    """Written unless another process was faster: a pair is proposed once."""
    ids = []
    for one in chosen:
        row = {"post_id": one.wanted, "batch_id": one.offered, "tier": one.tier, "score": one.score}
        row |= {"headcount": one.headcount, "post_says": "", "batch_says": "", "created_at": now}
        made = insert_into(session, MatchProposal).values(**row).on_conflict_do_nothing().returning(MatchProposal.id)
        ids.append(await session.scalar(made))
    found = await session.scalars(
        select(MatchProposal).where(MatchProposal.id.in_(filter(None, ids))).order_by(MatchProposal.id)
    )
    return found.unique().all()


async def _standing(session: AsyncSession, kind: Kind, today: date) -> dict[int, Any]:
    model = kind.model
    found = await session.scalars(
        select(model).where(model.state.in_(STANDING), model.is_public, model.valid_to >= today).order_by(model.id)
    )
    return {one.id: one for one in found.unique()}


def _choose(
    posts: Mapping[int, DemandPost],
    batches: Mapping[int, SupplyBatch],
    known: Sequence[MatchProposal],
    industries: Industries,
    desk: SupplyDesk,
    now: datetime,
) -> Sequence[Match]:
    """The greedy allocation of what live proposals leave free, without pairs that were proposed before."""
    live = [one for one in known if is_live(one, desk, now)]
    wanted = [
        as_wanted(post, industries, held=sum(one.headcount for one in live if one.post_id == post.id))
        for post in posts.values()
    ]
    offered = [
        as_offered(batch, held=sum(one.headcount for one in live if one.batch_id == batch.id))
        for batch in batches.values()
    ]
    before = frozenset((one.post_id, one.batch_id) for one in known)
    return match(wanted, offered, desk.settings, before).matches


def as_wanted(post: DemandPost, industries: Industries, *, held: int = 0) -> Wanted:
    """A complete post as matching sees it."""
    assert post.start_from is not None
    return Wanted(
        post.id,
        max(0, (post.headcount or 0) - held),
        tuple(post.majors),
        post.level,
        post.start_from,
        post.start_to or post.start_from,
        frozenset(post.certs),
        industries.classes_of(post.unit.industry),
        post.form in TRAINING_FORMS,
    )


def as_offered(batch: SupplyBatch, *, held: int = 0) -> Offered:
    """A complete batch as matching sees it; one that only serves internships is free from their beginning."""
    begins = batch.grad_date or batch.intern_from
    assert begins is not None
    return Offered(
        batch.id,
        max(0, batch.available - held),
        batch.majors[0],
        batch.level,
        begins,
        frozenset(batch.certs),
        batch.intern_from,
        batch.intern_to,
    )


def _last_heard(known: Iterable[MatchProposal]) -> dict[int, datetime]:
    found: dict[int, datetime] = {}
    for one in known:
        for unit_id in (one.post.unit_id, one.batch.unit_id):
            found[unit_id] = max(one.created_at, found.get(unit_id, one.created_at))
    return found


def _within_limits(
    chosen: Sequence[Match],
    units: Mapping[tuple[int, int], tuple[int, int]],
    people: Mapping[int, Recipient],
    heard: Mapping[int, datetime],
    desk: SupplyDesk,
    now: datetime,
) -> list[Match]:
    """Pairs whose units both can be written to, have had their pause, and hear of no more at once than they should."""
    pause, most = timedelta(days=desk.settings.pause_days), desk.settings.pairs_per_message
    counts: dict[int, int] = {}
    kept = []
    for one in chosen:
        both = units[one.wanted, one.offered]
        rested = all(unit_id not in heard or heard[unit_id] + pause <= now for unit_id in both)
        if rested and all(unit_id in people and counts.get(unit_id, 0) < most for unit_id in both):
            kept.append(one)
            for unit_id in both:
                counts[unit_id] = counts.get(unit_id, 0) + 1
    return kept
