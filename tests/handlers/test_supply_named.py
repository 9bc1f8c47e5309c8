"""Several posts in one message: what is said of one by its name stays with it, and a day said plainly is one."""

from datetime import date, datetime

import pytest

from services.db import Database
from services.models import DemandPost
from services.supply.catalogue import own_catalogue
from services.supply.dates import find_window
from services.supply.reading import read_posts
from tests.cast import CHEN, Cast
from tests.handlers.test_supply import rows, talk_in

BOTH = "我们要招10个化工操作工，5个仪表工，大专以上，3月到岗"
TODAY = date(2026, 11, 27)


@pytest.mark.parametrize("words", ["仪表工专业不限", "仪表工的话专业不限", "那个仪表工，专业不限"])
async def test_the_named_post_takes_what_is_said_of_it(
    database: Database, cast: Cast, now: datetime, words: str
) -> None:
    talk = talk_in(database, now)
    asked = (await talk.say(CHEN, BOTH))[-1]
    assert "化工操作工" in asked.text
    said = await talk.say(CHEN, words)
    assert "已记到<b>仪表工</b>" in said[0].text
    assert "化工操作工" in said[-1].text
    operators, instruments = await rows(database, DemandPost)
    assert (operators.major_said, instruments.major_said) == ("化工操作工", "不限")
    assert instruments.level == "高职专科"


async def test_the_post_in_hand_comes_before_an_older_one_of_its_name(
    database: Database, cast: Cast, now: datetime
) -> None:
    talk = talk_in(database, now)
    await talk.say(CHEN, "我们要招3个电工，大专以上，3月到岗")
    await talk.press(CHEN, "专业不限")
    await talk.press(CHEN, "确认发布")
    await talk.say(CHEN, "我们要招2个电工，大专以上，3月到岗")
    await talk.press(CHEN, "专业不限")
    await talk.say(CHEN, "电工1月底到岗")
    older, newer = await rows(database, DemandPost)
    assert older.start_from == date(2027, 3, 1)
    assert newer.start_from == date(2027, 1, 21)


@pytest.mark.parametrize("words", ["1月底到岗", "到岗1月底", "1月下旬到岗"])
async def test_a_day_said_before_the_card_is_the_day_of_beginning(
    database: Database, cast: Cast, now: datetime, words: str
) -> None:
    talk = talk_in(database, now)
    await talk.say(CHEN, "我们要招3个电工，大专以上，3月到岗")
    (card,) = await talk.press(CHEN, "专业不限")
    assert "2027年3月1日" in card.text
    (card,) = await talk.say(CHEN, words)
    assert "2027年1月21日 至 2027年1月31日" in card.text


async def test_a_question_before_the_card_changes_nothing(database: Database, cast: Cast, now: datetime) -> None:
    talk = talk_in(database, now)
    await talk.say(CHEN, "我们要招3个电工，大专以上，3月到岗")
    await talk.press(CHEN, "专业不限")
    await talk.say(CHEN, "1月底能到岗吗？")
    (post,) = await rows(database, DemandPost)
    assert post.start_from == date(2027, 3, 1)


@pytest.mark.parametrize("words", ["春节前", "春节前到岗", "过年之前", "节前到岗"])
async def test_before_the_spring_festival_offers_the_months(
    database: Database, cast: Cast, now: datetime, words: str
) -> None:
    talk = talk_in(database, now)
    await talk.say(CHEN, "我们要招3个电工，大专以上")
    await talk.press(CHEN, "专业不限")
    (asked,) = await talk.say(CHEN, words)
    assert "再具体一点" in asked.text
    assert any("2月" in label for label in asked.labels)


def test_clauses_that_name_a_post_are_its_own() -> None:
    operators, instruments = read_posts(
        "招10个化工操作工，5个仪表工，3月到岗。仪表工专业不限，化工操作工要大专", TODAY, own_catalogue()
    )
    assert instruments.values["major_said"] == "不限"
    assert "level" not in instruments.values
    assert operators.values["level"] == "高职专科"
    assert "majors" in operators.said
    assert operators.values["start_from"] == instruments.values["start_from"] == date(2027, 3, 1)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("元旦前到岗", date(2026, 11, 27), date(2026, 12, 31)),
        ("元旦后", date(2027, 1, 1), date(2027, 1, 31)),
        ("五一之前", date(2026, 11, 27), date(2027, 4, 30)),
    ],
)
def test_feasts_with_a_day_are_days(words: str, first: date, last: date) -> None:
    window = find_window(words, TODAY)
    assert window is not None
    assert (window.first, window.last) == (first, last)


@pytest.mark.parametrize(
    ("words", "today", "first", "last"),
    [
        ("国庆后到岗", date(2026, 10, 2), date(2026, 10, 2), date(2026, 10, 31)),
        ("国庆后到岗", date(2026, 11, 1), date(2027, 10, 1), date(2027, 10, 31)),
        ("国庆前到岗", date(2026, 10, 2), date(2026, 10, 2), date(2027, 9, 30)),
    ],
)
def test_after_a_feast_is_this_year_while_its_month_lasts(words: str, today: date, first: date, last: date) -> None:
    window = find_window(words, today)
    assert window is not None
    assert (window.first, window.last) == (first, last)


@pytest.mark.parametrize("words", ["第2条岗位不招了", "第一个岗位撤了吧", "第3条岗位招满了"])
async def test_a_numbered_post_is_looked_up_among_ones_own(
    database: Database, cast: Cast, now: datetime, words: str
) -> None:
    talk = talk_in(database, now)
    for post in ("我们要招3个电工，大专以上，3月到岗", "我们要招2个焊工，大专以上，3月到岗"):
        await talk.say(CHEN, post)
        await talk.press(CHEN, "专业不限")
        await talk.press(CHEN, "确认发布")
    said = await talk.say(CHEN, words)
    assert sum("电工" in label or "焊工" in label for label in said[-1].labels) == 2
    assert {one.state for one in await rows(database, DemandPost)} == {"open"}
