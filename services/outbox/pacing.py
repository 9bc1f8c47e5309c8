"""How fast the bot may speak, agreed through the database by all processes that share its token."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, String, cast, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from services.db import insert_into
from services.models import OutboxMessage, Pace

EVERYONE = "all"
CLOCKS_APART = timedelta(seconds=10)


@dataclass(frozen=True)
class Pacing:
    """Messages a second in all (0: unlimited) and seconds between two messages to one group (0: unlimited).

    Telegram allows about 30 a second and 20 a minute in a group (Bot FAQ, "My bot is hitting limits"); one every 3.1 s
    never met a 429 where the library's own limiter let 40 through in a minute.
    """

    per_second: float = 25
    group_interval_s: float = 3.1
    burst: int = 10


async def take_slots(session: AsyncSession, pacing: Pacing, chat_ids: Sequence[int], *, now: datetime) -> set[int]:
    """Which of these chats may hear one message now, in their order of urgency; the slots are reserved.

    The rows are locked in the order of their keys, so that two processes never wait for each other in a circle.
    """
    groups = [chat_id for chat_id in chat_ids if chat_id < 0] if pacing.group_interval_s > 0 else []
    keys = sorted({key_of(chat_id) for chat_id in groups} | ({EVERYONE} if pacing.per_second > 0 else set()))
    if not keys or not chat_ids:
        return set(chat_ids)
    free_at = await _lock(session, keys, now)
    ready = [chat_id for chat_id in chat_ids if free_at.get(key_of(chat_id), now) <= now]
    if pacing.per_second > 0:
        ready = ready[: await _take_of_all(session, pacing, free_at[EVERYONE], len(ready), now)]
    spoken = [key_of(chat_id) for chat_id in ready if chat_id < 0]
    if spoken and groups:
        rest = now + timedelta(seconds=pacing.group_interval_s)
        await session.execute(update(Pace).where(Pace.key.in_(spoken)).values(free_at=rest))
    return set(ready)


async def hold_chat(session: AsyncSession, chat_id: int, until: datetime) -> None:
    """Nothing leaves for this chat before that instant: it answered 429. All others go on."""
    await session.execute(
        insert_into(session, Pace)
        .values(key=key_of(chat_id), free_at=until)
        .on_conflict_do_update(index_elements=["key"], set_={"free_at": until})
    )


def key_of(chat_id: int) -> str:
    """The pace row of a chat."""
    return f"chat:{chat_id}"


def chat_key() -> ColumnElement[str]:
    """The same for an outbox row, in SQL."""
    return "chat:" + cast(OutboxMessage.chat_id, String)


def chat_rests(now: datetime | ColumnElement[datetime]) -> ColumnElement[bool]:
    """The row's chat must not hear anything yet."""
    return exists().where(Pace.key == chat_key(), Pace.free_at > now)


async def _take_of_all(session: AsyncSession, pacing: Pacing, free_at: datetime, wanted: int, now: datetime) -> int:
    interval = timedelta(seconds=1 / pacing.per_second)
    if free_at > now + CLOCKS_APART:  # written under a clock that was wrong: waiting for it would silence everybody
        free_at = now - interval * pacing.burst
    start = max(free_at, now - interval * pacing.burst)
    taken = max(0, min(wanted, int((now - start) / interval)))
    if taken:
        await session.execute(update(Pace).where(Pace.key == EVERYONE).values(free_at=start + interval * taken))
    return taken


async def _lock(session: AsyncSession, keys: Sequence[str], now: datetime) -> dict[str, datetime]:
    statement = select(Pace.key, Pace.free_at).where(Pace.key.in_(keys)).order_by(Pace.key).with_for_update()
    found = {row[0]: row[1] for row in await session.execute(statement)}
    if missing := [key for key in keys if key not in found]:
        long_free = now - timedelta(days=1)
        rows = [{"key": key, "free_at": long_free} for key in missing]
        await session.execute(insert_into(session, Pace).values(rows).on_conflict_do_nothing())
        found = {row[0]: row[1] for row in await session.execute(statement)}
    return found
