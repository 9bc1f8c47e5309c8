"""The pages of a check-in: the card, one question, the list of figures; and where a person stands among them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from handlers.checkins.buttons import answer_buttons, card_buttons, digits_before, issue_buttons
from handlers.turn import Turn
from services.checkins.filling.cards import FOLLOW_UP, label_in, make_card, name_of
from services.checkins.filling.doubts import find_doubts
from services.checkins.filling.drafting import Taken
from services.checkins.filling.hearing import Place
from services.checkins.filling.owning import require_free
from services.checkins.filling.taking import find_last_issue
from services.checkins.form import Kind
from services.checkins.running.telling import find_other_person
from services.checkins.standing.sheets import Sheet, plain
from services.outbox import Button, Note

PLAIN: dict[str, Any] = {
    "conflicts": [],
    "filled_for": [],
    "lead": "",
    "in_unit": {},
    "rejected": [],
    "issue": "",
    "unplaced": [],
    "is_brief": False,
    "earlier": {},
}
"""What a card says beside what stands in the check-in, when there is nothing of it."""


UNDO = "undo"  # in the dialogue's data: how the draft was before the last answer, and its version after it


class Filling(StatesGroup):
    """Somebody fills in. The data name the check-in, the key just asked about, and the version last shown."""

    on = State()
    reason = State()
    names = State()


async def place_of(turn: Turn, state: FSMContext) -> Place:
    """Where this person stands in this chat."""
    if await state.get_state() != Filling.on.state:
        return Place(is_private=turn.is_private)
    data = await state.get_data()
    return Place(data.get("submission_id"), data.get("key"), turn.is_private, data.get("last"))


async def stand(state: FSMContext, sheet: Sheet, key: str | None = None, *, step: bool = False) -> None:
    """Remember it; committed with everything else of this update. The last answer can be taken back until another."""
    data = await state.get_data()
    await state.set_state(Filling.on)
    await state.set_data({**standing(sheet, key, step=step), **last_answer(data, sheet)})


async def show_card(turn: Turn, state: FSMContext, sheet: Sheet, *, edit: bool = False, **more: Any) -> None:
    """Read everything back; the message pressed on is replaced, words get a new card. A unit's draft is its own."""
    await require_free(turn.session, turn.who, sheet)
    await stand(state, sheet, sheet.only_returned)
    if sheet.is_untouched and not more.get("lead") and not more.get("rejected"):
        await _show_start(turn, sheet, edit)
        return
    is_first = sheet.submission.first_submitted_at is None
    complete = is_first and bool(sheet.draft) and not sheet.open_keys and not find_doubts(sheet)
    issue = find_last_issue(sheet) if complete else ""
    note = card_note(sheet, turn.now, issue=issue, **more)
    await (turn.change if edit else turn.say)(note.text_key, buttons=note.buttons, **note.values)


def card_note(sheet: Sheet, now: datetime, **more: Any) -> Note:
    """The card as a message, for wherever it is said."""
    card = make_card(sheet, now)
    values = {**card.values, **PLAIN, **more}
    asks = (issue_buttons(sheet),) if values["issue"] else ()
    return Note("checkin_cards.card", values, (*asks, *card_buttons(card, sheet)))


def last_answer(data: Mapping[str, Any], sheet: Sheet) -> dict[str, Any]:
    """What of the dialogue's data takes the last answer back, while nothing has changed the draft since."""
    kept = data.get(UNDO)
    return {UNDO: kept} if kept and kept["version"] == sheet.submission.version else {}


def standing(sheet: Sheet, key: str | None = None, *, step: bool = False) -> dict[str, Any]:
    """The data of `Filling.on`."""
    submission = sheet.submission
    return {"submission_id": submission.id, "key": key, "step": step, "version": submission.version}


async def show_question(turn: Turn, state: FSMContext, sheet: Sheet, key: str, *, edit: bool, step: bool) -> None:
    """Ask for one figure."""
    await require_free(turn.session, turn.who, sheet)
    await stand(state, sheet, key, step=step)
    order = [one.key for one in sheet.asked]
    indicator, entry = sheet.form.indicator(key), sheet.current.get(key)
    values = {
        "number": order.index(key) + 1 if key in order else 0,
        "total": len(order),
        "label": sheet.form.label_of(key),
        "hint": indicator.hint,
        "unit": indicator.unit,
        "kind": indicator.kind.value,
        "previous": digits_before(sheet, key),
        "value": None if entry is None or entry.value is None else plain(entry.value),
        "period": sheet.label,
        "is_merged": sheet.is_merged,
        "why": (sheet.submission.returned or {}).get(key, ""),
    }
    await (turn.change if edit else turn.say)(
        "checkin_cards.question", buttons=answer_buttons(sheet, key, step), **values
    )


async def tell_conflicts(turn: Turn, taken: Taken) -> None:
    """The one who had given other figures hears of it too, once for all of them."""
    for earlier_by in sorted({one.earlier_by for one in taken.conflicts if one.earlier_by}):
        other = await find_other_person(turn.session, earlier_by)
        if other is not None and other.telegram_id:
            mine = [_conflict(taken.sheet, one) for one in taken.conflicts if one.earlier_by == earlier_by]
            values: dict[str, Any] = {"conflicts": mine, "by": turn.who.name, "period": taken.sheet.label}
            await turn.tell(other.telegram_id, "checkins.conflict_told", **values)
    for by in sorted(set(taken.filled_for.values())) if taken.is_takeover else ():
        other = await find_other_person(turn.session, by)
        if other is not None and other.telegram_id:
            labels = [label_in(taken.sheet, key) for key, one in taken.filled_for.items() if one == by]
            unit, period = taken.sheet.submission.unit.name, taken.sheet.label
            await turn.tell(other.telegram_id, "checkins.unit_fills_now", labels=labels, unit=unit, period=period)


def conflict_values(taken: Taken) -> dict[str, Any]:
    """For the card of the one who gave the later figure."""
    return {
        "conflicts": [_conflict(taken.sheet, one) for one in taken.conflicts],
        "rejected": sorted({code.partition(":")[2] for code in taken.rejected}),
        "filled_for": [label_in(taken.sheet, key) for key in taken.filled_for],
    }


async def _show_start(turn: Turn, sheet: Sheet, edit: bool) -> None:
    at = {"submission_id": sheet.submission.id}
    issue = find_last_issue(sheet)
    ways = [
        Button("checkin_cards.button_step", "checkin_step", at),
        Button("checkin_cards.button_template", "checkin_template", at),
    ]
    carries = any(sheet.previous.get(one.key) is not None and one.kind is not Kind.FLOW for one in sheet.asked)
    carry = Button("checkin_cards.button_carry_all", "checkin_rest", {**at, "give": "carry"})
    values: dict[str, Any] = {
        "unit": sheet.submission.unit.name,
        "period": sheet.label,
        "due_at": sheet.submission.due_at.isoformat(),
        "is_overdue": turn.now > sheet.submission.due_at,
        "is_optional": sheet.submission.optional,
        "asked": [
            {"label": name_of(sheet.form, one.key), "unit": one.unit, "previous": digits_before(sheet, one.key)}
            for one in sheet.asked
            if one.key not in sheet.counted
        ],
        "counted": [
            {"label": name_of(sheet.form, key), "unit": entry.unit, "value": plain(sheet.registered.counts[key])}
            for key, entry in ((key, sheet.form.indicator(key)) for key in sheet.counted)
        ],
        "issue": issue,
        "followed": sheet.current[FOLLOW_UP].text if FOLLOW_UP in sheet.current else "",
        "example": next((one.name for one in sheet.asked if one.kind is Kind.FLOW), sheet.asked[0].name),
    }
    buttons = (*(((carry,),) if carries else ()), tuple(ways), *((issue_buttons(sheet),) if issue else ()))
    await (turn.change if edit else turn.say)("checkin_cards.start", buttons=buttons, **values)


def _conflict(sheet: Sheet, conflict: Any) -> dict[str, Any]:
    return {
        "label": name_of(sheet.form, conflict.key),
        "earlier": None if conflict.earlier is None else plain(conflict.earlier),
        "now": None if conflict.now is None else plain(conflict.now),
    }
