"""The whole human loop through the running assistant and the chat room: nothing is faked but Telegram itself."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.commands.timetable import running_from
from bot.composition import App
from bot.settings import Settings, load_settings
from services.db import Database
from tests.cast import CHEN, GROUP_ID, LIN, PEOPLE, ZHOU, Account, settle
from webchat.server import ChatRoom, Limits, Person

TOKEN = "777000:human-loop-token-of-35-signs-000100"
QUESTION = "设备共享平台什么时候上线"
CHARTER = "联合体章程\n\n第一条 理事会每年召开两次全体会议。\n\n第二条 联络员由各成员单位指定。"
PATIENCE_S = 90


class Stage:
    """People in the room, and the assistant at work."""

    def __init__(self, room: ChatRoom) -> None:
        self.room = room

    async def say(self, who: Account, text: str, *, chat: int | None = None, reply_to: int | None = None) -> int:
        """Write, and return up to which message the chat had been read."""
        message = await self.room.say(who.telegram_id, text, chat, reply_to=reply_to)
        return int(message["message_id"])

    async def hears(self, who: Account, words: str, *, chat: int | None = None, after: int = 0) -> dict[str, Any]:
        """The bot's message with these words, as soon as it is there."""
        place = chat or who.telegram_id

        def found() -> Any:
            for message in self.room.messages(place):
                said = message.get("text") or message.get("caption") or ""
                if message["from"]["is_bot"] and message["message_id"] > after and words in said:
                    return message
            return None

        try:
            message: dict[str, Any] = await self.room.wait_for(found, PATIENCE_S)
            return message
        except TimeoutError:
            said = [one.get("text", "") for one in self.room.messages(place)[-6:]]
            raise AssertionError(f"{who.name} never heard {words!r}, but {said}") from None

    async def press(self, who: Account, message: dict[str, Any], label: str) -> None:
        rows = message["reply_markup"]["inline_keyboard"]
        data = next(button["callback_data"] for row in rows for button in row if label in button["text"])
        await self.room.press(who.telegram_id, message["chat"]["id"], message["message_id"], data)


@pytest.fixture
async def room() -> AsyncIterator[ChatRoom]:
    async with ChatRoom(token=TOKEN, limits=Limits.without_flood_control()) as room:
        for account in PEOPLE:
            room.add_person(Person(account.telegram_id, account.name, username=account.username))
        room.add_group(GROUP_ID, "联合体工作群", [LIN.telegram_id, ZHOU.telegram_id, CHEN.telegram_id])
        yield room


@pytest.fixture
async def stage(room: ChatRoom, database_url: str, tmp_path: Path, now: datetime) -> AsyncIterator[Stage]:
    settings = load_settings(
        None,
        consortium={"secretaries": (LIN.telegram_id,), "group_chats": (GROUP_ID,)},
        telegram={"token": TOKEN, "api_base": room.api_base, "messages_per_second": 0, "group_interval_s": 0},
        database={"url": database_url},
        knowledge={"dir": tmp_path / "knowledge"},
        http={"port": 0},
    )
    await _settle(settings, now)
    app = App(settings, clock=running_from(now))
    await app.start()
    for account in (LIN, ZHOU, CHEN):
        await room.say(account.telegram_id, "/start")
    yield Stage(room)
    await app.stop()


async def _settle(settings: Settings, now: datetime) -> None:
    database = Database(settings.database.url)
    async with database.transaction() as session:
        await settle(session, now=now)
    await database.dispose()


async def test_from_an_unknown_question_to_the_standard_answer(stage: Stage) -> None:
    room = stage.room
    await room.upload(LIN.telegram_id, None, "章程.txt", CHARTER.encode(), "收录 成员")
    imported = await stage.hears(LIN, "已收录")
    assert "联合体章程" in imported["text"]
    assert "edit_date" in imported

    at = await stage.say(ZHOU, f"@lianluo_bot {QUESTION}", chat=GROUP_ID)
    refused = await stage.hears(ZHOU, "没有找到", chat=GROUP_ID, after=at)
    await stage.press(ZHOU, refused, "转秘书处")
    await stage.hears(ZHOU, "已转秘书处", chat=GROUP_ID)
    notice = await stage.hears(LIN, "转人工 1")
    assert QUESTION in notice["text"]

    await stage.say(LIN, "设备共享平台计划于2026年12月20日上线。", reply_to=notice["message_id"])
    answer = await stage.hears(ZHOU, "2026年12月20日上线", chat=GROUP_ID)
    assert answer["reply_to_message"]["message_id"] == at

    await stage.press(LIN, await stage.hears(LIN, "已答复编号 1"), "成员可见")
    await stage.press(LIN, await stage.hears(LIN, "标准答复待审核"), "同意收录")
    await stage.hears(LIN, "已收入标准答复")

    after = await stage.say(CHEN, "共享设备的平台啥时候上线呀")
    found = await stage.hears(CHEN, "秘书处标准答复", after=after)
    assert "2026年12月20日上线" in found["text"]


async def test_bad_uploads_are_told_and_the_process_lives(stage: Stage) -> None:
    for name, data, told in (
        ("大.pdf", b"%PDF" + b"0" * 21_000_000, "最大 20 MB"),
        ("残缺.docx", b"PK\3\4broken", "损坏"),
        ("密件.txt", "方案\n\n机密★1年\n\n第一条 内容。".encode(), "机要"),
    ):
        await stage.room.upload(LIN.telegram_id, None, name, data, "收录")
        await stage.hears(LIN, told)
    await stage.room.upload(LIN.telegram_id, None, "章程.txt", CHARTER.encode(), "收录 公开")
    await stage.hears(LIN, "已收录")
    after = await stage.say(CHEN, "理事会每年召开几次全体会议")
    answer = await stage.hears(CHEN, "两次", after=after)
    assert "联合体章程" in answer["text"]
