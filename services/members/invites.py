"""Invitations: a code that opens one seat once. Only a digest of the code is stored in the register."""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.errors import BadInput, InviteInvalid
from services.members.actors import Actor
from services.members.units import get_unit_by_id
from services.models import AuditEntry, Invite, Person, Seat
from services.models.members import SEAT_ROLES

VALID_FOR = timedelta(days=7)
GUESSES_PER_HOUR = 5
# Telegram takes 1-64 characters of A-Z a-z 0-9 _ - after ?start= (Bot features, Deep Linking).
PREFIX = "join_"
CODE = re.compile(r"[A-Za-z0-9_-]{8,59}")


@dataclass(frozen=True)
class Offer:
    """What is offered: a role, for a unit or (secretariat) for the consortium."""

    role: str
    unit_id: int | None = None


@dataclass(frozen=True)
class NewInvite:
    """A fresh invitation. `code` is shown once and cannot be found again."""

    invite_id: int
    code: str
    role: str
    unit_name: str
    expires_at: datetime

    def link(self, base: str) -> str:
        """The deep link; `base` is for example `https://t.me/lianluo_bot`."""
        return f"{base}?start={PREFIX}{self.code}"


@dataclass(frozen=True)
class Invitation:
    """What a code opens. `problem`: nothing, or unknown, used, expired, held (the seat is theirs), too_many."""

    problem: str = ""
    invite_id: int = 0
    role: str = ""
    unit_name: str = ""


@dataclass(frozen=True)
class Joined:
    """A seat taken."""

    role: str
    unit_name: str


async def create_invite(
    session: AsyncSession, actor: Actor | None, offer: Offer, *, now: datetime, valid_for: timedelta = VALID_FOR
) -> NewInvite:
    """A single-use invitation. `actor` None is the operator at the console.

    Raises:
        NotAllowed: the actor is not of the secretariat.
        BadInput: no such role, or a role that needs a unit and has none.
        NotFound: no such unit.
    """
    if actor is not None:
        actor.require_secretariat()
    if offer.role not in SEAT_ROLES or (offer.role == "secretariat") == bool(offer.unit_id):
        raise BadInput(field="role", given=offer.role, problem="unknown")
    unit = await get_unit_by_id(session, offer.unit_id) if offer.unit_id else None
    code = secrets.token_urlsafe(12)
    by = actor.person_id if actor else None
    invite = Invite(code_digest=_digest(code), unit_id=offer.unit_id, role=offer.role, created_by=by, created_at=now)
    invite.expires_at = now + valid_for
    session.add(invite)
    await session.flush()
    audit.record(session, "invite", "unit", offer.unit_id or "", by=by, now=now, role=offer.role)
    return NewInvite(invite.id, code, offer.role, unit.name if unit else "", invite.expires_at)


async def open_invite(session: AsyncSession, actor: Actor, code: str, *, now: datetime) -> Invitation:
    """Look at an invitation without using it up.

    A wrong code is not raised but returned, so that the count of guesses is kept: after five in an hour a person hears
    `too_many` whatever the code is.
    """
    since = now - timedelta(hours=1)
    wrong = await session.scalar(
        select(func.count(AuditEntry.id)).where(
            AuditEntry.person_id == actor.person_id, AuditEntry.act == "guess_invite", AuditEntry.at > since
        )
    )
    if (wrong or 0) >= GUESSES_PER_HOUR:
        return Invitation("too_many")
    found = await session.scalar(select(Invite).where(Invite.code_digest == _digest(code)))
    if found is None or not CODE.fullmatch(code):
        audit.record(session, "guess_invite", "invite", by=actor.person_id, now=now)
        return Invitation("unknown")
    held = any(seat.role == found.role and seat.unit_id == found.unit_id for seat in actor.seats)
    unit_name = found.unit.name if found.unit else ""
    return Invitation(_problem(found, now) or ("held" if held else ""), found.id, found.role, unit_name)


async def accept_invite(
    session: AsyncSession, actor: Actor, invite_id: int, *, consent_version: str, now: datetime
) -> Joined:
    """Take the seat, having agreed to the privacy text of that version. Of two who are at it, one wins.

    Raises:
        InviteInvalid: used or expired meanwhile.
    """
    taken = await session.execute(
        update(Invite)
        .where(Invite.id == invite_id, Invite.used_at.is_(None), Invite.expires_at > now)
        .values(used_at=now, used_by=actor.person_id)
        .returning(Invite.id)
    )
    won = taken.scalar_one_or_none() is not None
    invite = await session.get(Invite, invite_id, populate_existing=True)
    if not won or invite is None or (invite.unit is not None and not invite.unit.active):
        raise InviteInvalid(reason=(invite and _problem(invite, now)) or "unknown")
    person = await session.get_one(Person, actor.person_id)
    person.consent_version, person.consented_at, person.name = consent_version, now, actor.name
    if not any(
        seat.until is None and (seat.role, seat.unit_id) == (invite.role, invite.unit_id) for seat in person.seats
    ):
        session.add(Seat(person_id=person.id, unit_id=invite.unit_id, role=invite.role, since=now))
    await session.flush()
    facts = {"role": invite.role, "unit_id": invite.unit_id, "consent": consent_version, "invite_id": invite.id}
    audit.record(session, "join", "person", person.id, by=person.id, now=now, **facts)
    return Joined(invite.role, invite.unit.name if invite.unit else "")


def _problem(invite: Invite, now: datetime) -> str:
    if invite.used_at is not None:
        return "used"
    return "expired" if invite.expires_at <= now else ""


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
