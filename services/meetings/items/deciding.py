"""Decisions keyed at the meeting: read back as drafts, settled and confirmed by the secretariat, never by a rule."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.errors import AlreadyClosed, BadInput, NotFound
from services.meetings.errors import DraftUnsettled
from services.meetings.items.history import note_event
from services.meetings.office import MeetingOffice
from services.meetings.reading.deadlines import Moment, read_deadline
from services.meetings.reading.decisions import DecisionDraft, Doubt, read_decisions
from services.meetings.standing.finding import find_next_meeting, get_meeting
from services.meetings.standing.topics import load_unit_names
from services.members.actors import Actor
from services.members.units import get_unit
from services.models import ActionItem, Decision, ItemUnit, Meeting

LINES_AT_MOST = 40
TEXT_LIMIT = 4000
SETTLED_BY_OWNER = ("owner_", "unit_without_part")
NOTES = frozenset({"owner_inferred", "co_owner_inferred", "person_left_out", "unit_without_part"})
"""Doubts that are read back but do not keep a decision from being confirmed: the person who confirms has seen them."""


async def key_decisions(
    session: AsyncSession, office: MeetingOffice, actor: Actor, meeting: Meeting, text: str, *, now: datetime
) -> list[Decision]:
    """Store each line as a draft with what was understood and what is doubtful.

    Raises:
        NotAllowed: not of the secretariat.
        BadInput: nothing to be done stands there, or too much.
    """
    actor.require_secretariat()
    if len(text) > TEXT_LIMIT:
        raise BadInput(field="decisions", given=text[:40], problem="too_long", limit=TEXT_LIMIT)
    upcoming = await find_next_meeting(session, office, now=now)
    later = upcoming.meeting_on if upcoming and upcoming.id != meeting.id else None
    moment = Moment(office.today(now), office.workdays, later)
    drafts = read_decisions(text, await load_unit_names(session), moment)
    if not drafts or len(drafts) > LINES_AT_MOST:
        raise BadInput(field="decisions", given=text[:40], problem="empty")
    rows = [_row(meeting, draft, actor, now) for draft in drafts]
    session.add_all(rows)
    await session.flush()
    for row in rows:
        audit.record(session, "key", "decision", row.id, by=actor.person_id, now=now, source=row.source[:300])
    return rows


def missing_of(decision: Decision) -> str:
    """What must be settled before it can bind somebody: `text`, `owner`, `due`, or nothing."""
    codes = {str(doubt["code"]) for doubt in decision.doubts} - NOTES
    if not decision.text or "text_missing" in codes:
        return "text"
    if not decision.owners or any(code.startswith("owner_") for code in codes):
        return "owner"
    if decision.due_on is None or any(code.startswith("due_") for code in codes):
        return "due"
    return ""


async def settle_owner(
    session: AsyncSession, actor: Actor, decision_id: int, names: Sequence[str], *, now: datetime
) -> Decision:
    """Say who is responsible; doubts about that are gone.

    Raises:
        NotAllowed, NotFound, AlreadyClosed, Ambiguous: as the names say.
    """
    decision = await get_draft(session, actor, decision_id)
    owners = [(await get_unit(session, name)).name for name in names]
    decision.owners = owners
    decision.co_owners = [name for name in decision.co_owners if name not in owners]
    decision.doubts = [one for one in decision.doubts if not str(one["code"]).startswith(SETTLED_BY_OWNER)]
    audit.record(session, "settle", "decision", decision.id, by=actor.person_id, now=now, owners=owners)
    return decision


async def settle_due(
    session: AsyncSession, office: MeetingOffice, actor: Actor, decision_id: int, said: str, *, now: datetime
) -> Decision:
    """Say until when.

    Raises:
        BadInput: no date can be read, or one that has passed.
    """
    decision = await get_draft(session, actor, decision_id)
    deadline = read_deadline(said, Moment(office.today(now), office.workdays), labelled=True)
    if deadline is None or deadline.due_on is None or deadline.due_on < office.today(now):
        raise BadInput(field="due", given=said[:40], problem="bad_due")
    decision.due_on, decision.due_phrase = deadline.due_on, said[:80]
    decision.doubts = [one for one in decision.doubts if not str(one["code"]).startswith("due_")]
    audit.record(
        session, "settle", "decision", decision.id, by=actor.person_id, now=now, due_on=deadline.due_on.isoformat()
    )
    return decision


async def confirm_decision(
    session: AsyncSession, office: MeetingOffice, actor: Actor, decision_id: int, *, now: datetime
) -> ActionItem:
    """Make the draft an action item with the next number of its meeting. Its owners hear of it when it is issued.

    Raises:
        NotAllowed: not of the secretariat.
        AlreadyClosed: it was confirmed or dropped.
        DraftUnsettled: no owner, no date or no text stands firm.
    """
    decision = await get_draft(session, actor, decision_id)
    if missing := missing_of(decision):
        raise DraftUnsettled(missing=missing, given=decision.text[:40])
    await get_meeting(session, decision.meeting_id, for_update=True)  # two confirmations must not take one number
    last = await session.scalar(select(func.max(ActionItem.number)).where(ActionItem.meeting_id == decision.meeting_id))
    item = ActionItem(
        meeting_id=decision.meeting_id,
        decision_id=decision.id,
        number=(last or 0) + 1,
        text=decision.text,
        standard=decision.standard,
        due_on=decision.due_on,
        first_due_on=decision.due_on,
        state="open",
        evidence="",
        opened_on=office.today(now),
        created_at=now,
    )
    item.units = await _parts(session, decision)
    session.add(item)
    decision.state, decision.settled_by, decision.settled_at = "confirmed", actor.person_id, now
    await session.flush()
    await session.refresh(item)
    note_event(session, item, "confirm", before="", by=actor.person_id, now=now)
    return item


async def drop_decision(session: AsyncSession, actor: Actor, decision_id: int, *, now: datetime) -> Decision:
    """Take a draft back; the line stays as it was typed.

    Raises:
        NotAllowed, NotFound, AlreadyClosed.
    """
    decision = await get_draft(session, actor, decision_id)
    decision.state, decision.settled_by, decision.settled_at = "dropped", actor.person_id, now
    audit.record(session, "drop", "decision", decision.id, by=actor.person_id, now=now)
    return decision


async def get_draft(session: AsyncSession, actor: Actor, decision_id: int) -> Decision:
    """A draft that is still open.

    Raises:
        NotAllowed: not of the secretariat.
        NotFound: no such decision.
        AlreadyClosed: it was confirmed or dropped.
    """
    actor.require_secretariat()
    decision = await session.get(Decision, decision_id, with_for_update=True, populate_existing=True)
    if decision is None:
        raise NotFound(what="decision", given=str(decision_id))
    if decision.state != "draft":
        raise AlreadyClosed(what="decision")
    return decision


async def find_issued(session: AsyncSession, number: int) -> list[ActionItem]:
    """The items of that number that were sent out and are still open."""
    found = select(ActionItem).where(
        ActionItem.number == number, ActionItem.issued_at.is_not(None), ActionItem.closed_on.is_(None)
    )
    return list(await session.scalars(found.order_by(ActionItem.id)))


async def list_drafts(session: AsyncSession, meeting: Meeting) -> list[Decision]:
    """Drafts that wait for a person, oldest first."""
    rows = await session.scalars(
        select(Decision).where(Decision.meeting_id == meeting.id, Decision.state == "draft").order_by(Decision.id)
    )
    return list(rows)


def _row(meeting: Meeting, draft: DecisionDraft, actor: Actor, now: datetime) -> Decision:
    draft = replace(draft, doubts=tuple(_kept(draft)))
    return Decision(
        meeting_id=meeting.id,
        source=draft.source,
        text=draft.text,
        standard=draft.standard[:300],
        owners=list(draft.owner_names),
        co_owners=list(draft.co_owner_names),
        due_on=draft.due_on,
        due_phrase=draft.due_phrase[:80],
        doubts=[asdict(doubt) | {"candidates": list(doubt.candidates)} for doubt in draft.doubts],
        state="draft",
        keyed_by=actor.person_id,
        keyed_at=now,
    )


def _kept(draft: DecisionDraft) -> Sequence[Doubt]:
    """A person's name that was left out is noted without the name."""
    return [replace(doubt, given="") if doubt.code == "person_left_out" else doubt for doubt in draft.doubts]


async def _parts(session: AsyncSession, decision: Decision) -> list[ItemUnit]:
    parts = [("owner", name) for name in decision.owners] + [("co_owner", name) for name in decision.co_owners]
    return [ItemUnit(unit_id=(await get_unit(session, name)).id, part=part) for part, name in parts]
