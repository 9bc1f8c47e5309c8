"""The timetable of check-ins: opened once, everybody written to as rehearsed, silent once submitted."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update

from jobs.checkins import checkin_duties
from jobs.timetable import do_all
from services.calendar.workdays import Workdays
from services.calendar.zones import local_day
from services.checkins.filling.drafting import Answers, save_answers
from services.checkins.filling.filing import file_draft
from services.checkins.form import State
from services.checkins.reading.understood import Item
from services.checkins.running.cycles import lock_due, open_cycle_for, open_due_cycle, remind_due
from services.checkins.standing.loading import load_sheet
from services.db import Database
from services.models import CheckinCycle, OutboxMessage, Person, Seat, Submission, Unit
from services.rehearsal import copy_for_rehearsal, read_planned
from tests.cast import HAILAN, ZHOU, Cast, actor_of
from tests.services.checkins.filings import IN_WINDOW, OCTOBER, make_office, open_season, submission_of

OFFICE = make_office()
START = datetime(2026, 9, 19, 16, 0, tzinfo=UTC)  # 20 September in Shanghai, a worked Sunday
END = datetime(2026, 10, 20, 16, 0, tzinfo=UTC)
HOURS = (7, 9, 10, 18)  # local


async def _twenty_units(database: Database) -> None:
    async with database.transaction() as session:
        for number in range(20):
            unit = Unit(name=f"第{number + 1:02d}示例企业", kind="enterprise", created_at=START)
            session.add(unit)
            await session.flush()
            for rank, role in enumerate(("liaison", "deputy", "leader")[: 1 + number % 3]):
                telegram_id = 50_000 + number * 10 + rank
                person = Person(telegram_id=telegram_id, name=f"{role}{number}", reachable=True, created_at=START)
                session.add(person)
                await session.flush()
                session.add(Seat(person_id=person.id, unit_id=unit.id, role=role, since=START))


async def _walk(database: Database, start: datetime = START, end: datetime = END) -> None:
    """Tick a few times a day, the sending hours' edges among them."""
    day = start
    while day < end:
        for hour in HOURS:
            await do_all(database, checkin_duties(OFFICE), day + timedelta(hours=hour))
        day += timedelta(days=1)


async def _posted(database: Database) -> list[tuple[str, datetime, int]]:
    async with database.reading() as session:
        rows = await session.scalars(select(OutboxMessage).where(OutboxMessage.business_key.startswith("checkin:")))
        return sorted((row.business_key or "", row.not_before, row.chat_id) for row in rows)


async def test_what_is_rehearsed_is_what_is_posted_once(database: Database, tmp_path: object) -> None:
    await _twenty_units(database)
    url = f"sqlite+aiosqlite:///{tmp_path}/rehearsal.db"
    await copy_for_rehearsal(database, url)
    copy = Database(url)
    await _walk(copy)
    async with copy.reading() as session:
        planned = sorted((one.why, one.at, one.chat_id) for one in await read_planned(session, START, END))
    await copy.dispose()
    await _walk(database)
    await _walk(database)
    posted = await _posted(database)
    assert posted == planned
    assert len(posted) == 60


async def test_three_workers_at_once_post_each_message_once(database: Database) -> None:
    await _twenty_units(database)
    for at in (datetime(2026, 9, 24, 1, 0, tzinfo=UTC), datetime(2026, 9, 30, 1, 0, tzinfo=UTC)):
        await asyncio.gather(*(do_all(database, checkin_duties(OFFICE), at) for _ in range(3)))
    posted = await _posted(database)
    assert Counter(Counter(key for key, _, _ in posted).values()) == {1: len(posted)}
    assert {key.rpartition(":")[2] for key, _, _ in posted} >= {"invite"}
    async with database.reading() as session:
        assert len(list(await session.scalars(select(CheckinCycle)))) == 1
        assert len(list(await session.scalars(select(Submission)))) == 20


async def test_over_the_national_holiday_nobody_hears_on_a_day_off_or_at_night(database: Database) -> None:
    await _twenty_units(database)
    await _walk(database)
    workdays = Workdays.from_file(None)
    posted = await _posted(database)
    for _, at, _ in posted:
        day = local_day(at, OFFICE.zone)
        assert workdays.is_workday(day)
        assert not workdays.is_makeup_day(day)
        assert 8 <= at.astimezone(OFFICE.zone).hour < 18
    days = {local_day(at, OFFICE.zone).isoformat() for _, at, _ in posted}
    assert days == {"2026-09-24", "2026-09-29", "2026-10-08"}


async def test_reminders_climb_from_liaison_to_deputy_to_leader(database: Database) -> None:
    await _twenty_units(database)
    await _walk(database)
    unit_with_three = [
        chat for key, _, chat in sorted(await _posted(database), key=lambda one: one[1]) if chat // 10 == 5002
    ]
    assert unit_with_three == [50_020, 50_021, 50_022]


async def test_submission_silences_within_one_tick(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await open_cycle_for(session, OFFICE, OCTOBER.next, now=datetime(2026, 11, 25, 1, tzinfo=UTC))
    async with database.transaction() as session:
        sheet = await load_sheet(session, OFFICE, await submission_of(session, cast.unit(HAILAN)))
        actor = await actor_of(session, ZHOU)
        answers = Answers({"interns_hosted": Item(None, State.NOT_COLLECTED)})
        taken = await save_answers(session, actor, sheet, answers, now=IN_WINDOW)
        await file_draft(session, actor, taken.sheet, now=IN_WINDOW)
    async with database.transaction() as session:
        await remind_due(session, OFFICE, now=datetime(2026, 12, 3, 1, tzinfo=UTC))
    keys = [key for key, _, _ in await _posted(database) if key.endswith("due-2")]
    assert keys
    assert f"checkin:2026-11:{cast.unit(HAILAN)}:due-2" not in keys


async def test_reminder_missed_at_night_waits_for_the_morning(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await open_cycle_for(session, OFFICE, OCTOBER.next, now=datetime(2026, 11, 25, 1, tzinfo=UTC))
    async with database.transaction() as session:
        await remind_due(session, OFFICE, now=datetime(2026, 12, 3, 15, tzinfo=UTC))
    at = {at for key, at, _ in await _posted(database) if key.endswith("due-2")}
    assert at == {datetime(2026, 12, 4, 0, 30, tzinfo=UTC)}


async def test_cycle_whose_moment_has_passed_is_not_opened(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        assert await open_due_cycle(session, OFFICE, now=datetime(2026, 11, 20, tzinfo=UTC)) is None
        opened = await open_due_cycle(session, OFFICE, now=datetime(2026, 11, 25, 2, tzinfo=UTC))
        assert opened is not None
        assert opened.period == "2026-11"


async def test_locked_month_is_closed_to_the_unit(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await open_season(session, OFFICE)
        await lock_due(session, OFFICE, now=datetime(2027, 2, 1, tzinfo=UTC))
    async with database.transaction() as session:
        sheet = await load_sheet(session, OFFICE, await submission_of(session, cast.unit(HAILAN)))
        assert sheet.submission.cycle.locked_at is not None


async def test_exempt_and_optional_units_are_never_reminded(database: Database, cast: Cast) -> None:
    async with database.transaction() as session:
        await open_cycle_for(session, OFFICE, OCTOBER.next, now=datetime(2026, 11, 25, 1, tzinfo=UTC), invite=False)
        await session.execute(update(Submission).where(Submission.unit_id == cast.unit(HAILAN)).values(state="exempt"))
    async with database.transaction() as session:
        await remind_due(session, OFFICE, now=datetime(2026, 12, 3, 1, tzinfo=UTC))
        optional = {one.unit_id for one in await session.scalars(select(Submission).where(Submission.optional))}
    reminded = {int(key.split(":")[2]) for key, _, _ in await _posted(database)}
    assert optional
    assert not reminded & (optional | {cast.unit(HAILAN)})
