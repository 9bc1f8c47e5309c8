"""What answers a question in a few words of the sentence that carries it: a figure, a name, a meaning, short items."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.answers.holders import holder
from knowledge.answers.meaning import counted_items, meaning
from knowledge.answers.stating import stated
from knowledge.evidence.judging import Evidence
from knowledge.language.folding import fold
from knowledge.language.lexicon import group
from knowledge.language.matching import find_parts, holds_word, pair_share
from knowledge.language.speech import is_pale
from knowledge.questions.understanding import Question

_PARTLY = 0.5


def in_short(question: Question, evidence: Evidence) -> str:
    """Return the few words; empty where it is not plain to see which they are, or where none would do."""
    if not question.label:
        return stated(question, evidence)
    if not _speaks_of_all(question, evidence):
        return ""
    return stated(question, evidence) or meaning(question, evidence) or holder(question, evidence)


def _speaks_of_all(question: Question, evidence: Evidence) -> bool:
    """Whether a sentence and its headings hold every noun of the question: 教师263人 is no number of 博士教师."""
    hit = evidence.hit
    said = fold(f"{hit.heading} {hit.about} {hit.told(evidence.start, evidence.end)}")
    nouns = [word for word in question.words if len(word) > 1 and not is_pale(word) and word not in group("type")]
    return all(_held(word, said, question) for word in nouns)


def _held(word: str, said: str, question: Question) -> bool:
    if not re.search(rf"[副分原务]{re.escape(word)}", question.folded):  # 常务理事会 is no 理事会
        said = re.sub(rf"(?:常务|副|分|原){re.escape(word)}", " ", said)
    if word[-1] in "费款" and not re.search(rf"{re.escape(word[:-1])}[^,，。;；]{{0,4}}(?:[费款补]|资金|成本)", said):
        return False  # 对外培训净收益 is no 培训费
    if word.isdigit() or holds_word(word, said, question.aliases) or find_parts(word, said)[0]:
        return True
    return pair_share(word, said) >= _PARTLY


def items_in_short(question: Question, sentences: Sequence[str]) -> str:
    """Return the items of a counted list that is asked for as a headline (认识双高；推进机制建设。), or empty."""
    items = counted_items(question, sentences) if question.lists else []
    return f"{'；'.join(items)}。" if items else ""
