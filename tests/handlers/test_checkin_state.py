"""How one's own check-in stands and goes on is told from the unit's own rows, not from a document."""

import pytest

from services.checkins.asking.state_questions import read_state_question
from services.db import Database
from services.orders.seeking import read_sought
from tests.cast import CHEN, LIN, ZHOU
from tests.handlers.test_orders import asked, talk
from tests.talk import Talk

__all__ = ["talk"]


@pytest.mark.parametrize(
    "words",
    [
        "不好意思11月的月报忘了，现在还能补吗",
        "我们月报现在什么状态",
        "秘书处那边审了没有",
        "我们的月报审核了吗",
        "月报到哪一步了",
        "报晚了还可以补交吗？",
    ],
)
async def test_the_own_state_is_told(talk: Talk, database: Database, words: str) -> None:
    (said,) = await talk.say(ZHOU, words)
    assert said.text_key == "checkin_board.own"
    assert await asked(database) == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("培训的数还没出来，能不能先交别的", "照样提交"),
        ("可以先报一部分吗", "照样提交"),
        ("月报是我报还是何老师报", "一个单位一份"),
        ("我们的月报该由谁来报", "一个单位一份"),
    ],
)
async def test_the_way_is_told_with_the_own_state(talk: Talk, words: str, told: str) -> None:
    way, own = await talk.say(ZHOU, words)
    assert told in way.text
    assert own.text_key == "checkin_board.own"


@pytest.mark.parametrize("words", ["下个月月报什么时候开始", "下个月的月报几号可以填", "什么时候能填下个月的"])
async def test_when_the_next_one_opens(talk: Talk, words: str) -> None:
    (said,) = await talk.say(ZHOU, words)
    assert "2026年12月月报 2026年12月25日 开放" in said.text


@pytest.mark.parametrize("words", ["会议材料还能补吗", "补贴审核了没有", "在岗实习1180人", "议题能不能先报一部分"])
def test_other_matters_are_not_heard(words: str) -> None:
    assert read_state_question(words) is None


async def test_who_speaks_for_no_unit_has_no_check_in(talk: Talk) -> None:
    assert all(one.text_key != "checkin_board.own" for one in await talk.say(LIN, "我们月报现在什么状态"))


@pytest.mark.parametrize(
    ("words", "need"),
    [
        ("有没有学校能帮我们解决结垢的问题", "结垢"),
        ("哪个学院的老师能帮忙解决换热器腐蚀", "换热器腐蚀"),
        ("想找高校专家一起攻关催化剂失活的难题", "催化剂失活"),
    ],
)
async def test_help_sought_with_a_difficulty_can_be_registered(talk: Talk, words: str, need: str) -> None:
    (said,) = await talk.say(CHEN, words)
    assert f"登记一个技术需求：{need}" in said.text
    (added,) = await talk.say(CHEN, f"登记一个技术需求：{need}")
    assert added.text_key == "registers.added"


@pytest.mark.parametrize("words", ["谁能帮我解决月报填报的问题", "上次的问题解决了吗", "有没有学校解决了结垢"])
def test_other_questions_seek_no_help(words: str) -> None:
    assert read_sought(words) == ""
