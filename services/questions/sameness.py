"""Whether two questions ask for the same thing, in whatever words."""

from knowledge.folding import fold
from knowledge.matching import holds_word, pair_share
from knowledge.understanding import Question

SAME, ALIKE = 0.75, 0.5
# Kinds of answer that exclude each other; the others (a fact, a list) go with any.
_GROUPS = {
    "when": "when",
    "often": "often",
    "lasting": "often",
    "who": "who",
    "contact": "who",
    "where": "where",
    "why": "why",
    "count": "number",
    "people": "number",
    "money": "number",
    "share": "number",
    "number": "number",
    "quantity": "number",
    "ordinal": "number",
}
_COMMON = frozenset("时间 日期 标准 情况 要求 规定 流程 方式 办法 事项 问题 内容 具体 目前 现在".split())  # noqa: SIM905


def sameness(asked: Question, known: Question) -> float:
    """How surely the two ask the same, from 0 to 1: the lesser of what each holds of the other's words.

    Another year, place, organisation or kind of answer makes them different questions.
    """
    if set(asked.years) != set(known.years) or set(asked.places) != set(known.places):
        return 0.0
    if any(not holds_word(name, known.folded) for name in asked.names):
        return 0.0
    kinds = {_GROUPS.get(asked.kind), _GROUPS.get(known.kind)} - {None}
    if len(kinds) > 1:
        return 0.0
    return min(_held(asked, known.folded), _held(known, asked.folded))


def is_same(asked: Question, known: Question) -> bool:
    """True when the answer to the one is the answer to the other. One word of weight that differs is enough for no."""
    return sameness(asked, known) >= SAME and all(
        _hold(word, known.folded) > 0.3 for word in asked.words if word not in _COMMON
    )


def _held(question: Question, text: str) -> float:
    weights = {word: (0.3 if word in _COMMON else float(len(fold(word)))) for word in question.words}
    total = sum(weights.values())
    if not total:
        return 0.0
    return sum(weight * _hold(word, text) for word, weight in weights.items()) / total


def _hold(word: str, text: str) -> float:
    return max(holds_word(word, text), 0.7 * pair_share(word, text))
