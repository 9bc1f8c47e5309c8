"""What the bot will say: written with the state change it speaks of, sent after the commit."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from services.models.base import Base, BigId


class OutboxMessage(Base):
    """A message to send or edit. Text key and values, never wording; rendered when it is sent.

    `token` names the message in its buttons' callback data (`token:index`); the button's action and payload stay here.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_due", "state", "not_before", "id"),
        Index("ix_outbox_chat", "chat_id", "state", "id"),
        Index("ix_outbox_message", "chat_id", "message_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    business_key: Mapped[str | None] = mapped_column(String(160), unique=True)
    token: Mapped[str] = mapped_column(String(16), unique=True)
    via: Mapped[str] = mapped_column(String(8))  # reply: aiogram; push: python-telegram-bot
    chat_id: Mapped[int] = mapped_column(BigInteger)
    thread_id: Mapped[int | None] = mapped_column(BigInteger)
    reply_to: Mapped[int | None] = mapped_column(BigInteger)
    edits: Mapped[int | None] = mapped_column(BigInteger)  # Telegram id of the message this one replaces
    person_id: Mapped[int | None] = mapped_column(BigInteger, index=True)  # whom it is for; buttons obey only them
    text_key: Mapped[str] = mapped_column(String(80))
    values: Mapped[dict[str, Any]]
    buttons: Mapped[list[Any]]
    attachment: Mapped[dict[str, Any] | None]
    state: Mapped[str] = mapped_column(String(12), default="new")  # new, sending, sent, uncertain, dead
    reason: Mapped[str] = mapped_column(String(200), default="")
    tries: Mapped[int] = mapped_column(default=0)
    repeats: Mapped[int] = mapped_column(default=0)
    parts_sent: Mapped[int] = mapped_column(default=0)
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    lease_owner: Mapped[str] = mapped_column(String(40), default="")
    lease_until: Mapped[datetime | None]
    not_before: Mapped[datetime]
    expires_at: Mapped[datetime | None]  # after this it would be stale: dead with a reason, never sent
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]  # buttons answered: a replay hears "closed"


class Pace(Base):
    """The next free sending instant of the whole bot (`all`) and of each group (`chat:ID`)."""

    __tablename__ = "pace"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    free_at: Mapped[datetime]
