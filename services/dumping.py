"""Every row of every table as JSON and back, the same on both databases."""

from collections.abc import AsyncIterator, Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Table, TypeDecorator, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.models import Base

BATCH = 500
Row = dict[str, Any]


def table_names() -> list[str]:
    """All tables, those that others point to first."""
    return [table.name for table in Base.metadata.sorted_tables]


async def dump_rows(session: AsyncSession, name: str) -> AsyncIterator[Row]:
    """The rows of a table as JSON types, in the order of their keys."""
    table = _table(name)
    rows = await session.stream(select(table).order_by(*table.primary_key.columns))
    async for row in rows.mappings():
        yield {key: _plain(value) for key, value in row.items()}


async def load_rows(session: AsyncSession, name: str, rows: Iterable[Row]) -> None:
    """Put dumped rows into an empty table and let its numbering go on behind them."""
    table, batch = _table(name), []
    for row in rows:
        batch.append({key: _typed(table, key, value) for key, value in row.items()})
        if len(batch) >= BATCH:
            await session.execute(insert(table), batch)
            batch = []
    if batch:
        await session.execute(insert(table), batch)
    await _continue_numbers(session, table)


async def is_blank(session: AsyncSession) -> bool:
    """True when no table holds a row."""
    for table in Base.metadata.sorted_tables:
        if await session.scalar(select(func.count()).select_from(table)):
            return False
    return True


def _table(name: str) -> Table:
    return Base.metadata.tables[name]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes):
        return value.hex()
    return value


def _typed(table: Table, key: str, value: Any) -> Any:
    column_type = table.columns[key].type
    if isinstance(column_type, TypeDecorator):
        column_type = column_type.impl_instance
    if value is None or isinstance(column_type, JSON):
        return value
    kind = column_type.python_type
    if isinstance(value, kind):
        return value
    if issubclass(kind, datetime | date | time):
        return kind.fromisoformat(value)
    return bytes.fromhex(value) if kind is bytes else kind(value)


async def _continue_numbers(session: AsyncSession, table: Table) -> None:
    """PostgreSQL's sequences do not see rows that bring their own number."""
    key = list(table.primary_key.columns)
    if session.get_bind().dialect.name != "postgresql" or len(key) != 1 or not isinstance(key[0].autoincrement, str):
        return
    sequence = await session.scalar(text("SELECT pg_get_serial_sequence(:t, :c)"), {"t": table.name, "c": key[0].name})
    if sequence:
        newest = await session.scalar(select(func.max(key[0])))
        if newest is not None:
            await session.execute(text("SELECT setval(:s, :n)"), {"s": sequence, "n": newest})
