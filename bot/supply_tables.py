"""Tables of supply and demand sent as a file in chat: fetched, read in a child process, kept until approved."""

from collections.abc import Callable
from datetime import datetime

from bot.importing import Fetch
from bot.tables import fetch_rows
from handlers.supply.tables import loaded_note
from services.db import Database, Session
from services.errands import finish
from services.errors import BadInput, NotAllowed
from services.members.actors import get_actor
from services.models import Errand
from services.outbox import Address, Note, post
from services.sheets import SheetRefused
from services.supply.tables import load_table


class SupplyTables:
    """The worker for errands of kind `supply_table`."""

    def __init__(
        self, database: Database, fetch: Fetch, *, secretaries: frozenset[int], clock: Callable[[], datetime]
    ) -> None:
        self._database, self._fetch, self._secretaries, self._clock = database, fetch, secretaries, clock

    async def __call__(self, errand: Errand) -> None:
        """Keep the file's rows as a version that waits for approval, or say which row is wrong."""
        rows, problem = await self._read(errand)
        now = self._clock()
        async with self._database.transaction() as session:
            if await finish(session, errand.id, now=now):
                note = await self._keep(session, errand, rows, now) if rows else _refused(problem)
                to = Address(int(errand.chat_id or 0), errand.thread_id)
                await post(session, note, to, now=now, via="reply", business_key=f"supply_table:{errand.id}")

    async def _keep(self, session: Session, errand: Errand, rows: list[list[str]], now: datetime) -> Note:
        actor = await get_actor(session, int(errand.payload["person_id"]), self._secretaries)
        source = str(errand.payload["name"])
        try:
            return loaded_note(await load_table(session, actor, rows, source, now=now))
        except BadInput as refused:
            return _refused(str(refused.facts["problem"]), str(refused.facts["field"]), str(refused.facts["given"]))
        except NotAllowed:
            return _refused("not_allowed")

    async def _read(self, errand: Errand) -> tuple[list[list[str]], str]:
        try:
            return await fetch_rows(self._fetch, errand.payload), "empty"
        except SheetRefused as refused:
            return [], refused.problem


def _refused(problem: str, row: str = "", given: str = "") -> Note:
    return Note("supply_tables.refused", {"problem": problem, "row": row, "given": given})
