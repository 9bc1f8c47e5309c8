"""Review by the secretariat: accept, return a figure with a reason, exempt. It never changes a unit's figure itself."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.language.folding import bare, fold
from services import audit
from services.checkins.errors import NothingToReview
from services.checkins.filling.cards import REPORTED, label_in, name_of
from services.checkins.form import Form
from services.checkins.office import Office
from services.checkins.reading.checks import Severity
from services.checkins.running.telling import recipients_of
from services.checkins.standing.loading import load_sheet
from services.checkins.standing.sheets import Sheet, as_filed
from services.digests.figure_words import find_figure
from services.errors import BadInput
from services.members.actors import Actor
from services.models import CheckinCycle, Submission
from services.outbox import Address, Button, Note, post, withdraw
from services.outbox.posting import Timing


def find_key(form: Form, words: str) -> str | None:
    """The figure or text that people call so; None when none is."""
    wanted = bare(words)
    if not wanted:
        return None
    for one in form.indicators:
        if wanted in (bare(name_of(form, one.key)), bare(one.label)):
            return one.key
    for one in form.indicators:
        if wanted in bare(one.label) or bare(name_of(form, one.key)) in wanted:
            return one.key
    for text in form.texts:
        if wanted in bare(text.label):
            return text.key
    named = find_figure(fold(words), [form])
    return named if named in form.by_key else None


async def return_fields(
    session: AsyncSession,
    office: Office,
    actor: Actor,
    submission: Submission,
    reasons: Mapping[str, str],
    *,
    now: datetime,
) -> int:
    """Give figures back to the unit with a reason each; returns how many people were told.

    Raises:
        NotAllowed: not the secretariat.
        NothingToReview: the unit has not submitted.
        BadInput: a figure without a reason.
    """
    actor.require_secretariat()
    require_reported(submission)
    for key, reason in reasons.items():
        if not reason.strip():
            raise BadInput(field=key, given="", problem="empty")
    returned = {**(submission.returned or {}), **{key: " ".join(why.split())[:200] for key, why in reasons.items()}}
    submission.state, submission.returned = "returned", returned
    submission.accepted_at, submission.accepted_by = None, None
    submission.version += 1
    audit.record(session, "return", "submission", submission.id, by=actor.person_id, now=now, keys=sorted(reasons))
    sheet = await load_sheet(session, office, submission)
    items = [{"label": label_in(sheet, key), "reason": why} for key, why in returned.items()]
    values = {"unit": submission.unit.name, "period": sheet.label, "items": items}
    button = Button("checkin_review.button_mend", "checkin_mend", {"submission_id": submission.id})
    return await _tell_unit(session, office, submission, Note("checkin_review.returned", values, ((button,),)), now=now)


async def accept(session: AsyncSession, actor: Actor, submission: Submission, *, now: datetime) -> None:
    """Accept what stands filed.

    Raises:
        NotAllowed: not the secretariat.
        NothingToReview: the unit has not submitted.
    """
    actor.require_secretariat()
    require_reported(submission)
    submission.state, submission.accepted_at, submission.accepted_by = "accepted", now, actor.person_id
    submission.version += 1
    audit.record(session, "accept", "submission", submission.id, by=actor.person_id, now=now)


async def accept_clean(
    session: AsyncSession, office: Office, actor: Actor, cycle: CheckinCycle, *, now: datetime
) -> tuple[list[str], list[str]]:
    """Accept every submitted check-in that is complete and that no check speaks of; returns accepted and left names.

    Raises:
        NotAllowed: not the secretariat.
    """
    actor.require_secretariat()
    accepted, left = [], []
    rows = await session.scalars(
        select(Submission)
        .where(Submission.cycle_id == cycle.id, Submission.state == "submitted")
        .order_by(Submission.unit_id)
        .with_for_update(of=Submission)  # nobody changes a figure between the look at it and the acceptance
        .execution_options(populate_existing=True)
    )
    for submission in list(rows):
        if list_notes(await load_sheet(session, office, submission)):
            left.append(submission.unit.name)
        else:
            await accept(session, actor, submission, now=now)
            accepted.append(submission.unit.name)
    return accepted, left


def list_notes(sheet: Sheet) -> list[str]:
    """Why a check-in deserves a look, judged by what is filed: machine ids of checks, `missing`, `changing`."""
    filed = as_filed(sheet)
    silent = (Severity.CONFIRM,)  # the unit has answered those, else it could not have submitted
    notes = [one.rule for one in filed.findings() if one.severity not in silent]
    return [*notes, *(["missing"] if filed.open_keys else []), *(["changing"] if sheet.is_changing else [])]


async def exempt(session: AsyncSession, actor: Actor, submission: Submission, reason: str, *, now: datetime) -> None:
    """Take the unit out of the month's denominator; reminders stop.

    Raises:
        NotAllowed: not the secretariat.
        BadInput: no reason.
    """
    actor.require_secretariat()
    reason = " ".join(reason.split())[:200]
    if not reason:
        raise BadInput(field="reason", given="", problem="empty")
    submission.state, submission.exempt_reason = "exempt", reason
    submission.version += 1
    await withdraw(session, f"checkin:{submission.cycle.period}:{submission.unit_id}:", "exempt")
    audit.record(session, "exempt", "submission", submission.id, by=actor.person_id, now=now, reason=reason)


async def end_exemption(session: AsyncSession, actor: Actor, sheet: Sheet, *, now: datetime) -> None:
    """The unit owes the month again, or what it had handed in waits for review again; nothing of it was lost.

    Raises:
        NotAllowed: not the secretariat.
        BadInput: the unit is not exempt.
    """
    actor.require_secretariat()
    submission = sheet.submission
    if submission.state != "exempt":
        raise BadInput(field="exemption", given=submission.unit.name, problem="absent")
    begun = "draft" if sheet.draft else "expected"
    submission.state = "submitted" if submission.first_submitted_at is not None else begun
    submission.exempt_reason = ""
    submission.version += 1
    audit.record(session, "end_exemption", "submission", submission.id, by=actor.person_id, now=now)


def require_reported(submission: Submission) -> None:
    """Raise NothingToReview unless the unit has submitted."""
    if submission.state not in (*REPORTED, "returned"):
        raise NothingToReview(unit=submission.unit.name)


async def _tell_unit(
    session: AsyncSession, office: Office, submission: Submission, note: Note, *, now: datetime
) -> int:
    told = 0
    at = office.quiet_hours.next_send_at(now)
    for one in await recipients_of(session, submission):
        key = f"checkin_review:{submission.id}:{submission.version}:{one.telegram_id}"
        to = Address(one.telegram_id, person_id=one.person_id)
        told += bool(await post(session, note, to, now=now, business_key=key, timing=Timing(at)))
    return told
