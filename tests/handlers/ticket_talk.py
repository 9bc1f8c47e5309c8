"""The whole conversation about questions, with the errands that it promises, and two secretaries."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.answering import Answering
from bot.handing import Handing
from bot.importing import IndexSync
from bot.keeping import IndexKeeper
from bot.removing import Removing
from bot.trying import Trying
from handlers import trials
from handlers.library import kb, looks, scope
from handlers.library import originals as originals_in_chat
from handlers.members import joining
from handlers.questions import ask, reading
from handlers.tickets import answering
from knowledge.documents.reading import read_text
from knowledge.settings import KnowledgeSettings
from services.db import Database
from services.library.originals import Originals
from services.library.shelving import Shelf, shelve
from services.models import AuditEntry, Errand, Person, Ticket
from services.tickets.desk import Desk
from tests.cast import LIN, Account, Cast
from tests.talk import BOT, Said, Talk, router_of

WU = Account(1002, "吴秘书", "wu_secretary")
OFFICE_ID = -1002000000009
QUESTION = "设备共享平台什么时候上线"


class Room:
    """The whole conversation with the errands that it promises. `ours`: the name of the consortium, when it has one."""

    ours = ""

    def __init__(
        self, database: Database, keeper: IndexKeeper, desk: Desk, now: datetime, originals: Originals | None = None
    ) -> None:
        self.database, self.keeper, self.desk = database, keeper, desk
        self.originals = originals or Originals(Path("nowhere"))
        routers = [router_of(reading), router_of(joining), router_of(answering), router_of(trials), router_of(scope)]
        routers += [router_of(looks), router_of(originals_in_chat), router_of(kb), router_of(ask)]
        self.talk = Talk(database, routers, now, {"desk": desk}, secretaries=desk.secretaries)

    async def say(self, who: Account, text: str, **more: Any) -> list[Said]:
        return await self.talk.say(who, text, **more) + await self.work()

    async def press(self, who: Account, label: str, **more: Any) -> list[Said]:
        return await self.talk.press(who, label, **more) + await self.work()

    async def reply(self, who: Account, to: Said, text: str) -> list[Said]:
        replied = {"message_id": to.message_id, "date": 0, "chat": {"id": to.chat_id, "type": "private"}}
        replied |= {"from": BOT.model_dump(exclude_none=True), "text": "…"}
        return await self.say(who, text, chat=to.chat_id, reply_to_message=replied)

    async def work(self) -> list[Said]:
        async def still(chat_id: int, thread_id: int | None) -> None:
            return None

        workers: dict[str, Any] = {
            "run_trials": Trying(
                self.database, self.keeper, self.desk, clock=lambda: self.talk.now, zone=self.desk.zone
            ),
            "remove_document": Removing(self.database, clock=lambda: self.talk.now, originals=self.originals),
            "hand_document": Handing(
                self.database, self.originals, secretaries=self.desk.secretaries, clock=lambda: self.talk.now
            ),
            "sync_index": IndexSync(self.database, self.keeper, clock=lambda: self.talk.now),
            "answer": Answering(
                self.database,
                self.keeper,
                clock=lambda: self.talk.now,
                zone=self.desk.zone,
                secretaries=self.desk.secretaries,
                typing=still,
                ours=self.ours,
            ),
        }
        heard: list[Said] = []
        while True:
            async with self.database.reading() as session:
                due = list(await session.scalars(select(Errand).where(Errand.state == "new").order_by(Errand.id)))
            if not due:
                return heard
            for errand in due:
                await workers[errand.kind](errand)
                heard += await self.talk.listen()

    async def shelve(self, name: str, text: str, access: str, collection: str = "", original: str = "") -> int:
        async with self.database.transaction() as session:
            shelf = Shelf(access, collection, original=original)
            shelved = await shelve(session, read_text(name, "", text), shelf, now=self.talk.now)
        await self.keeper.sync()
        return shelved.document_id

    async def ticket(self, number: int = 1) -> Ticket:
        async with self.database.reading() as session:
            found = await session.get(Ticket, number)
            assert found is not None
            return found

    async def acts(self) -> list[str]:
        async with self.database.reading() as session:
            found = await session.scalars(
                select(AuditEntry.act).where(AuditEntry.subject == "ticket").order_by(AuditEntry.id)
            )
            return list(found)


def to(said: list[Said], who: Account) -> list[Said]:
    """What one person heard in private."""
    return [one for one in said if one.chat_id == who.telegram_id]


@pytest.fixture
async def room(database: Database, cast: Cast, now: datetime, tmp_path: Path) -> AsyncIterator[Room]:
    async with database.transaction() as session:
        session.add(Person(telegram_id=WU.telegram_id, name=WU.name, reachable=True, created_at=now))
    keeper = IndexKeeper(database, KnowledgeSettings(dir=tmp_path / "index"))
    await keeper.open(warm=False)
    desk, kept = Desk(frozenset({LIN.telegram_id, WU.telegram_id})), Originals(tmp_path / "originals")
    yield Room(database, keeper, desk, now, kept)
    await keeper.close()


@pytest.fixture
async def lone(room: Room) -> Room:
    """A secretariat of one."""
    return Room(room.database, room.keeper, replace(room.desk, secretaries=frozenset({LIN.telegram_id})), room.talk.now)
