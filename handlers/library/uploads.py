"""Documents sent to the bot: taken in by the secretariat, offered by members, asked about when they resemble one."""

from dataclasses import asdict, replace
from typing import Any

from aiogram.types import CallbackQuery, Document, Message

from handlers.turn import Turn
from services.library.captions import Order, read_caption
from services.library.uploads import SentFile, Upload, check_file, order_import
from services.outbox import Button, Pressed, close_buttons
from services.questions.asking import Place
from services.tickets.desk import Desk
from services.tickets.opening import offer_file

ADMITTED = (("kb.button_members", "members"), ("kb.button_public", "public"), ("kb.button_secretariat", "secretariat"))


async def take_file(message: Message, turn: Turn, desk: Desk) -> None:
    """A document from the secretariat: its caption says what to do, else buttons ask."""
    file = _sent(message)
    order = read_caption(message.caption or "")
    check_file(file, desk.max_file_mb, published=order.published)
    if not order.is_complete:
        replaces = order.act == "replace"
        await turn.say("kb.how", buttons=_how(file, order), name=file.name, size_kb=file.size / 1000, replaces=replaces)
        return
    upload = await order_import(turn.session, turn.who, file, order, max_file_mb=desk.max_file_mb)
    await turn.say("kb.received", name=file.name)
    await _promise_import(turn, upload.as_payload())


async def offer(message: Message, turn: Turn, desk: Desk) -> None:
    """A document from somebody else: offered to the secretariat, or refused; nothing of it is fetched."""
    if not turn.who.is_member:
        await turn.say("kb.stranger")
        return
    file = _sent(message)
    check_file(file, desk.max_file_mb)
    payload = {**asdict(file), "caption": (message.caption or "")[:300], "message_id": turn.message_id}
    buttons = ((Button("kb.button_offer", "kb_offer", payload), Button("kb.button_cancel", "kb_cancel")),)
    await turn.say("kb.offer", buttons=buttons, name=file.name)


async def press_take(query: CallbackQuery, turn: Turn, pressed: Pressed, desk: Desk) -> None:
    """Shelve the file at the chosen level."""
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    given = pressed.payload
    file = SentFile(**given["file"])
    order = Order("shelve", given["access"], given["collection"], published=given["published"])
    upload = await order_import(turn.session, turn.who, file, order, max_file_mb=desk.max_file_mb)
    await turn.change("kb.received", name=file.name)
    await _promise_import(turn, upload.as_payload())


async def press_alike(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """The file that resembles one on the shelf: its next version, or a document of its own."""
    turn.who.require_secretariat()
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    replaces, order = pressed.payload["replaces"], Upload(**pressed.payload["order"])
    upload = replace(order, by=turn.who.person_id, replaces=replaces, beside=replaces is None)
    await turn.change("kb.received", name=upload.name)
    await _promise_import(turn, upload.as_payload())


async def press_cancel(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """Leave it."""
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    await turn.change("kb.cancelled")


async def press_offer(query: CallbackQuery, turn: Turn, pressed: Pressed, desk: Desk) -> None:
    """Hand a member's file to the secretariat."""
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    place = Place(turn.chat_id, turn.thread_id, pressed.payload["message_id"])
    opened = await offer_file(turn.session, turn.who, place, pressed.payload, desk=desk, now=turn.now)
    due_at = opened.ticket.due_at.isoformat()
    told: dict[str, Any] = {
        "number": opened.ticket.id,
        "due_at": due_at,
        "is_new": True,
        "question": "",
        "elsewhere": False,
    }
    await turn.change("tickets.opened", **told)


async def _promise_import(turn: Turn, payload: dict[str, Any]) -> None:
    key = f"import:{turn.update_id}"
    await turn.promise("import_document", {**payload, "progress": turn.posted[-1]}, business_key=key)


def _sent(message: Message) -> SentFile:
    document = message.document
    assert isinstance(document, Document)
    return SentFile(document.file_id, document.file_name or "", document.file_size or 0)


def _how(file: SentFile, order: Order) -> tuple[tuple[Button, ...], ...]:
    common = {"file": asdict(file), "collection": order.collection, "published": order.published}
    first, *others = (Button(label, "kb_take", {**common, "access": access}) for label, access in ADMITTED)
    return ((first, others[0]), (others[1], Button("kb.button_cancel", "kb_cancel")))
