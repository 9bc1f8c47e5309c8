"""The digest as one chat message: at most 25 lines and 900 characters, the least important left out first."""

import re
from collections import Counter
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

from services.digests.figures.digest import Audience, Digest, Sentence
from services.digests.figures.figure import Figure
from services.digests.text.figures import HEADLINES, headline_figures, plain_label
from services.digests.text.literal import literal
from services.digests.text.prose import Say, completion_of, named
from services.digests.text.shown import figure_values

MAX_LINES, MAX_CHARACTERS = 25, 900
# How many figures, highlights, flagged problems, gaps and next steps are shown, from generous to spare.
LEVELS = ((8, 3, 2, 3, 3), (8, 2, 2, 3, 2), (7, 2, 1, 2, 1), (6, 2, 1, 0, 1), (5, 1, 0, 0, 0), (4, 0, 0, 0, 0))
SENTENCE_LENGTHS = (60, 46, 40, 34, 30, 30)
_TAG = re.compile(r"<[^>]*>")


def summary(say: Say, digest: Digest, zone: ZoneInfo) -> str:
    """The message. In groups no unit is named and no small count shown; ``say`` may return markup with escapes."""
    return say("digests.summary", **summary_values(say, digest, zone))


def summary_values(say: Say, digest: Digest, zone: ZoneInfo) -> dict[str, Any]:
    """What the message is filled with, JSON types only: as much as fits."""
    values: dict[str, Any] = {}
    for level in range(len(LEVELS)):
        values = _values(digest, zone, level)
        shown = unescape(_TAG.sub("", say("digests.summary", **values)))
        if len(shown.splitlines()) <= MAX_LINES and len(shown) <= MAX_CHARACTERS:
            break
    return values


def _values(digest: Digest, zone: ZoneInfo, level: int) -> dict[str, Any]:
    figures, highlights, flagged, gaps, steps = LEVELS[level]
    length, in_group = SENTENCE_LENGTHS[level], digest.audience is Audience.GROUP
    asked = [one.sentence for one in digest.problems if one.flagged]
    balance, told = digest.balance, completion_of(digest)
    return {
        "consortium": digest.consortium,
        "period": {"month": digest.period.month, "quarter": digest.period.quarter},
        "label": digest.period.label,
        "issue": {"number": digest.issue.number, "is_draft": digest.issue.is_draft},
        "cutoff": f"{digest.cutoff.astimezone(zone):%m-%d %H:%M}",
        "filing": {name: getattr(digest.filing, name) for name in ("due", "reported", "late", "exempt", "pending")},
        "unreviewed": digest.unreviewed if digest.audience is Audience.SECRETARIAT else 0,
        "accepted_only": digest.accepted_only,
        "missing": len(digest.filing.missing),
        "for_secretariat": digest.audience is Audience.SECRETARIAT,
        "figures": [_figure(one) for one in _shown(digest)[:figures]],
        "tasks": len(digest.tasks),
        "lights": {light.value: count for light, count in digest.lights.items()},
        "highlights": [_sentence(one, length, in_group) for one in digest.highlights[:highlights]],
        "problems": len(digest.problems),
        "categories": dict(Counter(one.category for one in digest.problems)),
        "flagged": len(asked),
        "asked": [_sentence(one, length, in_group) for one in asked[:flagged]],
        "gaps": [
            {"name": digest.class_names.get(one.code, one.code), "gap": one.gap}
            for one in (balance.top_gaps(gaps) if balance and gaps else ())
        ],
        "has_supply": bool(balance and balance.classes),
        "decisions": told.counted,
        "closed": told.closed,
        "overdue": told.overdue,
        "steps": [_sentence(one, length, in_group) for one in digest.next_steps[:steps]],
        "corrections": len(digest.corrections),
        "disagreements": len(digest.disagreements) if digest.audience is Audience.SECRETARIAT else 0,
    }


def _shown(digest: Digest) -> list[Figure]:
    """Figures with a target first, as far as they have a value; the order of the headlines otherwise."""
    found = [one for one in headline_figures(digest, HEADLINES) if one.value is not None]
    return sorted(found, key=lambda one: one.status is None)


def _figure(figure: Figure) -> dict[str, Any]:
    return {**figure_values(figure, grouped=True), "label": plain_label(figure.label)}


def _sentence(one: Sentence, length: int, in_group: bool) -> dict[str, Any]:
    text = literal(one.text.rstrip("。；;"))
    short = text if len(text) <= length else text[: length - 1] + "…"
    return {"text": short, "unit": "" if in_group else literal(named(one)), "drafted": one.drafted}
