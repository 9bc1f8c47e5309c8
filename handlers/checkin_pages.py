"""The pages of a check-in: the card, one question, the list of figures; and where a person stands among them."""

from datetime import datetime
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from handlers.turn import Rows, Turn
from services.checkins.cards import Card, make_card, name_of
from services.checkins.filling import Taken, find_last_issue, next_key
from services.checkins.form import Kind
from services.checkins.hearing import Place
from services.checkins.sheets import Sheet, plain
from services.checkins.telling import find_other_person
from services.outbox import Button, Note

DOUBTS_AT_ONCE = 2


class Filling(StatesGroup):
    """Somebody fills in. The data name the check-in, the key just asked about, and the version last shown."""

    on = State()
    reason = State()
    partners = State()


async def place_of(turn: Turn, state: FSMContext) -> Place:
    """Where this person stands in this chat."""
    if await state.get_state() != Filling.on.state:
        return Place(is_private=turn.is_private)
    data = await state.get_data()
    return Place(data.get("submission_id"), data.get("key"), turn.is_private)


async def stand(state: FSMContext, sheet: Sheet, key: str | None = None, *, step: bool = False) -> None:
    """Remember it; committed with everything else of this update."""
    await state.set_state(Filling.on)
    await state.set_data(standing(sheet, key, step=step))


async def show_card(turn: Turn, state: FSMContext, sheet: Sheet, *, edit: bool = False, **more: Any) -> None:
    """Read everything back; the message pressed on is replaced, words get a new card."""
    await stand(state, sheet)
    if not sheet.current and not more.get("lead") and not more.get("rejected"):
        await _show_start(turn, sheet, edit)
        return
    note = card_note(sheet, turn.now, **more)
    await (turn.change if edit else turn.say)(note.text_key, buttons=note.buttons, **note.values)


def card_note(sheet: Sheet, now: datetime, **more: Any) -> Note:
    """The card as a message, for wherever it is said."""
    card = make_card(sheet, now)
    values = {**card.values, "conflicts": [], "lead": "", "rejected": [], **more}
    return Note("checkin_cards.card", values, card_buttons(card, sheet))


def standing(sheet: Sheet, key: str | None = None, *, step: bool = False) -> dict[str, Any]:
    """The data of `Filling.on`."""
    submission = sheet.submission
    return {"submission_id": submission.id, "key": key, "step": step, "version": submission.version}


async def show_question(turn: Turn, state: FSMContext, sheet: Sheet, key: str, *, edit: bool, step: bool) -> None:
    """Ask for one figure."""
    await stand(state, sheet, key, step=step)
    order = [one.key for one in sheet.asked]
    indicator, entry = sheet.form.indicator(key), sheet.current.get(key)
    values = {
        "number": order.index(key) + 1 if key in order else 0,
        "total": len(order),
        "label": sheet.form.label_of(key),
        "hint": indicator.hint,
        "unit": indicator.unit,
        "is_stock": indicator.kind is not Kind.FLOW,
        "previous": _digits(sheet, key),
        "value": None if entry is None or entry.value is None else plain(entry.value),
        "period": sheet.period.label,
        "why": (sheet.submission.returned or {}).get(key, ""),
    }
    await (turn.change if edit else turn.say)("checkin_cards.question", buttons=_answers(sheet, key, step), **values)


async def show_after(turn: Turn, state: FSMContext, taken: Taken, key: str, *, edit: bool, step: bool) -> None:
    """What follows an answer: the next question of the round, else the card."""
    following = next_key(taken.sheet, key) if step else None
    await tell_conflicts(turn, taken)
    if following:
        await show_question(turn, state, taken.sheet, following, edit=edit, step=True)
    else:
        await show_card(turn, state, taken.sheet, edit=edit, **conflict_values(taken))


async def tell_conflicts(turn: Turn, taken: Taken) -> None:
    """The one who had given another figure hears of it too."""
    for conflict in taken.conflicts:
        other = await find_other_person(turn.session, conflict.earlier_by)
        if other is not None and other.telegram_id:
            values = {**_conflict(taken.sheet, conflict), "by": turn.who.name, "period": taken.sheet.period.label}
            await turn.tell(other.telegram_id, "checkins.conflict_told", **values)


def conflict_values(taken: Taken) -> dict[str, Any]:
    """For the card of the one who gave the later figure."""
    return {
        "conflicts": [_conflict(taken.sheet, one) for one in taken.conflicts],
        "rejected": sorted({code.partition(":")[2] for code in taken.rejected}),
    }


def card_buttons(card: Card, sheet: Sheet) -> Rows:
    """Doubts first, then what the whole card allows."""
    at = {"submission_id": card.submission_id, "version": sheet.submission.version}
    rows = [row for doubt in card.doubts[:DOUBTS_AT_ONCE] if (row := _doubt_row(doubt, at))]
    if card.has_draft:
        rows.append((Button("checkin_cards.button_submit", "checkin_submit", at),))
    fill = []
    if card.can_carry:
        fill.append(Button("checkin_cards.button_carry_rest", "checkin_rest", {**at, "give": "carry"}))
    if card.can_zero and card.has_draft:
        fill.append(Button("checkin_cards.button_zero_rest", "checkin_rest", {**at, "give": "zero"}))
    if card.missing:
        fill.append(Button("checkin_cards.button_step", "checkin_step", at))
    more = [
        Button("checkin_cards.button_edit", "checkin_pick", at),
        Button("checkin_cards.button_texts", "checkin_texts", at),
    ]
    if card.has_draft:
        more.append(Button("checkin_cards.button_clear", "checkin_clear", at))
    else:
        more.append(Button("checkin_cards.button_versions", "checkin_versions", at))
    return (*rows, *_lines(fill, 2), *_lines(more, 3))


def pick_buttons(sheet: Sheet) -> Rows:
    """Every figure asked for, to change it."""
    keys = [*(one.key for one in sheet.asked), *(key for key in sheet.current if "[" in key)]
    at = {"submission_id": sheet.submission.id}
    buttons = [
        Button("checkin_cards.button_item", "checkin_edit", {**at, "key": key}, {"label": name_of(sheet.form, key)})
        for key in keys
    ]
    return (*_lines(buttons, 2), (Button("checkin_cards.button_card", "checkin_card", at),))


def clear_buttons(sheet: Sheet) -> Rows:
    """Sure?"""
    at = {"submission_id": sheet.submission.id}
    sure = Button("checkin_cards.button_clear_sure", "checkin_cleared", at)
    return ((sure, Button("checkin_cards.button_card", "checkin_card", at)),)


async def _show_start(turn: Turn, sheet: Sheet, edit: bool) -> None:
    at = {"submission_id": sheet.submission.id}
    issue = await find_last_issue(turn.session, sheet)
    ways = [
        Button("checkin_cards.button_step", "checkin_step", at),
        Button("checkin_cards.button_carry_all", "checkin_rest", {**at, "give": "carry"}),
        Button("checkin_cards.button_template", "checkin_template", at),
    ]
    followed = [
        Button(f"checkin_cards.button_issue_{what}", "checkin_issue", {**at, "what": what})
        for what in ("solved", "open", "worse")
    ]
    values: dict[str, Any] = {
        "unit": sheet.submission.unit.name,
        "period": sheet.period.label,
        "due_at": sheet.submission.due_at.isoformat(),
        "is_overdue": turn.now > sheet.submission.due_at,
        "asked": [
            {"label": name_of(sheet.form, one.key), "unit": one.unit, "previous": _digits(sheet, one.key)}
            for one in sheet.asked
        ],
        "issue": issue or "",
        "example": next((one.name for one in sheet.asked if one.kind is Kind.FLOW), sheet.asked[0].name),
    }
    buttons = (tuple(ways), *((tuple(followed),) if issue else ()))
    await (turn.change if edit else turn.say)("checkin_cards.start", buttons=buttons, **values)


def _answers(sheet: Sheet, key: str, step: bool) -> Rows:
    at = {"submission_id": sheet.submission.id, "key": key, "step": step}

    def one(name: str, **values: Any) -> Button:
        return Button(f"checkin_cards.button_{name}", "checkin_give", {**at, "give": name}, values)

    previous = _digits(sheet, key)
    carries = previous is not None and sheet.form.indicator(key).kind is not Kind.FLOW
    first = (one("carry", previous=previous),) if carries else ()
    moves: tuple[Button, ...] = (Button("checkin_cards.button_card", "checkin_card", at),)
    if step:
        skip, back = (
            Button(f"checkin_cards.button_{name}", "checkin_move", {**at, "to": name}) for name in ("skip", "back")
        )
        moves = (back, skip, *moves)
    return ((*first, one("zero")), (one("not_applicable"), one("not_collected")), moves)


def _doubt_row(doubt: dict[str, Any], at: dict[str, Any]) -> tuple[Button, ...]:
    if doubt["key"] == "*":
        edit: tuple[Button, ...] = ()
    else:
        keys = [doubt["key"], *([doubt["whole_key"]] if doubt["whole_key"] else [])]
        names = {doubt["key"]: doubt["label"], doubt["whole_key"]: doubt["whole_label"]}
        edit = tuple(
            Button("checkin_cards.button_change", "checkin_edit", {**at, "key": key}, {"label": names[key]})
            for key in keys
        )
    settle = tuple(
        Button(
            f"checkin_cards.button_{choice}",
            "checkin_settle",
            {**at, "rule": doubt["rule"], "key": doubt["key"], "choice": choice},
            {"label": doubt["label"], "figure": figure, "unit": doubt["unit"]},
        )
        for choice, figure in doubt["choices"]
    )
    return (*settle, *edit) if len(settle) < 2 else settle


def _conflict(sheet: Sheet, conflict: Any) -> dict[str, Any]:
    return {
        "label": name_of(sheet.form, conflict.key),
        "earlier": None if conflict.earlier is None else plain(conflict.earlier),
        "now": None if conflict.now is None else plain(conflict.now),
    }


def _digits(sheet: Sheet, key: str) -> str | None:
    before = sheet.previous.get(key)
    return None if before is None else plain(before)


def _lines(buttons: list[Button], width: int) -> list[tuple[Button, ...]]:
    return [tuple(buttons[at : at + width]) for at in range(0, len(buttons), width)]
