"""Whom else something about a check-in concerns."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.checkins.running.recipients import Recipient, find_recipients
from services.models import Person, Submission


async def find_other_person(session: AsyncSession, person_id: int | None) -> Person | None:
    """Somebody who can be written to, or None."""
    person = await session.get(Person, person_id) if person_id else None
    return person if person is not None and person.reachable and person.telegram_id else None


async def recipients_of(session: AsyncSession, submission: Submission) -> list[Recipient]:
    """Who hears of a decision about a check-in: its liaisons, else whoever of the unit can be reached."""
    people = (await find_recipients(session, [submission.unit_id]))[submission.unit_id]
    liaisons = [one for one in people if one.role == "liaison"]
    return liaisons or people[:1]
