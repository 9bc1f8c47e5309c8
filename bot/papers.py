"""Making a meeting's papers: facts read in one transaction, files written in a thread, handed to one secretary."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.meeting_office import meeting_office_of
from bot.settings import Settings
from handlers import texts
from services.checkins.library import load_forms
from services.db import Database, Session
from services.digests.briefing.pictures import draw_pictures
from services.digests.issuing.around import collect_around, reached_until
from services.digests.issuing.collecting import collect_facts, forms_of
from services.digests.issuing.making import Asked, House, make_digest
from services.errands import finish
from services.meetings.papers.annex import write_annex
from services.meetings.papers.minutes import collect_minutes
from services.meetings.papers.minutes_word import write_minutes
from services.meetings.papers.pack import collect_pack
from services.meetings.papers.pack_word import write_pack
from services.meetings.papers.page import Papers, p
from services.meetings.standing.finding import get_meeting
from services.members.reach import is_secretary
from services.models import Errand
from services.outbox import Address, Attachment, Note, post
from services.periods import Period


def say(key: str, **values: Any) -> str:
    """A text without markup, as documents take it."""
    return texts.plain(key, values)


class PackMaker:
    """Writes packs and minutes, from the command line and as errands."""

    def __init__(self, database: Database, settings: Settings, clock: Callable[[], datetime] | None = None) -> None:
        self._database, self._settings, self._clock = database, settings, clock
        self._zone = ZoneInfo(settings.consortium.timezone)
        self._office = meeting_office_of(settings)
        self._library = load_forms(settings.checkins.forms_dir)

    async def write_pack(self, meeting_id: int, folder: Path, now: datetime) -> list[Path]:
        """The pack and its annex.

        Raises:
            NotFound: no such meeting.
        """
        accepted = self._settings.digests.accepted_only
        async with self._database.reading() as session:
            meeting = await get_meeting(session, meeting_id)
            period = Period.of(meeting.period)
            pack = await collect_pack(session, self._office, meeting, now=now)
            facts = await collect_facts(session, self._library)
            today = self._office.today(now)
            around = await collect_around(
                session, self._library, period, accepted_only=accepted, cutoff=now, today=today
            )
            around = replace(
                around, reached=await reached_until(session, today)
            )  # told for this meeting, after the quarter
        house = House(
            self._settings.consortium.name,
            self._settings.digests,
            self._settings.tasks,
            forms_of(self._library),
            self._zone,
        )

        def make() -> list[Path]:
            made = make_digest(house, facts, around, Asked(period, accepted, now), say)
            pictures = draw_pictures(say, made.digest, made.engine)
            judged_on = made.engine.judged_on(period)
            papers = Papers(pack, say, self._zone, made.digest, judged_on, self._settings.tasks.lights, pictures)
            folder.mkdir(parents=True, exist_ok=True)
            about = {"period": period.label, "kind": meeting.kind}
            document, annex = folder / say(p("file_pack"), **about), folder / say(p("file_annex"), **about)
            write_pack(papers, document)
            write_annex(papers, annex)
            return [document, annex]

        return await asyncio.to_thread(make)

    async def write_minutes(self, meeting_id: int, folder: Path, now: datetime) -> Path:
        """The draft of the minutes."""
        async with self._database.reading() as session:
            meeting = await get_meeting(session, meeting_id)
            minutes = await collect_minutes(session, self._office, meeting, now=now)
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / say(p("file_minutes"), day=meeting.meeting_on.isoformat(), kind=meeting.kind)
        await asyncio.to_thread(write_minutes, minutes, self._settings.consortium.name, say, self._zone, path)
        return path

    async def do(self, errand: Errand) -> None:
        """An errand of either kind. Whose it is not gets nothing written, which takes seconds."""
        async with self._database.transaction() as session:
            if not await self._may_have(session, errand):
                await finish(session, errand.id, now=self._now())
                return
        await (self.pack_errand if errand.kind == "meeting_pack" else self.minutes_errand)(errand)

    async def pack_errand(self, errand: Errand) -> None:
        """Write the pack and send both files to the secretary who asked."""
        meeting_id, now = int(errand.payload["meeting_id"]), self._now()
        folder = self._settings.meetings.files_dir / str(meeting_id) / str(errand.id)
        paths = await self.write_pack(meeting_id, folder, now)
        await self._hand_over(errand, list(zip(("meetings.pack_ready", "meetings.pack_annex"), paths, strict=True)))

    async def minutes_errand(self, errand: Errand) -> None:
        """Write the draft and send it to the secretary who asked; never to a group."""
        meeting_id, now = int(errand.payload["meeting_id"]), self._now()
        folder = self._settings.meetings.files_dir / str(meeting_id) / str(errand.id)
        path = await self.write_minutes(meeting_id, folder, now)
        await self._hand_over(errand, [("meetings.minutes_ready", path)])

    async def _hand_over(self, errand: Errand, files: list[tuple[str, Path]]) -> None:
        now = self._now()
        async with self._database.transaction() as session:
            if not await finish(session, errand.id, now=now) or not await self._may_have(session, errand):
                return
            assert errand.chat_id is not None
            meeting = await get_meeting(session, int(errand.payload["meeting_id"]))
            values = {
                "period": Period.of(meeting.period).label,
                "kind": meeting.kind,
                "starts_at": meeting.starts_at.isoformat(),
                "as_of": self._office.today(now).isoformat(),
            }
            for text_key, path in files:
                note = Note(text_key, values, attachment=Attachment(str(path.resolve()), path.name))
                key = f"papers:{errand.id}:{path.suffix}"
                await post(session, note, Address(errand.chat_id), now=now, via="reply", business_key=key)

    async def _may_have(self, session: Session, errand: Errand) -> bool:
        """A secretary in private: asked before the work and, as rights change, again after it."""
        chat_id = errand.chat_id
        return chat_id is not None and chat_id > 0 and await is_secretary(session, chat_id, self._office.secretaries)

    def _now(self) -> datetime:
        assert self._clock is not None
        return self._clock()
