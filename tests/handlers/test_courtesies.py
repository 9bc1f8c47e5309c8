"""Greetings, thanks and slips are no questions to the library."""

from datetime import datetime

import pytest

from handlers import courtesies
from handlers.courtesies import is_acknowledgement, is_greeting, is_thanks
from handlers.questions import ask
from services.db import Database
from tests.cast import ZHOU, Cast
from tests.talk import Talk, router_of


@pytest.mark.parametrize(
    "words", ["你好", "您好！", "在吗？", "在么", "？？", "早上好。", "Hello", "@lianluo_bot 你好呀"]
)
def test_a_greeting_is_recognised(words: str) -> None:
    assert is_greeting(words)


@pytest.mark.parametrize("words", ["你好，联席会几号开", "您好请问补贴多少", "早报什么时候发"])
def test_a_question_that_begins_with_a_greeting_is_none(words: str) -> None:
    assert not is_greeting(words)


@pytest.mark.parametrize("words", ["收到", "好的👌", "嗯", "哦", "[微笑]", "👌", "知道了", "OK"])
def test_an_acknowledgement_is_recognised(words: str) -> None:
    assert is_acknowledgement(words)


@pytest.mark.parametrize("words", ["？", "好的，联席会几号", "收到多少份月报", "741", "1号截止吗"])
def test_an_acknowledgement_holds_nothing_else(words: str) -> None:
    assert not is_acknowledgement(words)


@pytest.mark.parametrize(
    ("words", "thanks"),
    [
        ("谢谢！", True),
        ("辛苦了", True),
        ("谢谢哈", True),
        ("收到 谢谢", True),
        ("感谢信怎么写", False),
        ("好的，联席会几号", False),
    ],
)
def test_thanks_are_recognised(words: str, thanks: bool) -> None:
    assert is_thanks(words) is thanks


async def test_small_talk_and_slips_are_answered_without_work(database: Database, cast: Cast, now: datetime) -> None:
    talk = Talk(database, [router_of(courtesies), router_of(ask)], now)
    assert "有问题直接发给我" in (await talk.say(ZHOU, "你好"))[0].text
    assert "不客气" in (await talk.say(ZHOU, "谢谢"))[0].text
    assert await talk.say(ZHOU, "收到") == []
    assert "/nonsense" in (await talk.say(ZHOU, "/nonsense 1"))[0].text
    assert talk.works == []
