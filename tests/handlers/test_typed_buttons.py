"""A button's own words, typed instead of pressed."""

import pytest

from services.db import Database
from tests.cast import XINGHE, ZHOU, Cast
from tests.handlers.checkin_talk import ALL_FLOWS, season, talk_in
from tests.services.checkins.filings import figures_of, submission_of


@pytest.mark.parametrize("words", ["照样提交", "照样提交吧", "那就照样提交", "  照样提交。"])
async def test_a_label_typed_acts_as_its_button(database: Database, cast: Cast, words: str) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, "在岗实习741")
    await talk.say(ZHOU, "提交")
    (filed,) = await talk.say(ZHOU, words)
    assert not filed.is_edit
    assert filed.text_key == "checkins.filed"


@pytest.mark.parametrize("words", ["合计 140", "合计140", "合计", "就合计吧", "选合计"])
async def test_the_number_of_a_label_may_be_left_away(database: Database, cast: Cast, words: str) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, "培训60，又培训了80")
    (summed,) = await talk.say(ZHOU, words)
    assert "社会培训 <b>140</b>人次" in summed.text


@pytest.mark.parametrize("words", ["在岗实习1900没错，提交", "在岗实习没错，提交吧", "在岗实习没错。交了"])
async def test_the_answer_to_a_doubt_and_submitting_in_one_breath(database: Database, cast: Cast, words: str) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, ALL_FLOWS)
    await talk.say(ZHOU, "在岗实习1900")
    await talk.say(ZHOU, words)
    async with database.reading() as session:
        assert (await submission_of(session, cast.unit(XINGHE))).state == "submitted"
        assert (await figures_of(session, cast.unit(XINGHE), "filed"))["interns_on_post"] == "1900"


@pytest.mark.parametrize("words", ["数据都对，交吧", "都没问题，提交", "各项都对，报上去吧", "数字无误，提交"])
async def test_all_is_right_and_submitted(database: Database, cast: Cast, words: str) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, ALL_FLOWS)
    await talk.say(ZHOU, words)
    async with database.reading() as session:
        assert (await submission_of(session, cast.unit(XINGHE))).state == "submitted"


async def test_another_number_beside_a_label_is_no_yes(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, ALL_FLOWS)
    await talk.say(ZHOU, "在岗实习1900")
    await talk.say(ZHOU, "在岗实习730没错，提交")
    async with database.reading() as session:
        assert (await submission_of(session, cast.unit(XINGHE))).state != "submitted"


async def test_words_on_an_older_card_do_nothing_by_themselves(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, "在岗实习741")
    await talk.say(ZHOU, "提交")
    await talk.say(ZHOU, "在岗实习742")
    await talk.say(ZHOU, "照样提交")
    async with database.reading() as session:
        assert (await submission_of(session, cast.unit(XINGHE))).state != "submitted"


@pytest.mark.parametrize("words", ["原数无误", "报的数没问题", "不用改"])
async def test_what_stands_is_right_settles_a_doubt_and_files_nothing(
    database: Database, cast: Cast, words: str
) -> None:
    await season(database, cast, XINGHE)
    talk = talk_in(database)
    await talk.say(ZHOU, ALL_FLOWS)
    (doubted,) = await talk.say(ZHOU, "在岗实习1900")
    assert "在岗实习没错" in doubted.labels
    (card,) = await talk.say(ZHOU, words)
    assert "在岗实习没错" not in card.labels
    async with database.reading() as session:
        assert (await submission_of(session, cast.unit(XINGHE))).state == "draft"
