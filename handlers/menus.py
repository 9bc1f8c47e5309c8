"""The commands menu, as Telegram shows it beside the input line."""

from aiogram import Bot
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)

from handlers import texts

EVERYBODY = (
    "ask",
    "file",
    "report",
    "need",
    "supply",
    "todo",
    "meeting",
    "status",
    "registers",
    "help",
    "privacy",
    "cancel",
)
SECRETARIAT = (
    "ask",
    "file",
    "todo",
    "status",
    "remind",
    "digest",
    "meeting",
    "kb",
    "members",
    "registers",
    "help",
    "privacy",
    "cancel",
)
GROUPS = ("ask", "file", "help")


async def publish_menus(bot: Bot, secretaries: frozenset[int]) -> None:
    """Set the menus for groups, private chats and each secretary; faults are the caller's to log."""
    await bot.set_my_commands(_commands(GROUPS), scope=BotCommandScopeAllGroupChats())
    await bot.set_my_commands(_commands(EVERYBODY), scope=BotCommandScopeAllPrivateChats())
    for person in sorted(secretaries):
        await bot.set_my_commands(_commands(SECRETARIAT), scope=BotCommandScopeChat(chat_id=person))


def _commands(names: tuple[str, ...]) -> list[BotCommand]:
    return [BotCommand(command=name, description=texts.plain(f"basics.command_{name}")) for name in names]
