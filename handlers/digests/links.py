"""The link to the secretariat's page, in words and by button."""

import re
from typing import Any

from aiogram.types import CallbackQuery, Message

from handlers.turn import Turn
from services.digests.issuing.press import Press
from services.digests.links import address_of, sign_link
from services.outbox import Pressed

WORDS = re.compile(r"^(?:打开|看看?|给我|要)?(?:一?下)?(?:网页版?|网页看板|看板|大屏)(?:链接|地址)?[。！!]?$")


async def press_page(query: CallbackQuery, turn: Turn, press: Press, pressed: Pressed, settings: Any) -> None:
    """The same by button."""
    await _send_page(turn, press, settings, str(pressed.payload.get("period", "")))


async def send_page(message: Message, turn: Turn, press: Press, settings: Any) -> None:
    """A link to the page, for this person and for some hours."""
    await _send_page(turn, press, settings)


async def _send_page(turn: Turn, press: Press, settings: Any, period: str = "") -> None:
    address = address_of(settings.digests.page_base_url, settings.http.listen, settings.http.port)
    if not address:
        await turn.say("digests.page_none")
        return
    hours = press.office.settings.page_hours
    token = await sign_link(turn.session, turn.who, hours=hours, now=turn.now)
    query = f"?period={period}" if period else ""
    is_local = not settings.digests.page_base_url
    await turn.say("digests.page", address=address + token + query, hours=hours, is_local=is_local)
