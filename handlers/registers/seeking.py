"""Who seeks help with a difficulty is told how it gets onto the ledger of needs; nothing is registered unasked."""

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from handlers.filters import Addressed, Private
from handlers.turn import Turn
from services.orders.seeking import read_sought


class Seeks(Filter):
    """有没有学校能帮我们解决结垢的问题, from somebody of an enterprise. Gives `need`."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, str]:
        """Schools and bureaus register no needs of their own."""
        if not any(seat.unit_kind == "enterprise" for seat in turn.who.seats):
            return False
        addressed = await Addressed()(message, turn)
        need = read_sought(addressed["words"]) if isinstance(addressed, dict) else ""
        return {"need": need} if need else False


def router() -> Router:
    """Before figures: 解决问题 is no question on how many needs were settled."""
    made = Router(name="seeking")
    made.message.register(offer_ledger, Private(), Seeks())
    return made


async def offer_ledger(message: Message, turn: Turn, need: str) -> None:
    """The sentence that registers it."""
    await turn.say("registers.need_sought", need=need)
