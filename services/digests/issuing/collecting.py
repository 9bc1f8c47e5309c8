"""From the database to the engine: all replies in columns, what was due, and a stamp of the facts they were read from.

Replies come by Core selects in parts, so that the event loop breathes, and are put together outside of it.
"""

import asyncio
import hashlib
import json
from dataclasses import dataclass

from sqlalchemy import Float, Integer, case, cast, func, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncSession

from services.checkins.form import Form
from services.checkins.library import FormLibrary
from services.digests.figures.cube import Columns, ordinal
from services.digests.figures.replies import Obligation, UnitRef
from services.digests.issuing.columns import Filed, Reader
from services.models import (
    ActionItem,
    CheckinCycle,
    CheckinEntry,
    DigestEdition,
    EntryVersion,
    ItemEvent,
    MatchProposal,
    OfferVersion,
    PlanTarget,
    RegisterRow,
    RegisterVersion,
    Submission,
    SupplyTable,
    TargetReport,
    Unit,
)
from services.periods import Period

PART = 10_000
# Offers change by versions only; tables count from their approval, pairs from their agreement.
SUPPLIED = (
    select(func.count(), func.max(OfferVersion.id)).select_from(OfferVersion),
    select(func.max(SupplyTable.approved_at)),
    select(func.count()).where(MatchProposal.agreed_at.is_not(None)),
)
KNOWN_FIRST = ("school", "enterprise", "bureau", "association")


@dataclass(frozen=True)
class Facts:
    """Everything that replies say, of all months, as plain values that any thread may read."""

    columns: Columns
    units: tuple[UnitRef, ...]
    obligations: tuple[Obligation, ...]
    unreviewed: frozenset[tuple[int, str]]  # (unit, month) that came in and is not accepted yet

    @property
    def bureaus(self) -> tuple[str, ...]:
        """Names of the bureaus, to whom problems may be proposed."""
        return tuple(unit.name for unit in self.units if unit.kind == "bureau")


def forms_of(library: FormLibrary) -> tuple[Form, ...]:
    """The current forms, the known kinds first."""
    order = [*(name for name in KNOWN_FIRST if library.has(name)), *(n for n in library.ids if n not in KNOWN_FIRST)]
    return tuple(library.current(name) for name in order)


async def stamp_of(session: AsyncSession, *extra: object, before_issue: int | None = None) -> str:
    """A short name of the present state of all facts that digests are made from, and of whatever else is given."""
    found: list[object] = [*extra]
    issues = select(func.max(DigestEdition.total_number))
    if before_issue is not None:
        issues = issues.where(DigestEdition.total_number < before_issue)
    entries = select(func.count()).where(CheckinEntry.layer == "filed")
    versions = select(func.count(), func.max(EntryVersion.id)).select_from(EntryVersion)
    submissions = select(
        func.count(),
        func.max(Submission.submitted_at),
        func.max(Submission.accepted_at),
        func.max(Submission.due_at),
        *(func.sum(case((Submission.state == state, 1), else_=0)) for state in ("submitted", "accepted", "exempt")),
    ).select_from(Submission)
    others = (
        select(func.count(), func.max(PlanTarget.imported_at), func.max(PlanTarget.retired_at)).select_from(PlanTarget),
        select(func.max(TargetReport.id)),
        select(func.max(ItemEvent.id), select(func.count()).select_from(ActionItem).scalar_subquery()),
        select(func.max(RegisterRow.id), select(func.max(RegisterVersion.id)).scalar_subquery()),
        issues,
        *SUPPLIED,
        select(Unit.id, Unit.name, Unit.kind).order_by(Unit.id),
    )
    for query in (entries, versions, submissions, *others):
        found.append([list(row) for row in await session.execute(query)])
    return hashlib.sha256(json.dumps(found, default=str).encode()).hexdigest()


async def collect_facts(session: AsyncSession, library: FormLibrary) -> Facts:
    """Every filed figure and every obligation on record."""
    filed, obligations, unreviewed = await _submissions(session, library)
    columns = await _columns(session, filed)
    units = [UnitRef(*row) for row in await session.execute(select(Unit.id, Unit.name, Unit.kind))]
    return Facts(columns, tuple(sorted(units)), obligations, unreviewed)


async def _submissions(
    session: AsyncSession, library: FormLibrary
) -> tuple[list[Filed], tuple[Obligation, ...], frozenset[tuple[int, str]]]:
    query = (
        select(
            *(Submission.id, Submission.unit_id, Unit.name, Unit.kind, CheckinCycle.period, Submission.form_id),
            *(Submission.form_version, Submission.short_form, Submission.optional, Submission.state),
            *(Submission.due_at, Submission.first_submitted_at, Submission.submitted_at),
        )
        .join(CheckinCycle, Submission.cycle_id == CheckinCycle.id)
        .join(Unit, Submission.unit_id == Unit.id)
        .order_by(Submission.id)
    )
    filed: list[Filed] = []
    months: dict[str, Period] = {}
    obligations, unreviewed = [], set()
    stream = await (await session.connection()).stream(query, execution_options={"yield_per": PART})
    async for part in stream.partitions(PART):
        for row in part:
            number, unit_id, name, kind, written, form_id, version, short, optional, state, *times = row
            if (form_id, version) not in library.versions:
                continue
            form, period = (
                library.get(form_id, version),
                months.get(written) or months.setdefault(written, Period.of(written)),
            )
            due_at, first, submitted = times
            if submitted is not None:
                filed.append(Filed(number, unit_id, ordinal(period), form, state == "accepted", submitted.timestamp()))
            if state == "submitted":
                unreviewed.add((unit_id, written))
            if optional:
                continue
            keys = frozenset(form.short_form) if short and form.short_form else None
            handed_in = None if first is None else first
            obligations.append(
                Obligation(unit_id, name, kind, form_id, period, due_at, handed_in, state == "exempt", keys)
            )
    return filed, tuple(obligations), frozenset(unreviewed)


async def _columns(session: AsyncSession, filed: list[Filed]) -> Columns:
    """Every filed figure. Rows become arrays part by part, so that a large database is never held as objects."""
    query = select(
        CheckinEntry.submission_id,
        CheckinEntry.key,
        cast(CheckinEntry.value, Float),
        CheckinEntry.state,
        type_coerce(CheckinEntry.is_approx, Integer),  # read as it comes: a flag of each row need not become an object
        CheckinEntry.version,
    ).where(CheckinEntry.layer == "filed", CheckinEntry.text.is_(None))
    reader = Reader(filed)
    stream = await (await session.connection()).stream(query, execution_options={"yield_per": PART})
    async for part in stream.partitions(PART):
        await asyncio.to_thread(reader.take, part)
    return await asyncio.to_thread(reader.columns)
