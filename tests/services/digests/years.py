"""Two years of replies of forty invented units, drawn from a fixed seed, with every kind of gap."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from services.checkins.form import Form, Indicator, Kind, State
from services.checkins.library import shipped_forms
from services.digests.figures.replies import Obligation, Reply
from services.periods import Period

FORMS = tuple(shipped_forms().current(name) for name in ("school", "enterprise", "bureau", "association"))
START = Period(2025, 1)


def units(count: int = 40) -> list[tuple[int, str, str]]:
    kinds = ("school", "enterprise", "enterprise", "bureau", "association")
    return [(100 + n, f"第{n}单位", kinds[n % len(kinds)]) for n in range(count)]


def form_of(kind: str) -> Form:
    return next(form for form in FORMS if form.id == kind)


def due_at(period: Period) -> datetime:
    month = period.next
    return datetime(month.year, month.month or 1, 5, 9, 30, tzinfo=UTC)


def obligations(count: int = 40, seed: int = 7) -> list[Obligation]:
    """Everybody owes every month; some months are exempt, some late, some never handed in."""
    draw = random.Random(seed)
    found = []
    for unit_id, name, kind in units(count):
        for period in months():
            chance = draw.random()
            exempt = chance < 0.03
            missing = 0.03 <= chance < 0.12
            shift = timedelta(days=2 if chance > 0.9 else -3)
            handed_in = None if exempt or missing else due_at(period) + shift
            short = frozenset(form_of(kind).short_form) if form_of(kind).short_form and unit_id % 7 == 0 else None
            found.append(Obligation(unit_id, name, kind, kind, period, due_at(period), handed_in, exempt, short))
    return found


def replies(duties: list[Obligation], seed: int = 11) -> Iterator[Reply]:
    draw = random.Random(seed)
    number = 1
    for duty in duties:
        if duty.submitted_at is None:
            continue
        for one in form_of(duty.unit_kind).due(duty.period):
            if one.index or (duty.keys is not None and one.key not in duty.keys):
                continue
            state = draw.choices(
                (State.FILLED, State.ZERO, State.CARRIED, State.NOT_APPLICABLE, State.NOT_COLLECTED, State.MISSING),
                (70, 8, 10 if one.kind is Kind.STOCK else 0, 4, 4, 4),
            )[0]
            for version in range(1, 3 if draw.random() < 0.05 else 2):
                yield Reply(
                    unit_id=duty.unit_id,
                    unit_name=duty.unit_name,
                    unit_kind=duty.unit_kind,
                    form=duty.form,
                    period=duty.period,
                    key=one.key,
                    value=_value(one, state, draw),
                    state=state,
                    submitted_at=duty.submitted_at + timedelta(hours=version),
                    reply_id=number,
                    version=version,
                    accepted=draw.random() > 0.03,
                    is_approx=state is State.FILLED and draw.random() < 0.05,
                )
                number += 1


def months() -> list[Period]:
    return [START.shift(n) for n in range(24)]


def _value(one: Indicator, state: State, draw: random.Random) -> Decimal | None:
    if state is State.ZERO:
        return Decimal(0)
    if state not in (State.FILLED, State.CARRIED):
        return None
    places = one.decimals
    return Decimal(draw.randint(1, 5000 * 10**places)) / 10**places
