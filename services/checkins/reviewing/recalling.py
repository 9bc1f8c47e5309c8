"""What a unit has filed, told back to its own people: months, one month as it was filed, a problem it reported."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.language.folding import fold
from services.calendar.zones import local_day
from services.checkins.asking.matters import Matter
from services.checkins.filling.cards import FOLLOW_UP
from services.checkins.form import Form
from services.checkins.office import Office
from services.checkins.reading.vocabulary import vocabulary
from services.checkins.standing.finding import get_sheet
from services.checkins.standing.sheets import ISSUES, Sheet, as_filed, label_of_cycle
from services.digests.asking import find_periods
from services.digests.figure_words import find_figure
from services.errors import NotAllowed
from services.members.actors import Actor
from services.models import CheckinCycle, CheckinEntry, Submission
from services.periods import Period

MONTHS = 12
PROBLEMS = 2


@dataclass(frozen=True)
class Problem:
    """A problem as it was filed. `since` is what the unit has said of it in a later month: solved, open, worse, ''."""

    unit: str
    period: str
    text: str
    since: str


async def list_filed(session: AsyncSession, actor: Actor) -> list[Submission]:
    """What the actor's units have filed, newest first.

    Raises:
        NotAllowed: the actor speaks for no unit.
    """
    if not actor.unit_ids:
        raise NotAllowed(needs="unit")
    found = await session.scalars(
        select(Submission)
        .join(CheckinCycle)
        .where(Submission.unit_id.in_(sorted(actor.unit_ids)), Submission.first_submitted_at.is_not(None))
        .order_by(CheckinCycle.period.desc(), Submission.unit_id)
        .limit(MONTHS * len(actor.unit_ids))
    )
    return list(found)


def asks_months(words: str, matter: Matter, office: Office, now: datetime) -> bool:
    """Whether months as they were filed answer it: a year, or the course of one figure, is counted by the digests."""
    periods = find_periods(fold(words), Period.month_of(local_day(now, office.zone)))
    if any(one.month is None for one in periods):
        return False
    forms = [office.forms.current(name) for name in office.forms.ids]
    return matter is Matter.FILED or find_figure(fold(words), forms) is None


_MONEY = re.compile(r"多少(?:钱|万|款)|几万|(?:金额|经费)")


def find_filed_figures(words: str, form: Form) -> list[str]:
    """The figures of the form that the words ask for: by name, by the form's own words, or all money for 多少钱."""
    said = fold(words)
    key = find_figure(said, (form,), form.id)
    if key in form.by_key and key is not None:
        return [key]
    if _MONEY.search(said):
        return [one.key for one in form.indicators if one.is_money and one.asked]
    found = sorted(vocabulary(form).mentions(said).items())
    named = [one for _, one in found if one.role in ("strong", "weak") and "[" not in one.keys[0]]
    strong = [one.keys[0] for one in named if one.role == "strong"]
    return (strong or [one.keys[0] for one in named])[:1]


def choose_month(filed: Sequence[Submission], named: Period | None, office: Office, now: datetime) -> list[Submission]:
    """Those of the month that is named; 上个月 (no name) is last month where that was filed, else the newest."""
    last = Period.month_of(local_day(now, office.zone)).previous
    for month in (str(named),) if named is not None else (str(last), filed[0].cycle.period if filed else ""):
        found = [one for one in filed if month in one.cycle.months]
        if found:
            return found
    return []


async def get_filed(session: AsyncSession, office: Office, actor: Actor, submission_id: int) -> Sheet:
    """A month as it was filed; refusals as of `get_sheet`."""
    return as_filed(await get_sheet(session, office, actor, submission_id))


async def list_problems(session: AsyncSession, actor: Actor) -> list[Problem]:
    """The problems that the actor's units reported last, newest first, each with what they have said of it since."""
    filed = await list_filed(session, actor)
    found: list[Problem] = []
    for unit_id in sorted(actor.unit_ids):
        own = [one for one in filed if one.unit_id == unit_id]
        texts = await _texts(session, [one.id for one in own])
        for at, one in enumerate(own):
            text = texts.get((one.id, ISSUES))
            if text and sum(known.unit == one.unit.name for known in found) < PROBLEMS:
                since = texts.get((own[at - 1].id, FOLLOW_UP), "") if at else ""
                found.append(Problem(one.unit.name, label_of_cycle(one.cycle), text, since))
    return found


async def _texts(session: AsyncSession, numbers: Sequence[int]) -> dict[tuple[int, str], str]:
    rows = await session.execute(
        select(CheckinEntry.submission_id, CheckinEntry.key, CheckinEntry.text).where(
            CheckinEntry.submission_id.in_(numbers),
            CheckinEntry.layer == "filed",
            CheckinEntry.key.in_((ISSUES, FOLLOW_UP)),
        )
    )
    return {(number, key): text for number, key, text in rows if text}
