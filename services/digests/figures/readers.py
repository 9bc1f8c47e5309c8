"""What of a digest each reader may see. The secretariat: all. The council: sums of several units, no small counts.

A group: beside that no sentence that would be a figure of a single unit, and no column of what was withheld.
"""

import re
from dataclasses import replace

from services.digests.figures.digest import Audience, Digest, Sentence
from services.digests.figures.engagement import Engagement
from services.digests.figures.figure import Change, Figure
from services.digests.figures.small_cells import is_small
from services.supply.overview import open_market_of

MIN_UNITS = 3  # of two, each could compute the other's
PUBLIC_FORMS = ("bureau", "association")  # what public bodies do is no secret of a member
PEOPLE = ("人", "人次")
_DIGIT = re.compile(r"\d|[一二两三四五六七八九十百千万]+[余多]?[人名个家项份次万元]")


def for_reader(digest: Digest, audience: Audience) -> Digest:
    """The digest as that reader may have it."""
    if audience is Audience.SECRETARIAT:
        return replace(digest, audience=audience)
    figures = tuple(seen_figure(one, audience) for one in digest.figures)
    limited = replace(digest, audience=audience, figures=figures, disagreements=(), corrections=())
    limited = replace(limited, engagement=_seen_engagement(digest.engagement))
    limited = with_open_market(limited, in_group=audience is Audience.GROUP)
    if audience is Audience.COUNCIL:
        return limited
    return replace(
        limited,
        figures=tuple(one for one in figures if not one.withheld),
        highlights=tuple(one for one in digest.highlights if _is_open(one)),
        next_steps=tuple(one for one in digest.next_steps if _is_open(one)),
        problems=tuple(replace(one, flagged=one.flagged and _is_open(one.sentence)) for one in digest.problems),
    )


def with_open_market(digest: Digest, *, in_group: bool = False) -> Digest:
    """Classes that could be one unit's or name people are left out, since renderers show what they are given."""
    if digest.market is None:
        return digest
    seen = open_market_of(digest.market, in_group=in_group)
    return replace(digest, market=seen, balance=seen.balance)


def seen_figure(figure: Figure, audience: Audience) -> Figure:
    """The figure as that reader may have it; withheld, it keeps how many reported and nothing that tells its value."""
    if audience is Audience.SECRETARIAT:
        return figure
    reason = _withheld(figure, audience)
    told = replace(figure, mom=_safe(figure, figure.mom), yoy=_safe(figure, figure.yoy))
    told = replace(told, ytd_yoy=_safe(figure, figure.ytd_yoy), missing_units=(), partial_units=())
    if is_small(figure.ytd) and figure.unit in PEOPLE:
        told = replace(told, ytd=None, ytd_yoy=None)
    if not reason:
        return told
    gone = replace(told, value=None, ytd=None, mom=None, yoy=None, ytd_yoy=None, parts=None, status=None, states={})
    return replace(gone, withheld=reason, approx=False, approx_units=0)


def _withheld(figure: Figure, audience: Audience) -> str:
    if figure.value is None:
        return ""
    few = 2 if audience is Audience.GROUP else 1
    if figure.n_reported < (few if figure.form in PUBLIC_FORMS else MIN_UNITS):
        return "few"
    counts = figure.parts if figure.parts else (figure.value,) if figure.unit in PEOPLE else ()
    return "small" if any(is_small(count) for count in counts) else ""


def _safe(figure: Figure, change: Change | None) -> Change | None:
    """No comparison that tells a small count, none over the common units when they are too few."""
    if change is None or (figure.unit in PEOPLE and is_small(change.base)):
        return None
    if change.comparable is None or (change.comparable.units or 0) >= MIN_UNITS:
        return change
    return replace(change, comparable=None)


def _seen_engagement(found: Engagement | None) -> Engagement | None:
    """Posts of fewer than three enterprises are theirs."""
    if found is None or found.asked >= MIN_UNITS:
        return found
    return replace(found, posts=None, offering=0, asked=0, fill_percent=None)


def _is_open(sentence: Sentence) -> bool:
    return not _DIGIT.search(sentence.text)
