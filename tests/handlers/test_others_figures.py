"""Figures of others: told where a document of the library tells them, refused where only their reports do."""

import pytest
from sqlalchemy import select

from bot.settings import Settings
from handlers.digests import digest
from handlers.questions import ask
from services.checkins.office import open_office
from services.digests.issuing.press import Press, open_digest_office
from services.models import Question
from tests.cast import ZHOU
from tests.handlers.ticket_talk import Room, room
from tests.talk import Talk

__all__ = ["room"]
BULLETIN = "就业质量公报\n\n2026年，海岚化工在岗实习学生86人，全市各企业在岗实习学生共412人。"


@pytest.fixture
def asking(room: Room) -> Room:
    """Figures and questions, with the worker that answers."""
    settings = Settings()
    office = open_office("Asia/Shanghai", settings.checkins, settings.quiet_hours, settings.holidays)
    press = Press(room.database, open_digest_office(settings.consortium, settings.digests, settings.tasks, office))
    room.talk = Talk(room.database, [digest.router(), ask.router()], room.talk.now, {"press": press, "desk": room.desk})
    return room


@pytest.mark.parametrize("words", ["海岚化工2026年在岗实习学生多少人", "全市2026年在岗实习学生一共多少人"])
async def test_a_document_tells_what_it_holds(asking: Room, words: str) -> None:
    await asking.shelve("公报.txt", BULLETIN, "public")
    (answer,) = await asking.say(ZHOU, words)
    assert answer.text_key == "ask.answer"
    assert "就业质量公报" in answer.text


@pytest.mark.parametrize("words", ["海岚化工2025年在岗实习学生多少人", "各校今年双师比例多少"])
async def test_what_only_reports_hold_is_refused_and_is_no_gap_of_the_library(asking: Room, words: str) -> None:
    await asking.shelve("公报.txt", BULLETIN, "public")
    (said,) = await asking.say(ZHOU, words)
    assert said.text_key == "digests.not_your_unit"
    async with asking.database.reading() as session:
        assert list(await session.scalars(select(Question.state))) == ["withdrawn"]
