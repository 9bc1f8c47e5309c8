"""The bare aiogram echo bot that this bot is measured beside. Run as a process of its own."""

import asyncio
import logging
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message


async def echo(message: Message) -> None:
    await message.answer(message.text or "")


async def main(token: str, api_base: str) -> None:
    logging.disable()
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(api_base), limit=100))
    dispatcher = Dispatcher()
    dispatcher.message.register(echo)
    await dispatcher.start_polling(bot, polling_timeout=30)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:3]))
