"""Filing a draft: what counts is what a person has filed, and every change of it is a version."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.checkins.errors import CheckFailed, CorrectionUnexplained, NothingToFile
from services.checkins.filling.doubts import find_doubts
from services.checkins.filling.drafting import COPIED, blank, in_order, require_open
from services.checkins.filling.owning import require_free
from services.checkins.form import State
from services.checkins.standing.sheets import Sheet, plain
from services.members.actors import Actor
from services.models import CheckinEntry, EntryVersion, Submission
from services.outbox import withdraw
from services.registers.noting import file_drafts
from services.registers.said import NAMES_OF

REASON = "reason:"  # begins the note of a drafted correction that says why


@dataclass(frozen=True)
class Filed:
    """What filing did. `may_lack_names`: something was counted whose names a register may still want."""

    submission: Submission
    keys: tuple[str, ...]
    is_late: bool
    is_first: bool
    missing: tuple[str, ...]
    may_lack_names: bool


async def file_draft(
    session: AsyncSession, actor: Actor, sheet: Sheet, *, now: datetime, reason: str = "", on_behalf: bool = False
) -> Filed:
    """File the draft after the person confirmed the card: every change becomes a version, reminders stop.

    The sheet must have been loaded in this transaction. When this raises nothing was written.

    Raises:
        NothingToFile: there is no draft.
        CheckFailed: a figure is rejected or a question about it is open; nothing is filed.
        CorrectionUnexplained: a figure that was filed and accepted, or whose due date passed, changes without a reason.
        PeriodLocked: the cycle is locked.
        UnitIsFilling: the secretariat files, and the unit has begun itself.
    """
    submission = sheet.submission
    await require_free(session, actor, sheet)
    reason = _require_fileable(sheet, actor, reason, now)
    is_first = submission.first_submitted_at is None
    kind = "on_behalf" if on_behalf else ("filed" if is_first else "correction")
    to_file = {**sheet.draft, **_counted(sheet)}
    facts = EntryVersionFacts(kind, reason, submission.returned or {}, actor.person_id, now)
    filed = await _file_entries(session, sheet, to_file, facts)
    await file_drafts(session, actor, sheet.registered.drafts, now=now)
    _mark_submitted(submission, actor, now, on_behalf)
    await withdraw(session, f"checkin:{submission.cycle.period}:{submission.unit_id}:", "submitted")
    audit.record(session, kind, "submission", submission.id, by=actor.person_id, now=now, keys=sorted(to_file))
    await session.flush()
    missing = replace(sheet, draft={}, filed=filed).open_keys
    unnamed = bool(NAMES_OF.keys() & to_file.keys()) or any(not one.title for one in sheet.registered.drafts)
    return Filed(submission, tuple(to_file), submission.is_late, is_first, tuple(missing), unnamed)


def _require_fileable(sheet: Sheet, actor: Actor, reason: str, now: datetime) -> str:
    """The reason that a correction is filed with."""
    if not sheet.has_draft:
        raise NothingToFile(period=sheet.submission.cycle.period)
    require_open(sheet.submission, actor)
    open_ = [one for one in find_doubts(sheet) if one.blocks]
    if open_:
        raise CheckFailed(rules=sorted({one.rule for one in open_}), keys=sorted({one.key for one in open_}))
    changed = keys_needing_reason(sheet, now)
    reason = reason or drafted_reason(sheet)
    if changed and not reason:
        raise CorrectionUnexplained(keys=changed)
    return reason


def _counted(sheet: Sheet) -> dict[str, CheckinEntry]:
    """The figures that registers know and nobody has said: they are filed with the others."""
    said = {**sheet.filed, **sheet.draft}
    return {key: one for key, one in sheet.counted.items() if key not in said or said[key].state == State.MISSING}


def keys_needing_reason(sheet: Sheet, now: datetime) -> list[str]:
    """Filed figures that the draft changes when that needs a reason: after the due date, or once accepted."""
    submission = sheet.submission
    if submission.state != "accepted" and (now <= submission.due_at or submission.state != "submitted"):
        return []
    answered = {key: one for key, one in sheet.draft.items() if one.state != State.MISSING}
    return [key for key, one in answered.items() if key in sheet.filed and snapshot(one) != snapshot(sheet.filed[key])]


def drafted_reason(sheet: Sheet) -> str:
    """Why, as the words of a drafted correction said it; empty when they did not."""
    return next((one.note.removeprefix(REASON) for one in sheet.draft.values() if one.note.startswith(REASON)), "")


@dataclass(frozen=True)
class EntryVersionFacts:
    """Kind of change, reason (for returned figures, what was asked for), who, when."""

    kind: str
    reason: str
    asked_for: Mapping[str, str]
    by: int | None
    at: datetime

    def why(self, key: str) -> str:
        """The reason of one figure's change."""
        return (self.reason or self.asked_for.get(key, ""))[:300]


def snapshot(entry: CheckinEntry) -> dict[str, Any]:
    """An entry as its version keeps it."""
    return {
        "value": None if entry.value is None else plain(entry.value),
        "text": entry.text,
        "state": entry.state,
        "is_approx": entry.is_approx,
        "carried_from": entry.carried_from,
    }


async def _file_entries(
    session: AsyncSession, sheet: Sheet, to_file: Mapping[str, CheckinEntry], facts: EntryVersionFacts
) -> dict[str, CheckinEntry]:
    """Put what was drafted in the place of what was filed; returns what is filed after it."""
    filed, versions = dict(sheet.filed), []
    for key, draft in to_file.items():
        if draft.state == State.MISSING:
            continue
        entry = filed.get(key)
        before, after = (snapshot(entry) if entry else None), snapshot(draft)
        if entry is None:
            entry = filed[key] = blank(sheet.submission.id, key, layer="filed")
            session.add(entry)
        elif before != after:
            entry.version += 1
        for name in COPIED:
            setattr(entry, name, getattr(draft, name))
        entry.changed_by, entry.changed_at = facts.by, facts.at
        if before != after:
            versions.append(_version(sheet, entry, (before, after), facts))
    for draft in sheet.draft.values():
        await session.delete(draft)
    if versions:
        await session.execute(insert(EntryVersion), versions)
    return in_order(filed)


def _version(
    sheet: Sheet, entry: CheckinEntry, change: tuple[dict[str, Any] | None, dict[str, Any]], facts: EntryVersionFacts
) -> dict[str, Any]:
    return {
        "submission_id": sheet.submission.id,
        "key": entry.key,
        "version": entry.version,
        "form_id": sheet.form.id,
        "form_version": sheet.form.version,
        "before": change[0],
        "after": change[1],
        "kind": facts.kind,
        "reason": facts.why(entry.key),
        "by": facts.by,
        "at": facts.at,
    }


def _mark_submitted(submission: Submission, actor: Actor, now: datetime, on_behalf: bool) -> None:
    if submission.first_submitted_at is None:
        submission.first_submitted_at = now
        submission.is_late = now > submission.due_at
    submission.state, submission.submitted_at, submission.submitted_by = "submitted", now, actor.person_id
    submission.returned, submission.accepted_at, submission.accepted_by = None, None, None
    submission.on_behalf = on_behalf
    submission.version += 1
