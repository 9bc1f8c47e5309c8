"""What the secretary tells of the meeting in her own words: who came, what was decided; nothing binds by itself."""

from datetime import datetime

import pytest
from sqlalchemy import func, select

from services.db import Database
from services.meetings.office import MeetingOffice
from services.models import ActionItem, Decision, Meeting
from tests.cast import EDUCATION, LIN, XINGHE, ZHOU, Cast
from tests.handlers.meeting_talk import office, on_the_day
from tests.talk import Talk

__all__ = ["office"]


@pytest.fixture
async def talk(database: Database, cast: Cast, now: datetime, office: MeetingOffice) -> Talk:
    return await on_the_day(database, now, office)


async def test_units_and_heads_are_noted_apart(talk: Talk, database: Database) -> None:
    (noted,) = await talk.say(LIN, "会议今天来了23家")
    assert "23 家" in noted.text
    (noted,) = await talk.say(LIN, "到会一共41人")
    assert "23 家 41 人" in noted.text
    async with database.reading() as session:
        meeting = (await session.scalars(select(Meeting))).one()
    assert (meeting.present_units, meeting.present) == (23, 41)


async def test_what_was_decided_is_read_back_with_doubts(talk: Talk, database: Database) -> None:
    (card,) = await talk.say(LIN, "会上定了，星职院1月15号前把方案报上来")
    assert card.text_key == "meetings.draft"
    assert XINGHE in card.text
    assert "2027年1月15日" in card.text
    first, second = await talk.say(LIN, "会上定了两件事：一是教育局年底前出评估办法，二是统计企业用工")
    assert EDUCATION in first.text
    assert "没有说明责任单位" in second.text
    async with database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Decision)) == 3
        assert await session.scalar(select(func.count()).select_from(ActionItem)) == 0


async def test_only_that_something_was_decided_asks_for_it(talk: Talk) -> None:
    (asked,) = await talk.say(LIN, "会上定了")
    assert asked.text_key == "meetings.decide_how"


async def test_before_the_meeting_nothing_was_decided(talk: Talk, now: datetime) -> None:
    talk.now = now
    (early,) = await talk.say(LIN, "会上定了，星职院1月15号前把方案报上来")
    assert early.text_key == "meetings.decide_early"


async def test_others_key_no_decisions(talk: Talk, database: Database) -> None:
    await talk.say(ZHOU, "会上定了，星职院1月15号前把方案报上来")
    await talk.say(ZHOU, "会议今天来了23家")
    async with database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Decision)) == 0
        assert (await session.scalars(select(Meeting.present_units))).one() is None


@pytest.mark.parametrize("words", ["刚才那条写错了，不要了", "上一条决定删掉", "把刚才那条作废", "刚刚那个取消吧"])
async def test_the_decision_keyed_last_is_taken_back_on_its_card(talk: Talk, words: str) -> None:
    assert await talk.say(LIN, words) == []  # nothing waits: the words are about something else
    await talk.say(LIN, "决定：开放实训基地；责任单位：星职院；时限：12月30日前")
    await talk.say(LIN, "会上定了，教育局年底前出评估办法")
    (card,) = await talk.say(LIN, words)
    assert EDUCATION in card.text
    (dropped,) = await talk.press(LIN, "删除", on=card)
    assert "评估办法" in dropped.text
    (card,) = await talk.say(LIN, words)
    assert "开放实训基地" in card.text


async def test_who_came_is_asked_where_no_number_was_read(talk: Talk) -> None:
    (asked,) = await talk.say(LIN, "会议签到")
    assert asked.text_key == "meetings.ask_present"
