"""The conversation harness itself."""

from datetime import datetime

from aiogram import Router
from aiogram.filters import Command

from handlers.filters import Addressed, Pressing
from handlers.turn import Turn
from services.db import Database
from services.outbox import Button, close_buttons
from tests.cast import CHEN, GROUP_ID, ZHOU, Cast
from tests.talk import BOT, Talk


def echo() -> Router:
    router = Router()

    @router.message(Command("two"))
    async def two(_event: object, turn: Turn) -> None:
        await turn.say("refusals.other", buttons=((Button("refusals.consent_missing", "echo_press"),),))

    @router.callback_query(Pressing("echo_press"))
    async def pressed(_event: object, turn: Turn) -> None:
        assert turn.pressed is not None
        await close_buttons(turn.session, turn.pressed.outbox_id, now=turn.now)
        await turn.change("refusals.other")
        turn.hint("refusals.already_closed")

    @router.message(Addressed())
    async def words(_event: object, turn: Turn, words: str) -> None:
        await turn.say("refusals.not_found", what="word", given=words)

    return router


async def test_replies_presses_and_toasts_are_seen(database: Database, cast: Cast, now: datetime) -> None:
    talk = Talk(database, [echo()], now)
    (question,) = await talk.say(ZHOU, "/two")
    (changed,) = await talk.press(ZHOU, "隐私")
    assert (changed.is_edit, changed.message_id) == (True, question.message_id)
    assert "已经处理" in talk.toast
    assert await talk.press(ZHOU, "隐私") == []
    assert "已经处理" in talk.toast


async def test_a_foreign_press_is_refused(database: Database, cast: Cast, now: datetime) -> None:
    talk = Talk(database, [echo()], now)
    (question,) = await talk.say(ZHOU, "/two", chat=GROUP_ID)
    await talk.press(CHEN, "隐私", chat=GROUP_ID)
    assert "发给别人的" in talk.toast
    await talk.press_data(CHEN, question, "forged:0")
    assert "失效" in talk.toast


async def test_group_words_are_claimed_only_when_addressed(database: Database, cast: Cast, now: datetime) -> None:
    talk = Talk(database, [echo()], now)
    assert await talk.say(ZHOU, "大家好", chat=GROUP_ID, thread=7) == []
    assert not talk.handled
    (answer,) = await talk.say(ZHOU, f"@{BOT.username} 你好<b>", chat=GROUP_ID, thread=7)
    assert talk.handled
    assert (answer.chat_id, answer.thread_id) == (GROUP_ID, 7)
    assert "你好&lt;b&gt;" in answer.text
