"""Digests as they were made and issued, and the secret that signs links to the page."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from services.models.base import Base, BigId


class DigestEdition(Base):
    """One digest of one state of the facts, for one audience. Its numbers are given when it is issued, never before.

    `stamp` names the facts it was made from: the same stamp needs no second making, another one needs a new draft.
    """

    __tablename__ = "digest_editions"
    __table_args__ = (
        Index("ix_digest_editions_facts", "period", "audience", "stamp"),
        Index("ix_digest_editions_state", "state", "issued_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    period: Mapped[str] = mapped_column(String(7))
    audience: Mapped[str] = mapped_column(String(12))
    accepted_only: Mapped[bool] = mapped_column(default=True)
    stamp: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(12), default="draft")  # draft, issuing, issued, superseded
    year: Mapped[int | None]  # of the issue; `number` counts within it
    number: Mapped[int | None]
    total_number: Mapped[int | None] = mapped_column(unique=True)
    cutoff: Mapped[datetime]
    composed: Mapped[dict[str, Any]]  # sentences of a model, kept so that what is issued is what was approved
    summary: Mapped[dict[str, Any]]  # values of the chat message
    group_summary: Mapped[dict[str, Any]]
    sources: Mapped[list[Any]]  # figures and sentences to open: [{key, label}] and [{text, replies}]
    files: Mapped[dict[str, Any]]  # {docx: {path, name}, xlsx: …, png: […]}
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    issued_at: Mapped[datetime | None]


class PageKey(Base):
    """A secret that signs links to the page; removing the row ends every link at once."""

    __tablename__ = "page_keys"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    secret: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
