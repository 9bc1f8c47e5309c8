"""Drafting, filing and correcting. A draft is stored with every answer; what counts is what a person has filed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.checkins.checks import Finding, Severity
from services.checkins.errors import CheckFailed, NothingToFile, PeriodLocked, ReasonMissing
from services.checkins.form import State
from services.checkins.office import Office
from services.checkins.reading import Item
from services.checkins.sheets import Sheet, load_sheet
from services.members.actors import Actor
from services.models import CheckinEntry, EntryVersion, Submission
from services.outbox import withdraw


@dataclass(frozen=True)
class Answers:
    """What one message or press adds to a draft. `confirmed` lists rules the person was asked about and affirmed."""

    items: Mapping[str, Item] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    confirmed: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Conflict:
    """Two people of one unit gave different figures; the later stands in the draft, both are shown."""

    key: str
    earlier: Decimal | None
    earlier_by: int | None
    now: Decimal | None


@dataclass(frozen=True)
class Filed:
    """What filing did."""

    submission: Submission
    keys: tuple[str, ...]
    is_late: bool
    is_first: bool
    missing: tuple[str, ...]


async def save_answers(
    session: AsyncSession, actor: Actor, sheet: Sheet, answers: Answers, *, now: datetime
) -> list[Conflict]:
    """Put answers into the draft; returns where somebody else of the unit had given another figure.

    Raises:
        PeriodLocked: the cycle is locked.
    """
    submission = sheet.submission
    if submission.cycle.locked_at is not None:
        raise PeriodLocked(period=submission.cycle.period)
    conflicts = []
    for key, item in answers.items.items():
        before = sheet.draft.get(key)
        if before and before.changed_by not in (None, actor.person_id) and before.value != item.value:
            conflicts.append(Conflict(key, before.value, before.changed_by, item.value))
        entry = before or _blank(submission.id, key)
        _fill(entry, item, sheet, answers.confirmed.get(key, ()), actor, now)
        session.add(entry)
    for key, text in answers.texts.items():
        entry = sheet.draft.get(key) or _blank(submission.id, key)
        entry.text, entry.state, entry.value = text, State.FILLED, None
        entry.changed_by, entry.changed_at = actor.person_id, now
        session.add(entry)
    if submission.state in ("expected", "exempt") and (answers.items or answers.texts):
        submission.state = "draft"
    submission.version += 1
    await session.flush()
    return conflicts


async def drop_draft(session: AsyncSession, sheet: Sheet, keys: Sequence[str] | None = None) -> None:
    """Forget drafted answers (all, or those keys); what was filed stays."""
    for key, entry in sheet.draft.items():
        if keys is None or key in keys:
            await session.delete(entry)
    if keys is None and sheet.submission.state == "draft" and not sheet.filed:
        sheet.submission.state = "expected"
    await session.flush()


async def file_draft(
    session: AsyncSession,
    office: Office,
    actor: Actor,
    submission: Submission,
    *,
    now: datetime,
    reason: str = "",
    on_behalf: bool = False,
) -> Filed:
    """File the draft after the person confirmed the card: every change becomes a version, reminders stop.

    Raises:
        NothingToFile: there is no draft.
        CheckFailed: a check rejects a figure; nothing is filed.
        ReasonMissing: a figure that was filed and accepted, or whose due date passed, changes without a reason.
        PeriodLocked: the cycle is locked.
    """
    sheet = await load_sheet(session, office, submission)
    if not sheet.draft:
        raise NothingToFile(period=submission.cycle.period)
    if submission.cycle.locked_at is not None:
        raise PeriodLocked(period=submission.cycle.period)
    rejected = [one for one in sheet.findings() if one.severity is Severity.REJECT]
    if rejected:
        raise CheckFailed(findings=[as_fact(one) for one in rejected])
    changed = [key for key in sheet.draft if key in sheet.filed and _differs(sheet.draft[key], sheet.filed[key])]
    needs_reason = submission.state == "accepted" or (now > submission.due_at and submission.state == "submitted")
    if changed and needs_reason and not reason:
        raise ReasonMissing(keys=changed)
    is_first = submission.first_submitted_at is None
    kind = "on_behalf" if on_behalf else ("filed" if is_first else "correction")
    for key, draft in sheet.draft.items():
        await _file_entry(session, sheet, key, draft, EntryVersionFacts(kind, reason, actor.person_id, now))
    _mark_submitted(submission, actor, now, on_behalf)
    await withdraw(session, f"checkin:{submission.cycle.period}:{submission.unit_id}:", "submitted")
    audit.record(session, kind, "submission", submission.id, by=actor.person_id, now=now, keys=sorted(sheet.draft))
    await session.flush()
    after = await load_sheet(session, office, submission)
    return Filed(submission, tuple(sheet.draft), submission.is_late, is_first, tuple(after.open_keys))


@dataclass(frozen=True)
class EntryVersionFacts:
    """Kind of change, reason, who, when."""

    kind: str
    reason: str
    by: int | None
    at: datetime


def as_fact(finding: Finding) -> dict[str, Any]:
    """A finding with JSON types only, for texts and the outbox."""
    facts = {name: _plain(value) for name, value in finding.facts.items()}
    return {"rule": finding.rule, "key": finding.key, "severity": finding.severity.value, "facts": facts}


def snapshot(entry: CheckinEntry) -> dict[str, Any]:
    """An entry as its version keeps it."""
    return {
        "value": None if entry.value is None else str(entry.value.normalize()),
        "text": entry.text,
        "state": entry.state,
        "is_approx": entry.is_approx,
        "carried_from": entry.carried_from,
    }


async def _file_entry(
    session: AsyncSession, sheet: Sheet, key: str, draft: CheckinEntry, facts: EntryVersionFacts
) -> None:
    filed = sheet.filed.get(key)
    before = snapshot(filed) if filed else None
    after = snapshot(draft)
    if filed is None:
        filed = _blank(sheet.submission.id, key, layer="filed")
        session.add(filed)
    elif before != after:
        filed.version += 1
    for name in ("value", "text", "state", "is_approx", "carried_from", "confirmed", "source", "note"):
        setattr(filed, name, getattr(draft, name))
    filed.changed_by, filed.changed_at = facts.by, facts.at
    if before != after:
        session.add(
            EntryVersion(
                submission_id=sheet.submission.id,
                key=key,
                version=filed.version,
                form_id=sheet.form.id,
                form_version=sheet.form.version,
                before=before,
                after=after,
                kind=facts.kind,
                reason=facts.reason[:300],
                by=facts.by,
                at=facts.at,
            )
        )
    await session.delete(draft)


def _mark_submitted(submission: Submission, actor: Actor, now: datetime, on_behalf: bool) -> None:
    if submission.first_submitted_at is None:
        submission.first_submitted_at = now
        submission.is_late = now > submission.due_at
    submission.state, submission.submitted_at, submission.submitted_by = "submitted", now, actor.person_id
    submission.returned, submission.accepted_at, submission.accepted_by = None, None, None
    submission.on_behalf = on_behalf
    submission.version += 1


def _blank(submission_id: int, key: str, layer: str = "draft") -> CheckinEntry:
    return CheckinEntry(
        submission_id=submission_id,
        key=key,
        layer=layer,
        state=State.MISSING.value,
        is_approx=False,
        carried_from="",
        confirmed=[],
        source="",
        note="",
        version=1,
    )


def _fill(entry: CheckinEntry, item: Item, sheet: Sheet, confirmed: Sequence[str], actor: Actor, now: datetime) -> None:
    entry.value, entry.state, entry.is_approx = item.value, item.state.value, item.approx
    entry.carried_from = str(sheet.period.previous) if item.state is State.CARRIED else ""
    entry.source, entry.note = item.source[:300], item.note[:300]
    entry.confirmed = sorted({*confirmed})
    entry.changed_by, entry.changed_at = actor.person_id, now


def _differs(one: CheckinEntry, other: CheckinEntry) -> bool:
    return snapshot(one) != snapshot(other)


def _plain(value: object) -> Any:
    if isinstance(value, Decimal):
        return str(value.normalize())
    return value if isinstance(value, str | int | float | bool | None) else str(value)
