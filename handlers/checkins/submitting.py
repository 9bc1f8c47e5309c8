"""Submitting a check-in: only the card that was shown, only with every doubt settled; then what follows."""

from collections.abc import Sequence
from typing import Any

from aiogram.fsm.context import FSMContext

from handlers.checkins.pages import Filling, show_card
from handlers.turn import Turn
from services.checkins.errors import CorrectionUnexplained
from services.checkins.filling.cards import make_card
from services.checkins.filling.doubts import find_doubts
from services.checkins.filling.filing import Filed, file_draft
from services.checkins.office import Office
from services.checkins.running.recipients import Recipient
from services.checkins.running.telling import recipients_of
from services.checkins.standing.sheets import Sheet
from services.outbox import Button
from services.registers.naming import next_unnamed

REASONS = ("typo", "restated", "late_data", "verified")


async def submit(
    turn: Turn,
    state: FSMContext,
    office: Office,
    sheet: Sheet,
    version: int,
    *,
    reason: str = "",
    anyway: bool = False,
    edit: bool = False,
) -> None:
    """File what the person has seen, or say what stands in the way."""
    if any(one.blocks for one in find_doubts(sheet)):
        await show_card(turn, state, sheet, lead="open", edit=edit)
    elif version != sheet.submission.version and sheet.has_draft:
        await show_card(turn, state, sheet, lead="changed", edit=edit)
    elif sheet.open_keys and not anyway:
        await _ask_anyway(turn, sheet, edit)
    else:
        await _file(turn, state, office, sheet, reason, edit)


async def _file(turn: Turn, state: FSMContext, office: Office, sheet: Sheet, reason: str, edit: bool) -> None:
    submission = sheet.submission
    mended = submission.state == "returned"
    on_behalf = submission.unit_id not in turn.who.unit_ids
    try:
        filed = await file_draft(turn.session, turn.who, sheet, now=turn.now, reason=reason, on_behalf=on_behalf)
    except CorrectionUnexplained:
        await ask_reason(turn, state, sheet)
        return
    await state.clear()
    people = await recipients_of(turn.session, submission) if on_behalf else []
    values = _filed_values(sheet, filed, on_behalf)
    await (turn.change if edit else turn.say)("checkins.filed", told=len(people), mended=mended, **values)
    if on_behalf:
        await _tell_unit(turn, sheet, people)
    elif filed.may_lack_names:
        await ask_names_after(turn, state, submission.id, filed.keys)


async def ask_reason(turn: Turn, state: FSMContext, sheet: Sheet) -> None:
    """Why does a filed figure change?"""
    at = {"submission_id": sheet.submission.id, "version": sheet.submission.version}
    await state.set_state(Filling.reason)
    await state.set_data(at)
    buttons = tuple(
        Button(f"checkin_cards.button_reason_{name}", "checkin_reason", {**at, "reason": name}) for name in REASONS
    )
    await turn.say("checkins.why_changed", buttons=(buttons[:2], buttons[2:]))


async def ask_names_after(
    turn: Turn, state: FSMContext, submission_id: int, keys: Sequence[str], *, after: str = ""
) -> None:
    """What was just filed and not named becomes rows of its register: what is it called? Each register once."""
    found = await next_unnamed(turn.session, submission_id, keys, after)
    if found:
        register, count = found
        await state.set_state(Filling.names)
        await state.set_data({"submission_id": submission_id, "register": register, "keys": list(keys)})
        await turn.say("checkins.ask_names", register=register, count=count)


async def _ask_anyway(turn: Turn, sheet: Sheet, edit: bool) -> None:
    at = {"submission_id": sheet.submission.id, "version": sheet.submission.version}
    card = make_card(sheet, turn.now)
    fill = [Button("checkin_cards.button_step", "checkin_step", at)]
    if card.can_carry:
        fill.insert(0, Button("checkin_cards.button_carry_rest", "checkin_rest", {**at, "give": "carry"}))
    if card.can_zero:
        fill.append(Button("checkin_cards.button_zero_rest", "checkin_rest", {**at, "give": "zero"}))
    anyway = Button("checkin_cards.button_submit_anyway", "checkin_submit", {**at, "anyway": True})
    rows = (tuple(fill), (anyway, Button("checkin_cards.button_card", "checkin_card", at)))
    await (turn.change if edit else turn.say)(
        "checkins.submit_incomplete", buttons=rows, missing=[one["label"] for one in card.missing]
    )


async def _tell_unit(turn: Turn, sheet: Sheet, people: list[Recipient]) -> None:
    """The unit hears that the secretariat filled in for it."""
    values = {"unit": sheet.submission.unit.name, "period": sheet.label}
    at = {"submission_id": sheet.submission.id}
    for one in people:
        buttons = ((Button("checkin_cards.button_card", "checkin_begin", at),),)
        await turn.tell(one.telegram_id, "checkins.filed_on_behalf", buttons=buttons, **values)


def _filed_values(sheet: Sheet, filed: Filed, on_behalf: bool) -> dict[str, Any]:
    return {
        "unit": sheet.submission.unit.name,
        "period": sheet.label,
        "is_late": filed.is_late and filed.is_first,
        "is_first": filed.is_first,
        "count": len(filed.keys),
        "missing": len(filed.missing),
        "on_behalf": on_behalf,
    }
