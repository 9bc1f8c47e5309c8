"""Where a question is answered from: the unit's own reports, a board, or the library. All rooms, in their order."""

import pytest

from services.db import Database
from tests.cast import LIN, ZHOU
from tests.handlers.test_orders import asked, talk
from tests.talk import Talk

__all__ = ["talk"]


@pytest.mark.parametrize(
    "words",
    [
        "2026年底和2028年底在岗实习学生各占多少",
        "到2027年底在岗实习要有多少人",
        "今年底在岗实习学生多少人",
        "我们学校明年在岗实习多少人",
        "今年要培训多少人次",
    ],
)
async def test_what_is_to_come_is_asked_of_the_library(talk: Talk, database: Database, words: str) -> None:
    assert await talk.say(ZHOU, words) == []
    assert await asked(database) == 1


@pytest.mark.parametrize("words", ["我们上个月报了多少", "我们10月在岗实习多少人", "今年在岗实习一共多少人"])
async def test_what_was_reported_is_not(talk: Talk, database: Database, words: str) -> None:
    assert [one.text_key.partition(".")[0] for one in await talk.say(ZHOU, words)] != []
    assert await asked(database) == 0


async def test_items_that_are_not_done_are_no_figure(talk: Talk) -> None:
    for who in (ZHOU, LIN):
        assert (await talk.say(who, "我们还有几项没办结"))[-1].text_key == "todo.ledger"
