"""Action items in words and by button: 签收, progress, done, more time, 销号."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Router
from aiogram.filters import Filter, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.filters import Addressed, Answers, OrdersTheBot, Pressing, Private
from handlers.turn import Turn
from services.meetings.items.facts import item_values
from services.meetings.items.finding import deals_with_items, find_item_by_words, find_named_items, open_item
from services.meetings.items.followups import send_supervision
from services.meetings.items.history import list_history
from services.meetings.items.in_hand import Told, act_on_item, add_evidence, sign_for_item
from services.meetings.items.issuing import office_buttons, owner_buttons, tell_owners, tell_secretariat
from services.meetings.office import MeetingOffice
from services.meetings.reading.deadlines import Moment
from services.meetings.reading.item_orders import ItemOrder, as_extension_request, read_item_order
from services.meetings.reading.updates import ItemIntent, ItemUpdate, asked_due, read_update, said_besides
from services.meetings.rules.states import ItemAction
from services.models import ActionItem
from services.outbox import Pressed, close_buttons

TO_OFFICE = {
    ItemAction.REPORT_DONE: "meetings.item_reported",
    ItemAction.REQUEST_EXTENSION: "meetings.item_extension_asked",
}
NO_FACTS = {"text": "", "due_before": "", "due_on": ""}
ASKS_WHY = frozenset({ItemAction.RETURN, ItemAction.REFUSE_EXTENSION, ItemAction.REQUEST_EXTENSION})
SETTLES = frozenset({ItemAction.CLOSE, ItemAction.GRANT_EXTENSION})  # the pressed card turns into what was done
INTENTS = {
    ItemIntent.PROGRESS: ItemAction.PROGRESS,
    ItemIntent.REPORT_DONE: ItemAction.REPORT_DONE,
    ItemIntent.EXTEND: ItemAction.REQUEST_EXTENSION,
}


class Writing(StatesGroup):
    """A reason, an extension or evidence is written."""

    reason = State()
    evidence = State()


class Updates(Filter):
    """「第3条办完了」 and the like, from somebody whose units have items. Gives `update`."""

    async def __call__(self, message: Message, turn: Turn, meeting_office: MeetingOffice) -> bool | dict[str, Any]:
        """Only words meant for the bot."""
        addressed = await Addressed()(message, turn)
        if not isinstance(addressed, dict) or not turn.who.unit_ids:
            return False
        update = read_update(addressed["words"], _moment(turn, meeting_office))
        if update is None or not await deals_with_items(turn.session, turn.who):
            return False
        return {"update": update, "words": addressed["words"]}


class OrdersItem(Filter):
    """「退回第3条：材料不全」 from whoever has to do with items; who may not order it is told so. Gives `order`."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        """Only with a number, or from the office with words of the item."""
        if not turn.who.is_member or message.forward_origin is not None:
            return False
        order = read_item_order(message.text or "")
        if order is None:
            return False
        if order.named and not (turn.who.is_secretariat or turn.who.holds("convener")):
            return False
        return {"order": order} if await deals_with_items(turn.session, turn.who) else False


def router() -> Router:
    """Part of the conversations about what is to be done."""
    made = Router(name="items")
    made.message.register(order_item, OrdersItem(), Private())
    made.message.register(take_reason, StateFilter(Writing.reason), Answers(), ~OrdersTheBot(), Private())
    made.message.register(update_item, Updates())
    made.message.register(take_evidence, StateFilter(Writing.evidence), Answers(), Private())
    for action, handler in (
        ("meeting_ack", press_ack),
        ("meeting_item", press_item),
        ("meeting_open", press_open),
        ("meeting_supervise", press_supervise),
    ):
        made.callback_query.register(handler, Pressing(action))
    return made


async def update_item(
    message: Message, turn: Turn, update: ItemUpdate, words: str, state: FSMContext, meeting_office: MeetingOffice
) -> None:
    """Do to the items what the words say."""
    items = await find_named_items(turn.session, turn.who, update.items)
    for item in items:
        if update.intent is ItemIntent.ACKNOWLEDGE:
            signed = await sign_for_item(turn.session, meeting_office, turn.who, item.id, now=turn.now)
            await _say_item(turn, meeting_office, signed, "meetings.item_acknowledged")
            continue
        until = asked_due(update, item.due_on or meeting_office.today(turn.now), _moment(turn, meeting_office))
        besides = said_besides(words)
        evidence = besides if update.evidence else ""
        text = {ItemIntent.EXTEND: update.reason, ItemIntent.PROGRESS: words}.get(update.intent, evidence)
        told = Told(text, update.percent, until, besides if update.intent is ItemIntent.REPORT_DONE else "")
        await _act(turn, meeting_office, item.id, INTENTS[update.intent], told, state)


async def order_item(
    message: Message, turn: Turn, order: ItemOrder, state: FSMContext, meeting_office: MeetingOffice
) -> None:
    """A word of the secretariat or the convener on items; it is no answer to what was asked before it."""
    await state.clear()
    settled = order.action is ItemAction.REOPEN
    if order.named:
        items = [await find_item_by_words(turn.session, turn.who, order.named)]
    else:
        items = await find_named_items(turn.session, turn.who, order.numbers, settled=settled, judging=True)
    for item in items:
        await _act(turn, meeting_office, item.id, order.action, Told(order.reason), state)


async def press_ack(query: CallbackQuery, turn: Turn, pressed: Pressed, meeting_office: MeetingOffice) -> None:
    """签收."""
    await _press_once(turn, pressed, meeting_office, sign_for_item, "meetings.item_acknowledged")


async def press_item(
    query: CallbackQuery, turn: Turn, pressed: Pressed, state: FSMContext, meeting_office: MeetingOffice
) -> None:
    """An action on an item; one that needs a reason asks for it first."""
    action, item_id = ItemAction(pressed.payload["action"]), int(pressed.payload["item_id"])
    item = await open_item(turn.session, turn.who, item_id)
    if action in ASKS_WHY:
        await state.set_state(Writing.reason)
        await state.set_data({"item_id": item_id, "action": action.value})
        await turn.say(f"meetings.ask_{action.value}", number=item.number, text=item.text)
        return
    await _act(turn, meeting_office, item_id, action, Told(), state, change=action in SETTLES)


async def press_open(query: CallbackQuery, turn: Turn, pressed: Pressed, meeting_office: MeetingOffice) -> None:
    """One item with its history."""
    item = await open_item(turn.session, turn.who, int(pressed.payload["item_id"]))
    events = [
        {"at": one.at.isoformat(), "action": one.action, "after": one.after, "facts": {**NO_FACTS, **one.facts}}
        for one in await list_history(turn.session, item.id)
    ]
    today = meeting_office.today(turn.now)
    buttons = office_buttons(item, today) if turn.who.is_secretariat else owner_buttons(item)
    values: dict[str, Any] = item_values(meeting_office, item, today)
    await turn.say("meetings.item_card", buttons, events=events, **values)


async def press_supervise(query: CallbackQuery, turn: Turn, pressed: Pressed, meeting_office: MeetingOffice) -> None:
    """Send the 督办单: a person decided."""
    await _press_once(turn, pressed, meeting_office, send_supervision, "meetings.supervised")


async def take_reason(
    message: Message, turn: Turn, words: str, state: FSMContext, meeting_office: MeetingOffice
) -> None:
    """The reason that was asked for; for more time, also until when."""
    data = await state.get_data()
    await state.clear()
    action, item_id = ItemAction(data["action"]), int(data["item_id"])
    until = None
    if action is ItemAction.REQUEST_EXTENSION:
        item = await open_item(turn.session, turn.who, item_id)
        moment = _moment(turn, meeting_office)
        update = read_update(as_extension_request(item.number, words), moment)
        until = asked_due(update, item.due_on or moment.said_on, moment) if update else None
    await _act(turn, meeting_office, item_id, action, Told(words, until=until), state)


async def take_evidence(
    message: Message, turn: Turn, words: str, state: FSMContext, meeting_office: MeetingOffice
) -> None:
    """Evidence for what was just reported; once it is settled nothing more is waited for."""
    item_id = int((await state.get_data())["item_id"])
    await state.clear()
    item = await add_evidence(turn.session, turn.who, item_id, words, now=turn.now)
    await _say_item(turn, meeting_office, item, "meetings.evidence_taken")
    await tell_secretariat(
        turn.session, meeting_office, item, "meetings.item_reported", now=turn.now, again=True, reason=""
    )


async def _act(
    turn: Turn,
    office: MeetingOffice,
    item_id: int,
    action: ItemAction,
    told: Told,
    state: FSMContext,
    *,
    change: bool = False,
) -> None:
    item = await act_on_item(turn.session, office, turn.who, item_id, action, told, now=turn.now)
    await _say_item(turn, office, item, f"meetings.did_{action.value}", change=change, reason=told.text)
    if action in TO_OFFICE:
        if action is ItemAction.REPORT_DONE and not item.evidence and turn.is_private:
            await state.set_state(Writing.evidence)
            await state.set_data({"item_id": item.id})
        key = TO_OFFICE[action]
        await tell_secretariat(
            turn.session, office, item, key, now=turn.now, reason=told.text or told.said, again=False
        )
    elif action is not ItemAction.PROGRESS:
        await tell_owners(turn.session, office, item, f"meetings.told_{action.value}", now=turn.now, reason=told.text)


async def _press_once(
    turn: Turn, pressed: Pressed, office: MeetingOffice, act: Callable[..., Awaitable[ActionItem]], text_key: str
) -> None:
    item = await act(turn.session, office, turn.who, int(pressed.payload["item_id"]), now=turn.now)
    await close_buttons(turn.session, pressed.outbox_id, now=turn.now)
    await _say_item(turn, office, item, text_key)


async def _say_item(
    turn: Turn, office: MeetingOffice, item: ActionItem, text_key: str, *, change: bool = False, **more: Any
) -> None:
    values: dict[str, Any] = item_values(office, item, office.today(turn.now))
    say = turn.change if change else turn.say
    await say(text_key, **{**values, "reason": "", **more})


def _moment(turn: Turn, office: MeetingOffice) -> Moment:
    return Moment(office.today(turn.now), office.workdays)
