"""Erasing a person from every table that knows people (`erasers`).

What a unit filed stays the unit's; where it names who filed it, it keeps the number of an emptied row in `people`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.errors import NotFound
from services.members.erasers import ERASERS, Eraser
from services.members.marks import Subject
from services.models import Person


@dataclass(frozen=True)
class Erased:
    """What was done: rows touched by eraser."""

    person_id: int
    touched: dict[str, int]


async def find_person(session: AsyncSession, given: str) -> Person:
    """By row number (`#12`), Telegram id, or @username.

    Raises:
        NotFound: nobody.
    """
    if given.startswith("#") and given[1:].isdigit():
        person = await session.get(Person, int(given[1:]))
    elif given.isdigit():
        person = await session.scalar(select(Person).where(Person.telegram_id == int(given)))
    else:
        person = await session.scalar(select(Person).where(Person.username == (given.lstrip("@") or "-")))
    if person is None:
        raise NotFound(what="person", given=given)
    return person


async def erase_person(
    session: AsyncSession, person: Person, *, by: int | None, now: datetime, erasers: Sequence[Eraser] | None = None
) -> Erased:
    """Forget what is known of a person. Running it again changes nothing more."""
    subject = Subject(person.id, person.telegram_id or 0, person.name, person.username, now)
    touched = {eraser.name: await eraser.run(session, subject) for eraser in erasers or ERASERS}
    audit.record(session, "erase", "person", person.id, by=by, now=now, touched=touched)
    await session.flush()
    return Erased(person.id, touched)
