"""What a filing costs the database, counted: it must not creep back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import event, select

from bot.channels import Keyboard, Target
from bot.receiving import Intake
from bot.sending import Sender
from bot.working import LaneWorkers
from services.db import Database
from services.models import CheckinEntry, InboxUpdate, OutboxMessage
from services.outbox import Pacing
from tests.cast import CHEN, Account, Cast
from tests.handlers.checkin_talk import OFFICE, talk_in
from tests.services.checkins.filings import IN_WINDOW, open_season
from tests.talk import BOT, Talk

WORDS = "在岗实习30人，录用技能人才12人，缺口3人，现金投入2.5万元，没有问题"
CARD_COSTS, RECEIPT_COSTS = 19, 23  # from the update's arrival to its messages recorded as sent


class Room:
    """A channel that remembers what came: (message id, text, keyboard)."""

    def __init__(self) -> None:
        self.messages: list[tuple[int, str, Keyboard]] = []

    async def send_text(self, to: Target, text: str, keyboard: Keyboard, *, is_html: bool = True) -> int:
        self.messages.append((len(self.messages) + 1, text, keyboard))
        return len(self.messages)

    async def edit_text(
        self, to: Target, message_id: int, text: str, keyboard: Keyboard, *, is_html: bool = True
    ) -> int:
        self.messages.append((message_id, text, keyboard))
        return message_id


class Idle:
    """Errands are nobody's business here."""

    def wake(self) -> None:
        """Nothing."""


class Line:
    """One person's updates through inbox, worker, dispatcher, outbox and channel, one after the other."""

    def __init__(self, database: Database, talk: Talk, who: Account, now: datetime) -> None:
        self.room, self._who, self._numbers = Room(), who, count(1)
        channels: Any = {"reply": self.room, "push": self.room}
        sender = Sender(database, channels, owner="me", pacing=Pacing(0, 0), clock=lambda: now)
        self._workers = LaneWorkers(database, talk._dispatcher, talk.bot, sender, Idle(), lambda: now)
        self._workers._updates.answer = self._answer  # type: ignore[method-assign]
        self._intake, self._now = Intake(database, lambda: now, self._workers.wake), now

    async def say(self, text: str) -> None:
        await self._happen({"message": self._message(next(self._numbers), self._person()) | {"text": text}})

    async def press(self, label: str) -> None:
        message_id, _, keyboard = self.room.messages[-1]
        data = next(data for row in keyboard for shown, data, _ in row if label in shown)
        message = self._message(message_id, BOT.model_dump(exclude_none=True)) | {"text": "…"}
        query = {"id": f"press-{next(self._numbers)}", "from": self._person(), "chat_instance": "1", "data": data}
        await self._happen({"callback_query": query | {"message": message}})

    async def _answer(self, toast: Any) -> None:
        """The press is answered over the chat, which costs no statement."""

    async def _happen(self, body: dict[str, Any]) -> None:
        await self._intake.store([{"update_id": next(self._numbers), **body}])
        await self._workers.drain()

    def _person(self) -> dict[str, Any]:
        return {
            "id": self._who.telegram_id,
            "is_bot": False,
            "first_name": self._who.name,
            "username": self._who.username,
        }

    def _message(self, message_id: int, sender: dict[str, Any]) -> dict[str, Any]:
        chat = {"id": self._who.telegram_id, "type": "private", "first_name": self._who.name}
        return {"message_id": message_id, "date": int(self._now.timestamp()), "from": sender, "chat": chat}


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """What the database is told meanwhile, without the driver's own BEGIN and COMMIT."""
    told: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith("BEGIN"):
            told.append(" ".join(statement.split()))

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    try:
        yield told
    finally:
        event.remove(database.engine.sync_engine, "before_cursor_execute", note)


async def test_a_filing_costs_no_more_statements_than_it_needs(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await open_season(session, OFFICE)
    line = Line(database, talk_in(database), CHEN, IN_WINDOW)
    await line.say("/cancel")  # the person is met and the bot's own name known
    with statements(database) as for_card:
        await line.say(WORDS)
    with statements(database) as for_question:
        await line.press("提交")
    with statements(database) as for_receipt:
        await line.press("照样提交")
    assert "已提交" in line.room.messages[-1][1]
    assert len(for_card) <= CARD_COSTS, "\n".join(for_card)
    assert len(for_question) < len(for_receipt) <= RECEIPT_COSTS, "\n".join(for_receipt)
    for told in (for_card, for_receipt):
        for once in ("people", "dialogues", "submissions", "demand_posts"):
            assert sum(f"FROM {once}" in one and one.startswith("SELECT") for one in told) <= 1, "\n".join(told)
    async with database.reading() as session:
        layers = set(await session.scalars(select(CheckinEntry.layer)))
        states = {
            *await session.scalars(select(InboxUpdate.state)),
            *await session.scalars(select(OutboxMessage.state)),
        }
    assert (layers, states) == ({"filed"}, {"done", "sent"})
