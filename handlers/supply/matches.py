"""Answers to what the assistant asked on its own: a pair that fits, an offer that grew old."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.filters import Pressing
from handlers.turn import Turn
from services.outbox import Pressed
from services.supply.answering import answer_proposal
from services.supply.cards import offer_values
from services.supply.desk import SupplyDesk
from services.supply.fields import KINDS
from services.supply.notices import pair_values
from services.supply.standing import answer_still_open
from services.supply.tables import load_catalogue


def router() -> Router:
    """Only presses; the messages hold several pairs or offers, so that each answers for itself."""
    made = Router(name="supply_matches")
    made.callback_query.register(press_answer, Pressing("supply_answer"))
    made.callback_query.register(press_still, Pressing("supply_still"))
    return made


async def press_answer(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """愿意对接 or 不合适."""
    given = pressed.payload
    side, says = str(given["side"]), str(given["says"])
    proposal = await answer_proposal(turn.session, turn.who, int(given["proposal_id"]), side, says, now=turn.now)
    if proposal.agreed_at is not None:
        turn.hint("supply_match.toast_agreed")
        return
    values = pair_values(proposal.post, proposal.batch, await load_catalogue(turn.session), side)
    await turn.say("supply_match.noted", side=side, says=says, **values)


async def press_still(query: CallbackQuery, turn: Turn, pressed: Pressed, supply: SupplyDesk) -> None:
    """仍需要, 已满足 or 撤回."""
    given = pressed.payload
    kind, says = KINDS[str(given["kind"])], str(given["says"])
    offer = await answer_still_open(turn.session, turn.who, kind, int(given["id"]), says, desk=supply, now=turn.now)
    values = offer_values(offer, await load_catalogue(turn.session))
    await turn.say("supply.kept" if says == "keep" else "supply.closed", **values)
