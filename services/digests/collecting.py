"""From the database to the engine: all replies in columns, what was due, and a stamp of the facts they were read from.

Replies come by Core selects in parts, so that the event loop breathes, and are put together outside of it.
"""

import asyncio
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from sqlalchemy import Float, case, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.checkins.form import Form
from services.checkins.library import FormLibrary
from services.digests.cube import Columns, ordinal
from services.digests.references import PLACES, reply_id
from services.digests.replies import Obligation, UnitRef
from services.models import (
    ActionItem,
    CheckinCycle,
    CheckinEntry,
    DigestEdition,
    EntryVersion,
    ItemEvent,
    PlanTarget,
    RegisterRow,
    Submission,
    TargetReport,
    Unit,
)
from services.periods import Period

PART = 5000
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


@dataclass(frozen=True)
class _Filed:
    """One submission as the replies need it."""

    unit_id: int
    month: int
    form: Form
    accepted: bool
    submitted: float


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
        select(func.max(RegisterRow.id)),
        issues,
        select(Unit.id, Unit.name, Unit.kind).order_by(Unit.id),
    )
    for query in (entries, versions, submissions, *others):
        found.append([list(row) for row in await session.execute(query)])
    return hashlib.sha256(json.dumps(found, default=str).encode()).hexdigest()


async def collect_facts(session: AsyncSession, library: FormLibrary) -> Facts:
    """Every filed figure and every obligation on record."""
    filed, obligations, unreviewed = await _submissions(session, library)
    rows = await _rows(session)
    units = [UnitRef(*row) for row in await session.execute(select(Unit.id, Unit.name, Unit.kind))]
    columns = await asyncio.to_thread(_columns, rows, filed)
    return Facts(columns, tuple(sorted(units)), obligations, unreviewed)


async def _submissions(
    session: AsyncSession, library: FormLibrary
) -> tuple[dict[int, _Filed], tuple[Obligation, ...], frozenset[tuple[int, str]]]:
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
    filed: dict[int, _Filed] = {}
    obligations, unreviewed = [], set()
    stream = await (await session.connection()).stream(query, execution_options={"yield_per": PART})
    async for part in stream.partitions(PART):
        for row in part:
            number, unit_id, name, kind, written, form_id, version, short, optional, state, *times = row
            if (form_id, version) not in library.versions:
                continue
            form, period = library.get(form_id, version), Period.of(written)
            due_at, first, submitted = times
            if submitted is not None:
                filed[number] = _Filed(unit_id, ordinal(period), form, state == "accepted", submitted.timestamp())
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


async def _rows(session: AsyncSession) -> list[Any]:
    query = select(
        CheckinEntry.submission_id,
        CheckinEntry.key,
        cast(CheckinEntry.value, Float),
        CheckinEntry.state,
        CheckinEntry.is_approx,
        CheckinEntry.version,
    ).where(CheckinEntry.layer == "filed", CheckinEntry.text.is_(None))
    rows: list[Any] = []
    stream = await (await session.connection()).stream(query, execution_options={"yield_per": PART})
    async for part in stream.partitions(PART):
        rows.extend(part)
    return rows


def _columns(rows: Sequence[Any], filed: dict[int, _Filed]) -> Columns:
    """The rows beside what their submissions say. A key that its form does not have is left out."""
    places: dict[tuple[str, int, str], tuple[tuple[str, str], int] | None] = {}
    kept, keys, replies = [], [], []
    for row in rows:
        of = filed.get(row[0])
        if of is None:
            continue
        name = (of.form.id, of.form.version, row[1])
        if name not in places:
            places[name] = _place(of.form, row[1])
        place = places[name]
        if place is None:
            continue
        kept.append(row)
        keys.append(place[0])
        replies.append(row[0] * PLACES * PLACES + place[1])
    of_row = [filed[row[0]] for row in kept]
    return Columns(
        unit=np.array([one.unit_id for one in of_row], dtype=np.int64),
        month=np.array([one.month for one in of_row], dtype=np.int64),
        key=keys,
        value=np.array([np.nan if row[2] is None else row[2] for row in kept], dtype=np.float64),
        state=[row[3] for row in kept],
        approx=np.array([row[4] for row in kept], dtype=np.bool_),
        accepted=np.array([one.accepted for one in of_row], dtype=np.bool_),
        submitted=np.array([one.submitted for one in of_row], dtype=np.float64),
        version=np.array([row[5] for row in kept], dtype=np.int64),
        reply=np.array(replies, dtype=np.int64),
    )


def _place(form: Form, key: str) -> tuple[tuple[str, str], int] | None:
    if key.partition("[")[0] not in form.by_key:
        return None
    return (form.id, key), reply_id(0, form, key)


def months_on_record(obligations: Iterable[Obligation]) -> tuple[Period, Period] | None:
    """The first and the last month that anything was due for."""
    months = sorted({one.period for one in obligations})
    return (months[0], months[-1]) if months else None


def day_in(moment: datetime, zone: Any) -> date:
    """The local day."""
    return moment.astimezone(zone).date()
