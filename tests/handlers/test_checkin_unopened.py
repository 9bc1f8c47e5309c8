"""Figures for a month that is not open yet, and remarks beside a draft."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from services.checkins.standing.loading import load_sheet
from services.db import Database
from tests.cast import XINGHE, ZHOU, Cast
from tests.handlers.checkin_talk import OFFICE, season, talk_in
from tests.services.checkins.filings import NOVEMBER, SCHOOL_OCTOBER, file_as, submission_of

AFTER_DUE = datetime(2026, 12, 22, 2, 0, tzinfo=UTC)


async def _current(database: Database, cast: Cast) -> dict[str, object]:
    async with database.transaction() as session:
        submission = await submission_of(session, cast.unit(XINGHE), NOVEMBER)
        sheet = await load_sheet(session, OFFICE, submission)
        return {key: (entry.value, entry.state) for key, entry in sheet.current.items()}


async def _filed(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    async with database.transaction() as session:
        await file_as(session, await submission_of(session, cast.unit(XINGHE), NOVEMBER), SCHOOL_OCTOBER)


@pytest.mark.parametrize("words", ["12月新接收了30个实习生", "12月份在岗实习334", "12月新签协议1份"])
async def test_figures_of_a_month_that_is_not_open_wait(database: Database, cast: Cast, words: str) -> None:
    await _filed(database, cast)
    before = await _current(database, cast)
    answer = (await talk_in(database, now=AFTER_DUE).say(ZHOU, words))[-1]
    assert "12月月报" in answer.text
    assert "先不记" in answer.text
    assert await _current(database, cast) == before


async def test_this_month_is_no_month_that_is_filed_and_over(database: Database, cast: Cast) -> None:
    await _filed(database, cast)
    talk = talk_in(database, now=AFTER_DUE)
    before = await _current(database, cast)
    answer = (await talk.say(ZHOU, "这个月我们社会培训了300人次"))[-1]
    assert "12月月报" in answer.text
    assert await _current(database, cast) == before
    answer = (await talk.say(ZHOU, "11月的社会培训改成300人次"))[-1]
    assert "300" in answer.text


async def test_a_figure_is_not_replaced_by_nothing_without_a_question(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, "横向5.8万，培训200，在岗实习741")
    asked = (await talk.say(ZHOU, "横向那笔还没到账"))[-1]
    assert "取哪个" in asked.text
    assert "5.8" in asked.text
    assert (await _current(database, cast))["tech_service_income_wan"] == (Decimal("5.8"), "filled")
    left = (await talk.say(ZHOU, "培训他们还没核实"))[-1]
    assert "培训" in left.text
    assert (await _current(database, cast))["training_person_times"] == (200, "filled")
    await talk.say(ZHOU, "培训先别报，还没对完账")
    assert (await _current(database, cast))["training_person_times"] == (None, "missing")


async def test_a_figure_in_another_unit_is_answered_with_the_unit_of_the_form(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    answer = (await talk_in(database).say(ZHOU, "社会培训办了3期"))[-1]
    assert "按人次报，3期合多少人次" in answer.text
