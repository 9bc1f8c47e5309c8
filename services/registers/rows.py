"""The rows of a register: seen by the unit and the secretariat, changed by the unit alone, every change a version."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services import audit
from services.errors import AlreadyClosed, BadInput, NotAllowed, NotFound
from services.members.actors import Actor
from services.models import Person, RegisterRow, RegisterVersion, Submission
from services.registers.said import AGREEMENTS, PLATFORMS

KEPT = (
    "title",
    "partner",
    "kind",
    "level",
    "stage",
    "majors",
    "began_on",
    "ends_on",
    "state",
    "period",
    "closed_period",
)
FIELDS = {  # what may be changed of a row, by register
    AGREEMENTS: ("partner", "majors", "began_on", "ends_on"),
    PLATFORMS: ("title", "partner", "stage", "level", "kind", "began_on"),
    "tech_needs": ("title", "partner"),
    "tech_services": ("title", "partner"),
}
STANDING = "open"
LONGEST = {"title": 120, "partner": 120, "majors": 200}


def snapshot(row: RegisterRow) -> dict[str, Any]:
    """A row as its versions keep it; days as ISO words."""
    found: dict[str, Any] = {}
    for name in KEPT:
        value = getattr(row, name)
        found[name] = value.isoformat() if isinstance(value, date) else value
    return found


def put(
    session: AsyncSession,
    row: RegisterRow,
    values: Mapping[str, Any],
    *,
    kind: str,
    by: int | None,
    now: datetime,
    reason: str = "",
) -> bool:
    """Set values of a stored row and keep the change as a version; False when nothing is different."""
    before = snapshot(row)
    for name, value in values.items():
        setattr(row, name, value)
    after = snapshot(row)
    if before == after:
        return False
    row.version += 1
    session.add(_version(row, before, after, kind, by, now, reason))
    return True


def note_first(session: AsyncSession, row: RegisterRow, *, by: int | None, now: datetime) -> None:
    """The first version of a row that has just been stored."""
    session.add(_version(row, None, snapshot(row), "noted", by, now, ""))


def _version(
    row: RegisterRow,
    before: dict[str, Any] | None,
    after: dict[str, Any],
    kind: str,
    by: int | None,
    now: datetime,
    reason: str,
) -> RegisterVersion:
    return RegisterVersion(
        row_id=row.id, version=row.version, before=before, after=after, kind=kind, reason=reason[:300], by=by, at=now
    )


async def count_rows(session: AsyncSession, actor: Actor) -> dict[str, int]:
    """How many standing rows each register holds for this person: of the own units, of all for the secretariat."""
    query = (
        select(RegisterRow.register, func.count())
        .where(RegisterRow.state == STANDING, *_visible(actor))
        .group_by(RegisterRow.register)
    )
    return dict((await session.execute(query)).all())


async def list_rows(
    session: AsyncSession, actor: Actor, register: str, *, offset: int = 0, limit: int = 8
) -> tuple[list[RegisterRow], int]:
    """A page of standing rows, newest first, and how many there are."""
    where = (RegisterRow.register == register, RegisterRow.state == STANDING, *_visible(actor))
    total = await session.scalar(select(func.count()).select_from(RegisterRow).where(*where)) or 0
    query = select(RegisterRow).where(*where).order_by(RegisterRow.unit_id, RegisterRow.id.desc())
    return list(await session.scalars(query.offset(offset).limit(limit))), total


async def list_month(session: AsyncSession, submission: Submission) -> list[RegisterRow]:
    """The rows behind the counted figures of a check-in, and its drafts, in the order of noting."""
    months = submission.cycle.months
    query = select(RegisterRow).where(
        RegisterRow.unit_id == submission.unit_id,
        RegisterRow.state != "void",
        or_(RegisterRow.period.in_(months), RegisterRow.closed_period.in_(months)),
    )
    rows = await session.scalars(query.order_by(RegisterRow.register, RegisterRow.id))
    return [one for one in rows if one.state != "draft" or one.submission_id == submission.id]


async def find_rows(session: AsyncSession, actor: Actor, words: str) -> list[RegisterRow]:
    """Standing rows of the own units whose title or partner stands in the words, the longest names first."""
    query = select(RegisterRow).where(RegisterRow.state == STANDING, RegisterRow.unit_id.in_(actor.unit_ids))
    found = [
        one for one in await session.scalars(query) if one.title in words or (one.partner and one.partner in words)
    ]
    longest = max((len(one.title) for one in found), default=0)
    return [one for one in found if len(one.title) == longest]


async def get_row(session: AsyncSession, actor: Actor, row_id: int, *, for_update: bool = False) -> RegisterRow:
    """A row for looking at it, or for a change of it, of which there is one at a time.

    Raises:
        NotFound: no such row.
        NotAllowed: it belongs to another unit and the actor is not the secretariat, or it is another's draft.
    """
    lock = {"of": RegisterRow} if for_update else None
    row = await session.get(RegisterRow, row_id, populate_existing=True, with_for_update=lock)
    if row is None:
        raise NotFound(what="register_row", given=str(row_id))
    may_look = actor.is_secretariat and (row.state != "draft" or row.created_by == actor.person_id)
    if row.unit_id not in actor.unit_ids and not may_look:
        raise NotAllowed(needs="unit")
    return row


async def get_own_row(session: AsyncSession, actor: Actor, row_id: int) -> RegisterRow:
    """A standing row for changing it; the secretariat looks, and lets the unit change.

    Raises:
        NotFound: no such row.
        NotAllowed: not a row of the actor's units.
        AlreadyClosed: it was ended or made void before.
    """
    row = await get_row(session, actor, row_id, for_update=True)
    if row.unit_id not in actor.unit_ids:
        raise NotAllowed(needs="unit")
    if row.state not in (STANDING, "draft"):
        raise AlreadyClosed()
    return row


async def change_row(
    session: AsyncSession, actor: Actor, row_id: int, values: Mapping[str, Any], *, now: datetime, reason: str = ""
) -> RegisterRow:
    """Change fields of a row; the old values stay in its versions.

    Raises:
        BadInput: a field that this register does not have, an empty name, an end before the beginning.
        NotFound, NotAllowed, AlreadyClosed: as `get_own_row`.
    """
    row = await get_own_row(session, actor, row_id)
    wanted = {name: _checked(row, name, value) for name, value in values.items()}
    if row.register == AGREEMENTS and "partner" in wanted:
        wanted["title"] = wanted["partner"]
    began, ends = wanted.get("began_on", row.began_on), wanted.get("ends_on", row.ends_on)
    if began and ends and ends < began:
        raise BadInput(field="ends_on", given=f"{began.isoformat()}—{ends.isoformat()}", problem="backwards")
    if row.state == "draft":
        for name, value in wanted.items():
            setattr(row, name, value)
    elif put(session, row, wanted, kind="edited", by=actor.person_id, now=now, reason=reason):
        _audit(session, "edit_register_row", row, actor, now, fields=sorted(wanted))
    row.facts = {name: value for name, value in row.facts.items() if name != "doubt"}
    await session.flush()
    return row


async def leave_row(
    session: AsyncSession, actor: Actor, row_id: int, state: str, reason: str, *, now: datetime, period: str = ""
) -> RegisterRow:
    """End (`ended`), settle (`closed`) or make void (`void`) a row, with the reason. A draft is simply dropped.

    Raises:
        BadInput: no reason for ending or making void.
        NotFound, NotAllowed, AlreadyClosed: as `get_own_row`.
    """
    row = await get_own_row(session, actor, row_id)
    if row.state == "draft":
        await session.delete(row)
        await session.flush()
        return row
    if state != "closed" and len(reason.strip()) < 2:
        raise BadInput(field="reason", given=reason, problem="empty")
    values = {"state": state, "closed_period": period if state in ("closed", "ended") else row.closed_period}
    put(session, row, values, kind=state, by=actor.person_id, now=now, reason=reason.strip())
    row.closed_at = now
    _audit(session, f"{state}_register_row", row, actor, now, reason=reason.strip()[:200])
    await session.flush()
    return row


async def list_history(session: AsyncSession, row_id: int) -> list[tuple[RegisterVersion, str]]:
    """Every version of a row, oldest first, with the name of who made it."""
    query = (
        select(RegisterVersion, Person.name)
        .outerjoin(Person, RegisterVersion.by == Person.id)
        .where(RegisterVersion.row_id == row_id)
        .order_by(RegisterVersion.id)
    )
    return [(version, name or "") for version, name in await session.execute(query)]


def _checked(row: RegisterRow, name: str, value: Any) -> Any:
    if name not in FIELDS[row.register]:
        raise BadInput(field=name, given=name, problem="unknown")
    if isinstance(value, str):
        value = " ".join(value.split())[: LONGEST.get(name, 20)]
        if name in ("title", "partner") and len(value) < 2 and (name == "title" or row.register == AGREEMENTS):
            raise BadInput(field=name, given=value, problem="empty")
    return value


def _visible(actor: Actor) -> tuple[Any, ...]:
    return () if actor.is_secretariat else (RegisterRow.unit_id.in_(actor.unit_ids),)


def _audit(session: AsyncSession, act: str, row: RegisterRow, actor: Actor, now: datetime, **facts: Any) -> None:
    audit.record(session, act, "register_row", row.id, by=actor.person_id, now=now, register=row.register, **facts)
