"""Chats the bot was seen in."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from services.models.base import Base


class Chat(Base):
    """A group or private chat. A group hears answers at its `access` level only once the secretariat has bound it.

    `collections` limits it to documents of these collections; empty means any.
    """

    __tablename__ = "chats"

    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(255), default="")
    is_forum: Mapped[bool] = mapped_column(default=False)
    status: Mapped[str] = mapped_column(String(20), default="seen")  # seen, bound, left
    access: Mapped[str] = mapped_column(String(20), default="public")
    collections: Mapped[list[Any]] = mapped_column(default=list)
    notice_thread_id: Mapped[int | None] = mapped_column(BigInteger)
    bound_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    bound_at: Mapped[datetime | None]
    seen_at: Mapped[datetime]
