"""What a model proposes for words no rule could place: offered with its quote, taken only by a press."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.checkins.pages import conflict_values, show_card, tell_conflicts
from handlers.filters import Pressing
from handlers.turn import Turn
from services.checkins.filling.proposals import MODEL_RULE, pieces_for_model, take_proposals
from services.checkins.office import Office
from services.checkins.reading.slate import filled
from services.checkins.reading.understood import Item, Understanding
from services.checkins.standing.finding import get_sheet
from services.checkins.standing.sheets import Sheet
from services.outbox import Button, Note, Pressed


def router() -> Router:
    """Yes or no to a proposal."""
    made = Router(name="checkin_proposals")
    made.callback_query.register(press_take, Pressing("checkin_proposed"))
    made.callback_query.register(press_leave, Pressing("checkin_proposal_left"))
    return made


async def promise_proposals(turn: Turn, office: Office, sheet: Sheet, reading: Understanding) -> None:
    """Have a model look at what was left over, where one is configured that may see members' figures."""
    pieces = pieces_for_model(reading)
    if not pieces or not office.has_proposer:
        return
    payload = {"submission_id": sheet.submission.id, "person_id": turn.who.person_id, "pieces": pieces}
    await turn.promise("checkin_propose", payload, business_key=f"checkin_propose:{turn.update_id}")


def proposal_note(sheet: Sheet, found: Mapping[str, Item]) -> Note:
    """The proposals with the words they were read from, and one button for all of them."""
    rows = [_row(sheet, key, item) for key, item in found.items()]
    taken = {"submission_id": sheet.submission.id, "items": [_as_json(key, item) for key, item in found.items()]}
    buttons = (
        (
            Button("checkin_proposals.button_take", "checkin_proposed", taken),
            Button("checkin_proposals.button_leave", "checkin_proposal_left", {}),
        ),
    )
    return Note("checkin_proposals.offer", {"rows": rows, "period": sheet.label}, buttons)


async def press_take(query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext, office: Office) -> None:
    """Into the draft; the card reads it back with the usual checks."""
    sheet = await get_sheet(turn.session, office, turn.who, int(pressed.payload["submission_id"]))
    items = dict(_as_item(one) for one in pressed.payload["items"])
    taken = await take_proposals(turn.session, turn.who, sheet, items, now=turn.now)
    await tell_conflicts(turn, taken)
    await show_card(turn, state, taken.sheet, edit=True, **conflict_values(taken))


async def press_leave(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """Nothing was stored, and nothing is."""
    await turn.change("checkin_proposals.left")


def _row(sheet: Sheet, key: str, item: Item) -> dict[str, Any]:
    indicator = sheet.form.indicator(key)
    return {
        "label": indicator.short or indicator.label,
        "value": str(item.value),
        "unit": indicator.unit,
        "is_approx": item.approx,
        "quote": item.source,
    }


def _as_json(key: str, item: Item) -> dict[str, Any]:
    return {"key": key, "value": str(item.value), "approx": item.approx, "quote": item.source}


def _as_item(one: Mapping[str, Any]) -> tuple[str, Item]:
    item = filled(Decimal(str(one["value"])), bool(one["approx"]), str(one["quote"]), MODEL_RULE)
    return str(one["key"]), item
