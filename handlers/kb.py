"""The library in chat: documents sent to the bot, the shelf, what the questions tell about it."""

from dataclasses import asdict, replace
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, Filter
from aiogram.types import CallbackQuery, Document, Message

from handlers.filters import Pressing, Private, Secretariat
from handlers.scope import show_groups
from handlers.shelf import card_buttons, card_values, list_buttons, list_values, report_values, successor_buttons
from handlers.trials import ask_all, show_cases
from handlers.turn import Turn
from services.library.captions import Order, read_caption, read_repeal
from services.library.removing import retire
from services.library.shelving import get_document
from services.library.upkeep import (
    find_target,
    list_page,
    list_successors,
    open_card,
    reinstate_document,
    repeal_document,
    set_access,
)
from services.library.uploads import SentFile, Upload, check_file, order_import
from services.outbox import Button, Pressed, close_buttons
from services.questions.asking import Place
from services.questions.reports import report_questions
from services.tickets.desk import Desk
from services.tickets.opening import offer_file

LIST_WORDS = (
    r"^(?:资料库|文件库|知识库)(?:里|中)?(?:现在)?都?(?:有(?:哪些|什么)(?:文件|资料)?|列表|目录|清单)?[？?。]?$"
)
REPORT_WORDS = r"^(?:看看?|查看|出)?(?:一下)?(?:最近|本月)?(?:的)?(?:问答情况|问答报告|提问情况|没答上的问题)[？?。]?$"
REPORT_ARGUMENTS = frozenset({"report", "报告", "问答情况", "情况"})
TRIAL_RUN = "检验"
TRIAL_ARGUMENTS = frozenset({"检验集", TRIAL_RUN})
GROUP_ARGUMENTS = frozenset({"群", "工作群", "group"})
ADMITTED = (("kb.button_members", "members"), ("kb.button_public", "public"), ("kb.button_secretariat", "secretariat"))


def router() -> Router:
    """After the conversations that take files of their own, before questions."""
    made = Router(name="kb")
    made.message.register(kb, Command("kb"))
    made.message.register(show_list, F.text.regexp(LIST_WORDS), Private(), Secretariat())
    made.message.register(show_report, F.text.regexp(REPORT_WORDS), Private(), Secretariat())
    made.message.register(repeal_in_words, Repeals(), Private(), Secretariat())
    made.message.register(take_file, F.document, Private(), Secretariat())
    made.message.register(offer, F.document, Private())
    for action, handler in (
        ("kb_take", press_take),
        ("kb_alike", press_alike),
        ("kb_cancel", press_cancel),
        ("kb_offer", press_offer),
        ("kb_page", press_page),
        ("kb_show", press_show),
        ("kb_access", press_access),
        ("kb_repeal", press_repeal),
        ("kb_reinstate", press_reinstate),
        ("kb_repealed", press_repealed),
        ("kb_remove", press_remove),
        ("kb_removed", press_removed),
    ):
        made.callback_query.register(handler, Pressing(action))
    return made


class Repeals(Filter):
    """「废止 X，由 Y 替代」. Gives `order`."""

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        """False for every other sentence."""
        order = read_repeal(message.text or "")
        return {"order": order} if order else False


async def kb(message: Message, command: CommandObject, turn: Turn, desk: Desk) -> None:
    """`/kb`, `/kb NAME or number`, `/kb report`, `/kb 检验集`, `/kb 检验`, `/kb 群`, `/kb 废止 X，由 Y 替代`."""
    turn.who.require_secretariat()
    words = (command.args or "").strip()
    order = read_repeal(words)
    if not turn.is_private:
        await turn.say("kb.in_group")
    elif not words:
        await show_list(message, turn)
    elif words in REPORT_ARGUMENTS:
        await show_report(message, turn, desk)
    elif words in GROUP_ARGUMENTS:
        await show_groups(turn)
    elif words in TRIAL_ARGUMENTS:
        await (ask_all(turn) if words == TRIAL_RUN else show_cases(message, turn))
    elif order:
        await repeal_in_words(message, turn, order)
    else:
        document = await find_target(turn.session, words)
        await _show_card(turn, document.id)


async def show_list(message: Message, turn: Turn) -> None:
    """What stands on the shelf."""
    page = await list_page(turn.session, turn.who, 1)
    await turn.say("kb.list", buttons=list_buttons(page), **list_values(page))


async def show_report(message: Message, turn: Turn, desk: Desk) -> None:
    """What was asked and not answered."""
    await turn.say(
        "kb.report", **report_values(await report_questions(turn.session, turn.who, desk=desk, now=turn.now))
    )


async def repeal_in_words(message: Message, turn: Turn, order: Order) -> None:
    """Names may be meant otherwise than they are found: one question first."""
    target = await find_target(turn.session, order.target)
    successor = await find_target(turn.session, order.successor) if order.successor else None
    payload = {"document_id": target.id, "successor_id": successor.id if successor else None}
    sure = Button("kb.button_repeal_sure", "kb_repealed", payload)
    buttons = ((sure, Button("kb.button_cancel", "kb_show", payload)),)
    await turn.say("kb.repeal_ask", buttons, title=target.title, successor=successor.title if successor else "")


async def take_file(message: Message, turn: Turn, desk: Desk) -> None:
    """A document from the secretariat: its caption says what to do, else buttons ask."""
    file = _sent(message)
    order = read_caption(message.caption or "")
    check_file(file, desk.max_file_mb, published=order.published)
    if not order.is_complete:
        await turn.say("kb.how", buttons=_how(file, order), name=file.name, size_kb=file.size / 1000)
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
    await turn.change("tickets.opened", number=opened.ticket.id, due_at=opened.ticket.due_at.isoformat(), is_new=True)


async def press_page(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """Another page of the shelf."""
    page = await list_page(turn.session, turn.who, int(pressed.payload["page"]))
    await turn.change("kb.list", buttons=list_buttons(page), **list_values(page))


async def press_show(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """One document."""
    await _change_card(turn, int(pressed.payload["document_id"]))


async def press_access(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """Open or restrict it."""
    access = str(pressed.payload["access"])
    document = await set_access(turn.session, turn.who, int(pressed.payload["document_id"]), access, now=turn.now)
    await _change_card(turn, document.id)
    turn.hint("kb.access_changed", access=access)


async def press_repeal(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """Which document follows it?"""
    turn.who.require_secretariat()
    document = await get_document(turn.session, int(pressed.payload["document_id"]))
    buttons = successor_buttons(document, await list_successors(turn.session, document))
    await turn.change("kb.choose_successor", buttons=buttons, title=document.title)


async def press_repealed(query: CallbackQuery, turn: Turn, pressed: Pressed, desk: Desk) -> None:
    """Repeal it, with the chosen successor or without."""
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    given = pressed.payload
    target = await get_document(turn.session, int(given["document_id"]))
    successor = await get_document(turn.session, int(given["successor_id"])) if given["successor_id"] else None
    await repeal_document(turn.session, turn.who, target, successor, desk=desk, now=turn.now)
    await turn.change("kb.repealed", title=target.title, successor=successor.title if successor else "")


async def press_reinstate(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """It is in force after all."""
    document = await reinstate_document(turn.session, turn.who, int(pressed.payload["document_id"]), now=turn.now)
    await _change_card(turn, document.id)


async def press_remove(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """One question before it is gone."""
    turn.who.require_secretariat()
    document = await get_document(turn.session, int(pressed.payload["document_id"]))
    payload = {"document_id": document.id}
    sure = Button("kb.button_remove_sure", "kb_removed", payload)
    await turn.change("kb.remove_ask", ((sure, Button("kb.button_cancel", "kb_show", payload)),), title=document.title)


async def press_removed(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """Out of every search at once; its words are looked for and erased in an errand, which says so when it is done."""
    turn.who.require_secretariat()
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    document = await get_document(turn.session, int(pressed.payload["document_id"]))
    retire(turn.session, document, by=turn.who.person_id, now=turn.now)
    await turn.change("kb.removing", title=document.title)
    payload = {"document_id": document.id, "progress": turn.posted[-1]}
    await turn.promise("remove_document", payload, business_key=f"remove:{document.id}")


async def _promise_import(turn: Turn, payload: dict[str, Any]) -> None:
    key = f"import:{turn.update_id}"
    await turn.promise("import_document", {**payload, "progress": turn.posted[-1]}, business_key=key)


async def _show_card(turn: Turn, document_id: int) -> None:
    card = await open_card(turn.session, turn.who, document_id)
    await turn.say("kb.card", buttons=card_buttons(card), **card_values(card))


async def _change_card(turn: Turn, document_id: int) -> None:
    card = await open_card(turn.session, turn.who, document_id)
    await turn.change("kb.card", buttons=card_buttons(card), **card_values(card))


def _sent(message: Message) -> SentFile:
    document = message.document
    assert isinstance(document, Document)
    return SentFile(document.file_id, document.file_name or "", document.file_size or 0)


def _how(file: SentFile, order: Order) -> tuple[tuple[Button, ...], ...]:
    common = {"file": asdict(file), "collection": order.collection, "published": order.published}
    first, *others = (Button(label, "kb_take", {**common, "access": access}) for label, access in ADMITTED)
    return ((first, others[0]), (others[1], Button("kb.button_cancel", "kb_cancel")))
