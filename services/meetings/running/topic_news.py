"""What becomes of a topic is told to who proposed it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.meetings.office import MeetingOffice
from services.meetings.standing.finding import get_meeting
from services.meetings.standing.notices import Message, Target, meeting_values, post_to
from services.members.actors import Actor
from services.models import Person, Topic
from services.outbox import withdraw


async def tell_proposer(
    session: AsyncSession, office: MeetingOffice, judge: Actor, topic: Topic, *, now: datetime
) -> int:
    """One private message in working hours, which replaces one that has not left yet; none to who judged it.

    Returns how many messages: 0 where nobody can be written to.
    """
    await withdraw(session, f"topic:{topic.id}:", topic.state)
    if topic.proposed_by in (None, judge.person_id) or topic.meeting_id is None:
        return 0
    person = await session.scalar(
        select(Person).where(Person.id == topic.proposed_by, Person.reachable, Person.telegram_id.is_not(None))
    )
    if person is None or person.telegram_id is None:
        return 0
    into = await session.get(Topic, topic.merged_into) if topic.merged_into else None
    values = {
        **meeting_values(await get_meeting(session, topic.meeting_id)),
        "title": topic.title,
        "topic_state": topic.state,
        "reason": topic.reason,
        "into": into.title if into else "",
    }
    message = Message("meetings.topic_decided", values, not_before=office.quiet_hours.next_send_at(now))
    key = f"topic:{topic.id}:{now.isoformat()}"
    return await post_to(session, key, [Target(person.telegram_id, person.id)], message, now=now)
