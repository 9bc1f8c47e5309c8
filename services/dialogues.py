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
    row = await session.get(Dialogue, key)
    if row is None:
        if not state and not data:
            return
        session.add(Dialogue(key=key, state=state or "", data=data or {}, updated_at=now))
        return
    row.state = row.state if state is None else state
    row.data = row.data if data is None else data
    row.updated_at = now
    if not row.state and not row.data:
        await session.delete(row)
