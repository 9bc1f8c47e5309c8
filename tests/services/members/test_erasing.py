"""Erasing: nothing that identifies the person stays anywhere, not even on the disk."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import String, cast, select

from services import audit
from services.db import Database
from services.dialogues import save_dialogue
from services.errands import Work, promise
from services.errors import NotFound
from services.inbox import Incoming, receive_updates
from services.members.erasers import ERASERS
from services.members.erasing import erase_person, find_person
from services.models import (
    AnswerRecord,
    Attendance,
    Base,
    Feedback,
    InboxUpdate,
    Meeting,
    OutboxMessage,
    Person,
    Question,
    Seat,
)
from services.models.tickets import Ticket
from services.outbox import Address, Note, post
from tests.cast import CHEN, GROUP_ID, LIN, XINGHE, ZHOU, Cast

SECRET = "我想问一个很私人的问题"


async def leave_traces(database: Database, cast: Cast, now: datetime) -> None:
    """Everything a person leaves behind in a working life with the bot."""
    me, group = {"id": ZHOU.telegram_id, "first_name": ZHOU.name}, {"id": GROUP_ID}
    said = {"message_id": 1, "from": me, "chat": group, "text": SECRET}
    quoted = {"message_id": 2, "from": {"id": CHEN.telegram_id}, "chat": group, "reply_to_message": said}
    async with database.transaction() as session:
        incoming = [
            Incoming(1, f"chat:{ZHOU.telegram_id}", f"message:{ZHOU.telegram_id}:1", {"message": said}),
            Incoming(2, f"chat:{GROUP_ID}", None, {"message": said}),
            Incoming(3, f"chat:{GROUP_ID}", None, {"message": quoted}),
            Incoming(4, f"chat:{GROUP_ID}", None, {"callback_query": {"id": "1", "from": me}}),
        ]
        await receive_updates(session, incoming, now=now)
        (await session.scalars(select(InboxUpdate).where(InboxUpdate.update_id == 3))).one().state = "quarantined"
        person_id = cast.person(ZHOU)
        place = {"chat_id": ZHOU.telegram_id, "access": "members", "asked_at": now}
        question = Question(person_id=person_id, text=SECRET, **place)
        session.add(question)
        await session.flush()
        facts = {"question": SECRET}
        answer = AnswerRecord(question_id=question.id, outcome="answered", text=SECRET, evidence=[], facts=facts)
        answer.access, answer.took_ms, answer.answered_at = "members", 1, now
        session.add(answer)
        await session.flush()
        session.add(Feedback(answer_id=answer.id, person_id=person_id, helpful=True, given_at=now))
        ticket = Ticket(asker_id=person_id, chat_id=ZHOU.telegram_id, text=SECRET, file={"name": SECRET}, standard={})
        ticket.access = ticket.heard = "members"
        ticket.created_at = ticket.due_at = now
        session.add(ticket)
        to_me, to_lin = Address(ZHOU.telegram_id), Address(LIN.telegram_id)
        await post(
            session, Note("ask.failed", {"question": SECRET}), to_me, now=now, business_key=f"x:{ZHOU.telegram_id}:1"
        )
        await post(session, Note("members.ended", {"name": ZHOU.name, "who": ZHOU.telegram_id}), to_lin, now=now)
        await save_dialogue(session, f"{GROUP_ID}:0:{ZHOU.telegram_id}", now=now, state="x", data={"text": SECRET})
        work = Work("answer", {"person_id": person_id, "text": SECRET}, GROUP_ID)
        await promise(session, work, now=now, business_key=f"errand:{ZHOU.telegram_id}")
        meeting = Meeting(kind="joint", period="2026Q4", meeting_on=now.date(), starts_at=now, uid="m", created_at=now)
        session.add(meeting)
        await session.flush()
        replied = {"rsvp": "absent", "reason": SECRET, "answered_by": person_id}
        session.add(Attendance(meeting_id=meeting.id, unit_id=cast.unit(XINGHE), **replied))
        audit.record(session, "test", "person", person_id, by=person_id, now=now, name=ZHOU.name, tg=ZHOU.telegram_id)


async def erase(database: Database, now: datetime) -> dict[str, int]:
    async with database.transaction() as session:
        person = await find_person(session, f"@{ZHOU.username}")
        return (await erase_person(session, person, by=None, now=now)).touched


async def test_no_table_holds_the_person_any_more(database: Database, cast: Cast, now: datetime) -> None:
    await leave_traces(database, cast, now)
    touched = await erase(database, now)
    assert all(touched.values()), touched
    marks = [ZHOU.name, ZHOU.username, SECRET, str(ZHOU.telegram_id)]
    marks += [json.dumps(mark)[1:-1] for mark in marks[:3]]
    async with database.reading() as session:
        for table in Base.metadata.sorted_tables:
            for row in await session.execute(select(*(cast_text(column) for column in table.columns))):
                held = [mark for mark in marks if any(mark in (value or "") for value in row)]
                assert not held, (table.name, held)
        person = await session.get_one(Person, cast.person(ZHOU))
        assert (person.telegram_id, person.name, person.erased_at) == (None, "", now)
        open_seats = await session.scalars(select(Seat).where(Seat.person_id == person.id, Seat.until.is_(None)))
        assert list(open_seats) == []
        states = {row.chat_id: row.state for row in await session.scalars(select(OutboxMessage))}
        assert states == {0: "dead", LIN.telegram_id: "new"}


def cast_text(column: object) -> object:
    return cast(column, String)  # type: ignore[arg-type]


async def test_other_people_are_left_alone(database: Database, cast: Cast, now: datetime) -> None:
    await leave_traces(database, cast, now)
    await erase(database, now)
    async with database.reading() as session:
        chen = await find_person(session, str(CHEN.telegram_id))
        assert (chen.name, chen.reachable) == (CHEN.name, True)
        with pytest.raises(NotFound):
            await find_person(session, f"@{ZHOU.username}")
        again = await find_person(session, f"#{cast.person(ZHOU)}")
    async with database.transaction() as session:
        touched = (await erase_person(session, again, by=None, now=now)).touched
    assert touched["questions"] == touched["outbox"] == touched["inbox"] == 0


async def test_the_disk_of_an_embedded_database_forgets_too(database: Database, cast: Cast, now: datetime) -> None:
    if not database.is_sqlite:
        pytest.skip("PostgreSQL frees old row versions by autovacuum")
    await leave_traces(database, cast, now)
    file = Path(str(database.url.database))

    def on_disk() -> bytes:
        return b"".join(path.read_bytes() for path in file.parent.glob(f"{file.name}*"))

    assert SECRET.encode() in on_disk()
    await erase(database, now)
    await database.scrub()
    await database.dispose()
    for mark in (SECRET, ZHOU.name, ZHOU.username):
        assert mark.encode() not in on_disk(), mark


def test_every_table_that_points_at_people_is_some_erasers_business() -> None:
    known = {table for eraser in ERASERS for table in (*eraser.tables, *eraser.keeps)}
    pointing = {
        table.name
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.name in ("person_id", "telegram_id", "chat_id")
        or any(key.column.table.name == "people" for key in column.foreign_keys)
    }
    assert pointing - known == set()
