"""Topics are judged, by button and in words (「议题4并入议题2」, 「议题3缓议：材料不全」): secretariat or convener."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from handlers.filters import Pressing, Private
from handlers.turn import Rows, Turn
from services.meetings.office import MeetingOffice
from services.meetings.reading.amending import find_named
from services.meetings.reading.topic_orders import TopicOrder, read_topic_order
from services.meetings.running.topic_news import tell_proposer
from services.meetings.standing.finding import find_next_meeting, get_meeting
from services.meetings.standing.notices import meeting_values
from services.meetings.standing.topics import decide_topic, get_topic, list_topics, merge_topics, require_judge
from services.models import Meeting, Topic
from services.outbox import Button, Pressed

TOPIC_STATES = ("proposed", "approved", "deferred", "merged", "rejected")


class OrdersTopic(Filter):
    """「议题4并入议题2」 from somebody who may judge topics. Gives `order`."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        """Only with a number, or with words of a title."""
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


async def order_topic(message: Message, turn: Turn, order: TopicOrder, meeting_office: MeetingOffice) -> None:
    """The same in words, with a reason where one is given."""
    if order.named:
        meeting = await find_next_meeting(turn.session, meeting_office, now=turn.now)
        waiting = await list_topics(turn.session, meeting, ("proposed", "approved")) if meeting is not None else []
        at = find_named(order.named, [f"{one.title}\n{one.unit.name if one.unit else ''}" for one in waiting])
        if meeting is None or at is None:
            await turn.say("meetings.which_topic", topics=_values(waiting))
            return
        order = replace(order, topic_id=waiting[at].id)
    topic = await get_topic(turn.session, order.topic_id)
    if order.into is not None:
        await merge_topics(turn.session, turn.who, topic.id, order.into, now=turn.now)
    else:
        await decide_topic(turn.session, turn.who, topic.id, order.state, now=turn.now, reason=order.reason)
    await tell_proposer(turn.session, meeting_office, turn.who, topic, now=turn.now)
    if topic.meeting_id is not None:
        await show_topics(turn, await get_meeting(turn.session, topic.meeting_id))


async def press_topics(query: CallbackQuery, turn: Turn, pressed: Pressed) -> None:
    """The topics, with buttons to judge them."""
    require_judge(turn.who)
    await show_topics(turn, await get_meeting(turn.session, int(pressed.payload["meeting_id"])))


async def press_topic(query: CallbackQuery, turn: Turn, pressed: Pressed, meeting_office: MeetingOffice) -> None:
    """Take a topic, or put it off."""
    given = pressed.payload
    topic = await decide_topic(turn.session, turn.who, int(given["topic_id"]), str(given["state"]), now=turn.now)
    await tell_proposer(turn.session, meeting_office, turn.who, topic, now=turn.now)
    await show_topics(turn, await get_meeting(turn.session, int(given["meeting_id"])), change=True)


async def press_merge(query: CallbackQuery, turn: Turn, pressed: Pressed, meeting_office: MeetingOffice) -> None:
    """Treat two topics as one."""
    given = pressed.payload
    await merge_topics(turn.session, turn.who, int(given["topic_id"]), int(given["into"]), now=turn.now)
    merged = await get_topic(turn.session, int(given["topic_id"]))
    await tell_proposer(turn.session, meeting_office, turn.who, merged, now=turn.now)
    await show_topics(turn, await get_meeting(turn.session, int(given["meeting_id"])), change=True)


async def show_topics(turn: Turn, meeting: Meeting, *, change: bool = False) -> None:
    """The topics of a meeting, with buttons to judge them."""
    topics = await list_topics(turn.session, meeting, TOPIC_STATES)
    say = turn.change if change else turn.say
    await say("meetings.topics", _buttons(topics), topics=_values(topics), **meeting_values(meeting))


def _values(topics: Sequence[Topic]) -> list[dict[str, Any]]:
    """The topics of a meeting."""
    return [
        {
            "id": one.id,
            "title": one.title,
            "body": one.body,
            "unit": one.unit.name if one.unit else "",
            "state": one.state,
            "merged_into": one.merged_into or 0,
            "reason": one.reason,
            "asked": list(one.asked_units),
        }
        for one in topics
    ]


def _buttons(topics: Sequence[Topic]) -> Rows:
    """For each topic that waits: take it, put it off, merge it into the one before."""
    rows: Rows = ()
    waiting = [one for one in topics if one.state == "proposed"]
    others = [one for one in topics if one.state in ("proposed", "approved")]
    for topic in waiting[:6]:
        payload = {"topic_id": topic.id, "meeting_id": topic.meeting_id}
        row = tuple(
            Button(f"meetings.button_topic_{verb}", "meeting_topic", {**payload, "state": verb}, {"id": topic.id})
            for verb in ("approved", "deferred")
        )
        into = next((one for one in others if one.id < topic.id), None)
        if into is not None:
            merge = {**payload, "into": into.id}
            row += (Button("meetings.button_topic_merge", "meeting_merge", merge, {"id": topic.id, "into": into.id}),)
        rows += (row,)
    return rows
