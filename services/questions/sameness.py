"""Whether two questions ask for the same thing, in whatever words."""

from collections.abc import Sequence

from knowledge.language.folding import bare
from knowledge.language.matching import holds_word
from knowledge.questions.understanding import Question, understand
from services.questions.wordings import (
    AMOUNTS,
    ASPECTS,
    EMPTY,
    INSIDE,
    NEGATED,
    OUTSIDE,
    PER,
    REVERSED,
    SAME_WORDS,
)

ALIKE, HELD = 0.5, 0.6
CERTAIN = 0.9  # literal or a short form; the library's synonyms widen a search and are too wide for sameness


def sameness(asked: Question, known: Question) -> float:
    """How much of each other's words of weight the two hold, from 0 to 1: the lesser of the two shares.

    Another number, year, place, organisation, unit of account or wish makes them different questions: 0.
    """
    if not _may_be_same(asked, known):
        return 0.0
    return min(_share(asked, known), _share(known, asked))


def is_same(asked: Question, known: Question) -> bool:
    """True when the answer to the one is the answer to the other.

    One side may leave a word out or say more of nothing. A word that stands in the other's place is another question:
    each side then holds a word that the other lacks.
    """
    if not _may_be_same(asked, known) or aspect(asked) != aspect(known):
        return False
    extra, missing = _lacking(asked, known), _lacking(known, asked)
    return not extra and (not missing or _share(known, asked) >= HELD)


def first_same(text: str, known: Sequence[str]) -> int | None:
    """Where among the known questions the same one stands, in these words or others; slow enough for a thread."""
    asked, words = understand(text), bare(text)
    for at, other in enumerate(known):
        read = understand(other)
        if bare(other) == words or (is_same(asked, read) and is_same(read, asked)):
            return at
    return None


def aspect(question: Question) -> str:
    """What is wanted: why, where, when, …; empty when nothing says so."""
    return ASPECTS.get(question.kind, "")


def _may_be_same(asked: Question, known: Question) -> bool:
    if set(asked.years) != set(known.years) or set(asked.places) != set(known.places):
        return False
    for guard in (AMOUNTS, PER):
        if set(guard.findall(asked.folded)) != set(guard.findall(known.folded)):
            return False
    for turn in (NEGATED, REVERSED, INSIDE, OUTSIDE):
        if bool(turn.search(asked.folded)) != bool(turn.search(known.folded)):
            return False
    if any(not holds_word(name, known.folded) for name in asked.names):
        return False
    wants = {aspect(asked), aspect(known)} - {""}
    return len(wants) < 2


def _weighty(question: Question) -> list[str]:
    return [word for word in question.words if len(word) > 1 and word not in EMPTY]


def _lacking(question: Question, other: Question) -> list[str]:
    return [word for word in _weighty(question) if not _holds(word, other)]


def _share(question: Question, other: Question) -> float:
    words = _weighty(question)
    total = sum(len(word) for word in words)
    return sum(len(word) for word in words if _holds(word, other)) / total if total else 0.0


def _holds(word: str, other: Question) -> bool:
    """In the same or another wording, or by the one sign that carries a word of two: 修改 and 改."""
    wordings = next((group for group in SAME_WORDS if word in group), (word,))
    if any(holds_word(one, other.folded) >= CERTAIN for one in wordings):
        return True
    return len(word) == 2 and any(len(one) == 1 and word.endswith(one) for one in other.words)
