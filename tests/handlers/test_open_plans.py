"""A plan that is shown and not confirmed is changed and left in words, like the meeting that stands."""

from datetime import date

import pytest

from services.meetings.reading.orders import hear_meeting_order
from tests.cast import LIN
from tests.handlers.meeting_talk import office, set_meeting, talk
from tests.talk import Talk

__all__ = ["office", "talk"]
SHOWN = "12月18日下午两点半开联席会，地点园区三楼会议室"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("会议改到12月24日", "12月24日（周四） 14:30"),
        ("把会放到12月24日吧", "12月24日（周四） 14:30"),
        ("会议推迟一周", "12月25日（周五） 14:30"),
        ("时间改成上午10点", "12月18日（周五） 10:00"),
        ("地点换成行政楼二楼会议室", "行政楼二楼会议室"),
    ],
)
async def test_an_open_plan_is_shown_anew_with_the_change(talk: Talk, words: str, told: str) -> None:
    (first,) = await talk.say(LIN, SHOWN)
    (said,) = await talk.say(LIN, words)
    assert said.text_key == "meetings.preview"
    assert told in said.text
    await talk.press(LIN, "确认召开", on=first)
    assert "meetings.convened" not in [one.text_key for one in talk.heard]
    assert [one.text_key for one in await talk.press(LIN, "确认召开", on=said)] == ["meetings.convened"]


async def test_a_proposed_day_is_picked_by_words(talk: Talk) -> None:
    await talk.say(LIN, "/meeting 建议")
    (said,) = await talk.say(LIN, "会议改到12月23日下午3点")
    assert said.text_key == "meetings.preview"
    assert "12月23日（周三） 15:00" in said.text


async def test_an_open_plan_is_left(talk: Talk) -> None:
    await talk.say(LIN, SHOWN)
    (said,) = await talk.say(LIN, "会议取消吧")
    assert said.text_key == "meetings.kept"


async def test_a_change_goes_on_from_the_one_that_was_asked_back(talk: Talk) -> None:
    await set_meeting(talk)
    await talk.say(LIN, "会议改到12月24日")
    (said,) = await talk.say(LIN, "时间改成上午10点")
    assert said.text_key == "meetings.move_ask"
    assert "改为：12月24日（周四） 10:00" in said.text


async def test_without_a_plan_there_is_nothing_to_change(talk: Talk) -> None:
    assert (await talk.say(LIN, "会议改到12月24日"))[-1].text_key == "meetings.no_meeting"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("把会议取消了吧", ""),
        ("会议取消掉吧", ""),
        ("取消联席会算了", ""),
        ("会议取消吧，因为园区检修", "园区检修"),
        ("取消联席会，场地停电", "场地停电"),
    ],
)
def test_what_only_ends_the_sentence_is_no_reason(words: str, reason: str) -> None:
    order = hear_meeting_order(words, date(2026, 11, 23))
    assert order is not None
    assert (order.verb, order.rest) == ("cancel", reason)
