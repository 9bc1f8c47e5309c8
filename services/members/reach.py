"""Whether a person can be written to."""

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.models import Person, Seat


async def mark_unreachable(session: AsyncSession, telegram_id: int, reason: str) -> None:
    """Remember why a private message could not arrive; a word from the person lifts it."""
    person = await session.scalar(select(Person).where(Person.telegram_id == telegram_id))
    if person is not None:
        person.reachable, person.unreachable_reason = False, reason[:80]


async def is_reachable(session: AsyncSession, person_id: int) -> bool:
    """Whether a private message to this person can arrive."""
    return bool(await session.scalar(select(Person.reachable).where(Person.id == person_id)))


async def list_secretariat(session: AsyncSession, secretaries: frozenset[int]) -> list[int]:
    """Telegram ids of the secretariat who can be written to: those of the settings and those who hold the seat."""
    seated = select(Seat.person_id).where(Seat.role == "secretariat", Seat.until.is_(None))
    found = await session.scalars(
        select(Person.telegram_id)
        .where(Person.reachable, or_(Person.telegram_id.in_(secretaries), Person.id.in_(seated)))
        .order_by(Person.id)
    )
    return [telegram_id for telegram_id in found if telegram_id is not None]


async def is_secretary(session: AsyncSession, telegram_id: int, secretaries: frozenset[int]) -> bool:
    """Whether that account belongs to the secretariat today."""
    return telegram_id in await list_secretariat(session, secretaries)
