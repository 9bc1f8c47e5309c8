"""What is changed of a question afterwards: its answer put right, the question taken back by who asked it."""

from aiogram.types import CallbackQuery, Message

from handlers.turn import Turn
from services.outbox import Pressed, close_buttons
from services.tickets.correcting import correct_answer, correct_by_edit, is_answered
from services.tickets.desk import Desk
from services.tickets.handling import close_ticket, withdraw_ticket
from services.tickets.notices import keep_buttons
from services.tickets.opening import is_asker
from services.tickets.words import read_correction

HAND_ON = "转给"


def said_at(turn: Turn) -> tuple[int, int] | None:
    """Chat and number of the message that the person wrote."""
    return (turn.chat_id, turn.message_id) if turn.message_id else None


async def corrects(turn: Turn, ticket_id: int, words: str) -> str | None:
    """The words that take an answer's place: 更正：… about a question that has one."""
    correction = read_correction(words)
    return correction if correction and await is_answered(turn.session, ticket_id) else None


async def correct(turn: Turn, desk: Desk, ticket_id: int, words: str) -> None:
    """Put the answer right, and offer to keep the new one."""
    ticket, ended = await correct_answer(
        turn.session, turn.who, ticket_id, words, desk=desk, now=turn.now, said=said_at(turn)
    )
    buttons = keep_buttons(ticket.id) if turn.who.is_secretariat else ()
    await turn.say("tickets.corrected_done", buttons=buttons, number=ticket.id, was_standard=ended)


async def follow_edit(message: Message, turn: Turn, desk: Desk, ticket_id: int) -> None:
    """The answer's own message was changed: so is the answer. Any other change says nothing."""
    words = (message.text or "").strip()
    if words.startswith(HAND_ON):
        return
    words = read_correction(words) or words
    said = (turn.chat_id, message.message_id)
    if await correct_by_edit(turn.session, turn.who, ticket_id, words, desk=desk, now=turn.now, said=said):
        buttons = keep_buttons(ticket_id) if turn.who.is_secretariat else ()
        await turn.say("tickets.corrected_done", buttons=buttons, number=ticket_id, was_standard=False)


async def close(turn: Turn, number: int, reason: str) -> None:
    """Without an answer: by the one who asked it is a question taken back."""
    if await is_asker(turn.session, turn.who, number):
        await take_back(turn, number)
        return
    ticket = await close_ticket(turn.session, turn.who, number, reason, now=turn.now)
    await turn.say("tickets.closed_done", number=ticket.id)


async def take_back(turn: Turn, number: int) -> None:
    """One's own question; nobody takes back another's."""
    await withdraw_ticket(turn.session, turn.who, number, now=turn.now)
    await turn.say("tickets.withdrawn", number=number)


async def press_withdraw(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """The button under 已转秘书处."""
    number = int(pressed.payload["ticket_id"])
    await withdraw_ticket(turn.session, turn.who, number, now=turn.now)
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    await turn.change("tickets.withdrawn", number=number)
