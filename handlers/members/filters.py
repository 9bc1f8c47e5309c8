"""Which words are about the register: orders of the secretariat, questions of members and visitors."""

import re
from typing import Any

from aiogram.filters import Filter
from aiogram.types import Message

from handlers.turn import Turn
from services.meetings.standing.topics import load_unit_names
from services.members.asking import asks_for_units, asks_to_change_liaison
from services.members.orders import MembersOrder, hear_order, may_order
from services.members.spokespeople import units_of_people
from services.orders.telling import is_no_order

BOARD_WORDS = re.compile(
    r"(?:看看?|查看?|列出|给我)?(?:一下)?(?:各(?:单位|家)|成员(?:单位)?)?的?(?:成员|(?:成员)?名册|花名册|(?<=各单位)联络员|(?<=各单位的)联络员|联络员(?:的)?(?:名单|名册|情况|列表|都有谁|都是谁))"
    r"|(?:还有)?(?:谁|哪[些几]?[家个]?(?:单位)?)(?:还)?没有?(?:指定)?联络员"
)


class AsksForUnits(Filter):
    """成员单位有哪些, 企业有多少家: the register knows, no document has to. Gives `kinds`."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        """Whoever is no member is told that the register is not public, and not what stands near in a document."""
        kinds = asks_for_units(message.text or "", visiting=not turn.who.is_member)
        return {"kinds": kinds} if kinds else False


class AsksToChangeLiaison(Filter):
    """联络人变动怎么报备, from a member."""

    async def __call__(self, message: Message, turn: Turn) -> bool:
        """Visitors have no liaison."""
        return turn.who.is_member and asks_to_change_liaison(message.text or "")


class Orders(Filter):
    """名册, 邀请…, 把…设为…的联络员, …的联络员是谁. Gives `order`."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        """False for every other sentence."""
        words = (message.text or "").strip()
        if words.startswith("/"):
            return False
        if BOARD_WORDS.fullmatch(words.rstrip("。？?！!")):
            return {"order": MembersOrder("board")}
        heard = may_order(words) and not is_no_order(words)
        if not heard:
            return False
        people = await units_of_people(turn.session, turn.who)
        order = hear_order(words, await load_unit_names(turn.session), people)
        return {"order": order} if order else False
