"""Who is speaking, and what their seats of today allow."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Literal

from sqlalchemy import Select, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from services.errors import NotAllowed
from services.models import Person, Seat

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
    found = await session.scalars(_known(), {"of": account.telegram_id})
    person = found.unique().one_or_none()
    is_new = person is None
    if person is None:
        person = Person(telegram_id=account.telegram_id, name="", created_at=now, seats=[])
        session.add(person)
    _refresh(person, account, privately, keep_name=_is_known(person) or account.telegram_id in secretaries)
    if is_new or session.is_modified(person):
        await session.flush()
    return replace(as_actor(person, secretaries), name=account.name[:160])


@cache
def _known() -> Select[Person]:
    """Asked at every update: one statement, built once, with the seats beside the person."""
    return select(Person).where(Person.telegram_id == bindparam("of")).options(joinedload(Person.seats))


def as_actor(person: Person, secretaries: frozenset[int]) -> Actor:
    """The rights of a loaded person."""
    held = tuple(_held(seat) for seat in person.seats if seat.until is None and (seat.unit is None or seat.unit.active))
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


def _is_known(person: Person) -> bool:
    return bool(person.consent_version) or any(seat.until is None for seat in person.seats)


def _refresh(person: Person, account: Account, privately: bool, *, keep_name: bool) -> None:
    name, username = (account.name[:160], account.username[:64]) if keep_name else ("", "")
    if person.name != name:
        person.name = name
    if person.username != username:
        person.username = username
    if privately and not person.reachable:
        person.reachable, person.unreachable_reason = True, ""
