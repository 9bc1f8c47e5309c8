"""How a month stands: the secretariat's board and reminders, a unit's own line."""

import re
from collections.abc import Collection
from typing import Any

from aiogram import Router
from aiogram.filters import Command, CommandObject, Filter
from aiogram.types import CallbackQuery, Message

from handlers.checkins.board_pages import board_buttons, board_values, line_values, say_own
from handlers.filters import Addressed, Pressing
from handlers.turn import Turn
from services.calendar.zones import local_day
from services.checkins.office import Office
from services.checkins.running.reminding import preview_reminder, send_reminder
from services.checkins.standing.board import find_due_month, get_cycle, load_board, read_month
from services.checkins.standing.sheets import label_of_cycle
from services.models import CheckinCycle
from services.outbox import Button, Pressed, close_buttons
from services.periods import Period

_MONTH = r"(?P<month>(?:\d{4}年)?(?:\d{1,2}|[一二三四五六七八九十]{1,3})月(?:份)?|上个?月|本月|这个月)?"
_WHICH_UNITS = r"(?:哪些|哪家|哪几家|谁)(?:单位|学校|企业)?"
WHO = re.compile(
    rf"(?:现在|目前|到现在)?{_MONTH}的?(?:还|都)?(?:有)?(?:哪些|哪家|哪几家|谁|多少家?)(?:单位|学校|企业)?(?:还)?(?:没有?|未)(?:报|交|填|提交)"
    rf"|{_MONTH.replace('month', 'month3')}(?:的?月报)?(?:已经)?(?:报了|交了|收了|收到)(?:几|多少)家(?:了)?"
    rf"|{_MONTH.replace('month', 'month4')}的?(?:月报)?(?:都)?(?:有)?{_WHICH_UNITS}(?:都|已经)*"
    r"(?:报|交|填|提交)(?:上来|齐|好|完)?了?"
    rf"(?:[,，、和\s]*(?:还有)?{_WHICH_UNITS}(?:还)?(?:没有?|未)(?:报|交|填|提交)?)?"
    rf"|{_MONTH.replace('month', 'month5')}的?(?:月报|数据?)?(?:都)?(?:[报交收填]齐|全[报交])(?:了)?(?:没有?|吗)?"
    rf"|{_MONTH.replace('month', 'month2')}的?(?:月报)?(?:填报|上报|报送|收报)(?:情况|进度|进展|到哪了)"
)
OURS = re.compile(
    rf"{_MONTH}的?(?:我们|我|本单位)(?:单位|学校|公司)?{_MONTH.replace('month', 'month2')}的?(?:月报)?"
    r"(?:交|报|填|提交)(?:了没有?|了吗|上了吗|没有?|过了吗)"
)
OURS_BARE = re.compile(
    r"(?:月报)?(?:报|交|填|提交)(?:完|上去?|好|成功)?(?:了没有?|了吗|了么|没有?|了不)|(?:月报)?(?:报|交|提交)(?:完|上|成功)(?:吗|没)"
)
THIS_MONTH = ("本月", "这个月", "这月", "当月")
_TAIL = re.compile(r"[\s。！!~，,？?呀啊呢]+$")


class Words(Filter):
    """Words meant for the bot that say just that. Gives `month`, possibly empty."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._pattern = pattern

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        """Members only."""
        addressed = await Addressed()(message, turn)
        if not isinstance(addressed, dict) or not turn.who.is_member:
            return False
        found = self._pattern.fullmatch(_TAIL.sub("", addressed["words"]))
        groups = found.groupdict() if found else {}
        return {"month": next(filter(None, groups.values()), "")} if found else False


class SpeaksForUnit(Filter):
    """Somebody with a unit of their own."""

    async def __call__(self, message: Message, turn: Turn) -> bool:
        """By today's register."""
        return bool(turn.who.unit_ids)


def router() -> Router:
    """Before the form itself: 谁没报 is no figure."""
    made = Router(name="checkin_board")
    made.message.register(status, Command("status"))
    made.message.register(remind, Command("remind"))
    made.message.register(status_in_words, Words(WHO))
    made.message.register(own_in_words, Words(OURS))
    made.message.register(own_in_words, Words(OURS_BARE), SpeaksForUnit())
    made.callback_query.register(press_status, Pressing("checkin_status"))
    made.callback_query.register(press_remind, Pressing("checkin_remind"))
    made.callback_query.register(press_remind_sure, Pressing("checkin_remind_sure"))
    return made


async def status(message: Message, command: CommandObject, turn: Turn, office: Office, username: str) -> None:
    """`/status [PERIOD]`."""
    await show_status(turn, office, read_month(command.args or "", local_day(turn.now, office.zone)), username)


async def status_in_words(message: Message, turn: Turn, office: Office, month: str, username: str) -> None:
    """谁没报, 10月填报情况."""
    await show_status(turn, office, reported_month(turn, office, month), username)


async def own_in_words(message: Message, turn: Turn, office: Office, month: str, username: str) -> None:
    """我们交了没."""
    await say_own(turn, office, reported_month(turn, office, month), username)


async def press_status(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """The board again, as it stands now."""
    board = await load_board(turn.session, turn.who, Period.of(pressed.payload["period"]), now=turn.now)
    await turn.change(
        "checkin_board.board", buttons=board_buttons(board, pressed.payload["period"]), **board_values(board)
    )


async def remind(message: Message, turn: Turn, office: Office) -> None:
    """`/remind`: a preview; nothing leaves before it is confirmed."""
    await ask_reminder(turn, office, await get_cycle(turn.session, None, now=turn.now))


async def press_remind(query: CallbackQuery, turn: Turn, pressed: Pressed, office: Office) -> None:
    """From the board."""
    await ask_reminder(turn, office, await get_cycle(turn.session, Period.of(pressed.payload["period"]), now=turn.now))


async def press_remind_sure(query: CallbackQuery, turn: Turn, pressed: Pressed, office: Office) -> None:
    """Send it."""
    turn.who.require_secretariat()
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    cycle = await get_cycle(turn.session, Period.of(pressed.payload["period"]), now=turn.now)
    unit_ids = [int(one) for one in pressed.payload.get("unit_ids", ())]
    count = await send_reminder(turn.session, office, turn.who, cycle, now=turn.now, unit_ids=unit_ids)
    await turn.change("checkin_board.reminded", count=count, send_at=pressed.payload["send_at"])


def reported_month(turn: Turn, office: Office, month: str) -> Period | None:
    """The month named; early in December 这个月 is November, which is being reported."""
    return read_month("" if month in THIS_MONTH else month, local_day(turn.now, office.zone))


async def show_status(turn: Turn, office: Office, period: Period | None, username: str) -> None:
    """The secretariat's board of a month; to others their own line."""
    if not turn.who.is_secretariat:
        await say_own(turn, office, period, username)
        return
    board = await load_board(turn.session, turn.who, period, now=turn.now)
    if not turn.is_private:
        await turn.say("checkin_board.count", period=board.period, counts=board.counts)
        return
    cycle = await get_cycle(turn.session, period, now=turn.now)
    await turn.say("checkin_board.board", buttons=board_buttons(board, cycle.period), **board_values(board))


async def show_late(turn: Turn, period: Period | None) -> None:
    """Who handed in after the term, and who still has not: 10月谁迟报了."""
    board = await load_board(
        turn.session, turn.who, period or await find_due_month(turn.session, now=turn.now), now=turn.now
    )
    late = [line_values(one) for one in board.lines if one.is_late and one.submitted_at]
    owing = [one.unit for one in board.lines if one.standing in ("missing", "draft") and one.due_at <= turn.now]
    values: dict[str, Any] = {
        "period": board.period,
        "due_at": board.due_at.isoformat(),
        "is_due": board.due_at <= turn.now,
    }
    await turn.say("checkin_board.late", late=late, owing=owing, **values)


async def ask_reminder(turn: Turn, office: Office, cycle: CheckinCycle, unit_ids: Collection[int] = ()) -> None:
    """The preview of a reminder, of all who owe or of those units; in a group only how many."""
    preview = await preview_reminder(turn.session, office, turn.who, cycle, now=turn.now, unit_ids=unit_ids)
    values: dict[str, Any] = {
        "period": label_of_cycle(cycle),
        "send_at": preview.send_at.isoformat(),
        "is_now": preview.send_at == turn.now,
    }
    if not turn.is_private:
        await turn.say("checkin_board.remind_in_private", count=len(preview.reached), **values)
        return
    payload = {"period": cycle.period, "send_at": values["send_at"], "unit_ids": list(unit_ids)}
    count = len(preview.reached)
    sure = Button("checkin_board.button_remind_sure", "checkin_remind_sure", payload, {"count": count})
    await turn.say(
        "checkin_board.preview",
        buttons=((sure,),) if count else (),
        reached=[{"unit": unit, "role": role} for unit, role in preview.reached],
        at_limit=list(preview.at_limit),
        quiet=list(preview.quiet),
        unreachable=[{"unit": unit, "reason": reason} for unit, reason in preview.unreachable],
        owes_nothing=list(preview.owes_nothing),
        limit=office.settings.most_messages,
        **values,
    )
