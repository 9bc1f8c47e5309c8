"""Dialogue state survives and leaves nothing behind."""

from datetime import datetime

from sqlalchemy import func, select

from services.db import Database
from services.dialogues import find_dialogue, save_dialogue
from services.models import Dialogue


async def test_state_and_data_are_set_apart_and_kept_together(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        await save_dialogue(session, "1:0:2", now=now, state="report:school")
        await save_dialogue(session, "1:0:2", now=now, data={"field": "甲"})
    async with database.reading() as session:
        row = await find_dialogue(session, "1:0:2")
    assert (row.state, row.data) == ("report:school", {"field": "甲"})


async def test_a_finished_conversation_leaves_no_row(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        await save_dialogue(session, "1:0:2", now=now, state="report:school", data={"a": 1})
    async with database.transaction() as session:
        await save_dialogue(session, "1:0:2", now=now, state="")
        await save_dialogue(session, "1:0:2", now=now, data={})
        await save_dialogue(session, "nobody", now=now, state="", data={})
    async with database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Dialogue)) == 0
