"""Questions and files that people took over from the machine."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from services.models.base import Base, BigId

WAITING = ("open", "assigned")


class Ticket(Base):
    """One request to the secretariat, from asking to the approved standard answer.

    `access` is the level of the asker, `heard` that of the place: an answer above `heard` goes to the asker in private.
    `standard` holds the proposal to keep the answer: {access, by, at, approved_by, approved_at, alone, document_id}.
    """

    __tablename__ = "tickets"
    __table_args__ = (Index("ix_tickets_due", "state", "due_at"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[str] = mapped_column(String(12), default="question")  # question, upload
    state: Mapped[str] = mapped_column(String(12), default="open")  # open, assigned, answered, approved, closed
    question_id: Mapped[int | None] = mapped_column(
        ForeignKey("questions.id", ondelete="SET NULL"), unique=True, index=True
    )
    asker_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    thread_id: Mapped[int | None] = mapped_column(BigInteger)
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    text: Mapped[str] = mapped_column(Text)
    file: Mapped[dict[str, Any]]  # {file_id, name, size} of an upload, else empty
    access: Mapped[str] = mapped_column(String(20))
    heard: Mapped[str] = mapped_column(String(20))
    assigned_to: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    escalated_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime | None]
    standard: Mapped[dict[str, Any]]
    closed_at: Mapped[datetime | None]
