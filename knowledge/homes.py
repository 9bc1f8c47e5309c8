"""The places that a document, or a sub-source of a collection, is about.

A city's plan names the city in its title and then says 我市; a college's report says 学院. What its passages leave out
is what a question asks with, so each passage is given the places that its source names often.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from knowledge.content import places_in
from knowledge.entries import IndexEntry
from knowledge.folding import fold
from knowledge.short_names import with_short_names

_OFTEN, _SHARE, _MOST = 3, 0.4, 2


def described(entries: Sequence[IndexEntry]) -> list[IndexEntry]:
    """Return the entries with what their passages leave out: their sources' places and the names they go by."""
    return with_short_names(with_homes(entries))


def with_homes(entries: Sequence[IndexEntry]) -> list[IndexEntry]:
    """Return the entries with their source's places added to ``about``."""
    counts: dict[tuple[str, str | None], Counter[str]] = {}
    for entry in entries:
        folded = fold(entry.text)
        named = {place: folded.count(place) for place in places_in(folded)}
        counts.setdefault((entry.document_id, entry.part), Counter()).update(named)
    homes = {source: _often(named) for source, named in counts.items()}
    return [
        replace(entry, about=f"{entry.about} {home}".strip())
        if (home := homes[entry.document_id, entry.part]) and home not in entry.about
        else entry
        for entry in entries
    ]


def _often(named: Counter[str]) -> str:
    if len(named) == 1:  # the only place it names at all
        return next(iter(named))
    top = named.most_common(_MOST)
    return " ".join(place for place, count in top if count >= max(_OFTEN, _SHARE * top[0][1]))
