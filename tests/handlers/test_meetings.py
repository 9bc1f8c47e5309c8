"""Meetings in chat: planning, replies, topics, reviews, decisions, items; and who may do what."""

from datetime import date
from pathlib import Path

from sqlalchemy import func, select

from services.db import Database
from services.meetings.office import MeetingOffice
from services.meetings.running.steps import post_due_steps
from services.models import ActionItem, AuditEntry, Meeting, MeetingStep, OutboxMessage, Seat, Topic
from tests.cast import (
    CHEMICAL,
    CHEN,
    EDUCATION,
    GROUP_ID,
    GUEST,
    HAILAN,
    LIN,
    QIAN,
    QINGHE,
    SU,
    SUN,
    XINGHE,
    ZHAO,
    ZHOU,
    Account,
    Cast,
)
from tests.handlers.meeting_talk import CONVENE, hand_out_two_items, local, office, set_meeting, talk, told, walk
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


async def test_decisions_wait_for_the_day_and_say_so(talk: Talk) -> None:
    await set_meeting(talk)
    (said,) = await talk.say(LIN, "录入决定")
    assert "12月22日" in said.text
    assert "还没有召开" in said.text


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


async def test_replies_by_button_and_in_words(talk: Talk, office: MeetingOffice) -> None:
    await set_meeting(talk)
    await walk(talk, office, local(2026, 12, 8, 12))
    (said,) = await talk.press(ZHOU, "参加")
    assert f"已登记 {XINGHE}：<b>参加</b>" in said.text
    (said,) = await talk.say(SU, "联席会校长出差，让王处长去行不")
    assert "替会" in said.text
    assert "王处长" in said.text
    (said,) = await talk.say(CHEN, "下周开会我请假，在外地培训")
    assert f"{HAILAN}：<b>请假</b>" in said.text
    (said,) = await talk.say(SUN, "联席会我们参加")
    assert len(said.buttons) == 2
    await talk.press(SUN, "北辰物流", on=said)
    (said,) = await talk.say(ZHAO, "局里去两个人，局长和我")
    assert f"{EDUCATION}：<b>参加</b>" in said.text
    (said,) = await talk.say(ZHAO, "哎等下 不去了，那天市里有会")
    assert f"{EDUCATION}：<b>请假</b>" in said.text
    (board,) = await talk.say(LIN, "谁没回会议回执")
    assert "参加 2，替会 1，请假 2" in board.text


async def test_who_is_asked_for_a_substitute_may_say_something_else(talk: Talk, office: MeetingOffice) -> None:
    await set_meeting(talk)
    await walk(talk, office, local(2026, 12, 8, 12))
    await talk.press(ZHOU, "替会")
    assert not any("还没定" in said.text for said in await talk.say(ZHOU, "还没定呢"))
    (said,) = await talk.say(ZHOU, "让李科长去吧")
    assert "李科长" in said.text
    assert "去吧" not in said.text
    await talk.press(SU, "请假")
    (said,) = await talk.say(SU, "算了我又能去了")
    assert "<b>参加</b>" in said.text


async def test_members_are_told_when_and_where_and_strangers_are_not(talk: Talk, office: MeetingOffice) -> None:
    await set_meeting(talk)
    (card,) = await talk.say(ZHOU, "联席会几号？")
    assert "12月22日（周二） 14:30" in card.text
    assert "回执：" not in card.text
    (card,) = await talk.say(LIN, "/meeting")
    assert "未回 8" in card.text
    (said,) = await talk.say(GUEST, "/meeting")
    assert "只通知成员单位" in said.text
    (card,) = await talk.say(LIN, "/meeting", chat=GROUP_ID)
    assert "未回" not in card.text
    (said,) = await talk.say(LIN, "/meeting 提交情况 未报名单", chat=GROUP_ID)
    assert "私聊" in said.text
    for words in ("联席会几号？", "下次会在哪开", "这次会议几点"):
        (said,) = await talk.say(GUEST, words)
        assert "秘书处索取邀请链接" in said.text
        assert "12月22日" not in said.text
    assert await talk.say(GUEST, "联席会议一般什么时候开") == []


async def test_council_shows_its_quorum_to_the_secretariat_only(talk: Talk, office: MeetingOffice) -> None:
    await set_meeting(talk, "/meeting 新建 2026-12-22 9:30 理事会 地点：园区会议中心")
    await walk(talk, office, local(2026, 12, 8, 12))
    for who in (ZHOU, SU, CHEN):
        await talk.press(who, "参加")
    (card,) = await talk.say(LIN, "/meeting")
    assert "理事到会：3/4，需 3，已达到" in card.text
    (card,) = await talk.say(ZHOU, "/meeting")
    assert "理事到会" not in card.text


async def test_who_owes_what_is_for_the_secretariat_alone(talk: Talk) -> None:
    await set_meeting(talk)
    (board,) = await talk.say(LIN, "谁没交会议材料")
    assert board.text_key == "meetings.board"
    (refused,) = await talk.say(ZHOU, "谁没交会议材料")
    assert "秘书处" in refused.text
    assert "未回执" not in refused.text


async def test_topics_are_proposed_judged_and_merged(talk: Talk, office: MeetingOffice) -> None:
    await set_meeting(talk)
    (said,) = await talk.say(ZHOU, "报个议题：实训基地向企业开放，请市教育局牵头")
    assert "实训基地向企业开放" in said.text
    await talk.say(CHEN, "提个议题：企业使用学校实训基地")
    await talk.say(SU, "报个议题：中职实习补贴")
    (shown,) = await talk.say(LIN, "联席会议题清单")
    assert shown.text.count("待审") == 3
    await talk.press(LIN, "议题1 上会")
    await talk.press(LIN, "2 并入 1")
    told_su, shown = await talk.press(LIN, "议题3 缓议")
    assert [state for state in ("上会", "已并入 1", "缓议") if state not in shown.text] == []
    assert (told_su.chat_id, "本次缓议" in told_su.text) == (SU.telegram_id, True)
    merged = next(one for one in talk.heard if one.text_key == "meetings.topic_decided" and "合并研究" in one.text)
    assert (merged.chat_id, "实训基地向企业开放" in merged.text) == (CHEN.telegram_id, True)


async def test_topics_are_judged_in_words_any_into_any_with_a_reason(talk: Talk) -> None:
    await set_meeting(talk)
    for who, words in ((ZHOU, "实训基地向企业开放"), (CHEN, "企业岗位需求征集"), (SU, "校企岗位对接")):
        await talk.say(who, f"报个议题：{words}")
    _, shown = await talk.say(LIN, "议题3并入议题2")
    assert "已并入 2" in shown.text
    told_zhou, shown = await talk.say(LIN, "议题1不上会：材料不全")
    assert "不上会：材料不全" in shown.text
    assert (told_zhou.chat_id, "不上会：材料不全" in told_zhou.text) == (ZHOU.telegram_id, True)
    assert not [one for one in await talk.say(ZHOU, "议题2上会") if one.text_key == "meetings.topics"]
    async with talk.database.reading() as session:
        topic = await session.get(Topic, 1)
        assert (topic.state, topic.reason) == ("rejected", "材料不全")


async def test_a_convener_judges_topics_and_grants_extensions_but_closes_nothing(
    talk: Talk, office: MeetingOffice, database: Database, cast: Cast
) -> None:
    async with database.transaction() as session:
        session.add(Seat(person_id=cast.person(QIAN), unit_id=cast.unit(CHEMICAL), role="convener", since=talk.now))
    await set_meeting(talk)
    await talk.press(QIAN, "同意发出")
    await talk.say(ZHOU, "报个议题：实训基地向企业开放")
    heard = await walk(talk, office, local(2026, 12, 10, 18))
    assert told(heard, "step.agenda_review") == {LIN.telegram_id, QIAN.telegram_id}
    await talk.press(QIAN, "议题清单")
    _, shown = await talk.press(QIAN, "议题1 上会")
    assert "上会" in shown.text
    await walk(talk, office, local(2026, 12, 22, 17))
    await talk.say(LIN, f"决定：编制开放目录；责任单位：{QINGHE}；时限：12月31日前")
    await talk.press(LIN, "确认")
    await walk(talk, office, local(2026, 12, 25, 18))
    await talk.press(LIN, "纪要已签发")
    heard = await talk.say(SU, "第1条申请延期到1月20日，因为设备晚到")
    heard += await talk.listen()
    assert told(heard, "item_extension_asked") == {LIN.telegram_id, QIAN.telegram_id}
    await talk.press(QIAN, "同意延期")
    await talk.say(SU, "第1条办完了，目录见附件")
    await talk.say(QIAN, "第1条销号")
    async with database.reading() as session:
        (item,) = await session.scalars(select(ActionItem))
        assert (item.state, item.due_on.isoformat()) == ("reported_done", "2027-01-20")
        assert item.evidence == "目录见附件"


async def test_items_bind_nobody_before_they_are_handed_out_and_late_ones_are_handed_out_too(
    talk: Talk, office: MeetingOffice, database: Database
) -> None:
    await set_meeting(talk)
    await walk(talk, office, local(2026, 12, 22, 17))
    await talk.say(LIN, f"决定：编制开放目录；责任单位：{QINGHE}；时限：12月31日前")
    await talk.press(LIN, "确认")
    await talk.say(LIN, f"决定：建师资库；责任单位：{QINGHE}；时限：尽快")
    await talk.press(LIN, "补时限")
    await talk.say(LIN, "1月8日前")
    assert [one.text_key for one in await talk.say(SU, "第1条签收")] != ["meetings.item_acknowledged"]
    (ledger,) = await talk.say(LIN, "议定事项")  # no decision: only who pressed 录入决定 keys line after line
    assert "编制开放目录" in ledger.text
    (asked,) = await talk.say(LIN, "纪要已签发")
    assert "还有 1 条决定没有确认" in asked.text
    await talk.press(LIN, "纪要已签发", on=asked)
    (signed,) = await talk.say(SU, "第1条签收")
    assert signed.text_key == "meetings.item_acknowledged"
    (card,) = await talk.say(LIN, "/meeting")
    assert "1 条决定待确认" in card.text
    (confirmed,) = await talk.press(LIN, "确认")
    assert "纪要已签发，点按钮送达责任单位" in confirmed.text
    heard = await talk.press(LIN, "下发事项", on=confirmed) + await talk.listen()
    assert told(heard, "item_issued") == {SU.telegram_id}
    await walk(talk, office, local(2027, 1, 5, 11))
    (ledger,) = await talk.say(LIN, "落实情况")
    (card,) = await talk.press(LIN, "第1条", on=ledger)
    sheet = await talk.press(LIN, "发出督办单", on=card) + await talk.listen()
    (sent,) = [one for one in sheet if one.text_key == "meetings.supervision"]
    assert (sent.chat_id, "示范市产教联合体秘书处" in sent.text, "已逾期 5 天" in sent.text) == (
        SU.telegram_id,
        True,
        True,
    )


async def test_an_order_about_another_item_is_no_reason_for_the_one_asked_about(
    talk: Talk, office: MeetingOffice, database: Database
) -> None:
    await hand_out_two_items(talk, office)
    await talk.say(ZHAO, "第2条申请延期到1月20日，因为测算未完")
    await talk.say(SU, "第1条办完了，已印发各校")
    reported = [one for one in talk.heard if one.text_key == "meetings.item_reported"]
    assert "来信：已印发各校" in reported[-1].text
    await talk.press(LIN, "不同意")
    await talk.say(LIN, "退回第1条：缺目录文本")
    async with database.reading() as session:
        states = {item.number: item.state for item in await session.scalars(select(ActionItem))}
    assert states == {1: "returned", 2: "extension_requested"}


async def test_review_is_written_in_words_and_another_unit_cannot_see_it(
    talk: Talk, office: MeetingOffice, database: Database
) -> None:
    await set_meeting(talk)
    heard = await walk(talk, office, local(2026, 12, 4, 12))
    assert told(heard, "step.review_open") == {ZHAO.telegram_id}  # the other bureau has nobody
    (page,) = await talk.press(ZHAO, "填报任务进展")
    assert "本单位工作进展" in page.text
    (taken,) = await talk.say(ZHAO, "85%；进展：签约3家；问题：师资不足；下步：12月底前验收")
    assert "师资不足" in taken.text
    heard = await walk(talk, office, local(2026, 12, 11, 12))
    assert ZHAO.telegram_id not in told(heard, "step.materials_draft")
    step = next(one for one in talk.heard if one.text_key == "meetings.step.review_open")
    await talk.press_data(ZHOU, step, step.buttons[0][1])
    assert "发给别人的" in talk.toast


async def test_decisions_become_items_that_only_the_secretariat_closes(
    talk: Talk, office: MeetingOffice, database: Database
) -> None:
    await set_meeting(talk)
    await walk(talk, office, local(2026, 12, 22, 16))
    first, second = await talk.say(
        LIN,
        "决定：开放实训基地；责任单位：星职院；配合：海岚化工；时限：2027年1月20日前\n"
        "2. 提高实习补贴；责任单位：青禾职校；时限：尽快",
    )
    assert first.labels == ["确认", "删除"]
    assert "不是明确的时限" in second.text
    await talk.press(LIN, "补时限", on=second)
    (settled,) = await talk.say(LIN, "2027年2月底前")
    assert "2027年2月28日" in settled.text
    (done,) = await talk.press(LIN, "确认", on=first)
    assert "第 1 条 开放实训基地" in done.text
    await talk.press(LIN, "确认", on=settled)
    assert (await talk.say(ZHOU, "待办"))[0].text.count("第 1 条") == 0  # nothing is owed before it is issued
    heard = await walk(talk, office, local(2026, 12, 25, 12))
    assert told(heard, "step.minutes_sign") == {LIN.telegram_id}
    heard = await talk.press(LIN, "纪要已签发")
    issued = [one for one in heard if one.text_key == "meetings.item_issued"]
    assert [one.chat_id for one in issued] == [ZHOU.telegram_id, CHEN.telegram_id, SU.telegram_id]
    await talk.press(ZHOU, "签收")
    heard = await talk.say(ZHOU, "第1条办完了，材料发邮箱了")
    assert told(heard, "item_reported") == {LIN.telegram_id}
    report = next(one for one in heard if one.text_key == "meetings.item_reported")
    close = next(data for label, data, _ in report.buttons if label == "核实销号")
    await talk.press_data(ZHOU, report, close)  # a forwarded button
    assert "发给别人的" in talk.toast
    (said,) = await talk.say(SU, "第1条办完了")
    assert "没有找到" in said.text  # another unit's item is not hers
    heard = await talk.press(LIN, "退回", on=report)
    heard = await talk.say(LIN, "缺少开放目录")
    assert told(heard, "told_return") == {ZHOU.telegram_id}
    heard = await talk.say(ZHOU, "第1条办完了，开放目录已附件上传")
    heard = await talk.say(LIN, "第1条销号")
    assert told(heard, "told_close") == {ZHOU.telegram_id}
    async with database.reading() as session:
        acts = list(
            await session.scalars(
                select(AuditEntry.act).where(AuditEntry.subject == "action_item").order_by(AuditEntry.id)
            )
        )
        item = (await session.scalars(select(ActionItem).where(ActionItem.number == 1))).one()
    assert item.state == "verified_closed"
    assert acts == [
        "confirm", "confirm", "issue", "issue", "acknowledge", "report_done", "return", "report_done", "close",
    ]  # fmt: skip


async def test_files_are_versions_and_somebody_elses_file_is_left_alone(talk: Talk, office: MeetingOffice) -> None:
    await set_meeting(talk)
    file = {"file_id": "abc", "file_unique_id": "u", "file_name": "教育局汇报材料.docx", "file_size": 1000}
    (said,) = await talk.say(ZHAO, document=file, caption="会议材料")
    assert "第 1 版" in said.text
    (said,) = await talk.say(ZHAO, document={**file, "file_id": "def"}, caption="会议材料 改")
    assert "第 2 版" in said.text
    assert [work.kind for work in talk.works] == ["meeting_material"]
    file_at = office.settings.files_dir / "materials" / "2.docx"
    file_at.parent.mkdir(parents=True)
    file_at.write_bytes(b"docx")
    await talk.say(LIN, "谁没交会议材料")
    (handed,) = await talk.press(LIN, "取各单位材料")
    assert handed.attachment is not None
    assert handed.attachment["name"] == "教育局汇报材料.docx"
    assert Path(handed.attachment["path"]) == file_at.resolve()
    assert await talk.say(GUEST, document=file, caption="会议材料") == []


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


async def test_reason_of_a_cancelled_meeting_is_only_the_reason(talk: Talk, office: MeetingOffice) -> None:
    await set_meeting(talk)
    (ask,) = await talk.say(LIN, "取消联席会，场地检修")
    assert "原因：场地检修。" in ask.text


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
