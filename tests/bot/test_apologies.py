"""What could not be done is told to whoever waits for it, in the commit that gives it up."""

from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.apologies import apologise
from bot.errands import ErrandRunner
from bot.tables import fetch_rows
from handlers import texts
from services.db import Database, Session
from services.errands import MAX_TRIES, Work, count_errands, promise
from services.library.uploads import FileRefused
from services.models import Errand, OutboxMessage
from services.sheets import SheetRefused

WAITED_FOR: dict[str, dict[str, Any]] = {
    "checkin_sheet": {"name": "月报.xlsx"},
    "checkin_evidence": {"name": "协议.pdf"},
    "supply_table": {"name": "岗位.xlsx"},
    "import_register": {"name": "名册.xlsx"},
    "checkin_template": {},
    "meeting_pack": {},
    "meeting_minutes": {},
    "hand_document": {},
    "run_trials": {"cause": "asked"},
    "sync_index": {"key": "kb.imported", "values": {}},
}
BY_ITSELF: dict[str, dict[str, Any]] = {
    "run_trials": {"cause": "library"},
    "sync_index": {},
    "checkin_propose": {},
    "leave_chat": {"chat_id": -5},
}


async def give_up(database: Database, now: datetime, kind: str, payload: dict[str, Any], apology: Any) -> list[str]:
    """What the chat hears after the last try."""
    at = now

    async def fails(errand: Errand) -> None:
        raise TimeoutError

    async with database.transaction() as session:
        await promise(session, Work(kind, payload, 5), now=now)
    runner = ErrandRunner(database, {kind: fails}, owner="one", clock=lambda: at, give_up=apology)
    for _ in range(MAX_TRIES):
        await runner.drain()
        at += timedelta(minutes=1)
    async with database.reading() as session:
        assert await count_errands(session) == {"failed": 1}
        said = await session.scalars(select(OutboxMessage))
        return [texts.html(one.text_key, one.values) for one in said]


@pytest.mark.parametrize(("kind", "payload"), WAITED_FOR.items())
async def test_who_waits_is_told(database: Database, now: datetime, kind: str, payload: dict[str, Any]) -> None:
    (said,) = await give_up(database, now, kind, payload, partial(apologise, now=now))
    assert "已记录" in said
    assert str(payload.get("name", "")) in said


@pytest.mark.parametrize(("kind", "payload"), BY_ITSELF.items())
async def test_nobody_is_told_of_what_nobody_waits_for(
    database: Database, now: datetime, kind: str, payload: dict[str, Any]
) -> None:
    assert await give_up(database, now, kind, payload, partial(apologise, now=now)) == []


async def test_an_apology_that_fails_does_not_bring_the_work_back(database: Database, now: datetime) -> None:
    async def broken(session: Session, errand: Errand) -> None:
        raise ValueError

    assert await give_up(database, now, "meeting_pack", {}, broken) == []


@pytest.mark.parametrize(("reason", "problem"), [("too_large", "too_big"), ("gone", "gone")])
async def test_a_table_that_can_never_come_says_why(reason: str, problem: str) -> None:
    async def never(file_id: str, to: Path) -> None:
        raise FileRefused(reason=reason, name="", limit_mb=20)

    with pytest.raises(SheetRefused) as refused:
        await fetch_rows(never, {"file_id": "x", "name": "表.xlsx", "size": 9})
    assert refused.value.problem == problem
    for key in ("checkins.sheet_refused", "supply_tables.refused", "members.import_refused"):
        said = texts.html(key, {"problem": problem, "name": "表.xlsx", "row": "", "given": ""})
        assert ("太大" if problem == "too_big" else "取不到") in said
