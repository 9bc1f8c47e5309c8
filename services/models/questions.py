"""Questions, the answers given, and what people thought of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.models.base import Base, BigId


class Question(Base):
    """A question as asked, where, and at which access level it may be answered."""

    __tablename__ = "questions"
    __table_args__ = (Index("ix_questions_thread", "chat_id", "thread_id", "person_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    chat_id: Mapped[int] = mapped_column(BigInteger)
    thread_id: Mapped[int | None] = mapped_column(BigInteger)
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    text: Mapped[str] = mapped_column(Text)
    access: Mapped[str] = mapped_column(String(20))
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("questions.id"))
    state: Mapped[str] = mapped_column(String(12), default="asked")  # asked, answered, nearest, none, withdrawn
    asked_at: Mapped[datetime]


class AnswerRecord(Base):
    """What was answered, on which evidence, how fast, and composed by what."""

    __tablename__ = "answers"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), index=True)
    outcome: Mapped[str] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(Text)
    evidence: Mapped[list[Any]]  # [{document_id, document, passage_id, clause, quote}]
    facts: Mapped[dict[str, Any]]  # notes, conflicts, nearest
    composed_by: Mapped[str] = mapped_column(String(12), default="extract")
    access: Mapped[str] = mapped_column(String(20))
    took_ms: Mapped[int]
    answered_at: Mapped[datetime]
    question: Mapped[Question] = relationship(lazy="joined")


class Feedback(Base):
    """One person's opinion of one answer; a second press replaces the first."""

    __tablename__ = "feedback"
    __table_args__ = (UniqueConstraint("answer_id", "person_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    helpful: Mapped[bool]
    given_at: Mapped[datetime]
