"""What the index should hold, read from SQL. The index is a cache: it follows the rows, never the other way round."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.documents.entries import IndexEntry
from services.library.hearing import Hearing
from services.models import Document, DocumentPassage

SEARCHED = ("current", "repealed", "superseded")


@dataclass(frozen=True)
class IndexPlan:
    """Documents the index lacks, and documents it must forget."""

    add: tuple[int, ...]
    drop: tuple[str, ...]


@dataclass(frozen=True)
class Readable:
    """Documents that may be heard in one kind of place, at one state of the library."""

    version: tuple[datetime | None, int]
    documents: frozenset[str]


async def plan_index(session: AsyncSession, indexed: Collection[str]) -> IndexPlan:
    """Compare the shelf with what is indexed."""
    wanted = {str(one) for one in await session.scalars(select(Document.id).where(Document.state.in_(SEARCHED)))}
    have = set(indexed)
    return IndexPlan(tuple(sorted(int(one) for one in wanted - have)), tuple(sorted(have - wanted)))


async def load_entries(session: AsyncSession, document_ids: Collection[int]) -> list[IndexEntry]:
    """The passages of these documents as the index takes them."""
    rows = await session.scalars(
        select(DocumentPassage)
        .where(DocumentPassage.document_id.in_(document_ids))
        .order_by(DocumentPassage.document_id, DocumentPassage.ordinal)
    )
    return [as_entry(row) for row in rows]


async def library_version(session: AsyncSession) -> tuple[datetime | None, int]:
    """Changes whenever a document is added, changed or removed."""
    row = (await session.execute(select(func.max(Document.changed_at), func.count()))).one()
    return row[0], row[1]


async def find_readable(session: AsyncSession, hearing: Hearing, *, known: Readable | None = None) -> Readable:
    """The documents that may be heard there, decided in SQL; `known` is returned while nothing changed."""
    version = await library_version(session)
    if known is not None and known.version == version:
        return known
    ids = await session.scalars(select(Document.id).where(Document.state.in_(SEARCHED), hearing.where()))
    return Readable(version, frozenset(str(one) for one in ids))


def as_entry(row: DocumentPassage) -> IndexEntry:
    """A stored passage as the index takes it."""
    document = row.document
    dated_on = document.issued_on or document.published_on
    return IndexEntry(
        passage_id=str(row.id),
        document_id=str(row.document_id),
        text=row.text,
        title=document.title,
        path=tuple(row.path),
        clause=row.clause,
        part=row.part or None,
        start=row.start,
        about=f"{document.issuer} {document.source}".strip(),
        dated_on=dated_on.isoformat() if dated_on else None,
        validity=document.state if document.state != "current" else None,
        warnings=tuple(document.warnings),
    )


async def document_names(session: AsyncSession) -> dict[str, str]:
    """Names of the imported files by document id."""
    rows = await session.execute(select(Document.id, Document.name).where(Document.state.in_(SEARCHED)))
    return {str(row[0]): row[1] for row in rows}
