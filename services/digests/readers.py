"""What of a digest each reader may see. The secretariat: all. The council: no unit through a comparison, no debts.

A group: beside that no figure and no sentence that would be a figure of a single unit.
"""

import re
from dataclasses import replace

from services.digests.digest import Audience, Digest, Sentence
from services.digests.figures import Change, Figure
from services.digests.small_cells import is_small

_DIGIT = re.compile(r"\d|[一二两三四五六七八九十百千万]+[余多]?[人名个家项份次万元]")


def for_reader(digest: Digest, audience: Audience) -> Digest:
    """The digest as that reader may have it."""
    if audience is Audience.SECRETARIAT:
        return replace(digest, audience=audience)
    figures = tuple(_without_single_units(one) for one in digest.figures)
    limited = replace(digest, audience=audience, figures=figures, disagreements=(), corrections=())
    if audience is Audience.COUNCIL:
        return limited
    return replace(
        limited,
        figures=tuple(one for one in figures if not _is_one_units(one)),
        highlights=tuple(one for one in digest.highlights if _is_open(one)),
        next_steps=tuple(one for one in digest.next_steps if _is_open(one)),
        problems=tuple(replace(one, flagged=one.flagged and _is_open(one.sentence)) for one in digest.problems),
    )


def _without_single_units(figure: Figure) -> Figure:
    return replace(
        figure,
        mom=_safe(figure.mom),
        yoy=_safe(figure.yoy),
        missing_units=(),
        partial_units=(),
    )


def _safe(change: Change | None) -> Change | None:
    """A comparison over one unit is that unit's own."""
    if change is None or change.comparable is None or (change.comparable.units or 0) > 1:
        return change
    return replace(change, comparable=None)


def _is_one_units(figure: Figure) -> bool:
    """One unit's figure, or a count so small that it names people."""
    counts_people = figure.unit in ("人", "人次") and is_small(figure.value)
    return (figure.n_reported == 1 and figure.value is not None) or counts_people


def _is_open(sentence: Sentence) -> bool:
    return not _DIGIT.search(sentence.text)
