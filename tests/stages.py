"""Stages that many tests begin on: played once for each kind of database, and from then on put back as rows."""

from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, Table, func, insert, null, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.models import Base

Rows = dict[Table, dict[Any, dict[str, Any]]]


@dataclass(frozen=True)
class Played:
    """What the play returned, and the rows that it added."""

    result: Any
    added: dict[Table, list[dict[str, Any]]]


_PLAYED: dict[tuple[str, Hashable], Played] = {}


async def set_stage(session: AsyncSession, name: Hashable, play: Callable[[], Awaitable[Any]]) -> Any:
    """What `play` adds to the database, and what it returns. Plays of one name begin on the same rows."""
    key = (session.get_bind().dialect.name, name)
    if key not in _PLAYED:
        _PLAYED[key] = await _play(session, play)
        return _PLAYED[key].result
    played = _PLAYED[key]
    for table, rows in played.added.items():
        await session.execute(insert(table), rows)
    if key[0] == "postgresql":
        await _continue_numbers(session, played.added)
    return played.result


async def _play(session: AsyncSession, play: Callable[[], Awaitable[Any]]) -> Played:
    before = await _rows(session)
    result = await play()
    await session.flush()
    after = await _rows(session)
    for table, rows in before.items():
        changed = [key for key, row in rows.items() if after[table].get(key) != row]
        assert not changed, f"a stage only adds rows; {table.name} {changed} changed"
    added = {
        table: [_storable(table, row) for key, row in rows.items() if key not in before[table]]
        for table, rows in after.items()
    }
    return Played(result, {table: rows for table, rows in added.items() if rows})


async def _rows(session: AsyncSession) -> Rows:
    found: Rows = {}
    for table in Base.metadata.sorted_tables:
        keys = [column.name for column in table.primary_key.columns]
        rows = (await session.execute(select(table))).mappings()
        found[table] = {tuple(row[key] for key in keys): dict(row) for row in rows}
    return found


def _storable(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """Nothing in a JSON column is no value, not the JSON word null."""
    return {
        name: null() if value is None and isinstance(table.columns[name].type, JSON) else value
        for name, value in row.items()
    }


async def _continue_numbers(session: AsyncSession, added: dict[Table, list[dict[str, Any]]]) -> None:
    """PostgreSQL's sequences do not see rows that bring their own number."""
    numbered = {table: key for table in added if (key := table.autoincrement_column) is not None}
    if numbered:
        newest = (
            func.setval(func.pg_get_serial_sequence(table.name, key.name), max(row[key.name] for row in added[table]))
            for table, key in numbered.items()
        )
        await session.execute(select(*newest))
