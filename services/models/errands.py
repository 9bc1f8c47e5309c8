"""Slow work that a chat was promised: an answer, an import, a digest. Survives a crash."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from services.models.base import Base, BigId


class Errand(Base):
    """One piece of work outside any transaction; leased, repeated after a crash, given up after `tries`."""

    __tablename__ = "errands"
    __table_args__ = (Index("ix_errands_due", "state", "not_before", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    business_key: Mapped[str | None] = mapped_column(String(160), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]]
    chat_id: Mapped[int | None] = mapped_column(BigInteger)
    thread_id: Mapped[int | None] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(12), default="new")  # new, working, done, failed
    tries: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(String(300), default="")
    lease_owner: Mapped[str] = mapped_column(String(40), default="")
    lease_until: Mapped[datetime | None]
    not_before: Mapped[datetime]
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
