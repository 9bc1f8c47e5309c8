"""Whom people of the office mean by a name: the unit that somebody speaks for."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.members.actors import Actor
from services.models import Person, Seat, Unit

ROLES = ("liaison", "deputy", "leader")
SHORTEST = 2


async def units_of_people(session: AsyncSession, actor: Actor) -> dict[str, str]:
    """The unit of everybody who speaks for exactly one, by the person's name; names that two people bear are left out.

    Raises:
        NotAllowed: not of the secretariat.
    """
    actor.require_secretariat()
    rows = await session.execute(
        select(Person.name, Unit.name)
        .join(Seat, Seat.person_id == Person.id)
        .join(Unit, Seat.unit_id == Unit.id)
        .where(Seat.until.is_(None), Seat.role.in_(ROLES), Unit.active)
    )
    found: dict[str, set[str]] = {}
    for person, unit in rows:
        if len(person) >= SHORTEST:
            found.setdefault(person, set()).add(unit)
    return {person: next(iter(units)) for person, units in found.items() if len(units) == 1}
