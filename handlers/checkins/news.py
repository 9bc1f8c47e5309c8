"""Words about last month's problem and next month's plan: stored as the form's texts once the person has said so."""

from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.checkins.filters import sheet_in_hand
from handlers.checkins.pages import show_card
from handlers.filters import Addressed, Pressing
from handlers.turn import Turn
from services.checkins.asking.news import News, read_news
from services.checkins.errors import NothingDue
from services.checkins.filling.cards import FOLLOW_UP
from services.checkins.filling.taking import read_message, take_text
from services.checkins.office import Office
from services.checkins.standing.finding import get_sheet
from services.checkins.standing.sheets import Sheet
from services.outbox import Button, Pressed, close_buttons
from services.privacy import holds_person_records, redact

PLAN, ISSUES = "next_plan", "issues"


class TellsNews(Filter):
    """上个月那个用电的问题，供电公司来看过了; 下个月打算组织30名老师去企业调研. Gives `news` and `sheet`."""

    async def __call__(self, message: Message, turn: Turn, state: FSMContext, office: Office) -> bool | dict[str, Any]:
        """In private, from somebody with one check-in in hand whose form has such a text, without a figure for it."""
        addressed = await Addressed()(message, turn) if turn.is_private and turn.who.unit_ids else False
        news = read_news(addressed["words"]) if isinstance(addressed, dict) else None
        if news is None or holds_person_records(news.words):
            return False
        try:
            sheet = await sheet_in_hand(turn, state, office)
        except NothingDue:
            return False
        if sheet is None or not _has_place(sheet, news) or (await state.get_data()).get("key"):
            return False
        reading = read_message(sheet, news.words, focus=None, now=turn.now)
        return False if reading.items or reading.texts or reading.told.rows else {"news": news, "sheet": sheet}


def router() -> Router:
    """Before the form itself and before questions."""
    made = Router(name="checkin_news")
    made.message.register(ask_to_note, TellsNews())
    made.callback_query.register(press_note, Pressing("checkin_note"))
    return made


async def ask_to_note(message: Message, turn: Turn, news: News, sheet: Sheet) -> None:
    """Nothing is stored before it is confirmed."""
    at = {"submission_id": sheet.submission.id}
    words = redact(news.words)[:600]
    given = {**at, "about": news.about, "words": words}
    note = Button(f"checkin_matters.button_note_{news.about}", "checkin_note", given)
    card = Button("checkin_cards.button_card", "checkin_card", at)
    values: dict[str, Any] = {
        "about": news.about,
        "words": words,
        "issue": sheet.last_issue,
        "period": sheet.label,
    }
    await turn.say("checkin_matters.news", buttons=((note, card),), **values)


async def press_note(query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext, office: Office) -> None:
    """The words become that text; news of a problem are this month's problem as well."""
    given = pressed.payload
    sheet = await get_sheet(turn.session, office, turn.who, int(given["submission_id"]))
    about, words = str(given["about"]), str(given["words"])
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    key = {"plan": PLAN, "worse": ISSUES}.get(about, "")
    before = sheet.current.get(key)
    text = "；".join(filter(None, (before.text if before else "", words)))
    limit = next((one.max_length for one in sheet.form.texts if one.key == key), None)
    if limit is not None and len(text) > limit:
        card = Button("checkin_cards.button_card", "checkin_card", {"submission_id": sheet.submission.id})
        too_long: dict[str, Any] = {"about": about, "period": sheet.label, "limit": limit, "length": len(text)}
        await turn.change("checkin_matters.news_too_long", buttons=((card,),), **too_long)
        return
    if about != "plan" and sheet.last_issue:
        sheet = (await take_text(turn.session, turn.who, sheet, FOLLOW_UP, about, now=turn.now)).sheet
    if key:
        sheet = (await take_text(turn.session, turn.who, sheet, key, text, now=turn.now)).sheet
    await show_card(turn, state, sheet, edit=True)


def _has_place(sheet: Sheet, news: News) -> bool:
    keys = {one.key for one in sheet.form.texts}
    if news.about == "plan":
        return PLAN in keys
    return ISSUES in keys and bool(sheet.last_issue)
