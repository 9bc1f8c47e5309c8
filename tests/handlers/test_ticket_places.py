"""Questions and their answers in groups, topics and the secretariat's own chat."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from services.models import Chat
from tests.cast import CHEN, GROUP_ID, LIN, ZHOU
from tests.handlers.ticket_talk import OFFICE_ID, QUESTION, WU, Room, room, to
from tests.talk import BOT

__all__ = ["room"]


async def test_an_answer_returns_to_the_topic_where_it_was_asked(room: Room) -> None:
    asked = await room.say(ZHOU, f"@{BOT.username} {QUESTION}", chat=GROUP_ID, thread=7)
    said = await room.press(ZHOU, "转秘书处", chat=GROUP_ID)
    (notice,) = to(said, LIN)
    assert "在群里" in notice.text
    said = await room.reply(LIN, notice, "十二月上线。")
    (answer,) = [one for one in said if one.chat_id == GROUP_ID]
    assert (answer.thread_id, answer.reply_to) == (7, asked[0].reply_to)
    assert "十二月上线" in answer.text


@pytest.mark.parametrize("words", ["请联系 13812345678。", "十二月上线。"])
async def test_a_group_hears_neither_numbers_of_people_nor_more_than_it_may(room: Room, words: str) -> None:
    if "138" not in words:
        async with room.database.transaction() as session:
            await session.execute(update(Chat).where(Chat.chat_id == GROUP_ID).values(access="public"))
    await room.say(ZHOU, f"@{BOT.username} {QUESTION}", chat=GROUP_ID)
    (notice,) = to(await room.press(ZHOU, "转秘书处", chat=GROUP_ID), LIN)
    said = await room.reply(LIN, notice, words)
    (pointer,) = [one for one in said if one.chat_id == GROUP_ID]
    assert "已私信" in pointer.text
    assert words[:4] not in pointer.text
    assert words in to(said, ZHOU)[0].text


async def test_the_secretariats_chat_hears_it_and_members_there_may_not_answer(room: Room) -> None:
    room = Room(room.database, room.keeper, replace(room.desk, chat_id=OFFICE_ID), room.talk.now)
    said = await room.say(ZHOU, "问秘书处 " + QUESTION)
    (notice,) = [one for one in said if one.chat_id == OFFICE_ID]
    assert to(said, LIN) == []
    (refused,) = await room.reply(CHEN, notice, "我觉得明天")
    assert "只有秘书处" in refused.text
    await room.press(LIN, "答复", chat=OFFICE_ID)
    assert "回复这条消息" in room.talk.toast
    said = await room.reply(WU, notice, "十二月上线。")
    assert "十二月上线" in to(said, ZHOU)[0].text


async def test_in_its_own_chat_the_secretariat_orders_by_words_too(room: Room) -> None:
    room = Room(room.database, room.keeper, replace(room.desk, chat_id=OFFICE_ID), room.talk.now)
    await room.say(ZHOU, "问秘书处 " + QUESTION)
    for words in ("@lianluo_bot 还有哪些问题没答", "@lianluo_bot 工单"):
        (listed,) = await room.say(LIN, words, chat=OFFICE_ID)
        assert listed.chat_id == OFFICE_ID
        assert QUESTION in listed.text
    assert await room.say(LIN, "工单", chat=OFFICE_ID) == []
    (other,) = await room.say(ZHOU, "@lianluo_bot 工单", chat=OFFICE_ID)
    assert QUESTION not in other.text
    (prompt,) = await room.say(LIN, "@lianluo_bot 答复工单1", chat=OFFICE_ID)
    assert "回复这条消息" in prompt.text
    said = await room.reply(LIN, prompt, "十二月上线。")
    assert "十二月上线" in to(said, ZHOU)[0].text


async def test_a_group_that_may_hear_less_by_now_gets_no_answer(room: Room) -> None:
    await room.say(ZHOU, f"@{BOT.username} {QUESTION}", chat=GROUP_ID)
    (notice,) = to(await room.press(ZHOU, "转秘书处", chat=GROUP_ID), LIN)
    async with room.database.transaction() as session:
        await session.execute(update(Chat).where(Chat.chat_id == GROUP_ID).values(access="public"))
    said = await room.reply(LIN, notice, "十二月上线。")
    (pointer,) = [one for one in said if one.chat_id == GROUP_ID]
    assert "十二月" not in pointer.text
    assert "十二月上线" in to(said, ZHOU)[0].text
