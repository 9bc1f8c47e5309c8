"""Which words order or ask something of a meeting, and from whom."""

from typing import Any

from aiogram.filters import Filter
from aiogram.types import Message

from handlers.checkins.filters import hear_figures
from handlers.meetings.decisions import starts_with_decision
from handlers.turn import Turn
from services.checkins.filling.hearing import Place
from services.checkins.office import Office
from services.meetings.office import MeetingOffice
from services.meetings.reading.item_orders import read_item_order
from services.meetings.reading.looks import sends_papers
from services.meetings.reading.orders import MeetingOrder, hear_meeting_order, is_about_meeting
from services.meetings.reading.outcomes import read_decided
from services.meetings.reading.replies import read_reply
from services.meetings.reading.unit_names import UnitNames
from services.meetings.reading.updates import read_topic
from services.orders.telling import is_no_order

CHANGES = frozenset({"convene", "put", "move", "cancel"})
OF_THE_OFFICE = CHANGES | {"board", "sign", "minutes", "propose"}
LONGEST_WISH = 80


class Orders(Filter):
    """The secretariat's wishes in words. Gives `order`."""

    async def __call__(self, message: Message, turn: Turn, meeting_office: MeetingOffice) -> bool | dict[str, Any]:
        """A change needs more than a word: a day, an hour, a place, or 取消; a question is left to the questions."""
        words = (message.text or "").strip()
        if words.startswith("/") or len(words) > LONGEST_WISH or read_item_order(words):
            return False
        if (
            starts_with_decision(words)
            or read_decided(words) is not None
            or read_topic(words, UnitNames({})) is not None
        ):
            return False
        order = hear_meeting_order(words, meeting_office.today(turn.now))
        if order is None or (order.verb in CHANGES and is_no_order(words)):
            return False
        return {"order": order}


class OthersOrder(Orders):
    """The same from members who are not of the secretariat: only what is the secretariat's to do."""

    async def __call__(
        self, message: Message, turn: Turn, meeting_office: MeetingOffice, office: Office | None = None
    ) -> bool | dict[str, Any]:
        """A reply to a notice may speak of days and places too, and so may a report: …实习285人 开会开到现在."""
        found = await super().__call__(message, turn, meeting_office) if turn.who.is_member else False
        if not isinstance(found, dict) or found["order"].verb not in OF_THE_OFFICE:
            return False
        if found["order"].verb == "board" and sends_papers(message.text or ""):
            return False
        if found["order"].verb in CHANGES and not is_about_meeting(message.text or ""):
            return False  # 地点改成东区: of a post, by somebody of an enterprise
        reply = read_reply(message.text or "")
        if reply is not None and reply.rsvp is not None:
            return False
        reports = office and turn.who.unit_ids and await hear_figures(turn, office, Place(), message.text or "")
        return False if reports else found


class MembersLook(Orders):
    """What every member may see: the tasks' lights, the agenda; of topics only those that are on it."""

    async def __call__(self, message: Message, turn: Turn, meeting_office: MeetingOffice) -> bool | dict[str, Any]:
        """Gives `order`."""
        found = await super().__call__(message, turn, meeting_office) if turn.who.is_member else False
        if not isinstance(found, dict) or found["order"].verb not in ("tasks", "agenda", "topics"):
            return False
        return {"order": MeetingOrder("tasks" if found["order"].verb == "tasks" else "agenda")}
