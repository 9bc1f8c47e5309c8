"""An item that the office names by its words, closed as by its number; and a meeting that is put on a day."""

import pytest
from sqlalchemy import select

from services.db import Database
from services.meetings.office import MeetingOffice
from services.meetings.reading.item_orders import read_item_order
from services.models import ActionItem
from tests.cast import CHEN, LIN, SU
from tests.handlers.meeting_talk import hand_out_two_items, office, set_meeting, talk
from tests.talk import Talk

__all__ = ["office", "talk"]


async def _items(talk: Talk, office: MeetingOffice) -> None:
    await hand_out_two_items(talk, office)
    await talk.say(SU, "第1条办完了，已印发各校")


async def _states(database: Database) -> dict[int, str]:
    async with database.reading() as session:
        return {one.number: one.state for one in await session.scalars(select(ActionItem))}


@pytest.mark.parametrize(
    "words",
    ["关于开放目录那条可以销号了", "第一条决议办结了，销掉", "把开放目录的决定关了", "目录那个事项办完了，给它销了"],
)
async def test_the_office_closes_what_it_names(
    talk: Talk, office: MeetingOffice, database: Database, words: str
) -> None:
    await _items(talk, office)
    await talk.say(LIN, words)
    assert (await _states(database))[1] == "verified_closed"


@pytest.mark.parametrize("words", ["关于食堂那条可以销号了", "如果开放目录那条办结了就销掉", "开放目录那条能销号吗"])
async def test_nothing_is_closed_by_other_words(
    talk: Talk, office: MeetingOffice, database: Database, words: str
) -> None:
    await _items(talk, office)
    await talk.say(LIN, words)
    assert (await _states(database))[1] == "reported_done"


async def test_a_liaison_closes_nothing_by_words(talk: Talk, office: MeetingOffice, database: Database) -> None:
    await _items(talk, office)
    await talk.say(SU, "关于开放目录那条可以销号了")
    await talk.say(CHEN, "把开放目录的决定关了")
    assert (await _states(database))[1] == "reported_done"


def test_talk_of_other_things_names_no_item() -> None:
    for words in ("把门关了", "这条可以", "议题关了没有", "工单3关掉"):
        order = read_item_order(words)
        assert order is None or not order.named


async def test_a_meeting_is_put_on_a_day_or_moved_there(talk: Talk) -> None:
    (said,) = await talk.say(LIN, "四季度的会放到12月18号下午两点半吧，地点园区三楼会议室")
    assert said.text_key == "meetings.preview"
    assert "园区三楼会议室" in said.text
    await set_meeting(talk)
    (said,) = await talk.say(LIN, "把会放到12月24号下午两点半")
    assert said.text_key == "meetings.move_ask"


async def test_a_meeting_that_is_stopped_is_asked_about(talk: Talk) -> None:
    await set_meeting(talk)
    (said,) = await talk.say(LIN, "把四季度联席会停了，不开了")
    assert said.text_key == "meetings.cancel_ask"
