"""校热企冷: how schools and enterprises take part, from response, timeliness and posts offered. Work, not people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from services.digests.figures.engine import Engine
from services.digests.figures.filing import Filing, filing
from services.digests.figures.replies import Obligation
from services.periods import Period

MIN_UNITS = 3


@dataclass(frozen=True)
class Side:
    """One kind of unit. Rates are percents, None where nothing was due."""

    filing: Filing
    response: Decimal | None
    timeliness: Decimal | None


@dataclass(frozen=True)
class Engagement:
    """Both sides, and what enterprises offer. ``gap_points``: schools' response less that of the enterprises.

    ``offering`` of the ``asked`` enterprises have at least one post; ``fill_percent`` of the posts are taken.
    """

    schools: Side
    enterprises: Side
    gap_points: Decimal | None
    posts: Decimal | None
    offering: int
    asked: int
    fill_percent: Decimal | None


def engagement(engine: Engine, obligations: Iterable[Obligation], period: Period, cutoff: datetime) -> Engagement:
    """Both sides in the period. With fewer than three units on a side no gap is named."""
    duties = list(obligations)
    schools, enterprises = (_side(filing(duties, period, cutoff=cutoff, kind=k)) for k in ("school", "enterprise"))
    enough = min(schools.filing.units, enterprises.filing.units) >= MIN_UNITS
    gap = None
    if enough and schools.response is not None and enterprises.response is not None:
        gap = schools.response - enterprises.response
    offers = engine.by_unit("intern_posts_offered", period)
    answered = [value for _, value, _ in offers if value is not None]
    return Engagement(
        schools=schools,
        enterprises=enterprises,
        gap_points=gap,
        posts=sum(answered, Decimal(0)) if answered else None,
        offering=sum(value > 0 for value in answered),
        asked=len(answered),
        fill_percent=engine.figure("intern_fill_rate", period).value,
    )


def _side(one: Filing) -> Side:
    if not one.due:
        return Side(one, None, None)
    return Side(one, Decimal(100 * one.reported) / one.due, Decimal(100 * one.on_time) / one.due)
