"""Messages that are on their way at the same time."""

import asyncio
from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.channels import Target
from bot.sending import Sender
from services.db import Database
from services.models import OutboxMessage
from services.outbox import Address, Note, Pacing, post


class Slow:
    """A channel that keeps the first message until the second has left."""

    def __init__(self) -> None:
        self.second_left = asyncio.Event()

    async def send_text(self, to: Target, text: str, keyboard: Any, *, is_html: bool = True) -> int:
        if to.chat_id == 1:
            await self.second_left.wait()
        return 100 + to.chat_id


async def test_an_outcome_that_arrives_while_another_is_recorded_is_kept(database: Database, now: datetime) -> None:
    channel = Slow()
    channels: Any = {"push": channel}
    sender = Sender(database, channels, owner="me", pacing=Pacing(0, 0), clock=lambda: now)
    async with database.transaction() as session:
        for chat_id in (1, 2):
            await post(session, Note("basics.cancelled"), Address(chat_id), now=now)
    first, second = await sender._claim(2)
    waiting = asyncio.create_task(sender.deliver(first))
    await asyncio.sleep(0)  # it is on its way
    await sender.deliver(second)
    channel.second_left.set()
    await waiting
    async with database.reading() as session:
        rows = await session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))
        assert [(row.state, row.message_id) for row in rows] == [("sent", 101), ("sent", 102)]


class Interrupted(Sender):
    """A sender that is told to stop just when it has leased messages."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.leased, self.told = asyncio.Event(), asyncio.Event()

    async def _claim(self, limit: int) -> list[OutboxMessage]:
        rows = await super()._claim(limit)
        self.leased.set()
        await self.told.wait()
        return rows


async def test_what_was_leased_when_the_stop_came_still_leaves(database: Database, now: datetime) -> None:
    channel = Slow()
    channel.second_left.set()
    channels: Any = {"push": channel}
    sender = Interrupted(database, channels, owner="me", pacing=Pacing(0, 0), clock=lambda: now)
    async with database.transaction() as session:
        await post(session, Note("basics.cancelled"), Address(2), now=now)
    running = asyncio.create_task(sender.run())
    await sender.leased.wait()
    running.cancel()
    await asyncio.sleep(0)
    sender.told.set()
    await asyncio.wait([running])
    await sender.stop()
    async with database.reading() as session:
        assert [row.state for row in await session.scalars(select(OutboxMessage))] == ["sent"]
