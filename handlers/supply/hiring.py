"""总控工招到3个了: people found for a registered post, which may as well be a figure of the monthly report."""

from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.checkins.filters import hear_figures
from handlers.checkins.pages import place_of
from handlers.filters import Addressed, Pressing
from handlers.supply.pages import figure_buttons, name_of_offer, place, show_card, to_private
from handlers.turn import Turn
from services.checkins.filling.hearing import Hearing
from services.checkins.office import Office
from services.errors import BadInput
from services.outbox import Button, Pressed, close_buttons
from services.privacy import redact
from services.supply.fields import KINDS, NEED
from services.supply.finding import get_offer, list_own, units_for
from services.supply.hiring import Hiring, may_be_hiring, read_hiring
from services.supply.offers import note_hired


class Hires(Filter):
    """People came for one's own registered post. Gives `hiring` and `figure`, what the words give to a check-in."""

    async def __call__(self, message: Message, turn: Turn, state: FSMContext, office: Office) -> bool | dict[str, Any]:
        """Words that tell more figures than that one, or the rest of the post, are for the check-in."""
        addressed = await Addressed()(message, turn)
        if not isinstance(addressed, dict) or not units_for(turn.who, NEED) or not may_be_hiring(addressed["words"]):
            return False
        hiring = read_hiring(addressed["words"], await list_own(turn.session, turn.who, NEED))
        if hiring is None:
            return False
        figure = await hear_figures(turn, office, await place_of(turn, state), addressed["words"])
        reading = figure.reading if figure is not None else None
        values = {one.value for one in reading.items.values()} if reading else set()
        came = [count for _, count in hiring.posts]
        left = {(one.headcount or 0) - count for one, count in hiring.posts}
        if reading is not None and not values <= {*came, sum(came), *left, None}:
            return False
        return {"hiring": hiring, "figure": figure if values else None, **addressed}


def router() -> Router:
    """With the other words of supply and demand, before check-ins."""
    made = Router(name="supply_hiring")
    made.message.register(take_hiring, Hires())
    made.callback_query.register(press_came, Pressing("supply_came"))
    return made


async def take_hiring(
    message: Message,
    turn: Turn,
    state: FSMContext,
    hiring: Hiring,
    figure: Hearing | None,
    words: str,
    username: str,
) -> None:
    """Nothing is taken before it is said which is meant: the post, or the figure. In a group it goes on in private."""
    if await to_private(turn, state, username) is None:
        return
    posts = tuple(
        (
            Button(
                "supply.button_came",
                "supply_came",
                {**place(one), "count": count, "words": redact(words)[:600]},
                {"name": name_of_offer(one), "count": count},
            ),
        )
        for one, count in hiring.posts[:5]
    )
    figures = figure_buttons(figure, words) if figure is not None else ()
    await turn.say("supply.hired_or_figure", (*posts, *figures), both=bool(figures))


async def press_came(query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext, office: Office) -> None:
    """The post wants so many fewer; the figure of the month is offered once more, as it is not told by that."""
    given = pressed.payload
    offer, words = await get_offer(turn.session, turn.who, KINDS[str(given["kind"])], int(given["id"])), given["words"]
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    if int(given["count"]) > (offer.headcount or 0):
        raise BadInput(field="headcount", given=str(given["count"]), problem="more_than_all")
    await note_hired(turn.session, turn.who, offer, int(given["count"]), now=turn.now)
    figure = await hear_figures(turn, office, await place_of(turn, state), str(words))
    await show_card(turn, state, offer, lead="hired")
    if figure is not None and figure.reading is not None and figure.reading.items:
        await turn.say("supply.figure_too", figure_buttons(figure, str(words)))
