"""A meeting that is moved, held elsewhere or cancelled."""

from pathlib import Path

from sqlalchemy import select

from services.db import Database
from services.meetings.office import MeetingOffice
from services.meetings.running.steps import post_due_steps
from services.models import MeetingStep, OutboxMessage
from tests.cast import (
    LIN,
    ZHOU,
)
from tests.handlers.meeting_talk import local, office, set_meeting, talk, told, walk
from tests.talk import Talk

__all__ = ["office", "talk"]


async def test_meeting_moved_twice_each_hears_once_a_move(
    talk: Talk, office: MeetingOffice, database: Database
) -> None:
    await set_meeting(talk)
    await walk(talk, office, local(2026, 12, 8, 12))
    for words, day in (("/meeting 改到 2026-12-24 9:30", "12月24日"), ("联席会改到12月25日上午9点半", "12月25日")):
        (ask,) = await talk.say(LIN, words)
        assert "已发过，不重发" in ask.text
        heard = await talk.press(LIN, "确认改期")
        moved = [one for one in heard if one.text_key == "meetings.moved"]
        assert {one.chat_id for one in moved} == {2001, 2004, 3001, 3002, 4001, 5001}
        assert len(moved) == 7
        assert day in moved[0].text
    assert moved[0].attachment is not None
    calendar = Path(moved[0].attachment["path"]).read_text(encoding="utf-8")
    assert "SEQUENCE:2" in calendar
    assert "DTSTART:20261225T013000Z" in calendar
    heard = await walk(talk, office, local(2026, 12, 25, 12))
    assert told(heard, "step.notice") == set()
    eves = [one for one in heard if one.text_key == "meetings.step.meeting_eve"]
    assert eves == []  # nobody had said that they come
    today = [one for one in heard if one.text_key == "meetings.step.meeting"]
    assert len(today) == 1
    assert "9:30" in today[0].text
    async with database.reading() as session:
        void = await session.scalars(select(MeetingStep).where(MeetingStep.state == "void"))
        assert {step.version for step in void} == {1, 2}


async def test_another_place_goes_the_way_of_another_date(talk: Talk, office: MeetingOffice) -> None:
    await set_meeting(talk)
    (ask,) = await talk.say(LIN, "会议地点改成职教中心报告厅")
    assert "市教育局三楼会议室" in ask.text
    assert "职教中心报告厅" in ask.text
    (done, *_) = await talk.press(LIN, "确认改地点")
    assert "不用另发变更通知" in done.text
    await walk(talk, office, local(2026, 12, 8, 12))
    await talk.say(LIN, "换到行政楼201室开")
    heard = await talk.press(LIN, "确认改地点")
    moved = [one for one in heard if one.text_key == "meetings.moved"]
    assert len(moved) == 7
    assert "地点变更" in moved[0].text
    assert "由“职教中心报告厅”改为" in moved[0].text
    assert "12月22日" in moved[0].text
    (again,) = await talk.say(LIN, "换到行政楼201室开")
    assert "没有改动" in again.text


async def test_others_change_no_meeting_by_words(talk: Talk, office: MeetingOffice) -> None:
    await set_meeting(talk)
    await walk(talk, office, local(2026, 12, 8, 12))
    for words in ("会议推迟一周", "会议地点改成职教中心报告厅", "谁没回执"):
        (said,) = await talk.say(ZHOU, words)
        assert "只有秘书处" in said.text


async def test_message_written_but_not_sent_is_taken_back_when_the_meeting_moves(
    talk: Talk, office: MeetingOffice, database: Database
) -> None:
    await set_meeting(talk)
    talk.now = local(2026, 12, 8, 9, 0)
    async with database.transaction() as session:
        await post_due_steps(session, office, now=talk.now)
    await talk.say(LIN, "/meeting 改到 2026-12-29 14:30")
    async with database.transaction() as session:  # as if the sender had been away since the notices were written
        rows = await session.scalars(select(OutboxMessage).where(OutboxMessage.text_key.startswith("meetings.step.")))
        for row in rows:
            row.state, row.sent_at = "new", None
    heard = await talk.press(LIN, "确认改期")
    async with database.reading() as session:
        rows = await session.scalars(select(OutboxMessage).where(OutboxMessage.text_key == "meetings.step.notice"))
        assert {(row.state, row.reason) for row in rows} == {("dead", "moved")}
    assert told(heard, "moved") == {2001, 2004, 3001, 3002, 4001, 5001}


async def test_cancelling_takes_the_entry_out_of_calendars(talk: Talk, office: MeetingOffice) -> None:
    await set_meeting(talk)
    await walk(talk, office, local(2026, 12, 8, 12))
    await talk.say(LIN, "/meeting 取消 场地检修")
    heard = await talk.press(LIN, "确认取消")
    gone = [one for one in heard if one.text_key == "meetings.cancelled"]
    assert len(gone) == 7
    assert gone[0].attachment is not None
    assert "METHOD:CANCEL" in Path(gone[0].attachment["path"]).read_text(encoding="utf-8")
    assert "场地检修" in gone[0].text
    assert await walk(talk, office, local(2026, 12, 30, 12)) == []


async def test_reason_of_a_cancelled_meeting_is_only_the_reason(talk: Talk, office: MeetingOffice) -> None:
    await set_meeting(talk)
    (ask,) = await talk.say(LIN, "取消联席会，场地检修")
    assert "原因：场地检修。" in ask.text
