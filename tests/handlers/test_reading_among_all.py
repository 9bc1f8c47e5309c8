"""Reading and having documents among all conversations of the running bot, with a check-in being filled in."""

import pytest

from knowledge.documents.reading import read_text
from services.db import Database
from services.library.shelving import Shelf, shelve
from tests.cast import LIN, ZHOU
from tests.handlers.test_orders import talk
from tests.talk import Talk

__all__ = ["talk"]


@pytest.fixture
async def stocked(talk: Talk, database: Database) -> Talk:
    """A library of two documents."""
    async with database.transaction() as session:
        for title in ("器材共用办法", "场地开放办法"):
            await shelve(session, read_text(f"{title}.txt", "", f"{title}\n\n第一条 试行。"), Shelf(), now=talk.now)
    return talk


@pytest.mark.parametrize(
    "words", ["把器材共用办法发我", "器材共用办法全文", "有没有场地开放办法的原件", "场地开放办法的电子版发我"]
)
@pytest.mark.parametrize("is_filling", [False, True])
async def test_a_document_is_handed_to_whoever_asks_also_while_filling(
    stocked: Talk, words: str, is_filling: bool
) -> None:
    if is_filling:
        await stocked.say(ZHOU, "在岗实习741")
    said = await stocked.say(ZHOU, words)
    assert ([one.text_key for one in said], [one.kind for one in stocked.works]) == ([], ["hand_document"])
    await stocked.say(LIN, words)
    assert [one.kind for one in stocked.works] == ["hand_document"]


@pytest.mark.parametrize("words", ["看原文", "查看原文", "原文呢"])
async def test_the_words_of_reading_are_read_while_filling_too(stocked: Talk, words: str) -> None:
    await stocked.say(ZHOU, "在岗实习741")
    (said,) = await stocked.say(ZHOU, words)
    assert said.text_key == "ask.passage_none"


@pytest.mark.parametrize(
    "words",
    [
        "把10月台账发我",
        "发我月报模板",
        "把会议纪要发我",
        "出10月简报",
        "名册发我一份",
        "催一下没交的",
        "把议定事项发我看看",
    ],
)
async def test_papers_of_other_rooms_stay_theirs(stocked: Talk, words: str) -> None:
    said = await stocked.say(LIN, words)
    assert not [one for one in said if one.text_key.startswith("kb.original")]
    assert [one.kind for one in stocked.works if one.kind == "hand_document"] == []
