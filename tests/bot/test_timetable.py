"""`lianluo timetable` for 20 September to 20 October 2026 (中秋, 国庆, 补班), and `lianluo tick` through those days:
what was shown is what stands in people's chats, once."""

from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from services.models import CheckinCycle, OutboxMessage, Submission
from tests.bot.days import shown, strike, town_at, walk, who, without_files
from tests.bot.town import (
    BLOCKED,
    BLOCKS_LATER,
    COMING,
    EARLY,
    EXEMPT,
    LATE,
    NEVER_STARTED,
    SNOOZED,
    UNITS,
    Heard,
    Town,
    account,
    local,
)
from tests.cast import GROUP_ID, LIN


def happenings(town: Town, meeting_id: int) -> list[tuple[datetime, Callable[[], Awaitable[None]]]]:
    """What people do meanwhile, and when."""
    monday, friday = local(9, 28, 11), local(10, 9, 11)

    async def on_monday() -> None:
        for number in EARLY:
            await town.submit(number, monday)
        await town.exempt(EXEMPT, monday)
        await town.snooze(SNOOZED, local(10, 8, 9))
        await town.block(BLOCKS_LATER)

    async def on_friday() -> None:
        await town.submit(LATE, friday)
        await town.accept(meeting_id, COMING, friday)

    async def at_the_end() -> None:
        """The range is over."""

    return [(monday, on_monday), (friday, on_friday), (local(10, 20, 23), at_the_end)]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_is_shown_is_what_arrives_once(
    tmp_path: Path, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    async with town_at(tmp_path, database_url) as (town, moment):
        meeting_id = await town.convene(local(10, 20).date(), moment.now)
        heard: Heard = []
        for at, happen in happenings(town, meeting_id):
            planned = await shown(town, capsys, moment.now, at)
            await walk(town, moment, at)
            arrived = await town.received()
            assert without_files((Counter(arrived) - Counter(heard)).elements()) == planned
            heard = arrived
            await happen()
    assert who(heard, "checkins.opened_group") == {local(9, 24): [GROUP_ID]}
    liaisons = {number: account(number) for number in UNITS if number != NEVER_STARTED}
    invited = {**liaisons, BLOCKED: account(BLOCKED, "deputy")}
    assert who(heard, "checkins.invite") == {local(9, 24): sorted(invited.values())}
    done = {*EARLY, EXEMPT, NEVER_STARTED}
    second = {number: account(number, "deputy" if number % 3 else "liaison") for number in UNITS}
    third = {number: account(number, ("liaison", "deputy", "leader")[number % 3]) for number in UNITS}
    assert who(heard, "checkins.remind") == {
        local(9, 29): sorted(who for number, who in second.items() if number not in done | {SNOOZED}),
        local(10, 8, 10): sorted(who for number, who in third.items() if number not in done),
    }
    assert who(heard, "digests.summary") == {local(10, 12, 8, 30): [LIN.telegram_id] * 2}  # the month and the quarter
    speakers = {**invited, BLOCKS_LATER: account(BLOCKS_LATER, "deputy")}
    assert who(heard, "meetings.step.agenda_call") == {local(9, 22): sorted(invited.values())}
    assert who(heard, "meetings.step.notice") == {local(9, 30): sorted(speakers.values())}
    assert who(heard, "meetings.step.meeting_eve") == {local(10, 19): sorted(account(number) for number in COMING)}
    assert max(Counter(one for one in heard if one[2] == "meeting.ics").values()) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_three_processes_and_a_kill_repeat_only_what_was_on_its_way(
    tmp_path: Path, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    opens, held = local(9, 24), account(9)
    async with town_at(tmp_path, database_url) as (town, moment):
        planned = await shown(town, capsys, moment.now, opens)
        under_way = await strike(town, moment, opens, held=held)
        await walk(town, moment, opens + timedelta(hours=1))
        heard = await town.received()
        async with town.database.reading() as session:
            cycles = await session.scalar(select(func.count()).select_from(CheckinCycle))
            submissions = await session.scalar(select(func.count()).select_from(Submission))
            unsent = await session.scalar(select(func.count()).where(OutboxMessage.state != "sent"))
    first = {(chat_id, key): at for chat_id, at, key in reversed(heard)}
    assert sorted((chat_id, at, key) for (chat_id, key), at in first.items()) == planned
    repeats = Counter((chat_id, key) for chat_id, _, key in heard) - Counter(list(first))
    assert repeats[held, "checkins.invite"] == 1
    assert set(repeats.values()) == {1}
    assert sum(repeats.values()) <= under_way
    assert (cycles, submissions, unsent) == (1, len(UNITS), 0)
