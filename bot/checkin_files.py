"""Check-ins as files: the table written and sent, the table fetched, read in a child process, put into the draft."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.importing import Fetch
from bot.tables import fetch_file, fetch_rows
from handlers.checkins.pages import Filling, card_note, conflict_values, standing
from handlers.refusals import text_key_of
from services.checkins.filling.cards import label_in
from services.checkins.filling.drafting import Taken
from services.checkins.filling.taking import take_reading
from services.checkins.filling.templates import find_marker, read_book, write_template
from services.checkins.office import Office
from services.checkins.reading.understood import Intent
from services.checkins.reviewing.evidence import MOST_BYTES, add_evidence, find_subject
from services.checkins.standing.finding import get_sheet, list_fillable
from services.checkins.standing.loading import load_sheet
from services.checkins.standing.sheets import Sheet
from services.db import Database
from services.dialogues import save_dialogue
from services.errands import finish
from services.errors import Refusal
from services.members.actors import Actor, get_actor
from services.models import Errand
from services.outbox import Address, Attachment, Note, post
from services.sheets import SheetRefused

EVIDENCE = "evidence"


class CheckinFiles:
    """The workers for errands `checkin_template`, `checkin_sheet` and `checkin_evidence`."""

    def __init__(
        self,
        database: Database,
        office: Office,
        fetch: Fetch,
        *,
        folder: Path,
        secretaries: frozenset[int],
        clock: Callable[[], datetime],
    ) -> None:
        self._database, self._office, self._fetch = database, office, fetch
        self._folder, self._secretaries, self._clock = folder, secretaries, clock

    async def send_template(self, errand: Errand) -> None:
        """Write the table of one check-in and send it to whoever asked."""
        try:
            async with self._database.reading() as session:
                sheet = await self._sheet_of(session, errand)
        except Refusal as refusal:
            await self._say(errand, text_key_of(refusal), **refusal.facts)
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"template-{errand.id}.xlsx"
        name = await asyncio.to_thread(write_template, sheet, path)
        values = {"unit": sheet.submission.unit.name, "period": sheet.period.label}
        note = Note("checkins.template", values, attachment=Attachment(str(path.resolve()), name))
        async with self._database.transaction() as session:
            if await finish(session, errand.id, now=self._clock()):
                await self._post(session, errand, note)

    async def take_sheet(self, errand: Errand) -> None:
        """Read a table and put its figures into the draft; the card follows, or why not."""
        try:
            rows = await fetch_rows(self._fetch, errand.payload)
        except SheetRefused as refused:
            await self._say(errand, "checkins.sheet_refused", problem=refused.problem, name=errand.payload["name"])
            return
        now = self._clock()
        async with self._database.transaction() as session:
            if not await finish(session, errand.id, now=now):
                return
            try:
                async with session.begin_nested():
                    note = await self._take(session, errand, rows, now)
            except Refusal:
                note = Note("checkins.sheet_not_read", {"name": errand.payload["name"]})
            await self._post(session, errand, note)

    async def take_evidence(self, errand: Errand) -> None:
        """Fetch a file and keep it beside its check-in."""
        given, now = errand.payload, self._clock()
        folder = self._folder / EVIDENCE / str(given["submission_id"])
        path = folder / f"{errand.id}{Path(given['name']).suffix.lower()[:8]}"
        try:
            async with self._database.reading() as session:
                await self._sheet_of(session, errand)  # rights may be gone by now: nothing is fetched for nobody
            if int(given["size"]) > MOST_BYTES:
                raise SheetRefused("too_big", MOST_BYTES)
            folder.mkdir(parents=True, exist_ok=True)
            await fetch_file(self._fetch, given["file_id"], path)
        except SheetRefused as refused:
            await self._say(errand, "checkins.sheet_refused", problem=refused.problem, name=given["name"])
            return
        except Refusal as refusal:
            await self._say(errand, text_key_of(refusal), **refusal.facts)
            return
        async with self._database.transaction() as session:
            if not await finish(session, errand.id, now=now):
                return
            actor = await get_actor(session, int(given["person_id"]), self._secretaries)
            sheet = await get_sheet(session, self._office, actor, int(given["submission_id"]))
            file = (path.resolve(), given["name"])
            is_new = await add_evidence(session, actor, sheet, file, given["caption"], now=now)
            key = find_subject(sheet, given["caption"])
            label = label_in(sheet, key) if key else ""
            values = {"period": sheet.period.label, "name": given["name"], "is_new": is_new, "label": label}
            await self._post(session, errand, Note("checkins.evidence_kept", values))

    async def _sheet_of(self, session: Any, errand: Errand) -> Sheet:
        actor = await get_actor(session, int(errand.payload["person_id"]), self._secretaries)
        return await get_sheet(session, self._office, actor, int(errand.payload["submission_id"]))

    async def _take(self, session: Any, errand: Errand, rows: list[list[str]], now: datetime) -> Note:
        actor = await get_actor(session, int(errand.payload["person_id"]), self._secretaries)
        sheet = await self._sheet_for(session, errand, actor, rows, now)
        if sheet is None:
            return Note("checkins.sheet_not_read", {"name": errand.payload["name"]})
        reading = (await asyncio.to_thread(read_book, rows, sheet, now)).reading
        if reading.intent is Intent.REFUSE_PII:
            return Note("checkins.sheet_refused", {"problem": "person_records", "name": errand.payload["name"]})
        if not reading.items and not reading.texts:
            return Note("checkins.sheet_not_read", {"name": errand.payload["name"]})
        taken = await take_reading(session, actor, sheet, reading, now=now)
        await self._stand(session, errand, taken, now)
        count = len(reading.items) + len(reading.texts)
        return card_note(taken.sheet, now, lead="read", read_count=count, **conflict_values(taken))

    async def _sheet_for(
        self, session: Any, errand: Errand, actor: Actor, rows: list[list[str]], now: datetime
    ) -> Sheet | None:
        """The check-in that the table names, else the one in hand, else the only one."""
        named = find_marker(rows) or errand.payload["submission_id"]
        if named is not None:
            return await get_sheet(session, self._office, actor, int(named))
        found = await list_fillable(session, actor, now=now)
        return await load_sheet(session, self._office, found[0]) if len(found) == 1 else None

    async def _stand(self, session: Any, errand: Errand, taken: Taken, now: datetime) -> None:
        """So that 提交 in words knows which card was shown; the key is that of handlers/memory.py."""
        key = f"{errand.chat_id}:{errand.thread_id or 0}:{errand.chat_id}"
        await save_dialogue(session, key, now=now, state=str(Filling.on.state), data=standing(taken.sheet))

    async def _say(self, errand: Errand, text_key: str, **values: Any) -> None:
        async with self._database.transaction() as session:
            if await finish(session, errand.id, now=self._clock()):
                await self._post(session, errand, Note(text_key, values))

    async def _post(self, session: Any, errand: Errand, note: Note) -> None:
        assert errand.chat_id is not None
        to = Address(errand.chat_id, errand.thread_id, person_id=int(errand.payload["person_id"]))
        await post(session, note, to, now=self._clock(), via="reply", business_key=f"errand:{errand.id}:result")
