"""The register at a glance, for the secretariat: who is missing, who cannot be reached."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.members.actors import Actor
from services.members.units import list_units
from services.models import Person, Seat, Unit
from services.models.members import UNIT_KINDS


@dataclass(frozen=True)
class Holder:
    """Somebody who holds a seat. `reason` says why they cannot be reached, as the outbox learnt it."""

    seat_id: int
    name: str
    role: str
    reachable: bool
    reason: str


@dataclass(frozen=True)
class UnitCard:
    """A unit with the people who hold its seats today."""

    unit_id: int
    name: str
    kind: str
    aliases: tuple[str, ...]
    council_role: str
    holders: tuple[Holder, ...]

    @property
    def has_liaison(self) -> bool:
        """Somebody reports for it."""
        return any(holder.role in ("liaison", "deputy") for holder in self.holders)


@dataclass(frozen=True)
class KindLine:
    """One kind of unit: how many there are, which lack a liaison, which have nobody who can be reached."""

    kind: str
    total: int
    lacking: tuple[str, ...]
    unreachable: tuple[tuple[str, str, str], ...]  # person, unit, reason


async def members_board(session: AsyncSession, actor: Actor) -> list[KindLine]:
    """A line for each kind that has units.

    Raises:
        NotAllowed: not of the secretariat.
    """
    cards = await unit_cards(session, actor)
    return [_line(kind, [card for card in cards if card.kind == kind]) for kind in UNIT_KINDS if _any(kind, cards)]


async def unit_cards(session: AsyncSession, actor: Actor, unit_ids: Iterable[int] | None = None) -> list[UnitCard]:
    """Units (all, or those) with their holders.

    Raises:
        NotAllowed: not of the secretariat.
    """
    actor.require_secretariat()
    wanted = None if unit_ids is None else set(unit_ids)
    units = [unit for unit in await list_units(session) if wanted is None or unit.id in wanted]
    rows = await session.execute(
        select(Seat, Person).join(Person, Seat.person_id == Person.id).where(Seat.until.is_(None)).order_by(Seat.id)
    )
    holders: dict[int | None, list[Holder]] = {}
    for seat, person in rows:
        holder = Holder(seat.id, person.name, seat.role, person.reachable, person.unreachable_reason)
        holders.setdefault(seat.unit_id, []).append(holder)
    return [_card(unit, holders.get(unit.id, [])) for unit in units]


def _card(unit: Unit, holders: list[Holder]) -> UnitCard:
    aliases = tuple(alias.alias for alias in unit.aliases)
    return UnitCard(unit.id, unit.name, unit.kind, aliases, unit.council_role, tuple(holders))


def _any(kind: str, cards: list[UnitCard]) -> bool:
    return any(card.kind == kind for card in cards)


def _line(kind: str, cards: list[UnitCard]) -> KindLine:
    lacking = tuple(card.name for card in cards if not card.has_liaison)
    unreachable = tuple(
        (holder.name, card.name, holder.reason) for card in cards for holder in card.holders if not holder.reachable
    )
    return KindLine(kind, len(cards), lacking, unreachable)
