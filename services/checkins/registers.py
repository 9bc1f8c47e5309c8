"""Registers born from replies: agreements named by their partners."""

import re
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.checkins.privacy import redact
from services.errors import NotAllowed, NotFound
from services.members.actors import Actor
from services.models import CheckinEntry, RegisterRow, Submission

AGREEMENTS = "agreements"
NEW_AGREEMENTS = "coop_agreements_new"
_APART = re.compile(r"[、，,；;\n/]+|和(?=[^、]{2,})|与(?=[^、]{2,})|及(?=[^、]{2,})")
_SKIPPED = re.compile(r"(?:跳过|不填|略|以后再说|无|没有|先不填|暂时没有)[。.]?")
_LEADING = re.compile(r"^(?:分别)?(?:是|跟|同|和|与|有)")


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
    names = read_partners(words)
    for name in names:
        session.add(
            RegisterRow(
                register=AGREEMENTS,
                unit_id=submission.unit_id,
                submission_id=submission.id,
                title=name,
                partner=name,
                kind="cooperation",
                state="open",
                facts={"period": submission.cycle.period},
                created_by=actor.person_id,
                created_at=now,
            )
        )
    await session.flush()
    return len(names)


def read_partners(words: str) -> list[str]:
    """The names in a list of partners; none when the person skips."""
    if _SKIPPED.fullmatch(words.strip()):
        return []
    parts = [_LEADING.sub("", part.strip(" 。.：:")) for part in _APART.split(redact(words))]
    return list(dict.fromkeys(part[:200] for part in parts if len(part) >= 2))[:50]
