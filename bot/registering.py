"""The register sent as a file in chat: fetched, read in a child process, imported in one commit, told row by row."""

from collections.abc import Callable
from datetime import datetime

from bot.importing import Fetch
from bot.tables import fetch_rows
from handlers.members.register import report_values
from services.db import Database, Session
from services.errands import finish
from services.errors import BadInput
from services.members.importing import import_register
from services.members.register import parse_register
from services.models import Errand
from services.outbox import Address, Note, post
from services.sheets import SheetRefused


class Registering:
    """The worker for errands of kind `import_register`."""

    def __init__(self, database: Database, fetch: Fetch, *, clock: Callable[[], datetime]) -> None:
        self._database, self._fetch, self._clock = database, fetch, clock

    async def __call__(self, errand: Errand) -> None:
        """Import the file's units or say why not; rows that cannot be taken are named one by one."""
        try:
            sheet = parse_register(await fetch_rows(self._fetch, errand.payload))
        except (SheetRefused, BadInput) as refused:
            problem = refused.problem if isinstance(refused, SheetRefused) else str(refused.facts.get("problem", ""))
            given = "" if isinstance(refused, SheetRefused) else str(refused.facts.get("given", ""))
            await self._say(errand, Note("members.import_refused", {"problem": problem, "given": given}))
            return
        now = self._clock()
        async with self._database.transaction() as session:
            if not await finish(session, errand.id, now=now):
                return
            report = await import_register(session, sheet, by=errand.payload["person_id"], now=now)
            await self._post(session, errand, Note("members.import_report", report_values(report)), now)

    async def _say(self, errand: Errand, note: Note) -> None:
        now = self._clock()
        async with self._database.transaction() as session:
            if await finish(session, errand.id, now=now):
                await self._post(session, errand, note, now)

    async def _post(self, session: Session, errand: Errand, note: Note, now: datetime) -> None:
        to = Address(int(errand.chat_id or 0), errand.thread_id)
        await post(session, note, to, now=now, via="reply", business_key=f"register:{errand.id}")
