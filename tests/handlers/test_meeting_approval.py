"""The convener's word: asked for, waited for, given, given on paper; before it nothing leaves for the units."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from handlers import todo
from handlers.meetings import meeting as meetings
from handlers.members import joining
from services.calendar.quiet_hours import QuietHours
from services.calendar.settings import QuietHoursSettings
from services.calendar.workdays import Workdays
from services.db import Database
from services.meetings.office import MeetingOffice
from services.meetings.running.uncovered import warn_uncovered
from services.meetings.settings import MeetingSettings
from services.models import AuditEntry, Meeting, MeetingStep, Person, Seat
from services.tasks.settings import TaskSettings
from tests.cast import CHEN, LIN, QIAN, SECRETARIES, ZHOU, Account, Cast
from tests.handlers.meeting_talk import local, set_meeting, told, walk
from tests.talk import Said, Talk, router_of

OUTWARD = {"step.agenda_call", "step.review_open", "step.notice", "step.materials_draft", "step.meeting_eve"}


@pytest.fixture
def office(tmp_path: Path) -> MeetingOffice:
    hours = QuietHours(QuietHoursSettings(), Workdays(), ZoneInfo("Asia/Shanghai"))
    return MeetingOffice(MeetingSettings(files_dir=tmp_path), TaskSettings(), hours, SECRETARIES, "示范市产教联合体")


@pytest.fixture
async def talk(database: Database, cast: Cast, now: datetime, office: MeetingOffice) -> Talk:
    """陈工 holds the convener's seat; 林秘书 has set the meeting of 22 December."""
    async with database.transaction() as session:
        session.add(Seat(person_id=cast.person(CHEN), unit_id=None, role="convener", since=now))
    routers = [router_of(joining), router_of(meetings), router_of(todo)]
    made = Talk(database, routers, now, services={"meeting_office": office})
    await set_meeting(made)
    return made


def outward(heard: list[Said]) -> set[str]:
    return {one.text_key.removeprefix("meetings.") for one in heard} & OUTWARD


def said(talk: Talk, key: str, who: Account) -> Said:
    return [one for one in talk.heard if one.text_key == f"meetings.{key}" and one.chat_id == who.telegram_id][-1]


async def test_a_notice_waits_for_the_convener_and_then_goes(talk: Talk, office: MeetingOffice) -> None:
    assert "已送召集人审定" in said(talk, "convened", LIN).text
    asked = said(talk, "approval_asked", CHEN)
    assert "12月1日（周二） 征集议题" in asked.text
    (listed,) = await talk.say(LIN, "我的待办")
    assert "待召集人审定" in listed.text
    (card,) = await talk.say(ZHOU, "联席会几号？")
    assert card.text_key == "meetings.none"  # nobody else knows of it yet
    await talk.press(CHEN, "同意发出", on=asked)
    assert said(talk, "approval_given", LIN)
    heard = await walk(talk, office, local(2026, 12, 1, 18))
    assert ZHOU.telegram_id in told(heard, "step.agenda_call")


async def test_a_convener_who_opens_the_bot_later_is_asked_then(
    talk: Talk, office: MeetingOffice, database: Database, cast: Cast
) -> None:
    async with database.transaction() as session:
        (await session.get_one(Person, cast.person(CHEN))).reachable = False
    await talk.say(LIN, "/meeting 新建 2026-12-29 9:00 理事会 地点：二楼会议室")
    await talk.press(LIN, "确认召开")
    assert "召集人还没有启用机器人" in said(talk, "convened", LIN).text
    await talk.say(CHEN, "/start")
    heard = await walk(talk, office, talk.now + timedelta(days=3))
    asked = [one for one in heard if one.text_key == "meetings.approval_asked"]
    assert [(one.chat_id, "二楼会议室" in one.text) for one in asked] == [(CHEN.telegram_id, True)]


async def test_nothing_leaves_without_the_convener_and_both_are_told_once(
    talk: Talk, office: MeetingOffice, database: Database
) -> None:
    heard = await walk(talk, office, local(2026, 12, 8, 18))
    assert outward(heard) == set()
    assert [one.chat_id for one in heard if one.text_key == "meetings.approval_due"] == [CHEN.telegram_id]
    assert [one.chat_id for one in heard if one.text_key == "meetings.approval_missing"] == [LIN.telegram_id]
    heard = await walk(talk, office, local(2026, 12, 22, 18))
    assert outward(heard) == set()
    assert told(heard, "step.missing_list") == {LIN.telegram_id}  # the secretariat's own steps go on
    async with database.reading() as session:
        steps = {one.key: one.state for one in await session.scalars(select(MeetingStep))}
    assert (steps["agenda_call"], steps["notice"], steps["missing_list"]) == ("skipped", "skipped", "sent")


async def test_a_word_on_paper_is_passed_on_by_the_secretariat_and_what_still_helps_goes_at_once(
    talk: Talk, office: MeetingOffice, database: Database
) -> None:
    await walk(talk, office, local(2026, 12, 9, 12))
    await talk.press(LIN, "召集人已线下同意")
    heard = await walk(talk, office, local(2026, 12, 9, 16))
    assert {"step.notice", "step.review_open"} <= outward(heard)
    async with database.reading() as session:
        meeting = (await session.scalars(select(Meeting))).one()
        acts = [one.facts for one in await session.scalars(select(AuditEntry).where(AuditEntry.act == "approve"))]
    assert (meeting.approved_how, meeting.approved_at) == ("offline", local(2026, 12, 9, 12))
    assert acts == [{"how": "offline"}]
    await talk.press(CHEN, "同意发出", on=said(talk, "approval_asked", CHEN))
    assert "已经处理过" in talk.toast


@pytest.mark.parametrize("words", ["把会议改成线上", "请把会议安排在下周"])
async def test_an_objection_may_be_worded_as_an_order(talk: Talk, words: str) -> None:
    await talk.press(CHEN, "提出意见", on=said(talk, "approval_asked", CHEN))
    await talk.say(CHEN, words)
    assert words in said(talk, "approval_objected", LIN).text


async def test_an_objection_goes_to_the_secretariat_and_a_moved_plan_is_asked_about_anew(
    talk: Talk, office: MeetingOffice
) -> None:
    first = said(talk, "approval_asked", CHEN)
    await talk.press(CHEN, "提出意见", on=first)
    await talk.say(CHEN, "改到周四，22日我在省里开会")
    assert "改到周四" in said(talk, "approval_objected", LIN).text
    await talk.say(LIN, "/meeting 改到 2026-12-24 14:30")
    await talk.press(LIN, "确认改期")
    assert "已送召集人审定" in said(talk, "moved_done", LIN).text
    old, present = await talk.press(CHEN, "同意发出", on=first)  # it spoke of the old date
    assert old.is_edit
    assert "已经作废" in old.text
    assert "12月24日" in old.text
    assert present.labels[:2] == ["同意发出", "提出意见"]
    assert "12月24日" in present.text
    await talk.press(CHEN, "提出意见", on=first)
    assert "已经处理过" in talk.toast  # its buttons are closed
    await talk.press(CHEN, "同意发出", on=said(talk, "approval_asked", CHEN))
    heard = await walk(talk, office, local(2026, 12, 4, 18))
    assert ZHOU.telegram_id in told(heard, "step.agenda_call")


async def test_the_convener_agrees_in_words_right_below_the_card(talk: Talk, database: Database) -> None:
    await talk.say(ZHOU, "同意发出")
    async with database.reading() as session:
        assert (await session.scalars(select(Meeting.approved_at))).one() is None
    (told_so,) = [one for one in await talk.say(CHEN, "行，同意发出，辛苦了") if one.chat_id == CHEN.telegram_id]
    assert told_so.text_key == "meetings.approved"
    assert said(talk, "approval_given", LIN)


async def test_nobody_else_approves(talk: Talk, cast: Cast, database: Database) -> None:
    asked = said(talk, "approval_asked", CHEN)
    await talk.press_data(QIAN, asked, asked.buttons[0][1])
    assert "发给别人的" in talk.toast
    async with database.transaction() as session:
        (seat,) = await session.scalars(select(Seat).where(Seat.role == "convener"))
        seat.until = talk.now
    await talk.press(CHEN, "同意发出", on=asked)
    assert "只有召集人可以使用" in talk.toast
    async with database.reading() as session:
        assert (await session.scalars(select(Meeting.approved_at))).one() is None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_without_a_convener_the_secretariats_word_is_enough(
    database: Database, cast: Cast, now: datetime, office: MeetingOffice
) -> None:
    talk = Talk(
        database, [router_of(joining), router_of(meetings), router_of(todo)], now, services={"meeting_office": office}
    )
    await set_meeting(talk)
    assert "自动发出" in talk.heard[-1].text
    async with database.reading() as session:
        assert (await session.scalars(select(Meeting.approved_how))).one() == "secretariat"


async def test_a_question_about_an_earlier_plan_changes_nothing(talk: Talk, database: Database) -> None:
    (thursday,) = await talk.say(LIN, "会议改到12月24日")
    (cancel,) = await talk.say(LIN, "取消联席会，场地检修")
    (friday,) = await talk.say(LIN, "会议改到12月25日")
    await talk.press(LIN, "确认改期", on=friday)
    for card, label in ((thursday, "确认改期"), (cancel, "确认取消")):
        old, present = await talk.press(LIN, label, on=card)
        assert "已经作废" in old.text
        assert "12月25日" in present.text
    async with database.reading() as session:
        meeting = (await session.scalars(select(Meeting))).one()
    assert (meeting.meeting_on.day, meeting.state) == (25, "planned")


async def test_an_objection_to_an_earlier_plan_is_not_sent(talk: Talk) -> None:
    await talk.press(CHEN, "提出意见", on=said(talk, "approval_asked", CHEN))
    await talk.say(LIN, "会议改到12月24日")
    await talk.press(LIN, "确认改期")
    old, present = await talk.say(CHEN, "改到周四，22日我在省里开会")
    assert "已经作废" in old.text
    assert "12月24日" in present.text


async def test_a_year_without_a_holiday_table_is_said_once_a_month(talk: Talk, office: MeetingOffice) -> None:
    for at, told_to in ((local(2026, 11, 30), 0), (local(2026, 12, 1), 1), (local(2026, 12, 9), 0)):
        async with talk.database.transaction() as session:
            assert await warn_uncovered(session, office, now=at) == told_to
    heard = await talk.listen()
    assert [one.chat_id for one in heard] == [LIN.telegram_id]
    assert "2027 年放假安排" in heard[0].text


async def test_what_the_convener_says_of_the_plan_later_shows_the_card_again(talk: Talk, database: Database) -> None:
    await talk.say(CHEN, "待办")
    (card,) = await talk.say(CHEN, "这个会我看行，发吧")
    assert card.labels[:2] == ["同意发出", "提出意见"]  # nothing was approved: other words stand between
    told, card = await talk.say(CHEN, "时间不合适，能不能往后推一周")
    assert "提出意见" in told.text
    assert card.labels[:2] == ["同意发出", "提出意见"]
    (state,) = await talk.say(CHEN, "会议通知发出去没有")
    assert "待召集人审定" in state.text
    async with database.reading() as session:
        assert (await session.scalars(select(Meeting.approved_at))).one() is None


async def test_others_words_about_the_papers_and_the_tasks(talk: Talk) -> None:
    (told,) = await talk.say(ZHOU, "会议材料发你还是发邮箱")
    assert "直接在这里发给我" in told.text
    (lights,) = await talk.say(ZHOU, "任务进度看一下")
    assert lights.text_key == "meetings.tasks"
    (refused,) = await talk.say(ZHOU, "把纪要整理一份给我")
    assert "只有秘书处" in refused.text
    (items,) = await talk.say(ZHOU, "上次会上给我们派了什么活")
    assert items.text_key == "todo.ledger"
    (todo_list,) = await talk.say(ZHOU, "我们欠着什么没交")
    assert todo_list.text_key == "todo.list"
