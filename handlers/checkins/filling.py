"""Monthly check-ins in words: beginning, figures in any wording, yes, submit; in private and in the group."""

from typing import Any

from aiogram import Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.checkins import words as say
from handlers.checkins.buttons import clear_buttons
from handlers.checkins.changes import Stood, show_taken, show_unclear
from handlers.checkins.filters import Begins, Drafted, GivesReason, Heard, Keeps, Says
from handlers.checkins.naming import GivesNames, take_names
from handlers.checkins.pages import Filling, conflict_values, show_card, stand, tell_conflicts
from handlers.checkins.proposals import promise_proposals
from handlers.checkins.submitting import submit
from handlers.filters import Pressing, Private
from handlers.turn import Turn
from services.calendar.zones import local_day
from services.checkins.errors import PeriodLocked
from services.checkins.filling import taking
from services.checkins.filling.cards import name_of
from services.checkins.filling.doubts import find_doubts
from services.checkins.filling.drafting import Taken
from services.checkins.filling.hearing import Hearing, find_corrected
from services.checkins.office import Office
from services.checkins.reading.holding import HELD
from services.checkins.reading.understood import Understanding
from services.checkins.standing.finding import get_sheet, require_fillable
from services.checkins.standing.loading import load_sheet
from services.checkins.standing.sheets import Sheet, label_of_cycle
from services.members.reach import is_reachable
from services.outbox import Button, Pressed
from services.periods import Period
from services.privacy import redact


def router() -> Router:
    """Before files and questions, after whatever waits for an answer of its own."""
    made = Router(name="checkins")
    made.message.register(begin, Command("report"))
    made.message.register(begin, Begins())
    made.message.register(take_names, StateFilter(Filling.names), Private(), GivesNames())
    made.message.register(take_reason, StateFilter(Filling.reason), GivesReason(), Private())
    made.message.register(keep_in_words, Keeps(say.KEEP, say.AFFIRM))
    made.message.register(keep_what_stands, Says(say.KEEP))
    made.message.register(submit_in_words, Drafted(say.SUBMIT))
    made.message.register(affirm_in_words, Drafted(say.AFFIRM))
    made.message.register(tell_month, Drafted(say.MONTH, say.YEAR))
    made.message.register(clear_in_words, Drafted(say.CLEAR))
    made.message.register(show_in_words, Says(say.CARD))
    made.message.register(take_words, Heard())
    made.callback_query.register(press_begin, Pressing("checkin_begin"))
    made.callback_query.register(press_said, Pressing("checkin_said"))
    return made


async def begin(message: Message, turn: Turn, state: FSMContext, office: Office, username: str) -> None:
    """`/report`, 报11月月报: the card as it stands, or which unit first; in a group only where to go.

    Raises:
        PeriodLocked: a month was named that takes no more.
    """
    found = await require_fillable(turn.session, office, turn.who, now=turn.now)
    named = say.month_to_begin(message.text or "", Period.month_of(local_day(turn.now, office.zone)))
    if named is not None:
        if str(named) < min(one.cycle.months[0] for one in found):
            raise PeriodLocked(period=named.label)
        found = [one for one in found if str(named) in one.cycle.months] or found
    if not turn.is_private:
        await turn.say("checkins.continue_in_private", username=username)
    elif len(found) == 1:
        await show_card(turn, state, await load_sheet(turn.session, office, found[0]))
    else:
        await turn.say("checkins.which_unit", buttons=_unit_buttons(found, ""))


async def press_begin(query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext, office: Office) -> None:
    """The invitation's button, or a unit of several."""
    sheet = await get_sheet(turn.session, office, turn.who, int(pressed.payload["submission_id"]))
    await show_card(turn, state, sheet)


async def press_said(query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext, office: Office) -> None:
    """The unit or month that words from before were meant for."""
    sheet = await get_sheet(turn.session, office, turn.who, int(pressed.payload["submission_id"]))
    reading = taking.read_message(sheet, str(pressed.payload["words"]), focus=None, now=turn.now)
    taken = await taking.take_reading(turn.session, turn.who, sheet, reading, now=turn.now)
    await tell_conflicts(turn, taken)
    unplaced = [redact(one) for one in reading.unplaced]
    await show_card(turn, state, taken.sheet, edit=True, unplaced=unplaced, **conflict_values(taken))


async def take_words(
    message: Message, turn: Turn, state: FSMContext, office: Office, heard: Hearing, words: str, username: str
) -> None:
    """Figures, texts and corrections; in the group nothing of them is repeated."""
    if not turn.is_private and heard.kind != "refused":
        reachable = await is_reachable(turn.session, turn.who.person_id)
        await turn.say("checkins.taken_in_group", username=username, reachable=reachable)
        if not reachable:
            return
        turn.chat_id, turn.thread_id, turn.is_private = turn.who.telegram_id, None, True
    if heard.kind == "refused":
        await turn.say("checkins.refuse_pii")
    elif heard.kind == "choose":
        found = [one.submission for one in heard.sheets]
        await turn.say("checkins.which_unit", buttons=_unit_buttons(found, words))
    elif heard.kind == "other_unit":
        await _say_other_unit(turn, heard, words)
    elif heard.kind == "other_month":
        await _ask_month(turn, heard, words)
    else:
        await _take(turn, state, office, heard, words)


async def keep_in_words(message: Message, turn: Turn, state: FSMContext, sheet: Sheet) -> None:
    """原数无误: the returned figure stays as it was filed."""
    taken = await taking.give(turn.session, turn.who, sheet, sheet.only_returned or "", "keep", now=turn.now)
    await show_card(turn, state, taken.sheet)


async def keep_what_stands(message: Message, turn: Turn, state: FSMContext, sheet: Sheet) -> None:
    """原数无误, of no one returned figure: settles what a yes can settle, files nothing, shows the card."""
    taken = await taking.affirm(turn.session, turn.who, sheet, now=turn.now) if sheet.has_draft else None
    await show_card(turn, state, taken.sheet if taken else sheet)


async def submit_in_words(message: Message, turn: Turn, state: FSMContext, office: Office, sheet: Sheet) -> None:
    """提交: files the card that was last shown; 照样提交 where something is open in it, too."""
    data, anyway = await state.get_data(), say.ANYWAY.search(message.text or "") is not None
    await submit(turn, state, office, sheet, int(data.get("version", -1)), anyway=anyway)


async def affirm_in_words(message: Message, turn: Turn, state: FSMContext, office: Office, sheet: Sheet) -> None:
    """对: settles what a yes can settle; with nothing doubted it submits."""
    if not find_doubts(sheet) and not sheet.open_keys:
        await submit_in_words(message, turn, state, office, sheet)
        return
    taken = await taking.affirm(turn.session, turn.who, sheet, now=turn.now)
    await show_card(turn, state, taken.sheet, **conflict_values(taken))


async def tell_month(message: Message, turn: Turn, state: FSMContext, office: Office, sheet: Sheet) -> None:
    """本月 or 累计, to the first figure that was asked about so."""
    asked = next((one for one in find_doubts(sheet) if one.rule == "V04"), None)
    if asked is not None:
        choice = "month" if say.meant(message.text or "", say.MONTH) else "ytd"
        chosen = {"rule": "V04", "key": asked.key, "choice": choice}
        sheet = (await taking.settle_doubt(turn.session, turn.who, sheet, chosen, now=turn.now)).sheet
    await show_card(turn, state, sheet)


async def clear_in_words(message: Message, turn: Turn, state: FSMContext, office: Office, sheet: Sheet) -> None:
    """清空: asks once."""
    await turn.say("checkins.clear_ask", buttons=clear_buttons(sheet), count=len(sheet.draft), lead="")


async def show_in_words(message: Message, turn: Turn, state: FSMContext, sheet: Sheet) -> None:
    """还差什么."""
    await show_card(turn, state, sheet)


async def take_reason(message: Message, turn: Turn, state: FSMContext, office: Office, words: str) -> None:
    """Why a filed figure changes, in own words."""
    data = await state.get_data()
    sheet = await get_sheet(turn.session, office, turn.who, int(data["submission_id"]))
    await stand(state, sheet)
    await submit(turn, state, office, sheet, int(data["version"]), reason=words[:200])


async def _take(turn: Turn, state: FSMContext, office: Office, heard: Hearing, words: str) -> None:
    sheet, reading = heard.sheet, heard.reading
    assert sheet is not None
    data = await state.get_data()
    key, step = str(data.get("key") or ""), bool(data.get("step"))
    before = Stood.of(sheet)
    if heard.kind == "text":
        taken = await taking.take_text(turn.session, turn.who, sheet, key, words, now=turn.now)
        await show_taken(turn, state, taken, key, step=False, before=before)
        return
    assert reading is not None
    await promise_proposals(turn, office, sheet, reading)
    if heard.kind == "unclear":
        if reading.leftovers:
            await show_unclear(turn, state, sheet, reading)
        else:
            await show_card(turn, state, sheet, lead="nothing")
        return
    corrected = await find_corrected(turn.session, office, turn.who, sheet, reading)
    if corrected is not None:
        taken = await taking.take_correction(turn.session, turn.who, corrected, (reading, words), now=turn.now)
    else:
        taken = await taking.take_reading(turn.session, turn.who, sheet, reading, now=turn.now)
    await _say_held(turn, sheet, reading, taken)
    answered = key in reading.items and len(reading.items) == 1 and not reading.unplaced
    unplaced = [redact(one) for one in (*reading.unplaced, *taken.left)]
    await show_taken(turn, state, taken, key, step=step and answered, before=before, unplaced=unplaced)
    if len(reading.items) == 1:
        await state.update_data(last=next(iter(reading.items)))


async def _say_held(turn: Turn, sheet: Sheet, reading: Understanding, taken: Taken) -> None:
    """What was put off stays open: said, with the figure that it had."""
    held = [key for key, item in reading.items.items() if item.rule == HELD]
    if held:
        was = {key: (taken.before.get(key) or {}).get("value") for key in held}
        rows = [{"label": name_of(sheet.form, key), "was": was[key]} for key in held]
        await turn.say("checkins.held", rows=rows)


async def _ask_month(turn: Turn, heard: Hearing, words: str) -> None:
    assert heard.sheet is not None
    assert heard.other is not None
    buttons = tuple(
        (
            Button(
                "checkin_cards.button_this_month",
                "checkin_said",
                {"submission_id": sheet.id, "words": words},
                {"period": label_of_cycle(sheet.cycle)},
            ),
        )
        for sheet in (heard.sheet.submission, heard.other)
    )
    await turn.say("checkins.which_month", buttons=buttons)


async def _say_other_unit(turn: Turn, heard: Hearing, words: str) -> None:
    assert heard.sheet is not None
    submission = heard.sheet.submission
    payload = {"submission_id": submission.id, "words": words}
    buttons = ((Button("checkins.button_ours", "checkin_said", payload, {"unit": submission.unit.name}),),)
    await turn.say("checkins.other_unit", buttons=buttons, unit=submission.unit.name, other=heard.other_unit)


def _unit_buttons(found: Any, words: str) -> Any:
    action = "checkin_said" if words else "checkin_begin"
    return tuple(
        (
            Button(
                "checkin_cards.button_unit",
                action,
                {"submission_id": one.id, **({"words": words} if words else {})},
                {"unit": one.unit.name},
            ),
        )
        for one in found
    )
