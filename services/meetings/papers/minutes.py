"""The minutes: heads counted at the door, and the facts of a draft that a person finishes and signs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.errors import BadInput
from services.meetings.items.facts import item_values
from services.meetings.items.finding import list_items
from services.meetings.office import MeetingOffice
from services.meetings.papers.pack import collect_agenda
from services.meetings.reading.outcomes import Turnout
from services.meetings.standing.participants import list_attendance, turnout_values
from services.members.actors import Actor
from services.models import Attendance, Meeting

HEADS_AT_MOST = 999


@dataclass(frozen=True)
class Minutes:
    """What is known of a meeting; what the words of the meeting were, only people know.

    `followed`: whether items of earlier meetings were there to be reported on.
    """

    meeting: Meeting
    attending: tuple[Attendance, ...]
    absent: tuple[Attendance, ...]
    turnout: dict[str, int]
    followed: bool
    topics: tuple[str, ...]
    items: tuple[dict[str, Any], ...]


async def count_present(session: AsyncSession, actor: Actor, meeting: Meeting, came: Turnout, *, now: datetime) -> None:
    """Note how many came, heads or units; numbers, no names. What is not said stays as it was noted.

    Raises:
        NotAllowed: not of the secretariat.
        BadInput: no such number of people or units.
    """
    actor.require_secretariat()
    for field, before, number in (
        ("present", meeting.present, came.people),
        ("present_units", meeting.present_units, came.units),
    ):
        if number is None:
            continue
        if not 0 < number <= HEADS_AT_MOST:
            raise BadInput(field=field, given=str(number), problem="too_big")
        facts = {"field": field, "before": before, "after": number}
        audit.record(session, "count", "meeting", meeting.id, by=actor.person_id, now=now, **facts)
        setattr(meeting, field, number)


async def collect_minutes(session: AsyncSession, office: MeetingOffice, meeting: Meeting, *, now: datetime) -> Minutes:
    """The facts of the draft."""
    rows = await list_attendance(session, meeting.id)
    items = await list_items(session, meeting_id=meeting.id)
    agenda = await collect_agenda(session, office, meeting, now=now)
    return Minutes(
        meeting,
        tuple(row for row in rows if row.rsvp in ("attend", "substitute")),
        tuple(row for row in rows if row.rsvp == "leave"),
        turnout_values(office, rows),
        agenda.completion.total > 0,
        tuple(topic.title for topic in agenda.topics),
        tuple(item_values(office, item, office.today(now)) for item in items),
    )
