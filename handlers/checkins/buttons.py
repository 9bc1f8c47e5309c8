"""The buttons of a check-in: under the card, under one question, under the list of figures."""

import json
from typing import Any

from handlers.turn import Rows, in_rows
from services.checkins.filling.cards import Card, label_in, name_of
from services.checkins.form import Kind
from services.checkins.standing.sheets import Sheet, plain
from services.outbox import Button

DOUBTS_AT_ONCE = 2


def card_buttons(card: Card, sheet: Sheet) -> Rows:
    """Doubts first, then what the whole card allows; 提交 only where it would be taken."""
    at = {"submission_id": card.submission_id, "version": sheet.submission.version}
    rows = [row for doubt in card.doubts[:DOUBTS_AT_ONCE] if (row := _doubt_row(doubt, at))]
    if card.has_draft and not any(one["blocks"] for one in card.doubts):
        rows.append((Button("checkin_cards.button_submit", "checkin_submit", at),))
    if card.state == "returned":
        rows += _mend_rows(sheet, at)
    else:
        rows += in_rows(_fill_buttons(card, at), 2)
    more = [
        Button("checkin_cards.button_edit", "checkin_pick", at),
        Button("checkin_cards.button_texts", "checkin_texts", at),
    ]
    if card.has_draft:
        more.append(Button("checkin_cards.button_clear", "checkin_clear", at))
    else:
        more.append(Button("checkin_cards.button_versions", "checkin_versions", at))
    return once((*rows, *in_rows(more, 3)))


def brief_buttons(card: Card, sheet: Sheet, *, is_complete: bool, may_undo: bool) -> Rows:
    """Under what just changed: its doubts, 提交 where all was read back, the ways to fill the rest, card and back."""
    at = {"submission_id": card.submission_id, "version": sheet.submission.version}
    rows = [row for doubt in card.doubts[:DOUBTS_AT_ONCE] if (row := _doubt_row(doubt, at))]
    if is_complete:
        rows.append((Button("checkin_cards.button_submit", "checkin_submit", at),))
    rows += in_rows(_fill_buttons(card, at), 2)
    undo = (Button("checkin_cards.button_undo", "checkin_undo", at),) if may_undo else ()
    rows.append((Button("checkin_cards.button_card", "checkin_card", at), *undo))
    return once(tuple(rows))


def once(rows: Rows) -> Rows:
    """The same without buttons that would stand there twice: two doubts about one figure offer one change of it."""
    known: set[str] = set()
    kept = []
    for row in rows:
        fresh = []
        for one in row:
            name = json.dumps([one.action, one.payload, one.label], sort_keys=True, default=str)
            if name not in known:
                known.add(name)
                fresh.append(one)
        if fresh:
            kept.append(tuple(fresh))
    return tuple(kept)


def issue_buttons(sheet: Sheet) -> tuple[Button, ...]:
    """What became of last month's problem."""
    at = {"submission_id": sheet.submission.id}
    return tuple(
        Button(f"checkin_cards.button_issue_{what}", "checkin_issue", {**at, "what": what})
        for what in ("solved", "open", "worse")
    )


def pick_buttons(sheet: Sheet) -> Rows:
    """Every figure asked for, to change it."""
    keys = [*(one.key for one in sheet.asked), *(key for key in sheet.current if "[" in key)]
    at = {"submission_id": sheet.submission.id}
    buttons = [
        Button("checkin_cards.button_item", "checkin_edit", {**at, "key": key}, {"label": name_of(sheet.form, key)})
        for key in keys
    ]
    return (*in_rows(buttons, 2), (Button("checkin_cards.button_card", "checkin_card", at),))


def clear_buttons(sheet: Sheet) -> Rows:
    """Sure? Said of the draft as it stands now."""
    at = {"submission_id": sheet.submission.id, "version": sheet.submission.version}
    sure = Button("checkin_cards.button_clear_sure", "checkin_cleared", at)
    return ((sure, Button("checkin_cards.button_card", "checkin_card", at)),)


def answer_buttons(sheet: Sheet, key: str, step: bool) -> Rows:
    """Everything but a number that can answer one figure, and where to go from it."""
    at = {"submission_id": sheet.submission.id, "key": key, "step": step}

    def one(name: str, **values: Any) -> Button:
        return Button(f"checkin_cards.button_{name}", "checkin_give", {**at, "give": name}, values)

    previous = digits_before(sheet, key)
    carries = previous is not None and sheet.form.indicator(key).kind is not Kind.FLOW
    first = (one("carry", previous=previous),) if carries else ()
    moves: tuple[Button, ...] = (Button("checkin_cards.button_card", "checkin_card", at),)
    if step:
        skip, back = (
            Button(f"checkin_cards.button_{name}", "checkin_move", {**at, "to": name}) for name in ("skip", "back")
        )
        moves = (back, skip, *moves)
    return ((*first, one("zero")), (one("not_applicable"), one("not_collected")), moves)


def digits_before(sheet: Sheet, key: str) -> str | None:
    """Last month's figure in digits."""
    before = sheet.previous.get(key)
    return None if before is None else plain(before)


def _fill_buttons(card: Card, at: dict[str, Any]) -> list[Button]:
    """Ways to answer what is still open."""
    fill = []
    if card.can_carry:
        fill.append(Button("checkin_cards.button_carry_rest", "checkin_rest", {**at, "give": "carry"}))
    if card.can_zero and card.has_draft:
        fill.append(Button("checkin_cards.button_zero_rest", "checkin_rest", {**at, "give": "zero"}))
    if card.missing:
        fill.append(Button("checkin_cards.button_step", "checkin_step", at))
    if card.registering or any(row.is_counted for row in card.rows):
        fill.append(Button("checkin_cards.button_registers", "register_month", at))
    return fill


def _mend_rows(sheet: Sheet, at: dict[str, Any]) -> Rows:
    """For each returned figure: another one, or the same after all."""
    rows = []
    for key in sheet.open_keys:
        asks = "checkin_edit" if key.partition("[")[0] in sheet.form.by_key else "checkin_text"
        change = Button("checkin_cards.button_change", asks, {**at, "key": key}, {"label": label_in(sheet, key)})
        keep = Button("checkin_cards.button_keep", "checkin_give", {**at, "key": key, "step": False, "give": "keep"})
        rows.append((change, keep) if asks == "checkin_edit" else (change,))
    return tuple(rows)


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
