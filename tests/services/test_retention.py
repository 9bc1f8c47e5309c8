"""What people wrote leaves in time; what waits, and what can be counted, stays."""

from datetime import datetime, timedelta

from sqlalchemy import select

from services.db import Database
from services.errands import Work, promise
from services.inbox import Incoming, mark_done, receive_updates, take_heads
from services.models import AnswerRecord, OutboxMessage, Question
from services.outbox import Address, Note, Outcome, post, record_outcomes
from services.retention import forget_old
from services.settings import PrivacySettings
from tests.cast import ZHOU, Cast

KEEP = PrivacySettings(retention_days=90)


async def live_through(database: Database, cast: Cast, now: datetime) -> None:
    async with database.transaction() as session:
        await receive_updates(session, [Incoming(1, "chat:1", None, {"text": "我的话"})], now=now)
        heads = await take_heads(session, ["chat:1"])
        await mark_done(session, [heads["chat:1"].id], now=now)
        note = Note("ask.none", {"question": "我的话"})
        sent = await post(session, note, Address(1, person_id=cast.person(ZHOU)), now=now)
        await post(session, note, Address(2), now=now)
        await record_outcomes(session, [Outcome(sent or 0, "sent", message_id=5)], now=now)
        question = Question(person_id=cast.person(ZHOU), chat_id=1, text="我的话", access="public", asked_at=now)
        session.add(question)
        await session.flush()
        session.add(
            AnswerRecord(
                question_id=question.id, outcome="none", text="答", evidence=[], facts={"a": 1}, access="public",
                took_ms=1, answered_at=now,
            )
        )  # fmt: skip
        await promise(session, Work("answer", {"question_id": question.id}, 1), now=now)


async def test_nothing_young_is_forgotten(database: Database, cast: Cast, now: datetime) -> None:
    await live_through(database, cast, now)
    async with database.transaction() as session:
        assert not (await forget_old(session, now + timedelta(days=6), KEEP)).anything


async def test_words_go_and_counts_stay(database: Database, cast: Cast, now: datetime) -> None:
    await live_through(database, cast, now)
    async with database.transaction() as session:
        forgotten = await forget_old(session, now + timedelta(days=91), KEEP)
    assert (forgotten.updates, forgotten.messages, forgotten.questions, forgotten.errands) == (1, 1, 1, 0)
    async with database.reading() as session:
        questions = list(await session.scalars(select(Question)))
        answers = list(await session.scalars(select(AnswerRecord)))
        messages = {row.state: row for row in await session.scalars(select(OutboxMessage))}
    assert [(one.text, one.person_id) for one in questions] == [("", None)]
    assert [(one.outcome, one.text) for one in answers] == [("none", "")]
    assert (messages["sent"].values, messages["sent"].message_id) == ({}, 5)
    assert messages["new"].values == {"question": "我的话"}


async def test_forgetting_twice_finds_nothing(database: Database, cast: Cast, now: datetime) -> None:
    await live_through(database, cast, now)
    later = now + timedelta(days=91)
    async with database.transaction() as session:
        await forget_old(session, later, KEEP)
    async with database.transaction() as session:
        assert not (await forget_old(session, later, KEEP)).anything
