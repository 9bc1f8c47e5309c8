"""Asking the secretariat: in words, or by the button under an answer that did not help."""

from typing import Any

from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from handlers.filters import Addressed
from handlers.turn import Turn
from services.outbox import Button, Pressed, find_last_said
from services.privacy import redact
from services.questions.asking import Place, ask_question
from services.tickets.desk import Desk
from services.tickets.opening import (
    Opened,
    ask_secretariat,
    find_answer_to,
    find_last_question,
    find_unhelped,
    question_of_answer,
)
from services.tickets.words import faults_answer, read_request


class AsksPeople(Filter):
    """转人工 or 问秘书处 with or without a question. Gives `question`."""

    async def __call__(self, message: Message, turn: Turn, **data: Any) -> bool | dict[str, Any]:
        """Only words meant for the bot."""
        addressed = await Addressed()(message, turn)
        question = read_request(addressed["words"]) if isinstance(addressed, dict) else None
        return False if question is None else {"question": question}


class FaultsAnswer(Filter):
    """你答错了，补贴是2450: of an answer, and never a figure."""

    async def __call__(self, message: Message, turn: Turn, **data: Any) -> bool:
        """Only words meant for the bot."""
        addressed = await Addressed()(message, turn)
        if not isinstance(addressed, dict):
            return False
        last = await find_last_said(turn.session, turn.chat_id)
        after_answer = last is not None and last.text_key.startswith("ask.")
        return faults_answer(addressed["words"], after_answer=after_answer)


async def take_fault(message: Message, turn: Turn, chat_row: Any = None) -> None:
    """Nothing is stored; what is offered under an answer that did not help is offered."""
    place = Place(turn.chat_id, turn.thread_id, turn.message_id, chat_row)
    question = await find_last_question(turn.session, turn.who, place, now=turn.now)
    answer_id = await find_answer_to(turn.session, question) if question is not None else None
    unhelped = None if answer_id is None else await find_unhelped(turn.session, turn.who, answer_id)
    if unhelped is None:
        await turn.say("ask.faulted")
        return
    people = Button("ask.button_human", "ask_human", {"answer_id": answer_id})
    await turn.say("ask.sorry", buttons=((people,),), question=unhelped.text)


async def ask_people(message: Message, turn: Turn, desk: Desk, question: str, chat_row: Any = None) -> None:
    """By words: the question in them, else the one asked last in this place."""
    if question:
        await open_ticket(turn, desk, question, chat_row)
        return
    place = Place(turn.chat_id, turn.thread_id, turn.message_id, chat_row)
    found = await find_last_question(turn.session, turn.who, place, now=turn.now)
    if found is None:
        await turn.say("tickets.what")
        return
    opened = await ask_secretariat(turn.session, turn.who, found, desk=desk, now=turn.now)
    await _say_opened(turn, opened)


async def open_ticket(turn: Turn, desk: Desk, question: str, chat_row: Any) -> None:
    """The very words, as a question with a number."""
    place = Place(turn.chat_id, turn.thread_id, turn.message_id, chat_row)
    asked = await ask_question(turn.session, turn.who, place, question, now=turn.now)
    asked.state = "none"
    opened = await ask_secretariat(turn.session, turn.who, asked, desk=desk, now=turn.now)
    await _say_opened(turn, opened)


async def press_ask(query: CallbackQuery, turn: Turn, pressed: Pressed, desk: Desk) -> None:
    """The button under an answer that did not help."""
    question = await question_of_answer(turn.session, int(pressed.payload["answer_id"]))
    opened = await ask_secretariat(turn.session, turn.who, question, desk=desk, now=turn.now)
    turn.hint("tickets.opened_toast", number=opened.ticket.id, is_new=opened.is_new)
    if opened.is_new:
        await _say_opened(turn, opened)


async def _say_opened(turn: Turn, opened: Opened) -> None:
    ticket = opened.ticket
    back = ((Button("tickets.button_withdraw", "ticket_withdraw", {"ticket_id": ticket.id}),),)
    values: dict[str, Any] = {"number": ticket.id, "due_at": ticket.due_at.isoformat(), "is_new": opened.is_new}
    values |= {"question": redact(ticket.text), "elsewhere": ticket.chat_id != turn.chat_id}
    await turn.say("tickets.opened", buttons=back, **values)
