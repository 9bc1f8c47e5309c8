"""Monthly check-ins: cycles, what each unit owes and filed, every version of every figure."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.models.base import Base, BigId
from services.models.members import Unit


class CheckinCycle(Base):
    """One filing: the data month (the last of merged ones) and its instants."""

    __tablename__ = "checkin_cycles"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    period: Mapped[str] = mapped_column(String(7), unique=True)
    covers: Mapped[list[Any]]  # merged months, oldest first
    opens_at: Mapped[datetime]
    invite_at: Mapped[datetime]
    due_at: Mapped[datetime]
    reminders: Mapped[list[Any]]  # [{key, at}], within sending hours
    opened_at: Mapped[datetime]
    locked_at: Mapped[datetime | None]  # figures change only by correction after this

    @property
    def months(self) -> list[str]:
        """The months that are filed at once, oldest first; the last is `period`."""
        return sorted({self.period, *(str(one) for one in self.covers)})


class Submission(Base):
    """What one unit owes in one cycle. The row exists from the opening on, so every count has its denominator."""

    __tablename__ = "submissions"
    __table_args__ = (UniqueConstraint("cycle_id", "unit_id"), Index("ix_submissions_unit", "unit_id", "cycle_id"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("checkin_cycles.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    form_id: Mapped[str] = mapped_column(String(64))
    form_version: Mapped[int]
    short_form: Mapped[bool] = mapped_column(default=False)
    optional: Mapped[bool] = mapped_column(default=False)  # welcome but not owed: no reminders, not in the denominator
    # expected, draft, submitted, accepted, returned, exempt
    state: Mapped[str] = mapped_column(String(12), default="expected")
    due_at: Mapped[datetime]
    first_submitted_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    submitted_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    is_late: Mapped[bool] = mapped_column(default=False)
    on_behalf: Mapped[bool] = mapped_column(default=False)
    accepted_at: Mapped[datetime | None]
    accepted_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    returned: Mapped[dict[str, Any] | None]  # {key: reason}, what has to be put right
    exempt_reason: Mapped[str] = mapped_column(String(200), default="")
    quiet_until: Mapped[datetime | None]  # "别催了，周五前报"
    version: Mapped[int] = mapped_column(default=1)
    cycle: Mapped[CheckinCycle] = relationship(lazy="joined")
    unit: Mapped[Unit] = relationship(lazy="joined")


class CheckinEntry(Base):
    """One figure or text. `layer` draft is what people are filling in, filed is what counts."""

    __tablename__ = "checkin_entries"
    __table_args__ = (Index("ix_checkin_entries_key", "key", "layer"),)

    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    layer: Mapped[str] = mapped_column(String(6), primary_key=True)
    value: Mapped[Decimal | None] = mapped_column(Numeric(18, 4))
    text: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16))
    is_approx: Mapped[bool] = mapped_column(default=False)
    carried_from: Mapped[str] = mapped_column(String(7), default="")
    confirmed: Mapped[list[Any]]  # rules the person was asked about and answered, e.g. ["V03"]
    source: Mapped[str] = mapped_column(String(300), default="")
    note: Mapped[str] = mapped_column(String(300), default="")
    version: Mapped[int] = mapped_column(default=1)
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    changed_at: Mapped[datetime]


class EntryVersion(Base):
    """A change of a filed figure: who, when, what it was, what it became, why. Never overwritten."""

    __tablename__ = "entry_versions"
    __table_args__ = (Index("ix_entry_versions_entry", "submission_id", "key", "version"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(80))
    version: Mapped[int]
    form_id: Mapped[str] = mapped_column(String(64))
    form_version: Mapped[int]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any]]
    kind: Mapped[str] = mapped_column(String(16))  # filed, correction, on_behalf
    reason: Mapped[str] = mapped_column(String(300), default="")
    by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


class Evidence(Base):
    """A file that goes with a check-in."""

    __tablename__ = "checkin_evidence"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(80), default="")
    name: Mapped[str] = mapped_column(String(255))
    path: Mapped[str] = mapped_column(String(500))
    digest: Mapped[str] = mapped_column(String(64))
    by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


class Extension(Base):
    """A request for more time; the secretariat decides."""

    __tablename__ = "extensions"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id", ondelete="CASCADE"), index=True)
    wanted_until: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(300), default="")
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]
    decision: Mapped[str] = mapped_column(String(12), default="")  # granted, refused
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]


class RegisterRow(Base):
    """A row of a register that replies give birth to: agreements, platforms and bases, technical needs and services.

    A draft belongs to a check-in that is not filed yet and counts nowhere else; a void row was noted by mistake.
    """

    __tablename__ = "register_rows"
    __table_args__ = (Index("ix_register_rows_unit", "unit_id", "register", "period"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    register: Mapped[str] = mapped_column(String(20))  # agreements, platforms, tech_needs, tech_services
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submissions.id"), index=True)
    period: Mapped[str] = mapped_column(String(7), default="")  # the data month in which it counts as new
    title: Mapped[str] = mapped_column(String(300))
    partner: Mapped[str] = mapped_column(String(200), default="")
    kind: Mapped[str] = mapped_column(String(60), default="")
    level: Mapped[str] = mapped_column(String(20), default="")
    stage: Mapped[str] = mapped_column(String(20), default="")  # of a platform: building, built, in_use, …
    majors: Mapped[str] = mapped_column(String(200), default="")
    began_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(20), default="open")  # draft, open, closed, ended, void
    closed_period: Mapped[str] = mapped_column(String(7), default="")  # the data month in which it was settled
    facts: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column(default=1)
    reminded_for: Mapped[date | None]  # the expiry that the unit was told of
    created_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    unit: Mapped[Unit] = relationship(lazy="joined")


class RegisterVersion(Base):
    """A change of a register's row: who, when, what it was and became, why. Never overwritten."""

    __tablename__ = "register_versions"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    row_id: Mapped[int] = mapped_column(ForeignKey("register_rows.id", ondelete="CASCADE"), index=True)
    version: Mapped[int]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any]]
    kind: Mapped[str] = mapped_column(String(16))  # noted, merged, edited, closed, ended, void, reopened
    reason: Mapped[str] = mapped_column(String(300), default="")
    by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
