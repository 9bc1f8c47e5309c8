"""The clause that a figure stands in, and which figure's clause holds most of a question."""

from __future__ import annotations

from knowledge.language.clauses import begin_of, end_of
from knowledge.language.matching import holds_word, pair_share
from knowledge.questions.understanding import Question

Span = tuple[int, int]

_CLAUSE_SIGNS, _SEVERAL, _PARTLY = ",，、;；。", 2, 0.3


def most_in_its_words(question: Question, words: str, values: list[Span]) -> list[Span]:
    """The values whose clause holds most of what is asked: of 布点占比达到55%，教师比例达到60% the teachers' for 教师.

    None where the sentence has several and no clause of theirs holds a word of the question.
    """
    if len(values) < _SEVERAL:
        return values
    subject = " ".join((*question.names, *question.places, "" if question.matter else question.label))
    asked = [word for word in question.words if len(word) > 1 and not word.isdigit() and word not in subject]
    if not asked:
        return values
    held = {span: sum(len(one) * _held(one, clause_of(words, span)) for one in asked) for span in values}
    most = max(held.values())
    return [span for span in values if most and held[span] == most]


def _held(word: str, clause: str) -> float:
    """Whether a clause holds a word, or a third of its pairs (合作单位: 企业单位密切合作)."""
    share = pair_share(word, clause)
    return float(bool(holds_word(word, clause))) or (share if share >= _PARTLY else 0.0)


def clause_of(words: str, span: Span) -> str:
    """The words between the signs around a figure."""
    return words[begin_of(words, span[0], _CLAUSE_SIGNS) : end_of(words, span[1], _CLAUSE_SIGNS)]
