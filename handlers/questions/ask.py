"""Questions: by command, by mention, by reply, and in plain words in private."""

from typing import Any

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from handlers.filters import Addressed, Pressing
from handlers.turn import Turn
from services.outbox import Button, Pressed
from services.questions.asking import Place, ask_question
from services.questions.recording import rate_answer
from services.tickets.opening import find_unhelped


def router() -> Router:
    """Comes last: what no other conversation claimed is a question."""
    made = Router(name="ask")
    made.message.register(ask_by_command, Command("ask"))
    made.message.register(ask_in_words, Addressed())
    made.callback_query.register(rate, Pressing("ask_rate"))
    return made


async def ask_by_command(message: Message, command: CommandObject, turn: Turn, chat_row: Any = None) -> None:
    """`/ask QUESTION`; as a reply without words, the replied text is the question."""
    words = command.args or (message.reply_to_message.text if message.reply_to_message else "") or ""
    if not words.strip():
        await turn.say("ask.empty", in_group=not turn.is_private)
        return
    await take_question(turn, words, chat_row)


async def ask_in_words(message: Message, turn: Turn, words: str, chat_row: Any = None) -> None:
    """Any words meant for the bot."""
    if not words.strip():
        await turn.say("ask.empty", in_group=not turn.is_private)
        return
    await take_question(turn, words, chat_row)


async def take_question(turn: Turn, words: str, chat_row: Any, *, otherwise: str = "") -> None:
    """Store the question and promise the answer; retrieval is slow and happens outside the transaction.

    `otherwise`: the text to say where the library has no answer, when something better than that can be said.
    """
    place = Place(turn.chat_id, turn.thread_id, turn.message_id, chat_row)
    question = await ask_question(turn.session, turn.who, place, words, now=turn.now)
    payload = {"question_id": question.id} | ({"otherwise": otherwise} if otherwise else {})
    await turn.promise("answer", payload, business_key=f"answer:{question.id}")


async def rate(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """One opinion a person; pressing again changes it. Whoever was not helped is offered people."""
    helpful, answer_id = bool(pressed.payload["helpful"]), int(pressed.payload["answer_id"])
    is_new = await rate_answer(turn.session, turn.who, answer_id, helpful=helpful, now=turn.now)
    turn.hint("ask.thanks" if helpful else "ask.thanks_bad")
    unhelped = None if helpful or not is_new else await find_unhelped(turn.session, turn.who, answer_id)
    if unhelped is not None:
        people = Button("ask.button_human", "ask_human", {"answer_id": answer_id})
        await turn.say("ask.sorry", buttons=((people,),), question=unhelped.text)
