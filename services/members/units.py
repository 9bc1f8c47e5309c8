"""Finding a unit by what people call it."""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from sqlalchemy import Select, String, bindparam, cast, func, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.language.folding import bare, fold
from services.errors import Ambiguous, NotFound
from services.models import Unit, UnitAlias
from services.models.members import UNIT_KINDS

SHORTEST_PART = 2
FIELD, ROW = "\x1f", "\x1e"  # ASCII separators: no name holds them


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


async def list_names(session: AsyncSession, kind: str) -> tuple[tuple[int, str, str], ...]:
    """Id, full name and one of the names, folded, of each active unit of that kind; one of it for each name.

    Asked for every message with figures. The database gives all names as one text, which is taken apart once: the text
    itself is the key under which the parts are kept, so a name that anybody changes is seen at once.
    """
    joined = (await session.execute(_joined_names(), {"kind": kind})).scalar_one()
    return _take_apart(joined or "")


@cache
def _joined_names() -> Select[str]:
    units, aliases = Unit.__table__, UnitAlias.__table__
    wanted = (units.c.active, units.c.kind == bindparam("kind"))
    beside = units.join(aliases, aliases.c.unit_id == units.c.id)
    names = union_all(
        select(units.c.id, units.c.name, units.c.name.label("called")).where(*wanted),
        select(units.c.id, units.c.name, aliases.c.alias).select_from(beside).where(*wanted),
    ).subquery()
    one = cast(names.c.id, String) + FIELD + names.c.name + FIELD + names.c.called
    return select(func.aggregate_strings(one, ROW))


@lru_cache(maxsize=16)
def _take_apart(joined: str) -> tuple[tuple[int, str, str], ...]:
    rows = (row.split(FIELD) for row in joined.split(ROW) if row)
    return tuple(sorted((int(unit_id), name, fold(called)) for unit_id, name, called in rows))


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
