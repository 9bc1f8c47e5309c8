"""Does a text hold what a question names? Literally, as a short form, or in the official wording."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from knowledge.lexicon import synonyms

_GAP = r"[^,，。；;、:：\s]{0,4}?"


def holds_word(word: str, text: str, aliases: Mapping[str, tuple[str, ...]] | None = None) -> float:
    """Return how surely the folded ``text`` holds the folded ``word``: 1 literal, less for other wordings, 0 no."""
    if word in text:
        return 1.0
    if aliases and any(full in text for full in aliases.get(word, ())):
        return 1.0
    if any(other in text for other in synonyms().get(word, ())):
        return 0.85
    if 3 <= len(word) <= 8 and _short_form(word).search(text):
        return 0.9
    return 0.0


@lru_cache(maxsize=4096)
def _short_form(word: str) -> re.Pattern[str]:
    """A pattern for names that ``word`` shortens: its characters in order, close together (发改委, X职院)."""
    return re.compile(_GAP.join(re.escape(sign) for sign in word))


def pair_share(word: str, text: str) -> float:
    """Return which share of the word's pairs of characters stands in ``text``."""
    if len(word) < 2:
        return float(word in text)
    pairs = [word[at : at + 2] for at in range(len(word) - 1)]
    return sum(pair in text for pair in pairs) / len(pairs)
