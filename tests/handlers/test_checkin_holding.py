"""A figure that is put off stays open: nothing is stored for it, and it is asked for again."""

import pytest

from services.checkins.standing.loading import load_sheet
from services.db import Database
from tests.cast import XINGHE, ZHOU, Cast
from tests.handlers.checkin_talk import ALL_FLOWS, OFFICE, season, talk_in
from tests.services.checkins.filings import submission_of


@pytest.mark.parametrize(
    "words",
    [
        "横向那块先别报，财务还没对完账，等下周再说",
        "横向先不报，下周再说",
        "横向到账先空着，财务下周给数",
        "横向到账先放着",
        "横向到账暂时报不了，下周补",
    ],
)
async def test_a_figure_put_off_is_open_and_said_to_be(database: Database, cast: Cast, words: str) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, ALL_FLOWS)
    told = (await talk.say(ZHOU, words))[0]
    assert "先放着（刚才填的 5.8 不算数了）" in told.text
    asked = (await talk.say(ZHOU, "提交"))[-1]
    assert asked.text_key == "checkins.submit_incomplete" or "还缺" in asked.text
    async with database.reading() as session:
        submission = await submission_of(session, cast.unit(XINGHE))
        sheet = await load_sheet(session, OFFICE, submission)
    assert submission.state == "draft"
    assert sheet.open_keys == ["tech_service_income_wan"]


async def test_not_collected_is_still_an_answer(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, ALL_FLOWS)
    await talk.say(ZHOU, "横向未统计")
    (filed,) = (await talk.say(ZHOU, "提交"))[:1]
    async with database.reading() as session:
        sheet = await load_sheet(session, OFFICE, await submission_of(session, cast.unit(XINGHE)))
    assert (filed.text_key, sheet.open_keys) == ("checkins.filed", [])


async def test_anyway_in_words_files_what_the_card_shows(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, "在岗实习741")
    (filed,) = (await talk.say(ZHOU, "照样提交"))[:1]
    assert filed.text_key == "checkins.filed"


async def test_what_is_not_done_for_now_is_no_figure_put_off(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, ALL_FLOWS)
    said = await talk.say(ZHOU, "下半年我们先不招订单班")
    assert not any(one.text_key == "checkins.held" for one in said)
