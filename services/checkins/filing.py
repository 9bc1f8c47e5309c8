"""Drafting, filing and correcting. A draft is stored with every answer; what counts is what a person has filed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.checkins.doubts import find_doubts, read_pending, write_pending
from services.checkins.errors import CheckFailed, CorrectionUnexplained, NothingToFile, PeriodLocked
from services.checkins.form import State
from services.checkins.office import Office
from services.checkins.reading import Item
from services.checkins.sheets import Sheet, label_of_cycle, load_sheet, plain
from services.members.actors import Actor
from services.models import CheckinEntry, EntryVersion, Submission
from services.outbox import withdraw
from services.registers.noting import drop_drafts, file_drafts

REASON = "reason:"  # begins the note of a drafted correction that says why
COPIED = ("value", "text", "state", "is_approx", "carried_from", "confirmed", "source", "note")


@dataclass(frozen=True)
class Answers:
    """What one message or press adds to a draft.

    `confirmed` lists rules the person was asked about and affirmed; `pending` questions about the wording, by key.
    """

    items: Mapping[str, Item] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    confirmed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    pending: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.items or self.texts or self.confirmed)


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
        PeriodLocked: the cycle is locked and it is not the secretariat that writes.
    """
    submission = sheet.submission
    require_open(submission, actor)
    conflicts = []
    for key, item in answers.items.items():
        before = sheet.draft.get(key)
        if before and before.value is not None and _is_of_another(before, actor) and before.value != item.value:
            conflicts.append(Conflict(key, before.value, before.changed_by, item.value))
        entry = before or _blank(submission.id, key)
        _fill(entry, item, sheet, answers.confirmed.get(key, ()), actor, now)
        if key in answers.pending:
            entry.note = write_pending(answers.pending[key])
        session.add(entry)
    for key in answers.confirmed.keys() - answers.items.keys():
        entry = sheet.draft.get(key) or _draft_of(sheet, key)
        entry.confirmed = sorted({*entry.confirmed, *answers.confirmed[key]})
        entry.note = "" if read_pending(entry) else entry.note
        entry.changed_by, entry.changed_at = actor.person_id, now
        session.add(entry)
    for key, text in answers.texts.items():
        entry = sheet.draft.get(key) or _blank(submission.id, key)
        entry.text, entry.state, entry.value = text, State.FILLED, None
        entry.changed_by, entry.changed_at = actor.person_id, now
        session.add(entry)
    mark_begun(submission, begun=bool(answers))
    await session.flush()
    return conflicts


def mark_begun(submission: Submission, *, begun: bool = True) -> None:
    """Something was added: a card shown before is an old one."""
    if submission.state == "expected" and begun:
        submission.state = "draft"
    submission.version += 1


async def drop_draft(
    session: AsyncSession, actor: Actor, sheet: Sheet, keys: Sequence[str] | None = None, *, now: datetime
) -> None:
    """Forget drafted answers (all, or those keys); what was filed stays."""
    require_open(sheet.submission, actor)
    gone = [key for key in sheet.draft if keys is None or key in keys]
    for key in gone:
        await session.delete(sheet.draft[key])
    if keys is None:
        await drop_drafts(session, sheet.submission.id)
    if keys is None and sheet.submission.state == "draft" and not sheet.filed:
        sheet.submission.state = "expected"
    sheet.submission.version += 1
    audit.record(session, "drop_draft", "submission", sheet.submission.id, by=actor.person_id, now=now, keys=gone)
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
        CheckFailed: a figure is rejected or a question about it is open; nothing is filed.
        CorrectionUnexplained: a figure that was filed and accepted, or whose due date passed, changes without a reason.
        PeriodLocked: the cycle is locked.
    """
    await session.refresh(submission, with_for_update={"of": Submission})
    sheet = await load_sheet(session, office, submission)
    if not sheet.has_draft:
        raise NothingToFile(period=submission.cycle.period)
    require_open(submission, actor)
    open_ = [one for one in find_doubts(sheet) if one.blocks]
    if open_:
        raise CheckFailed(rules=sorted({one.rule for one in open_}), keys=sorted({one.key for one in open_}))
    changed = keys_needing_reason(sheet, now)
    reason = reason or drafted_reason(sheet)
    if changed and not reason:
        raise CorrectionUnexplained(keys=changed)
    is_first = submission.first_submitted_at is None
    kind = "on_behalf" if on_behalf else ("filed" if is_first else "correction")
    asked_for = submission.returned or {}
    to_file = {**sheet.draft, **await _take_counted(session, sheet, actor, now)}
    for key, draft in to_file.items():
        if draft.state == State.MISSING:
            await session.delete(draft)
            continue
        facts = EntryVersionFacts(kind, reason or asked_for.get(key, ""), actor.person_id, now)
        await _file_entry(session, sheet, key, draft, facts)
    await file_drafts(session, actor, submission, now=now)
    _mark_submitted(submission, actor, now, on_behalf)
    await withdraw(session, f"checkin:{submission.cycle.period}:{submission.unit_id}:", "submitted")
    audit.record(session, kind, "submission", submission.id, by=actor.person_id, now=now, keys=sorted(to_file))
    await session.flush()
    after = await load_sheet(session, office, submission)
    return Filed(submission, tuple(to_file), submission.is_late, is_first, tuple(after.open_keys))


async def _take_counted(session: AsyncSession, sheet: Sheet, actor: Actor, now: datetime) -> dict[str, CheckinEntry]:
    """The figures that registers know and nobody has said, stored as draft entries of this filing."""
    said = {**sheet.filed, **sheet.draft}
    found = {}
    for key, counted in sheet.counted.items():
        if key in said and said[key].state != State.MISSING:
            continue
        entry = sheet.draft.get(key) or counted
        for name in COPIED:
            setattr(entry, name, getattr(counted, name))
        entry.changed_by, entry.changed_at = actor.person_id, now
        session.add(entry)
        found[key] = entry
    await session.flush()
    return found


def keys_needing_reason(sheet: Sheet, now: datetime) -> list[str]:
    """Filed figures that the draft changes when that needs a reason: after the due date, or once accepted."""
    submission = sheet.submission
    if submission.state != "accepted" and (now <= submission.due_at or submission.state != "submitted"):
        return []
    answered = {key: one for key, one in sheet.draft.items() if one.state != State.MISSING}
    return [key for key, one in answered.items() if key in sheet.filed and _differs(one, sheet.filed[key])]


def drafted_reason(sheet: Sheet) -> str:
    """Why, as the words of a drafted correction said it; empty when they did not."""
    return next((one.note.removeprefix(REASON) for one in sheet.draft.values() if one.note.startswith(REASON)), "")


@dataclass(frozen=True)
class EntryVersionFacts:
    """Kind of change, reason, who, when."""

    kind: str
    reason: str
    by: int | None
    at: datetime


def snapshot(entry: CheckinEntry) -> dict[str, Any]:
    """An entry as its version keeps it."""
    return {
        "value": None if entry.value is None else plain(entry.value),
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
    for name in COPIED:
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
    entry.carried_from = str(sheet.before) if item.state is State.CARRIED else ""
    entry.source, entry.note = item.source[:300], item.note[:300]
    entry.confirmed = sorted({*confirmed})
    entry.changed_by, entry.changed_at = actor.person_id, now


def _is_of_another(entry: CheckinEntry, actor: Actor) -> bool:
    return entry.changed_by not in (None, actor.person_id)


def _differs(one: CheckinEntry, other: CheckinEntry) -> bool:
    return snapshot(one) != snapshot(other)


def _draft_of(sheet: Sheet, key: str) -> CheckinEntry:
    """A draft that begins as what is filed."""
    entry, filed = _blank(sheet.submission.id, key), sheet.filed.get(key)
    if filed is not None:
        for name in COPIED:
            setattr(entry, name, getattr(filed, name))
    return entry


def require_open(submission: Submission, actor: Actor) -> None:
    """A locked month is corrected by the secretariat only.

    Raises:
        PeriodLocked: it is locked and somebody else writes.
    """
    if submission.cycle.locked_at is not None and not actor.is_secretariat:
        raise PeriodLocked(period=label_of_cycle(submission.cycle))
