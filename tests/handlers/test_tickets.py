"""A question that the library cannot answer, on its way to people and back."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.answering import Answering
from bot.handing import Handing
from bot.importing import IndexSync
from bot.keeping import IndexKeeper
from bot.removing import Removing
from bot.trying import Trying
from handlers import trials
from handlers.library import kb, looks, scope
from handlers.library import originals as originals_in_chat
from handlers.members import joining
from handlers.questions import ask, reading
from handlers.texts.filters import moment
from handlers.tickets import answering
from knowledge.documents.reading import read_text
from knowledge.settings import KnowledgeSettings
from services.db import Database
from services.library.originals import Originals
from services.library.shelving import Shelf, get_document, repeal, shelve
from services.models import AuditEntry, Chat, Errand, OutboxMessage, Person, Ticket
from services.outbox import Address, Note, post
from services.tickets.desk import Desk
from services.tickets.escalation import escalate_overdue
from services.tickets.notices import find_ticket_of
from services.tickets.waiting import list_owed
from tests.cast import CHEN, GROUP_ID, GUEST, HE, LIN, ZHOU, Account, Cast, actor_of
from tests.talk import BOT, Said, Talk, router_of

WU = Account(1002, "吴秘书", "wu_secretary")
OFFICE_ID = -1002000000009
QUESTION = "设备共享平台什么时候上线"


class Room:
    """The whole conversation with the errands that it promises. `ours`: the name of the consortium, when it has one."""

    ours = ""

    def __init__(
        self, database: Database, keeper: IndexKeeper, desk: Desk, now: datetime, originals: Originals | None = None
    ) -> None:
        self.database, self.keeper, self.desk = database, keeper, desk
        self.originals = originals or Originals(Path("nowhere"))
        routers = [router_of(reading), router_of(joining), router_of(answering), router_of(trials), router_of(scope)]
        routers += [router_of(looks), router_of(originals_in_chat), router_of(kb), router_of(ask)]
        self.talk = Talk(database, routers, now, {"desk": desk}, secretaries=desk.secretaries)

    async def say(self, who: Account, text: str, **more: Any) -> list[Said]:
        return await self.talk.say(who, text, **more) + await self.work()

    async def press(self, who: Account, label: str, **more: Any) -> list[Said]:
        return await self.talk.press(who, label, **more) + await self.work()

    async def reply(self, who: Account, to: Said, text: str) -> list[Said]:
        replied = {"message_id": to.message_id, "date": 0, "chat": {"id": to.chat_id, "type": "private"}}
        replied |= {"from": BOT.model_dump(exclude_none=True), "text": "…"}
        return await self.say(who, text, chat=to.chat_id, reply_to_message=replied)

    async def work(self) -> list[Said]:
        async def still(chat_id: int, thread_id: int | None) -> None:
            return None

        workers: dict[str, Any] = {
            "run_trials": Trying(
                self.database, self.keeper, self.desk, clock=lambda: self.talk.now, zone=self.desk.zone
            ),
            "remove_document": Removing(self.database, clock=lambda: self.talk.now, originals=self.originals),
            "hand_document": Handing(
                self.database, self.originals, secretaries=self.desk.secretaries, clock=lambda: self.talk.now
            ),
            "sync_index": IndexSync(self.database, self.keeper, clock=lambda: self.talk.now),
            "answer": Answering(
                self.database,
                self.keeper,
                clock=lambda: self.talk.now,
                zone=self.desk.zone,
                secretaries=self.desk.secretaries,
                typing=still,
                ours=self.ours,
            ),
        }
        heard: list[Said] = []
        while True:
            async with self.database.reading() as session:
                due = list(await session.scalars(select(Errand).where(Errand.state == "new").order_by(Errand.id)))
            if not due:
                return heard
            for errand in due:
                await workers[errand.kind](errand)
                heard += await self.talk.listen()

    async def shelve(self, name: str, text: str, access: str, collection: str = "", original: str = "") -> int:
        async with self.database.transaction() as session:
            shelf = Shelf(access, collection, original=original)
            shelved = await shelve(session, read_text(name, "", text), shelf, now=self.talk.now)
        await self.keeper.sync()
        return shelved.document_id

    async def ticket(self, number: int = 1) -> Ticket:
        async with self.database.reading() as session:
            found = await session.get(Ticket, number)
            assert found is not None
            return found

    async def acts(self) -> list[str]:
        async with self.database.reading() as session:
            found = await session.scalars(
                select(AuditEntry.act).where(AuditEntry.subject == "ticket").order_by(AuditEntry.id)
            )
            return list(found)


def to(said: list[Said], who: Account) -> list[Said]:
    """What one person heard in private."""
    return [one for one in said if one.chat_id == who.telegram_id]


@pytest.fixture
async def room(database: Database, cast: Cast, now: datetime, tmp_path: Path) -> AsyncIterator[Room]:
    async with database.transaction() as session:
        session.add(Person(telegram_id=WU.telegram_id, name=WU.name, reachable=True, created_at=now))
    keeper = IndexKeeper(database, KnowledgeSettings(dir=tmp_path / "index"))
    await keeper.open(warm=False)
    desk, kept = Desk(frozenset({LIN.telegram_id, WU.telegram_id})), Originals(tmp_path / "originals")
    yield Room(database, keeper, desk, now, kept)
    await keeper.close()


@pytest.fixture
async def lone(room: Room) -> Room:
    """A secretariat of one."""
    return Room(room.database, room.keeper, replace(room.desk, secretaries=frozenset({LIN.telegram_id})), room.talk.now)


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
    (report,) = await room.say(LIN, "问答情况")
    assert "设备" in report.text.split("问得最多")[0]
    assert "仍有人问到" not in report.text
    await room.press(LIN, "存为标准答复·成员可见")
    await room.press(WU, "同意收录")
    await room.say(ZHOU, "《学生实习补贴暂行规定》还有效吗？")
    (report,) = await room.say(LIN, "问答情况")
    assert QUESTION not in report.text
    assert "1《学生实习补贴暂行规定》（1 次），未指定替代文件" in report.text


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
