"""Whether a person can be written to."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.models import Person


async def mark_unreachable(session: AsyncSession, telegram_id: int, reason: str) -> None:
    """Remember why a private message could not arrive; a word from the person lifts it."""
    person = await session.scalar(select(Person).where(Person.telegram_id == telegram_id))
    if person is not None:
        person.reachable, person.unreachable_reason = False, reason[:80]
