"""What the ledger of check-ins holds beyond the figures: every unit's standing, and every change with its reason."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.checkins.library import FormLibrary
from services.checkins.standing.board import list_changing, standing_of
from services.digests.text.prose import Say
from services.digests.workbook.tables import Column, Sheet, Value, add_table
from services.models import CheckinCycle, EntryVersion, Person, Submission, Unit
from services.periods import Period


async def list_standings(session: AsyncSession, period: Period, say: Say, zone: ZoneInfo) -> list[list[Value]]:
    """One row per unit and month: kind, month, standing, due, first and last submission, late, on behalf, exemption."""
    found = await session.scalars(
        select(Submission)
        .join(CheckinCycle)
        .where(CheckinCycle.period.in_([str(month) for month in period.months]))
        .order_by(CheckinCycle.period, Submission.unit_id)
    )
    rows = list(found)
    changing = await list_changing(session, [one.id for one in rows])
    return [
        [
            *(one.unit.name, say(f"checkin_ledger.kind_{one.unit.kind}"), one.cycle.period),
            _standing(one, say, is_changing=one.id in changing),
            *(_local(one.due_at, zone), _local(one.first_submitted_at, zone), _local(one.submitted_at, zone)),
            *(_yes(say, one.is_late), _yes(say, one.on_behalf), one.exempt_reason),
        ]
        for one in rows
    ]


async def list_all_changes(
    session: AsyncSession, library: FormLibrary, period: Period, say: Say, zone: ZoneInfo
) -> list[list[Value]]:
    """Every change of a filed figure, oldest first: unit, month, figure, before, after, who, when, why, how."""
    rows = await session.execute(
        select(EntryVersion, Unit.name, CheckinCycle.period, Person.name)
        .join(Submission, EntryVersion.submission_id == Submission.id)
        .join(CheckinCycle, Submission.cycle_id == CheckinCycle.id)
        .join(Unit, Submission.unit_id == Unit.id)
        .outerjoin(Person, EntryVersion.by == Person.id)
        .where(
            CheckinCycle.period.in_([str(month) for month in period.months]),
            or_(EntryVersion.version > 1, EntryVersion.kind != "filed"),
        )
        .order_by(EntryVersion.id)
    )
    return [
        [
            *(unit, month, library.label_of(one.form_id, one.form_version, one.key)),
            *(_shown(say, one.before), _shown(say, one.after), by or "", _local(one.at, zone)),
            *(say("checkin_ledger.reason", reason=one.reason), say(f"checkin_ledger.change_{one.kind}")),
        ]
        for one, unit, month, by in rows
    ]


def append_sheets(
    path: Path, standings: Sequence[Sequence[Value]], changes: Sequence[Sequence[Value]], say: Say
) -> None:
    """Add both sheets to a ledger that was written. Slow and synchronous: call it in a thread."""
    from openpyxl import load_workbook

    book: Any = load_workbook(path)
    for name, rows, widths in (
        ("standings", standings, (26, 10, 10, 12, 18, 18, 18, 8, 8, 24)),
        ("changes", changes, (26, 10, 30, 14, 14, 12, 18, 36, 12)),
    ):
        labels = say(f"checkin_ledger.head_{name}").split("|")
        columns = [Column(label, width=width) for label, width in zip(labels, widths, strict=True)]
        sheet = Sheet(say(f"checkin_ledger.sheet_{name}"), columns, rows, footer=say("digest_ledger.footer"))
        add_table(book, sheet, {}, {})
    book.save(path)


def _standing(one: Submission, say: Say, *, is_changing: bool) -> str:
    standing = say(f"checkin_ledger.standing_{standing_of(one)}")
    return say("checkin_ledger.changing", standing=standing) if is_changing else standing


def _shown(say: Say, snapshot: dict[str, Any] | None) -> Value:
    if snapshot is None:
        return ""
    if snapshot.get("text") is not None:
        return str(snapshot["text"])
    value = snapshot.get("value")
    return str(value) if value is not None else say(f"digest_ledger.state_{snapshot.get('state')}")


def _local(instant: datetime | None, zone: ZoneInfo) -> str:
    return f"{instant.astimezone(zone):%Y-%m-%d %H:%M}" if instant else ""


def _yes(say: Say, flag: bool) -> str:
    return say("checkin_ledger.yes") if flag else ""
