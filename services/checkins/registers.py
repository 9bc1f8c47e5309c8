"""Registers born from replies: agreements named by their partners."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.checkins.agreements import read_agreements
from services.errors import NotAllowed, NotFound
from services.members.actors import Actor
from services.models import CheckinEntry, RegisterRow, Submission

AGREEMENTS = "agreements"
NEW_AGREEMENTS = "coop_agreements_new"


async def needs_partners(session: AsyncSession, submission: Submission) -> int:
    """How many agreements of this check-in have no partner's name in the register yet."""
    filed = await session.scalar(
        select(CheckinEntry.value).where(
            CheckinEntry.submission_id == submission.id,
            CheckinEntry.key == NEW_AGREEMENTS,
            CheckinEntry.layer == "filed",
        )
    )
    known = await session.scalar(
        select(func.count()).where(RegisterRow.submission_id == submission.id, RegisterRow.register == AGREEMENTS)
    )
    return max(int(filed or 0) - int(known or 0), 0)


async def note_partners(session: AsyncSession, actor: Actor, submission_id: int, words: str, *, now: datetime) -> int:
    """Put the partners named into the register of agreements; returns how many.

    Raises:
        NotFound: no such check-in.
        NotAllowed: it belongs to another unit.
    """
    submission = await session.get(Submission, submission_id)
    if submission is None:
        raise NotFound(what="checkin", given=str(submission_id))
    if submission.unit_id not in actor.unit_ids and not actor.is_secretariat:
        raise NotAllowed(needs="unit")
    agreements = read_agreements(words)
    for one in agreements:
        session.add(
            RegisterRow(
                register=AGREEMENTS,
                unit_id=submission.unit_id,
                submission_id=submission.id,
                title=one.partner,
                partner=one.partner,
                began_on=one.began_on,
                ends_on=one.ends_on,
                kind="cooperation",
                state="open",
                facts={"period": submission.cycle.period, "majors": one.majors},
                created_by=actor.person_id,
                created_at=now,
            )
        )
    if agreements:
        partners = [one.partner for one in agreements]
        audit.record(
            session, "note_agreements", "submission", submission.id, by=actor.person_id, now=now, partners=partners
        )
    await session.flush()
    return len(agreements)
