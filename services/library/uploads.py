"""A file on its way to the shelf: checked before it is fetched, ordered as an errand, shelved in one transaction."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.documents.document import ReadDocument
from knowledge.documents.reading import SUPPORTED
from knowledge.errors import FileTooLarge, KnowledgeError, UnreadableFile, UnsupportedType
from services import audit
from services.calendar.zones import local_day
from services.errors import Refusal
from services.library.captions import Order
from services.library.likeness import Alike
from services.library.screening import refuse_concern
from services.library.shelving import Shelf, Shelved, get_document, repeal, shelve
from services.library.upkeep import find_target, replace_document
from services.members.actors import Actor
from services.models import Document
from services.tickets.desk import Desk

BOT_API_MB = 20  # getFile gives nothing larger (Bot API, getFile)
DEFAULT_ACCESS = "members"


class FileRefused(Refusal):
    """A file that is not taken. Facts: `reason` (machine id), `name`, where they matter `limit_mb` or `supported`."""


@dataclass(frozen=True)
class SentFile:
    """A document as a chat sent it; nothing of it was fetched yet."""

    file_id: str
    name: str
    size: int


@dataclass(frozen=True)
class Upload:
    """The errand `import_document`: what to fetch and where it goes. Stored as JSON."""

    file_id: str
    name: str
    size: int
    by: int
    access: str = DEFAULT_ACCESS
    collection: str = ""
    replaces: int | None = None
    repeals: int | None = None
    published: bool = False
    beside: bool = False  # it was asked and answered that it is another document than the one it resembles
    ticket_id: int | None = None
    progress: int | None = None  # the outbox row of the message that shows how far it is

    def as_payload(self) -> dict[str, Any]:
        """JSON for the errand."""
        return asdict(self)


@dataclass(frozen=True)
class Imported:
    """What became of an upload, for telling."""

    document: Document
    shelved: Shelved
    replaced: Document | None
    repealed: Document | None


def readable_types() -> list[str]:
    """The endings of files that can be read."""
    return list(SUPPORTED)


def check_file(file: SentFile, max_file_mb: int, *, published: bool = False) -> None:
    """Refuse by name and size alone, before a byte is fetched.

    Raises:
        FileRefused: too large, of a type that is not read, or empty.
        ScreeningRefused: the name itself says secret or draft.
    """
    limit_mb = min(max_file_mb, BOT_API_MB)
    suffix = PurePath(file.name).suffix.lower()
    if suffix not in SUPPORTED:
        raise FileRefused(reason="unsupported", name=file.name, suffix=suffix, supported=readable_types())
    if file.size > limit_mb * 1_000_000:
        raise FileRefused(reason="too_large", name=file.name, limit_mb=limit_mb)
    if file.size == 0:
        raise FileRefused(reason="empty", name=file.name)
    refuse_concern(PurePath(file.name).stem, file.name, published=published)


async def order_import(
    session: AsyncSession, actor: Actor, file: SentFile, order: Order, *, max_file_mb: int
) -> Upload:
    """What the secretariat's order means for this file.

    Raises:
        NotAllowed: not of the secretariat.
        FileRefused: see `check_file`.
        NotFound: nothing answers to the name that is to be replaced or repealed.
    """
    actor.require_secretariat()
    check_file(file, max_file_mb, published=order.published)
    target = await find_target(session, order.target) if order.target else None
    return Upload(
        file.file_id,
        file.name,
        file.size,
        actor.person_id,
        order.access or (target.access if target else DEFAULT_ACCESS),
        order.collection,
        target.id if target and order.act == "replace" else None,
        target.id if target and order.act == "repeal" else None,
        order.published,
    )


async def shelve_upload(
    session: AsyncSession,
    upload: Upload,
    read: ReadDocument,
    *,
    desk: Desk,
    now: datetime,
    marks: Sequence[int] | None = None,
    original: str = "",
) -> Imported:
    """Put a read upload on the shelf, replacing or repealing what its order named. `original`: its file is kept so."""
    shelf = Shelf(upload.access, upload.collection, upload.by, upload.beside, original)
    replaced = repealed = None
    if upload.replaces:
        replaced = await get_document(session, upload.replaces)
        shelved = await replace_document(session, replaced, read, shelf, now=now, marks=marks)
    else:
        shelved = await shelve(session, read, shelf, now=now, marks=marks)
        replaced = await session.get(Document, shelved.replaced_id) if shelved.replaced_id else None
    if upload.repeals and upload.repeals != shelved.document_id:
        repealed = await get_document(session, upload.repeals)
        await repeal(session, repealed, by=upload.by, now=now, on=local_day(now, desk.zone))
    if upload.published:
        audit.record(session, "published", "document", shelved.document_id, by=upload.by, now=now)
    document = await get_document(session, shelved.document_id)
    return Imported(document, shelved, replaced if shelved.outcome != "duplicate" else None, repealed)


def must_ask(upload: Upload, alike: Alike | None, digest: str) -> bool:
    """Whether the secretariat is asked before this upload is shelved: it may be a version of something that is there.

    Not when it said so already, when the very words stand on the shelf (`shelve` says so), or when the document that it
    resembles bears its name: then it is its next version.
    """
    if alike is None or upload.replaces or upload.beside or alike.digest == digest:
        return False
    return not (alike.name == upload.name[:255] and alike.likeness.is_alike)


def refusal_of(error: KnowledgeError, name: str) -> FileRefused:
    """The refusal behind an error of reading: the same facts, without technical detail."""
    if isinstance(error, FileTooLarge):
        return FileRefused(reason="too_large", name=name, limit_mb=error.limit_bytes // 1_000_000)
    if isinstance(error, UnsupportedType):
        return FileRefused(reason="unsupported", name=name, suffix=error.suffix, supported=list(error.supported))
    if isinstance(error, UnreadableFile):
        return FileRefused(reason=error.reason, name=name)
    return FileRefused(reason="broken", name=name)
