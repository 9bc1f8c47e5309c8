"""The duties of meetings: several workers at once, a worker that dies, late ticks; the calendar file."""

import asyncio
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from sqlalchemy import func, select

from services.calendar.quiet_hours import QuietHours
from services.calendar.settings import QuietHoursSettings
from services.calendar.workdays import Workdays
from services.db import Database
from services.errors import AlreadyClosed, NotAllowed
from services.meetings.office import MeetingOffice
from services.meetings.rules.timetable import MeetingKind
from services.meetings.running.convening import Wish, convene_meeting
from services.meetings.running.rescheduling import cancel_meeting, move_meeting
from services.meetings.running.steps import post_due_steps
from services.meetings.settings import MeetingSettings
from services.meetings.standing.calendars import calendar_bytes
from services.meetings.standing.finding import list_steps
from services.models import Meeting, OutboxMessage
from services.tasks.settings import TaskSettings
from tests.cast import LIN, SECRETARIES, ZHOU, Cast, actor_of

ZONE = ZoneInfo("Asia/Shanghai")
WISH = Wish(MeetingKind.JOINT, date(2026, 12, 22), time(14, 30), "三楼会议室")


@pytest.fixture
def office(tmp_path: Path) -> MeetingOffice:
    hours = QuietHours(QuietHoursSettings(), Workdays(), ZONE)
    settings = MeetingSettings(files_dir=tmp_path / "meetings")
    return MeetingOffice(settings, TaskSettings(), hours, SECRETARIES, "示范市产教联合体")


@pytest.fixture
async def meeting(database: Database, cast: Cast, office: MeetingOffice, now: datetime) -> Meeting:
    async with database.transaction() as session:
        return await convene_meeting(session, office, await actor_of(session, LIN), WISH, now=now)


def local(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


async def count(database: Database, key: str) -> int:
    async with database.reading() as session:
        query = select(func.count()).where(OutboxMessage.text_key == f"meetings.step.{key}")
        return int(await session.scalar(query) or 0)


async def test_three_workers_at_once_write_each_message_once(
    database: Database, meeting: Meeting, office: MeetingOffice
) -> None:
    async def work() -> None:
        async with database.transaction() as session:
            await post_due_steps(session, office, now=local(12, 8, 9))

    await asyncio.gather(work(), work(), work())
    await work()
    assert await count(database, "notice") == 7


async def test_worker_that_dies_before_its_commit_leaves_nothing_and_the_next_one_does_it_all(
    database: Database, meeting: Meeting, office: MeetingOffice
) -> None:
    async def die() -> None:
        async with database.transaction() as session:
            await post_due_steps(session, office, now=local(12, 8, 9))
            raise KeyError("killed")

    with pytest.raises(KeyError):
        await die()
    assert await count(database, "notice") == 0
    async with database.transaction() as session:
        await post_due_steps(session, office, now=local(12, 8, 9, 5))
    assert await count(database, "notice") == 7


async def test_step_found_late_leaves_while_it_leads_somewhere_else_is_recorded_as_skipped(
    database: Database, meeting: Meeting, office: MeetingOffice
) -> None:
    async with database.transaction() as session:
        await post_due_steps(session, office, now=local(12, 16, 20))  # the assistant was away since November
        states = {step.key: step.state for step in await list_steps(session, meeting)}
        notices = list(
            await session.scalars(select(OutboxMessage).where(OutboxMessage.text_key == "meetings.step.notice"))
        )
    assert states["agenda_call"] == "skipped"
    assert states["materials_draft"] == "skipped"
    assert states["notice"] == "sent"
    assert {row.not_before for row in notices} == {local(12, 17, 8, 30)}
    assert states["meeting_eve"] == "planned"


async def test_calendar_entry_keeps_its_uid_and_grows_its_sequence(
    database: Database, meeting: Meeting, office: MeetingOffice, now: datetime
) -> None:
    def entry(stored: Meeting) -> tuple[str, str, int, datetime]:
        calendar = Calendar.from_ical(calendar_bytes(office, stored, "联席会议", now=now))
        (event,) = calendar.walk("VEVENT")
        return str(calendar["METHOD"]), str(event["UID"]), int(event["SEQUENCE"]), event.decoded("DTSTART")

    first = entry(meeting)
    async with database.transaction() as session:
        lin = await actor_of(session, LIN)
        later = Wish(MeetingKind.JOINT, date(2026, 12, 24), time(9), "")
        moved = (await move_meeting(session, office, lin, meeting.id, later, now=now)).meeting
        assert moved.place == "三楼会议室"
        second = entry(moved)
        third = entry(await cancel_meeting(session, office, lin, meeting.id, "场地检修", now=now))
    assert (first[0], second[0], third[0]) == ("PUBLISH", "PUBLISH", "CANCEL")
    assert first[1] == second[1] == third[1]
    assert (first[2], second[2], third[2]) == (0, 1, 2)
    assert first[3] == local(12, 22, 14, 30)
    assert second[3] == local(12, 24, 9)


async def test_moving_to_where_it_stands_changes_nothing(
    database: Database, meeting: Meeting, office: MeetingOffice, now: datetime
) -> None:
    async with database.transaction() as session:
        lin = await actor_of(session, LIN)
        with pytest.raises(AlreadyClosed):
            await move_meeting(session, office, lin, meeting.id, WISH, now=now)
        zhou = await actor_of(session, ZHOU)
        with pytest.raises(NotAllowed):
            await cancel_meeting(session, office, zhou, meeting.id, "", now=now)
