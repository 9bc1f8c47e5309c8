"""The places that a document, or a sub-source of a collection, is about.

A city's plan names the city in its title and then says 我市; a college's report says 学院. What its passages leave out
is what a question asks with, so each passage is given the places that its source names often.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from knowledge.documents.entries import IndexEntry
from knowledge.language.content import places_in
from knowledge.language.folding import fold
from knowledge.language.lexicon import place_pattern
from knowledge.search.short_names import with_short_names

_OFTEN, _SHARE, _MOST, _MAJOR = 3, 0.4, 2, 0.6
_NAMED_TWICE, _MAIN = 2, 0.5
_SIGNED = re.compile(r"[(（]\s*([\u4e00-\u9fff]{4,20}(?:学院|大学|学校|公司|集团))\s*供?稿?\s*[)）]\s*$", re.MULTILINE)
_PARTY = re.compile(
    r"^[ \t\u3000]*([甲乙丙丁]方)(?:[(（][^)）\n]{1,8}[)）])?[:：][ \t\u3000]*([\u4e00-\u9fff]{4,30})", re.MULTILINE
)


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
    whole: dict[str, Counter[str]] = {}
    for (document, _), named in counts.items():
        whole.setdefault(document, Counter()).update(named)
    lone = {document: _lone(named) for document, named in whole.items()}
    homes = {source: home if counts[source] else lone[source[0]] for source, home in homes.items()}
    parties, schools = _parties(entries), _schools(entries)
    homes = {
        source: " ".join(one for one in (home, parties.get(source[0], ""), schools.get(source, "")) if one)
        for source, home in homes.items()
    }
    return [
        replace(entry, about=f"{entry.about} {home}".strip())
        if (home := homes[entry.document_id, entry.part]) and home not in entry.about
        else entry
        for entry in entries
    ]


def _lone(named: Counter[str]) -> str:
    """The place that a whole document is about, for those of its parts that name none."""
    top = named.most_common(1)
    return top[0][0] if top and top[0][1] >= max(_OFTEN, _MAJOR * named.total()) else ""


def _parties(entries: Sequence[IndexEntry]) -> dict[str, str]:
    """The parties of each agreement: its clauses call them 甲方 and 乙方, a question by their names."""
    found: dict[str, dict[str, str]] = {}
    several: set[str] = set()  # two agreements in one file: nobody knows whose clause it is
    for entry in entries:
        sides = found.setdefault(entry.document_id, {})
        for side, name in _PARTY.findall(entry.text):
            if sides.setdefault(side, name) != name:
                several.add(entry.document_id)
    return {
        document: " ".join(f"{side}{name}" for side, name in sides.items())
        for document, sides in found.items()
        if sides and document not in several
    }


def _schools(entries: Sequence[IndexEntry]) -> dict[tuple[str, str | None], str]:
    """The school that a source is about: the one that signs it, or that it names most; its passages say 学院."""
    named: dict[tuple[str, str | None], Counter[str]] = {}
    signed: dict[tuple[str, str | None], str] = {}
    for entry in entries:
        source, folded = (entry.document_id, entry.part), fold(entry.text)
        named.setdefault(source, Counter()).update(_school_pattern().findall(folded))
        if found := _SIGNED.search(folded):
            signed[source] = found[1]
    most = {source: names.most_common(1)[0] for source, names in named.items() if names}
    return {
        source: name
        for source, (name, count) in most.items()
        if count >= _NAMED_TWICE and count >= _MAIN * named[source].total()
    } | signed


@lru_cache(maxsize=1)
def _school_pattern() -> re.Pattern[str]:
    """A school's full name that begins with its place."""
    return re.compile(rf"(?:{place_pattern().pattern})(?:市|州|省)?[\u4e00-\u9fff]{{0,8}}?(?:学院|大学|学校|中专)")


def _often(named: Counter[str]) -> str:
    if len(named) == 1:  # the only place it names at all
        return next(iter(named))
    top = named.most_common(_MOST)
    return " ".join(place for place, count in top if count >= max(_OFTEN, _SHARE * top[0][1]))
