"""What people wrote leaves after the retention time; that something happened stays countable."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.inbox import forget_done
from services.models import AnswerRecord, AuditEntry, Dialogue, Errand, InboxUpdate, OutboxMessage, Question
from services.settings import PrivacySettings

INBOX_DAYS = 7  # Telegram itself forgets an update after 24 hours; a week also covers its random restart of numbers
DIALOGUE_DAYS = 90


@dataclass(frozen=True)
class Forgotten:
    """How many rows were emptied or removed, by kind."""

    updates: int
    quarantined: int
    messages: int
    questions: int
    errands: int
    dialogues: int
    audit: int

    @property
    def anything(self) -> bool:
        """True when there was something to forget."""
        return any(vars(self).values())


async def forget_old(session: AsyncSession, now: datetime, settings: PrivacySettings) -> Forgotten:
    """Forget what is older than the settings allow; harmless to repeat.

    Questions, answers and messages keep their row without words and without the person, so that what digests counted
    can be counted again, and no id is ever given twice. Buttons of forgotten messages answer "expired".
    """
    before = now - timedelta(days=settings.retention_days)
    forgotten = Forgotten(
        updates=await forget_done(session, now - timedelta(days=INBOX_DAYS)),
        quarantined=await _empty_quarantined(session, before),
        messages=await _empty_messages(session, before),
        questions=await _empty_questions(session, before),
        errands=await _remove_errands(session, before),
        dialogues=await _remove_dialogues(session, now - timedelta(days=DIALOGUE_DAYS)),
        audit=await _remove_audit(session, now - timedelta(days=settings.audit_days)),
    )
    if forgotten.anything:
        audit.record(session, "forget", "retention", by=None, now=now, **vars(forgotten))
    return forgotten


async def _empty_quarantined(session: AsyncSession, before: datetime) -> int:
    done = await session.execute(
        update(InboxUpdate)
        .where(InboxUpdate.state == "quarantined", InboxUpdate.done_at < before, InboxUpdate.error != "")
        .values(body=None, error="")
        .returning(InboxUpdate.id)
    )
    return len(done.all())


async def _empty_messages(session: AsyncSession, before: datetime) -> int:
    """Only what is settled: a message that still waits is never touched."""
    done = await session.execute(
        update(OutboxMessage)
        .where(
            OutboxMessage.state.in_(("sent", "dead", "uncertain")),
            OutboxMessage.created_at < before,
            OutboxMessage.text_key != "",
        )
        .values(text_key="", values={}, buttons=[], attachment=None, person_id=None)
        .returning(OutboxMessage.id)
    )
    return len(done.all())


async def _empty_questions(session: AsyncSession, before: datetime) -> int:
    old = select(Question.id).where(Question.asked_at < before, Question.text != "")
    await session.execute(
        update(AnswerRecord)
        .where(AnswerRecord.question_id.in_(old))
        .values(text="", evidence=[], facts={})
        .execution_options(synchronize_session=False)
    )
    done = await session.execute(
        update(Question)
        .where(Question.asked_at < before, Question.text != "")
        .values(text="", person_id=None, message_id=None)
        .returning(Question.id)
    )
    return len(done.all())


async def _remove_errands(session: AsyncSession, before: datetime) -> int:
    """The newest row stays: SQLite would give its id again, and business keys of messages name errands."""
    newest = select(func.max(Errand.id)).scalar_subquery()
    done = await session.execute(
        delete(Errand)
        .where(Errand.state.in_(("done", "failed")), Errand.created_at < before, Errand.id != newest)
        .returning(Errand.id)
        .execution_options(synchronize_session=False)
    )
    return len(done.all())


async def _remove_dialogues(session: AsyncSession, before: datetime) -> int:
    done = await session.execute(delete(Dialogue).where(Dialogue.updated_at < before).returning(Dialogue.key))
    return len(done.all())


async def _remove_audit(session: AsyncSession, before: datetime) -> int:
    done = await session.execute(delete(AuditEntry).where(AuditEntry.at < before).returning(AuditEntry.id))
    return len(done.all())
