"""After words that change a card a little: what changed with its line, what is still open, the whole card on a press.

提交 stands there only where everything was read back: the whole card was shown in this chat, each change of it since
then by such a message, and nothing is open. The whole card comes by itself when the last open figure was answered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from aiogram.fsm.context import FSMContext

from handlers.checkins.buttons import brief_buttons
from handlers.checkins.pages import (
    PLAIN,
    UNDO,
    conflict_values,
    last_answer,
    show_card,
    show_question,
    standing,
    tell_conflicts,
)
from handlers.turn import Turn
from services.checkins.filling.cards import make_card
from services.checkins.filling.doubts import find_doubts
from services.checkins.filling.drafting import Taken, undo
from services.checkins.filling.taking import next_key
from services.checkins.reading.understood import Understanding
from services.checkins.standing.sheets import Sheet

LITTLE = 3  # figures that a message changes


@dataclass(frozen=True)
class Stood:
    """A check-in as it stood before words: the same object is changed by them."""

    version: int
    is_complete: bool
    is_untouched: bool

    @classmethod
    def of(cls, sheet: Sheet) -> "Stood":
        """To be taken before anything is saved."""
        return cls(sheet.submission.version, is_complete(sheet), sheet.is_untouched)


async def show_taken(
    turn: Turn,
    state: FSMContext,
    taken: Taken,
    key: str,
    *,
    step: bool,
    before: Stood | None = None,
    unplaced: Sequence[str] = (),
) -> None:
    """What follows an answer: the next question of the round, the change alone, or the card.

    ``before`` is given for words; without it a press was the answer, and its message is replaced.
    """
    data = await state.get_data()
    await tell_conflicts(turn, taken)
    following = next_key(taken.sheet, key) if step else None
    if following:
        await show_question(turn, state, taken.sheet, following, edit=before is None, step=True)
    elif before is not None and _is_little(data, before, taken):
        found = conflict_values(taken)["conflicts"]
        await _show_brief(turn, state, taken.sheet, taken.before, unplaced=unplaced, conflicts=found)
    else:
        found = conflict_values(taken)
        await show_card(turn, state, taken.sheet, edit=before is None, unplaced=list(unplaced), **found)
    await remember(state, taken)


async def show_unclear(turn: Turn, state: FSMContext, sheet: Sheet, reading: Understanding) -> None:
    """Which figure is meant, or how many in its unit? The whole card comes only where it was not shown before."""
    data = await state.get_data()
    asked = next((one for one in reading.questions if one.id == "ask_in_unit" and one.key), None)
    label = sheet.form.label_of(asked.key) if asked and asked.key else ""
    in_unit = {"label": label, **asked.facts} if asked else {}
    if data.get("submission_id") == sheet.submission.id and sheet.draft and sheet.submission.state == "draft":
        await _show_brief(turn, state, sheet, {}, lead="unclear", in_unit=in_unit)
    else:
        await show_card(turn, state, sheet, lead="unclear", in_unit=in_unit)


async def remember(state: FSMContext, taken: Taken) -> None:
    """How the draft was, so that 撤回刚才那条 can put it back."""
    if taken.before or taken.rows:
        kept = {"before": dict(taken.before), "rows": list(taken.rows), "version": taken.sheet.submission.version}
        await state.update_data({UNDO: kept})


async def may_take_back(state: FSMContext) -> bool:
    """Whether an answer was given here that could be taken back."""
    return UNDO in await state.get_data()


async def take_back(turn: Turn, state: FSMContext, sheet: Sheet) -> bool:
    """Undo the last answer given here; False when there is none, or somebody has changed the draft since."""
    kept = (await state.get_data()).get(UNDO)
    if not kept or kept["version"] != sheet.submission.version:
        return False
    sheet = await undo(turn.session, turn.who, sheet, kept["before"], kept["rows"], now=turn.now)
    await show_card(turn, state, sheet, lead="undone")
    return True


def is_complete(sheet: Sheet) -> bool:
    """Whether nothing is open and nothing is doubted."""
    return not sheet.open_keys and not find_doubts(sheet)


def _is_little(data: Mapping[str, Any], before: Stood, taken: Taken) -> bool:
    """Whether the card that was shown, and what was said of it since, still stand for all but a few figures."""
    submission = taken.sheet.submission
    seen = data.get("submission_id") == submission.id and data.get("seen", data.get("version")) == before.version
    plain = submission.state == "draft" and not (taken.rejected or taken.rows or taken.is_takeover)
    goes_on = not before.is_untouched and (before.is_complete or not is_complete(taken.sheet))
    return seen and plain and goes_on and 0 < len(taken.before) <= LITTLE


async def _show_brief(
    turn: Turn,
    state: FSMContext,
    sheet: Sheet,
    before: Mapping[str, dict[str, Any] | None],
    *,
    lead: str = "",
    in_unit: Mapping[str, Any] = MappingProxyType({}),
    unplaced: Sequence[str] = (),
    conflicts: Sequence[dict[str, Any]] = (),
) -> None:
    """Of the card only the keys of ``before``, with what they were, and what is still open."""
    data, complete = await state.get_data(), is_complete(sheet) and bool(before)
    stood = {**standing(sheet, data.get("key") if lead else None), **last_answer(data, sheet)}
    if lead and data.get("last"):
        stood["last"] = data["last"]
    if not complete:  # 提交 in words then shows the whole card first
        stood |= {"version": data.get("version"), "seen": sheet.submission.version if before else data.get("seen")}
    await state.set_data({name: value for name, value in stood.items() if name != "seen" or value is not None})
    card = make_card(sheet, turn.now)
    card = replace(card, doubts=tuple(sorted(card.doubts, key=lambda one: one["key"] not in before)))  # of these first
    names = {sheet.form.label_of(one.key) for one in sheet.form.texts if one.key in before}
    values = {
        **card.values,
        **PLAIN,
        "rows": [row for row in card.values["rows"] if row["key"] in before],
        "texts": [[label, text] for label, text in card.texts if label in names],
        "registering": [],
        "unplaced": list(unplaced),
        "conflicts": list(conflicts),
        "lead": lead,
        "in_unit": dict(in_unit),
        "is_brief": True,
        "earlier": {key: was["value"] for key, was in before.items() if was is not None and was["value"]},
    }
    buttons = brief_buttons(card, sheet, is_complete=complete, may_undo=bool(before))
    await turn.say("checkin_cards.card", buttons=buttons, **values)
