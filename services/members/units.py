"""Finding a unit by what people call it."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.folding import bare
from services.errors import Ambiguous, NotFound
from services.models import Unit, UnitAlias
from services.models.members import UNIT_KINDS

SHORTEST_PART = 2


def name_key(name: str) -> str:
    """The form in which names are compared: simplified, half-width, lower case, no spaces or punctuation."""
    return bare(name)


def names_of(unit: Unit) -> list[str]:
    """Every name that stands for the unit."""
    return [unit.name, *(alias.alias for alias in unit.aliases)]


async def list_units(session: AsyncSession, *, active_only: bool = True) -> Sequence[Unit]:
    """Units in the order in which they came in, with their aliases."""
    query = select(Unit).order_by(Unit.id)
    return (await session.scalars(query.where(Unit.active) if active_only else query)).all()


async def unit_choices(session: AsyncSession, unit_ids: Iterable[int]) -> list[tuple[int, str]]:
    """Those units as (id, name), in the order in which they came in."""
    query = select(Unit.id, Unit.name).where(Unit.id.in_(list(unit_ids))).order_by(Unit.id)
    return [(unit_id, name) for unit_id, name in await session.execute(query)]


async def names_by_kind(session: AsyncSession, kinds: Iterable[str] = UNIT_KINDS) -> dict[str, list[str]]:
    """The full names of the active units of those kinds, in their order; a kind without units is left out."""
    rows = (await session.execute(select(Unit.kind, Unit.name).where(Unit.active).order_by(Unit.id))).all()
    found = {kind: [name for one, name in rows if one == kind] for kind in kinds}
    return {kind: names for kind, names in found.items() if names}


async def list_names(session: AsyncSession, kind: str) -> list[tuple[int, str, str]]:
    """Id, full name and one of the names of each active unit of that kind, a row for each name: no objects are made."""
    units = select(Unit.id, Unit.name, Unit.name.label("called")).where(Unit.active, Unit.kind == kind)
    aliases = (
        select(Unit.id, Unit.name, UnitAlias.alias)
        .join(UnitAlias, UnitAlias.unit_id == Unit.id)
        .where(Unit.active, Unit.kind == kind)
    )
    rows = await session.execute(union_all(units, aliases))
    return sorted((unit_id, name, called) for unit_id, name, called in rows)


async def find_unit(session: AsyncSession, given: str) -> Unit | None:
    """The active unit with that name or alias, else the only one whose name holds `given`.

    Raises:
        Ambiguous: several units' names hold it.
    """
    key = name_key(given)
    units = await list_units(session)
    exact = [unit for unit in units if key in map(name_key, names_of(unit))]
    if exact or len(key) < SHORTEST_PART:
        return exact[0] if exact else None
    holding = [unit for unit in units if any(key in name_key(name) for name in names_of(unit))]
    if len(holding) > 1:
        raise Ambiguous(given=given, candidates=[unit.name for unit in holding[:8]])
    return holding[0] if holding else None


async def get_unit(session: AsyncSession, given: str) -> Unit:
    """As `find_unit`.

    Raises:
        NotFound: no unit answers to that name.
        Ambiguous: several do.
    """
    unit = await find_unit(session, given)
    if unit is None:
        raise NotFound(what="unit", given=given)
    return unit


async def get_unit_by_id(session: AsyncSession, unit_id: int) -> Unit:
    """The unit behind a button.

    Raises:
        NotFound: it is gone.
    """
    unit = await session.get(Unit, unit_id)
    if unit is None or not unit.active:
        raise NotFound(what="unit", given=str(unit_id))
    return unit
