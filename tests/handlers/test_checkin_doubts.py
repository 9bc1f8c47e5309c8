"""Figures that are asked about before they are taken."""

from services.db import Database
from tests.cast import CHEN, XINGHE, ZHOU, Cast
from tests.handlers.checkin_talk import ALL_FLOWS, season, talk_in
from tests.services.checkins.filings import figures_of


async def test_cumulative_figure_is_asked_about_and_stored_as_the_month(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    (card,) = await talk.say(ZHOU, "培训1000人次")
    assert "已累计 560" in card.text
    await talk.press(ZHOU, "是累计")
    async with database.reading() as session:
        assert (await figures_of(session, cast.unit(XINGHE), "draft"))["training_person_times"] == "440"


async def test_month_or_year_is_answered_in_words_too(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, "培训1000人次")
    (card,) = await talk.say(ZHOU, "本月数")
    assert "请核对" not in card.text
    async with database.reading() as session:
        assert (await figures_of(session, cast.unit(XINGHE), "draft"))["training_person_times"] == "1000"


async def test_yuan_or_wan_is_asked_before_anything_is_taken(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, "横向到账58000")
    async with database.reading() as session:
        assert await figures_of(session, cast.unit(XINGHE), "draft") == {}
    await talk.press(ZHOU, "5.8 万元")
    async with database.reading() as session:
        assert await figures_of(session, cast.unit(XINGHE), "draft") == {"tech_service_income_wan": "5.8"}


async def test_typo_offers_what_it_looks_like(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, "培训2l0人次")
    await talk.press(ZHOU, "是 210")
    async with database.reading() as session:
        assert await figures_of(session, cast.unit(XINGHE), "draft") == {"training_person_times": "210"}


async def test_part_above_its_whole_cannot_be_submitted(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, ALL_FLOWS)
    (card,) = await talk.say(ZHOU, "本市实习800")
    assert "本市实习 800 大于 在岗实习 730" in card.text
    assert "提交" not in [label for label, _, _ in card.buttons]
    (refused,) = await talk.say(ZHOU, "提交")
    assert "暂时不能提交" in refused.text
    async with database.reading() as session:
        assert await figures_of(session, cast.unit(XINGHE), "filed") == {}


async def test_large_change_is_affirmed_by_a_word_and_then_submits(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, ALL_FLOWS + "，在岗实习1680")
    (card,) = await talk.say(ZHOU, "对")
    assert "请核对" not in card.text
    (filed,) = await talk.say(ZHOU, "提交")
    assert "已提交" in filed.text


async def test_unclear_figure_asks_which_item(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(CHEN, "在岗实习30")
    (card,) = await talk.say(CHEN, "大概有个五六十吧")
    assert "哪一项" in card.text


async def test_unit_of_money_that_the_range_rules_out_is_not_offered(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    (card,) = await talk_in(database).say(ZHOU, "横向到账58000")
    assert [label for label in card.labels if "万元" in label] == ["元，即 5.8 万元"]


async def test_typed_rate_is_refused_and_its_parts_are_asked_for(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    (card,) = await talk_in(database).say(ZHOU, "本市实习占比56.4%")
    assert "分子、分母" in card.text


async def test_another_month_named_is_asked_about(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    (which,) = await talk.say(ZHOU, "10月份在岗实习735人")
    assert which.labels == ["记到2026年11月", "记到2026年10月"]
    (card,) = await talk.press(ZHOU, "2026年10月")
    assert "2026年10月" in card.text
    assert "原报 730" in card.text


async def test_two_doubts_of_one_figure_offer_one_change_of_it(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    (card,) = await talk.say(ZHOU, "在岗实习100，本市实习2000")
    assert "本市实习 2,000 大于 在岗实习 100" in card.text
    assert card.labels.count("改在岗实习") == 1
