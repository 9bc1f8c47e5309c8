"""Does a text hold what a question names? Literally, as a short form, or in the official wording; and where."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from knowledge.lexicon import synonyms
from knowledge.numerals import has_numeral, in_digits

_GAP = r"[^,，。；;、:：\s]{0,7}?"
_SHORTENS = 0.65
_LITERAL, _SHORT, _OTHER = 1.0, 0.9, 0.85

Aliases = Mapping[str, tuple[str, ...]]


def find_word(word: str, text: str, aliases: Aliases | None = None) -> tuple[float, list[tuple[int, int]]]:
    """Return how surely the folded ``text`` holds the folded ``word``, and where; (0, []) when it does not."""
    forms = (word, in_digits(word)) if has_numeral(word) else (word,)
    for sureness, wordings in (
        (_LITERAL, (*forms, *(aliases or {}).get(word, ()))),
        (_OTHER, synonyms().get(word, ())),
    ):
        spans = [span for wording in wordings for span in _spans(wording, text)]
        if spans:
            return sureness, spans
    span = _shortened_at(word, text)
    return (_SHORT, [span]) if span else (0.0, [])


def holds_word(word: str, text: str, aliases: Aliases | None = None) -> float:
    """Return how surely the folded ``text`` holds the folded ``word``: 1 literal, less for other wordings, 0 no."""
    return find_word(word, text, aliases)[0]


def _spans(wording: str, text: str) -> list[tuple[int, int]]:
    found, at = [], text.find(wording)
    while at >= 0:
        found.append((at, at + len(wording)))
        at = text.find(wording, at + 1)
    return found


def _shortened_at(word: str, text: str) -> tuple[int, int] | None:
    """Where ``text`` holds a name that ``word`` is a short form of (发改委, X职院).

    A short form leaves much out: a full name that merely lacks one word of another full name is another name.
    """
    if not 2 < len(word) <= 8 or word[0] not in text:
        return None
    found = _short_form(word).search(text)
    return found.span() if found and len(word) <= _SHORTENS * len(found[0]) else None


@lru_cache(maxsize=4096)
def _short_form(word: str) -> re.Pattern[str]:
    return re.compile(_GAP.join(re.escape(sign) for sign in word))


def pair_share(word: str, text: str) -> float:
    """Return which share of the word's pairs of characters stands in ``text``."""
    if len(word) < 2:
        return float(word in text)
    pairs = [word[at : at + 2] for at in range(len(word) - 1)]
    return sum(pair in text for pair in pairs) / len(pairs)
