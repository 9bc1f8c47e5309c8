"""The words of a text that carry content, and the places it names."""

from __future__ import annotations

import re

from knowledge.asking import MEASURES
from knowledge.lexicon import group, hollow, place_pattern, places
from knowledge.terms import is_rare_sign, words_of

_ONE = re.compile(f"一[{MEASURES}]")  # 一台设备: no more than 设备


def content_words(text: str) -> tuple[str, ...]:
    """Return the words of a folded text that carry content, in order, without repeats.

    Single characters beside each other are kept together: a dictionary cuts the short forms that it does not
    know (X职院), and only the whole says anything.
    """
    chunks = [one for one in re.split(r"[^\w+%.·]+", text) if one]
    found = [word for chunk in chunks for word in _together(words_of(chunk))]
    return tuple(
        dict.fromkeys(
            word for word in found if word not in hollow() and word.strip("+.·_") and not _ONE.fullmatch(word)
        )
    )


def places_in(folded: str) -> tuple[str, ...]:
    """Return the short place names in a folded text, the longest at each spot, without repeats."""
    return tuple(dict.fromkeys(place_pattern().findall(folded)))


def _together(words: list[str]) -> list[str]:
    joined: list[str] = []
    single = False
    for word in words:
        alone = len(word) == 1 and word not in hollow() | group("apart") and "\u4e00" <= word <= "\u9fff"
        noun = single and len(joined[-1]) == 1 and is_rare_sign(joined[-1])  # 磷化工, but not 当会长
        glued = single and (alone or word in group("organisation"))
        glued = glued or (noun and "\u4e00" <= word[0] <= "\u9fff" and word not in hollow() | group("apart"))
        glued = glued or (word in group("suffix") and bool(joined) and joined[-1] not in hollow())
        after_place = bool(joined) and joined[-1] in places() and word in group("short_end")
        if joined and (glued or after_place):
            joined[-1] += word
        else:
            joined.append(word)
        single = alone
    return joined
