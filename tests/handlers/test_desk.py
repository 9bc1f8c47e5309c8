"""Free words of the office open the page that they speak of; what only tells runs nothing; others open nothing."""

import pytest
from sqlalchemy import func, select

from services.db import Database
from services.meetings.reading.unit_names import UnitNames
from services.models import Extension, OutboxMessage, Submission
from services.orders.desk import read_desk
from tests.cast import CHEN, GROUP_ID, HAILAN, LIN, XINGHE, ZHOU, Cast
from tests.handlers.test_orders import asked, talk
from tests.services.checkins.filings import SCHOOL_OCTOBER, file_as, submission_of
from tests.talk import Talk

__all__ = ["talk"]


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("这个月还有哪几家没报上来", "checkin_board.board"),
        ("11月份报得怎么样了，几家报了几家没报", "checkin_board.board"),
        ("哪些还等着我审", "checkin_board.board"),
        ("11月的填报可以开了", "checkin_board.board"),
        ("11月逾期的有几家", "checkin_board.late"),
        ("星职院11月的数我能看一眼吗", "checkin_review.page"),
        ("市教育局现在谁跟我们对接", "members.unit"),
        ("周老师调走了，星职院换人", "members.unit"),
        ("现在有几家单位没有联络员", "members.board"),
        ("成员名单给我来一份", "members.board"),
        ("下周都有什么安排", "todo.list"),
        ("把待办都列出来", "todo.list"),
        ("上次会定的事情还有哪些没办完", "todo.ledger"),
        ("逾期的议定事项催一催", "todo.ledger"),
        ("市教育局那条任务现在到哪一步了", "todo.ledger"),
        ("哪个岗位还没有学校对接", "supply_board.overview"),
        ("供需台账导个excel", "supply_board.overview"),
        ("最近谁往资料库传东西了", "kb.list"),
        ("提醒先停一停", "orders.reminders"),
        ("国庆放假那几天别发提醒", "orders.reminders"),
        ("有人报议题了吗", "meetings.no_meeting"),
        ("谁家还磨蹭着没报，列一下", "checkin_board.board"),
        ("周老师手机号多少", "members.unit"),
        ("韩院长是哪家的", "members.unit"),
        ("海岚的联系人定了没", "members.unit"),
        ("督办的事进展怎么样", "todo.ledger"),
        ("哪家缺人缺得最多", "supply_board.overview"),
        ("没交的再催一道", "checkin_board.preview"),
        ("陈工说数还没出来，给海岚延到12月9号", "checkin_board.extend_ask"),
        ("三季度的汇总要一份", "digests.making"),
        ("陈工现在还是海岚的联络员吗", "members.unit"),
        ("市教育局那边赵科长退了，换成钱伟", "members.unit"),
        ("还有几家没绑定机器人的", "members.board"),
        ("席位名册导一份出来", "members.board"),
        ("议题收了几个了，念一下", "meetings.no_meeting"),
        ("谁说来不了", "meetings.no_meeting"),
        ("上回定的那几件事谁拖着呢", "todo.ledger"),
        ("红灯的任务有几个", "meetings.tasks"),
        ("企业那边今年要招多少人", "supply_board.overview"),
        ("学生和岗位对上几个了", "supply_board.overview"),
        ("群里有人问的问题都回了没", "tickets.waiting"),
        ("系统里存了哪些文件", "kb.list"),
        ("会议材料收齐没有", "meetings.no_meeting"),
    ],
)
async def test_free_words_of_the_office_open_their_page(talk: Talk, database: Database, words: str, key: str) -> None:
    (said,) = await talk.say(LIN, words)
    assert said.text_key == key
    assert await asked(database) == 0


@pytest.mark.parametrize(
    "words",
    [
        "要是能自动把没报的催一遍就好了",
        "上周我已经催过海岚了",
        "先别发通知，等我确认",
        "陈工说：“请把我们的数退回来”",
        "如果海岚再不报，就把她的联络员换了",
        "不用开11月了",
    ],
)
async def test_what_only_tells_runs_nothing_and_is_told_so(talk: Talk, database: Database, words: str) -> None:
    (said,) = await talk.say(LIN, words)
    assert said.text_key in ("orders.nothing_done", "orders.reminders")
    assert await asked(database) == 0


@pytest.mark.parametrize(
    "words",
    [
        "联络员有什么职责",
        "议题由谁提出",
        "会议材料有什么要求",
        "岗位实习工资怎么算",
        "资料里规定补贴多少",
        "联席会议多久开一次",
        "实习协议由谁签",
        "月报逾期有什么后果",
    ],
)
def test_questions_of_rules_are_left_to_the_library(words: str) -> None:
    assert read_desk(words, UnitNames({HAILAN: HAILAN}), {}) is None


@pytest.mark.parametrize("words", ["简报要不要发给管委会看", "昨天把海岚的退回去了，他们没收到吗"])
async def test_asking_for_advice_makes_no_digest_and_returns_nothing(talk: Talk, words: str) -> None:
    assert not [one for one in await talk.say(LIN, words) if one.text_key.startswith(("digests.", "checkin_review."))]


async def _extensions(database: Database) -> int:
    async with database.reading() as session:
        return await session.scalar(select(func.count()).select_from(Extension)) or 0


@pytest.mark.parametrize(
    "words", ["周老师那边晚点，给星职院宽限到12月9号", "星职院的时间往后推两天", "星河申请晚几天，准他到9号"]
)
async def test_the_office_gives_time_after_one_press_and_the_unit_is_told(
    talk: Talk, database: Database, cast: Cast, words: str
) -> None:
    (said,) = await talk.say(LIN, words)
    assert said.text_key == "checkin_board.extend_ask"
    assert await _extensions(database) == 0
    await talk.press(LIN, said.labels[0])
    async with database.reading() as session:
        row = await session.scalar(select(Extension))
        submission = await submission_of(session, cast.unit(XINGHE))
        told = await session.scalar(
            select(OutboxMessage).where(OutboxMessage.text_key == "checkin_review.extension_decided")
        )
    assert row is not None
    assert row.decision == "granted"
    assert submission.due_at == row.wanted_until
    assert told is not None
    assert told.chat_id == ZHOU.telegram_id


async def test_a_liaisons_words_give_no_time_and_open_no_page(talk: Talk, database: Database) -> None:
    for words in ("给星职院宽限到12月9号", "成员名单给我来一份", "哪些还等着我审", "把11月的都审了"):
        for said in await talk.say(CHEN, words):
            assert not said.text_key.startswith(("checkin_board.extend", "members.board", "checkin_board.board"))
    assert await _extensions(database) == 0
    async with database.reading() as session:
        states = set(await session.scalars(select(Submission.state)))
    assert "accepted" not in states


async def test_time_is_given_to_no_unit_that_filed_before_the_press(talk: Talk, database: Database, cast: Cast) -> None:
    (said,) = await talk.say(LIN, "给星职院宽限到12月9号")
    async with database.transaction() as session:
        submission = await submission_of(session, cast.unit(XINGHE))
        await file_as(session, submission, SCHOOL_OCTOBER)
        due_at = submission.due_at
    await talk.press(LIN, said.labels[0])
    told = talk.toast + "".join(one.text for one in talk.heard)
    assert f"{XINGHE} 的月报已经报上来了" in told
    assert await _extensions(database) == 0
    async with database.reading() as session:
        assert (await submission_of(session, cast.unit(XINGHE))).due_at == due_at


@pytest.mark.parametrize(
    ("words", "key"),
    [("给星职院宽限到12月9号", "checkin_board.extend_ask"), ("成员名单给我来一份", "members.board")],
)
async def test_the_desk_is_silent_in_groups(talk: Talk, words: str, key: str) -> None:
    (said,) = await talk.say(LIN, words)
    assert said.text_key == key
    for heard in (words, f"@lianluo_bot {words}"):
        assert key not in [one.text_key for one in await talk.say(LIN, heard, chat=GROUP_ID)]


async def test_what_no_message_has_cannot_be_said(talk: Talk) -> None:
    with pytest.raises(AssertionError, match="no such part"):
        await talk.say(LIN, "哪些还等着我审", chat_id=GROUP_ID)


async def test_a_person_stands_for_the_unit_that_is_reminded(talk: Talk) -> None:
    (said,) = await talk.say(LIN, "催一下陈工")
    assert said.text_key == "checkin_board.preview"
    assert HAILAN in said.text


async def test_a_question_about_topics_is_no_topic(talk: Talk) -> None:
    for words in ("有人报议题了吗", "大家提议题了没有"):
        for said in await talk.say(LIN, words):
            assert said.text_key != "meetings.topic_noted"
            assert "已记录" not in said.text
