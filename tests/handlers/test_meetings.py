"""Meetings in chat: planned, their steps, what is said of them; and who may do what."""

from datetime import date
from pathlib import Path

from sqlalchemy import func, select

from services.db import Database
from services.meetings.office import MeetingOffice
from services.models import Meeting, MeetingStep
from tests.cast import (
    GROUP_ID,
    GUEST,
    LIN,
    SU,
    SUN,
    XINGHE,
    ZHAO,
    ZHOU,
    Account,
)
from tests.handlers.meeting_talk import CONVENE, local, office, set_meeting, talk, told, walk
from tests.talk import Said, Talk

__all__ = ["office", "talk"]


async def test_whole_timetable_is_shown_before_anything_is_sent(talk: Talk, database: Database) -> None:
    (preview,) = await talk.say(LIN, CONVENE)
    for day in (
        "12月1日",
        "12月8日",
        "12月11日",
        "12月15日",
        "12月17日",
        "12月21日",
        "12月23日",
        "12月25日",
        "12月29日",
    ):
        assert day in preview.text
    assert "市教育局三楼会议室" in preview.text
    async with database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Meeting)) == 0
    await talk.press(LIN, "确认召开")
    async with database.reading() as session:
        meeting = (await session.scalars(select(Meeting))).one()
        steps = {step.key: step.on for step in await session.scalars(select(MeetingStep))}
    assert meeting.starts_at == local(2026, 12, 22, 14, 30)
    assert steps["agenda_call"] == date(2026, 12, 1)
    assert steps["items_issue"] == date(2026, 12, 29)


async def test_pressing_twice_sets_one_meeting(talk: Talk, database: Database) -> None:
    await set_meeting(talk)
    await talk.press(LIN, "确认召开")
    assert "已经处理过" in talk.toast
    async with database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Meeting)) == 1


async def test_steps_leave_once_and_never_early(talk: Talk, office: MeetingOffice) -> None:
    await set_meeting(talk)
    assert await walk(talk, office, local(2026, 12, 1, 8, 30)) == []
    heard = await walk(talk, office, local(2026, 12, 1, 12))
    assert told(heard, "step.agenda_call") == {2001, 2004, 3001, 3002, 4001, 5001}
    assert len([one for one in heard if one.chat_id == SUN.telegram_id]) == 2  # she speaks for two units
    heard = await walk(talk, office, local(2026, 12, 8, 12))
    notices = [one for one in heard if one.text_key == "meetings.step.notice" and one.chat_id == ZHOU.telegram_id]
    assert len(notices) == 1
    assert notices[0].labels == ["参加", "请假", "替会"]
    assert "2026" not in notices[0].text_key
    assert notices[0].attachment is not None
    calendar = Path(notices[0].attachment["path"]).read_text(encoding="utf-8")
    assert "DTSTART:20261222T063000Z" in calendar
    assert "SEQUENCE:0" in calendar


async def test_decisions_wait_for_the_day_and_say_so(talk: Talk) -> None:
    await set_meeting(talk)
    (said,) = await talk.say(LIN, "录入决定")
    assert "12月22日" in said.text
    assert "还没有召开" in said.text


async def test_only_the_secretariat_plans(talk: Talk, database: Database) -> None:
    (said,) = await talk.say(ZHOU, "/meeting 新建 2026-12-22 14:30 联席会")
    assert "只有秘书处" in said.text
    (preview,) = await talk.say(LIN, "/meeting 新建 2026-12-22 14:30 联席会")
    await talk.press_data(ZHOU, preview, preview.buttons[0][1])
    async with database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Meeting)) == 0


async def test_proposed_dates_carry_reasons_and_lead_to_the_timetable(talk: Talk) -> None:
    (said,) = await talk.say(LIN, "/meeting 建议 2026Q4 联席会")
    assert "2026年第四季度联席会议可选日期" in said.text
    (preview,) = await talk.press(LIN, said.labels[0])
    assert "尚未发送任何通知" in preview.text


async def test_question_about_meetings_in_documents_is_not_taken_for_an_order(talk: Talk) -> None:
    assert await talk.say(LIN, "联席会议每季度召开几次是什么规定？") == []


async def test_words_of_the_manual_are_understood(talk: Talk, office: MeetingOffice, database: Database) -> None:
    await set_meeting(talk)
    await walk(talk, office, local(2026, 12, 22, 16))
    (draft,) = await talk.say(LIN, "决定：开放实训基地；责任单位：星职院；时限：2027年1月20日前")
    await talk.press(LIN, "确认", on=draft)
    await talk.say(LIN, "/meeting 签发")
    await talk.press(LIN, "下发事项")
    (signed,) = await talk.say(ZHOU, "第1条签收")
    assert "已签收第 1 条" in signed.text
    (said,) = await talk.say(ZHOU, "第1条完成60%")
    assert "60%" in said.text
    said, *_ = await talk.say(ZHOU, "第1条申请延期到2027年1月29日，因为设备到货晚")
    assert "2027年1月29日" in said.text
    said, *_ = await talk.say(LIN, "不同意第1条延期：影响招生")
    assert "不同意第 1 条延期" in said.text
    (said,) = await talk.say(ZHOU, "申请有结果没")
    assert "没有同意" in said.text
    said, *_ = await talk.say(LIN, "取消第1条：会议决定不再办理")
    assert "第 1 条已取消" in said.text
    said, *_ = await talk.say(LIN, "重新督办第1条：决定有误")
    assert "重新督办" in said.text
    (said,) = await talk.say(LIN, "议定事项")
    assert "第 1 条" in said.text
    (card,) = await talk.say(ZHOU, "待办")
    (history,) = await talk.press(ZHOU, "第1条", on=card)
    for word in ("立项", "下发", "签收", "报告进展", "申请延期", "不同意延期", "取消", "重新督办"):
        assert word in history.text
    await talk.press_data(SU, card, card.buttons[0][1])
    assert "发给别人的" in talk.toast
    (said,) = await talk.say(LIN, "任务亮灯")
    assert "尚未导入任务台账" in said.text
    for words, kind in (("会议纪要初稿", "meeting_minutes"),):
        await talk.say(LIN, words)
        assert [work.kind for work in talk.works] == [kind]


async def test_side_paths_are_answered_in_words(talk: Talk, office: MeetingOffice) -> None:
    async def heard(who: Account, words: str, expected: str) -> Said:
        said = (await talk.say(who, words))[0]
        assert expected in said.text, said.text
        return said

    await heard(LIN, "/meeting", "目前没有安排会议")
    await heard(LIN, "/meeting 议题", "目前没有可操作的会议")
    await heard(LIN, "/meeting 新建 联席会", "请写明日期")
    await heard(LIN, "/meeting 新建 2026-11-20 联席会", "开会时间已过")
    await heard(LIN, "/meeting 新建 2026-12-22 25:30 联席会", "请写成 14:30")
    await heard(LIN, "/meeting 新建 2月30日 联席会", "没有“2月30日”这一天")
    await talk.say(LIN, CONVENE)
    (kept,) = await talk.press(LIN, "先不定")
    assert "保持不变" in kept.text
    await set_meeting(talk, "/meeting 新建 2026-12-22 14:30 理事会 地点：三楼")
    await heard(LIN, "/meeting 时间表", "T-15 征集议题")
    await heard(ZHAO, "联席会我们参加", "没有您所代表的单位")
    await heard(GUEST, "/todo", "仅向成员单位")
    (said,) = await talk.say(ZHOU, "/todo", chat=GROUP_ID)
    assert "私聊" in said.text
    await walk(talk, office, local(2026, 12, 22, 16))
    await heard(LIN, "/meeting 改到 2026-12-30", "没有可操作的会议")
    await talk.say(LIN, "/meeting")
    (how,) = await talk.press(LIN, "录入决定")
    assert "请逐行发送决定" in how.text
    draft = await heard(LIN, "开放实训基地；时限：2027年1月20日前", "没有说明责任单位")
    (ask,) = await talk.press(LIN, "指定责任单位", on=draft)
    assert "由哪家单位负责" in ask.text
    await heard(LIN, "不存在的单位", "没有找到")
    settled = await heard(LIN, "星职院、青禾职校", XINGHE)
    await talk.press(LIN, "确认", on=settled)
    other = await heard(LIN, "提高补贴；责任单位：星职院；时限：2027年1月20日前", "提高补贴")
    (gone,) = await talk.press(LIN, "删除", on=other)
    assert "已删除" in gone.text
    await heard(LIN, "录完了", "已确认议定事项 1 项")
    await talk.say(LIN, "/meeting 签发")
    await talk.press(LIN, "下发事项")
    await heard(LIN, "退回第1条：没有佐证", "不能退回")
    reported = await talk.say(ZHOU, "第1条办完了")
    assert "请回复佐证" in reported[0].text
    await heard(ZHOU, "开放目录和照片", "佐证已补充")
    await talk.press(LIN, "退回")
    await heard(LIN, "缺目录", "已退回")
    await heard(LIN, "取消第1条", "需要写明原因")
    (card,) = await talk.say(ZHOU, "待办")
    await talk.press(ZHOU, "第1条", on=card)
    (why,) = await talk.press(ZHOU, "申请延期")
    assert "需要延到什么时候" in why.text
    await heard(ZHOU, "延到2027年2月26日，因为设备到货晚", "2027年2月26日")
    (why,) = await talk.press(LIN, "不同意延期")
    assert "不同意第 1 条延期的原因" in why.text
    await heard(LIN, "影响招生", "不同意第 1 条延期")
    await heard(LIN, "/meeting 指标 P-1 3", "没有找到")
