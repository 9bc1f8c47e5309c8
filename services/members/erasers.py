"""Which tables know people, and how each forgets one."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sqlalchemy import and_, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from services.members.marks import Subject, holds, rows_naming, without
from services.models import (
    AnswerRecord,
    Attendance,
    AuditEntry,
    Dialogue,
    Errand,
    Feedback,
    InboxUpdate,
    OutboxMessage,
    Person,
    Question,
    Seat,
)
from services.models.tickets import Ticket

# What people filed for a unit is the unit's and stays, under the number of the emptied row (domain rule R3).
FILED = (
    "submissions",
    "checkin_entries",
    "checkin_evidence",
    "entry_versions",
    "extensions",
    "register_rows",
    "register_versions",
)
# What a unit offers or seeks: counts of its own, with the number of whoever wrote them down.
OFFERED = ("demand_posts", "supply_batches", "offer_versions", "match_proposals", "supply_tables")
# What was decided, reported and issued in the consortium's meetings and digests, likewise.
DECIDED = (
    "meetings",
    "meeting_topics",
    "meeting_reviews",
    "meeting_materials",
    "meeting_decisions",
    "action_items",
    "action_item_units",
    "action_item_events",
    "plan_targets",
    "target_reports",
    "digest_editions",
)
# What the library is held to is the secretariat's, with the number of whoever kept or ran it.
TRIED = ("trial_cases", "trial_runs")
SENDERS = ("message", "edited_message", "callback_query", "my_chat_member")


@dataclass(frozen=True)
class Eraser:
    """Forgets a person in these tables; `run` returns how many rows it touched.

    `keeps` names tables that may go on pointing at the emptied row, so that a check can see that none was overlooked.
    """

    name: str
    run: Callable[[AsyncSession, Subject], Awaitable[int]]
    tables: tuple[str, ...]
    keeps: tuple[str, ...] = ()


async def _attendance(session: AsyncSession, who: Subject) -> int:
    """Why somebody could not come, and who came instead: personal, and of no use afterwards."""
    emptied = await session.execute(
        update(Attendance)
        .where(Attendance.answered_by == who.person_id)
        .values(reason="", substitute="")
        .returning(Attendance.id)
    )
    return len(emptied.all())


async def _questions(session: AsyncSession, who: Subject) -> int:
    asked = select(Question.id).where(Question.person_id == who.person_id)
    await session.execute(
        update(AnswerRecord).where(AnswerRecord.question_id.in_(asked)).values(text="", facts={}, evidence=[])
    )
    given = await session.execute(delete(Feedback).where(Feedback.person_id == who.person_id).returning(Feedback.id))
    emptied = await session.execute(
        update(Question)
        .where(Question.person_id == who.person_id)
        .values(text="", chat_id=0, thread_id=None, message_id=None, person_id=None)
        .returning(Question.id)
    )
    return len(given.all()) + len(emptied.all())


async def _tickets(session: AsyncSession, who: Subject) -> int:
    """What they asked people; the secretariat's answers stay, without the question they answered."""
    rows = list(await session.scalars(select(Ticket).where(Ticket.asker_id == who.person_id, Ticket.chat_id != 0)))
    for row in rows:
        row.text, row.file, row.chat_id, row.thread_id, row.message_id = "", {}, 0, None, None
        if row.closed_at is None:
            row.state, row.closed_at = "closed", who.now
    return len(rows)


async def _inbox(session: AsyncSession, who: Subject) -> int:
    if not who.telegram_id:
        return 0
    sent_by = [InboxUpdate.body[(kind, "from", "id")].as_integer() == who.telegram_id for kind in SENDERS]
    quoting = InboxUpdate.body[("message", "reply_to_message", "from", "id")].as_integer() == who.telegram_id
    own = or_(InboxUpdate.lane.in_((f"chat:{who.telegram_id}", f"user:{who.telegram_id}")), *sent_by)
    blank = {"body": None, "business_key": None, "lane": "erased", "error": "", "state": "done", "done_at": who.now}
    rows = await session.execute(
        update(InboxUpdate)
        .where(or_(own, and_(InboxUpdate.state != "new", quoting)))
        .values(**blank)
        .returning(InboxUpdate.id)
    )
    keyed = await session.execute(
        update(InboxUpdate)
        .where(holds(InboxUpdate.business_key, f":{who.telegram_id}:"))
        .values(business_key=None)
        .returning(InboxUpdate.id)
    )
    return len(rows.all()) + len(keyed.all())


async def _outbox(session: AsyncSession, who: Subject) -> int:
    to_them = [OutboxMessage.person_id == who.person_id]
    if who.telegram_id:
        to_them.append(OutboxMessage.chat_id == who.telegram_id)
    rows = list(await session.scalars(select(OutboxMessage).where(or_(*to_them))))
    for row in rows:
        if row.state in ("new", "sending", "uncertain"):
            row.state, row.reason = "dead", "erased"
        row.values, row.buttons, row.attachment, row.business_key = {}, [], None, None
        row.person_id, row.chat_id, row.lease_until, row.closed_at = None, 0, None, who.now
    await session.flush()
    named = await rows_naming(session, OutboxMessage.values, who)
    for row in named:
        row.values = without(row.values, who)
    return len(rows) + len(named)


async def _dialogues(session: AsyncSession, who: Subject) -> int:
    """Their conversations; keys are `chat:thread:user` (handlers/memory.py)."""
    if not who.telegram_id:
        return 0
    gone = await session.execute(
        delete(Dialogue).where(Dialogue.key.endswith(f":{who.telegram_id}")).returning(Dialogue.key)
    )
    return len(gone.all())


async def _errands(session: AsyncSession, who: Subject) -> int:
    theirs = [Errand.payload["person_id"].as_integer() == who.person_id]
    if who.telegram_id:
        theirs += [Errand.chat_id == who.telegram_id, Errand.payload["telegram_id"].as_integer() == who.telegram_id]
    rows = list(await session.scalars(select(Errand).where(or_(*theirs))))
    for row in rows:
        if row.state in ("new", "working"):
            row.state, row.done_at = "failed", who.now
        row.payload, row.error, row.chat_id, row.business_key = {}, "erased", None, None
    return len(rows)


async def _audit(session: AsyncSession, who: Subject) -> int:
    """The trail stays, under the row's number; names and account numbers in its facts go."""
    rows = await rows_naming(session, AuditEntry.facts, who)
    for row in rows:
        row.facts = without(row.facts, who)
    return len(rows)


async def _members(session: AsyncSession, who: Subject) -> int:
    await session.execute(
        update(Person)
        .where(Person.id == who.person_id)
        .values(
            telegram_id=None,
            name="",
            username="",
            consent_version="",
            consented_at=None,
            reachable=False,
            unreachable_reason="erased",
            quiet_until=None,
            erased_at=who.now,
        )
    )
    ended = await session.execute(
        update(Seat)
        .where(Seat.person_id == who.person_id, Seat.until.is_(None))
        .values(until=who.now)
        .returning(Seat.id)
    )
    return 1 + len(ended.all())


# Order matters: the tables that are searched by the person's marks come while the marks are still known in `Subject`.
ERASERS: tuple[Eraser, ...] = (
    Eraser("attendance", _attendance, ("meeting_attendance",)),
    Eraser("questions", _questions, ("questions", "answers", "feedback")),
    Eraser("tickets", _tickets, ("tickets",)),
    Eraser("inbox", _inbox, ("inbox",)),
    Eraser("outbox", _outbox, ("outbox",)),
    Eraser("dialogues", _dialogues, ("dialogues",)),
    Eraser("errands", _errands, ("errands",)),
    Eraser("audit", _audit, ("audit",)),
    Eraser(
        "members",
        _members,
        ("people", "seats"),
        keeps=("invites", "chats", "documents", *FILED, *DECIDED, *OFFERED, *TRIED),
    ),
)
