"""Tickets at their edges: handed over anew, follow-ups, answers with the same words, who may change what."""

import pytest
from sqlalchemy import select, update

from services.models import Document, Person, Seat, Ticket
from tests.cast import CHEN, GROUP_ID, LIN, ZHOU
from tests.handlers.test_ticket_changes import ANSWER, RIGHT, asked, edit, last_message
from tests.handlers.ticket_talk import QUESTION, WU, Room, room, to
from tests.talk import BOT, Said

__all__ = ["room"]


async def states(room: Room) -> list[str]:
    async with room.database.reading() as session:
        return [one.state for one in await session.scalars(select(Ticket).order_by(Ticket.id))]


@pytest.mark.parametrize("end", ["撤回", "关闭"])
async def test_a_question_that_was_taken_back_or_closed_can_be_handed_over_again(room: Room, end: str) -> None:
    await room.say(ZHOU, QUESTION)
    await room.press(ZHOU, "转秘书处")
    await room.say(ZHOU if end == "撤回" else LIN, f"{end}工单1")
    assert await states(room) == ["closed"]
    said = await room.say(ZHOU, "问秘书处")
    assert "编号 1" in to(said, ZHOU)[0].text
    (notice,) = to(said, LIN)
    assert await states(room) == ["open"]
    assert ANSWER in to(await room.reply(LIN, notice, ANSWER), ZHOU)[0].text


async def test_a_question_that_was_answered_is_handed_over_again_with_the_answer_shown(room: Room) -> None:
    await room.reply(LIN, await asked(room), ANSWER)
    said = await room.say(ZHOU, "问秘书处")
    assert ANSWER in to(said, LIN)[0].text
    assert await states(room) == ["open"]


async def test_follow_ups_in_the_same_words_after_different_questions_are_two(room: Room) -> None:
    for number, first in enumerate(("章程规定理事会多久开一次", "设备共享平台由谁出资"), 1):
        await room.say(ZHOU, first)
        await room.say(ZHOU, "那秘书处呢？")
        said = await room.press(ZHOU, "转秘书处")
        assert f"编号 {number}" in to(said, ZHOU)[0].text
    assert await states(room) == ["open", "open"]


def own(number: int, text: str) -> dict[str, object]:
    """A message of one's own, as a reply shows it."""
    return {"message_id": number, "date": 0, "chat": {"id": LIN.telegram_id, "type": "private"}, "text": text}


async def test_of_two_answers_in_the_same_words_the_message_replied_to_is_corrected(room: Room) -> None:
    numbers = []
    for who, question in ((ZHOU, QUESTION), (CHEN, "会费每年什么时候缴")):
        (notice,) = to(await room.say(who, "问秘书处 " + question), LIN)
        await room.reply(LIN, notice, "请看章程第五条。")
        numbers.append(await last_message(room))
    said = await room.say(LIN, "更正：三月上线", reply_to_message=own(999, "请看章程第五条。"))
    assert not to(said, ZHOU) + to(said, CHEN)
    assert "工单1、工单2" in to(said, LIN)[0].text
    said = await room.say(LIN, "更正：三月上线", reply_to_message=own(numbers[0], "请看章程第五条。"))
    assert "三月上线" in to(said, ZHOU)[0].text
    assert to(said, CHEN) == []


async def test_only_the_message_that_is_the_answer_changes_it_by_an_edit(room: Room) -> None:
    notice = await asked(room)
    await room.reply(LIN, notice, ANSWER)
    first = await last_message(room)
    await room.reply(LIN, notice, "更正：" + RIGHT)
    second = await last_message(room)
    await room.reply(LIN, notice, "这个存一下")  # refused
    refused = second + 1
    for number, text in ((first, ANSWER), (first, "另外的话"), (refused, "这个存一下标准答复")):
        assert await edit(room, LIN, notice, number, text) == []
    assert (await room.ticket()).answer == RIGHT
    said = await edit(room, LIN, notice, second, "更正：四月底上线。")
    assert "四月底上线" in to(said, ZHOU)[0].text


@pytest.mark.parametrize("words", ["修正案已于3月通过", "更正后的名单见附件二", "订正本已寄出"])
async def test_an_answer_that_begins_like_a_correction_is_none(room: Room, words: str) -> None:
    notice = await asked(room)
    await room.reply(LIN, notice, ANSWER)
    assert to(await room.reply(LIN, notice, words), ZHOU) == []
    assert (await room.ticket()).answer == ANSWER


async def helped(room: Room) -> Said:
    """The notice that a helper answered."""
    (notice,) = to(await room.reply(LIN, await asked(room), "转给 陈工"), CHEN)
    said = await room.reply(CHEN, notice, ANSWER)
    await room.press(LIN, "存为标准答复·公开", on=next(one for one in to(said, LIN) if not one.is_edit))
    return notice


async def test_a_helper_does_not_end_a_standard_answer(room: Room) -> None:
    notice = await helped(room)
    await room.press(WU, "同意收录")
    assert to(await room.reply(CHEN, notice, "更正：" + RIGHT), ZHOU) == []
    assert to(await edit(room, CHEN, notice, await last_message(room), RIGHT), ZHOU) == []
    async with room.database.reading() as session:
        assert [one.state for one in await session.scalars(select(Document))] == ["current"]


@pytest.mark.parametrize("is_over", [True, False])
async def test_a_helper_corrects_while_the_seat_is_held(room: Room, is_over: bool) -> None:
    notice = await helped(room)
    if is_over:
        async with room.database.transaction() as session:
            of_helper = select(Person.id).where(Person.telegram_id == CHEN.telegram_id).scalar_subquery()
            await session.execute(update(Seat).where(Seat.person_id == of_helper).values(until=room.talk.now))
    await room.reply(CHEN, notice, "更正：" + RIGHT)
    assert (await room.ticket()).answer == (ANSWER if is_over else RIGHT)


async def proposed(room: Room) -> Said:
    """The request for the second person's approval."""
    await room.reply(LIN, await asked(room), ANSWER)
    (request,) = to(await room.press(LIN, "存为标准答复·成员可见"), WU)
    return request


@pytest.mark.parametrize("words", ["同意，谢谢", "可以的", "同意收录为标准答复", "好，同意", "没有意见", "赞成👍"])
async def test_a_reviewer_agrees_in_many_words(room: Room, words: str) -> None:
    await room.reply(WU, await proposed(room), words)
    assert await states(room) == ["approved"]


@pytest.mark.parametrize("words", ["收到", "这是谁答的？", "可以收录吗", "同意，但日期要改", "稍等", "不同意吗？"])
async def test_words_that_review_nothing_are_asked_back(room: Room, words: str) -> None:
    (back,) = await room.reply(WU, await proposed(room), words)
    assert back.labels == ["同意收录", "不收录"]
    assert (await room.ticket()).standard
    await room.reply(WU, back, "同意")
    assert await states(room) == ["approved"]


@pytest.mark.parametrize("words", ["不同意", "不收，日期不对", "不行", "先不收"])
async def test_a_reviewer_declines_in_words(room: Room, words: str) -> None:
    await room.reply(WU, await proposed(room), words)
    assert not (await room.ticket()).standard
    assert await states(room) == ["answered"]


@pytest.mark.parametrize("words", ["撤回工单", "工单不用了"])
async def test_who_takes_back_means_their_own_question(room: Room, words: str) -> None:
    await room.reply(LIN, await asked(room), "转给 陈工")
    await room.say(CHEN, words)
    assert await states(room) == ["assigned"]
    await room.say(CHEN, "问秘书处 食堂什么时候开门")
    await room.say(CHEN, words)
    assert await states(room) == ["assigned", "closed"]
    await room.say(LIN, "撤回工单1")
    assert await states(room) == ["assigned", "closed"]


async def test_a_notice_masks_phone_numbers(room: Room) -> None:
    said = await room.say(ZHOU, "问秘书处 负责人的电话13812345678还能打通吗")
    assert "138****5678" in to(said, LIN)[0].text
    await room.say(ZHOU, "拨打13912345678能找到火星基地吗？")
    await room.say(ZHOU, "那月球基地呢？")
    notice = to(await room.press(ZHOU, "转秘书处"), LIN)[-1]
    assert "上文" in notice.text
    assert "13912345678" not in notice.text


async def test_a_correction_in_private_tells_the_group_that_the_answer_is_void(room: Room) -> None:
    (notice,) = to(await room.say(ZHOU, f"@{BOT.username} 问秘书处 {QUESTION}", chat=GROUP_ID), LIN)
    await room.reply(LIN, notice, ANSWER)
    said = await room.reply(LIN, notice, "更正：请拨打13912345678")
    (pointer,) = [one for one in said if one.chat_id == GROUP_ID]
    assert "之前的答复作废" in pointer.text
    assert "13912345678" not in pointer.text
    assert "13912345678" in to(said, ZHOU)[0].text
