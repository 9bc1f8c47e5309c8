"""Rehearsing the timetable: a copy of the state to try it on, and what it would have sent."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from services.db import Database
from services.digests.issuing.drafts import DRAFT_KEY
from services.models import Base, Chat, Errand, OutboxMessage, Person

# Tables that the timetable does not need; leaving their bulk out keeps a rehearsal quick.
LEFT_OUT = frozenset({"inbox", "passages", "answers", "questions", "feedback", "audit", "dialogues"})
# Of promised work only what the timetable itself promised, and the message that it leads to.
PROMISED = Errand.business_key.startswith(DRAFT_KEY)
PROMISED_TEXT = "digests.summary"


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
                    query = select(table).where(PROMISED) if table.name == Errand.__tablename__ else select(table)
                    rows = [dict(row._mapping) for row in await session.execute(query)]
                    if rows:
                        await target.execute(insert(table), rows)
    finally:
        await engine.dispose()


async def read_planned(session: AsyncSession, start: datetime, end: datetime) -> list[Planned]:
    """Messages whose instant lies between `start` and `end` and that are not sent yet, in order."""
    names: dict[int | None, str] = {row.chat_id: row.title for row in await session.scalars(select(Chat))}
    names |= {row.telegram_id: row.name for row in await session.scalars(select(Person))}
    rows = await session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.state == "new", OutboxMessage.not_before >= start, OutboxMessage.not_before < end)
        .order_by(OutboxMessage.not_before, OutboxMessage.id)
    )
    planned = [
        Planned(
            row.not_before,
            names.get(row.chat_id) or str(row.chat_id),
            row.chat_id,
            row.text_key,
            row.business_key or "",
            row.values,
        )
        for row in rows
    ]
    works = await session.scalars(
        select(Errand)
        .where(PROMISED, Errand.state == "new", Errand.not_before >= start, Errand.not_before < end)
        .order_by(Errand.id)
    )
    for work in works:
        to = names.get(work.chat_id) or str(work.chat_id)
        why = work.business_key or ""
        planned.append(Planned(work.not_before, to, work.chat_id or 0, PROMISED_TEXT, why, work.payload))
    return sorted(planned, key=lambda one: one.at)
