"""Asking the regression set: every kept question through the very search that members get, without a model.

A model words answers anew each time; what is held to here is the evidence, which is found before any model is asked.
"""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.finding import Finder
from bot.keeping import IndexKeeper
from services.db import Database
from services.errands import finish
from services.library.hearing import Hearing
from services.models import Errand
from services.outbox import Address, Note, post
from services.tickets.desk import Desk, list_desk
from services.trials.judging import judge
from services.trials.runs import (
    Comparison,
    Result,
    Trial,
    cited_by,
    compare_run,
    load_trials,
    record_run,
)


class Trying:
    """Runs all cases; also the worker for errands of kind `run_trials`."""

    def __init__(
        self,
        database: Database,
        keeper: IndexKeeper,
        desk: Desk,
        *,
        clock: Callable[[], datetime],
        zone: ZoneInfo,
        ours: str = "",
    ) -> None:
        self._database, self._desk, self._clock = database, desk, clock
        self._find = Finder(database, keeper, clock=clock, zone=zone, ours=ours)

    async def __call__(self, errand: Errand) -> None:
        """Run, store, and tell: whoever asked always, others only what differs from the run before."""
        results, took_ms = await self.ask_all()
        now, cause = self._clock(), str(errand.payload.get("cause", "library"))
        async with self._database.transaction() as session:
            if not await finish(session, errand.id, now=now):
                return
            by = errand.payload.get("person_id")
            run = await record_run(session, results, cause=cause, by=by, took_ms=took_ms, now=now)
            compared = await compare_run(session, run)
            if cause != "asked" and compared.is_same:
                return
            await self._tell(session, errand, Note("trials.result", {"cause": cause, **compared.as_values()}), now)

    async def run_now(self, cause: str) -> tuple[Comparison, int]:
        """Run and store outside any errand; returns the comparison and the milliseconds it took."""
        results, took_ms = await self.ask_all()
        async with self._database.transaction() as session:
            run = await record_run(session, results, cause=cause, by=None, took_ms=took_ms, now=self._clock())
            return await compare_run(session, run), took_ms

    async def ask_all(self) -> tuple[list[Result], int]:
        """Ask every kept case at its level; nothing is written, and no transaction is open meanwhile."""
        async with self._database.reading() as session:
            trials = await load_trials(session)
        started = time.perf_counter()
        results = [await self._ask(one) for one in trials]
        return results, int((time.perf_counter() - started) * 1000)

    async def _ask(self, trial: Trial) -> Result:
        cited: tuple[dict[str, Any], ...] = ()
        texts = (*reversed(trial.earlier), trial.text)
        for number, text in enumerate(texts):
            before = tuple(reversed(texts[:number]))
            found = await self._find(text, before, Hearing(trial.access), cited)
            cited = tuple(
                {"document_id": one.document_id, "passage_id": one.passage_id, "quote": one.quote}
                for one in found.answer.citations
            )
        places = cited_by(found.answer)
        verdict = judge(trial.expects, trial.expected, found.answer.outcome, places)
        first = places[0] if places else None
        where = (first.document_id, first.clause) if first else (None, "")
        return Result(trial.case_id, verdict, found.answer.outcome, *where)

    async def _tell(self, session: Any, errand: Errand, note: Note, now: datetime) -> None:
        if errand.chat_id is not None:
            places = [Address(errand.chat_id, errand.thread_id)]
        else:
            places = [
                Address(int(one.telegram_id or 0), person_id=one.id) for one in await list_desk(session, self._desk)
            ]
        for place in places:
            key = f"trials:{errand.id}:{place.chat_id}"
            await post(session, note, place, now=now, business_key=key)
