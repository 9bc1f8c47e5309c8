"""Where a conversation stands, kept in SQL and committed with the effect of each answer."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services.models import Dialogue


async def find_dialogue(session: AsyncSession, key: str) -> Dialogue | None:
    """The conversation under that key, or None when it is at rest."""
    return await session.get(Dialogue, key)


async def save_dialogue(
    session: AsyncSession,
    key: str,
    *,
    now: datetime,
    state: str | None = None,
    data: dict[str, Any] | None = None,
) -> None:
    """Set the state, the data, or both; a conversation with neither leaves no row."""
    await change_dialogue(session, await find_dialogue(session, key), key, now=now, state=state, data=data)


async def change_dialogue(
    session: AsyncSession,
    row: Dialogue | None,
    key: str,
    *,
    now: datetime,
    state: str | None = None,
    data: dict[str, Any] | None = None,
) -> Dialogue | None:
    """The same for a row that was looked up in this transaction; returns what stands there afterwards."""
    if row is None:
        if not state and not data:
            return None
        row = Dialogue(key=key, state=state or "", data=data or {}, updated_at=now)
        session.add(row)
        return row
    row.state = row.state if state is None else state
    row.data = row.data if data is None else data
    row.updated_at = now
    if row.state or row.data:
        return row
    if row in session.new:
        session.expunge(row)
    else:
        await session.delete(row)
    return None
