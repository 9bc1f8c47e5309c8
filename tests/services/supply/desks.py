"""Offers as tests make them: a desk, a whole post and batch, and somebody's acts, each in its own transaction."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from services.calendar.quiet_hours import QuietHours
from services.calendar.settings import QuietHoursSettings
from services.calendar.workdays import Workdays
from services.db import Database
from services.models import OfferVersion
from services.settings import ConsortiumSettings
from services.supply.desk import SupplyDesk, open_supply_desk
from services.supply.fields import NEED, SUPPLY, Offer
from services.supply.finding import get_offer
from services.supply.offers import draft_offers, publish_offer
from services.supply.reading import Read
from services.supply.settings import SupplySettings
from tests.cast import SECRETARIES, Account, Cast, actor_of

WHOLE: dict[str, Any] = {"headcount": 30, "post_name": "化工操作工", "majors": ["470201"], "level": "中职"}
WHOLE |= {"start_from": date(2027, 3, 1), "start_to": date(2027, 3, 31)}
GRADUATES: dict[str, Any] = {"headcount": 120, "majors": ["460301"], "level": "高职专科"}
GRADUATES |= {"grad_date": date(2027, 6, 30)}


def desk_with(**settings: Any) -> SupplyDesk:
    consortium = ConsortiumSettings(secretaries=tuple(SECRETARIES))
    supply = SupplySettings(**settings)
    zone = open_supply_desk(consortium, supply, None).zone  # type: ignore[arg-type]
    return open_supply_desk(consortium, supply, QuietHours(QuietHoursSettings(), Workdays.from_file(None), zone))


class Offers:
    """Somebody's acts, each in a transaction of its own."""

    def __init__(self, database: Database, cast: Cast, desk: SupplyDesk, now: datetime) -> None:
        self.database, self.cast, self.desk, self.now = database, cast, desk, now

    async def draft(self, who: Account, unit: str, values: dict[str, Any], words: str = "缺人", **said: str) -> int:
        kind = SUPPLY if "grad_date" in values else NEED
        async with self.database.transaction() as session:
            actor = await actor_of(session, who)
            reads = [Read(values, said, words)]
            unit_id = self.cast.unit(unit)
            (made,) = await draft_offers(session, actor, unit_id, kind, reads, desk=self.desk, now=self.now)
            return made.id

    async def publish(self, who: Account, unit: str, values: dict[str, Any], *, is_public: bool = True) -> int:
        offer_id = await self.draft(who, unit, values)
        kind = SUPPLY if "grad_date" in values else NEED
        async with self.database.transaction() as session:
            actor = await actor_of(session, who)
            offer = await get_offer(session, actor, kind, offer_id)
            await publish_offer(session, actor, offer, is_public=is_public, desk=self.desk, now=self.now)
        return offer_id

    async def act(self, who: Account, kind: Any, offer_id: int, do: Any) -> Offer:
        async with self.database.transaction() as session:
            actor = await actor_of(session, who)
            offer = await get_offer(session, actor, kind, offer_id)
            await do(session, actor, offer)
        return await self.read(kind, offer_id)

    async def read(self, kind: Any, offer_id: int) -> Offer:
        async with self.database.reading() as session:
            found: Offer | None = await session.get(kind.model, offer_id)
            assert found is not None
            return found

    async def versions(self, kind: Any, offer_id: int) -> list[OfferVersion]:
        async with self.database.reading() as session:
            found = await session.scalars(
                select(OfferVersion)
                .where(OfferVersion.kind == kind.name, OfferVersion.offer_id == offer_id)
                .order_by(OfferVersion.version)
            )
            return list(found)
