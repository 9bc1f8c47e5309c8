"""What stands around the figures in a period: texts, corrections of what was issued, decisions, registers, targets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.checkins.form import State
from services.checkins.library import FormLibrary
from services.digests.figures.corrections import Correction, corrections
from services.digests.figures.digest import DecisionLine
from services.digests.figures.replies import Reply, TextReply
from services.digests.issuing.references import reply_id
from services.digests.workbook.register_rows import KeptRow
from services.models import (
    ActionItem,
    CheckinCycle,
    CheckinEntry,
    DigestEdition,
    EntryVersion,
    Meeting,
    RegisterRow,
    Submission,
    TargetReport,
    Unit,
)
from services.periods import Period
from services.supply.collecting import ledger_rows, read_market
from services.supply.market import Market
from services.tasks.plan import list_targets
from services.tasks.status import Actual
from services.tasks.target import Target

COUNTED = ("submitted", "accepted")
SETTLED = ("verified_closed", "cancelled")
PLEAS = ("提请联席会", "提交联席会", "请联席会", "上会研究")  # how a unit asks to put a problem before the meeting
PLEA_KEYS = {("bureau", "issues")}  # labelled 需提请事项: asking is its purpose


@dataclass(frozen=True)
class Around:
    """Plain values of one period."""

    texts: tuple[TextReply, ...]
    corrections: tuple[Correction, ...]
    decisions: tuple[DecisionLine, ...]
    targets: tuple[Target, ...]
    reached: Mapping[str, Actual]
    registers: Mapping[str, Sequence[Sequence[Any]]]
    market: Market | None = None
    kept: tuple[KeptRow, ...] = ()


async def collect_around(
    session: AsyncSession, library: FormLibrary, period: Period, *, accepted_only: bool, cutoff: datetime, today: date
) -> Around:
    """Everything beside the figures."""
    texts = await _texts(session, library, period, accepted_only)
    changed = await _corrections(session, library, cutoff)
    decisions = await _decisions(session, today)
    targets, reached = tuple(await list_targets(session)), await reached_until(session, period.last_day)
    market = await read_market(session, today)
    offers = await ledger_rows(session)
    return Around(texts, changed, decisions, targets, reached, offers, market, await _registers(session))


async def _texts(
    session: AsyncSession, library: FormLibrary, period: Period, accepted_only: bool
) -> tuple[TextReply, ...]:
    states = ("accepted",) if accepted_only else COUNTED
    rows = await session.execute(
        select(Submission, CheckinEntry.key, CheckinEntry.text)
        .join(CheckinEntry, CheckinEntry.submission_id == Submission.id)
        .join(CheckinCycle, Submission.cycle_id == CheckinCycle.id)
        .where(
            CheckinCycle.period.in_([str(month) for month in period.months]),
            CheckinEntry.layer == "filed",
            CheckinEntry.text.is_not(None),
            Submission.state.in_(states),
        )
        .order_by(CheckinCycle.period, Submission.unit_id, CheckinEntry.key)
    )
    found = []
    for submission, key, text in rows:
        assert text is not None
        form = library.versions.get((submission.form_id, submission.form_version))
        if form is None or key not in {one.key for one in form.texts}:
            continue
        asked = (form.id, key) in PLEA_KEYS or any(word in text for word in PLEAS)
        unit, month = submission.unit, Period.of(submission.cycle.period)
        place = reply_id(submission.id, form, key)
        found.append(TextReply(place, unit.id, unit.name, unit.kind, month, key, text, asked))
    return tuple(found)


async def last_issue(session: AsyncSession) -> DigestEdition | None:
    """The issue with the highest running number."""
    found: DigestEdition | None = await session.scalar(
        select(DigestEdition).where(DigestEdition.total_number.is_not(None)).order_by(DigestEdition.total_number.desc())
    )
    return found


async def _corrections(session: AsyncSession, library: FormLibrary, cutoff: datetime) -> tuple[Correction, ...]:
    """What changed in months that were published, since the facts of the last issue."""
    last = await last_issue(session)
    if last is None:
        return ()
    published = await session.scalars(select(DigestEdition.period).where(DigestEdition.total_number.is_not(None)))
    months = {month for written in published for month in Period.of(written).months}
    touched = (
        select(EntryVersion.submission_id)
        .join(Submission, EntryVersion.submission_id == Submission.id)
        .join(CheckinCycle, Submission.cycle_id == CheckinCycle.id)
        .where(EntryVersion.at > last.cutoff, CheckinCycle.period.in_([str(month) for month in months]))
    )
    rows = await session.execute(
        select(EntryVersion, Submission)
        .join(Submission, EntryVersion.submission_id == Submission.id)
        .where(EntryVersion.submission_id.in_(touched))
    )
    replies = [found for version, submission in rows if (found := _as_reply(library, version, submission)) is not None]
    by_month = [corrections(replies, month, published_at=last.cutoff, cutoff=cutoff) for month in sorted(months)]
    return tuple(one for found in by_month for one in found)


def _as_reply(library: FormLibrary, version: EntryVersion, submission: Submission) -> Reply | None:
    form = library.versions.get((version.form_id, version.form_version))
    after = version.after
    if form is None or after.get("text") is not None or version.key.partition("[")[0] not in form.by_key:
        return None
    unit, value = submission.unit, after.get("value")
    return Reply(
        unit_id=unit.id,
        unit_name=unit.name,
        unit_kind=unit.kind,
        form=form.id,
        period=Period.of(submission.cycle.period),
        key=version.key,
        value=None if value is None else Decimal(value),
        state=State(after["state"]),
        submitted_at=version.at,
        reply_id=reply_id(submission.id, form, version.key),
        version=version.version,
        accepted=submission.state in COUNTED,
    )


async def _decisions(session: AsyncSession, today: date) -> tuple[DecisionLine, ...]:
    """Items of the last meeting that was held, after what is still open from earlier ones."""
    last = await session.scalar(
        select(Meeting.id)
        .where(Meeting.state == "held", Meeting.meeting_on <= today)
        .order_by(Meeting.meeting_on.desc(), Meeting.id.desc())
        .limit(1)
    )
    items = await session.scalars(
        select(ActionItem)
        .where(ActionItem.issued_at.is_not(None), ActionItem.opened_on <= today)
        .order_by(ActionItem.opened_on, ActionItem.meeting_id, ActionItem.number)
    )
    return tuple(_line(one, today) for one in items if one.meeting_id == last or one.state not in SETTLED)


def _line(item: ActionItem, today: date) -> DecisionLine:
    settled = item.state in SETTLED
    return DecisionLine(
        number=str(item.number),
        meeting=item.meeting.title or item.meeting.period,
        text=item.text,
        owners=tuple(part.unit.name for part in item.units if part.part == "owner"),
        co_owners=tuple(part.unit.name for part in item.units if part.part != "owner"),
        due_on=item.due_on,
        progress="" if item.percent is None else f"{item.percent:g}%",
        evidence=item.evidence,
        status=item.state,
        closed_on=item.closed_on,
        is_overdue=not settled and item.due_on is not None and item.due_on < today,
    )


async def reached_until(session: AsyncSession, until: date) -> dict[str, Actual]:
    """What stood reported for each target up to that day; the latest report counts."""
    reports = await session.scalars(
        select(TargetReport)
        .where(TargetReport.reported_on <= until)
        .order_by(TargetReport.reported_on, TargetReport.id)
    )
    return {one.code: Actual(one.value, one.percent, one.done, one.reported_on) for one in reports}


async def _registers(session: AsyncSession) -> tuple[KeptRow, ...]:
    """The rows of all registers, without drafts and what was noted by mistake."""
    rows = await session.execute(
        select(RegisterRow, Unit.name)
        .join(Unit, RegisterRow.unit_id == Unit.id)
        .where(RegisterRow.state.not_in(("draft", "void")))
        .order_by(RegisterRow.register, RegisterRow.unit_id, RegisterRow.id)
    )
    return tuple(
        KeptRow(unit, **{name: getattr(row, name) for name in KeptRow.__dataclass_fields__ if name != "unit"})
        for row, unit in rows
    )
