"""What the secretariat does to documents on the shelf: find, replace, open or restrict, repeal, remove."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.documents.document import ReadDocument
from knowledge.language.folding import bare
from services import audit
from services.calendar.zones import local_day
from services.errors import Ambiguous, BadInput, NotFound
from services.library.shelving import Shelf, Shelved, get_document, repeal, shelve
from services.members.actors import Actor
from services.models import Document, DocumentPassage, Person
from services.models.documents import ACCESS_LEVELS
from services.tickets.desk import Desk

CANDIDATES = 6
PAGE = 6


@dataclass(frozen=True)
class Page:
    """One page of the shelf."""

    documents: tuple[Document, ...]
    number: int
    pages: int
    total: int


@dataclass(frozen=True)
class Card:
    """A document with what stands around it: its successor, the versions it replaced, who brought it."""

    document: Document
    passages: int
    successor: Document | None
    older: tuple[Document, ...]
    by: str


async def list_page(session: AsyncSession, actor: Actor, number: int) -> Page:
    """A page of what stands on the shelf, newest first; numbers out of range are drawn in."""
    actor.require_secretariat()
    standing = Document.state != "removed"
    total = int(await session.scalar(select(func.count()).select_from(Document).where(standing)) or 0)
    pages = max(1, -(-total // PAGE))
    number = min(max(1, number), pages)
    found = await session.scalars(
        select(Document).where(standing).order_by(Document.id.desc()).offset((number - 1) * PAGE).limit(PAGE)
    )
    return Page(tuple(found), number, pages, total)


async def find_target(session: AsyncSession, words: str) -> Document:
    """The document meant by a number, a name, a title, a 发文字号, or a part of them.

    Raises:
        NotFound: none fits.
        Ambiguous: several in force fit.
    """
    found = await find_targets(session, words)
    current = [one for one in found if one.state == "current"] or found
    if len(current) > 1:
        raise Ambiguous(given=words, candidates=[f"{one.id}《{one.title}》" for one in current[:CANDIDATES]])
    return current[0]


async def find_targets(session: AsyncSession, words: str) -> list[Document]:
    """Every document that may be meant, newest first; one only where a number or the whole name was said.

    Raises:
        NotFound: none fits.
    """
    words = words.strip().strip("《》")
    try:
        return [await get_document(session, words)]
    except NotFound:
        like = f"%{words.replace('%', '').replace('_', '')}%"
    if len(words) < 2:
        raise NotFound(what="document", given=words)
    found = list(
        await session.scalars(
            select(Document)
            .where(Document.state != "removed")
            .where(or_(Document.title.like(like), Document.name.like(like), Document.number.like(like)))
            .order_by(Document.id.desc())
        )
    )
    return found or await _written_otherwise(session, words)


async def _written_otherwise(session: AsyncSession, words: str) -> list[Document]:
    """Those whose title or name is the same but for width of signs, punctuation and script (（示例） and (示例))."""
    wanted = bare(words)
    rows = await session.execute(select(Document.id, Document.title, Document.name).where(Document.state != "removed"))
    folded = [(row.id, bare(row.title), bare(row.name)) for row in rows]
    ids = [one for one, *names in folded if wanted in names] or [
        one for one, *names in folded if wanted and any(wanted in name for name in names)
    ]
    if not ids:
        raise NotFound(what="document", given=words)
    return list(await session.scalars(select(Document).where(Document.id.in_(ids)).order_by(Document.id.desc())))


async def open_card(session: AsyncSession, actor: Actor, document_id: int) -> Card:
    """A document as the secretariat sees it."""
    actor.require_secretariat()
    document = await get_document(session, document_id)
    count = await session.scalar(
        select(func.count()).select_from(DocumentPassage).where(DocumentPassage.document_id == document.id)
    )
    successor = await session.get(Document, document.successor_id) if document.successor_id else None
    older = await session.scalars(
        select(Document)
        .where(Document.successor_id == document.id, Document.state != "removed")
        .order_by(Document.id.desc())
    )
    person = await session.get(Person, document.imported_by) if document.imported_by else None
    return Card(document, int(count or 0), successor, tuple(older), person.name if person else "")


async def replace_document(
    session: AsyncSession,
    target: Document,
    read: ReadDocument,
    shelf: Shelf,
    *,
    now: datetime,
    marks: Sequence[int] | None = None,
) -> Shelved:
    """Shelve a new version in place of `target`, which is kept as superseded with its successor.

    The same content as something on the shelf is a duplicate and changes nothing.
    """
    shelved = await shelve(session, read, shelf, now=now, marks=marks)
    if shelved.outcome == "duplicate":
        return shelved
    fresh = await get_document(session, shelved.document_id)
    fresh.version = max(fresh.version, target.version + 1)
    fresh.collection = fresh.collection or target.collection
    if target.state != "superseded" or target.successor_id != fresh.id:
        await repeal(session, target, by=shelf.by, now=now, successor=fresh)
    return Shelved(fresh.id, "version", shelved.title, shelved.passages, target.id, shelved.has_taken)


async def repeal_document(
    session: AsyncSession, actor: Actor, target: Document, successor: Document | None, *, desk: Desk, now: datetime
) -> None:
    """Declare a document no longer in force from today, with or without a successor.

    Raises:
        BadInput: a document cannot follow itself.
    """
    actor.require_secretariat()
    if successor is not None and successor.id == target.id:
        raise BadInput(field="successor", given=successor.title, problem="same")
    on = local_day(now, desk.zone)
    await repeal(session, target, by=actor.person_id, now=now, on=on, successor=successor)


async def reinstate_document(session: AsyncSession, actor: Actor, document_id: int, *, now: datetime) -> Document:
    """Take a repeal back: the document is in force again, without a successor."""
    actor.require_secretariat()
    document = await get_document(session, document_id)
    before, document.state = document.state, "current"
    document.repealed_on, document.successor_id, document.changed_at = None, None, now
    audit.record(session, "reinstate", "document", document.id, by=actor.person_id, now=now, before=before)
    return document


async def set_access(session: AsyncSession, actor: Actor, document_id: int, access: str, *, now: datetime) -> Document:
    """Open or restrict a document; answers judge by the new level from the next question on."""
    actor.require_secretariat()
    if access not in ACCESS_LEVELS:
        raise BadInput(field="access", given=access, problem="unknown")
    document = await get_document(session, document_id)
    before, document.access, document.changed_at = document.access, access, now
    audit.record(session, "access", "document", document.id, by=actor.person_id, now=now, before=before, after=access)
    return document


async def list_successors(session: AsyncSession, document: Document) -> list[Document]:
    """Documents in force that may replace this one: those of its collection first, newest first."""
    found = list(
        await session.scalars(
            select(Document)
            .where(Document.state == "current", Document.id != document.id)
            .order_by(Document.id.desc())
            .limit(200)
        )
    )
    found.sort(key=lambda one: (one.collection != document.collection, -one.id))
    return found[:CANDIDATES]
