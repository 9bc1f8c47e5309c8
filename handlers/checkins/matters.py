"""What people ask and want about their own check-in beside its figures, told from their own unit's rows, in private.

Until when, what was filed, what a figure means, back to before, who fills in from now on, whom to turn to.
"""

from typing import Any

from aiogram import Router
from aiogram.filters import Filter, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.checkins import words as say
from handlers.checkins.board_pages import say_due
from handlers.checkins.buttons import clear_buttons
from handlers.checkins.changes import may_take_back, take_back
from handlers.checkins.filters import sheet_in_hand
from handlers.checkins.matter_pages import look_up, open_buttons, pass_on, say_filed, say_history, show_filed
from handlers.checkins.pages import Filling, place_of, show_card
from handlers.filters import Addressed, Pressing
from handlers.questions.ask import take_question
from handlers.tickets.asking import open_ticket
from handlers.turn import Turn
from services.calendar.zones import local_day
from services.checkins.asking.matters import Matter, is_bare_undo, read_matter
from services.checkins.asking.meanings import asks_meaning, read_meaning
from services.checkins.asking.wishes import read_wish
from services.checkins.filling.cards import name_of
from services.checkins.office import Office
from services.checkins.reviewing.recalling import asks_months, find_filed_figures, list_filed, list_problems
from services.checkins.standing.finding import get_sheet, list_fillable
from services.checkins.standing.sheets import Sheet
from services.digests.asking import find_periods
from services.outbox import Pressed, close_buttons
from services.periods import Period
from services.tickets.desk import Desk


class AboutOwn(Filter):
    """Words about one's own check-in, from somebody who speaks for a unit. Gives `matter` and `words`."""

    async def __call__(self, message: Message, turn: Turn, state: FSMContext, office: Office) -> bool | dict[str, Any]:
        """Not while a text is being written: 问题 may speak of anything."""
        if not turn.is_private or not turn.who.unit_ids:
            return False
        addressed = await Addressed()(message, turn)
        matter = read_matter(addressed["words"]) if isinstance(addressed, dict) else None
        if matter is None or not isinstance(addressed, dict) or await _writes_text(turn, state, office):
            return False
        if matter is Matter.PERSON and turn.who.is_secretariat:
            return False  # 海岚化工换联络员 is an order
        if matter is Matter.DUE and read_wish(addressed["words"], office, turn.now, now=turn.now) is not None:
            return False  # 能不能晚几天交 asks for more time
        if matter in (Matter.FILED, Matter.HISTORY) and not asks_months(addressed["words"], matter, office, turn.now):
            return False
        if matter is Matter.FIGURE and not await self._names_own_figure(turn, office, addressed["words"]):
            return False
        if matter is Matter.UNDO and not await _means_answer(state, addressed["words"]):
            return False
        return {"matter": matter, "words": addressed["words"]}

    async def _names_own_figure(self, turn: Turn, office: Office, words: str) -> bool:
        """Months that are named, and a figure of the form that the own unit fills in."""
        if not asks_months(words, Matter.FILED, office, turn.now):
            return False
        forms = [office.forms.get(one.form_id, one.form_version) for one in await list_filed(turn.session, turn.who)]
        return any(find_filed_figures(words, one) for one in forms[:2])


class AsksContact(Filter):
    """秘书处电话, 有问题找谁, from anybody."""

    async def __call__(self, message: Message, turn: Turn) -> bool:
        """The secretariat knows itself."""
        if not turn.is_private or turn.who.is_secretariat or message.forward_origin is not None:
            return False
        return read_matter(message.text or "") is Matter.CONTACT


class AsksMeaning(Filter):
    """在岗实习指什么, 社会培训包括线上吗, 这个数怎么算. Gives `sheet` and `key`."""

    async def __call__(self, message: Message, turn: Turn, state: FSMContext, office: Office) -> bool | dict[str, Any]:
        """A figure of the form of the asker's own unit."""
        if not turn.is_private or not turn.who.unit_ids:
            return False
        addressed = await Addressed()(message, turn)
        if not isinstance(addressed, dict) or not asks_meaning(addressed["words"]):
            return False
        if await _writes_text(turn, state, office):
            return False
        place = await place_of(turn, state)
        for submission in await list_fillable(turn.session, turn.who, now=turn.now):
            form = office.forms.get(submission.form_id, submission.form_version)
            key = read_meaning(addressed["words"], form, place.key or place.last)
            if key and key.partition("[")[0] in form.by_key:
                return {"sheet": await get_sheet(turn.session, office, turn.who, submission.id), "key": key}
        return False


def router() -> Router:
    """Before the form and before questions; what another conversation waits for is left to it."""
    made = Router(name="checkin_matters")
    open_to = StateFilter(None, Filling.on, Filling.names)
    made.message.register(take_matter, open_to, AboutOwn())
    made.message.register(tell_contact, open_to, AsksContact())
    made.message.register(tell_meaning, open_to, AsksMeaning())
    made.callback_query.register(press_filed, Pressing("checkin_filed"))
    made.callback_query.register(press_undo, Pressing("checkin_undo"))
    made.callback_query.register(press_pass_on, Pressing("checkin_pass_on"))
    made.callback_query.register(press_look_up, Pressing("checkin_look_up"))
    return made


async def take_matter(
    message: Message, turn: Turn, state: FSMContext, office: Office, matter: Matter, words: str
) -> None:
    """Each matter has its page."""
    named = next(iter(find_periods(words, Period.month_of(local_day(turn.now, office.zone)))), None)
    named = None if named is None or named.month is None or "上" in words or "月" not in words else named
    if matter is Matter.DUE:
        await say_due(turn, office, named)
    elif matter is Matter.ISSUE:
        problems = [vars(one) for one in await list_problems(turn.session, turn.who)]
        await turn.say("checkin_matters.issue", pass_on(words), problems=problems)
    elif matter in (Matter.FILED, Matter.FIGURE):
        await say_filed(turn, office, named, words)
    elif matter is Matter.HISTORY:
        await say_history(turn)
    elif matter in (Matter.UNDO, Matter.CARD):
        await _with_sheet(turn, state, office, matter)
    elif matter is Matter.UNFILE:
        await _say_unfile(turn, state, office, words)
    elif matter is Matter.CHANGE:
        filed = await list_filed(turn.session, turn.who)
        await turn.say("checkin_matters.change", open_buttons(filed[:1]))
    elif matter is Matter.CONTACT:
        await tell_contact(message, turn)
    else:
        await turn.say(f"checkin_matters.{matter.value}", look_up(words))


async def tell_contact(message: Message, turn: Turn) -> None:
    """For whoever speaks for no unit; members may ask in a ticket."""
    words = message.text or ""
    await turn.say(
        "checkin_matters.contact", pass_on(words) if turn.who.is_member else (), is_member=turn.who.is_member
    )


async def tell_meaning(message: Message, turn: Turn, sheet: Sheet, key: str) -> None:
    """What the form itself says of a figure, and no more than that."""
    one = sheet.form.indicator(key)
    whole = name_of(sheet.form, one.subset_of) if one.subset_of else ""
    values: dict[str, Any] = {
        "label": one.label,
        "unit": one.unit,
        "hint": one.hint,
        "counts": one.counts,
        "leaves_out": one.leaves_out,
        "kind": one.kind.value,
        "whole": whole,
    }
    words = message.text or ""
    await turn.say(
        "checkin_matters.meaning",
        look_up(words),
        form=sheet.form.label,
        name=name_of(sheet.form, key),
        is_merged=sheet.is_merged,
        period=sheet.label,
        **values,
    )


async def press_filed(query: CallbackQuery, turn: Turn, pressed: Pressed, office: Office) -> None:
    """One month as it was filed."""
    await show_filed(turn, office, int(pressed.payload["submission_id"]))


async def press_undo(query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext, office: Office) -> None:
    """撤回这条."""
    sheet = await get_sheet(turn.session, office, turn.who, int(pressed.payload["submission_id"]))
    if sheet.submission.version != int(pressed.payload["version"]) or not await take_back(turn, state, sheet):
        await show_card(turn, state, sheet, lead="changed")
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)


async def press_pass_on(query: CallbackQuery, turn: Turn, pressed: Pressed, desk: Desk, chat_row: Any = None) -> None:
    """转给秘书处: the very words, as a question with a number."""
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    await open_ticket(turn, desk, str(pressed.payload["words"]), chat_row)


async def press_look_up(query: CallbackQuery, turn: Turn, pressed: Pressed, chat_row: Any = None) -> None:
    """查文件: the same words, as a question to the library."""
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    await take_question(turn, str(pressed.payload["words"]), chat_row)


async def _with_sheet(turn: Turn, state: FSMContext, office: Office, matter: Matter) -> None:
    sheet = await sheet_in_hand(turn, state, office)
    if sheet is None:
        units = await list_fillable(turn.session, turn.who, now=turn.now)
        await turn.say("checkins.which_unit", buttons=open_buttons(units))
    elif matter is Matter.CARD:
        await show_card(turn, state, sheet)
    elif not await take_back(turn, state, sheet):
        if sheet.has_draft:
            await turn.say("checkins.clear_ask", buttons=clear_buttons(sheet), count=len(sheet.draft), lead="no_undo")
        else:
            await turn.say("checkin_matters.nothing_to_undo", **_state_of(sheet))


async def _say_unfile(turn: Turn, state: FSMContext, office: Office, words: str) -> None:
    sheet = await sheet_in_hand(turn, state, office)
    if sheet is not None and sheet.submission.first_submitted_at is None:
        await _with_sheet(turn, state, office, Matter.UNDO)
        return
    filed = await list_filed(turn.session, turn.who)
    await turn.say("checkin_matters.unfile", (*open_buttons(filed[:1]), *pass_on(words)), filed=bool(filed))


async def _means_answer(state: FSMContext, words: str) -> bool:
    """撤回 alone may be said of something else, and in a round of questions 退回上一步 means the question before."""
    if is_bare_undo(words):
        return await may_take_back(state)
    return not (say.meant(words, say.BACK) and (await state.get_data()).get("step"))


async def _writes_text(turn: Turn, state: FSMContext, office: Office) -> bool:
    """Whether the next words are a text that was asked for."""
    place = await place_of(turn, state)
    if place.submission_id is None or place.key is None:
        return False
    sheet = await get_sheet(turn.session, office, turn.who, place.submission_id)
    return any(one.key == place.key for one in sheet.form.texts)


def _state_of(sheet: Sheet) -> dict[str, Any]:
    submission = sheet.submission
    return {"period": sheet.label, "is_filed": submission.first_submitted_at is not None}
