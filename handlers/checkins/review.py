"""The secretariat reviews: accept, return a figure with a reason, exempt, fill in on behalf; the unit mends."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.checkins.pages import show_card, show_question
from handlers.checkins.review_pages import fill_for, show_page
from handlers.filters import Addressed, OrdersTheBot, Pressing, Private, Secretariat
from handlers.library.kb import Repeals
from handlers.turn import Turn, in_rows
from services.checkins.filling.cards import label_in
from services.checkins.office import Office
from services.checkins.reviewing.taking_over import put_draft_away
from services.checkins.reviewing.verdicts import (
    accept,
    accept_clean,
    end_exemption,
    exempt,
    return_fields,
)
from services.checkins.standing.board import get_cycle
from services.checkins.standing.finding import get_sheet
from services.checkins.standing.sheets import Sheet
from services.outbox import Button, Pressed, close_buttons
from services.periods import Period

RETURN_REASONS = ("change", "scope", "evidence", "text")


class Reviewing(StatesGroup):
    """A secretary writes why."""

    why_returned = State()
    why_exempt = State()


def router() -> Router:
    """For the secretariat in private; before the form."""
    made = Router(name="checkin_review")
    reasons = (Addressed(), ~Repeals(), ~OrdersTheBot(), Private(), Secretariat())
    made.message.register(why_returned, StateFilter(Reviewing.why_returned), *reasons)
    made.message.register(why_exempt, StateFilter(Reviewing.why_exempt), *reasons)
    for action, handler in (
        ("checkin_review", press_review),
        ("checkin_accept", press_accept),
        ("checkin_accept_clean", press_accept_clean),
        ("checkin_return", press_return),
        ("checkin_return_key", press_return_key),
        ("checkin_return_why", press_return_why),
        ("checkin_exempt", press_exempt),
        ("checkin_owe", press_owe),
        ("checkin_behalf", press_behalf),
        ("checkin_behalf_anew", press_behalf_anew),
        ("checkin_mend", press_mend),
    ):
        made.callback_query.register(handler, Pressing(action))
    return made


async def press_review(query: CallbackQuery, turn: Turn, pressed: Pressed, office: Office) -> None:
    """One unit's check-in, as it was filed, with what the checks say."""
    turn.who.require_secretariat()
    await show_page(turn, await _sheet(turn, pressed, office))


async def press_accept(query: CallbackQuery, turn: Turn, pressed: Pressed, office: Office) -> None:
    """采纳: what this page shows, and not what was handed in since."""
    sheet, seen = await _sheet(turn, pressed, office), pressed.payload.get("filed_at")
    submitted_at = sheet.submission.submitted_at
    if seen and submitted_at is not None and submitted_at.isoformat() != seen:
        turn.hint("checkin_review.filed_again_toast", unit=sheet.submission.unit.name)
        await show_page(turn, sheet, edit=True)
        return
    await accept(turn.session, turn.who, sheet.submission, now=turn.now)
    turn.hint("checkin_review.accepted_toast", unit=sheet.submission.unit.name)
    await show_page(turn, sheet, edit=True)


async def press_accept_clean(query: CallbackQuery, turn: Turn, pressed: Pressed, office: Office) -> None:
    """Everything nobody needs to look at."""
    await accept_all_clean(turn, office, Period.of(pressed.payload["period"]))


async def press_return(query: CallbackQuery, turn: Turn, pressed: Pressed, office: Office) -> None:
    """退回: which figure?"""
    await ask_which(turn, await _sheet(turn, pressed, office), edit=True)


async def ask_which(turn: Turn, sheet: Sheet, *, unknown: str = "", reason: str = "", edit: bool = False) -> None:
    """Which figure goes back? `unknown`: words that name none of the form's; `reason`: why, where that was said."""
    turn.who.require_secretariat()
    at = {"submission_id": sheet.submission.id, "reason": reason}
    buttons = [
        Button("checkin_cards.button_item", "checkin_return_key", {**at, "key": key}, {"label": label_in(sheet, key)})
        for key in [*(one.key for one in sheet.asked), *(one.key for one in sheet.form.texts if one.key in sheet.filed)]
    ]
    say = turn.change if edit else turn.say
    await say("checkin_review.which", buttons=in_rows(buttons), unit=sheet.submission.unit.name, unknown=unknown)


async def press_return_key(
    query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext, office: Office
) -> None:
    """Why? A button, or the next words; nothing is asked that was said with the order."""
    sheet, key = await _sheet(turn, pressed, office), str(pressed.payload["key"])
    if reason := str(pressed.payload.get("reason", "")):
        await return_figure(turn, office, sheet, key, reason)
    else:
        await ask_why_returned(turn, state, sheet, key, edit=True)


async def ask_why_returned(turn: Turn, state: FSMContext, sheet: Sheet, key: str, *, edit: bool = False) -> None:
    """Why does it go back?"""
    turn.who.require_secretariat()
    await state.set_state(Reviewing.why_returned)
    at = {"submission_id": sheet.submission.id, "key": key}
    await state.set_data(at)
    buttons = [
        Button(f"checkin_review.button_why_{why}", "checkin_return_why", {**at, "why": why}) for why in RETURN_REASONS
    ]
    await (turn.change if edit else turn.say)(
        "checkin_review.why", buttons=in_rows(buttons), label=label_in(sheet, key)
    )


async def press_return_why(
    query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext, office: Office
) -> None:
    """A usual reason."""
    await state.clear()
    sheet, given = await _sheet(turn, pressed, office), pressed.payload
    await return_figure(turn, office, sheet, str(given["key"]), str(given["why"]))


async def why_returned(message: Message, turn: Turn, state: FSMContext, office: Office, words: str) -> None:
    """The reason in own words."""
    data = await state.get_data()
    await state.clear()
    sheet = await get_sheet(turn.session, office, turn.who, int(data["submission_id"]))
    await return_figure(turn, office, sheet, str(data["key"]), words)


async def press_exempt(query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext, office: Office) -> None:
    """豁免: why?"""
    await ask_why_exempt(turn, state, await _sheet(turn, pressed, office))


async def ask_why_exempt(turn: Turn, state: FSMContext, sheet: Sheet) -> None:
    """Why does the unit not have to report?"""
    turn.who.require_secretariat()
    await state.set_state(Reviewing.why_exempt)
    await state.set_data({"submission_id": sheet.submission.id})
    await turn.say("checkin_review.why_exempt", unit=sheet.submission.unit.name, period=sheet.label)


async def why_exempt(message: Message, turn: Turn, state: FSMContext, office: Office, words: str) -> None:
    """The reason; the unit leaves the denominator."""
    data = await state.get_data()
    await state.clear()
    await exempt_for(turn, await get_sheet(turn.session, office, turn.who, int(data["submission_id"])), words)


async def press_behalf(query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext, office: Office) -> None:
    """代填: from here on the secretary's words and presses fill this unit's form, marked so."""
    turn.who.require_secretariat()
    await fill_for(turn, state, await _sheet(turn, pressed, office))


async def press_behalf_anew(
    query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext, office: Office
) -> None:
    """The unit's own draft is put away first; its people get their figures back."""
    sheet = await put_draft_away(turn.session, office, turn.who, await _sheet(turn, pressed, office), now=turn.now)
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    await fill_for(turn, state, sheet)


async def press_mend(query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext, office: Office) -> None:
    """补正: just the returned figures, one after the other."""
    sheet = await _sheet(turn, pressed, office)
    key = next((one for one in sheet.open_keys if one.partition("[")[0] in sheet.form.by_key), None)
    if key is None or sheet.submission.state != "returned":
        await show_card(turn, state, sheet)
    else:
        await show_question(turn, state, sheet, key, edit=False, step=True)


async def accept_all_clean(turn: Turn, office: Office, period: Period | None) -> None:
    """Accept whatever nobody needs to look at, and name the rest."""
    cycle = await get_cycle(turn.session, period, now=turn.now)
    accepted, left = await accept_clean(turn.session, office, turn.who, cycle, now=turn.now)
    await turn.say("checkin_review.accepted_clean", accepted=accepted, left=left)


async def return_figure(turn: Turn, office: Office, sheet: Sheet, key: str, why: str) -> None:
    """Give the figure back; the unit is told."""
    told = await return_fields(turn.session, office, turn.who, sheet.submission, {key: why}, now=turn.now)
    unit, label = sheet.submission.unit.name, label_in(sheet, key)
    await turn.say("checkin_review.returned_done", unit=unit, label=label, reason=why, told=told)


async def exempt_for(turn: Turn, sheet: Sheet, why: str) -> None:
    """Take the unit out of the month's denominator."""
    await exempt(turn.session, turn.who, sheet.submission, why, now=turn.now)
    unit, period = sheet.submission.unit.name, sheet.label
    await turn.say("checkin_review.exempted", unit=unit, period=period, reason=why)


async def press_owe(query: CallbackQuery, turn: Turn, pressed: Pressed, office: Office) -> None:
    """取消豁免."""
    await owe_again(turn, await _sheet(turn, pressed, office), edit=True)


async def owe_again(turn: Turn, sheet: Sheet, *, edit: bool = False) -> None:
    """The unit is counted again; its page shows what may be done now."""
    await end_exemption(turn.session, turn.who, sheet, now=turn.now)
    await show_page(turn, sheet, edit=edit)


async def _sheet(turn: Turn, pressed: Pressed, office: Office) -> Sheet:
    return await get_sheet(turn.session, office, turn.who, int(pressed.payload["submission_id"]))
