"""Decisions on their cards are settled and confirmed in words, and what is open is left in words."""

from datetime import datetime

import pytest
from sqlalchemy import func, select

from services.db import Database
from services.meetings.office import MeetingOffice
from services.meetings.reading.amending import confirms, read_amendment
from services.meetings.reading.topic_orders import read_topic_order
from services.meetings.reading.unit_names import UnitNames
from services.models import ActionItem, Meeting, Topic
from services.orders.leaving import leaves
from tests.cast import EDUCATION, LIN, XINGHE, ZHOU, Cast
from tests.handlers.meeting_talk import office, on_the_day
from tests.talk import Talk

__all__ = ["office"]

THREE = "决定：开放共享实训基地目录；责任单位：星职院\n制定学徒评价办法；时限：12月31日前\n统计企业用工需求"


@pytest.fixture
async def talk(database: Database, cast: Cast, now: datetime, office: MeetingOffice) -> Talk:
    return await on_the_day(database, now, office)


async def items(database: Database) -> int:
    async with database.reading() as session:
        return await session.scalar(select(func.count()).select_from(ActionItem)) or 0


@pytest.mark.parametrize(
    "words",
    [
        "第三条的责任单位是市教育局，期限12月31日",
        "第3条由教育局牵头，12月31日前完成",
        "用工需求那条责任单位定为市教育局，时限12月31日",
        "最后那条市教育局负责，完成时间12月31日",
    ],
)
async def test_owner_and_limit_are_settled_in_words(talk: Talk, database: Database, words: str) -> None:
    await talk.say(LIN, THREE)
    (card,) = await talk.say(LIN, words)
    assert card.text_key == "meetings.draft"
    assert "统计企业用工需求" in card.text
    assert EDUCATION in card.text
    assert "2026年12月31日" in card.text
    assert await items(database) == 0


@pytest.mark.parametrize(
    "words", ["共享基地目录那条时限就1月29日", "第一条期限改到1月29日", "第1条的截止时间是1月29日"]
)
async def test_the_limit_of_the_one_that_is_named(talk: Talk, words: str) -> None:
    await talk.say(LIN, THREE)
    (card,) = await talk.say(LIN, words)
    assert XINGHE in card.text
    assert "2027年1月29日" in card.text


@pytest.mark.parametrize("words", ["都对，确认", "都确认", "没问题，全部确认", "这三条都确认吧"])
async def test_what_is_whole_is_confirmed_and_the_rest_is_shown(talk: Talk, database: Database, words: str) -> None:
    await talk.say(LIN, THREE)
    await talk.say(LIN, "第一条期限1月29日")
    said = await talk.say(LIN, words)
    assert [one.text_key for one in said] == ["meetings.confirmed", "meetings.draft", "meetings.draft"]
    assert await items(database) == 1


async def test_one_of_several_must_be_named(talk: Talk, database: Database) -> None:
    await talk.say(LIN, THREE)
    (asked,) = await talk.say(LIN, "对，确认")
    assert asked.text_key == "meetings.which_draft"
    (asked,) = await talk.say(LIN, "第七条期限12月31日")
    assert "1. 开放共享实训基地目录" in asked.text
    assert await items(database) == 0


async def test_where_no_card_waits_the_words_are_about_something_else(talk: Talk) -> None:
    assert await talk.say(LIN, "第三条的责任单位是市教育局") == []
    assert await talk.say(LIN, "都对，确认") == []
    await talk.say(LIN, THREE)
    assert await talk.say(ZHOU, "都对，确认") == []
    assert await talk.say(LIN, "第三条的责任单位是谁") == []


async def test_a_number_that_was_sent_out_too_is_asked_about(talk: Talk, database: Database) -> None:
    await talk.say(LIN, "决定：开放共享实训基地目录；责任单位：星职院；时限：12月31日前")
    await talk.say(LIN, "对，确认")
    await talk.say(LIN, "决定：制定学徒评价办法")
    async with database.transaction() as session:
        (await session.scalars(select(ActionItem))).one().issued_at = talk.now
    (asked,) = await talk.say(LIN, "第一条期限1月29日")
    assert asked.text_key == "meetings.which_draft"
    assert "已下发的第 1 条是“开放共享实训基地目录" in asked.text
    (card,) = await talk.say(LIN, "第一条期限1月29日")
    assert card.text_key == "meetings.draft"


@pytest.mark.parametrize(
    "words", ["第三项目由教育局负责", "退回星海职院那条10.5", "目录那条改成10.5", "第三条目由教育局负责"]
)
def test_words_about_something_else_amend_nothing(words: str) -> None:
    assert read_amendment(words, UnitNames({})) is None


@pytest.mark.parametrize(
    ("words", "how"), [("都对，确认", "all"), ("确认", "one"), ("对的，确认", "one"), ("确认参会", ""), ("好的", "")]
)
def test_a_confirmation_says_nothing_else(words: str, how: str) -> None:
    assert confirms(words) == how


@pytest.mark.parametrize("words", ["把学生保险那个议题缓一缓，下次再议", "学生保险的议题先放一放", "学生保险议题暂缓"])
async def test_a_topic_is_put_off_by_words_of_its_title(
    talk: Talk, database: Database, now: datetime, words: str
) -> None:
    talk.now = now
    await talk.say(ZHOU, "加个议题：实习学生保险由谁缴纳")
    await talk.say(ZHOU, "加个议题：共建实训基地")
    await talk.say(LIN, words)
    async with database.reading() as session:
        states = {one.title: one.state for one in await session.scalars(select(Topic))}
    assert states == {"实习学生保险由谁缴纳": "deferred", "共建实训基地": "proposed"}


async def test_which_topic_is_asked_where_none_fits(talk: Talk, now: datetime) -> None:
    talk.now = now
    await talk.say(ZHOU, "加个议题：共建实训基地")
    await talk.say(ZHOU, "加个议题：王老师的实训课安排")
    for words in ("张老师的议题不上会", "把校车那个议题缓一缓"):
        (asked,) = await talk.say(LIN, words)
        assert asked.text_key == "meetings.which_topic"
    assert read_topic_order("我们的议题不上会") is read_topic_order("这个议题缓议") is None
    assert "共建实训基地" in asked.text
    assert read_topic_order("学生保险那个议题缓议了吗") is None


@pytest.mark.parametrize("words", ["算了不改了", "先不改了", "还是不改吧", "算了", "保持不变", "按原计划"])
async def test_a_preview_is_left_in_words(talk: Talk, database: Database, now: datetime, words: str) -> None:
    talk.now = now
    await talk.say(LIN, "会议推迟一周")
    (kept,) = await talk.say(LIN, words)
    assert kept.text_key == "meetings.kept"
    async with database.reading() as session:
        assert (await session.scalars(select(Meeting))).one().meeting_on.day == 22
    assert await talk.say(LIN, words) == []  # nothing is open any more


@pytest.mark.parametrize("words", ["会议取消吗", "不改了会怎么样", "取消联席会", "第3条取消", "改到周四", "取消"])
def test_other_words_leave_nothing(words: str) -> None:
    assert not leaves(words)
