"""Who is speaking, and what their seats of today allow."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any, Literal

from sqlalchemy import Select, and_, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from services.errors import NotAllowed
from services.models import Person, Seat, Unit

Access = Literal["public", "members", "secretariat"]
RANK: dict[str, int] = {"public": 0, "members": 1, "secretariat": 2}


@dataclass(frozen=True)
class Held:
    """A seat held now; `unit_id` is None for the secretariat."""

    role: str
    unit_id: int | None
    unit_name: str
    unit_kind: str


@dataclass(frozen=True)
class Actor:
    """A person with today's rights. Rights come from the register and the settings, never from a chat's admins."""

    person_id: int
    telegram_id: int
    name: str
    seats: tuple[Held, ...] = ()
    is_secretariat: bool = False
    has_consented: bool = False
    consent_version: str = ""

    @property
    def is_member(self) -> bool:
        """Holds any seat."""
        return self.is_secretariat or bool(self.seats)

    @property
    def access(self) -> Access:
        """The highest level of documents this person may read."""
        if self.is_secretariat:
            return "secretariat"
        return "members" if self.seats else "public"

    @property
    def unit_ids(self) -> frozenset[int]:
        """Units this person speaks for."""
        return frozenset(
            seat.unit_id for seat in self.seats if seat.unit_id and seat.role in ("liaison", "deputy", "leader")
        )

    def holds(self, *roles: str) -> bool:
        """True when one of the roles is held."""
        return any(seat.role in roles for seat in self.seats)

    def require_secretariat(self) -> None:
        """Raise NotAllowed for everybody else."""
        if not self.is_secretariat:
            raise NotAllowed(needs="secretariat")


@dataclass(frozen=True)
class Account:
    """What the chat tells about somebody who speaks."""

    telegram_id: int
    name: str
    username: str = ""


async def meet(
    session: AsyncSession, account: Account, *, secretaries: frozenset[int], privately: bool, now: datetime
) -> Actor:
    """The actor behind an account; a new face gets a row, and a private word makes a person reachable.

    The names of people who hold no seat and agreed to nothing are used while they speak and not stored.
    """
    rows = (await session.execute(_known(), {"of": account.telegram_id})).all()
    seats = [row for row in rows if row.role]
    keeps_name = bool(rows and rows[0].consent_version) or bool(seats) or account.telegram_id in secretaries
    stored: dict[str, Any] = {
        "name": account.name[:160] if keeps_name else "",
        "username": account.username[:64] if keeps_name else "",
    }
    if privately and not (rows and rows[0].reachable):
        stored |= {"reachable": True, "unreachable_reason": ""}
    if not rows:
        person = Person(telegram_id=account.telegram_id, created_at=now, consent_version="", **stored)
        session.add(person)
        await session.flush()
        return replace(_actor(person, (), secretaries), name=account.name[:160])
    if "reachable" in stored or (rows[0].name, rows[0].username) != (stored["name"], stored["username"]):
        await session.execute(update(Person).where(Person.id == rows[0].id).values(stored))
    today = [row for row in seats if row.unit_id is None or row.active]
    held = tuple(Held(row.role, row.unit_id, row.unit_name or "", row.unit_kind or "") for row in today)
    return replace(_actor(rows[0], held, secretaries), name=account.name[:160])


@cache
def _known() -> Select[*tuple[Any, ...]]:
    """Asked at every update: one statement, built once, a row for each seat held and one for a person without any."""
    people, seats, units = Person.__table__, Seat.__table__, Unit.__table__
    held = seats.outerjoin(units, units.c.id == seats.c.unit_id)
    return (
        select(
            *(people.c[name] for name in ("id", "telegram_id", "name", "username", "consent_version", "reachable")),
            seats.c.role,
            seats.c.unit_id,
            units.c.name.label("unit_name"),
            units.c.kind.label("unit_kind"),
            units.c.active,
        )
        .select_from(people.outerjoin(held, and_(seats.c.person_id == people.c.id, seats.c.until.is_(None))))
        .where(people.c.telegram_id == bindparam("of"))
        .order_by(seats.c.id)
    )


def as_actor(person: Person, secretaries: frozenset[int]) -> Actor:
    """The rights of a loaded person."""
    held = tuple(_held(seat) for seat in person.seats if seat.until is None and (seat.unit is None or seat.unit.active))
    return _actor(person, held, secretaries)


async def get_actor(session: AsyncSession, person_id: int, secretaries: frozenset[int]) -> Actor:
    """Somebody who asked for something earlier, with the rights of now.

    Raises:
        NotAllowed: nobody is known by that id.
    """
    person = await session.get(Person, person_id)
    if person is None:
        raise NotAllowed(needs="account")
    return as_actor(person, secretaries)


def _actor(person: Person | Any, held: tuple[Held, ...], secretaries: frozenset[int]) -> Actor:
    is_secretariat = person.telegram_id in secretaries or any(seat.role == "secretariat" for seat in held)
    return Actor(
        person_id=person.id,
        telegram_id=person.telegram_id or 0,
        name=person.name,
        seats=held,
        is_secretariat=is_secretariat,
        has_consented=bool(person.consent_version),
        consent_version=person.consent_version,
    )


def _held(seat: Seat) -> Held:
    unit = seat.unit
    return Held(seat.role, seat.unit_id, unit.name if unit else "", unit.kind if unit else "")
