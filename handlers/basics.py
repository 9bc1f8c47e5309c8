"""What works at any point of any conversation."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.turn import Turn


def router() -> Router:
    """Comes first: `/cancel` leaves whatever is going on."""
    made = Router(name="basics")
    made.message.register(cancel, Command("cancel"))
    return made


async def cancel(message: Message, turn: Turn, state: FSMContext) -> None:
    """Leave the conversation at hand. What was stored with each answer stays."""
    going_on = await state.get_state() is not None
    await state.clear()
    await turn.say("basics.cancelled" if going_on else "basics.nothing_to_cancel")
