"""Meetings set, walked through and handed on in conversation."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from handlers import requests, todo
from handlers.meetings import meeting
from handlers.members import joining
from services.calendar.quiet_hours import QuietHours
from services.calendar.settings import QuietHoursSettings
from services.calendar.workdays import Workdays
from services.db import Database
from services.meetings.items.followups import remind_items
from services.meetings.office import MeetingOffice
from services.meetings.running.approving import remind_approvals
from services.meetings.running.steps import hold_due_meetings, post_due_steps
from services.meetings.settings import MeetingSettings
from services.tasks.settings import TaskSettings
from tests.cast import EDUCATION, LIN, QINGHE, SECRETARIES, Cast
from tests.talk import Said, Talk, router_of

ZONE = ZoneInfo("Asia/Shanghai")
CONVENE = "/meeting 新建 2026-12-22 14:30 联席会 地点：市教育局三楼会议室"


@pytest.fixture
def office(tmp_path: Path) -> MeetingOffice:
    return make_office(tmp_path)


def make_office(folder: Path) -> MeetingOffice:
    hours = QuietHours(QuietHoursSettings(), Workdays(), ZONE)
    settings = MeetingSettings(files_dir=folder / "meetings")
    return MeetingOffice(settings, TaskSettings(), hours, SECRETARIES, "示范市产教联合体")


@pytest.fixture
def talk(database: Database, cast: Cast, now: datetime, office: MeetingOffice) -> Talk:
    routers = [router_of(joining), router_of(requests), router_of(meeting), router_of(todo)]
    return Talk(database, routers, now, services={"meeting_office": office})


def local(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


async def walk(talk: Talk, office: MeetingOffice, until: datetime) -> list[Said]:
    """Let the duties do what falls due, some times a day, and deliver it in the evening."""
    heard: list[Said] = []
    day = talk.now.astimezone(ZONE).date()
    while talk.now < until:
        times = ((8, 59), (9, 0), (14, 30), (16, 0)) if office.workdays.is_workday(day) else ((10, 0),)
        ticks = [local(day.year, day.month, day.day, *at) for at in times]
        posted = 0
        async with talk.database.transaction() as session:
            for tick in [one for one in (*ticks, until) if talk.now < one <= until and office.today(one) == day]:
                talk.now = tick
                await hold_due_meetings(session, now=tick)
                posted += await remind_approvals(session, office, now=tick)
                posted += await post_due_steps(session, office, now=tick)
                posted += await remind_items(session, office, now=tick)
        if posted:
            heard += await talk.listen()
        day += timedelta(days=1)
    return heard


def told(heard: Sequence[Said], key: str) -> set[int]:
    return {said.chat_id for said in heard if said.text_key == f"meetings.{key}"}


async def set_meeting(talk: Talk, words: str = CONVENE) -> None:
    await talk.say(LIN, words)
    await talk.press(LIN, "确认召开")


async def hand_out_two_items(talk: Talk, office: MeetingOffice) -> None:
    """A meeting is held, two decisions are confirmed, the minutes are signed."""
    await set_meeting(talk)
    await walk(talk, office, local(2026, 12, 22, 17))
    for words, unit in (("编制开放目录", QINGHE), ("提出补贴方案", EDUCATION)):
        await talk.say(LIN, f"决定：{words}；责任单位：{unit}；时限：12月31日前")
        await talk.press(LIN, "确认")
    await walk(talk, office, local(2026, 12, 25, 18))
    await talk.press(LIN, "纪要已签发")


async def on_the_day(database: Database, now: datetime, office: MeetingOffice) -> Talk:
    """A conversation with the rooms of meetings, on the day of a meeting, in the afternoon."""
    made = Talk(database, [router_of(meeting), router_of(todo)], now, services={"meeting_office": office})
    await set_meeting(made, CONVENE)
    made.now = local(2026, 12, 22, 16)
    return made
