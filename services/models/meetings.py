"""Joint meetings: their timetable as rows, who comes, topics, reviews, materials, decisions, action items."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Float, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.models.base import Base, BigId
from services.models.members import Unit


class Meeting(Base):
    """One meeting. `version` counts moves and stands in the key of every message; `sequence` is the calendar file's."""

    __tablename__ = "meetings"
    __table_args__ = (Index("ix_meetings_state", "state", "starts_at"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    period: Mapped[str] = mapped_column(String(7))  # the quarter it is about, 2026Q4
    title: Mapped[str] = mapped_column(String(160), default="")
    place: Mapped[str] = mapped_column(String(200), default="")
    meeting_on: Mapped[date]
    starts_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10), default="planned")  # planned, held, cancelled
    version: Mapped[int] = mapped_column(default=1)
    sequence: Mapped[int] = mapped_column(default=0)
    uid: Mapped[str] = mapped_column(String(80), unique=True)
    reason: Mapped[str] = mapped_column(String(300), default="")
    present: Mapped[int | None]  # heads counted at the door, no names
    present_units: Mapped[int | None]
    minutes_signed_at: Mapped[datetime | None]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
    approved_at: Mapped[datetime | None]  # before that nothing leaves for the units
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    approved_how: Mapped[str] = mapped_column(String(12), default="")  # convener, offline, secretariat
    held_at: Mapped[datetime | None]


class MeetingStep(Base):
    """One step of one version of the plan, and what became of its message."""

    __tablename__ = "meeting_steps"
    __table_args__ = (UniqueConstraint("meeting_id", "version", "key"), Index("ix_meeting_steps_due", "state", "at"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    version: Mapped[int]
    key: Mapped[str] = mapped_column(String(30))
    offset: Mapped[int]
    on: Mapped[date]
    at: Mapped[datetime]
    due_on: Mapped[date | None]
    audience: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(10), default="planned")  # planned, sent, skipped, void
    reason: Mapped[str] = mapped_column(String(40), default="")
    done_at: Mapped[datetime | None]


class Attendance(Base):
    """A unit's place at a meeting and its reply. The history of replies is in the audit trail."""

    __tablename__ = "meeting_attendance"
    __table_args__ = (UniqueConstraint("meeting_id", "unit_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    role: Mapped[str] = mapped_column(String(12), default="member")  # member, responsible, council, observer
    votes: Mapped[bool] = mapped_column(default=False)  # counts for the quorum
    rsvp: Mapped[str] = mapped_column(String(12), default="")
    substitute: Mapped[str] = mapped_column(String(60), default="")
    reason: Mapped[str] = mapped_column(String(200), default="")
    headcount: Mapped[int | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime | None]
    unit: Mapped[Unit] = relationship(lazy="joined")


class Topic(Base):
    """A topic proposed for a meeting; deferred ones wait for the next."""

    __tablename__ = "meeting_topics"
    __table_args__ = (Index("ix_meeting_topics_meeting", "meeting_id", "state"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text, default="")
    asked_units: Mapped[list[Any]]
    state: Mapped[str] = mapped_column(String(10), default="proposed")  # proposed, approved, deferred, merged, rejected
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("meeting_topics.id"))
    reason: Mapped[str] = mapped_column(String(300), default="")
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    proposed_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    unit: Mapped[Unit | None] = relationship(lazy="joined")


class Review(Base):
    """What a responsible unit tells of one task in one quarter: percent, state, evidence, problem, next step.

    `filled_from` names where an offered percent came from (a check-in's month, the last review); it is no answer until
    `submitted_at` is set.
    """

    __tablename__ = "meeting_reviews"
    __table_args__ = (UniqueConstraint("meeting_id", "unit_id", "task"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    task: Mapped[int]
    title: Mapped[str] = mapped_column(String(200), default="")
    percent: Mapped[float | None] = mapped_column(Float)
    progress: Mapped[str] = mapped_column(Text, default="")
    evidence: Mapped[str] = mapped_column(Text, default="")
    problem: Mapped[str] = mapped_column(Text, default="")
    next_step: Mapped[str] = mapped_column(Text, default="")
    filled_from: Mapped[str] = mapped_column(String(40), default="")
    version: Mapped[int] = mapped_column(default=0)
    submitted_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    submitted_at: Mapped[datetime | None]
    unit: Mapped[Unit] = relationship(lazy="joined")


class Material(Base):
    """A file for a meeting. A new file of a unit is its next version; earlier ones stay."""

    __tablename__ = "meeting_materials"
    __table_args__ = (UniqueConstraint("meeting_id", "unit_id", "version"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    version: Mapped[int]
    name: Mapped[str] = mapped_column(String(255))
    size: Mapped[int]
    file_id: Mapped[str] = mapped_column(String(255))
    sent_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    sent_at: Mapped[datetime]
    unit: Mapped[Unit] = relationship(lazy="joined")


class Decision(Base):
    """A decision as keyed at the meeting, read into a draft; it binds nobody before a person confirmed it."""

    __tablename__ = "meeting_decisions"
    __table_args__ = (Index("ix_meeting_decisions_meeting", "meeting_id", "state"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    source: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    standard: Mapped[str] = mapped_column(String(300), default="")
    owners: Mapped[list[Any]]  # unit names
    co_owners: Mapped[list[Any]]
    due_on: Mapped[date | None]
    due_phrase: Mapped[str] = mapped_column(String(80), default="")
    doubts: Mapped[list[Any]]  # [{code, given, candidates}]
    state: Mapped[str] = mapped_column(String(10), default="draft")  # draft, confirmed, dropped
    keyed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    keyed_at: Mapped[datetime]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    settled_at: Mapped[datetime | None]


class ActionItem(Base):
    """A decision to be carried out (议定事项). `number` counts within its meeting; that is what people call it by."""

    __tablename__ = "action_items"
    __table_args__ = (UniqueConstraint("meeting_id", "number"), Index("ix_action_items_state", "state", "due_on"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    decision_id: Mapped[int] = mapped_column(ForeignKey("meeting_decisions.id"), unique=True)
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    standard: Mapped[str] = mapped_column(String(300), default="")
    due_on: Mapped[date | None]
    first_due_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(20), default="open")
    percent: Mapped[float | None] = mapped_column(Float)
    evidence: Mapped[str] = mapped_column(Text, default="")
    wanted_due_on: Mapped[date | None]
    opened_on: Mapped[date]
    issued_at: Mapped[datetime | None]
    reported_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reported_at: Mapped[datetime | None]
    progressed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    closed_on: Mapped[date | None]
    created_at: Mapped[datetime]
    meeting: Mapped[Meeting] = relationship(lazy="joined")
    units: Mapped[list["ItemUnit"]] = relationship(lazy="selectin", order_by="ItemUnit.id")


class ItemUnit(Base):
    """A unit's part in an item; `acknowledged_at` is its 签收."""

    __tablename__ = "action_item_units"
    __table_args__ = (UniqueConstraint("item_id", "unit_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("action_items.id", ondelete="CASCADE"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    part: Mapped[str] = mapped_column(String(8))  # owner, co_owner
    acknowledged_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    acknowledged_at: Mapped[datetime | None]
    unit: Mapped[Unit] = relationship(lazy="joined")


class ItemEvent(Base):
    """A change of an item: who, when, what, from which state to which, and why. Never overwritten."""

    __tablename__ = "action_item_events"
    __table_args__ = (Index("ix_action_item_events_item", "item_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("action_items.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    action: Mapped[str] = mapped_column(String(20))
    before: Mapped[str] = mapped_column(String(20), default="")
    after: Mapped[str] = mapped_column(String(20), default="")
    facts: Mapped[dict[str, Any]]
