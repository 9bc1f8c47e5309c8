"""去两个人: so many come to the meeting, or the figure that was asked for."""

from pathlib import Path

import pytest

from handlers import basics
from handlers.checkins import cards, filling, or_meeting, steps
from handlers.meetings import meeting as meetings
from handlers.members import joining
from services.db import Database
from services.meetings.standing.participants import list_attendance
from services.models import Meeting
from tests.cast import CHEN, HAILAN, Cast
from tests.handlers.checkin_talk import OFFICE
from tests.handlers.meeting_talk import make_office, set_meeting
from tests.services.checkins.filings import IN_WINDOW, figures_of, open_season
from tests.talk import Talk, router_of

ROOMS = (basics, joining, meetings, or_meeting, cards, steps, filling)


@pytest.fixture
async def talk(database: Database, cast: Cast, tmp_path: Path) -> Talk:
    async with database.transaction() as session:
        await open_season(session, OFFICE)
    services = {"office": OFFICE, "meeting_office": make_office(tmp_path)}
    made = Talk(database, [router_of(room) for room in ROOMS], IN_WINDOW, services)
    await set_meeting(made)
    return made


async def headcount(database: Database, cast: Cast) -> int | None:
    async with database.reading() as session:
        meeting = (await session.get(Meeting, 1)) or None
        assert meeting is not None
        rows = {one.unit_id: one.headcount for one in await list_attendance(session, meeting.id)}
    return rows[cast.unit(HAILAN)]


async def test_heads_are_asked_about_while_a_meeting_is_planned_and_nothing_is_taken(talk: Talk, cast: Cast) -> None:
    (asked,) = await talk.say(CHEN, "去两个人")
    assert asked.labels == ["参会 2 人", "是月报里的数，去填"]
    assert await headcount(talk.database, cast) is None
    await talk.press(CHEN, "参会 2 人")
    assert await headcount(talk.database, cast) == 2


async def test_the_figure_just_asked_for_may_be_meant(talk: Talk, cast: Cast) -> None:
    await talk.say(CHEN, "填报")
    await talk.press(CHEN, "逐项填")
    (asked,) = await talk.say(CHEN, "来2个人")
    assert "月报：可接收实习岗位 2" in asked.labels
    await talk.press(CHEN, "月报：可接收实习岗位 2")
    async with talk.database.reading() as session:
        assert await figures_of(session, cast.unit(HAILAN), "draft") == {"intern_posts_offered": "2"}
    assert await headcount(talk.database, cast) is None
