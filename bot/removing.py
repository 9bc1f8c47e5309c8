"""Removing a document for good: the scan, the erasure in one commit, then the index and the database's files."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.importing import place_of
from services.db import Database
from services.errands import Work, finish, promise
from services.library.originals import Originals
from services.library.removing import Removed, erase, find_traces, load_quotations
from services.models import Document, Errand
from services.outbox import Note, post


class Removing:
    """The worker for errands of kind `remove_document`. The document was retired when it was promised."""

    def __init__(
        self, database: Database, *, clock: Callable[[], datetime], originals: Originals | None = None
    ) -> None:
        self._database, self._clock, self._originals = database, clock, originals

    async def __call__(self, errand: Errand) -> None:
        """Erase, and promise the sync of the index, which says that it is done."""
        document_id = int(errand.payload["document_id"])
        await self._erase_file(document_id)
        quoted = await load_quotations(self._database, document_id)
        traces = await find_traces(self._database, document_id, quoted) if quoted else None
        now = self._clock()
        async with self._database.transaction() as session:
            document = await session.get(Document, document_id)
            if not await finish(session, errand.id, now=now):
                return
            if document is None or quoted is None or traces is None:
                return
            removed = await erase(session, document, quoted, traces, now=now)
            told = {"key": "kb.removed", "values": _told(removed), "progress": errand.payload.get("progress")}
            await promise(session, Work("sync_index", told, errand.chat_id, errand.thread_id), now=now)

    async def _erase_file(self, document_id: int) -> None:
        """Before the row that names it: nobody is given it any more, and a crash between the two leaves no file."""
        async with self._database.reading() as session:
            document = await session.get(Document, document_id)
        if document is not None and self._originals is not None:
            await asyncio.to_thread(self._originals.erase, document.original, document_id)


async def apologise_removal(session: Any, errand: Errand, *, now: datetime) -> None:
    """After the last try: it answers nothing any more, its words are erased at the next start."""
    to = await place_of(session, errand, errand.payload.get("progress"))
    await post(session, Note("kb.remove_failed"), to, now=now, via="reply", business_key=f"failed:{errand.id}")


def _told(removed: Removed) -> dict[str, object]:
    older = [{"id": number, "title": title} for number, title in removed.older]
    return {
        "title": removed.title,
        "answers": removed.answers,
        "standards": list(removed.standards),
        "older": older,
    }
