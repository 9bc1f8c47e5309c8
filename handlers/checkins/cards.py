"""Presses while a check-in is filled in. Rights are judged anew at every press."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.checkins import words as say
from handlers.checkins.buttons import clear_buttons, pick_buttons
from handlers.checkins.changes import show_taken
from handlers.checkins.filters import Says
from handlers.checkins.pages import (
    conflict_values,
    show_card,
    show_question,
    stand,
)
from handlers.checkins.submitting import submit
from handlers.filters import Pressing
from handlers.turn import Turn
from services.checkins.filling.cards import FOLLOW_UP
from services.checkins.filling.drafting import drop_draft
from services.checkins.filling.taking import give, give_rest, settle_doubt, take_text
from services.checkins.office import Office
from services.checkins.reviewing.history import list_changes
from services.checkins.standing.finding import get_sheet
from services.checkins.standing.sheets import Sheet
from services.outbox import Button, Pressed


def router() -> Router:
    """Buttons of the card, of one question, of the list of figures."""
    made = Router(name="checkin_cards")
    made.message.register(versions_in_words, Says(say.VERSIONS))
    made.message.register(template_in_words, Says(say.TEMPLATE))
    for action, handler in (
        ("checkin_card", press_card),
        ("checkin_give", press_give),
        ("checkin_edit", press_edit),
        ("checkin_pick", press_pick),
        ("checkin_rest", press_rest),
        ("checkin_settle", press_settle),
        ("checkin_submit", press_submit),
        ("checkin_reason", press_reason),
        ("checkin_clear", press_clear),
        ("checkin_cleared", press_cleared),
        ("checkin_texts", press_texts),
        ("checkin_text", press_text),
        ("checkin_issue", press_issue),
        ("checkin_versions", press_versions),
        ("checkin_template", press_template),
    ):
        made.callback_query.register(handler, Pressing(action))
    return made


async def press_card(query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext, office: Office) -> None:
    """The card as it stands."""
    await show_card(turn, state, await _sheet(turn, pressed, office), edit=True)


async def press_give(query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext, office: Office) -> None:
    """同上月, 0, 不适用, 未统计 for the figure asked about."""
    key, step = str(pressed.payload["key"]), bool(pressed.payload["step"])
    sheet = await _sheet(turn, pressed, office)
    taken = await give(turn.session, turn.who, sheet, key, pressed.payload["give"], now=turn.now)
    await show_taken(turn, state, taken, key, step=step)


async def press_edit(query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext, office: Office) -> None:
    """Ask for one figure again."""
    sheet = await _sheet(turn, pressed, office)
    await show_question(turn, state, sheet, str(pressed.payload["key"]), edit=True, step=False)


async def press_pick(query: CallbackQuery, turn: Turn, pressed: Pressed, office: Office) -> None:
    """Which figure?"""
    await turn.change("checkin_cards.pick", buttons=pick_buttons(await _sheet(turn, pressed, office)))


async def press_rest(query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext, office: Office) -> None:
    """其余同上月, 其余为 0."""
    sheet = await _sheet(turn, pressed, office)
    taken = await give_rest(turn.session, turn.who, sheet, pressed.payload["give"], now=turn.now)
    await show_card(turn, state, taken.sheet, edit=True, **conflict_values(taken))


async def press_settle(query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext, office: Office) -> None:
    """One answer to one doubt."""
    sheet = await _sheet(turn, pressed, office)
    taken = await settle_doubt(turn.session, turn.who, sheet, pressed.payload, now=turn.now)
    await show_card(turn, state, taken.sheet, edit=True)


async def press_submit(query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext, office: Office) -> None:
    """File what this very card shows."""
    sheet, given = await _sheet(turn, pressed, office), pressed.payload
    anyway = bool(given.get("anyway"))
    await submit(turn, state, office, sheet, int(given["version"]), anyway=anyway, edit=True)


async def press_reason(query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext, office: Office) -> None:
    """Why a filed figure changes."""
    sheet, given = await _sheet(turn, pressed, office), pressed.payload
    await submit(turn, state, office, sheet, int(given["version"]), reason=str(given["reason"]), anyway=True, edit=True)


async def press_clear(query: CallbackQuery, turn: Turn, pressed: Pressed, office: Office) -> None:
    """清空草稿: asks once."""
    sheet = await _sheet(turn, pressed, office)
    await turn.change("checkins.clear_ask", buttons=clear_buttons(sheet), count=len(sheet.draft), lead="")


async def press_cleared(query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext, office: Office) -> None:
    """The draft is gone, what was filed stays; what was added since the question is not thrown away with it."""
    sheet = await _sheet(turn, pressed, office)
    if sheet.submission.version != pressed.payload.get("version"):
        await show_card(turn, state, sheet, edit=True, lead="changed")
        return
    await show_card(turn, state, await drop_draft(turn.session, turn.who, sheet, now=turn.now), edit=True)


async def press_texts(query: CallbackQuery, turn: Turn, pressed: Pressed, office: Office) -> None:
    """Which text?"""
    sheet = await _sheet(turn, pressed, office)
    at = {"submission_id": sheet.submission.id}
    texts = tuple(
        Button("checkin_cards.button_text", "checkin_text", {**at, "key": one.key}, {"label": one.label})
        for one in sheet.form.texts
    )
    await turn.change(
        "checkin_cards.texts", buttons=(texts, (Button("checkin_cards.button_card", "checkin_card", at),))
    )


async def press_text(query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext, office: Office) -> None:
    """The next words are that text."""
    sheet, key = await _sheet(turn, pressed, office), str(pressed.payload["key"])
    await stand(state, sheet, key)
    await turn.change("checkin_cards.text_question", label=sheet.form.label_of(key))


async def press_issue(query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext, office: Office) -> None:
    """What became of last month's problem; news of it are this month's problem."""
    sheet, what = await _sheet(turn, pressed, office), str(pressed.payload["what"])
    taken = await take_text(turn.session, turn.who, sheet, FOLLOW_UP, what, now=turn.now)
    if what == "worse":
        await stand(state, taken.sheet, "issues")
        await turn.say("checkin_cards.text_question", label=taken.sheet.form.label_of("issues"))
    else:
        await show_card(turn, state, taken.sheet, edit=True)


async def press_versions(query: CallbackQuery, turn: Turn, pressed: Pressed, office: Office) -> None:
    """Who changed what, when, from what to what, and why."""
    await _say_versions(turn, await _sheet(turn, pressed, office))


async def versions_in_words(message: Message, turn: Turn, sheet: Sheet) -> None:
    """看修改记录."""
    await _say_versions(turn, sheet)


async def press_template(query: CallbackQuery, turn: Turn, pressed: Pressed, office: Office) -> None:
    """要表格."""
    await promise_template(turn, await _sheet(turn, pressed, office))


async def template_in_words(message: Message, turn: Turn, sheet: Sheet) -> None:
    """表格."""
    await promise_template(turn, sheet)


async def promise_template(turn: Turn, sheet: Sheet) -> None:
    """The file is written after the commit."""
    await turn.say("checkins.template_coming")
    payload = {"submission_id": sheet.submission.id, "person_id": turn.who.person_id}
    await turn.promise("checkin_template", payload, business_key=f"checkin_template:{turn.update_id}")


async def _say_versions(turn: Turn, sheet: Sheet) -> None:
    changes = await list_changes(turn.session, sheet)
    unit, period = sheet.submission.unit.name, sheet.label
    await turn.say("checkins.versions", changes=changes, unit=unit, period=period)


async def _sheet(turn: Turn, pressed: Pressed, office: Office) -> Sheet:
    return await get_sheet(turn.session, office, turn.who, int(pressed.payload["submission_id"]))
