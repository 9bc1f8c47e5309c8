"""Questions about a meeting that its card or a sentence answers; what a document says near it would mislead."""

import re

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import Message

from handlers.filters import Matches, Member, Private
from handlers.meetings.card import show_card
from handlers.turn import Turn
from services.meetings.office import MeetingOffice
from services.meetings.reading.looks import asks_how_it_stands, sends_papers
from services.meetings.reading.replies import read_reply
from services.meetings.running.approving import find_meeting_for

OF_RULES = re.compile(r"多久|一般|通常|每[年季月次]|规定|要求|召集|几次|频率|应当|提前|通知")


def router() -> Router:
    """Part of the meetings' conversations; after replies, which a plan may be answered with."""
    made = Router(name="meeting_questions")
    made.message.register(tell_how_to_send, Matches(F.text), Matches(F.text.func(sends_papers)), Private(), Member())
    made.message.register(tell_state, Matches(F.text), Matches(F.text.func(asks_how_it_stands)), Private(), Member())
    made.message.register(turn_stranger_away, StrangerAsks())
    return made


class StrangerAsks(Filter):
    """联席会几号开, from somebody who is no member: what documents say of meetings is no answer to it."""

    async def __call__(self, message: Message, turn: Turn) -> bool:
        """How often meetings are held is public."""
        words = message.text or ""
        if turn.who.is_member or not turn.is_private or words.startswith("/") or OF_RULES.search(words):
            return False
        reply = read_reply(words)
        return reply is not None and reply.rsvp is None and bool(set(reply.asks) & {"when", "where"})


async def tell_how_to_send(message: Message, turn: Turn) -> None:
    """A file with 会议材料 beside it, here."""
    await turn.say("meetings.how_to_send")


async def tell_state(message: Message, turn: Turn, meeting_office: MeetingOffice) -> None:
    """会议改期了没: the meeting as it stands."""
    await show_card(turn, meeting_office, await find_meeting_for(turn.session, meeting_office, turn.who, now=turn.now))


async def turn_stranger_away(message: Message, turn: Turn) -> None:
    """When and where is for the members; the way in is said."""
    await turn.say("meetings.members_only")
