"""More time for a check-in: a unit asks in words and confirms until when, the secretariat decides by a press."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.checkins import words as say
from handlers.checkins.pages import place_of
from handlers.filters import Pressing
from handlers.turn import Rows, Turn, in_rows
from services.calendar.zones import local_day
from services.checkins.asking.wishes import Wish, read_until, read_wish
from services.checkins.office import Office
from services.checkins.running.extensions import ask_extension, decide_extension, due_after, is_within, keep_quiet
from services.checkins.standing.finding import OWING, get_sheet, list_fillable
from services.models import Submission
from services.outbox import Button, Pressed, close_buttons

ANSWERED_WITHIN = timedelta(minutes=30)
OFFERED = (1, 2, 3, 7)  # days beyond the due date
QUIET = (1, 2, 3)  # working days from today
WISH = "wish"  # in the dialogue's data: what was asked about last, until when and in which words


class AsksTime(Filter):
    """缓两天, 下周一交可以吗, 周五前报: from somebody with a check-in that is owed. Gives `wish` and `submissions`."""

    async def __call__(self, message: Message, turn: Turn, state: FSMContext, office: Office) -> bool | dict[str, Any]:
        """In private only."""
        if not turn.is_private or not turn.who.unit_ids or not message.text or message.forward_origin is not None:
            return False
        if read_wish(message.text, office, turn.now, now=turn.now) is None:  # cheap: nothing is looked up yet
            return False
        owed = await _owed(turn, state, office)
        wish = read_wish(message.text, office, owed[0].due_at, now=turn.now) if owed else None
        return {"wish": wish, "submissions": owed} if wish else False


class SaysHowLong(Filter):
    """两天, 周五, after it was asked how long. Gives `until` and `submissions`."""

    async def __call__(self, message: Message, turn: Turn, state: FSMContext, office: Office) -> bool | dict[str, Any]:
        """Only while that question is the last thing said; a bare number is none while a figure is asked."""
        data = await state.get_data()
        words, given = message.text or "", _fresh(data, turn)
        if not given or given["until"] or not words or (data.get("key") and words.strip().isdigit()):
            return False
        owed = await _load(turn, office, given["submissions"])
        until = read_until(words, office, owed[0].due_at, now=turn.now) if owed else None
        return {"until": until, "submissions": owed} if until else False


class Confirms(Filter):
    """对, 确认 to the day that was read back. Gives `given`."""

    async def __call__(self, message: Message, turn: Turn, state: FSMContext) -> bool | dict[str, Any]:
        """Only right after it."""
        given = _fresh(await state.get_data(), turn)
        if not given or not given["until"] or not say.meant(message.text or "", say.AFFIRM):
            return False
        return {"given": given}


def router() -> Router:
    """Before the form itself: 缓两天 is no figure."""
    made = Router(name="checkin_time")
    made.message.register(hear_how_long, SaysHowLong())
    made.message.register(confirm_in_words, Confirms())
    made.message.register(ask_time, AsksTime())
    made.callback_query.register(press_extend, Pressing("checkin_extend"))
    made.callback_query.register(press_leave, Pressing("checkin_extend_not"))
    made.callback_query.register(press_extension, Pressing("checkin_extension"))
    made.callback_query.register(press_quiet, Pressing("checkin_quiet"))
    return made


async def ask_time(
    message: Message, turn: Turn, state: FSMContext, office: Office, wish: Wish, submissions: list[Submission]
) -> None:
    """Quiet within the term; more time is asked for only after how long was said and confirmed."""
    words = (message.text or "")[:300]
    if not wish.asks and wish.until is not None and is_within(office, submissions, wish.until):
        for one in submissions:
            keep_quiet(turn.session, office, turn.who, one, wish.until, now=turn.now)
            await turn.say("checkin_board.time_quiet", until=wish.until.isoformat(), **_values(one))
    elif not wish.asks and wish.until is None and (days := _quiet_days(turn, office, submissions)):
        given = {"submissions": [one.id for one in submissions]}
        buttons = [
            Button("checkin_board.button_quiet", "checkin_quiet", {**given, "until": day}, {"until": day})
            for day in (one.isoformat() for one in days)
        ]
        await turn.say("checkin_board.time_quiet_ask", buttons=(tuple(buttons),), **_values(submissions[0]))
    else:
        await _read_back(turn, state, office, submissions, wish.until, words)
    if wish.beside_figures:
        raise SkipHandler


async def hear_how_long(
    message: Message, turn: Turn, state: FSMContext, office: Office, until: date, submissions: list[Submission]
) -> None:
    """How long was asked and is said now."""
    words = str((await state.get_data())[WISH]["words"])
    await _read_back(turn, state, office, submissions, until, words)


async def press_extend(
    query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext, office: Office, settings: Any
) -> None:
    """确认申请, or one of the days offered: the button names the day, so the press confirms it."""
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    await _file(turn, state, office, settings, pressed.payload)


async def confirm_in_words(
    message: Message, turn: Turn, state: FSMContext, office: Office, settings: Any, given: dict[str, Any]
) -> None:
    """对, 确认."""
    await _file(turn, state, office, settings, given)


async def press_leave(query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext) -> None:
    """不申请了."""
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    await _forget(state)
    await turn.change("checkin_board.time_left")


async def press_quiet(query: CallbackQuery, turn: Turn, pressed: Pressed, office: Office) -> None:
    """No reminder before the day that was chosen."""
    until = date.fromisoformat(str(pressed.payload["until"]))
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    for one in await _load(turn, office, pressed.payload["submissions"]):
        keep_quiet(turn.session, office, turn.who, one, until, now=turn.now)
        await turn.say("checkin_board.time_quiet", until=until.isoformat(), **_values(one))


async def press_extension(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """同意, 不同意."""
    given = pressed.payload
    row, submission = await decide_extension(
        turn.session, turn.who, int(given["extension_id"]), granted=bool(given["granted"]), now=turn.now
    )
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    await turn.change("checkin_board.extension_done", granted=row.decision == "granted", **_values(submission))


async def _read_back(
    turn: Turn, state: FSMContext, office: Office, submissions: Sequence[Submission], until: date | None, words: str
) -> None:
    """The day that would be asked for; which days there are, where none was said; or that there is time anyway."""
    values = _values(submissions[0])
    if until is not None and is_within(office, submissions, until):
        await turn.say("checkin_board.time_within", until=until.isoformat(), **values)
        return
    given = {"submissions": [one.id for one in submissions], "until": "", "words": words}
    leave = Button("checkin_board.button_extend_not", "checkin_extend_not")
    if until is None:
        base = max(local_day(submissions[0].due_at, office.zone), local_day(turn.now, office.zone))
        buttons: Rows = (*_offers(office, base, given), (leave,))
        await turn.say("checkin_board.time_how_long", buttons=buttons, **values)
    else:
        given["until"] = due_after(office, until).isoformat()
        sure = Button("checkin_board.button_extend_sure", "checkin_extend", given)
        await turn.say("checkin_board.time_sure", buttons=((sure, leave),), until=given["until"], **values)
    await state.update_data({WISH: {**given, "at": turn.now.isoformat()}})


def _offers(office: Office, base: date, given: dict[str, Any]) -> Rows:
    days = dict.fromkeys(due_after(office, base + timedelta(days=count)) for count in OFFERED)
    buttons = [
        Button("checkin_board.button_extend", "checkin_extend", {**given, "until": day}, {"until": day})
        for day in (one.isoformat() for one in days)
    ]
    return in_rows(buttons)


async def _file(turn: Turn, state: FSMContext, office: Office, settings: Any, given: dict[str, Any]) -> None:
    secretaries = frozenset(settings.consortium.secretaries)
    wish = (date.fromisoformat(given["until"]), str(given["words"]))
    for one in await _load(turn, office, given["submissions"]):
        asked = await ask_extension(turn.session, office, turn.who, one, wish, secretaries=secretaries, now=turn.now)
        await turn.say(
            "checkin_board.time_asked",
            until=asked.until.isoformat(),
            told=asked.told,
            is_new=asked.is_new,
            **_values(one),
        )
    await _forget(state)


def _quiet_days(turn: Turn, office: Office, submissions: Sequence[Submission]) -> list[date]:
    """The next working days, and the day of the term itself, until which nothing need be said; none after the term."""
    today, term = local_day(turn.now, office.zone), min(local_day(one.due_at, office.zone) for one in submissions)
    ahead = [office.calendar.workdays.shift(today, count) for count in QUIET]
    return sorted({*(one for one in ahead if one < term), *((term,) if term > today else ())})


def _fresh(data: dict[str, Any], turn: Turn) -> dict[str, Any] | None:
    """What was asked about, unless too long ago for a bare 3 or 对 to answer it."""
    given: dict[str, Any] | None = data.get(WISH)
    return given if given and turn.now - datetime.fromisoformat(given["at"]) <= ANSWERED_WITHIN else None


async def _forget(state: FSMContext) -> None:
    data = await state.get_data()
    if data.pop(WISH, None):
        await state.set_data(data)


async def _owed(turn: Turn, state: FSMContext, office: Office) -> list[Submission]:
    place = await place_of(turn, state)
    if place.submission_id is not None:
        found = [(await get_sheet(turn.session, office, turn.who, place.submission_id)).submission]
    else:
        found = await list_fillable(turn.session, turn.who, now=turn.now)
    return [one for one in found if one.state in OWING and not one.optional]


async def _load(turn: Turn, office: Office, numbers: Sequence[int]) -> list[Submission]:
    return [(await get_sheet(turn.session, office, turn.who, int(one))).submission for one in numbers]


def _values(submission: Submission) -> dict[str, Any]:
    return {"unit": submission.unit.name, "due_at": submission.due_at.isoformat()}
