"""Groups: in, bound, out, moved; personal numbers are turned back."""

from datetime import datetime
from typing import Any

from aiogram import Router
from sqlalchemy import select

from bot.settings import Settings
from handlers import groups
from handlers.filters import Addressed
from handlers.turn import Turn
from services.chats import get_chat
from services.db import Database
from services.models import Person
from services.settings import ConsortiumSettings
from tests.cast import CHEN, GROUP_ID, LIN, ZHOU, Account, Cast
from tests.talk import BOT, Talk, router_of

NEW_GROUP = -1009000000001


def talk_in(database: Database, now: datetime) -> Talk:
    after = Router()

    @after.message(Addressed())
    async def swallow(_event: object, turn: Turn) -> None:
        await turn.say("refusals.other")

    return Talk(database, [router_of(groups), after], now)


def membership(who: Account, chat_id: int, old: str, new: str, now: datetime) -> dict[str, Any]:
    user = {"id": who.telegram_id, "is_bot": False, "first_name": who.name}
    bot = BOT.model_dump(exclude_none=True)
    gone = {"until_date": 0} if new == "kicked" else {}
    kind = {"type": "private", "first_name": who.name} if chat_id > 0 else {"type": "supergroup", "title": "新群<1>"}
    event = {"chat": {"id": chat_id, **kind}, "from": user, "date": int(now.timestamp())}
    was_gone = {"until_date": 0} if old == "kicked" else {}
    event |= {
        "old_chat_member": {"user": bot, "status": old, **was_gone},
        "new_chat_member": {"user": bot, "status": new, **gone},
    }
    return {"my_chat_member": event}


async def test_added_greets_the_group_and_asks_the_secretariat(database: Database, cast: Cast, now: datetime) -> None:
    talk = talk_in(database, now)
    hello, question = await talk.happen(membership(ZHOU, NEW_GROUP, "left", "member", now))
    assert (hello.chat_id, question.chat_id) == (NEW_GROUP, LIN.telegram_id)
    assert ZHOU.name not in hello.text
    assert "新群&lt;1&gt;" in question.text
    (bound,) = await talk.press(LIN, "成员资料可见")
    assert "已绑定" in bound.text
    async with database.reading() as session:
        chat = await get_chat(session, NEW_GROUP)
        assert (chat.status, chat.access, chat.bound_by) == ("bound", "members", cast.person(LIN))


async def test_the_secretariats_own_chat_is_greeted_as_that_and_asks_for_no_binding(
    database: Database, cast: Cast, now: datetime
) -> None:
    consortium = ConsortiumSettings(secretaries=(LIN.telegram_id,), secretariat_chat=NEW_GROUP)
    talk = Talk(database, [router_of(groups)], now, {"settings": Settings(consortium=consortium)})
    (hello,) = await talk.happen(membership(ZHOU, NEW_GROUP, "left", "member", now))
    assert (hello.chat_id, hello.text_key) == (NEW_GROUP, "groups.hello_office")


async def test_removed_and_added_again_must_be_bound_anew(database: Database, cast: Cast, now: datetime) -> None:
    talk = talk_in(database, now)
    await talk.happen(membership(ZHOU, GROUP_ID, "member", "kicked", now))
    async with database.reading() as session:
        assert (await get_chat(session, GROUP_ID)).status == "left"
    await talk.happen(membership(ZHOU, GROUP_ID, "left", "member", now))
    async with database.reading() as session:
        chat = await get_chat(session, GROUP_ID)
        assert (chat.status, chat.access) == ("seen", "public")


async def test_walking_out_is_an_errand(database: Database, cast: Cast, now: datetime) -> None:
    talk = talk_in(database, now)
    await talk.happen(membership(ZHOU, NEW_GROUP, "left", "member", now))
    await talk.press(LIN, "退出该群")
    assert [(work.kind, work.payload) for work in talk.works] == [("leave_chat", {"chat_id": NEW_GROUP})]


async def test_bind_in_a_topic_sends_notices_there(database: Database, cast: Cast, now: datetime) -> None:
    talk = talk_in(database, now)
    (asked,) = await talk.say(LIN, "/bind", chat=GROUP_ID, thread=5)
    assert "本话题" in asked.text
    await talk.press(CHEN, "仅公开资料", chat=GROUP_ID)
    assert "发给别人的" in talk.toast
    await talk.press(LIN, "仅公开资料", chat=GROUP_ID)
    async with database.reading() as session:
        chat = await get_chat(session, GROUP_ID)
        assert (chat.access, chat.notice_thread_id) == ("public", 5)


async def test_group_admins_cannot_bind(database: Database, cast: Cast, now: datetime) -> None:
    (said,) = await talk_in(database, now).say(ZHOU, "/bind", chat=GROUP_ID)
    assert "只有秘书处" in said.text


async def test_a_group_that_moves_keeps_its_binding(database: Database, cast: Cast, now: datetime) -> None:
    talk = talk_in(database, now)
    for _ in range(2):
        await talk.say(ZHOU, chat=GROUP_ID, migrate_to_chat_id=NEW_GROUP)
    async with database.reading() as session:
        assert (await get_chat(session, NEW_GROUP)).status == "bound"
        assert (await get_chat(session, GROUP_ID)).status == "left"


async def test_blocking_the_bot_shows_on_the_board(database: Database, cast: Cast, now: datetime) -> None:
    talk = talk_in(database, now)
    await talk.happen(membership(CHEN, CHEN.telegram_id, "member", "kicked", now))
    async with database.reading() as session:
        person = await session.scalar(select(Person).where(Person.telegram_id == CHEN.telegram_id))
        assert person is not None
        assert (person.reachable, person.unreachable_reason) == (False, "blocked")


async def test_personal_numbers_for_the_bot_are_turned_back(database: Database, cast: Cast, now: datetime) -> None:
    talk = talk_in(database, now)
    for words in ("参会2人，刘某某 13900001111", "/ask 139-0000-1111 是谁", "名单 110101199003070000"):
        text = words if words.startswith("/") else f"@{BOT.username} {words}"
        (said,) = await talk.say(CHEN, text, chat=GROUP_ID)
        assert "请删除这条消息" in said.text
        assert "1390" not in said.text
        assert said.reply_to is not None
    (said,) = await talk.say(CHEN, chat=GROUP_ID, caption=f"@{BOT.username} 13900001111", photo=[])
    assert "请删除" in said.text


async def test_a_number_in_the_replied_words_is_turned_back(database: Database, cast: Cast, now: datetime) -> None:
    talk = talk_in(database, now)
    replied = {
        "message_id": 4711,
        "date": int(now.timestamp()),
        "chat": {"id": GROUP_ID, "type": "supergroup", "title": "群"},
        "text": "刘某某 13900001111 是谁",
    }
    (said,) = await talk.say(CHEN, "/ask", chat=GROUP_ID, reply_to_message=replied)
    assert "请删除这条消息" in said.text


async def test_talk_among_people_is_not_looked_at(database: Database, cast: Cast, now: datetime) -> None:
    talk = talk_in(database, now)
    assert await talk.say(CHEN, "我的电话 13900001111", chat=GROUP_ID) == []
    (said,) = await talk.say(CHEN, f"@{BOT.username} 大家好", chat=GROUP_ID)
    assert said.text_key == "refusals.other"
    (said,) = await talk.say(CHEN, "我的电话 13900001111")
    assert said.text_key == "refusals.other"
