"""What a person has to do, and the ledger of action items."""

import re
from collections.abc import Collection
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import Message

from handlers.filters import Matches, Member, Private, Secretariat
from handlers.meetings import items
from handlers.tickets.answering import waiting_values
from handlers.turn import Rows, Turn, in_rows
from services.checkins.running.extensions import list_asked
from services.meetings.items.facts import count_completion, item_legend, item_values
from services.meetings.items.finding import list_items
from services.meetings.office import MeetingOffice
from services.meetings.reading.item_orders import asks_extensions
from services.meetings.reading.looks import grants_without_number, wants_items, wants_todo
from services.meetings.rules.states import SETTLED, ItemState
from services.meetings.running.todo import list_todo
from services.meetings.standing.notices import meeting_values
from services.models import ActionItem
from services.outbox import Button

TODO_WORDS = re.compile(
    r"^(?:看|查|[我咱]们?|单位|现在|目前|还|都|的|有|几个|哪些|什么|多少|(?<=有)啥)*(?:待办|代办|要办的事|要办的|没办的事?)"
    r"(?:事项|事|清单|列表)?(?:有|还有|是)?(?:哪些|什么|几个|几项|多少|啥)?(?:啊|呀|呢|吗|没)*[?？。]?$"
)
LEDGER_WORDS = re.compile(
    r"^(?:看看?|查看?)?(?:一下)?(?:上次)?(?:会议)?(?:议定事项|落实情况|督办(?:台账|情况)|销号情况|办结率|落实率)[?？。]?$"
)
SHOWN_AT_MOST = 8


def router() -> Router:
    """Before questions and forms: numbers of items are named, or the words are few and fixed."""
    made = Router(name="todo")
    made.message.register(todo, Command("todo"))
    made.message.register(todo, Matches(F.text.regexp(TODO_WORDS)), Private())
    made.message.register(todo, Matches(F.text), Matches(F.text.func(wants_todo)), Private(), Member())
    made.message.register(ledger, Matches(F.text.regexp(LEDGER_WORDS)), Private())
    made.message.register(ledger, Matches(F.text), Matches(F.text.func(wants_items)), Private(), Member())
    made.message.register(
        show_extensions, Matches(F.text), Matches(F.text.func(grants_without_number)), Private(), Secretariat()
    )
    made.message.register(show_extensions, Matches(F.text), Matches(F.text.func(asks_extensions)), Private())
    made.include_router(items.router())
    return made


async def todo(message: Message, turn: Turn, meeting_office: MeetingOffice) -> None:
    """`/todo`: what the person's units owe; for the secretariat, what waits for it."""
    if not turn.who.is_member:
        await turn.say("todo.members_only")
    elif not turn.is_private:
        await turn.say("todo.in_group")
    else:
        found = await list_todo(turn.session, meeting_office, turn.who, now=turn.now)
        today = meeting_office.today(turn.now)
        items = [item_values(meeting_office, item, today) for item in found.items]
        about: dict[str, Any] = meeting_values(found.meeting) if found.meeting else {"starts_at": ""}
        values: dict[str, Any] = {
            "replies": found.replies,
            "reviews": found.reviews,
            "checkins": found.checkins,
            "submitted": found.submitted,
            "office": found.office,
            "approvals": found.approvals,
            "questions": [waiting_values(one, turn) for one in found.questions],
        }
        await turn.say("todo.list", _open_buttons(found.items), items=items, **values, **about)


async def ledger(message: Message, turn: Turn, meeting_office: MeetingOffice) -> None:
    """All items with lights and the rate of completion; a unit sees its own."""
    await show_ledger(turn, meeting_office, None if turn.who.is_secretariat else turn.who.unit_ids)


async def show_ledger(turn: Turn, meeting_office: MeetingOffice, units: Collection[int] | None) -> None:
    """The items of those units, or all."""
    items = await list_items(turn.session, unit_ids=units)
    today = meeting_office.today(turn.now)
    done = await count_completion(turn.session, today) if units is None else None
    counts = {"total": done.counted, "closed": done.closed, "overdue": done.overdue} if done else None
    shown = [item_values(meeting_office, item, today) for item in items]
    values: dict[str, Any] = {"counts": counts, "legend": item_legend(meeting_office), "as_of": today.isoformat()}
    open_first = sorted(items, key=lambda one: (ItemState(one.state) in SETTLED, -one.meeting_id, one.number))
    await turn.say("todo.ledger", _open_buttons(open_first), items=shown, **values)


async def show_extensions(message: Message, turn: Turn, meeting_office: MeetingOffice) -> None:
    """谁提了延期: action items and check-ins for which more time was asked; a unit sees its own."""
    if not turn.who.is_member:
        await turn.say("todo.members_only")
        return
    today = meeting_office.today(turn.now)
    units = None if turn.who.is_secretariat else turn.who.unit_ids
    asked = [
        one for one in await list_items(turn.session, unit_ids=units) if one.state == ItemState.EXTENSION_REQUESTED
    ]
    reports = await list_asked(turn.session, turn.who)
    buttons = _open_buttons(asked)
    if turn.who.is_secretariat:
        buttons += tuple(_decide_buttons(row.id, submission.unit.name) for row, submission in reports[:SHOWN_AT_MOST])
    shown = [
        {"unit": submission.unit.name, "until": row.wanted_until.isoformat(), "words": row.reason}
        for row, submission in reports
    ]
    items = [item_values(meeting_office, one, today) for one in asked]
    await turn.say("todo.extensions", buttons, items=items, reports=shown, decides=turn.who.is_secretariat)


def _decide_buttons(extension_id: int, unit: str) -> tuple[Button, ...]:
    verbs = (("grant", True), ("refuse", False))
    return tuple(
        Button(
            f"todo.button_{verb}",
            "checkin_extension",
            {"extension_id": extension_id, "granted": granted},
            {"unit": unit},
        )
        for verb, granted in verbs
    )


def _open_buttons(items: list[ActionItem]) -> Rows:
    buttons = [Button("todo.button_item", "meeting_open", {"item_id": one.id}, {"number": one.number}) for one in items]
    return in_rows(buttons[:12], 4)
