"""Small talk and slips: a greeting, thanks, a command that does not exist. None is a question to the library."""

import re

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import Message

from handlers.filters import Addressed, Matches, Private
from handlers.turn import Turn

GREETING = re.compile(r"(你好|您好|在[吗么嘛不]|在不在|早上好|上午好|下午好|早|hi|hello|哈喽)(啊|呀|哦|吗)?")
THANKS = re.compile(
    r"(?>(?:(?:收到|好的?|行|知道了|明白了?|嗯+)[了啦]?[,，。！! ]*)*)"
    r"(?:谢谢|多谢|感谢|辛苦[了啦]?|谢了|thanks|thank you)"
    r"(?:[您你啊了啦哈呀哦]|大家|老师|秘书处)*",
    re.I,
)
ACKNOWLEDGED = re.compile(
    r"(?>(收到|好的?|行|嗯|哦|噢|知道了?|明白了?|了解了?|没问题|okay|ok|1|\[[一-龥]{1,4}\]|[^\w\s])*)"
    r"(了|啦|哈|呢|啊|呀)?",
    re.I,
)
ENDS = " 。！!~～,，.、？?"


def router() -> Router:
    """Comes just before questions."""
    made = Router(name="courtesies")
    made.message.register(greet, Addressed(), Matches(F.text.func(lambda text: is_greeting(text))))
    made.message.register(welcome, Addressed(), Matches(F.text.func(lambda text: is_thanks(text))))
    made.message.register(pass_over, Addressed(), Matches(F.text.func(lambda text: is_acknowledgement(text))))
    made.message.register(no_such_command, Private(), Matches(F.text.startswith("/")), ~Command("ask"))
    return made


def is_courtesy(text: str) -> bool:
    """Whether the words are a greeting, thanks or an acknowledgement and nothing else."""
    return is_greeting(text) or is_thanks(text) or is_acknowledgement(text)


def is_greeting(text: str) -> bool:
    """Whether nothing but a greeting was said, or nothing but question marks."""
    return GREETING.fullmatch(_bare(text)) is not None or (bool(text.strip()) and set(text.strip()) <= set("?？"))


def is_thanks(text: str) -> bool:
    """Whether nothing but thanks was said."""
    return THANKS.fullmatch(_bare(text)) is not None


def is_acknowledgement(text: str) -> bool:
    """Whether nothing but 收到, 好的 or a smiley was said; a lone question mark is no acknowledgement."""
    return ACKNOWLEDGED.fullmatch(text.strip()) is not None and not set(text.strip()) <= set("?？")


async def greet(message: Message, turn: Turn) -> None:
    """A greeting is answered with what can be asked."""
    await turn.say("basics.greeting")


async def welcome(message: Message, turn: Turn) -> None:
    """Thanks are answered in private; in a group silence is kinder."""
    if turn.is_private:
        await turn.say("basics.welcome")


async def pass_over(message: Message, turn: Turn) -> None:
    """An acknowledgement needs none; 收到 is never required and never answered."""


async def no_such_command(message: Message, turn: Turn) -> None:
    """A command that nobody knows is not met with silence."""
    await turn.say("basics.no_such_command", given=(message.text or "").split()[0][:40])


def _bare(text: str) -> str:
    words = [word for word in text.lower().split() if not word.startswith("@")]
    return " ".join(words).strip(ENDS)
