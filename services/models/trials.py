"""The secretariat's regression set: questions whose right answer is known, and the runs over them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from services.models.base import Base, BigId


class TrialCase(Base):
    """A question, the level it is asked at, and what must come of it: evidence, or a refusal.

    `earlier` holds the questions a follow-up stands on, nearest first. `evidence` rows are
    {document_id, document, clause, quote}: the document and its words, never a passage's number, so that a new version
    of the document is judged by what it says.
    """

    __tablename__ = "trial_cases"
    __table_args__ = (Index("ix_trial_cases_state", "state"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    earlier: Mapped[list[Any]]
    access: Mapped[str] = mapped_column(String(20))
    expects: Mapped[str] = mapped_column(String(12))  # evidence, refusal
    evidence: Mapped[list[Any]]
    state: Mapped[str] = mapped_column(String(12), default="kept")  # kept, taken_out
    added_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    added_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class TrialRun(Base):
    """One run over all kept cases. `results` rows are {case_id, verdict, outcome, document_id, clause}: no words."""

    __tablename__ = "trial_runs"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    cause: Mapped[str] = mapped_column(String(12))  # asked, library, console
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    ran_at: Mapped[datetime]
    took_ms: Mapped[int]
    results: Mapped[list[Any]]
