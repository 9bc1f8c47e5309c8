"""The register sent as a file to the bot."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.registering import Registering
from bot.rendering import render
from handlers.library import kb
from handlers.members import register
from services.db import Database
from services.models import Errand, OutboxMessage, Unit
from tests.cast import LIN, ZHOU, Cast
from tests.talk import Talk, router_of

DOCUMENT = {"file_id": "F1", "file_unique_id": "U1", "file_name": "名册.csv", "file_size": 200}


class Brings:
    """A fetch that brings given bytes."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    async def __call__(self, file_id: str, to: Path) -> None:
        to.write_bytes(self.content)


async def _work(database: Database, talk: Talk, content: bytes, now: datetime) -> str:
    assert [errand.kind for errand in talk.works] == ["import_register"]
    await Registering(database, Brings(content), clock=lambda: now)(talk.works[0])
    async with database.reading() as session:
        row = await session.scalar(
            select(OutboxMessage).where(OutboxMessage.business_key == f"register:{talk.works[0].id}")
        )
        assert row is not None
        errand = await session.get(Errand, talk.works[0].id)
        assert errand is not None
        assert errand.state == "done"
        return "\n".join(render(row).parts)


@pytest.fixture
def talk(database: Database, cast: Cast, now: datetime) -> Talk:
    return Talk(database, [router_of(register)], now)


async def test_the_secretariat_updates_the_register_by_a_file(database: Database, talk: Talk, now: datetime) -> None:
    said = await talk.say(LIN, document=DOCUMENT, caption="成员名册")
    assert "名册.csv" in said[0].text
    told = await _work(database, talk, "单位,类型\n云岭学校,学校\n某厂,工厂\n".encode(), now)
    assert "新增 1 家" in told
    assert "第 3 行" in told
    async with database.reading() as session:
        assert await session.scalar(select(Unit.kind).where(Unit.name == "云岭学校")) == "school"


async def test_a_file_that_is_no_register_is_refused_in_words(database: Database, talk: Talk, now: datetime) -> None:
    await talk.say(LIN, document=DOCUMENT, caption="成员名册")
    assert "表头" in await _work(database, talk, b"a,b\n1,2\n", now)


async def test_a_liaison_cannot_send_a_register(database: Database, talk: Talk) -> None:
    await talk.say(ZHOU, document=DOCUMENT, caption="成员名册")
    assert talk.works == []


def test_the_register_is_asked_before_the_library() -> None:
    """Both take documents of the secretariat; `bot/conversations.py` keeps this order."""
    from bot.conversations import all_routers
    from bot.settings import Settings

    names = [router.name for router in all_routers(Settings())]
    assert names.index(register.router().name) < names.index(kb.router().name)
