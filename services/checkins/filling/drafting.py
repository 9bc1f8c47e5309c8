"""What people put into a draft. It is stored with every answer, and a card shown before it is an old one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.checkins.errors import PeriodLocked
from services.checkins.filling.doubts import read_pending, write_pending
from services.checkins.filling.owning import find_filled_for, require_free
from services.checkins.form import State
from services.checkins.reading.understood import Item
from services.checkins.standing.loading import recount
from services.checkins.standing.sheets import Sheet, label_of_cycle, plain
from services.members.actors import Actor
from services.models import CheckinEntry, Submission
from services.registers.counting import COUNTED

COPIED = ("value", "text", "state", "is_approx", "carried_from", "confirmed", "source", "note")
STORED = Decimal("0.0001")  # the places that a figure keeps


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
class Taken:
    """What became of an answer: the sheet after it, and where another person had said something else.

    ``before`` has every key touched, with the draft it had (`kept`) or None; ``rows`` are the register drafts it added.
    ``filled_for``: keys the secretariat had answered, and who did; ``left``: words that no figure gave way to.
    """

    sheet: Sheet
    conflicts: tuple[Conflict, ...] = ()
    rejected: tuple[str, ...] = ()
    before: Mapping[str, dict[str, Any] | None] = field(default_factory=dict)
    rows: tuple[int, ...] = ()
    filled_for: Mapping[str, int] = field(default_factory=dict)
    is_takeover: bool = False
    left: tuple[str, ...] = ()


async def save_answers(session: AsyncSession, actor: Actor, sheet: Sheet, answers: Answers, *, now: datetime) -> Taken:
    """Put answers into the draft; the sheet must have been loaded in this transaction.

    Raises:
        PeriodLocked: the cycle is locked and it is not the secretariat that writes.
        UnitIsFilling: the secretariat writes, and the unit has begun itself.
    """
    submission = sheet.submission
    require_open(submission, actor)
    await require_free(session, actor, sheet)
    filled_for = await find_filled_for(session, actor, sheet)
    takes_over = bool(filled_for) and len(filled_for) == len(sheet.draft)
    changed: dict[str, CheckinEntry] = {}
    touched = {*answers.items, *answers.confirmed, *answers.texts}
    before_all = {key: kept(sheet.draft[key]) if key in sheet.draft else None for key in sorted(touched)}
    conflicts = []
    for key, item in answers.items.items():
        before = sheet.draft.get(key)
        if before and before.value is not None and _is_of_another(before, actor) and before.value != item.value:
            conflicts.append(Conflict(key, before.value, before.changed_by, item.value))
        entry = changed[key] = before or blank(submission.id, key)
        _fill(entry, item, sheet, answers.confirmed.get(key, ()))
        if key in answers.pending:
            entry.note = write_pending(answers.pending[key])
    for key in answers.confirmed.keys() - answers.items.keys():
        entry = changed[key] = sheet.draft.get(key) or _draft_of(sheet, key)
        entry.confirmed = sorted({*entry.confirmed, *answers.confirmed[key]})
        entry.note = "" if read_pending(entry) else entry.note
    for key, text in answers.texts.items():
        entry = changed[key] = sheet.draft.get(key) or blank(submission.id, key)
        entry.text, entry.state, entry.value = text, State.FILLED.value, None
    for entry in changed.values():
        entry.changed_by, entry.changed_at = actor.person_id, now
    session.add_all(changed.values())
    mark_begun(submission, begun=bool(answers))
    await session.flush()
    after = replace(sheet, draft=in_order({**sheet.draft, **changed}))
    return Taken(after, tuple(conflicts), before=before_all, filled_for=filled_for, is_takeover=takes_over)


def kept(entry: CheckinEntry) -> dict[str, Any]:
    """A drafted answer in JSON types, to be put back by `undo`."""
    found = {name: getattr(entry, name) for name in COPIED}
    return {**found, "value": None if entry.value is None else plain(entry.value)}


async def undo(
    session: AsyncSession,
    actor: Actor,
    sheet: Sheet,
    before: Mapping[str, dict[str, Any] | None],
    rows: Sequence[int],
    *,
    now: datetime,
) -> Sheet:
    """Put the draft back to what it was `before` an answer that added `rows`; what was filed stays.

    Returns the sheet after it.
    """
    require_open(sheet.submission, actor)
    await require_free(session, actor, sheet)
    left = [one for one in sheet.registered.drafts if one.id not in rows]
    for row in sheet.registered.drafts:
        if row.id in rows:
            await session.delete(row)
    draft = dict(sheet.draft)
    for key, was in before.items():
        entry = draft.get(key)
        if was is None:
            if entry is not None:
                await session.delete(draft.pop(key))
            continue
        if entry is None:
            entry = draft[key] = blank(sheet.submission.id, key)
            session.add(entry)
        for name, value in {**was, "value": None if was["value"] is None else Decimal(was["value"])}.items():
            setattr(entry, name, value)
        entry.changed_by, entry.changed_at = actor.person_id, now
    if not draft and not sheet.filed and not left and sheet.submission.state == "draft":
        sheet.submission.state = "expected"
    sheet.submission.version += 1
    audit.record(session, "undo", "submission", sheet.submission.id, by=actor.person_id, now=now, keys=sorted(before))
    await session.flush()
    return await recount(session, replace(sheet, draft=in_order(draft)))


def mark_begun(submission: Submission, *, begun: bool = True) -> None:
    """Something was added: a card shown before is an old one."""
    if submission.state == "expected" and begun:
        submission.state = "draft"
    submission.version += 1


async def drop_draft(
    session: AsyncSession,
    actor: Actor,
    sheet: Sheet,
    keys: Sequence[str] | None = None,
    *,
    now: datetime,
    put_away: bool = False,
) -> Sheet:
    """Forget drafted answers (all, or those keys); what was filed stays. Returns the sheet after it.

    ``put_away``: the unit's people are sent what they had.
    """
    require_open(sheet.submission, actor)
    if not put_away:
        await require_free(session, actor, sheet)
    gone = [key for key in sheet.draft if keys is None or key in keys]
    for key in gone:
        await session.delete(sheet.draft[key])
    for row in sheet.registered.drafts if keys is None else ():
        await session.delete(row)
    if keys is None and sheet.submission.state == "draft" and not sheet.filed:
        sheet.submission.state = "expected"
    sheet.submission.version += 1
    audit.record(session, "drop_draft", "submission", sheet.submission.id, by=actor.person_id, now=now, keys=gone)
    await session.flush()
    sheet = replace(sheet, draft={key: one for key, one in sheet.draft.items() if key not in gone})
    return await recount(session, sheet) if keys is None else sheet


def require_open(submission: Submission, actor: Actor) -> None:
    """A locked month is corrected by the secretariat only.

    Raises:
        PeriodLocked: it is locked and somebody else writes.
    """
    if submission.cycle.locked_at is not None and not actor.is_secretariat:
        raise PeriodLocked(period=label_of_cycle(submission.cycle))


def blank(submission_id: int, key: str, layer: str = "draft") -> CheckinEntry:
    """An entry that says nothing yet."""
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


def in_order(entries: Mapping[str, CheckinEntry]) -> dict[str, CheckinEntry]:
    """In the order in which the database gives them."""
    return {key: entries[key] for key in sorted(entries)}


def _fill(entry: CheckinEntry, item: Item, sheet: Sheet, confirmed: Sequence[str]) -> None:
    entry.value = None if item.value is None else _stored(item.value)
    entry.state, entry.is_approx = item.state.value, item.approx
    entry.carried_from = str(sheet.before) if item.state is State.CARRIED else ""
    entry.source, entry.note = item.source[:300], item.note[:300]
    entry.confirmed = sorted({*confirmed})


def _stored(value: Decimal) -> Decimal:
    """As the database will give it back: the card shows what is stored."""
    return value.quantize(STORED, ROUND_HALF_UP) if value != value.quantize(STORED, ROUND_HALF_UP) else value


def _is_of_another(entry: CheckinEntry, actor: Actor) -> bool:
    return entry.changed_by not in (None, actor.person_id)


def _draft_of(sheet: Sheet, key: str) -> CheckinEntry:
    """A draft that begins as what stands: what is filed, or what a register counts and is affirmed so."""
    entry, stands = blank(sheet.submission.id, key), sheet.current.get(key)
    if stands is not None:
        for name in COPIED:
            setattr(entry, name, getattr(stands, name))
        entry.note = "" if entry.note == COUNTED else entry.note  # from now on a figure that somebody stands by
    return entry
