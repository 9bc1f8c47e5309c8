"""Questions handed on, pressed for, closed and opened again."""

from datetime import timedelta

from sqlalchemy import select, update

from services.models import Person, Seat
from services.tickets.escalation import escalate_overdue
from tests.cast import CHEN, HE, LIN, ZHOU
from tests.handlers.ticket_talk import QUESTION, WU, Room, room, to
from tests.talk import Said

__all__ = ["room"]


async def test_handing_on_to_a_member_who_answers(room: Room) -> None:
    (notice,) = to(await room.say(ZHOU, "问秘书处 " + QUESTION), LIN)
    said = await room.reply(LIN, notice, "转给 陈工")
    (asked,) = to(said, CHEN)
    assert "请您协助" in asked.text
    assert (await room.ticket()).state == "assigned"
    said = await room.reply(CHEN, asked, "平台由我们建设，十二月上线。")
    assert "十二月上线" in to(said, ZHOU)[0].text
    assert next(one for one in to(said, CHEN) if one.text_key == "tickets.sent").buttons == ()


async def test_handing_on_by_button(room: Room) -> None:
    await room.say(ZHOU, "问秘书处 " + QUESTION)
    (whom,) = await room.press(LIN, "转给…")
    assert whom.labels == ["吴秘书"]
    said = await room.press(LIN, "吴秘书")
    assert "请您协助" in to(said, WU)[0].text


async def test_nobody_is_handed_a_ticket_whom_the_bot_cannot_reach(room: Room) -> None:
    async with room.database.transaction() as session:
        await session.execute(update(Person).where(Person.name == HE.name).values(reachable=False))
    (notice,) = to(await room.say(ZHOU, "问秘书处 " + QUESTION), LIN)
    (said,) = await room.reply(LIN, notice, "转给何老师")
    assert "何老师还没有私聊过我" in said.text
    assert (await room.ticket()).state == "open"


async def test_closing_tells_the_asker(room: Room) -> None:
    await room.say(ZHOU, "问秘书处 " + QUESTION)
    said = await room.press(LIN, "关闭")
    assert "未作答复" in to(said, ZHOU)[0].text
    assert (await room.ticket()).state == "closed"


async def test_an_asker_who_is_not_helped_opens_it_again(room: Room) -> None:
    (notice,) = to(await room.say(ZHOU, "问秘书处 " + QUESTION), LIN)
    await room.reply(LIN, notice, "看通知。")
    said = await room.press(ZHOU, "还没解决")
    assert QUESTION in to(said, LIN)[0].text
    assert (await room.ticket()).state == "open"
    said = await room.reply(LIN, to(said, LIN)[0], "十二月上线。")
    assert "十二月上线" in to(said, ZHOU)[0].text


async def test_overdue_tickets_are_pushed_each_workday_and_then_once_a_week(room: Room) -> None:
    await room.say(ZHOU, "问秘书处 " + QUESTION)

    async def escalate(days: float) -> list[Said]:
        async with room.database.transaction() as session:
            await escalate_overdue(session, desk=room.desk, now=room.talk.now + timedelta(days=days))
        return await room.talk.listen()

    assert await escalate(2) == []
    said = await escalate(3)
    assert "已超期" in to(said, LIN)[0].text
    assert "已超期" in to(said, WU)[0].text
    assert "还在处理" in to(said, ZHOU)[0].text
    assert await escalate(3.1) == []
    assert [one.chat_id for one in await escalate(4)] == [LIN.telegram_id, WU.telegram_id]
    assert await escalate(5) == []  # a Saturday
    assert await escalate(8) == []
    assert [one.chat_id for one in await escalate(11)] == [LIN.telegram_id, WU.telegram_id]
    said = await room.reply(LIN, to(said, LIN)[0], "十二月上线。")
    assert "十二月上线" in to(said, ZHOU)[0].text


async def test_five_open_questions_are_enough(room: Room) -> None:
    for number in range(5):
        await room.say(ZHOU, f"问秘书处 第{number}个问题怎么办")
    said = await room.say(ZHOU, "问秘书处 第六个问题怎么办")
    assert "超过上限（5）" in said[-1].text


async def test_a_helper_whose_seat_ended_answers_no_more(room: Room) -> None:
    (notice,) = to(await room.say(ZHOU, "问秘书处 " + QUESTION), LIN)
    (asked,) = to(await room.reply(LIN, notice, "转给 陈工"), CHEN)
    async with room.database.transaction() as session:
        seats = select(Person.id).where(Person.telegram_id == CHEN.telegram_id).scalar_subquery()
        await session.execute(update(Seat).where(Seat.person_id == seats).values(until=room.talk.now))
    said = await room.reply(CHEN, asked, "平台十二月上线。")
    assert to(said, ZHOU) == []
    assert (await room.ticket()).state == "assigned"
    room.talk.now += timedelta(days=4)
    async with room.database.transaction() as session:
        assert await escalate_overdue(session, desk=room.desk, now=room.talk.now) == 1
    assert to(await room.talk.listen(), CHEN) == []
