"""The tables that judge: the catalogue of majors, and which majors an industry needs. Loaded, then approved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.errors import AlreadyClosed, BadInput, NotFound
from services.members.actors import Actor
from services.models import SupplyTable
from services.supply.catalogue import Catalogue, family, is_code, own_catalogue, with_rows
from services.supply.desk import SupplyDesk

TableKind = Literal["catalogue", "industries"]
HEADS: dict[str, tuple[tuple[str, ...], ...]] = {
    "catalogue": (("专业代码", "代码", "code"), ("专业名称", "名称", "name"), ("别名", "俗称", "aliases")),
    "industries": (("产业", "产业链", "industry"), ("专业类代码", "专业类", "major_class4"), ("权重", "weight")),
}


HEAD_WITHIN = 10  # a title may stand above the heads


@dataclass(frozen=True)
class Industries:
    """Which classes an industry needs, with the version that was approved; version 0: none is approved yet."""

    classes: dict[str, tuple[str, ...]]
    version: int = 0

    def classes_of(self, industry: str) -> tuple[str, ...]:
        """The classes for an industry by its name, empty when the table does not know it."""
        return self.classes.get(industry.strip(), ())


def recognise(rows: Sequence[Sequence[str]]) -> TableKind | None:
    """Which of the two tables a sheet is, by its first row; None for neither."""
    head = {cell.strip() for cell in rows[0]} if rows else set()
    for kind, columns in HEADS.items():
        if all(head & set(names) for names in columns[:2]):
            return kind  # type: ignore[return-value]
    return None


async def load_table(
    session: AsyncSession, actor: Actor, rows: Sequence[Sequence[str]], source: str, *, now: datetime
) -> SupplyTable:
    """The secretariat hands in a table; it counts once it is approved.

    Raises:
        NotAllowed: not the secretariat.
        BadInput: no such table, or a row that cannot be taken; nothing of it is.
    """
    actor.require_secretariat()
    return await keep_table(session, rows, source, by=actor.person_id, now=now)


async def keep_table(
    session: AsyncSession, rows: Sequence[Sequence[str]], source: str, *, by: int | None, now: datetime
) -> SupplyTable:
    """The same for the operator at the console, who has proved the right otherwise.

    Raises:
        BadInput: as above; `field` names the row.
    """
    above = next((at for at, _ in enumerate(rows[:HEAD_WITHIN]) if recognise(rows[at:])), None)
    kind = None if above is None else recognise(rows[above:])
    if above is None or kind is None:
        raise BadInput(field="table", given="", problem="unknown_table")
    kept = _rows(kind, rows[above:], first=above + 2)
    latest = await session.scalar(select(func.max(SupplyTable.version)).where(SupplyTable.kind == kind))
    table = SupplyTable(kind=kind, version=(latest or 0) + 1, source=source[:200], rows=kept, loaded_at=now)
    table.loaded_by = by
    session.add(table)
    await session.flush()
    audit.record(session, "load", "supply_table", table.id, by=by, now=now, rows=len(kept))
    return table


async def approve_table(
    session: AsyncSession, actor: Actor, table_id: int, *, desk: SupplyDesk, now: datetime
) -> SupplyTable:
    """From today on this version judges.

    Raises:
        NotAllowed: not the secretariat.
        NotFound: it is gone.
        AlreadyClosed: it was approved before.
    """
    actor.require_secretariat()
    table: SupplyTable | None = await session.get(SupplyTable, table_id, with_for_update=True)
    if table is None:
        raise NotFound(what="supply_table", given=str(table_id))
    await put_in_force(session, table, desk.today(now), by=actor.person_id, now=now)
    return table


async def put_in_force(
    session: AsyncSession, table: SupplyTable, today: date, *, by: int | None, now: datetime
) -> None:
    """The same without asking who.

    Raises:
        AlreadyClosed: it was approved before.
    """
    if table.approved_at is not None:
        raise AlreadyClosed(what="supply_table")
    table.approved_by, table.approved_at, table.valid_from = by, now, today
    audit.record(session, "approve", "supply_table", table.id, by=by, now=now)
    await session.flush()


async def load_catalogue(session: AsyncSession) -> Catalogue:
    """The catalogue in force: the newest approved one over the one that comes with the program."""
    table = await _approved(session, "catalogue")
    if table is None:
        return own_catalogue()
    return with_rows(own_catalogue(), table.rows, table.source, table.version)


async def load_industries(session: AsyncSession) -> Industries:
    """The industry table in force."""
    table = await _approved(session, "industries")
    found: dict[str, tuple[str, ...]] = {}
    for industry, code, _ in table.rows if table else ():
        found[industry] = (*found.get(industry, ()), family(code))
    return Industries(found, table.version if table else 0)


async def list_versions(session: AsyncSession) -> Sequence[SupplyTable]:
    """Every loaded table, the newest version of each kind first."""
    return (await session.scalars(select(SupplyTable).order_by(SupplyTable.kind, SupplyTable.version.desc()))).all()


async def _approved(session: AsyncSession, kind: TableKind) -> SupplyTable | None:
    found: SupplyTable | None = await session.scalar(
        select(SupplyTable)
        .where(SupplyTable.kind == kind, SupplyTable.approved_at.is_not(None))
        .order_by(SupplyTable.version.desc())
        .limit(1)
    )
    return found


def _rows(kind: TableKind, rows: Sequence[Sequence[str]], first: int = 2) -> list[list[str]]:
    head = [cell.strip() for cell in rows[0]]
    places = [next((head.index(name) for name in names if name in head), None) for names in HEADS[kind]]
    kept = []
    for number, row in enumerate(rows[1:], start=first):
        cells = ["" if at is None or at >= len(row) else str(row[at]).strip() for at in places]
        if not any(cells):
            continue
        code = cells[0] if kind == "catalogue" else cells[1]
        if not is_code(code) or not cells[0] or not cells[1]:
            raise BadInput(field=str(number), given=code[:20], problem="bad_code")
        kept.append(cells)
    if not kept:
        raise BadInput(field="table", given="", problem="empty")
    return kept
