"""Topics are judged, by button and in words (「议题4并入议题2」, 「议题3缓议：材料不全」): secretariat or convener."""

from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from handlers.filters import Pressing, Private
from handlers.meeting_pages import topic_buttons, topics_values
from handlers.turn import Turn
from services.meetings.finding import get_meeting
from services.meetings.notices import meeting_values
from services.meetings.topic_orders import TopicOrder, read_topic_order
from services.meetings.topics import decide_topic, get_topic, list_topics, merge_topics, require_judge
from services.models import Meeting
from services.outbox import Pressed

TOPIC_STATES = ("proposed", "approved", "deferred", "merged", "rejected")


class OrdersTopic(Filter):
    """「议题4并入议题2」 from somebody who may judge topics. Gives `order`."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        """Only with a number."""
        order = read_topic_order(message.text or "")
        may = turn.who.is_secretariat or turn.who.holds("convener")
        return {"order": order} if order and may else False


def router() -> Router:
    """Before orders about meetings: a topic's number is named."""
    made = Router(name="topics")
    made.message.register(order_topic, OrdersTopic(), Private())
    made.callback_query.register(press_topics, Pressing("meeting_topics"))
    made.callback_query.register(press_topic, Pressing("meeting_topic"))
    made.callback_query.register(press_merge, Pressing("meeting_merge"))
    return made


async def order_topic(message: Message, turn: Turn, order: TopicOrder) -> None:
    """The same in words, with a reason where one is given."""
    topic = await get_topic(turn.session, order.topic_id)
    if order.into is not None:
        await merge_topics(turn.session, turn.who, topic.id, order.into, now=turn.now)
    else:
        await decide_topic(turn.session, turn.who, topic.id, order.state, now=turn.now, reason=order.reason)
    if topic.meeting_id is not None:
        await show_topics(turn, await get_meeting(turn.session, topic.meeting_id))


async def press_topics(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """The topics, with buttons to judge them."""
    require_judge(turn.who)
    await show_topics(turn, await get_meeting(turn.session, int(pressed.payload["meeting_id"])))


async def press_topic(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """Take a topic, or put it off."""
    given = pressed.payload
    await decide_topic(turn.session, turn.who, int(given["topic_id"]), str(given["state"]), now=turn.now)
    await show_topics(turn, await get_meeting(turn.session, int(given["meeting_id"])), change=True)


async def press_merge(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """Treat two topics as one."""
    given = pressed.payload
    await merge_topics(turn.session, turn.who, int(given["topic_id"]), int(given["into"]), now=turn.now)
    await show_topics(turn, await get_meeting(turn.session, int(given["meeting_id"])), change=True)


async def show_topics(turn: Turn, meeting: Meeting, *, change: bool = False) -> None:
    """The topics of a meeting, with buttons to judge them."""
    topics = await list_topics(turn.session, meeting, TOPIC_STATES)
    say = turn.change if change else turn.say
    await say("meetings.topics", topic_buttons(topics), topics=topics_values(topics), **meeting_values(meeting))
