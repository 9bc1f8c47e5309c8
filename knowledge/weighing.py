"""How much each word of a question weighs: rare nouns carry it, common words and verbs hardly."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from knowledge.lexicon import group
from knowledge.speech import is_pale
from knowledge.understanding import Question

Rarity = Callable[[Sequence[str]], Sequence[float]]

_FOCUS_WEIGHT, _PALE, _PALE_MOST, _ANCHOR = 1.6, 0.35, 0.35, 0.6
_OF_DEEDS = frozenset(("when", "who", "where", "often", "duty"))  # 什么时候挂牌: another deed has another day
_COUNTING = frozenset(("count", "people", "quantity"))


def weigh(question: Question, rarity: Rarity | None) -> dict[str, float]:
    """Return each content word's weight: rare words carry a question, common ones hardly."""
    pairs = {word: [word[at : at + 2] for at in range(len(word) - 1)] or [word] for word in question.words}
    flat = [pair for group in pairs.values() for pair in group]
    rare = dict(zip(flat, rarity(flat), strict=True)) if rarity and flat else dict.fromkeys(flat, 0.5)
    weights = {word: max(0.05, sum(rare[pair] for pair in group)) for word, group in pairs.items()}
    for word in question.words:
        if word in question.focus and not is_pale(word):
            weights[word] *= _FOCUS_WEIGHT
        if word in group("type") and not (question.kind in _COUNTING and word in question.counted):
            weights[word] *= 0.3
        if word in group("vague"):
            weights[word] *= _PALE
        if is_pale(word):  # another verb may say the same
            weights[word] *= _PALE
        if len(word) == 1:  # it stands inside many other words
            weights[word] *= 0.4
    nouns = [weights[word] for word in question.words if not is_pale(word)]
    if sum(nouns) >= _ANCHOR:  # a verb that the library never uses says how it is asked, not what about
        for word, own in pairs.items():
            deed = word in question.focus and question.kind in _OF_DEEDS
            unknown = len(word) == 1 or all(rare[pair] >= 1 for pair in own)
            if is_pale(word) and unknown and not deed:
                weights[word] = min(weights[word], _PALE_MOST * max(nouns))
    return weights
