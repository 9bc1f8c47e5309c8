"""A model's proposal in the chat: offered after the card, taken by a press, silent when the model fails."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.proposing import Proposing
from knowledge.models import EndpointModel
from services.db import Database
from tests.cast import SECRETARIES, XINGHE, ZHOU, Cast
from tests.handlers.checkin_talk import OFFICE, season, talk_in
from tests.knowledge.endpoint import Endpoint, running
from tests.services.checkins.filings import IN_WINDOW, figures_of
from tests.talk import Said, Talk

WORDS = "在校生5241，夜校那边来了230人次"
GOOD = '[{"key": "training_person_times", "value": 230, "quote": "夜校那边来了230人次"}]'


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with running() as served:
        yield served


class Model:
    """A conversation with a worker beside it that asks an endpoint on loopback."""

    def __init__(self, database: Database, endpoint: Endpoint, *, limit_s: float = 20.0) -> None:
        self.talk = talk_in(database, office=replace(OFFICE, has_proposer=True))
        asked = EndpointModel(endpoint.url, "", "m", limit_s=limit_s)
        self.clock = IN_WINDOW
        self.worker = Proposing(
            database,
            OFFICE,
            lambda prompt: asked.complete("", prompt),
            secretaries=SECRETARIES,
            clock=lambda: self.clock,
        )

    async def say(self, words: str) -> list[Said]:
        """What the bot says, and what it says once the model has been asked."""
        said = await self.talk.say(ZHOU, words)
        for errand in [one for one in self.talk.works if one.kind == "checkin_propose"]:
            await self.worker(errand)
        return [*said, *await self.talk.listen()]


async def figures(database: Database, cast: Cast) -> dict[str, object]:
    async with database.reading() as session:
        return dict(await figures_of(session, cast.unit(XINGHE), "draft"))


async def test_a_proposal_is_marked_and_taken_only_by_a_press(
    database: Database, cast: Cast, endpoint: Endpoint
) -> None:
    await season(database, cast, XINGHE)
    model, endpoint.reply = Model(database, endpoint), GOOD
    card, offer = await model.say(WORDS)
    assert "5,241" in card.text
    assert "模型建议" in offer.text
    assert "草拟" in offer.text
    assert "夜校那边来了230人次" in offer.text
    assert "training_person_times" not in await figures(database, cast)
    assert "5241" not in endpoint.prompt()  # what the rules have read is not sent
    (card,) = await model.talk.press(ZHOU, "记入草稿")
    assert "230" in card.text
    assert (await figures(database, cast))["training_person_times"] == "230"


async def test_a_no_stores_nothing(database: Database, cast: Cast, endpoint: Endpoint) -> None:
    await season(database, cast, XINGHE)
    model, endpoint.reply = Model(database, endpoint), GOOD
    await model.say(WORDS)
    await model.talk.press(ZHOU, "不是这样")
    assert "training_person_times" not in await figures(database, cast)


async def test_an_answer_given_meanwhile_is_not_overwritten(database: Database, cast: Cast, endpoint: Endpoint) -> None:
    await season(database, cast, XINGHE)
    model, endpoint.reply = Model(database, endpoint), GOOD
    *_, offer = await model.say(WORDS)
    await model.talk.say(ZHOU, "培训245人次")
    await model.talk.press(ZHOU, "记入草稿", on=offer)
    assert (await figures(database, cast))["training_person_times"] == "245"


@pytest.mark.parametrize(
    ("temper", "reply"),
    [
        ("down", ""),
        ("garbage", ""),
        ("endless", ""),
        ("tools", ""),
        ("honest", "好的，培训是230人次。"),
        ("honest", GOOD.replace("230, ", "320, ")),
        ("honest", GOOD.replace("training_person_times", "interns_on_post")),
    ],
)
async def test_a_model_that_fails_or_lies_is_not_heard(
    database: Database, cast: Cast, endpoint: Endpoint, temper: str, reply: str
) -> None:
    await season(database, cast, XINGHE)
    model = Model(database, endpoint, limit_s=1.0 if temper == "endless" else 20.0)
    endpoint.temper, endpoint.reply = temper, reply
    (card,) = await model.say(WORDS)
    assert "模型" not in card.text
    assert "training_person_times" not in await figures(database, cast)


async def test_a_proposal_that_comes_too_late_is_not_made(database: Database, cast: Cast, endpoint: Endpoint) -> None:
    await season(database, cast, XINGHE)
    model, endpoint.reply = Model(database, endpoint), GOOD
    model.clock = IN_WINDOW + timedelta(minutes=10)
    (card,) = await model.say(WORDS)
    assert "5,241" in card.text
    assert endpoint.requests == []


async def test_without_a_model_nothing_is_promised(database: Database, cast: Cast) -> None:
    await season(database, cast, XINGHE)
    talk: Talk = talk_in(database)
    await talk.say(ZHOU, WORDS)
    assert [one.kind for one in talk.works] == []
