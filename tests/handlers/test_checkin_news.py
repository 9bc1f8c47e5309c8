"""Last month's problem and next month's plan in words; and what nobody understood while a draft is open."""

import pytest

from services.checkins.standing.loading import load_sheet
from services.db import Database
from tests.cast import CHEN, XINGHE, ZHOU, Cast
from tests.handlers.checkin_talk import OFFICE, season, talk_in
from tests.services.checkins.filings import submission_of


async def texts_of(database: Database, cast: Cast) -> dict[str, str]:
    async with database.reading() as session:
        sheet = await load_sheet(session, OFFICE, await submission_of(session, cast.unit(XINGHE)))
    return {key: one.text for key, one in sheet.current.items() if one.text is not None}


@pytest.mark.parametrize(
    ("words", "about", "kept"),
    [
        ("上个月那个设备的问题，厂家来看过了，说明年一季度换", "有新情况", "worse"),
        ("上月的问题有新情况：厂家说要等一季度", "有新情况", "worse"),
        ("上次提的那个难题已经解决了", "已解决", "solved"),
        ("上个月反映的问题还没解决", "仍未解决", "open"),
    ],
)
async def test_news_of_last_months_problem_are_kept_after_a_yes(
    database: Database, cast: Cast, words: str, about: str, kept: str
) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    (asked,) = await talk.say(ZHOU, words)
    assert about in asked.text
    assert "实训设备维修等待时间长" in asked.text
    assert await texts_of(database, cast) == {}
    await talk.press(ZHOU, f"记为{about}")
    found = await texts_of(database, cast)
    assert kept in found.values()
    assert (found.get("issues") == words) is (kept == "worse")


@pytest.mark.parametrize("words", ["下个月打算组织30名老师去企业调研", "我们下月计划跟海岚化工谈订单班"])
async def test_a_plan_is_kept_after_a_yes(database: Database, cast: Cast, words: str) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, words)
    await talk.say(ZHOU, "记到下月计划")
    assert (await texts_of(database, cast))["next_plan"] == words


async def test_a_later_word_on_last_months_problem_takes_the_place_of_an_earlier(
    database: Database, cast: Cast
) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, "上个月反映的问题还没解决")
    await talk.press(ZHOU, "记为仍未解决")
    await talk.say(ZHOU, "上次提的那个难题已经解决了")
    await talk.press(ZHOU, "记为已解决")
    found = await texts_of(database, cast)
    assert "solved" in found.values()
    assert "open" not in found.values()


async def test_a_plan_too_long_for_its_place_is_refused_and_not_cut(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    first = "下个月打算组织老师去企业调研" + "并且走访车间" * 20
    for words in (first, "下个月打算跟海岚化工谈订单班" + "并且看看设备" * 20):
        await talk.say(ZHOU, words)
        said = await talk.press(ZHOU, "记到下月计划")
    assert "没有记下" in said[-1].text
    assert (await texts_of(database, cast))["next_plan"] == first


async def test_a_number_in_a_plan_is_masked_before_it_is_kept(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    (asked,) = await talk.say(ZHOU, "下个月打算联系厂家谈设备，电话13800138000")
    assert "记到下月计划" in asked.labels
    assert "13800138000" not in asked.text


@pytest.mark.parametrize("words", ["上个月的问题解决了吗", "下个月打算什么时候开会"])
async def test_a_question_is_no_news(database: Database, cast: Cast, words: str) -> None:
    await season(database, cast, XINGHE)
    said = await talk_in(database).say(ZHOU, words)
    assert not any(one.text_key == "checkin_matters.news" for one in said)


@pytest.mark.parametrize("words", ["我们食堂今天改造好了", "王院长说他再看一眼", "系统昨天升级过了"])
async def test_words_nobody_understood_leave_the_draft_and_show_the_way(
    database: Database, cast: Cast, words: str
) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, "在岗实习741")
    (said,) = await talk.say(ZHOU, words)
    assert "草稿没有变" in said.text
    assert "看核对卡" in said.labels
    await talk.press(ZHOU, "当问题查")
    assert [one.kind for one in talk.works] == ["answer"]


@pytest.mark.parametrize("words", ["实训基地补助条件", "补贴标准是多少", "产教融合型企业认定流程"])
async def test_a_question_in_an_open_report_goes_to_the_library(database: Database, cast: Cast, words: str) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, "在岗实习741")
    await talk.say(ZHOU, words)
    assert [one.kind for one in talk.works] == ["answer"]


@pytest.mark.parametrize("words", ["我电话13800138000，有事打给我", "邮箱是zhou@example.com", "我的号码 138 0013 8000"])
async def test_a_phone_number_is_neither_kept_nor_looked_up(database: Database, cast: Cast, words: str) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    (said,) = await talk.say(CHEN, words)
    assert "没有保存" in said.text
    assert talk.works == []
