"""A question that the library cannot answer, on its way to people and back."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import update

from handlers.texts.filters import moment
from services.db import Database
from services.models import OutboxMessage, Person, Ticket
from services.outbox import Address, Note, post
from services.tickets.notices import find_ticket_of
from services.tickets.waiting import list_owed
from tests.cast import CHEN, GROUP_ID, GUEST, LIN, ZHOU, Cast, actor_of
from tests.handlers.ticket_talk import QUESTION, WU, Room, room, to
from tests.talk import BOT

__all__ = ["room"]


async def test_no_answer_offers_people_and_makes_one_ticket(room: Room) -> None:
    (unanswered,) = await room.say(ZHOU, QUESTION)
    assert "转秘书处" in unanswered.labels
    said = await room.press(ZHOU, "转秘书处")
    (opened,) = to(said, ZHOU)
    due = moment((await room.ticket()).due_at.isoformat())
    assert f"编号 1）：“{QUESTION}”。预计 {due} 前答复" in opened.text
    for secretary in (LIN, WU):
        (notice,) = to(said, secretary)
        assert QUESTION in notice.text
        assert "周老师（星河职业技术学院）" in notice.text
    assert await room.press(ZHOU, "转秘书处", on=unanswered) == []
    assert "已经转过了" in room.talk.toast


async def test_open_questions_are_listed_and_answered_in_words(room: Room) -> None:
    await room.say(ZHOU, "问秘书处 " + QUESTION)
    (listed,) = to(await room.say(LIN, "有哪些没答的"), LIN)
    assert QUESTION in listed.text
    assert "周老师" in listed.text
    assert listed.labels == ["答复 1"]
    (own,) = await room.say(ZHOU, "工单")
    assert "还没有答复的问题" in own.text
    assert own.labels == []
    (refused,) = await room.say(ZHOU, "答复工单1：十二月上线。")
    assert "只有秘书处" in refused.text
    said = await room.say(LIN, "答复工单1：十二月上线。")
    assert "十二月上线" in to(said, ZHOU)[0].text
    (none,) = await room.say(LIN, "工单")
    assert "没有待答复的问题" in none.text


async def test_who_was_given_a_question_owes_the_answer(room: Room, cast: Cast) -> None:
    await room.say(ZHOU, "问秘书处 " + QUESTION)
    async with room.database.transaction() as session:
        assert [one.number for one in await list_owed(session, await actor_of(session, LIN))] == [1]
        assert await list_owed(session, await actor_of(session, CHEN)) == []
    await room.say(LIN, "把工单1转给陈工")
    async with room.database.transaction() as session:
        assert await list_owed(session, await actor_of(session, LIN)) == []
        (owed,) = await list_owed(session, await actor_of(session, CHEN))
    assert (owed.words, owed.asker, owed.handed_to) == (QUESTION, "周老师", "陈工")
    (asked,) = await room.say(CHEN, "答复工单")
    assert QUESTION in asked.text
    assert "十二月" in to(await room.say(CHEN, "十二月上线。"), ZHOU)[0].text


async def test_a_secretary_who_opens_the_chat_later_gets_what_waits_once(room: Room) -> None:
    async with room.database.transaction() as session:
        await session.execute(
            update(Person).where(Person.telegram_id.in_([LIN.telegram_id, WU.telegram_id])).values(reachable=False)
        )
    await room.say(ZHOU, QUESTION)
    said = await room.press(ZHOU, "转秘书处")
    assert to(said, LIN) == to(said, WU) == []
    greeting, notice = to(await room.say(LIN, "/start"), LIN)
    assert QUESTION in notice.text
    assert len(to(await room.say(LIN, "/start"), LIN)) == 1
    said = await room.reply(LIN, notice, "十二月上线。")
    assert "十二月上线" in to(said, ZHOU)[0].text
    assert len(to(await room.say(WU, "/start"), WU)) == 1
    assert greeting.text_key == "joining.start"


async def test_an_approval_waits_for_the_second_person_to_open_the_chat(room: Room) -> None:
    async with room.database.transaction() as session:
        await session.execute(update(Person).where(Person.telegram_id == WU.telegram_id).values(reachable=False))
    (notice,) = to(await room.say(ZHOU, "问秘书处 " + QUESTION), LIN)
    await room.reply(LIN, notice, "十二月上线。")
    (proposed,) = await room.press(LIN, "存为标准答复·成员可见")
    assert "打开后就会收到" in proposed.text
    request = to(await room.say(WU, "/start"), WU)[-1]
    assert "标准答复待审核" in request.text
    assert len(to(await room.say(WU, "/start"), WU)) == 1
    await room.press(WU, "同意收录", on=request)
    assert (await room.ticket()).state == "approved"


async def test_a_bad_answer_is_one_tap_away_from_people_who_see_what_was_said(room: Room) -> None:
    await room.shelve("章程.txt", "联合体章程\n\n第一条 理事会每年召开两次全体会议。", "members")
    (answer,) = await room.say(ZHOU, "理事会每年召开几次全体会议")
    assert answer.text_key == "ask.answer"
    (offer,) = await room.press(ZHOU, "没答对")
    assert offer.labels == ["转秘书处"]
    assert await room.press(ZHOU, "没答对", on=answer) == []
    said = await room.press(ZHOU, "转秘书处", on=offer)
    assert "编号 1" in to(said, ZHOU)[0].text
    (notice,) = to(said, LIN)
    for words in ("机器人答过", "每年召开两次全体会议", "《联合体章程》第一条"):
        assert words in notice.text
    await room.press(ZHOU, "有用", on=answer)
    assert await room.press(ZHOU, "没答对", on=answer) == []


async def test_only_who_asked_and_belongs_is_offered_people(room: Room) -> None:
    await room.shelve("章程.txt", "联合体章程\n\n第一条 理事会每年召开两次全体会议。", "public")
    (answer,) = await room.say(ZHOU, f"@{BOT.username} 理事会每年召开几次全体会议", chat=GROUP_ID)
    assert await room.press(CHEN, "没答对", chat=GROUP_ID, on=answer) == []
    await room.say(GUEST, "理事会每年召开几次全体会议")
    assert await room.press(GUEST, "没答对") == []
    assert "谢谢反馈" in room.talk.toast


async def test_who_helps_reads_no_passage_above_their_level(room: Room) -> None:
    await room.shelve("内部办法.txt", "平台办法\n\n第一条 设备共享平台由专班筹建。", "secretariat")
    (unanswered,) = await room.say(LIN, "设备共享平台什么时候下线")
    assert "转秘书处" not in unanswered.labels
    assert "转给秘书处" not in unanswered.text
    said = await room.say(LIN, "转人工")
    assert "由专班筹建" in to(said, WU)[0].text
    said = await room.reply(WU, to(said, WU)[0], "转给 陈工")
    assert "由专班筹建" not in to(said, CHEN)[0].text


async def test_due_after_workdays(room: Room) -> None:
    await room.say(ZHOU, QUESTION)
    await room.press(ZHOU, "转秘书处")
    ticket = await room.ticket()
    assert room.talk.now.strftime("%A") == "Monday"
    assert ticket.due_at.astimezone(room.desk.zone).strftime("%A %H:%M") == "Wednesday 17:30"


async def test_words_take_the_last_question_or_bring_their_own(room: Room) -> None:
    await room.say(ZHOU, QUESTION)
    await room.say(ZHOU, "转人工")
    assert (await room.ticket(1)).text == QUESTION
    await room.say(ZHOU, "问秘书处 培训室能借用吗")
    assert (await room.ticket(2)).text == "培训室能借用吗"
    (hint,) = await room.say(CHEN, "转人工")
    assert "请写明" in hint.text


async def test_a_question_about_the_secretariat_is_a_question(room: Room) -> None:
    await room.say(ZHOU, "秘书处的电话是多少")
    async with room.database.reading() as session:
        assert await session.get(Ticket, 1) is None


async def test_strangers_do_not_reach_the_secretariat(room: Room) -> None:
    said = await room.say(GUEST, "问秘书处 怎么加入联合体")
    assert [one.chat_id for one in said] == [GUEST.telegram_id]
    assert "没有这项操作的权限" in said[0].text


async def test_a_reply_in_place_answers_and_settles_the_others(room: Room) -> None:
    await room.say(ZHOU, QUESTION)
    said = await room.press(ZHOU, "转秘书处")
    (lins,), (wus,) = to(said, LIN), to(said, WU)
    said = await room.reply(LIN, lins, "预计12月上线 <b>试运行</b>")
    (answer,) = to(said, ZHOU)
    assert "秘书处答复" in answer.text
    assert "预计12月上线 &lt;b&gt;试运行&lt;/b&gt;" in answer.text
    (settled,) = to(said, WU)
    assert (settled.is_edit, settled.message_id, settled.buttons) == (True, wus.message_id, ())
    assert "已由林秘书答复" in settled.text
    late = await room.reply(WU, wus, "我也来答")
    assert "已由林秘书答复，不会重复发送" in late[-1].text
    assert to(late, ZHOU) == []
    assert (await room.ticket()).answer.startswith("预计12月")
    assert await room.acts() == ["open", "answer"]


async def test_the_button_takes_the_next_words_as_the_answer(room: Room) -> None:
    await room.say(ZHOU, "问秘书处 " + QUESTION)
    await room.press(LIN, "答复")
    said = await room.say(LIN, "十二月上线。")
    assert "十二月上线。" in to(said, ZHOU)[0].text
    (next_words,) = await room.say(LIN, "联合体章程第一条是什么")
    assert next_words.text_key == "ask.none"
    assert (await room.ticket()).answer == "十二月上线。"


async def test_an_answer_may_be_quicker_than_the_record_of_the_notice(
    database: Database, cast: Cast, now: datetime
) -> None:
    """The notice is on its way: the chat shows it, the outbox does not know its number yet."""
    async with database.transaction() as session:
        note = Note("tickets.notice", {"ticket_id": 7})
        sending = await post(session, note, Address(LIN.telegram_id), now=now, business_key="ticket:7:notice")
        row = await session.get_one(OutboxMessage, sending)
        row.state = "sending"
        await session.flush()
        assert await find_ticket_of(session, LIN.telegram_id, 55) == 7
        row.state, row.message_id = "sent", 55
        await session.flush()
        assert await find_ticket_of(session, LIN.telegram_id, 55) == 7
        assert await find_ticket_of(session, LIN.telegram_id, 56) is None
        assert await find_ticket_of(session, CHEN.telegram_id, 55) is None


@pytest.mark.parametrize("group", [False, True])
async def test_fault_with_an_answer_is_offered_to_people(room: Room, group: bool) -> None:
    where: dict[str, Any] = {"chat": GROUP_ID} if group else {}
    at = "@lianluo_bot " if group else ""
    await room.say(ZHOU, f"{at}{QUESTION}", **where)
    (said, *_) = await room.say(ZHOU, f"{at}你答错了，实习补贴是2450", **where)
    assert "转给秘书处" in said.text
    assert QUESTION in said.text


async def test_whoever_writes_an_answer_too_late_is_free_for_something_else(room: Room) -> None:
    (notice,) = to(await room.say(ZHOU, "问秘书处 " + QUESTION), WU)
    await room.press(LIN, "答复")
    await room.reply(WU, notice, "十二月上线。")
    (late, *_) = await room.say(LIN, "一月上线。")
    assert "吴秘书" in late.text
    (said, *_) = await room.say(LIN, "章程规定理事会每年开几次会")
    assert "吴秘书" not in said.text
