"""Answers that a second person approves, and the report on what went unanswered."""

from sqlalchemy import select

from services.library.shelving import get_document, repeal
from services.models import Document
from tests.cast import CHEN, GUEST, LIN, ZHOU
from tests.handlers.ticket_talk import QUESTION, WU, Room, lone, room, to

__all__ = ["lone", "room"]


async def test_a_second_person_approves_and_a_paraphrase_finds_it_first(room: Room) -> None:
    (notice,) = to(await room.say(ZHOU, "问秘书处 " + QUESTION), LIN)
    await room.reply(LIN, notice, "设备共享平台计划于2026年12月20日上线试运行。")
    said = await room.press(LIN, "存为标准答复·成员可见")
    (request,) = to(said, WU)
    assert "由您本人" not in request.text
    said = await room.press(WU, "同意收录")
    assert "已收入标准答复" in to(said, WU)[-1].text
    assert "已由吴秘书审核" in to(said, LIN)[0].text
    assert (await room.ticket()).state == "approved"
    for paraphrase in (QUESTION, "设备共享平台啥时候能上线呀？", "共享设备的平台上线时间"):
        (answer,) = await room.say(CHEN, paraphrase)
        assert answer.text_key == "tickets.standard", paraphrase
        assert "秘书处标准答复</b> · 2026年11月23日" in answer.text
        assert "吴秘书审核，11月23日（周一）" in answer.text
        assert "2026年12月20日上线试运行" in answer.text
    for other in ("师资共享平台什么时候上线", "设备共享平台由谁出资", "设备共享平台什么时候下线", "章程什么时候修订"):
        (answer,) = await room.say(CHEN, other)
        assert answer.text_key != "tickets.standard", other
    assert await room.acts() == ["open", "answer", "propose", "approve"]


async def test_strangers_do_not_hear_standard_answers_for_members(room: Room) -> None:
    (notice,) = to(await room.say(ZHOU, "问秘书处 " + QUESTION), LIN)
    await room.reply(LIN, notice, "计划于2026年12月20日上线。")
    await room.press(LIN, "存为标准答复·成员可见")
    await room.press(WU, "同意收录")
    (answer,) = await room.say(GUEST, QUESTION)
    assert "12月20日" not in answer.text


async def test_who_answered_does_not_approve(room: Room) -> None:
    (notice,) = to(await room.say(ZHOU, "问秘书处 " + QUESTION), LIN)
    await room.reply(LIN, notice, "十二月上线。")
    (request,) = to(await room.press(LIN, "存为标准答复·公开"), WU)
    await room.talk.press_data(LIN, request, request.buttons[0][1])
    assert "发给别人的" in room.talk.toast
    said = await room.press(WU, "不收录")
    assert "未收为标准答复" in to(said, LIN)[0].text
    assert (await room.ticket()).standard == {}


async def test_a_secretariat_of_one_confirms_twice_and_it_is_recorded(lone: Room) -> None:
    (notice,) = to(await lone.say(ZHOU, "问秘书处 " + QUESTION), LIN)
    await lone.reply(LIN, notice, "十二月上线。")
    said = await lone.press(LIN, "存为标准答复·公开")
    assert any("由您本人复核确认" in one.text for one in to(said, LIN))
    said = await lone.press(LIN, "同意收录")
    assert "（本人复核）" in to(said, LIN)[-1].text
    assert (await lone.ticket()).standard["alone"] is True


async def test_the_report_gathers_what_went_unanswered(room: Room) -> None:
    await room.say(ZHOU, "会费怎么交")
    await room.say(CHEN, "会费多少钱")
    await room.say(CHEN, "会费怎么交")
    await room.say(ZHOU, "转人工")
    (refused,) = await room.say(ZHOU, "/kb report")
    assert "只有秘书处" in refused.text
    (report,) = await room.say(LIN, "问答情况")
    for words in (
        "提问 3 次",
        "没有依据 3",
        "会费（3）：会费怎么交；会费多少钱",
        "会费怎么交（2 次）",
        "待答 1，其中超期 0",
    ):
        assert words in report.text


async def test_the_report_leaves_out_what_was_settled_and_counts_warnings_of_documents_out_of_force(room: Room) -> None:
    number = await room.shelve("旧规.txt", "学生实习补贴暂行规定\n\n第一条 补贴由财务科按月发放。", "members")
    await room.say(ZHOU, "补贴由谁按月发放？")
    async with room.database.transaction() as session:
        await repeal(session, await get_document(session, number), by=None, now=room.talk.now)
    (notice,) = to(await room.say(ZHOU, "问秘书处 " + QUESTION), LIN)
    await room.reply(LIN, notice, "十二月上线。")
    (report,) = await room.say(LIN, "最近有哪些问题没答上来")
    assert "设备" in report.text.split("问得最多")[0]
    assert "仍有人问到" not in report.text
    await room.press(LIN, "存为标准答复·成员可见")
    await room.press(WU, "同意收录")
    await room.say(ZHOU, "《学生实习补贴暂行规定》还有效吗？")
    (report,) = await room.say(LIN, "问答情况")
    assert QUESTION not in report.text
    assert "1《学生实习补贴暂行规定》（1 次），未指定替代文件" in report.text


async def test_the_askers_number_is_not_kept_with_the_standard_answer(room: Room) -> None:
    (notice,) = to(await room.say(ZHOU, "问秘书处 会费怎么交，我的电话是13812345678"), LIN)
    await room.reply(LIN, notice, "按年交到联合体账户。")
    (request,) = to(await room.press(LIN, "存为标准答复·公开"), WU)
    assert "13812345678" not in request.text
    await room.press(WU, "同意")
    async with room.database.reading() as session:
        kept = list(await session.scalars(select(Document).where(Document.collection == "标准答复")))
    assert len(kept) == 1
    assert "13812345678" not in kept[0].title + kept[0].text + kept[0].name
