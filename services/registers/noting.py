"""From words to rows: a draft beside the check-in's own draft, rows when it is filed; what is known is not doubled."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.language.folding import bare
from services import audit
from services.members.actors import Actor
from services.members.units import names_of
from services.models import RegisterRow, Submission
from services.registers.rows import note_first, put
from services.registers.said import AGREEMENTS, PLATFORMS, Said, Told


@dataclass(frozen=True)
class Home:
    """Where a row belongs: its unit, the data month in which it is new, the check-in it was told with."""

    unit_id: int
    period: str
    submission_id: int | None = None

    @classmethod
    def of(cls, submission: Submission) -> "Home":
        """The place of a check-in."""
        return cls(submission.unit_id, submission.cycle.period, submission.id)


ENDS = {"closed": "closed", "ended": "ended"}  # what words say of a row, and the state it then has
GIVEN = ("partner", "kind", "level", "stage", "majors", "began_on", "ends_on")


async def list_drafts(session: AsyncSession, submission_id: int) -> list[RegisterRow]:
    """What words of this check-in will become rows, or change rows, when it is filed."""
    query = select(RegisterRow).where(RegisterRow.submission_id == submission_id, RegisterRow.state == "draft")
    return list(await session.scalars(query.order_by(RegisterRow.id)))


async def draft_rows(session: AsyncSession, actor: Actor, submission: Submission, told: Told, *, now: datetime) -> int:
    """Keep what a message told until the check-in is filed; returns how many rows were new or said more.

    The same thing said again, in other words or by another person of the unit, is the same row.
    """
    home = Home.of(submission)
    known = await _known(session, home)
    taken = 0
    for said in _of_others(told.rows, submission):
        old = _find(known, said, home)
        if old is not None and old.state == "draft":
            taken += _add(old, said)
        elif old is None or _says_more(old, said):
            row = _draft(home, said, actor, now)
            row.facts = {**row.facts, **({"of": old.id, "was": old.stage} if old is not None else {})}
            session.add(row)
            known.append(row)
            taken += 1
    for register, count in told.unnamed.items():
        taken += _keep_unnamed(session, home, known, (register, count), actor, now)
    await session.flush()
    return taken


async def file_drafts(
    session: AsyncSession, actor: Actor, drafts: Iterable[RegisterRow], *, now: datetime
) -> list[RegisterRow]:
    """Make rows of a check-in's drafts, and changes of the rows they speak of; what has no name yet waits for it."""
    return [await _settle(session, one, actor, now) for one in drafts if one.title]


async def note_rows(
    session: AsyncSession, actor: Actor, home: Home, rows: Iterable[Said], *, now: datetime
) -> list[RegisterRow]:
    """Rows named apart from a check-in's draft; those that are known already are not doubled."""
    known = await _known(session, home)
    noted = []
    for said in rows:
        old = _find(known, said, home)
        if old is None or old.state == "draft" or _says_more(old, said):
            draft = old if old is not None and old.state == "draft" else _draft(home, said, actor, now)
            _add(draft, said)
            draft.facts = {**draft.facts, **({"of": old.id} if old is not None and old is not draft else {})}
            session.add(draft)
            await session.flush()
            old = await _settle(session, draft, actor, now)
            known.append(old)
        noted.append(old)
    return noted


async def _settle(session: AsyncSession, draft: RegisterRow, actor: Actor, now: datetime) -> RegisterRow:
    """A draft becomes a row, or a change of the row that it speaks of."""
    old = await session.get(RegisterRow, draft.facts["of"]) if draft.facts.get("of") else None
    if old is None or old.state in ("void", "draft"):
        return await _open(session, draft, actor, now)
    values = {name: getattr(draft, name) for name in GIVEN if getattr(draft, name)}
    state = _state_of(draft)
    if state != "open":
        values |= {"state": state, "closed_period": draft.period}
        old.closed_at = now
    put(session, old, values, kind=state if state != "open" else "merged", by=actor.person_id, now=now)
    await session.delete(draft)
    await session.flush()
    return old


async def _open(session: AsyncSession, row: RegisterRow, actor: Actor, now: datetime) -> RegisterRow:
    state = _state_of(row)
    row.facts = {name: value for name, value in row.facts.items() if name not in ("of", "was", "ends")}
    row.state, row.created_at, row.created_by = state, now, actor.person_id
    is_new = bool(row.facts.pop("new", False))
    if state != "open":
        row.closed_period, row.closed_at = row.period, now
        row.period = row.period if is_new else ""  # settled before it was ever noted: it is not new this month
    await session.flush()
    note_first(session, row, by=actor.person_id, now=now)
    audit.record(
        session, "note_row", "register_row", row.id, by=actor.person_id, now=now, register=row.register, title=row.title
    )
    return row


def _of_others(rows: Iterable[Said], submission: Submission) -> list[Said]:
    """Nobody is their own partner: 在我院设立, said with the unit's name."""
    own = {bare(name) for name in names_of(submission.unit)}
    found = [replace(one, partner="") if bare(one.partner) in own else one for one in rows]
    return [one for one in found if one.partner or one.register != AGREEMENTS]


def _state_of(draft: RegisterRow) -> str:
    return str(draft.facts.get("ends") or "open")


async def _known(session: AsyncSession, home: Home) -> list[RegisterRow]:
    """The unit's rows that a word may speak of: those that stand, and the drafts of this check-in."""
    query = select(RegisterRow).where(
        RegisterRow.unit_id == home.unit_id,
        or_(
            RegisterRow.state.in_(("open", "closed", "ended")),
            (RegisterRow.state == "draft") & (RegisterRow.submission_id == home.submission_id),
        ),
    )
    return list(await session.scalars(query.order_by(RegisterRow.id)))


def _find(known: Sequence[RegisterRow], said: Said, home: Home) -> RegisterRow | None:
    """The row that is meant: of the same name; an agreement only of the same month, as later ones are new."""
    name = bare(said.title)
    for one in reversed(known):
        if one.register != said.register or bare(one.title) != name:
            continue
        if said.register != AGREEMENTS:
            return one
        same_month = one.period == home.period
        if same_month and (not one.majors or not said.majors or bare(one.majors) == bare(said.majors)):
            return one
    return None


def _says_more(old: RegisterRow, said: Said) -> bool:
    if said.status in ENDS:
        return old.state == "open"
    if said.register == PLATFORMS and said.status and said.status != old.stage:
        return True
    values = _values(said)
    return any(values[name] and not getattr(old, name) for name in GIVEN)


def _add(draft: RegisterRow, said: Said) -> int:
    """More words about a draft: the later word counts where it says something."""
    changed = 0
    for name, value in _values(said).items():
        if value and value != getattr(draft, name):
            setattr(draft, name, value)
            changed = 1
    ends = ENDS.get(said.status)
    if ends and draft.facts.get("ends") != ends:
        draft.facts = {**draft.facts, "ends": ends}
        changed = 1
    return changed


def _draft(home: Home, said: Said, actor: Actor, now: datetime) -> RegisterRow:
    facts: dict[str, Any] = {"ends": ENDS[said.status]} if said.status in ENDS else {"new": True}
    if said.doubt:
        facts["doubt"] = said.doubt
    values = _values(said)
    return RegisterRow(
        register=said.register,
        unit_id=home.unit_id,
        submission_id=home.submission_id,
        period=home.period,
        title=said.title[:300],
        **values,
        state="draft",
        closed_period="",
        facts=facts,
        version=1,
        created_by=actor.person_id,
        created_at=now,
    )


def _values(said: Said) -> dict[str, str | date | None]:
    stage = said.status if said.register == PLATFORMS and said.status not in ENDS else ""
    return {
        "partner": said.partner[:200],
        "kind": said.kind,
        "level": said.level,
        "stage": stage,
        "majors": said.majors[:200],
        "began_on": said.began_on,
        "ends_on": said.ends_on,
    }


def _keep_unnamed(
    session: AsyncSession,
    home: Home,
    known: list[RegisterRow],
    counted: tuple[str, int],
    actor: Actor,
    now: datetime,
) -> int:
    """新建实训基地2个, without names: a draft without a name holds the count, and is asked for after filing."""
    register, count = counted
    old = next((one for one in known if one.register == register and one.state == "draft" and not one.title), None)
    if old is not None:
        changed = old.facts.get("count") != count
        old.facts = {**old.facts, "count": count}
        return int(changed)
    row = _draft(home, Said(register, ""), actor, now)
    row.facts = {"count": count}
    session.add(row)
    known.append(row)
    return 1
