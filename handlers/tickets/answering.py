"""The secretariat answers in place what it was asked (`asking`), hands on, closes."""

from typing import Any

from aiogram import Router
from aiogram.filters import Filter, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.filters import Addressed, OrdersTheBot, Pressing, Private, replied_in_words
from handlers.keying import Keying
from handlers.tickets import asking, changes, shelving
from handlers.tickets.changes import HAND_ON
from handlers.turn import Turn, in_rows
from services.outbox import Button, Pressed, close_buttons
from services.privacy import redact
from services.tickets.correcting import find_answered_with
from services.tickets.desk import Desk
from services.tickets.handling import (
    answer_ticket,
    ask_again,
    close_ticket,
    get_helper,
    get_waiting,
    hand_on,
    list_helpers,
)
from services.tickets.notices import find_ticket_of, goes_private, keep_buttons
from services.tickets.waiting import Waiting, find_number, list_asked, list_waiting
from services.tickets.words import TicketOrder, read_correction, read_ticket_order

SHOWN_AT_MOST = 15


class Writing(StatesGroup):
    """Somebody pressed 答复 and writes."""

    answer = State()


class AnswersTicket(Filter):
    """A reply to a message that asked for an answer. Gives `ticket_id`."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        """Replies in words to a ticket's notice, in private or in the secretariat's chat."""
        replied, words = replied_in_words(message), message.text or ""
        if replied is None:
            return False
        ticket_id = await find_ticket_of(turn.session, turn.chat_id, replied.message_id)
        if ticket_id is None and read_correction(words) and replied.text:  # 更正：… to one's own answer
            ticket_id = await find_answered_with(
                turn.session, turn.who, replied.text, (turn.chat_id, replied.message_id)
            )
        return {"ticket_id": ticket_id} if ticket_id else False


class OrdersTicket(Filter):
    """工单, 有哪些没答的, 答复工单3：…, 把工单3转给…, 关闭工单3, from a member in private. Gives `order`.

    From the secretariat also in its own chat.
    """

    async def __call__(self, message: Message, turn: Turn, desk: Desk, **data: Any) -> bool | dict[str, Any]:
        """Who may do what with a ticket is judged when it is done."""
        at_home = turn.is_private or (turn.chat_id == desk.chat_id and turn.who.is_secretariat)
        addressed = await Addressed()(message, turn) if at_home and turn.who.is_member else False
        order = read_ticket_order(addressed["words"]) if isinstance(addressed, dict) else None
        return {"order": order} if order else False


def router() -> Router:
    """Early: a reply to a ticket must not be taken for a question."""
    made = Router(name="tickets")
    made.message.register(answer_in_reply, AnswersTicket())
    made.message.register(shelving.review_in_reply, shelving.AnswersApproval())
    made.edited_message.register(changes.follow_edit, AnswersTicket())
    made.message.register(write_answer, StateFilter(Writing.answer), Addressed(), ~OrdersTheBot(), Private())
    made.message.register(asking.ask_people, asking.AsksPeople())
    made.message.register(asking.take_fault, ~StateFilter(Keying.lines), asking.FaultsAnswer())
    made.message.register(obey, ~StateFilter(Keying.lines), OrdersTicket())
    for action, handler in (
        ("ask_human", asking.press_ask),
        ("ticket_answer", press_answer),
        ("ticket_pass", press_pass),
        ("ticket_pass_to", press_pass_to),
        ("ticket_close", press_close),
        ("ticket_again", press_again),
        ("ticket_withdraw", changes.press_withdraw),
        ("ticket_take", shelving.press_take),
        ("ticket_keep", shelving.press_keep),
        ("ticket_approve", shelving.press_approve),
        ("ticket_disapprove", shelving.press_disapprove),
    ):
        made.callback_query.register(handler, Pressing(action))
    return made


async def obey(message: Message, turn: Turn, state: FSMContext, desk: Desk, order: TicketOrder) -> None:
    """The same in words as by the buttons of a notice."""
    if order.verb == "list":
        await show_waiting(turn)
        return
    number = await find_number(turn.session, turn.who, order.number, is_own=order.verb == "take_back")
    if order.verb == "hand_on":
        await _hand_on(turn, desk, number, order.text)
    elif order.verb == "take_back":
        await changes.take_back(turn, number)
    elif order.verb == "close":
        await changes.close(turn, number, order.text)
    elif order.verb == "correct":
        await changes.correct(turn, desk, number, order.text)
    elif order.text:
        await _answer(turn, desk, number, order.text)
    else:
        await _ask_answer(turn, state, number)


async def show_waiting(turn: Turn) -> None:
    """What the person may answer; for those who may answer none, what they asked themselves."""
    owes = turn.who.is_secretariat
    owed = await list_waiting(turn.session, turn.who)
    found = owed or ([] if owes else await list_asked(turn.session, turn.who))
    answering = [
        Button("tickets.button_answer_one", "ticket_answer", {"ticket_id": one.number}, {"number": one.number})
        for one in owed[:SHOWN_AT_MOST]
    ]
    listed = [waiting_values(one, turn) for one in found[:SHOWN_AT_MOST]]
    values: dict[str, Any] = {"tickets": listed, "total": len(found), "owes": owes or bool(owed)}
    await turn.say("tickets.waiting", buttons=in_rows(answering, 3), **values)


def waiting_values(one: Waiting, turn: Turn) -> dict[str, Any]:
    """A question that waits, as texts take it."""
    return {
        "number": one.number,
        "is_file": one.kind == "upload",
        "words": one.words,
        "asker": one.asker,
        "due_at": one.due_at.isoformat(),
        "is_overdue": one.is_overdue(turn.now),
        "handed_to": one.handed_to,
    }


async def answer_in_reply(message: Message, turn: Turn, desk: Desk, ticket_id: int) -> None:
    """A reply is the answer, unless it says 转给 NAME."""
    words = (message.text or "").strip()
    if words.startswith(HAND_ON):
        await _hand_on(turn, desk, ticket_id, words.removeprefix(HAND_ON))
        return
    await _answer(turn, desk, ticket_id, words)


async def write_answer(message: Message, turn: Turn, state: FSMContext, desk: Desk, words: str) -> None:
    """The answer after 答复 was pressed."""
    data = await state.get_data()
    await state.clear()
    await _answer(turn, desk, int(data["ticket_id"]), words)


async def press_answer(query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext) -> None:
    """In private the next words are the answer; in a group only a reply is certain to reach the bot."""
    ticket = await get_waiting(turn.session, turn.who, int(pressed.payload["ticket_id"]))
    if not turn.is_private:
        turn.hint("tickets.write_here", alert=True)
        return
    await _ask_answer(turn, state, ticket.id)


async def press_pass(query: CallbackQuery, turn: Turn, pressed: Pressed, desk: Desk) -> None:
    """To whom?"""
    ticket = await get_waiting(turn.session, turn.who, int(pressed.payload["ticket_id"]))
    helpers = await list_helpers(turn.session, turn.who, desk=desk)
    buttons = tuple(
        (Button("tickets.button_person", "ticket_pass_to", {"ticket_id": ticket.id, "to": h.id}, {"name": h.name}),)
        for h in helpers
    )
    await turn.say("tickets.whom" if helpers else "tickets.nobody", buttons=buttons)


async def press_pass_to(query: CallbackQuery, turn: Turn, pressed: Pressed, desk: Desk) -> None:
    """Hand the ticket on."""
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    ticket_id = int(pressed.payload["ticket_id"])
    to = int(pressed.payload["to"])
    person = await hand_on(turn.session, turn.who, ticket_id, to, desk=desk, now=turn.now)
    await turn.change("tickets.passed", number=ticket_id, name=person.name)


async def press_close(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """Close without an answer."""
    ticket = await close_ticket(turn.session, turn.who, int(pressed.payload["ticket_id"]), "", now=turn.now)
    turn.hint("tickets.closed_done", number=ticket.id)


async def press_again(query: CallbackQuery, turn: Turn, pressed: Pressed, desk: Desk) -> None:
    """The asker is not helped yet."""
    ticket = await ask_again(turn.session, turn.who, int(pressed.payload["ticket_id"]), desk=desk, now=turn.now)
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    values: dict[str, Any] = {"number": ticket.id, "due_at": ticket.due_at.isoformat(), "question": redact(ticket.text)}
    await turn.say("tickets.opened", is_new=True, elsewhere=ticket.chat_id != turn.chat_id, **values)


async def _ask_answer(turn: Turn, state: FSMContext, ticket_id: int) -> None:
    """The next words are the answer; in a group, a reply to this message."""
    ticket = await get_waiting(turn.session, turn.who, ticket_id)
    if not turn.is_private:
        await turn.say("tickets.write_in_reply", ticket_id=ticket.id, question=ticket.text)
        return
    await state.set_state(Writing.answer)
    await state.set_data({"ticket_id": ticket.id})
    await turn.say("tickets.write", number=ticket.id, question=ticket.text)


async def _hand_on(turn: Turn, desk: Desk, ticket_id: int, name: str) -> None:
    helper = await get_helper(turn.session, name.strip(" ：:@"), desk=desk)
    await hand_on(turn.session, turn.who, ticket_id, helper.id, desk=desk, now=turn.now)
    await turn.say("tickets.passed", number=ticket_id, name=helper.name)


async def _answer(turn: Turn, desk: Desk, ticket_id: int, words: str) -> None:
    if correction := await changes.corrects(turn, ticket_id, words):
        await changes.correct(turn, desk, ticket_id, correction)
        return
    ticket = await answer_ticket(turn.session, turn.who, ticket_id, words, now=turn.now, said=changes.said_at(turn))
    may_keep = turn.who.is_secretariat and ticket.kind == "question"
    values: dict[str, Any] = {
        "number": ticket_id,
        "may_keep": may_keep,
        "in_private": await goes_private(turn.session, ticket),
    }
    await turn.say("tickets.sent", buttons=keep_buttons(ticket_id) if may_keep else (), **values)
