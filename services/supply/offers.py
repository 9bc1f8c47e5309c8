"""Posts and batches from the first word to the last: drafted, asked about, confirmed, changed, closed."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.errors import AlreadyClosed, BadInput, NotAllowed, TooMany
from services.members.actors import Actor
from services.models import OfferVersion, Unit
from services.privacy import redact
from services.supply.desk import SupplyDesk
from services.supply.fields import FORMS, STANDING, Kind, Offer, kind_of, missing_fields, snapshot
from services.supply.finding import units_for
from services.supply.reading import Read

DATES = ("start_from", "start_to", "intern_from", "intern_to", "grad_date")


async def draft_offers(
    session: AsyncSession,
    actor: Actor,
    unit_id: int,
    kind: Kind,
    reads: Sequence[Read],
    *,
    desk: SupplyDesk,
    now: datetime,
) -> list[Offer]:
    """A draft for each thing that was read, stored before anything is asked; the same words find their draft again.

    Raises:
        NotAllowed: not a speaker of such a unit.
        TooMany: the unit has as many as it may have.
    """
    if unit_id not in dict(units_for(actor, kind)):
        raise NotAllowed(needs=kind.unit_kind)
    standing = await session.scalar(
        select(func.count())
        .select_from(kind.model)
        .where(kind.model.unit_id == unit_id, kind.model.state.in_(("draft", *STANDING)))
    )
    limit = desk.settings.offers_per_unit
    if (standing or 0) + len(reads) > limit:
        raise TooMany(limit=limit, given=(standing or 0) + len(reads))
    unit = await session.get(Unit, unit_id)
    made: list[Offer] = []
    waiting = await _drafts_of(session, actor, unit_id, kind)
    for read in reads:
        same = next((one for one in waiting if one.said == redact(read.words)[:300]), None)
        if same is not None:
            waiting.remove(same)
            made.append(same)
            continue
        offer = kind.model(unit=unit, majors=[], certs=[], created_by=actor.person_id, created_at=now)
        offer.said, offer.state, offer.is_public, offer.version = redact(read.words)[:300], "draft", False, 0
        if kind.name == "need":
            offer.form = FORMS[0]
        else:
            offer.locked = offer.further = 0
        session.add(offer)
        await session.flush()
        _apply(session, offer, {**read.values, **_vague_major(read)}, actor, now)
        made.append(offer)
    await session.flush()
    return made


async def _drafts_of(session: AsyncSession, actor: Actor, unit_id: int, kind: Kind) -> list[Offer]:
    model = kind.model
    found = await session.scalars(
        select(model)
        .where(model.unit_id == unit_id, model.created_by == actor.person_id, model.state == "draft")
        .order_by(model.id)
    )
    return list(found.unique())


async def change_offer(
    session: AsyncSession, actor: Actor, offer: Offer, values: dict[str, Any], *, now: datetime
) -> list[str]:
    """Take fields over, a new version; returns what must still be asked.

    Raises:
        AlreadyClosed: it is closed, and a closed one does not change.
        BadInput: more people promised elsewhere than there are.
    """
    if offer.state not in ("draft", *STANDING):
        raise AlreadyClosed(what=kind_of(offer).name)
    _apply(session, offer, values, actor, now)
    taken = int(getattr(offer, "locked", 0)) + int(getattr(offer, "further", 0))
    if offer.headcount is not None and taken > offer.headcount:
        raise BadInput(field="locked", given=str(taken), problem="more_than_all")
    await session.flush()
    return missing_fields(offer)


async def note_hired(session: AsyncSession, actor: Actor, offer: Offer, count: int, *, now: datetime) -> None:
    """So many of the posts are taken: fewer are wanted, none when that was all. A correction is something else.

    Raises:
        AlreadyClosed: it does not stand.
        BadInput: more than were wanted, or nobody.
    """
    if offer.state not in STANDING:
        raise AlreadyClosed(what=kind_of(offer).name)
    left = (offer.headcount or 0) - count
    if count < 1 or left < 0:
        raise BadInput(field="headcount", given=str(count), problem="more_than_all")
    values = {"headcount": left, "state": "partly"} if left else {"state": "filled"}
    _apply(session, offer, values, actor, now)
    await session.flush()


async def publish_offer(
    session: AsyncSession, actor: Actor, offer: Offer, *, is_public: bool, desk: SupplyDesk, now: datetime
) -> None:
    """From now on it counts; only what is public is shown to the other side.

    Raises:
        AlreadyClosed: it is no draft any more.
        BadInput: something is still missing.
    """
    if offer.state != "draft":
        raise AlreadyClosed(what=kind_of(offer).name)
    if missing := missing_fields(offer):
        raise BadInput(field=missing[0], given="", problem="missing")
    valid_to = desk.today(now) + timedelta(days=desk.settings.valid_days)
    offer.published_at = now
    _apply(session, offer, {"state": "open", "is_public": is_public, "valid_to": valid_to}, actor, now)
    await session.flush()


async def close_offer(session: AsyncSession, actor: Actor, offer: Offer, state: str, *, now: datetime) -> None:
    """招满 (filled) or 撤回 (withdrawn); a draft is only withdrawn.

    Raises:
        AlreadyClosed: it was closed before.
    """
    if offer.state not in ("draft", *STANDING, "expired"):
        raise AlreadyClosed(what=kind_of(offer).name)
    _apply(session, offer, {"state": state}, actor, now)
    await session.flush()


async def keep_offer(session: AsyncSession, actor: Actor, offer: Offer, *, desk: SupplyDesk, now: datetime) -> None:
    """It still stands: valid for another term."""
    if offer.state not in (*STANDING, "expired"):
        raise AlreadyClosed(what=kind_of(offer).name)
    valid_to = desk.today(now) + timedelta(days=desk.settings.valid_days)
    offer.asked_at = None
    _apply(
        session, offer, {"state": "open" if offer.state == "expired" else offer.state, "valid_to": valid_to}, actor, now
    )
    await session.flush()


def _apply(session: AsyncSession, offer: Offer, values: dict[str, Any], actor: Actor | None, now: datetime) -> None:
    before = snapshot(offer)
    for name, value in values.items():
        if name in kind_of(offer).kept:
            setattr(offer, name, _typed(name, value))
    if isinstance(getattr(offer, "grad_date", None), date):
        offer.class_year = offer.grad_date.year  # type: ignore[union-attr]
    after = snapshot(offer)
    changed = [name for name in after if after[name] != before[name]]
    if not changed:
        return
    offer.version = (offer.version or 0) + 1
    by = actor.person_id if actor else None
    session.add(
        OfferVersion(
            kind=kind_of(offer).name,
            offer_id=offer.id,
            version=offer.version,
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
            by=by,
            at=now,
        )
    )


def expire(session: AsyncSession, offer: Offer, *, now: datetime) -> None:
    """Nobody answered the one question: it counts no longer."""
    _apply(session, offer, {"state": "expired"}, None, now)


def _typed(name: str, value: Any) -> Any:
    """As the column has it: a day as a date, words without contact data."""
    if not isinstance(value, str):
        return value
    return date.fromisoformat(value) if name in DATES else redact(value)


def _vague_major(read: Read) -> dict[str, Any]:
    return {"major_said": read.said["majors"][:80]} if "majors" in read.said else {}
