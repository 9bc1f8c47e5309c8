"""How fast the bot may speak, agreed through the database by all processes that share its token."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.db import insert_into
from services.models import Pace

EVERYONE = "all"


@dataclass(frozen=True)
class Pacing:
    """Messages a second in all (0: unlimited) and seconds between two messages to one group (0: unlimited).

    Telegram allows about 30 a second and 20 a minute in a group (Bot FAQ, "My bot is hitting limits"); one every 3.1 s
    never met a 429 where the library's own limiter let 40 through in a minute.
    """

    per_second: float = 25
    group_interval_s: float = 3.1
    burst: int = 10


async def take_slots(session: AsyncSession, pacing: Pacing, wanted: int, *, now: datetime) -> int:
    """Reserve up to `wanted` sending slots of the whole bot; returns how many were free."""
    if pacing.per_second <= 0 or wanted <= 0:
        return wanted
    interval = timedelta(seconds=1 / pacing.per_second)
    free_at = await _read(session, EVERYONE)
    earliest = now - interval * pacing.burst
    start = max(free_at, earliest) if free_at else earliest
    taken = max(0, min(wanted, int((now - start) / interval)))
    if taken:
        await _write(session, EVERYONE, start + interval * taken)
    return taken


async def take_group_slot(session: AsyncSession, pacing: Pacing, chat_id: int, *, now: datetime) -> bool:
    """Reserve the next message to that group; False while the group must rest. Private chats are always free."""
    if chat_id > 0 or pacing.group_interval_s <= 0:
        return True
    key = f"chat:{chat_id}"
    free_at = await _read(session, key)
    if free_at and free_at > now:
        return False
    await _write(session, key, now + timedelta(seconds=pacing.group_interval_s))
    return True


async def _read(session: AsyncSession, key: str) -> datetime | None:
    return await session.scalar(select(Pace.free_at).where(Pace.key == key).with_for_update())


async def _write(session: AsyncSession, key: str, free_at: datetime) -> None:
    await session.execute(
        insert_into(session, Pace)
        .values(key=key, free_at=free_at)
        .on_conflict_do_update(index_elements=["key"], set_={"free_at": free_at})
    )
