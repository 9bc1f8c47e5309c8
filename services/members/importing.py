"""Bringing the register in line with a file: each row wholly or not at all, and nothing removed that the file lacks."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.members.register import RegisterRow, RegisterSheet, RowIssue
from services.members.units import list_units, name_key, names_of
from services.models import Unit, UnitAlias

FIELDS = ("name", "kind", "council_role", "industry", "short_form")


@dataclass(frozen=True)
class UnitChange:
    """What a row changes: field to (before, after); `aliases` holds sorted lists."""

    name: str
    fields: dict[str, tuple[Any, Any]]


@dataclass(frozen=True)
class ImportReport:
    """What an import did, or with `dry_run` would do. `absent`: units that the file lacks; they stay as they are."""

    created: tuple[str, ...]
    updated: tuple[UnitChange, ...]
    unchanged: int
    issues: tuple[RowIssue, ...]
    absent: tuple[str, ...]
    ignored_columns: tuple[str, ...]
    dry_run: bool


async def import_register(
    session: AsyncSession, sheet: RegisterSheet, *, by: int | None, now: datetime, dry_run: bool = False
) -> ImportReport:
    """Create and update units. Importing the same file again changes nothing.

    Names compare in folded form. An alias belongs to one unit: a row that claims another unit's name or alias is
    refused whole, with the unit that holds it; two units of one file may swap an alias.
    """
    units = {name_key(unit.name): unit for unit in await list_units(session, active_only=False)}
    rows, collisions = _settle_names(sheet.rows, units)
    rows, kindless = _need_kind(rows, units)
    created = [row for row in rows if name_key(row.name) not in units]
    changes = [(units[key], row, _compare(units[key], row)) for row in rows if (key := name_key(row.name)) in units]
    changed = [change for change in changes if change[2]]
    if not dry_run:
        await _apply(session, created, [(unit, row) for unit, row, _ in changed], now)
        for unit, _, fields in changed:
            facts = {name: list(pair) for name, pair in fields.items()}
            audit.record(session, "update", "unit", unit.id, by=by, now=now, **facts)
        audit.record(session, "import", "register", by=by, now=now, created=len(created), updated=len(changed))
    listed = {name_key(row.name) for row in sheet.rows}
    return ImportReport(
        created=tuple(row.name for row in created),
        updated=tuple(UnitChange(row.name, fields) for _, row, fields in changed),
        unchanged=len(changes) - len(changed),
        issues=tuple(sorted((*sheet.issues, *collisions, *kindless), key=lambda issue: issue.line)),
        absent=tuple(unit.name for key, unit in units.items() if key not in listed and unit.active),
        ignored_columns=sheet.ignored_columns,
        dry_run=dry_run,
    )


def _settle_names(rows: Iterable[RegisterRow], units: dict[str, Unit]) -> tuple[list[RegisterRow], list[RowIssue]]:
    """Rows whose names are free. A refused row keeps its old names, so the rest is judged again until all agree."""
    kept = list(rows)
    issues: list[RowIssue] = []
    while True:
        owners = _owners(kept, units)
        refused = [issue for row in kept for issue in _claims(row, owners)]
        if not refused:
            return kept, issues
        issues += refused
        lines = {issue.line for issue in refused}
        kept = [row for row in kept if row.line not in lines]


def _owners(rows: list[RegisterRow], units: dict[str, Unit]) -> dict[str, str]:
    """Whose each name is afterwards: names that stay, full names of rows, what is held now, claims in file order."""
    listed = {name_key(row.name): row for row in rows}
    owners = {key: unit.name for key, unit in units.items()}
    for key, unit in units.items():
        row = listed.get(key)
        if row is None or row.aliases is None:
            for name in names_of(unit):
                owners.setdefault(name_key(name), unit.name)
    for row in rows:
        owners.setdefault(name_key(row.name), row.name)
    held = {(key, name_key(name)) for key, unit in units.items() for name in names_of(unit)}
    claims = [(name_key(row.name), name_key(alias), row.name) for row in rows for alias in row.aliases or ()]
    for _, alias, name in sorted(claims, key=lambda claim: claim[:2] not in held):
        owners.setdefault(alias, name)
    return owners


def _claims(row: RegisterRow, owners: dict[str, str]) -> list[RowIssue]:
    own = name_key(row.name)
    taken = [(alias, owners[name_key(alias)]) for alias in row.aliases or ()]
    wrong = [RowIssue(row.line, "aliases", alias, "alias_taken", who) for alias, who in taken if name_key(who) != own]
    if name_key(owners[own]) != own:
        wrong.append(RowIssue(row.line, "unit", row.name, "alias_taken", owners[own]))
    return wrong


def _need_kind(rows: list[RegisterRow], units: dict[str, Unit]) -> tuple[list[RegisterRow], list[RowIssue]]:
    missing = [row for row in rows if row.kind is None and name_key(row.name) not in units]
    issues = [RowIssue(row.line, "kind", "", "missing") for row in missing]
    return [row for row in rows if row not in missing], issues


def _compare(unit: Unit, row: RegisterRow) -> dict[str, tuple[Any, Any]]:
    fields: dict[str, tuple[Any, Any]] = {}
    for name in FIELDS:
        before, after = getattr(unit, name), getattr(row, name)
        if after is not None and before != after:
            fields[name] = (before, after)
    aliases = sorted(alias.alias for alias in unit.aliases)
    if row.aliases is not None and aliases != sorted(row.aliases):
        fields["aliases"] = (aliases, sorted(row.aliases))
    if not unit.active:
        fields["active"] = (False, True)
    return fields


async def _apply(
    session: AsyncSession, created: list[RegisterRow], changed: list[tuple[Unit, RegisterRow]], now: datetime
) -> None:
    """Aliases go before they come: an alias that moves between units would otherwise meet itself."""
    pairs = list(changed)
    for row in created:
        unit = Unit(name=row.name, kind=row.kind or "", aliases=[], created_at=now)
        session.add(unit)
        pairs.append((unit, replace(row, aliases=row.aliases or ())))
    await session.flush()
    for unit, row in changed:
        if row.aliases is not None:
            await session.execute(delete(UnitAlias).where(UnitAlias.unit_id == unit.id))
            session.expire(unit, ["aliases"])
    for unit, row in pairs:
        unit.active = True
        for name in FIELDS:
            value = getattr(row, name)
            if value is not None:
                setattr(unit, name, value)
        session.add_all(UnitAlias(alias=alias, unit_id=unit.id) for alias in row.aliases or ())
    await session.flush()
    for unit, _ in pairs:
        await session.refresh(unit, ["aliases"])
