"""The bare aiogram echo bot that this bot is measured beside. Run as a process of its own."""

import asyncio
import logging
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message

from bot.cli.running import loop_factory


async def echo(message: Message) -> None:
    await message.answer(message.text or "")


async def main(token: str, api_base: str) -> None:
    logging.disable()
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(api_base), limit=100))
    dispatcher = Dispatcher()
    dispatcher.message.register(echo)
    await dispatcher.start_polling(bot, polling_timeout=30)


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=loop_factory()) as runner:  # on the same event loop as the bot itself
        runner.run(main(*sys.argv[1:3]))
