"""People found for a registered post: the post, or the figure of the month; asked, never guessed."""

import pytest

from services.db import Database
from services.models import DemandPost
from tests.cast import CHEN, GROUP_ID, HAILAN, Cast
from tests.handlers.checkin_talk import OFFICE
from tests.handlers.test_supply import publish, rows, talk_in
from tests.services.checkins.filings import IN_WINDOW, figures_of, open_season
from tests.talk import BOT, Talk


@pytest.fixture
async def talk(database: Database, cast: Cast) -> Talk:
    async with database.transaction() as session:
        await open_season(session, OFFICE)
    made = talk_in(database, IN_WINDOW)
    await publish(made)
    return made


@pytest.mark.parametrize("words", ["电工招到2个了", "电工来了俩", "那个岗位招到2个", "招了2个电工", "2个电工已经入职"])
async def test_people_for_a_known_post_are_asked_about_and_nothing_is_taken(talk: Talk, cast: Cast, words: str) -> None:
    (asked,) = await talk.say(CHEN, words)
    assert "岗位“电工”已招 2 人" in asked.labels
    (post,) = await rows(talk.database, DemandPost)
    assert post.headcount == 3
    async with talk.database.reading() as session:
        assert await figures_of(session, cast.unit(HAILAN), "draft") == {}


async def test_the_post_wants_so_many_fewer_and_the_figure_is_offered_after_it(talk: Talk, cast: Cast) -> None:
    await talk.say(CHEN, "电工招到2个了")
    card, too = await talk.press(CHEN, "岗位“电工”已招 2 人")
    assert "电工</b>　1 人" in card.text
    (post,) = await rows(talk.database, DemandPost)
    assert (post.headcount, post.state) == (1, "partly")
    assert "填月报：新招毕业生 2" in too.labels
    await talk.press(CHEN, "填月报：新招毕业生 2")
    async with talk.database.reading() as session:
        assert await figures_of(session, cast.unit(HAILAN), "draft") == {"hires_vocational": "2"}


async def test_the_figure_may_be_chosen_instead(talk: Talk, cast: Cast) -> None:
    await talk.say(CHEN, "电工招到2个了")
    await talk.press(CHEN, "填月报")
    async with talk.database.reading() as session:
        assert await figures_of(session, cast.unit(HAILAN), "draft") == {"hires_vocational": "2"}
    (post,) = await rows(talk.database, DemandPost)
    assert post.headcount == 3


async def test_several_posts_have_each_their_own_number(talk: Talk) -> None:
    await talk.say(CHEN, "我们要招4个焊工，月底到岗")
    await talk.press(CHEN, "专业不限")
    await talk.press(CHEN, "中职")
    await talk.press(CHEN, "确认发布")
    (asked,) = await talk.say(CHEN, "电工来了2个，焊工来了1个")
    assert {"岗位“电工”已招 2 人", "岗位“焊工”已招 1 人"} <= set(asked.labels)
    await talk.press(CHEN, "岗位“焊工”已招 1 人")
    posts = {one.post_name: one.headcount for one in await rows(talk.database, DemandPost)}
    assert posts == {"电工": 3, "焊工": 3}


async def test_in_a_group_it_goes_on_in_private(talk: Talk) -> None:
    said, asked = await talk.say(CHEN, f"@{BOT.username} 电工招到2个了", chat=GROUP_ID)
    assert "2" not in said.text
    assert (asked.chat_id, "岗位“电工”已招 2 人" in asked.labels) == (CHEN.telegram_id, True)


async def test_a_report_that_names_the_post_beside_other_figures_is_a_report(talk: Talk, cast: Cast) -> None:
    await talk.say(CHEN, "本月新招毕业生5人，其中电工2人，资金投入6万")
    async with talk.database.reading() as session:
        drafted = await figures_of(session, cast.unit(HAILAN), "draft")
    assert drafted == {"hires_vocational": "5", "invest_cash_wan": "6"}


@pytest.mark.parametrize("words", ["焊工招到2个了", "本月招了2个"])
async def test_people_for_no_known_post_are_a_figure(talk: Talk, cast: Cast, words: str) -> None:
    await talk.say(CHEN, words)
    async with talk.database.reading() as session:
        assert await figures_of(session, cast.unit(HAILAN), "draft") == {"hires_vocational": "2"}


@pytest.mark.parametrize("words", ["有没有学电气的 我们要5个", "学电气的要5个", "想招5个学电气的有吗"])
async def test_who_asks_whether_there_are_any_and_wants_so_many_offers_a_post(talk: Talk, words: str) -> None:
    await talk.say(CHEN, words)
    post = (await rows(talk.database, DemandPost))[-1]
    assert (post.state, post.headcount) == ("draft", 5)


@pytest.mark.parametrize("words", ["电工班到岗，3号线停了", "电工入职，设备2台", "电工到岗，培训4次"])
async def test_a_number_of_something_else_counts_no_people(talk: Talk, words: str) -> None:
    for said in await talk.say(CHEN, words):
        assert not [one for one in said.labels if one.startswith("岗位“电工”已招")]
