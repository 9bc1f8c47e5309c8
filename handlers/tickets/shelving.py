"""What comes into the library of tickets: a file that a member offered, a standard answer that two people want."""

from typing import Any

from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from handlers.filters import replied_in_words
from handlers.turn import Turn
from services.outbox import Pressed, close_buttons
from services.tickets.desk import Desk
from services.tickets.standards import (
    Request,
    approve_standard,
    decline_standard,
    find_request,
    propose_standard,
    review_buttons,
)
from services.tickets.uploads import take_upload
from services.tickets.words import read_review


class AnswersApproval(Filter):
    """A reply to 标准答复待审核. Gives `request`."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        """Replies in words; who may approve is judged when it is done."""
        replied = replied_in_words(message)
        if replied is None:
            return False
        request = await find_request(turn.session, turn.chat_id, replied.message_id)
        return {"request": request} if request else False


async def press_take(query: CallbackQuery, turn: Turn, pressed: Pressed, desk: Desk) -> None:
    """Shelve the file that a member offered."""
    ticket_id, access = int(pressed.payload["ticket_id"]), str(pressed.payload["access"])
    upload = await take_upload(turn.session, turn.who, ticket_id, access, desk=desk, now=turn.now)
    await turn.say("tickets.taking", name=upload.name)
    payload = {**upload.as_payload(), "progress": turn.posted[-1]}
    await turn.promise("import_document", payload, business_key=f"import:ticket:{ticket_id}")


async def press_keep(query: CallbackQuery, turn: Turn, pressed: Pressed, desk: Desk) -> None:
    """Propose the answer as a standard answer."""
    ticket_id, access = int(pressed.payload["ticket_id"]), str(pressed.payload["access"])
    proposed = await propose_standard(turn.session, turn.who, ticket_id, access, desk=desk, now=turn.now)
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    await turn.change("tickets.proposed", alone=proposed.alone, asked=proposed.asked)


async def press_approve(query: CallbackQuery, turn: Turn, pressed: Pressed, desk: Desk) -> None:
    """The second person agrees; the index takes the answer in, then it is said."""
    await _approve(turn, desk, Request(pressed.outbox_id, pressed.payload, bool(pressed.values.get("alone"))))


async def press_disapprove(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """The second person does not agree."""
    await _decline(turn, Request(pressed.outbox_id, pressed.payload), "")


async def review_in_reply(message: Message, turn: Turn, desk: Desk, request: Request) -> None:
    """同意 agrees, 不同意 or 不收 declines, with the reason; other words decide nothing."""
    words = (message.text or "").strip()
    agrees = read_review(words)
    if agrees:
        await _approve(turn, desk, request)
    elif agrees is False:
        await _decline(turn, request, words)
    else:
        buttons = review_buttons(request.payload)
        await turn.say("tickets.review_unclear", buttons=buttons, number=request.ticket_id, alone=request.alone)


async def _approve(turn: Turn, desk: Desk, request: Request) -> None:
    approved = await approve_standard(turn.session, turn.who, request, desk=desk, now=turn.now)
    await close_buttons(turn.session, request.outbox_id, now=turn.now)
    await turn.change("tickets.approving")
    values = {"question": approved.title, "alone": request.alone}
    await turn.promise("sync_index", {"key": "tickets.approved", "values": values, "progress": turn.posted[-1]})


async def _decline(turn: Turn, request: Request, reason: str) -> None:
    await decline_standard(turn.session, turn.who, request, reason, now=turn.now)
    await close_buttons(turn.session, request.outbox_id, now=turn.now)
    await turn.change("tickets.disapproved")
