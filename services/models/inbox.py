"""Updates as they came, kept until their effect is committed."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from services.models.base import Base, BigId


class InboxUpdate(Base):
    """One update. `business_key` catches the same happening under another update id."""

    __tablename__ = "inbox"
    __table_args__ = (Index("ix_inbox_waiting", "state", "lane", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    update_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    business_key: Mapped[str | None] = mapped_column(String(120), unique=True)
    lane: Mapped[str] = mapped_column(String(64))  # one worker per lane keeps a chat's order
    body: Mapped[dict[str, Any] | None]
    state: Mapped[str] = mapped_column(String(12), default="new")  # new, done, quarantined
    tries: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(Text, default="")
    received_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
