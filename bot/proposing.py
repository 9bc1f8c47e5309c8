"""A model's proposals for words that no rule could place: asked outside any transaction, then offered."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog

from handlers.checkins.proposals import proposal_note
from services.checkins.filling.proposals import Proposal, ask_model, find_grounded
from services.checkins.office import Office
from services.checkins.standing.finding import get_sheet
from services.checkins.standing.sheets import Sheet
from services.db import Database
from services.errands import finish
from services.errors import Refusal
from services.members.actors import get_actor
from services.models import Errand
from services.outbox import Address, post

log = structlog.get_logger(__name__)
LIMIT_S = 20.0
STALE = timedelta(minutes=3)
"""Later than that the conversation has gone on, and a proposal would only disturb it."""

Complete = Callable[[str], str]


class Proposing:
    """The worker for errands of kind `checkin_propose`. Whatever goes wrong with the model, nothing is said."""

    def __init__(
        self,
        database: Database,
        office: Office,
        model: Complete | None,
        *,
        secretaries: frozenset[int],
        clock: Callable[[], datetime],
    ) -> None:
        self._database, self._office, self._model = database, office, model
        self._secretaries, self._clock = secretaries, clock

    async def __call__(self, errand: Errand) -> None:
        """Ask, keep what is grounded, offer it once."""
        pieces = [str(one) for one in errand.payload["pieces"]]
        proposals = await self._ask(errand, pieces) if self._clock() - errand.created_at < STALE else []
        async with self._database.transaction() as session:
            if not await finish(session, errand.id, now=self._clock()) or not proposals:
                return
            sheet = await self._sheet(session, errand)
            found = find_grounded(proposals, pieces, sheet) if sheet is not None else {}
            if sheet is not None and found and errand.chat_id is not None:
                to = Address(errand.chat_id, errand.thread_id, person_id=int(errand.payload["person_id"]))
                key = f"errand:{errand.id}:result"
                await post(session, proposal_note(sheet, found), to, now=self._clock(), via="reply", business_key=key)

    async def _ask(self, errand: Errand, pieces: list[str]) -> list[Proposal]:
        async with self._database.reading() as session:
            sheet = await self._sheet(session, errand)
        if self._model is None or sheet is None:
            return []
        try:
            async with asyncio.timeout(LIMIT_S):
                return await asyncio.to_thread(ask_model, self._model, sheet.form, pieces)
        except Exception as error:
            log.warning("no_proposal", reason=type(error).__name__, errand_id=errand.id)
            return []

    async def _sheet(self, session: Any, errand: Errand) -> Sheet | None:
        """The check-in, if the person may still fill it in."""
        try:
            actor = await get_actor(session, int(errand.payload["person_id"]), self._secretaries)
            return await get_sheet(session, self._office, actor, int(errand.payload["submission_id"]))
        except Refusal:
            return None
