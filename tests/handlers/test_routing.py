"""Where a question is answered from: the unit's own reports, a board, or the library. All rooms, in their order."""

from datetime import datetime
from pathlib import Path

import pytest

from services.db import Database
from services.tasks.plan import import_plan, read_plan
from services.tasks.settings import TaskSettings
from tests.cast import GUEST, LIN, ZHOU, Account
from tests.handlers.test_orders import asked, talk
from tests.talk import Talk

__all__ = ["talk"]


@pytest.mark.parametrize(
    "words",
    [
        "2026年底和2028年底在岗实习学生各占多少",
        "到2027年底在岗实习要有多少人",
        "今年底在岗实习学生多少人",
        "我们学校明年在岗实习多少人",
        "今年要培训多少人次",
    ],
)
async def test_what_is_to_come_is_asked_of_the_library(talk: Talk, database: Database, words: str) -> None:
    assert await talk.say(ZHOU, words) == []
    assert await asked(database) == 1


@pytest.mark.parametrize("words", ["我们上个月报了多少", "我们10月在岗实习多少人", "今年在岗实习一共多少人"])
async def test_what_was_reported_is_not(talk: Talk, database: Database, words: str) -> None:
    assert [one.text_key.partition(".")[0] for one in await talk.say(ZHOU, words)] != []
    assert await asked(database) == 0


async def test_items_that_are_not_done_are_no_figure(talk: Talk) -> None:
    for who in (ZHOU, LIN):
        assert (await talk.say(who, "我们还有几项没办结"))[-1].text_key == "todo.ledger"


@pytest.mark.parametrize(
    "words",
    [
        "督办单由谁签发",
        "督办单谁签批",
        "督办单要哪位领导签",
        "议题谁审定",
        "会议通知谁签发",
        "督办两次还没落实会怎样",
        "议定事项逾期会被通报吗",
    ],
)
@pytest.mark.parametrize("who", [LIN, ZHOU], ids=["office", "unit"])
async def test_who_is_entitled_and_what_follows_is_asked_of_the_library(
    talk: Talk, database: Database, who: Account, words: str
) -> None:
    assert await talk.say(who, words) == []
    assert await asked(database) == 1


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("还有哪些事项没办完", "todo.ledger"),
        ("督办单发了哪些", "todo.ledger"),
        ("这几项任务谁负责", "todo.ledger"),
        ("议题收了几个", "meetings.no_meeting"),
    ],
)
async def test_how_it_stands_is_shown_on_the_board(talk: Talk, words: str, key: str) -> None:
    assert [one.text_key for one in await talk.say(LIN, words)] == [key]


PLAN = "\n".join(
    (
        "编号,任务号,任务,指标编码,指标,比较,目标值,计量单位,完成时限,周期,责任单位,配合单位,原文",
        "T-1,1,共建开放实训中心,centre,实训中心,定性,,,2027年6月,,海岚化工,,2027年6月底前建成开放实训中心",
        "T-2,2,扩大企业职工培训,training,职工培训,≥,9000,人次,2026年底,每年,星河职业技术学院,,每年培训职工9000人次",
    )
)


@pytest.fixture
async def plan(talk: Talk, database: Database, tmp_path: Path, now: datetime) -> None:
    """Two tasks, one of them led by the school that asks."""
    file = tmp_path / "plan.csv"
    file.write_text(PLAN, encoding="utf-8")
    async with database.transaction() as session:
        await import_plan(session, read_plan(file), TaskSettings(), by=None, now=now)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("今年培训任务完成多少了", ["扩大企业职工培训"]),
        ("培训任务推进得怎么样", ["扩大企业职工培训"]),
        ("开放实训中心建得怎么样了", ["共建开放实训中心"]),
        ("实训中心任务到哪一步了", ["共建开放实训中心"]),
        ("三年行动计划落实得如何", ["共建开放实训中心", "扩大企业职工培训"]),
        ("就业任务完成了吗", ["共建开放实训中心", "扩大企业职工培训"]),
    ],
)
@pytest.mark.parametrize("who", [LIN, ZHOU], ids=["office", "unit"])
@pytest.mark.usefixtures("plan")
async def test_how_a_task_stands_is_told_by_its_light(talk: Talk, who: Account, words: str, shown: list[str]) -> None:
    (said,) = await talk.say(who, words)
    assert said.text_key == "meetings.tasks"
    assert [title for title in ("共建开放实训中心", "扩大企业职工培训") if title in said.text] == shown
    assert "计划：" in said.text


@pytest.mark.usefixtures("plan")
async def test_ones_own_tasks_are_those_that_the_unit_leads(talk: Talk) -> None:
    (said,) = await talk.say(ZHOU, "我们负责的任务到哪一步了")
    assert "扩大企业职工培训" in said.text
    assert "实训中心" not in said.text


@pytest.mark.parametrize("words", ["培训任务是怎么规定的", "开放实训中心什么时候建成", "食堂建得怎么样了"])
@pytest.mark.usefixtures("plan")
async def test_what_a_task_is_is_asked_of_the_library(talk: Talk, database: Database, words: str) -> None:
    assert await talk.say(ZHOU, words) == []
    assert await asked(database) == 1


@pytest.mark.usefixtures("plan")
async def test_visitors_see_no_lights(talk: Talk) -> None:
    assert "meetings.tasks" not in [one.text_key for one in await talk.say(GUEST, "今年培训任务完成多少了")]


@pytest.mark.parametrize("words", ["把10月简报发给海岚化工", "10月简报转给陈工"])
async def test_a_digest_for_somebody_else_is_made_and_said_not_to_be_sent(talk: Talk, words: str) -> None:
    said = await talk.say(LIN, words)
    assert [one.text_key for one in said] == ["digests.not_sent_on", "digests.making"]
    assert "不代发" in said[0].text


@pytest.mark.parametrize("words", ["周老师换成张伟当联络员", "联络员周老师换成张伟", "让张伟接替周老师做联络员"])
async def test_a_seat_changes_hands_by_the_name_of_who_holds_it(talk: Talk, words: str) -> None:
    said = await talk.say(LIN, words)
    assert [one.text_key for one in said] == ["members.appoint", "members.invite_made", "members.invite_to_forward"]
    assert "张伟" in said[0].text
    assert "星河职业技术学院" in said[0].text
    assert [one.text_key for one in await talk.say(ZHOU, words)] == ["checkin_matters.person"]  # told how


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("今年哪些任务是我们学校牵头", ["扩大企业职工培训"]),
        ("我们要负责哪几项任务", ["扩大企业职工培训"]),
        ("海岚化工牵头的任务到哪一步了", ["共建开放实训中心"]),
        ("三年行动计划有哪些任务", ["共建开放实训中心", "扩大企业职工培训"]),
    ],
)
@pytest.mark.usefixtures("plan")
async def test_which_tasks_there_are_is_told_from_the_plan(talk: Talk, words: str, shown: list[str]) -> None:
    (said,) = await talk.say(ZHOU, words)
    assert [title for title in ("共建开放实训中心", "扩大企业职工培训") if title in said.text] == shown


@pytest.mark.parametrize("words", ["三年行动计划有哪些任务", "联合体的任务是什么", "联络员有哪些任务"])
async def test_without_a_plan_the_library_tells_the_tasks(talk: Talk, database: Database, words: str) -> None:
    assert await talk.say(ZHOU, words) == []
    assert await asked(database) == 1


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("我们10月的月报审过了吗", "checkin_matters.filed"),
        ("我们有哪些事项没销号", "todo.ledger"),
        ("我们学校今年新签了几份协议", "digests.counting"),
        ("我们学校今年签了几份设备采购协议", ""),
        ("我们教师企业实践够30天了吗", ""),
        ("月报审核要几天", ""),
    ],
)
async def test_what_is_ones_own_and_what_is_not(talk: Talk, words: str, key: str) -> None:
    assert [one.text_key for one in await talk.say(ZHOU, words)] == ([key] if key else [])
