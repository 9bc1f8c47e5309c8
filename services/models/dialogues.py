"""Where each conversation stands. Never in memory: a restart resumes at the same question."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from services.models.base import Base


class Dialogue(Base):
    """The state and data of one person in one chat (and topic)."""

    __tablename__ = "dialogues"

    key: Mapped[str] = mapped_column(String(100), primary_key=True)
    state: Mapped[str] = mapped_column(String(80), default="")
    data: Mapped[dict[str, Any]]
    updated_at: Mapped[datetime]
