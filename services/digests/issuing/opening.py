"""Opening what stands behind a figure or sentence, within the reader's rights of that very moment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import numpy as np
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.checkins.form import Form, State
from services.checkins.library import FormLibrary
from services.digests.figures.digest import Audience
from services.digests.figures.engine import Engine
from services.digests.figures.figure import Figure, change
from services.digests.figures.readers import seen_figure
from services.digests.issuing.collecting import Facts
from services.digests.issuing.editions import audience_of
from services.digests.issuing.making import Asked, House, engine_of
from services.digests.issuing.references import key_of, submission_of
from services.digests.text.figures import plain_label
from services.digests.text.shown import change_values, digits, figure_values
from services.errors import NotAllowed, NotFound
from services.members.actors import Actor
from services.models import CheckinCycle, CheckinEntry, EntryVersion, Submission
from services.periods import Period
from services.tasks.target import Target

MAX_UNITS = 40


@dataclass(frozen=True)
class Row:
    """One unit's part in a figure."""

    unit_id: int
    name: str
    value: Decimal | None
    state: State


def may_see_unit(actor: Actor, unit_id: int) -> bool:
    """The secretariat sees every unit, everybody else their own."""
    own = {seat.unit_id for seat in actor.seats}
    return actor.is_secretariat or unit_id in own


def only_unit(facts: Facts, unit_id: int) -> Facts:
    """The facts of one unit alone."""
    return replace(
        facts,
        columns=facts.columns.chosen(np.flatnonzero(facts.columns.unit == unit_id)),
        units=tuple(one for one in facts.units if one.unit_id == unit_id),
        obligations=tuple(one for one in facts.obligations if one.unit_id == unit_id),
    )


def rows_behind(engine: Engine, key: str, period: Period, limit: int = MAX_UNITS) -> tuple[list[Row], int]:
    """The units of a figure, the largest first, then those without a value; and how many are left out.

    A rate opens to its numerator: whoever wants the other part opens that figure.
    """
    figure = engine.figure(key, period)
    rows = [
        Row(unit.unit_id, unit.name, value, state)
        for unit, value, state in engine.by_unit(figure.query.keys[0], period)
    ]
    rows.sort(key=lambda row: (row.value is None, -(row.value or 0), row.unit_id))
    return rows[:limit], max(0, len(rows) - limit)


def figure_facts(
    house: House, facts: Facts, asked: Asked, targets: Iterable[Target], want: Mapping[str, Any]
) -> dict[str, Any]:
    """One figure as the chat tells it. ``want``: key, unit_id, against (a period), threshold, audience. Slow.

    A figure of all units is told as that audience may have it.
    """
    unit_id = want.get("unit_id")
    chosen = only_unit(facts, unit_id) if unit_id else facts
    engine = engine_of(house, chosen, asked, () if unit_id else targets)
    audience = Audience.SECRETARIAT if unit_id else Audience(want["audience"])
    figure = seen_figure(engine.figure(str(want["key"]), asked.period), audience)
    told: dict[str, Any] = {
        "f": figure_values(figure, grouped=True) | {"label": plain_label(figure.label)},
        "scope": chosen.units[0].name if unit_id and chosen.units else "",
        "period": asked.period.label,
        "cutoff": asked.cutoff.isoformat(),
        "as_of": figure.as_of.label if figure.as_of is not None else "",
        "parts": [digits(part, 2, grouped=True) for part in figure.parts] if figure.parts else [],
        "accepted_only": asked.accepted_only,
        "against": None,
        "threshold": None,
    }
    if want.get("against"):
        told["against"] = _against(figure, seen_figure(engine.figure(figure.key, Period.of(want["against"])), audience))
    if want.get("threshold"):
        told["threshold"] = _threshold(figure, Decimal(want["threshold"]))
    return told


def _against(figure: Figure, base: Figure) -> dict[str, Any]:
    places = 2 if figure.is_derived else figure.decimals
    drawn = {figure.period.previous: figure.mom, _last_year(figure.period): figure.yoy}.get(base.period)
    compared = drawn or change(figure.value, base.value, in_points=figure.is_rate, base_as_of=base.period)
    return {
        "period": base.period.label,
        "value": digits(base.value, places, grouped=True),
        "reported": base.n_reported,
        "due": base.n_due,
        "change": change_values(compared, places, grouped=True),
    }


def _last_year(period: Period) -> Period:
    return period.shift(-12 if period.month else -4 if period.quarter else -1)


def _threshold(figure: Figure, wanted: Decimal) -> dict[str, Any] | None:
    """Whether the figure (of a flow: this year's sum) reaches the number asked for."""
    value = figure.value if figure.ytd is None else figure.ytd
    if value is None:
        return None
    places = 2 if figure.is_derived else figure.decimals
    gap = digits(abs(wanted - value), places, grouped=True)
    return {
        "wanted": digits(wanted, 2, grouped=True),
        "reached": value >= wanted,
        "gap": gap,
        "ytd": figure.ytd is not None,
    }


async def open_answers(
    session: AsyncSession, library: FormLibrary, actor: Actor, unit_id: int, keys: Iterable[str], period: Period
) -> list[dict[str, Any]]:
    """A unit's answers behind a figure: value, state, the words they came in, every earlier version.

    Raises:
        NotAllowed: another unit's, and not of the secretariat.
    """
    if not may_see_unit(actor, unit_id):
        raise NotAllowed(needs="unit")
    wanted = list(keys)
    rows = await session.execute(
        select(CheckinEntry, Submission)
        .join(Submission, CheckinEntry.submission_id == Submission.id)
        .join(CheckinCycle, Submission.cycle_id == CheckinCycle.id)
        .where(
            Submission.unit_id == unit_id,
            CheckinCycle.period <= str(period.months[-1]),
            CheckinCycle.period >= str(period.months[0].shift(-11)),
            CheckinEntry.layer == "filed",
            CheckinEntry.key.in_(wanted),
        )
        .order_by(CheckinCycle.period.desc(), CheckinEntry.key)
        .limit(24)
    )
    return [await _answer(session, library, entry, submission) for entry, submission in rows]


async def _answer(
    session: AsyncSession, library: FormLibrary, entry: CheckinEntry, submission: Submission
) -> dict[str, Any]:
    versions = await session.scalars(
        select(EntryVersion)
        .where(EntryVersion.submission_id == submission.id, EntryVersion.key == entry.key)
        .order_by(EntryVersion.version)
    )
    form = library.versions.get((submission.form_id, submission.form_version))
    earlier = [
        {"value": one.before.get("value"), "at": one.at.isoformat(), "reason": one.reason}
        for one in versions
        if one.before is not None
    ]
    return {
        "unit": submission.unit.name,
        "month": Period.of(submission.cycle.period).label,
        "label": library.label_of(submission.form_id, submission.form_version, entry.key),
        "value": digits(entry.value, 4) if entry.value is not None else "",
        "unit_word": _unit_of(form, entry.key),
        "text": entry.text or "",
        "state": entry.state,
        "approx": entry.is_approx,
        "source": entry.source,
        "at": entry.changed_at.isoformat(),
        "reviewed": submission.state == "accepted",
        "on_behalf": submission.on_behalf,
        "earlier": earlier,
    }


def _unit_of(form: Form | None, key: str) -> str:
    bare = key.partition("[")[0]
    return form.by_key[bare].unit if form is not None and bare in form.by_key else ""


async def open_sentence(
    session: AsyncSession, library: FormLibrary, actor: Actor, reply_ids: Iterable[int]
) -> list[dict[str, Any]]:
    """The answers that a sentence stands on, as they were written; those the reader may not see are left out.

    Raises:
        NotAllowed: digests are not for this person.
        NotFound: the answers are gone.
    """
    if audience_of(actor) is None:
        raise NotAllowed(needs="council")
    found = []
    for number in reply_ids:
        submission = await session.get(Submission, submission_of(number))
        if submission is None or not may_see_unit(actor, submission.unit_id):
            continue
        key = key_of(number, library.get(submission.form_id, submission.form_version))
        entry = await session.get(CheckinEntry, (submission.id, key, "filed"))
        if entry is not None:
            found.append(await _answer(session, library, entry, submission))
    if not found:
        raise NotFound(what="reply", given=",".join(map(str, reply_ids)))
    return found
