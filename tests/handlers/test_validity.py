"""Documents out of force: not cited for today's rule, asked for by name they come with a warning and the successor."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.keeping import IndexKeeper
from knowledge.documents.reading import read_text
from knowledge.settings import KnowledgeSettings
from services.db import Database
from services.library.shelving import Shelf, get_document, repeal, shelve
from services.tickets.desk import Desk
from tests.cast import CHEN, GUEST, SECRETARIES, Cast
from tests.handlers.ticket_talk import Room

OLD = "学生实习补贴暂行规定\n\n第一条 企业接收学生实习的，按每人每月100元给予补贴。\n\n第二条 补贴由财务科发放。"
NEW = "实习扶持管理细则\n\n第一条 企业接收学生实习的，按每人每月300元给予补贴。"


@pytest.fixture
async def room(database: Database, cast: Cast, now: datetime, tmp_path: Path) -> AsyncIterator[Room]:
    keeper = IndexKeeper(database, KnowledgeSettings(dir=tmp_path / "index"))
    await keeper.open(warm=False)
    yield Room(database, keeper, Desk(SECRETARIES), now)
    await keeper.close()


async def put(room: Room, text: str, access: str = "public") -> int:
    title = text.split("\n")[0]
    async with room.database.transaction() as session:
        shelved = await shelve(session, read_text(f"{title}.txt", title, text), Shelf(access), now=room.talk.now)
    await room.keeper.sync()
    return shelved.document_id


async def end(room: Room, old: int, new: int | None) -> None:
    async with room.database.transaction() as session:
        successor = await get_document(session, new) if new else None
        on = room.talk.now.date()
        await repeal(session, await get_document(session, old), by=None, now=room.talk.now, on=on, successor=successor)


async def test_todays_rule_comes_from_the_document_in_force(room: Room) -> None:
    old, new = await put(room, OLD), await put(room, NEW)
    await end(room, old, new)
    (said,) = await room.say(CHEN, "企业接收学生实习每人每月补贴多少元")
    assert "300元" in said.text
    assert "100元" not in said.text


async def test_asked_for_by_name_it_comes_with_a_warning_and_the_successor(room: Room) -> None:
    old, new = await put(room, OLD), await put(room, NEW)
    await end(room, old, new)
    (said,) = await room.say(CHEN, "《学生实习补贴暂行规定》规定每人每月补贴多少元")
    assert "《学生实习补贴暂行规定》已被替代（2026年11月23日），仅供查考。现行文件：《实习扶持管理细则》。" in said.text


async def test_what_only_a_repealed_document_says_is_no_answer(room: Room) -> None:
    old = await put(room, OLD)
    await end(room, old, None)
    (said,) = await room.say(CHEN, "企业接收学生实习每人每月补贴多少元")
    assert said.text_key == "ask.nearest"
    assert "仅供参考，不是答案" in said.text
    assert "《学生实习补贴暂行规定》已废止" in said.text


async def test_a_successor_above_the_level_is_not_named(room: Room) -> None:
    old, new = await put(room, OLD), await put(room, NEW, "members")
    await end(room, old, new)
    (said,) = await room.say(GUEST, "学生实习补贴暂行规定里每人每月补贴多少元")
    assert "已被替代" in said.text
    assert "扶持" not in said.text


async def test_the_last_of_a_chain_of_successors_is_named(room: Room) -> None:
    old, new = await put(room, OLD), await put(room, NEW)
    last = await put(room, "产教融合扶持总则\n\n第一条 补贴标准为每人每月400元。")
    await end(room, old, new)
    await end(room, new, last)
    (said,) = await room.say(CHEN, "学生实习补贴暂行规定还能用吗")
    assert "现行文件：《产教融合扶持总则》" in said.text


@pytest.mark.parametrize(
    ("asked", "is_named"),
    [("补贴暂行规定里每人每月补贴多少元", True), ("暂行规定里每人每月补贴多少元", False)],
)
async def test_the_end_of_a_title_names_it_when_it_says_more_than_the_kind_of_paper(
    room: Room, asked: str, is_named: bool
) -> None:
    old, new = await put(room, OLD), await put(room, NEW)
    await end(room, old, new)
    (said,) = await room.say(CHEN, asked)
    assert ("已被替代" in said.text) is is_named


async def test_a_short_name_that_a_document_in_force_bears_too_names_that_one(room: Room) -> None:
    old, new = await put(room, OLD), await put(room, NEW)
    await put(room, OLD.replace("学生实习补贴", "教师实践补贴").replace("100", "500"))
    await end(room, old, new)
    (said,) = await room.say(CHEN, "补贴暂行规定里每人每月补贴多少元")
    assert "已被替代" not in said.text
