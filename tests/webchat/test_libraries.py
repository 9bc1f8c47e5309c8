"""The two client libraries take the room for Telegram."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramForbiddenError, TelegramRetryAfter
from aiogram.filters import Command
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    ReplyKeyboardMarkup,
    Update,
)
from aiogram.types import KeyboardButton as Key
from telegram import Update as PtbUpdate
from telegram.error import Forbidden, RetryAfter
from telegram.ext import ExtBot

from tests.cast import GROUP_ID, GUEST, ZHOU
from tests.webchat.conftest import TOKEN, Api, settle
from webchat.server import ChatRoom, Limits

ME = ZHOU.telegram_id


def aiogram_bot(room: ChatRoom) -> Bot:
    session = AiohttpSession(api=TelegramAPIServer.from_base(room.api_base))
    return Bot(TOKEN, session=session, default=DefaultBotProperties(parse_mode="HTML"))


def ptb_bot(room: ChatRoom) -> ExtBot[None]:
    return ExtBot(TOKEN, base_url=f"{room.api_base}/bot", base_file_url=f"{room.api_base}/file/bot")


@pytest.fixture
async def bot(room: ChatRoom) -> AsyncIterator[Bot]:
    bot = aiogram_bot(room)
    yield bot
    await bot.session.close()


def conversation() -> Router:
    """A bot that asks and answers with all that ours uses."""
    router = Router()

    @router.message(Command("ask"))
    async def ask(message: Message) -> None:
        button = InlineKeyboardButton(text="原文", callback_data="p1")
        markup = InlineKeyboardMarkup(inline_keyboard=[[button]])
        await message.reply("<b>答</b>", reply_markup=markup)

    @router.callback_query()
    async def show(query: CallbackQuery) -> None:
        assert isinstance(query.message, Message)
        await query.message.edit_text("<blockquote>第十二条</blockquote>")
        await query.answer("已显示")

    @router.message(F.text)
    async def other(message: Message) -> None:
        file = BufferedInputFile(b"PK", filename="台账.xlsx")
        await message.answer_document(file, caption="附件")
        await message.answer("选", reply_markup=ReplyKeyboardMarkup(keyboard=[[Key(text="好")]]))

    return router


async def test_aiogram_converses_by_polling(room: ChatRoom, bot: Bot) -> None:
    dispatcher = Dispatcher()
    dispatcher.include_router(conversation())
    polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False, polling_timeout=5))
    await room.say(ME, "/ask 章程", GROUP_ID)
    answer = await room.wait_for(lambda: next((m for m in room.messages(GROUP_ID) if m.get("text") == "答"), None))
    assert answer["reply_to_message"]["text"] == "/ask 章程"
    query = await room.press(ME, GROUP_ID, answer["message_id"], "原文")
    shown = await room.wait_for(lambda: room.callback_answer(query["id"]))
    assert shown["text"] == "已显示"
    assert room.messages(GROUP_ID)[-1]["entities"] == [{"type": "blockquote", "offset": 0, "length": 4}]
    await room.say(ME, "你好")
    sent = await room.wait_for(lambda: next((m for m in room.messages(ME) if "document" in m), None))
    assert sent["document"]["file_name"] == "台账.xlsx"
    await room.wait_for(lambda: ME in room.room.world.chats[ME].keyboards)
    await dispatcher.stop_polling()
    await polling


async def test_aiogram_knows_the_refusals(room: ChatRoom, bot: Bot) -> None:
    with pytest.raises(TelegramForbiddenError, match="can't initiate conversation"):
        await bot.send_message(GUEST.telegram_id, "x")
    async with ChatRoom(token=TOKEN, limits=Limits(chat_burst=1)) as strict:
        settle(strict)
        await strict.say(ME, "/start")
        other = aiogram_bot(strict)
        await other.send_message(ME, "x")
        with pytest.raises(TelegramRetryAfter) as refusal:
            await other.send_message(ME, "y")
        assert refusal.value.retry_after == 1
        await other.session.close()


async def test_aiogram_reads_members_chats_and_topics(room: ChatRoom, bot: Bot) -> None:
    chat = await bot.get_chat(GROUP_ID)
    assert (chat.title, chat.is_forum) == ("联合体工作群", True)
    assert [member.status for member in await bot.get_chat_administrators(GROUP_ID)] == ["creator"]
    assert (await bot.get_chat_member(GROUP_ID, room.bot_id)).status == "member"
    assert (await bot.me()).username == "lianluo_bot"


async def test_ptb_pushes_and_fetches_files(room: ChatRoom) -> None:
    await room.say(ME, "/start")
    async with ptb_bot(room) as bot:
        sent = await bot.send_document(ME, b"PK", filename="简报.docx", caption="<b>10月</b>", parse_mode="HTML")
        assert sent.document is not None
        assert (sent.document.file_name, sent.caption) == ("简报.docx", "10月")
        file = await bot.get_file(sent.document.file_id)
        assert bytes(await file.download_as_bytearray()) == b"PK"
        with pytest.raises(Forbidden):
            await bot.send_message(GUEST.telegram_id, "x")


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_ptb_knows_retry_after() -> None:
    async with ChatRoom(token=TOKEN, limits=Limits(chat_burst=1)) as strict:
        settle(strict)
        async with ptb_bot(strict) as bot:
            await bot.send_message(GROUP_ID, "x")
            with pytest.raises(RetryAfter, match="Retry in 1"):
                await bot.send_message(GROUP_ID, "y")


async def test_every_update_is_one_that_both_libraries_can_read(room: ChatRoom, api: Api) -> None:
    topic = next(iter(room.room.world.chats[GROUP_ID].topics))
    chat = room.room.world.chats[GROUP_ID]
    asked = await room.say(ME, "/ask@lianluo_bot 章程", GROUP_ID, topic=topic)
    await room.upload(ME, None, "a.png", b"\x89PNG\r\n\x1a\n" + bytes(8) + b"\0\0\0\2\0\0\0\3", "@lianluo_bot 图")
    room.people.edit(ME, chat, asked["message_id"], "/ask 别的")
    room.people.set_membership(1001, chat, GUEST.telegram_id, "member")
    room.people.set_membership(1001, chat, room.bot_id, "administrator")
    room.people.set_blocked(ME, True)
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": "y"}]]}
    sent = await api("sendMessage", chat_id=GROUP_ID, text="x", reply_markup=markup)
    await room.press(ME, GROUP_ID, sent["message_id"], "x")
    updates = await api.updates()
    kinds = {"message", "edited_message", "my_chat_member", "callback_query"}
    assert {next(k for k in update if k != "update_id") for update in updates} == kinds
    for update in updates:
        read = Update.model_validate(update)
        assert read.event_type in kinds
        assert not read.event.model_extra
        assert PtbUpdate.de_json(update, None).effective_user is not None
