"""The sentences that could answer, and how completely each one does.

Similarity alone cannot refuse: a sentence about the right school without the asked figure looks as near as the
right one. So a sentence is judged by what it holds of the question's names and words, by the kind of answer
it contains, and by the source it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from knowledge.cutting import sentences_of
from knowledge.entries import Hit
from knowledge.folding import fold
from knowledge.matching import holds_word, pair_share
from knowledge.understanding import Question

Rarity = Callable[[Sequence[str]], Sequence[float]]

_DIGIT = r"(?:\d[\d,.]*|[一二三四五六七八九十百千两]+)"
_KIND_PATTERNS = {
    "people": rf"{_DIGIT}\s*[万亿]?[余多来]?\s*(?:余|多)?(?:名|人|位|人次)",
    "money": rf"{_DIGIT}\s*[余多]?[百千万亿]*[余多]?元|{_DIGIT}(?:万|亿)",
    "share": rf"\d[\d.]*\s*[%％]|百分之|[一二三四五六七八九]成|{_DIGIT}\s*倍",
    "count": rf"{_DIGIT}",
    "when": rf"\d{{4}}年|\d{{1,2}}月|{_DIGIT}[年月日号]|年底|同年|时间",
    "often": rf"每(?:年|月|周|日|季度?|学期|天|{_DIGIT})|{_DIGIT}\s*个?(?:年|月|周|天|日|学期|小时)|按(?:年|月|季)|长期|定期",
    "number": r"[〔\[(]\d{4}[〕\])]\s*\d*号|第?\d+号",
    "contact": r"\d{3,4}-?\d{7,8}|1\d{10}|@|电话[:：]|邮箱[:：]|地址[:：]",
    "why": r"因|由于|为了|为|导致|影响|原因",
}
_KINDS = {kind: re.compile(pattern) for kind, pattern in _KIND_PATTERNS.items()}


@dataclass(frozen=True)
class Evidence:
    """One sentence of a hit, judged.

    Attributes:
        hit: The passage it stands in.
        start: Its offset in the passage.
        end: Its end in the passage.
        held: Share of the question's weight that it and its headings hold.
        own: The same for the sentence alone.
        fits: Whether it contains the kind of answer that is asked for.
        score: What it is ranked by.
    """

    hit: Hit
    start: int
    end: int
    held: float
    own: float
    fits: bool
    score: float

    @property
    def text(self) -> str:
        """The sentence's original words."""
        return self.hit.text[self.start : self.end]


def weigh(question: Question, rarity: Rarity | None) -> dict[str, float]:
    """Return each content word's weight: rare words carry a question, common ones hardly."""
    pairs = {word: [word[at : at + 2] for at in range(len(word) - 1)] or [word] for word in question.words}
    if rarity is None:
        return {word: 0.5 + 0.25 * len(word) for word in pairs}
    flat = [pair for group in pairs.values() for pair in group]
    rare = dict(zip(flat, rarity(flat), strict=True)) if flat else {}
    return {word: max(0.05, sum(rare[pair] for pair in group)) for word, group in pairs.items()}


def judged(question: Question, hits: Sequence[Hit], rarity: Rarity | None = None) -> list[Evidence]:
    """Return the hits' sentences, the most complete evidence first."""
    weights = weigh(question, rarity)
    best = max((hit.score for hit in hits), default=1.0) or 1.0
    found = [
        _judge(question, weights, hit, span, hit.score / best)
        for hit in hits
        for span in sentences_of(hit.text)
        if span[1] - span[0] >= 4
    ]
    return sorted(found, key=lambda one: -one.score)


def _judge(question: Question, weights: dict[str, float], hit: Hit, span: tuple[int, int], near: float) -> Evidence:
    sentence = fold(hit.text[span[0] : span[1]])
    heading = fold(hit.heading)
    before = fold(hit.text[max(0, span[0] - 120) : span[0]])
    total = sum(weights.values()) or 1.0
    own = held = 0.0
    for word, weight in weights.items():
        here = max(holds_word(word, sentence, question.aliases), 0.7 * pair_share(word, sentence))
        around = max(holds_word(word, heading, question.aliases), 0.8 * holds_word(word, before, question.aliases))
        own += weight * here
        held += weight * max(here, 0.9 * around)
    fits = _fits(question, sentence)
    score = 0.6 * own / total + 0.4 * held / total + 0.25 * near + (0.15 if fits else -0.15)
    return Evidence(hit, span[0], span[1], held / total, own / total, fits, score)


def _fits(question: Question, sentence: str) -> bool:
    pattern = _KINDS.get(question.kind)
    return pattern is None or bool(pattern.search(sentence))
