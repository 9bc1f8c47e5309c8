"""Handing a whole document to who asked: the file as it was kept, else its words as a text file."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath
from typing import Any

from bot.settings import Settings
from handlers import texts
from handlers.questions.answers import standing_values
from services.db import Database
from services.errands import finish
from services.errors import NotFound, Refusal
from services.library.handing import judge, record_handed
from services.library.hearing import Hearing, hearing_in
from services.library.opening import standing_of
from services.library.originals import Originals
from services.members.actors import Actor, get_actor
from services.models import Chat, Document, Errand
from services.outbox import Address, Attachment, Note, post

LARGEST_BYTES = 50_000_000  # sendDocument takes no more (Bot API)
_NO_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def originals_of(settings: Settings) -> Originals:
    """Where the files of the library's documents are kept."""
    return Originals(settings.files_dir / "originals")


@dataclass(frozen=True)
class _Asked:
    actor: Actor
    hearing: Hearing
    document: Document
    values: dict[str, Any]


class Handing:
    """The worker for errands of kind `hand_document`."""

    def __init__(
        self,
        database: Database,
        originals: Originals,
        *,
        secretaries: frozenset[int],
        clock: Callable[[], datetime],
    ) -> None:
        self._database, self._originals = database, originals
        self._secretaries, self._clock = secretaries, clock

    async def __call__(self, errand: Errand) -> None:
        """Rights are judged before the file is made and once more in the transaction that says it."""
        try:
            async with self._database.reading() as session:
                asked = await self._judged(session, errand)
            attachment, is_original = await asyncio.to_thread(self._file, asked)
        except Refusal:
            await self._say_gone(errand)
            return
        now = self._clock()
        async with self._database.transaction() as session:
            if not await finish(session, errand.id, now=now):
                return
            try:
                asked = await self._judged(session, errand)
            except Refusal:
                await self._post(session, errand, None, Note("kb.original_gone"))
                return
            record_handed(session, asked.actor, asked.document, in_group=_in_group(errand), now=now)
            note = Note("kb.original", {**asked.values, "is_original": is_original}, attachment=attachment)
            await self._post(session, errand, asked, note)

    async def _judged(self, session: Any, errand: Errand) -> _Asked:
        actor = await get_actor(session, int(errand.payload["person_id"]), self._secretaries)
        chat = await session.get(Chat, errand.chat_id) if _in_group(errand) else None
        hearing = hearing_in(actor, chat)
        document = await judge(session, actor, int(errand.payload["document_id"]), hearing)
        standing = await standing_of(session, document, hearing)
        dated_on = document.issued_on or document.published_on
        values = {
            "title": document.title,
            "issuer": document.issuer,
            "number": document.number,
            "dated_on": dated_on.isoformat() if dated_on else "",
            "source": document.source,
            "standing": standing_values(standing) if standing else None,
        }
        return _Asked(actor, hearing, document, values)

    def _file(self, asked: _Asked) -> tuple[Attachment, bool]:
        document = asked.document
        kept = self._originals.find(document.original)
        if kept is not None and kept.stat().st_size <= LARGEST_BYTES:
            return Attachment(str(kept), _file_name(document.name, kept)), True
        if not document.text:
            raise NotFound(what="document", given="")
        words = texts.plain("kb.original_text", {**asked.values, "text": document.text})
        path = self._originals.write_text(document.id, f"{words}\n")
        return Attachment(str(path), _file_name(f"{document.title}.txt", path)), False

    async def _say_gone(self, errand: Errand) -> None:
        async with self._database.transaction() as session:
            if await finish(session, errand.id, now=self._clock()):
                await self._post(session, errand, None, Note("kb.original_gone"))

    async def _post(self, session: Any, errand: Errand, asked: _Asked | None, note: Note) -> None:
        given = errand.payload
        to = Address(int(errand.chat_id or 0), errand.thread_id, given.get("reply_to"))
        if given.get("private"):
            to = Address(int(given["telegram_id"]), person_id=int(given["person_id"]))
        key = f"original:{given['document_id']}:{errand.id}"
        await post(session, note, to, now=self._clock(), via="reply", business_key=key)


def _in_group(errand: Errand) -> bool:
    return not errand.payload.get("private") and int(errand.chat_id or 0) < 0


def _file_name(name: str, path: Path) -> str:
    """The name that people see: no folders in it, and the ending of the file itself."""
    clean = _NO_NAME.sub(" ", name).strip(" .")[:120] or path.stem
    return clean if PurePath(clean).suffix.lower() == path.suffix else f"{clean[:110]}{path.suffix}"
