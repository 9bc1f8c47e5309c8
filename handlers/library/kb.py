"""The library in chat: documents sent to the bot, the shelf, what the questions tell about it."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, Filter
from aiogram.types import CallbackQuery, Message

from handlers.filters import Matches, Pressing, Private, Secretariat
from handlers.library.looks import show_looks
from handlers.library.scope import show_groups
from handlers.library.shelf import (
    card_buttons,
    card_values,
    list_buttons,
    list_values,
    report_values,
    successor_buttons,
    which_buttons,
)
from handlers.library.uploads import offer, press_alike, press_cancel, press_offer, press_take, take_file
from handlers.trials import ask_all, show_cases
from handlers.turn import Turn
from services.library.captions import Order, read_repeal
from services.library.removing import KIND as REMOVAL
from services.library.removing import retire
from services.library.shelving import get_document
from services.library.upkeep import (
    find_target,
    find_targets,
    list_page,
    list_successors,
    open_card,
    reinstate_document,
    repeal_document,
    set_access,
)
from services.library.uploads import readable_types
from services.outbox import Button, Pressed, close_buttons
from services.questions.reports import report_questions
from services.tickets.desk import Desk

LIST_WORDS = (
    r"^(?:看看?|查看?|现在|目前|我们?)*(?:资料库|文件库|知识库|库)(?:里面?|中|内)?(?:现在|目前|一共|总共|已经?)*都?"
    r"(?:(?:有|收了?|存了?|放了?|入库了?)(?:一共|总共)?(?:哪些|什么|啥|多少|几)(?:[个份篇条])?(?:文件|资料|文档|东西)?|列表|目录|清单)?(?:了|啊|呢)?[？?。]?$"
    r"|^(?:现在|目前|一共|总共)*(?:有|收了|入库了?)(?:多少|几)(?:[个份篇])?(?:文件|资料|文档)(?:入库|在库)?了?[？?。]?$"
)
REPORT_WORDS = (
    r"^(?:看看?|查看|查一?下|出)?(?:一下|个)?(?:最近|本月|这个月)?(?:的|有|还有|都有)?(?:哪些|什么|啥)?(?:问题)?"
    r"(?:问答情况|问答报告|提问情况|问答统计|(?:没有?|未)(?:答上来?|答出来?|回答上?)的(?:问题|提问)?(?:有哪些|有什么|呢)?"
    r"|没有?(?:答上来?|答出来?|回答))[？?。]?$"
)
UNREAD = F.photo | F.video | F.video_note | F.voice | F.audio | F.animation


def router() -> Router:
    """After the conversations that take files of their own, before questions."""
    made = Router(name="kb")
    made.message.register(kb, Command("kb"))
    made.message.register(show_list, Matches(F.text.regexp(LIST_WORDS)), Private(), Secretariat())
    made.message.register(show_report, Matches(F.text.regexp(REPORT_WORDS)), Private(), Secretariat())
    made.message.register(repeal_in_words, Repeals(), Private(), Secretariat())
    made.message.register(take_file, Matches(F.document), Private(), Secretariat())
    made.message.register(offer, Matches(F.document), Private())
    made.message.register(say_what_is_read, Matches(UNREAD), Private())
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
    """`/kb`, `/kb NAME`, `/kb report`, `/kb 检验集`, `/kb 检验`, `/kb 群`, `/kb 查阅记录`, `/kb 废止 X，由 Y 替代`."""
    turn.who.require_secretariat()
    words = (command.args or "").strip()
    page, order = PAGES.get(words), read_repeal(words)
    if not turn.is_private:
        await turn.say("kb.in_group")
    elif page:
        await page(message, turn, desk)
    elif order:
        await repeal_in_words(message, turn, order)
    else:
        document = await find_target(turn.session, words)
        await _show_card(turn, document.id)


async def show_list(message: Message, turn: Turn, desk: Desk) -> None:
    """What stands on the shelf."""
    page = await list_page(turn.session, turn.who, 1)
    await turn.say("kb.list", buttons=list_buttons(page), **list_values(page))


async def show_report(message: Message, turn: Turn, desk: Desk) -> None:
    """What was asked and not answered."""
    await turn.say(
        "kb.report", **report_values(await report_questions(turn.session, turn.who, desk=desk, now=turn.now))
    )


async def say_what_is_read(message: Message, turn: Turn) -> None:
    """Pictures and recordings that no conversation took: nothing of them is kept, and what can be sent is said."""
    values: dict[str, Any] = {"is_photo": bool(message.photo), "supported": readable_types()}
    values |= {"is_office": turn.who.is_secretariat, "reports": bool(turn.who.unit_ids)}
    await turn.say("kb.not_read", **values)


async def repeal_in_words(message: Message, turn: Turn, order: Order) -> None:
    """Names may be meant otherwise than they are found: which is asked, and what follows it, before it is done."""
    found = await find_targets(turn.session, order.target)
    current = [one for one in found if one.state == "current"] or found
    if len(current) > 1 or (order.aged and len(found) > 1):
        await turn.say("kb.repeal_which", buttons=which_buttons(found), given=order.target)
        return
    target = current[0]
    if not order.successor:
        buttons = successor_buttons(target, await list_successors(turn.session, target))
        await turn.say("kb.choose_successor", buttons=buttons, title=target.title)
        return
    successor = await find_target(turn.session, order.successor)
    payload = {"document_id": target.id, "successor_id": successor.id}
    sure = Button("kb.button_repeal_sure", "kb_repealed", payload)
    buttons = ((sure, Button("kb.button_cancel", "kb_show", payload)),)
    await turn.say("kb.repeal_ask", buttons, title=target.title, successor=successor.title)


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
    await turn.promise(REMOVAL, payload, business_key=f"remove:{document.id}")


async def _show_card(turn: Turn, document_id: int) -> None:
    card = await open_card(turn.session, turn.who, document_id)
    await turn.say("kb.card", buttons=card_buttons(card), **card_values(card))


async def _change_card(turn: Turn, document_id: int) -> None:
    card = await open_card(turn.session, turn.who, document_id)
    await turn.change("kb.card", buttons=card_buttons(card), **card_values(card))


# What stands behind `/kb` and a word.
PAGES: dict[str, Callable[[Message, Turn, Desk], Awaitable[None]]] = {
    "": show_list,
    **dict.fromkeys(("report", "报告", "问答情况", "情况"), show_report),
    **dict.fromkeys(("群", "工作群", "group"), lambda message, turn, desk: show_groups(turn)),
    **dict.fromkeys(("查阅记录", "log"), lambda message, turn, desk: show_looks(message, turn)),
    "检验集": lambda message, turn, desk: show_cases(message, turn),
    "检验": lambda message, turn, desk: ask_all(turn),
}
