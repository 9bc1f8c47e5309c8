"""The library: documents and their passages. The search index is only a cache of these rows."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.models.base import Base, BigId

ACCESS_LEVELS = ("public", "members", "secretariat")


class Document(Base):
    """An imported document with its official metadata. `digest` finds the same content under another name."""

    __tablename__ = "documents"
    __table_args__ = (Index("ix_documents_digest", "digest"), Index("ix_documents_readable", "state", "access"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(String(255), index=True)
    title: Mapped[str] = mapped_column(String(400))
    collection: Mapped[str] = mapped_column(String(80), default="")
    access: Mapped[str] = mapped_column(String(20), default="members")
    state: Mapped[str] = mapped_column(String(20), default="current")  # current, repealed, superseded, removed
    issuer: Mapped[str] = mapped_column(String(200), default="")
    number: Mapped[str] = mapped_column(String(80), default="")
    source: Mapped[str] = mapped_column(String(200), default="")
    dated_text: Mapped[str] = mapped_column(String(80), default="")
    issued_on: Mapped[date | None]
    published_on: Mapped[date | None]
    repealed_on: Mapped[date | None]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    version: Mapped[int] = mapped_column(default=1)
    text: Mapped[str] = mapped_column(Text)
    original: Mapped[str] = mapped_column(String(40), default="")  # the name its file is kept by; empty when it is not
    digest: Mapped[str] = mapped_column(String(64))
    warnings: Mapped[list[Any]]
    imported_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    imported_at: Mapped[datetime]
    changed_at: Mapped[datetime] = mapped_column(index=True)
    removed_at: Mapped[datetime | None]
    passages: Mapped[list["DocumentPassage"]] = relationship(
        back_populates="document", cascade="all, delete-orphan", order_by="DocumentPassage.ordinal"
    )


class DocumentMark(Base):
    """A document's marks find another that shares its wording (`knowledge.documents.shingles`): hashes, no words."""

    __tablename__ = "document_marks"

    mark: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    document_id: Mapped[int] = mapped_column(
        ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class DocumentPassage(Base):
    """A stretch of a document's text with its heading path; `text` is an exact substring of the document."""

    __tablename__ = "passages"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    ordinal: Mapped[int]
    path: Mapped[list[Any]]
    clause: Mapped[str] = mapped_column(String(300), default="")
    part: Mapped[str] = mapped_column(String(200), default="")
    start: Mapped[int]
    end: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    document: Mapped[Document] = relationship(back_populates="passages", lazy="joined")
