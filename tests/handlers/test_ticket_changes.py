"""What happens to a question after it was handed over: asked again, taken back, answered wrongly, reviewed in words."""

import pytest
from sqlalchemy import select

from services.models import AuditEntry, Document
from tests.cast import CHEN, GROUP_ID, LIN, ZHOU, Account
from tests.handlers.ticket_talk import QUESTION, WU, Room, room, to
from tests.talk import BOT, Said

__all__ = ["room"]
ANSWER, RIGHT = "设备共享平台计划于2027年3月上线。", "设备共享平台计划于2027年4月上线。"


async def asked(room: Room) -> Said:
    """The notice that one of the secretariat got of a question."""
    (notice,) = to(await room.say(ZHOU, "问秘书处 " + QUESTION), LIN)
    return notice


async def approved(room: Room) -> None:
    await room.reply(LIN, await asked(room), ANSWER)
    await room.press(LIN, "存为标准答复·成员可见")
    await room.press(WU, "同意收录")


async def last_message(room: Room) -> int:
    """The number of the message that answered last."""
    async with room.database.reading() as session:
        acts = select(AuditEntry).where(AuditEntry.act.in_(("answer", "correct"))).order_by(AuditEntry.id.desc())
        entry = await session.scalar(acts.limit(1))
        assert entry is not None
        return int(entry.facts["message"])


async def edit(room: Room, who: Account, notice: Said, number: int, text: str) -> list[Said]:
    """Change a message that replied to a notice."""
    replied = {"message_id": notice.message_id, "date": 0, "chat": {"id": who.telegram_id, "type": "private"}}
    replied |= {"from": BOT.model_dump(exclude_none=True), "text": "…"}
    message = room.talk._message(who, who.telegram_id, None) | {"edit_date": 1, "text": text, "message_id": number}
    return await room.talk.happen({"edited_message": message | {"reply_to_message": replied}})


@pytest.mark.parametrize("again", [QUESTION, "设备共享平台啥时候能上线呀？"])
async def test_the_same_question_makes_one_ticket_while_it_waits(room: Room, again: str) -> None:
    await asked(room)
    await room.say(ZHOU, again)
    said = await room.press(ZHOU, "转秘书处")
    assert said == []
    assert "已经转过了，编号 1" in room.talk.toast
    (told,) = await room.say(ZHOU, "问秘书处 " + again)
    assert "已经转给秘书处了（编号 1）" in told.text
    said = await room.say(ZHOU, "问秘书处 设备共享平台由谁出资")
    assert "编号 2" in to(said, ZHOU)[0].text


async def test_another_person_asks_for_themselves(room: Room) -> None:
    await asked(room)
    assert "编号 2" in to(await room.say(CHEN, "问秘书处 " + QUESTION), CHEN)[0].text


@pytest.mark.parametrize("words", ["撤回工单1", "工单1不用了", "取消工单1", "撤回工单"])
async def test_who_asked_takes_it_back_in_words(room: Room, words: str) -> None:
    notice = await asked(room)
    said = await room.say(ZHOU, words)
    assert "编号 1 已撤回" in to(said, ZHOU)[0].text
    (settled,) = to(said, LIN)
    assert (settled.message_id, settled.buttons) == (notice.message_id, ())
    assert "提问人已撤回" in settled.text
    assert (await room.ticket()).state == "closed"
    assert to(await room.reply(LIN, notice, ANSWER), ZHOU) == []


async def test_who_asked_takes_it_back_by_button_and_nobody_else_does(room: Room) -> None:
    said = await room.say(ZHOU, f"@{BOT.username} 问秘书处 {QUESTION}", chat=GROUP_ID)
    (opened,) = [one for one in said if one.chat_id == GROUP_ID]
    await room.press(CHEN, "撤回", chat=GROUP_ID, on=opened)
    assert (await room.ticket()).state == "open"
    await room.press(ZHOU, "撤回", chat=GROUP_ID, on=opened)
    assert (await room.ticket()).state == "closed"


async def test_a_wrong_answer_is_put_right_by_replying_once_more(room: Room) -> None:
    notice = await asked(room)
    said = await room.reply(LIN, notice, ANSWER)
    sent = next(one for one in said if one.text_key == "tickets.sent")
    (hint,) = await room.reply(LIN, notice, RIGHT)
    assert "以“更正：”开头" in hint.text
    for place in (notice, sent):
        said = await room.reply(LIN, place, f"更正：{RIGHT}")
        (told,) = to(said, ZHOU)
        assert "秘书处更正答复" in told.text
        assert RIGHT in told.text
        assert any(RIGHT in one.text and one.is_edit for one in to(said, WU))
    assert (await room.ticket()).answer == RIGHT
    assert await room.acts() == ["open", "answer", "correct", "correct"]


@pytest.mark.parametrize("order", ["更正工单1：", "更正工单1的答复：", "答复工单1：更正，"])
async def test_a_wrong_answer_is_put_right_in_words(room: Room, order: str) -> None:
    await room.reply(LIN, await asked(room), ANSWER)
    said = await room.say(WU, order + RIGHT)
    assert RIGHT in to(said, ZHOU)[0].text
    assert (await room.ticket()).answer == RIGHT
    assert to(await room.say(CHEN, order + "不上线了。"), ZHOU) == []


async def test_a_correction_may_reply_to_ones_own_answer(room: Room) -> None:
    await room.reply(LIN, await asked(room), ANSWER)
    own = {"message_id": 77, "date": 0, "chat": {"id": LIN.telegram_id, "type": "private"}, "text": ANSWER}
    said = await room.say(LIN, f"更正：{RIGHT}", reply_to_message=own)
    assert RIGHT in to(said, ZHOU)[0].text


async def test_an_edited_reply_changes_the_answer(room: Room) -> None:
    notice = await asked(room)
    await room.reply(LIN, notice, ANSWER)
    number = await last_message(room)
    assert await edit(room, LIN, notice, number, ANSWER) == []
    said = await edit(room, LIN, notice, number, RIGHT)
    assert RIGHT in to(said, ZHOU)[0].text
    assert (await room.ticket()).answer == RIGHT


async def test_a_corrected_standard_answer_is_not_given_until_it_is_approved_anew(room: Room) -> None:
    await approved(room)
    said = await room.say(LIN, f"更正工单1：{RIGHT}")
    assert "标准答复已停用" in to(said, LIN)[-1].text
    (answer,) = await room.say(CHEN, QUESTION)
    assert answer.text_key != "tickets.standard"
    assert ANSWER not in answer.text
    await room.press(LIN, "存为标准答复·成员可见")
    await room.press(WU, "同意收录")
    (answer,) = await room.say(CHEN, QUESTION)
    assert RIGHT in answer.text


async def test_a_request_for_the_old_answer_approves_nothing(room: Room) -> None:
    await room.reply(LIN, await asked(room), ANSWER)
    (request,) = to(await room.press(LIN, "存为标准答复·成员可见"), WU)
    room.talk.now = room.talk.now.replace(hour=9)
    await room.say(LIN, f"更正工单1：{RIGHT}")
    await room.press(LIN, "存为标准答复·成员可见")
    await room.press(WU, "同意收录", on=request)
    assert (await room.ticket()).state == "answered"
    async with room.database.reading() as session:
        assert await session.get(Document, 1) is None


@pytest.mark.parametrize("words", ["同意", "可以。", "没问题"])
async def test_a_reviewer_agrees_in_words(room: Room, words: str) -> None:
    await room.reply(LIN, await asked(room), ANSWER)
    (request,) = to(await room.press(LIN, "存为标准答复·成员可见"), WU)
    await room.reply(WU, request, words)
    assert (await room.ticket()).state == "approved"


async def test_a_reviewer_says_why_not(room: Room) -> None:
    await room.reply(LIN, await asked(room), ANSWER)
    (request,) = to(await room.press(LIN, "存为标准答复·成员可见"), WU)
    said = await room.reply(WU, request, "不收，日期不对，应为四月")
    (told,) = to(said, LIN)
    assert "未收为标准答复（吴秘书审核）。意见：不收，日期不对，应为四月" in told.text
    assert (await room.ticket()).state == "answered"


async def test_a_helpers_answer_comes_back_to_who_handed_it_on_and_can_be_kept(room: Room) -> None:
    said = await room.reply(LIN, await asked(room), "转给 陈工")
    said = await room.reply(CHEN, to(said, CHEN)[0], ANSWER)
    told = next(one for one in to(said, LIN) if not one.is_edit)
    assert "已由陈工答复" in told.text
    said = await room.press(LIN, "存为标准答复·成员可见", on=told)
    await room.press(WU, "同意收录")
    (answer,) = await room.say(CHEN, QUESTION)
    assert answer.text_key == "tickets.standard"


async def test_asked_again_the_earlier_answer_is_shown(room: Room) -> None:
    await room.reply(LIN, await asked(room), ANSWER)
    said = await room.press(ZHOU, "还没解决")
    notice = to(said, WU)[0]
    assert "林秘书答过，提问人说还没有解决" in notice.text
    assert ANSWER in notice.text


async def test_an_answer_that_is_only_alike_is_labelled_as_the_secretariats(room: Room) -> None:
    await approved(room)
    (near,) = await room.say(CHEN, "设备共享平台移动端什么时候上线")
    assert near.text_key == "ask.nearest"
    assert "相近问题的秘书处标准答复" in near.text
