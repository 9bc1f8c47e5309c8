"""Whom a unit's messages go to: the liaison first, then the deputy, then the leader."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.models import Person, Seat

LADDER = ("liaison", "deputy", "leader")


@dataclass(frozen=True)
class Recipient:
    """Somebody who speaks for a unit and can be written to."""

    person_id: int
    telegram_id: int
    role: str


async def find_recipients(session: AsyncSession, unit_ids: Iterable[int]) -> dict[int, list[Recipient]]:
    """The reachable people of each unit, down the ladder; a unit without any has an empty list."""
    wanted = list(unit_ids)
    rows = await session.execute(
        select(Seat.unit_id, Seat.role, Person.id, Person.telegram_id)
        .join(Person, Seat.person_id == Person.id)
        .where(
            Seat.unit_id.in_(wanted),
            Seat.until.is_(None),
            Seat.role.in_(LADDER),
            Person.reachable.is_(True),
            Person.telegram_id.is_not(None),
        )
        .order_by(Seat.id)
    )
    found: dict[int, list[Recipient]] = {unit_id: [] for unit_id in wanted}
    for unit_id, role, person_id, telegram_id in rows:
        if unit_id is not None and telegram_id is not None:
            found[unit_id].append(Recipient(person_id, telegram_id, role))
    for people in found.values():
        people.sort(key=lambda one: LADDER.index(one.role))
    return found


def pick(people: list[Recipient], step: int) -> Recipient | None:
    """Who gets the unit's message number `step` (0: the invitation): that rung of the ladder, else the next below."""
    rungs = [role for role in LADDER[: step + 1] if any(one.role == role for one in people)]
    wanted = rungs[-1] if rungs else (people[0].role if people else "")
    return next((one for one in people if one.role == wanted), None)


async def list_unheard(session: AsyncSession, units: Mapping[int, str]) -> list[tuple[str, str]]:
    """Those units (id: name) that nothing reaches, each with why: see `why_unreachable`."""
    people = await find_recipients(session, units)
    unheard = [unit_id for unit_id in units if not people[unit_id]]
    return [(units[unit_id], why) for unit_id, why in (await why_unreachable(session, unheard)).items()]


async def why_unreachable(session: AsyncSession, unit_ids: Sequence[int]) -> dict[int, str]:
    """Why nobody of those units can be written to: nobody, never_started, or what the chat said (blocked)."""
    rows = await session.execute(
        select(Seat.unit_id, Person.unreachable_reason)
        .join(Person, Seat.person_id == Person.id)
        .where(Seat.unit_id.in_(unit_ids), Seat.until.is_(None), Seat.role.in_(LADDER))
        .order_by(Seat.id)
    )
    found = dict.fromkeys(unit_ids, "nobody")
    for unit_id, reason in rows:
        if unit_id is not None and found[unit_id] in ("nobody", "never_started"):
            found[unit_id] = reason or "never_started"
    return found
