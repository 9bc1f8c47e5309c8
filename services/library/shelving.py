"""Putting documents on the shelf, replacing and repealing them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.documents.document import ReadDocument
from knowledge.documents.shingles import marks_of
from knowledge.language.folding import bare
from services import audit
from services.errors import BadInput, NotFound
from services.library.likeness import keep_marks
from services.models import Document, DocumentPassage
from services.models.documents import ACCESS_LEVELS


@dataclass(frozen=True)
class Shelf:
    """Where a document goes: access level public, members or secretariat; a collection's name; who brings it."""

    access: str = "members"
    collection: str = ""
    by: int | None = None
    beside: bool = False  # a document of its own, also under the name of another
    original: str = ""  # the name that its file is kept by

    def __post_init__(self) -> None:
        if self.access not in ACCESS_LEVELS:
            raise BadInput(field="access", given=self.access, problem="unknown")


@dataclass(frozen=True)
class Shelved:
    """What became of an import. `document_id` is the existing one for a duplicate; `replaced_id` the older version."""

    document_id: int
    outcome: Literal["new", "duplicate", "version"]
    title: str
    passages: int
    replaced_id: int | None = None
    has_taken: bool = False  # whether the kept file is this document's now; else nobody needs it


async def shelve(
    session: AsyncSession, read: ReadDocument, shelf: Shelf, *, now: datetime, marks: Sequence[int] | None = None
) -> Shelved:
    """Store a document that was read.

    The same content under any name is a duplicate and changes nothing. Another content under a known name is a new
    version: the older one is kept as superseded with its successor, and not cited for today's rule any more.

    Args:
        marks: Those of the text (`knowledge.documents.shingles`), where the caller made them before the transaction.
    """
    digest = digest_of(read.text)
    twin = await session.scalar(
        select(Document).where(Document.digest == digest, Document.state.in_(("current", "repealed")))
    )
    if twin is not None:
        count = await session.scalars(select(DocumentPassage.id).where(DocumentPassage.document_id == twin.id))
        takes = bool(shelf.original) and not twin.original  # what was shelved before files were kept gets its own
        twin.original = twin.original or shelf.original
        return Shelved(twin.id, "duplicate", twin.title, len(count.all()), has_taken=takes)
    namesakes = select(Document).where(Document.name == read.name[:255], Document.state == "current")
    older = None if shelf.beside else await session.scalar(namesakes.order_by(Document.id))
    document = _as_row(read, shelf, digest, now)
    session.add(document)
    await session.flush()
    await _add_passages(session, [(document.id, read)])
    await keep_marks(session, document.id, marks_of(read.text) if marks is None else marks)
    if older is not None:
        document.version = older.version + 1
        older.state, older.successor_id, older.changed_at = "superseded", document.id, now
    audit.record(session, "import", "document", document.id, by=shelf.by, now=now, name=read.name, access=shelf.access)
    outcome: Literal["version", "new"] = "version" if older else "new"
    replaced = older.id if older else None
    return Shelved(document.id, outcome, document.title, len(read.passages), replaced, bool(shelf.original))


async def shelve_many(session: AsyncSession, reads: Sequence[ReadDocument], shelf: Shelf, *, now: datetime) -> int:
    """Store many small documents at once (passage collections); names that stand on the shelf are skipped."""
    names = [read.name[:255] for read in reads]
    known = set(
        await session.scalars(select(Document.name).where(Document.name.in_(names), Document.state == "current"))
    )
    fresh = {read.name[:255]: read for read in reads if read.name[:255] not in known}
    rows = [(_as_row(read, shelf, digest_of(read.text), now), read) for read in fresh.values()]
    session.add_all([row for row, _ in rows])
    await session.flush()
    await _add_passages(session, [(row.id, read) for row, read in rows])
    return len(rows)


async def get_document(session: AsyncSession, given: int | str) -> Document:
    """A document by number, else by its exact name or title, newest first.

    Raises:
        NotFound: nothing stands under that number or name.
    """
    found = None
    if str(given).isdigit():
        found = await session.get(Document, int(given))
    if found is None:
        wanted = str(given)
        found = await session.scalar(
            select(Document)
            .where((Document.name == wanted) | (Document.title == wanted), Document.state != "removed")
            .order_by(Document.id.desc())
        )
    if found is None or found.state == "removed":
        raise NotFound(what="document", given=str(given))
    return found


async def list_documents(session: AsyncSession, access: Sequence[str], *, limit: int = 500) -> list[Document]:
    """What stands on the shelf at these access levels, newest first."""
    found = await session.scalars(
        select(Document)
        .where(Document.state != "removed", Document.access.in_(access))
        .order_by(Document.id.desc())
        .limit(limit)
    )
    return list(found)


async def repeal(
    session: AsyncSession,
    document: Document,
    *,
    by: int | None,
    now: datetime,
    on: date | None = None,
    successor: Document | None = None,
) -> None:
    """Mark a document as no longer in force; asking for it brings a warning and the successor."""
    before = document.state
    document.state = "superseded" if successor else "repealed"
    document.repealed_on, document.changed_at = on, now
    document.successor_id = successor.id if successor else None
    audit.record(session, "repeal", "document", document.id, by=by, now=now, before=before, after=document.state)


def digest_of(text: str) -> str:
    """A digest of the words alone: the same content in another layout, file type or script counts as the same."""
    return hashlib.sha256(bare(text).encode()).hexdigest()


def _as_row(read: ReadDocument, shelf: Shelf, digest: str, now: datetime) -> Document:
    about = read.metadata
    return Document(
        name=read.name[:255],
        title=(about.title or read.name)[:400],
        collection=shelf.collection[:80],
        access=shelf.access,
        state="repealed" if about.repealed_on else "current",
        issuer=(about.issuer or "")[:200],
        number=(about.number or "")[:80],
        source=(about.source or "")[:200],
        dated_text=(about.dated_text or "")[:80],
        issued_on=about.issued_on,
        published_on=about.published_on,
        repealed_on=about.repealed_on,
        version=1,
        text=read.text,
        original=shelf.original,
        digest=digest,
        warnings=list(read.warnings),
        imported_by=shelf.by,
        imported_at=now,
        changed_at=now,
    )


async def _add_passages(session: AsyncSession, pairs: Sequence[tuple[int, ReadDocument]]) -> None:
    rows = [
        {
            "document_id": document_id,
            "ordinal": passage.ordinal,
            "path": list(passage.path),
            "clause": passage.clause[:300],
            "part": (passage.part or "")[:200],
            "start": passage.start,
            "end": passage.end,
            "text": passage.text,
        }
        for document_id, read in pairs
        for passage in read.passages
    ]
    if rows:
        await session.execute(insert(DocumentPassage), rows)
