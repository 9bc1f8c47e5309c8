"""Word lists: places, and everyday words beside the official ones. Plain text, one group a line, # comments."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from knowledge.language.folding import fold

_MUTUAL = "="
_CITY_STATES = frozenset(("北京", "天津", "上海", "重庆", "香港", "澳门", "台湾"))


def _lines(name: str) -> list[str]:
    text = files(__name__).joinpath(name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


@lru_cache(maxsize=1)
def places() -> frozenset[str]:
    """Return the short names of provinces and prefecture-level cities (乌海, 重庆, 内蒙古)."""
    return frozenset(name for line in _lines("places.txt") for name in fold(line).split())


@lru_cache(maxsize=1)
def _provinces() -> dict[str, str]:
    """Each city's province: the lines of cities follow the order of the provinces, municipalities have none."""
    provinces, *cities = (fold(line).split() for line in _lines("places.txt"))
    held = [name for name in provinces if name not in _CITY_STATES]
    return {city: province for province, line in zip(held, cities, strict=True) for city in line}


def province_of(place: str) -> str:
    """Return the province that a prefecture-level city lies in; empty for a province and for an unknown place."""
    return _provinces().get(place, "")


def group(name: str) -> frozenset[str]:
    """Return the words of a group of `groups.txt`."""
    return _groups()[name]


def kind_words(kind: str) -> frozenset[str]:
    """Return the words that only name a kind of answer (位置 for ``where``); empty for kinds that have none."""
    return _groups().get(f"kind:{kind}", frozenset())


@lru_cache(maxsize=1)
def _groups() -> dict[str, frozenset[str]]:
    lines = (fold(line).split() for line in _lines("groups.txt"))
    return {words[0]: frozenset(words[1:]) for words in lines}


def is_initial(sign: str) -> bool:
    """Whether a place's name begins with this character."""
    return sign in _initials()


@lru_cache(maxsize=1)
def _initials() -> frozenset[str]:
    return frozenset(name[0] for name in places())


@lru_cache(maxsize=1)
def place_pattern() -> re.Pattern[str]:
    """Return a pattern that finds short place names, the longest at each spot."""
    return re.compile("|".join(sorted(places(), key=len, reverse=True)))


@lru_cache(maxsize=1)
def hollow() -> frozenset[str]:
    """Return the words that carry no content of their own in a question."""
    return frozenset(word for line in _lines("hollow.txt") for word in fold(line).split())


def field_words() -> list[str]:
    """Return the words of the field that a general dictionary cuts apart."""
    return [word for line in _lines("words.txt") for word in fold(line).split()]


@lru_cache(maxsize=1)
def field_set() -> frozenset[str]:
    """Return the words of the field, for asking whether one is among them."""
    return frozenset(field_words())


@lru_cache(maxsize=1)
def synonyms() -> dict[str, tuple[str, ...]]:
    """Return, for each everyday word of `synonyms.txt`, the official ones; for each of a group behind =, the others."""
    found: dict[str, list[str]] = {}
    for line in _lines("synonyms.txt"):
        first, *rest = fold(line).split()
        said = {one: [other for other in rest if other != one] for one in rest} if first == _MUTUAL else {first: rest}
        for word, others in said.items():
            found.setdefault(word, []).extend(others)
    return {word: tuple(dict.fromkeys(others)) for word, others in found.items()}


@lru_cache(maxsize=1)
def renderings() -> dict[str, tuple[str, ...]]:
    """Return what papers say for each word of `synonyms.txt` and of `thesaurus.txt`.

    The thesaurus only finds: what is decided by the list of synonyms (which deed is asked about) is not decided by it.
    """
    found = {word: list(others) for word, others in synonyms().items()}
    for line in _lines("thesaurus.txt"):
        word, *rest = fold(line).split()
        found.setdefault(word, []).extend(rest)
    return {word: tuple(dict.fromkeys(others)) for word, others in found.items()}
