"""Tables sent back: taken from those who speak for a unit, read after the commit."""

from typing import Any

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.checkin_pages import Filling
from handlers.filters import Private
from handlers.turn import Turn

SUFFIXES = (".xlsx", ".csv")


class SendsFigures(Filter):
    """A table from somebody who speaks for a unit; from the secretariat only while it fills in."""

    async def __call__(self, message: Message, turn: Turn, state: FSMContext) -> bool:
        """Forwarded files are somebody else's."""
        document = message.document
        if document is None or message.forward_origin is not None:
            return False
        if not (document.file_name or "").lower().endswith(SUFFIXES):
            return False
        filling = await state.get_state() == Filling.on.state
        return filling or (bool(turn.who.unit_ids) and not turn.who.is_secretariat)


def router() -> Router:
    """Before the library, which takes every other file."""
    made = Router(name="checkin_files")
    made.message.register(take_sheet, F.document, Private(), SendsFigures())
    return made


async def take_sheet(message: Message, turn: Turn, state: FSMContext) -> None:
    """Queue the reading; what it finds comes as a card."""
    document: Any = message.document
    data = await state.get_data() if await state.get_state() == Filling.on.state else {}
    await turn.say("checkins.sheet_reading")
    payload = {
        "file_id": document.file_id,
        "name": (document.file_name or "")[:120],
        "size": document.file_size or 0,
        "person_id": turn.who.person_id,
        "submission_id": data.get("submission_id"),
    }
    await turn.promise("checkin_sheet", payload, business_key=f"checkin_sheet:{turn.update_id}")
