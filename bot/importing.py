"""Uploads on their way in: fetched, read in a child process, shelved in one commit, indexed, told."""

import asyncio
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest
from aiohttp import ClientError

from bot.comparing import find_likeness
from bot.keeping import IndexKeeper
from handlers.library.shelf import note_for_alike
from knowledge.documents.shingles import marks_of
from knowledge.errors import KnowledgeError
from services.db import Database
from services.errands import Work, finish, promise
from services.errors import NotFound, Refusal
from services.library.likeness import Alike
from services.library.originals import Originals
from services.library.screening import ScreeningRefused, refuse_concern
from services.library.shelving import digest_of
from services.library.uploads import FileRefused, Imported, Upload, must_ask, refusal_of, shelve_upload
from services.models import Errand, OutboxMessage, Ticket
from services.outbox import Address, Note, post
from services.tickets.desk import Desk
from services.tickets.notices import tell_asker
from services.trials.promising import promise_trials

DOWNLOAD_S = 300
log = structlog.get_logger(__name__)


class FetchFailed(Exception):
    """The file did not come; worth another try. Never carries an address: that would hold the bot's token."""


class Fetch(Protocol):
    """Brings a sent file onto this machine."""

    async def __call__(self, file_id: str, to: Path) -> None:
        """Raises FetchFailed to be tried again, FileRefused when it can never come."""


class BotFetch:
    """Fetches through the Bot API."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def __call__(self, file_id: str, to: Path) -> None:
        """Download to `to`."""
        try:
            await self._bot.download(file_id, destination=to, timeout=DOWNLOAD_S)
        except TelegramBadRequest as error:
            reason = "too_large" if "too big" in error.message else "gone"
            raise FileRefused(reason=reason, name="", limit_mb=20) from None
        except (TelegramAPIError, ClientError, OSError, TimeoutError) as error:
            raise FetchFailed(type(error).__name__) from None


class Importing:
    """The worker for errands of kind `import_document`."""

    def __init__(
        self,
        database: Database,
        fetch: Fetch,
        limits: Any,
        *,
        desk: Desk,
        clock: Callable[[], datetime],
        wake: Callable[[], None] = lambda: None,
        originals: Originals | None = None,
    ) -> None:
        self._database, self._fetch, self._limits, self._originals = database, fetch, limits, originals
        self._desk, self._clock, self._wake = desk, clock, wake

    async def __call__(self, errand: Errand) -> None:
        """Shelve the file or say why not; the index follows in an errand of its own."""
        upload = Upload(**errand.payload)
        await self._tell(errand, upload, Note("kb.reading", {"name": upload.name}), "reading")
        try:
            read, original = await self._read(upload)
        except Refusal as refusal:
            await self._refuse(errand, upload, refusal)
            return
        has_taken = await self._take(errand, upload, read, original)
        if not has_taken and self._originals is not None:
            await asyncio.to_thread(self._originals.discard, original)
        self._wake()

    async def _take(self, errand: Errand, upload: Upload, read: Any, original: str) -> bool:
        """Shelve it, or ask; whether the kept file belongs to a document now."""
        marks = await asyncio.to_thread(marks_of, read.text)
        alike = await find_likeness(self._database, read, marks)
        if alike is not None and must_ask(upload, alike, digest_of(read.text)):
            await self._ask(errand, upload, alike)
            return False
        now = self._clock()
        async with self._database.transaction() as session:
            if not await finish(session, errand.id, now=now):
                return False
            try:
                imported = await shelve_upload(
                    session, upload, read, desk=self._desk, now=now, marks=marks, original=original
                )
            except NotFound as gone:
                await self._post(session, errand, upload, Note("kb.target_gone", gone.facts), "result")
                return False
            note = {"key": "kb.imported", "values": _told(imported), "progress": upload.progress}
            if upload.ticket_id:
                note["ticket_id"] = upload.ticket_id
            await promise(session, Work("sync_index", note, errand.chat_id, errand.thread_id), now=now)
        return imported.shelved.has_taken

    async def _read(self, upload: Upload) -> tuple[Any, str]:
        from knowledge.documents.reading import read_file

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "upload"
            await self._fetch(upload.file_id, path)
            try:
                read = await asyncio.to_thread(read_file, path, self._limits, upload.name)
            except KnowledgeError as error:
                log.info("upload_refused", name=upload.name, reason=str(error)[:200])
                raise refusal_of(error, upload.name) from None
            await asyncio.to_thread(refuse_concern, read.text, upload.name, published=upload.published)
            if self._originals is None:
                return read, ""
            return read, await asyncio.to_thread(self._originals.keep, path, upload.name)

    async def _ask(self, errand: Errand, upload: Upload, alike: Alike) -> None:
        async with self._database.transaction() as session:
            if await finish(session, errand.id, now=self._clock()):
                await self._post(session, errand, upload, note_for_alike(upload, alike), "result")

    async def _refuse(self, errand: Errand, upload: Upload, refusal: Refusal) -> None:
        key = "kb.screened" if isinstance(refusal, ScreeningRefused) else "kb.refused"
        facts = {**refusal.facts, "name": upload.name}
        async with self._database.transaction() as session:
            if await finish(session, errand.id, now=self._clock()):
                await self._post(session, errand, upload, Note(key, facts), "result")

    async def _tell(self, errand: Errand, upload: Upload, note: Note, step: str) -> None:
        async with self._database.transaction() as session:
            await self._post(session, errand, upload, note, step)
        self._wake()

    async def _post(self, session: Any, errand: Errand, upload: Upload, note: Note, step: str) -> None:
        to = await place_of(session, errand, upload.progress)
        await post(session, note, to, now=self._clock(), via="reply", business_key=f"import:{errand.id}:{step}")


class IndexSync:
    """The worker for errands of kind `sync_index`: the index follows the shelf, it is told what was promised, and the
    regression set is asked again."""

    def __init__(self, database: Database, keeper: IndexKeeper, *, clock: Callable[[], datetime]) -> None:
        self._database, self._keeper, self._clock = database, keeper, clock

    async def __call__(self, errand: Errand) -> None:
        """Bring the index in line; the payload may hold a text `key` with `values` to say when it is."""
        await self._keeper.sync()
        await self._database.scrub()
        told, now = errand.payload, self._clock()
        async with self._database.transaction() as session:
            if not await finish(session, errand.id, now=now):
                return
            await promise_trials(session, errand.chat_id, now=now)
            if "key" not in told or errand.chat_id is None:
                return
            note = Note(told["key"], told["values"])
            to = await place_of(session, errand, told.get("progress"))
            await post(session, note, to, now=now, via="reply", business_key=f"sync:{errand.id}")
            ticket = await session.get(Ticket, told["ticket_id"]) if told.get("ticket_id") else None
            if ticket is not None:
                shelved = Note("tickets.file_shelved", {"number": ticket.id, "name": ticket.file.get("name", "")})
                await tell_asker(session, ticket, shelved, now=now, key="shelved")


async def place_of(session: Any, errand: Errand, progress: int | None) -> Address:
    """Where to tell it: in the place of the progress message once that was sent, else as a new message."""
    row = await session.get(OutboxMessage, progress) if progress else None
    edits = (row.message_id or row.edits) if row is not None else None
    return Address(int(errand.chat_id or 0), errand.thread_id, edits=edits)


def _told(imported: Imported) -> dict[str, Any]:
    document, shelved = imported.document, imported.shelved
    dated_on = document.issued_on or document.published_on
    return {
        "id": document.id,
        "outcome": shelved.outcome,
        "title": document.title,
        "name": document.name,
        "issuer": document.issuer,
        "number": document.number,
        "dated_on": dated_on.isoformat() if dated_on else "",
        "access": document.access,
        "collection": document.collection,
        "passages": shelved.passages,
        "version": document.version,
        "warnings": sorted({str(one).split(":")[0] for one in document.warnings}),
        "state": document.state,
        "replaced": imported.replaced.title if imported.replaced else "",
        "repealed": imported.repealed.title if imported.repealed else "",
    }


async def apologise_import(session: Any, errand: Errand, *, now: datetime) -> None:
    """After the last try: the file did not come in, and nothing of it was kept."""
    to = await place_of(session, errand, errand.payload.get("progress"))
    note = Note("kb.failed", {"name": errand.payload["name"]})
    await post(session, note, to, now=now, via="reply", business_key=f"failed:{errand.id}")
