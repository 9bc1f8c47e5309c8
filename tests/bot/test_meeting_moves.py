"""A joint meeting that moves twice after the notices went out: what each person received, and nothing stale."""

from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from services.models import Meeting, MeetingStep, OutboxMessage
from tests.bot.days import strike, town_at, walk, who
from tests.bot.town import BLOCKED, COMING, NEVER_STARTED, UNITS, Heard, Town, account, local
from tests.cast import LIN

SET, MOVED, MOVED_AGAIN = date(2026, 10, 20), date(2026, 10, 27), date(2026, 10, 22)
FIRST_MOVE, SECOND_MOVE = local(10, 8, 11), local(10, 13, 15)
LIAISONS = {number: account(number) for number in UNITS if number != NEVER_STARTED}
SPEAKERS = sorted({**LIAISONS, BLOCKED: account(BLOCKED, "deputy")}.values())
BUREAUS = [account(17), account(18)]
ACCEPTED = [account(number) for number in COMING]
STEP = "meetings.step."
MEETING_TIMES = ("09:00", "14:30", "16:00")  # when something of a meeting may fall due


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_each_hears_once_of_each_move_and_of_no_date_that_is_no_more(tmp_path: Path, database_url: str) -> None:
    async with town_at(tmp_path, database_url) as (town, moment):
        meeting_id = await town.convene(SET, moment.now)
        await walk(town, moment, FIRST_MOVE, ("08:30", *MEETING_TIMES))  # nothing is due before hours
        await town.accept(meeting_id, COMING, FIRST_MOVE)
        await town.move(meeting_id, MOVED, FIRST_MOVE)
        await walk(town, moment, SECOND_MOVE, MEETING_TIMES)
        await town.move(meeting_id, MOVED_AGAIN, SECOND_MOVE)
        await walk(town, moment, local(10, 22, 23), MEETING_TIMES)
        heard = [one for one in await town.received() if one[2].startswith("meetings.")]
        said = words_after(town, FIRST_MOVE)
    assert {key: who(heard, key) for key in {key for _, _, key in heard}} == {
        f"{STEP}agenda_call": {local(9, 22): SPEAKERS},
        f"{STEP}review_open": {local(9, 28): BUREAUS},
        f"{STEP}notice": {local(9, 30): SPEAKERS},
        "meetings.moved": {local(10, 8, 14, 30): SPEAKERS, local(10, 13, 16): SPEAKERS},
        f"{STEP}agenda_review": {local(10, 13, 16): [LIN.telegram_id]},
        f"{STEP}materials_draft": {local(10, 13, 16): BUREAUS},
        f"{STEP}pre_meeting": {local(10, 15): SPEAKERS},
        f"{STEP}materials_final": {local(10, 19): sorted({*SPEAKERS} - {*ACCEPTED})},
        f"{STEP}missing_list": {local(10, 19, 16): [LIN.telegram_id]},
        f"{STEP}meeting_eve": {local(10, 21): ACCEPTED},
        f"{STEP}meeting": {local(10, 22, 14, 30): [LIN.telegram_id]},
    }
    assert len(said) > 80
    assert not [text for _, text in said if "10月20日" in text.replace("原定 10月20日", "")]
    assert not [text for at, text in said if at > SECOND_MOVE and "10月27日" in text.replace("原定 10月27日", "")]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_three_processes_and_a_kill_announce_a_move_once(tmp_path: Path, database_url: str) -> None:
    held = account(9)
    async with town_at(tmp_path, database_url) as (town, moment):
        meeting_id = await town.convene(SET, local(9, 29, 11))
        moment.now = local(9, 29, 23)
        await walk(town, moment, FIRST_MOVE)
        before = await town.received()
        await town.move(meeting_id, MOVED, FIRST_MOVE)
        under_way = await strike(town, moment, FIRST_MOVE, held=held)
        await walk(town, moment, local(10, 8, 15))
        heard = fresh(await town.received(), before)
        async with town.database.reading() as session:
            meeting = await session.get(Meeting, meeting_id)
            steps = await session.execute(select(MeetingStep.version, MeetingStep.key))
            unsent = await session.scalar(select(func.count()).where(OutboxMessage.state.in_(("new", "sending"))))
    assert meeting is not None
    assert (meeting.version, meeting.sequence, unsent) == (2, 1, 0)
    assert set(Counter(tuple(step) for step in steps).values()) == {1}
    told = Counter((chat_id, key) for chat_id, _, key in heard if key in ("meetings.moved", "meeting.ics"))
    assert sorted(told) == sorted((chat_id, key) for chat_id in SPEAKERS for key in ("meeting.ics", "meetings.moved"))
    assert told[held, "meeting.ics"] == 2  # it had arrived when its sender died
    assert max(told.values()) == 2
    assert sum(told.values()) - len(told) <= under_way


def words_after(town: Town, since: datetime) -> list[tuple[datetime, str]]:
    """What the bot has said about meetings since, to anybody."""
    said = [one for log in town.room.room.world.log.values() for one in log.values() if one["from"]["is_bot"]]
    dated = [(datetime.fromtimestamp(one["date"], UTC), str(one.get("text", ""))) for one in said]
    return [(at, text) for at, text in dated if at > since and ("联席" in text or "会议" in text)]


def fresh(heard: Heard, before: Heard) -> Heard:
    """What came since."""
    return list((Counter(heard) - Counter(before)).elements())
