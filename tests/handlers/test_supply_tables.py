"""The tables that judge supply and demand: sent as a file by the secretariat, shown, approved; or from the console."""

from datetime import datetime
from pathlib import Path

import pytest

from bot.commands.refusals import Refused
from bot.commands.supply import import_table, list_tables
from bot.settings import Settings
from bot.supply_tables import SupplyTables
from handlers.supply import tables
from services.db import Database
from services.supply.tables import load_catalogue, load_industries
from tests.cast import LIN, SECRETARIES, ZHOU, Cast
from tests.handlers.test_register_upload import DOCUMENT, Brings
from tests.services.supply.desks import desk_with
from tests.talk import Said, Talk, router_of

MAPPING = "××市重点产业对照表\n产业,专业类代码,权重\n绿色化工,4702,2\n绿色化工,4209,1\n".encode()


@pytest.fixture
def talk(database: Database, cast: Cast, now: datetime) -> Talk:
    return Talk(database, [router_of(tables)], now, {"supply": desk_with()})


async def send(talk: Talk, content: bytes, caption: str = "产业专业对照表") -> Said:
    """The secretary sends a file; returns what the errand says of it."""
    (received,) = await talk.say(LIN, document=DOCUMENT, caption=caption)
    assert "正在读取" in received.text
    (errand,) = talk.works
    worker = SupplyTables(talk.database, Brings(content), secretaries=SECRETARIES, clock=lambda: talk.now)
    await worker(errand)
    await worker(errand)
    (told,) = await talk.listen()
    return told


async def test_a_table_counts_after_it_was_approved(talk: Talk) -> None:
    told = await send(talk, MAPPING)
    assert "产业—专业对照表 第 1 版" in told.text
    assert "已读入 2 行" in told.text
    async with talk.database.reading() as session:
        assert (await load_industries(session)).version == 0
    (approved,) = await talk.press(LIN, "批准启用")
    assert "今天起启用" in approved.text
    async with talk.database.reading() as session:
        assert (await load_industries(session)).classes_of("绿色化工") == ("4702", "4209")
    assert await talk.press_data(LIN, told, told.buttons[0][1]) == []


async def test_a_wrong_row_is_named_as_the_file_counts_it(talk: Talk) -> None:
    told = await send(talk, MAPPING + "光伏,43,1\n".encode())
    assert "第 5 行“43”" in told.text
    told = await send(talk, "单位,类型\n甲,学校\n".encode(), "专业目录")
    assert "没有认出这是哪张表" in told.text


async def test_a_members_file_is_not_taken_for_the_table(talk: Talk) -> None:
    assert await talk.say(ZHOU, document=DOCUMENT, caption="专业目录") == []
    assert (talk.handled, talk.works) == (False, [])


async def test_the_console_loads_and_approves(
    database: Database, cast: Cast, now: datetime, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "catalogue.csv"
    file.write_text("专业代码,专业名称\n470209,化工智能制造技术\n", encoding="utf-8")
    await import_table(database, Settings(), file, "市教育局", now, approve=True)
    await list_tables(database)
    told = capsys.readouterr().out
    assert "catalogue version 1: 1 rows, in force" in told
    assert "2026-11-23  市教育局" in told
    async with database.reading() as session:
        assert (await load_catalogue(session)).find("化工智能制造技术") == ("470209",)
    file.write_text("专业代码,专业名称\n47,化工\n", encoding="utf-8")
    with pytest.raises(Refused, match="row 2: 47"):
        await import_table(database, Settings(), file, "", now, approve=False)
