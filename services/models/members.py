"""The register: units, their other names, people, the seats people hold, invitations."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.models.base import Base, BigId

UNIT_KINDS = ("school", "enterprise", "bureau", "association")
SEAT_ROLES = ("liaison", "deputy", "leader", "council", "convener", "secretariat")


class Unit(Base):
    """A member of the consortium: school, enterprise, bureau or association."""

    __tablename__ = "units"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    council_role: Mapped[str] = mapped_column(String(40), default="")
    industry: Mapped[str] = mapped_column(String(80), default="")
    short_form: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    aliases: Mapped[list["UnitAlias"]] = relationship(
        back_populates="unit", cascade="all, delete-orphan", lazy="selectin", order_by="UnitAlias.alias"
    )


class UnitAlias(Base):
    """Another name that people use for a unit; one alias names one unit."""

    __tablename__ = "unit_aliases"

    alias: Mapped[str] = mapped_column(String(120), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id", ondelete="CASCADE"), index=True)
    unit: Mapped[Unit] = relationship(back_populates="aliases")


class Person(Base):
    """Somebody who talked to the bot. Erasing empties the row and keeps its id for what the unit filed."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    telegram_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    name: Mapped[str] = mapped_column(String(160), default="")
    username: Mapped[str] = mapped_column(String(64), default="")
    consent_version: Mapped[str] = mapped_column(String(20), default="")
    consented_at: Mapped[datetime | None]
    reachable: Mapped[bool] = mapped_column(default=False)
    unreachable_reason: Mapped[str] = mapped_column(String(80), default="")
    quiet_until: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    seats: Mapped[list["Seat"]] = relationship(back_populates="person", lazy="selectin", order_by="Seat.id")


class Seat(Base):
    """A role a person holds, for a unit (liaison, deputy, leader, council) or for the consortium (secretariat)."""

    __tablename__ = "seats"
    __table_args__ = (
        Index(
            "uq_seats_held",
            "person_id",
            "unit_id",
            "role",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    since: Mapped[datetime]
    until: Mapped[datetime | None]
    person: Mapped[Person] = relationship(back_populates="seats")
    unit: Mapped[Unit | None] = relationship(lazy="joined")


class Invite(Base):
    """A single-use, expiring invitation; only a digest of its code is stored."""

    __tablename__ = "invites"
    __table_args__ = (UniqueConstraint("code_digest"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code_digest: Mapped[str] = mapped_column(String(64))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    role: Mapped[str] = mapped_column(String(20))
    created_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    used_at: Mapped[datetime | None]
    unit: Mapped[Unit | None] = relationship(lazy="joined")
