"""Who saw what that is not public, and who was refused what: in private, for the secretariat."""

import re
from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from handlers.filters import Private, Secretariat
from handlers.turn import Turn
from services.errors import Ambiguous, NotFound
from services.library.looks import LOOKED_BACK, list_looks
from services.library.upkeep import find_target
from services.models import Document

_ALL = re.compile(
    r"^(?:看看?|查看?|列出?|调出?)?(?:一下)?(?:最近|近期|本月)?的?(?:资料库?|文件)?的?(?:查阅|访问|审计|留痕)(?:记录|日志|情况)[？?。]?$"
    r"|^(?:最近|近期)?(?:有)?(?:谁|哪些人)(?:查?看|查阅|访问|打开)(?:过|了)(?:哪些|什么|内部)?(?:资料|文件|原文)[？?。]?$"
)
_REFUSED = re.compile(
    r"^(?:看看?|查看?)?(?:一下)?(?:最近|近期)?(?:有)?(?:没有|谁|哪些人|什么人|人)*(?:被拒绝?|被挡|越权|没有?权限)(?:的|过|了|操作|访问|查阅|记录|情况|人)*[？?。]?$"
)
_OF_ONE = re.compile(
    r"^(?:最近|近期)?(?:有)?(?:谁|哪些人|什么人|有?没有人)(?:查?看|查阅|访问|打开)(?:过|了)(?P<name>.{2,60}?)[？?。吗]*$"
)


class AsksWhoLooked(Filter):
    """查阅记录, 谁被拒绝过, 谁看过《X》. Gives `wanted`, `document`."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        """A name must be that of one document; anything else is a question like others."""
        words = (message.text or "").strip()
        if _ALL.match(words) or _REFUSED.match(words):
            return {"refused_only": _ALL.match(words) is None, "document": None}
        found = _OF_ONE.match(words)
        document = await _document(turn, found["name"]) if found else None
        return {"refused_only": False, "document": document} if document else False


def router() -> Router:
    """Before the shelf."""
    made = Router(name="looks")
    made.message.register(show_looks, Private(), Secretariat(), AsksWhoLooked())
    return made


async def show_looks(
    message: Message, turn: Turn, refused_only: bool = False, document: Document | None = None
) -> None:
    """The newest ones first."""
    number = document.id if document else None
    looks, total = await list_looks(turn.session, turn.who, document_id=number, refused_only=refused_only, now=turn.now)
    lines = [
        {
            "at": one.at.isoformat(),
            "name": one.name,
            "unit": one.unit,
            "way": one.way,
            "title": one.title,
            "clause": one.clause,
            "access": one.access,
            "tried": one.tried,
            "needs": one.needs,
            "in_group": one.in_group,
        }
        for one in looks
    ]
    values: dict[str, Any] = {"title": document.title if document else "", "refused_only": refused_only, "total": total}
    await turn.say("kb.looks", looks=lines, days=LOOKED_BACK.days, **values)


async def _document(turn: Turn, name: str) -> Document | None:
    try:
        return await find_target(turn.session, name.strip("《》 "))
    except (NotFound, Ambiguous):
        return None
