"""After filing: what was counted and not named is asked for once, and the names become rows."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.language.folding import fold
from services.errors import NotAllowed, NotFound
from services.members.actors import Actor
from services.models import CheckinEntry, RegisterRow, Submission
from services.registers.agreements import read_agreements
from services.registers.listing import pieces
from services.registers.name_shapes import is_name, leaves_open
from services.registers.needs import read_needs
from services.registers.noting import Home, list_drafts, note_rows
from services.registers.platforms import CALLED, read_platforms
from services.registers.said import (
    AGREEMENTS,
    LONGEST_TITLE,
    NAMES_OF,
    NEEDS,
    PLATFORMS,
    REGISTERS,
    SERVICES,
    Said,
    as_written,
)
from services.registers.tech_services import read_services

_NEWLY = "新建"
_BEGINNINGS = {NEEDS: "新提技术需求9项:", SERVICES: "新立技术服务项目9项:"}
_READERS = {NEEDS: read_needs, SERVICES: read_services}


@dataclass(frozen=True)
class Named:
    """What became of an answer with names. `left`: how many of the register still have none."""

    rows: tuple[RegisterRow, ...]
    left: int


async def list_unnamed(session: AsyncSession, submission: Submission, keys: Iterable[str]) -> list[tuple[str, int]]:
    """The registers of which these filed figures count more than they hold, in a fixed order, with how many."""
    wanted = NAMES_OF.keys() & set(keys)
    counted = await _filed_counts(session, submission, wanted) if wanted else {}
    months = submission.cycle.months
    query = select(RegisterRow.register, RegisterRow.state, RegisterRow.title, RegisterRow.facts).where(
        RegisterRow.unit_id == submission.unit_id,
        RegisterRow.period.in_(months),
        or_(RegisterRow.state.not_in(("void", "draft")), _drafted_with(submission)),
    )
    rows = (await session.execute(query)).all()
    known = [one.register for one in rows if one.state != "draft"]
    missing = {register: count - known.count(register) for register, count in counted.items()}
    for draft in rows:
        if draft.state == "draft" and not draft.title:
            missing[draft.register] = max(missing.get(draft.register, 0), int(draft.facts.get("count", 1)))
    return [(register, missing[register]) for register in REGISTERS if missing.get(register, 0) > 0]


def _drafted_with(submission: Submission) -> ColumnElement[bool]:
    return and_(RegisterRow.state == "draft", RegisterRow.submission_id == submission.id)


async def _filed_counts(session: AsyncSession, submission: Submission, keys: Iterable[str]) -> dict[str, int]:
    """By register, how many the filed figures count."""
    query = select(CheckinEntry.key, CheckinEntry.value).where(
        CheckinEntry.submission_id == submission.id, CheckinEntry.layer == "filed", CheckinEntry.key.in_(sorted(keys))
    )
    return {NAMES_OF[key]: int(value or 0) for key, value in await session.execute(query)}


async def next_unnamed(
    session: AsyncSession, submission_id: int, keys: Iterable[str], after: str = ""
) -> tuple[str, int] | None:
    """The first register behind `after` that lacks names, and how many; None when there is no more to ask.

    `keys` are the figures that were just filed: what was filed before was asked about then.
    """
    submission = await session.get(Submission, submission_id)
    found = [] if submission is None else await list_unnamed(session, submission, keys)
    left = REGISTERS[REGISTERS.index(after) + 1 :] if after else REGISTERS
    return next(((register, count) for register, count in found if register in left), None)


async def note_names(
    session: AsyncSession, actor: Actor, submission_id: int, said: tuple[str, str], today: date, *, now: datetime
) -> Named:
    """Put the things said (register, words) there; words of skipping note none and are not asked again.

    Raises:
        NotFound: no such check-in.
        NotAllowed: it belongs to another unit.
    """
    (register, words), submission = said, await session.get(Submission, submission_id)
    if submission is None:
        raise NotFound(what="checkin", given=str(submission_id))
    if submission.unit_id not in actor.unit_ids:
        raise NotAllowed(needs="unit")
    rows = await note_rows(session, actor, Home.of(submission), _named(register, words, today), now=now)
    for draft in await list_drafts(session, submission_id):
        if draft.register == register and not draft.title:
            await session.delete(draft)
    await session.flush()
    left = dict(await list_unnamed(session, submission, NAMES_OF)).get(register, 0)
    return Named(tuple(rows), left)


def are_names(register: str, words: str) -> bool:
    """Whether words that answer the question for names name anything; a correction or talk is something else."""
    return bool(_named(register, words))


def _named(register: str, words: str, today: date | None = None) -> list[Said]:
    return [one for one in read_names(register, words, today) if is_name(one.title, register)]


def read_names(register: str, words: str, today: date | None = None) -> list[Said]:
    """The things in a list that answers the question what they are called; none when the person skips."""
    if register == AGREEMENTS:
        return read_agreements(words, today)
    if leaves_open(words):
        return []
    if register == PLATFORMS:
        return [one for start, end in pieces(fold(words)) for one in _platforms(words[start:end])]
    begun = _BEGINNINGS[register] + words
    rows, _ = _READERS[register](fold(begun))
    return [as_written(one, begun) for one in rows]


def _platforms(words: str) -> list[Said]:
    """A platform may be called anything where its name was asked for: 数控车间."""
    begun = _NEWLY + words
    rows, _ = read_platforms(fold(begun))
    plain = Said(
        PLATFORMS,
        CALLED.sub("", re.split(r"[，,（(]", words)[0].strip())[:LONGEST_TITLE],
        kind="other",
        status="building",
    )
    return [as_written(one, begun) for one in rows] or ([plain] if len(plain.title) >= 2 else [])
