"""Rehearsing the timetable: a copy of the state to try it on, and what it would have sent."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from services.db import Database
from services.models import Base, Chat, OutboxMessage, Person

# Tables that the timetable does not need; leaving their bulk out keeps a rehearsal quick.
LEFT_OUT = frozenset({"inbox", "passages", "answers", "questions", "feedback", "audit", "errands", "dialogues"})


@dataclass(frozen=True)
class Planned:
    """One message of the rehearsal: when, to whom, what, and why (its unique business key)."""

    at: datetime
    to: str
    chat_id: int
    what: str
    why: str
    values: dict[str, Any]


async def copy_for_rehearsal(database: Database, url: str) -> None:
    """Copy what the timetable reads into a fresh SQLite database; messages sent before count as sent there too."""
    engine = create_async_engine(url)
    try:
        async with engine.begin() as target:
            await target.run_sync(Base.metadata.create_all)
            async with database.reading() as session:
                for table in Base.metadata.sorted_tables:
                    if table.name in LEFT_OUT:
                        continue
                    rows = [dict(row._mapping) for row in await session.execute(select(table))]
                    if rows:
                        await target.execute(insert(table), rows)
    finally:
        await engine.dispose()


async def read_planned(session: AsyncSession, start: datetime, end: datetime) -> list[Planned]:
    """Messages whose instant lies between `start` and `end` and that are not sent yet, in order."""
    names = {row.telegram_id: row.name for row in await session.scalars(select(Person))}
    titles = {row.chat_id: row.title for row in await session.scalars(select(Chat))}
    rows = await session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.state == "new", OutboxMessage.not_before >= start, OutboxMessage.not_before < end)
        .order_by(OutboxMessage.not_before, OutboxMessage.id)
    )
    return [
        Planned(
            at=row.not_before,
            to=names.get(row.chat_id) or titles.get(row.chat_id) or str(row.chat_id),
            chat_id=row.chat_id,
            what=row.text_key,
            why=row.business_key or "",
            values=row.values,
        )
        for row in rows
    ]
