"""Topics for a meeting: proposed by anybody who speaks for a unit, judged by the secretariat or the convener."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.errors import AlreadyClosed, BadInput, NotAllowed, NotFound
from services.meetings.reading.unit_names import UnitNames
from services.meetings.reading.updates import TopicProposal
from services.members.actors import Actor
from services.members.units import list_units
from services.models import Meeting, Topic

TITLE_LIMIT = 200
BODY_LIMIT = 2000
WAITING = ("proposed", "deferred")


async def load_unit_names(session: AsyncSession, people: Mapping[str, str] | None = None) -> UnitNames:
    """Every name that people use for the units of the register; `people`: names of persons who stand for theirs."""
    aliases = dict(people or {})
    for unit in await list_units(session):
        aliases[unit.name] = unit.name
        aliases.update({alias.alias: unit.name for alias in unit.aliases})
    return UnitNames(aliases)


def require_judge(actor: Actor) -> None:
    """Raise NotAllowed unless the person may judge topics: of the secretariat, or the convener."""
    if not (actor.is_secretariat or actor.holds("convener")):
        raise NotAllowed(needs="secretariat")


async def propose_topic(
    session: AsyncSession, actor: Actor, meeting: Meeting | None, proposal: TopicProposal, *, now: datetime
) -> Topic:
    """Note a topic for the next meeting; without one planned it waits for it.

    Raises:
        NotAllowed: the person speaks for no unit, and is neither the convener nor of the secretariat.
        BadInput: too long.
    """
    if not (actor.unit_ids or actor.is_secretariat or actor.holds("convener")):
        raise NotAllowed(what="topic")
    if len(proposal.text) > BODY_LIMIT:
        raise BadInput(field="topic", given=proposal.title[:40], problem="too_long", limit=BODY_LIMIT)
    topic = Topic(
        meeting_id=meeting.id if meeting else None,
        unit_id=min(actor.unit_ids) if actor.unit_ids else None,
        title=proposal.title[:TITLE_LIMIT],
        body=proposal.text,
        asked_units=list(proposal.asked_units),
        state="proposed",
        proposed_by=actor.person_id,
        proposed_at=now,
    )
    session.add(topic)
    await session.flush()
    audit.record(session, "propose", "topic", topic.id, by=actor.person_id, now=now, title=topic.title)
    return topic


async def decide_topic(
    session: AsyncSession, actor: Actor, topic_id: int, state: str, *, now: datetime, reason: str = ""
) -> Topic:
    """Take a topic onto the agenda, put it off to the next meeting, or turn it down.

    Raises:
        NotAllowed: neither of the secretariat nor the convener.
        NotFound: no such topic.
        AlreadyClosed: it was merged, or already stands so.
    """
    require_judge(actor)
    topic = await get_topic(session, topic_id)
    if state not in ("approved", "deferred", "rejected"):
        raise BadInput(field="state", given=state, problem="unknown")
    if topic.state in ("merged", state):
        raise AlreadyClosed(what="topic")
    before = topic.state
    topic.state, topic.reason, topic.decided_by, topic.decided_at = state, reason[:300], actor.person_id, now
    audit.record(session, state, "topic", topic.id, by=actor.person_id, now=now, before=before, reason=reason)
    return topic


async def merge_topics(session: AsyncSession, actor: Actor, topic_id: int, into_id: int, *, now: datetime) -> Topic:
    """Treat two topics as one; the one that goes keeps its words and its proposer.

    Raises:
        NotAllowed: neither of the secretariat nor the convener.
        NotFound: no such topic.
        AlreadyClosed: one of them was merged before.
    """
    require_judge(actor)
    topic, into = await get_topic(session, topic_id), await get_topic(session, into_id)
    if "merged" in (topic.state, into.state) or topic.id == into.id:
        raise AlreadyClosed(what="topic")
    topic.state, topic.merged_into, topic.decided_by, topic.decided_at = "merged", into.id, actor.person_id, now
    into.asked_units = list(dict.fromkeys([*into.asked_units, *topic.asked_units]))
    audit.record(session, "merge", "topic", topic.id, by=actor.person_id, now=now, into=into.id)
    return into


async def list_topics(session: AsyncSession, meeting: Meeting, states: Sequence[str]) -> list[Topic]:
    """The meeting's topics in those states, in the order in which they came."""
    rows = await session.scalars(
        select(Topic).where(Topic.meeting_id == meeting.id, Topic.state.in_(states)).order_by(Topic.id)
    )
    return list(rows)


async def adopt_waiting(session: AsyncSession, meeting: Meeting) -> int:
    """Bring topics that waited for a meeting, and those put off by an earlier one, to this meeting."""
    rows = list(
        await session.scalars(
            select(Topic).where(
                or_(
                    (Topic.meeting_id.is_(None)) & Topic.state.in_(WAITING),
                    (Topic.meeting_id != meeting.id) & (Topic.state == "deferred"),
                )
            )
        )
    )
    for topic in rows:
        topic.meeting_id, topic.state = meeting.id, "proposed"
    return len(rows)


async def get_topic(session: AsyncSession, topic_id: int) -> Topic:
    """The topic behind a button or a number, for change.

    Raises:
        NotFound: no such topic.
    """
    topic = await session.get(Topic, topic_id, with_for_update={"of": Topic}, populate_existing=True)
    if topic is None:
        raise NotFound(what="topic", given=str(topic_id))
    return topic
