"""Agreeing, seeing what is stored, leaving."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.errors import NotFound
from services.members.actors import Actor
from services.models import Person, Question, Seat


@dataclass(frozen=True)
class OwnData:
    """What is stored of a person, for the person."""

    name: str
    username: str
    telegram_id: int
    seats: tuple[tuple[str, str], ...]  # role, unit name
    consent_version: str
    consented_at: datetime | None
    questions: int


@dataclass(frozen=True)
class Departure:
    """The seats that somebody gave up: role, unit name."""

    seats: tuple[tuple[str, str], ...]


async def look_up_own_data(session: AsyncSession, actor: Actor) -> OwnData:
    """Everything that is stored under the person's id, in short."""
    person = await session.get_one(Person, actor.person_id)
    asked = await session.scalar(select(func.count(Question.id)).where(Question.person_id == person.id))
    return OwnData(
        name=person.name,
        username=person.username,
        telegram_id=actor.telegram_id,
        seats=tuple((seat.role, seat.unit_name) for seat in actor.seats),
        consent_version=person.consent_version,
        consented_at=person.consented_at,
        questions=asked or 0,
    )


async def give_consent(session: AsyncSession, actor: Actor, version: str, *, now: datetime) -> None:
    """Agree to the privacy text of that version."""
    person = await session.get_one(Person, actor.person_id)
    before, person.consent_version, person.consented_at = person.consent_version, version, now
    audit.record(session, "consent", "person", person.id, by=person.id, now=now, before=before, version=version)


async def leave(session: AsyncSession, actor: Actor, *, now: datetime) -> Departure:
    """Withdraw consent: every seat ends, name and username go; what was filed stays the unit's, under a number."""
    person = await session.get_one(Person, actor.person_id)
    given_up = []
    for seat in person.seats:
        if seat.until is None:
            seat.until = now
            given_up.append((seat.role, seat.unit.name if seat.unit else ""))
    person.name = person.username = person.consent_version = ""
    person.consented_at = person.quiet_until = None
    audit.record(session, "leave", "person", person.id, by=person.id, now=now, seats=len(given_up))
    return Departure(tuple(given_up))


async def end_seat(session: AsyncSession, actor: Actor, seat_id: int, *, now: datetime) -> Seat:
    """Take a seat back; the person stays in the register with whatever else they hold.

    Raises:
        NotAllowed: not of the secretariat.
        NotFound: no such seat, or it ended before.
    """
    actor.require_secretariat()
    seat = await session.get(Seat, seat_id, with_for_update={"of": Seat})
    if seat is None or seat.until is not None:
        raise NotFound(what="seat", given=str(seat_id))
    seat.until = now
    facts = {"role": seat.role, "unit_id": seat.unit_id}
    audit.record(session, "end_seat", "person", seat.person_id, by=actor.person_id, now=now, **facts)
    return seat
