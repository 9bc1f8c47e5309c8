"""Decisions, the items that come of them, their reviews and files."""

from pathlib import Path

from sqlalchemy import select

from services.db import Database
from services.meetings.office import MeetingOffice
from services.models import ActionItem, AuditEntry
from tests.cast import (
    CHEN,
    GUEST,
    LIN,
    QINGHE,
    SU,
    ZHAO,
    ZHOU,
)
from tests.handlers.meeting_talk import hand_out_two_items, local, office, set_meeting, talk, told, walk
from tests.talk import Talk

__all__ = ["office", "talk"]


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


async def test_evidence_that_comes_after_the_verdict_changes_nothing(
    talk: Talk, office: MeetingOffice, database: Database
) -> None:
    await hand_out_two_items(talk, office)
    (asked, *_) = await talk.say(SU, "第1条办完了")
    assert "请回复佐证" in asked.text
    await talk.press(LIN, "核实销号")
    (late,) = await talk.say(SU, "目录文本见附件三")
    assert "不能补充佐证" in late.text
    async with database.reading() as session:
        item = await session.scalar(select(ActionItem).where(ActionItem.number == 1))
        assert item is not None
        assert item.evidence == ""
    (other,) = await talk.say(SU, "待办")
    assert "补充佐证" not in other.text
