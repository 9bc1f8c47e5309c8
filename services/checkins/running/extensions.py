"""More time and quiet: 「能不能缓两天」 goes to the secretariat; 「周五前报，别催了」 within the term is just heard."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.calendar.zones import local_day, to_utc
from services.checkins.errors import NotOwing
from services.checkins.office import Office
from services.checkins.running.recipients import find_recipients, pick
from services.checkins.running.telling import find_other_person
from services.checkins.standing.finding import OWING
from services.checkins.standing.sheets import label_of_cycle
from services.errors import AlreadyClosed, NotFound
from services.members.actors import Actor
from services.members.reach import list_secretariat
from services.models import Extension, Submission
from services.outbox import Address, Button, Note, post


@dataclass(frozen=True)
class Asked:
    """A request that went out: until when, and how many of the secretariat were told.

    ``is_new`` is False when one for the same day waits for its answer already.
    """

    until: date
    told: int
    is_new: bool = True


def due_after(office: Office, until: date) -> date:
    """The day that a wish for more time comes to: a day that is worked."""
    return office.calendar.workdays.due_on(until)


def is_within(office: Office, submissions: Sequence[Submission], until: date) -> bool:
    """Whether that day lies within the term of all of them anyway."""
    return all(until <= local_day(one.due_at, office.zone) for one in submissions)


def keep_quiet(
    session: AsyncSession, office: Office, actor: Actor, submission: Submission, until: date, *, now: datetime
) -> None:
    """No reminder before that day."""
    submission.quiet_until = to_utc(until, office.settings.opens_time, office.zone)
    audit.record(session, "snooze", "submission", submission.id, by=actor.person_id, now=now)


async def ask_extension(
    session: AsyncSession,
    office: Office,
    actor: Actor,
    submission: Submission,
    wish: tuple[date, str],
    *,
    secretaries: frozenset[int],
    now: datetime,
) -> Asked:
    """Put the wish (until when, in which words) to the secretariat, in the place of one that waits for an answer."""
    until, words = due_after(office, wish[0]), wish[1]
    wanted = to_utc(until, office.settings.due_time, office.zone)
    waiting = await session.scalars(
        select(Extension).where(Extension.submission_id == submission.id, Extension.decision == "")
    )
    for one in waiting:
        if one.wanted_until == wanted:
            return Asked(until, 0, is_new=False)
        one.decision, one.decided_by, one.decided_at = "replaced", actor.person_id, now
    row = Extension(
        submission_id=submission.id,
        wanted_until=wanted,
        reason=" ".join(words.split())[:300],
        asked_by=actor.person_id,
        asked_at=now,
    )
    session.add(row)
    await session.flush()
    return Asked(until, await _ask(session, submission, row, actor.name, secretaries=secretaries, now=now))


async def find_waiting(session: AsyncSession, submission_id: int) -> Extension | None:
    """The request of a check-in that waits for an answer."""
    query = select(Extension).where(Extension.submission_id == submission_id, Extension.decision == "")
    found: Extension | None = await session.scalar(query.order_by(Extension.id.desc()).limit(1))
    return found


async def decide_extension(
    session: AsyncSession, actor: Actor, extension_id: int, *, granted: bool, now: datetime
) -> tuple[Extension, Submission]:
    """The secretariat agrees or not; the one who asked is told, and the due date moves.

    Raises:
        NotAllowed: not the secretariat.
        NotFound: no such request.
        AlreadyClosed: another secretary was faster, or the unit has put another request in its place.
    """
    actor.require_secretariat()
    row = await session.get(Extension, extension_id, with_for_update=True)
    submission = await session.get(Submission, row.submission_id) if row else None
    if row is None or submission is None:
        raise NotFound(what="extension", given=str(extension_id))
    if row.decision:
        raise AlreadyClosed()
    row.decision, row.decided_by, row.decided_at = ("granted" if granted else "refused"), actor.person_id, now
    if granted:
        _grant(submission, row)
    audit.record(session, row.decision, "extension", row.id, by=actor.person_id, now=now)
    asker = await find_other_person(session, row.asked_by)
    if asker is not None and asker.telegram_id:
        values = {**_values(submission), "granted": granted, "due_at": submission.due_at.isoformat()}
        note = Note("checkin_review.extension_decided", values)
        key = f"checkin_extension:{row.id}:decided"
        await post(session, note, Address(asker.telegram_id, person_id=asker.id), now=now, business_key=key)
    return row, submission


async def extend_term(
    session: AsyncSession, office: Office, actor: Actor, submission: Submission, until: date, *, now: datetime
) -> bool:
    """The secretariat gives more time of its own accord; the unit is told. Returns whether anybody could be told.

    Raises:
        NotAllowed: not the secretariat.
        NotOwing: the unit has filed meanwhile.
    """
    actor.require_secretariat()
    if submission.state not in OWING:
        raise NotOwing(unit=submission.unit.name)
    for one in await session.scalars(
        select(Extension).where(Extension.submission_id == submission.id, Extension.decision == "")
    ):
        one.decision, one.decided_by, one.decided_at = "replaced", actor.person_id, now
    wanted = to_utc(due_after(office, until), office.settings.due_time, office.zone)
    row = Extension(
        submission_id=submission.id,
        wanted_until=wanted,
        decision="granted",
        asked_by=actor.person_id,
        asked_at=now,
        decided_by=actor.person_id,
        decided_at=now,
    )
    session.add(row)
    await session.flush()
    _grant(submission, row)
    audit.record(session, "granted", "extension", row.id, by=actor.person_id, now=now)
    reader = pick((await find_recipients(session, [submission.unit_id]))[submission.unit_id], 0)
    if reader is None:
        return False
    values = {**_values(submission), "granted": True, "due_at": submission.due_at.isoformat()}
    to = Address(reader.telegram_id, person_id=reader.person_id)
    note = Note("checkin_review.extension_decided", values)
    await post(session, note, to, now=now, business_key=f"checkin_extension:{row.id}:decided")
    return True


async def list_asked(session: AsyncSession, actor: Actor) -> list[tuple[Extension, Submission]]:
    """The requests for more time that wait: all of them for the secretariat, those of the person's own units."""
    query = (
        select(Extension, Submission)
        .join(Submission, Submission.id == Extension.submission_id)
        .where(Extension.decision == "")
        .order_by(Extension.id)
    )
    if not actor.is_secretariat:
        query = query.where(Submission.unit_id.in_(actor.unit_ids))
    return [(row, submission) for row, submission in await session.execute(query)]


def _grant(submission: Submission, row: Extension) -> None:
    submission.due_at = max(submission.due_at, row.wanted_until)
    filed_at = submission.first_submitted_at
    submission.is_late = filed_at is not None and filed_at > submission.due_at
    submission.quiet_until = row.wanted_until - timedelta(hours=12)


async def _ask(
    session: AsyncSession,
    submission: Submission,
    row: Extension,
    name: str,
    *,
    secretaries: frozenset[int],
    now: datetime,
) -> int:
    values = {
        **_values(submission),
        "by": name,
        "words": row.reason,
        "due_at": submission.due_at.isoformat(),
        "until": row.wanted_until.isoformat(),
    }
    buttons = decision_buttons(row)
    told = 0
    for telegram_id in await list_secretariat(session, secretaries):
        key = f"checkin_extension:{row.id}:{telegram_id}"
        note = Note("checkin_review.extension_asked", values, (buttons,))
        told += bool(await post(session, note, Address(telegram_id), now=now, business_key=key))
    return told


def decision_buttons(row: Extension) -> tuple[Button, ...]:
    """同意, 不同意."""
    return tuple(
        Button(f"checkin_review.button_{verb}", "checkin_extension", {"extension_id": row.id, "granted": granted})
        for verb, granted in (("grant", True), ("refuse", False))
    )


def _values(submission: Submission) -> dict[str, str]:
    return {"unit": submission.unit.name, "period": label_of_cycle(submission.cycle)}
