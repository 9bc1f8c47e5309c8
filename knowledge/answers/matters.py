"""The figure for one of several matters that a message asks about: 就业多少人，其中留在本地的多少.

A matter has no subject of its own to stand beside a figure, so the clause must hold the words that its asking word
stands next to.
"""

from __future__ import annotations

import re

from knowledge.answers.clauses import clause_of, most_in_its_words
from knowledge.answers.placing import at_of
from knowledge.language.asking import ASKING, without_asking
from knowledge.language.clauses import begin_of
from knowledge.language.content import content_words
from knowledge.language.matching import holds_word
from knowledge.questions.understanding import Question

Span = tuple[int, int]

_SEVERAL = 2
_SERIES = re.compile(r"[一二三四首]期|第[一二三四五六七八九十\d]+[期届批次]|[特一二三]等奖|[初中高]级")


def of_matter(question: Question, words: str, values: list[Span], heading: str) -> Span | None:
    """Return the figure of the one clause that holds most of what this part asks; None where that is not plain.

    Args:
        question: One of several matters.
        words: A folded sentence.
        values: The figures of the wanted kind in it.
        heading: The folded headings above it: what they say tells no figure apart.
    """
    part = [one for one in values if "其中" in _before_in_sentence(words, one)]
    values = _in_scope(question, words, values, part)
    keys = _keys(question)
    own_keys = {word for word in keys if word not in heading}
    most = max((_keyed(keys, words, one) for one in values), default=0)
    if own_keys and not most and (len(values) >= _SEVERAL or ("其中" in question.folded and not part)):
        return None
    values = [one for one in values if _keyed(keys, words, one) == most]
    own = values if len(values) < _SEVERAL else most_in_its_words(question, words, values)
    own = own or ([] if own_keys else values)
    own = [one for one in own if one not in part] or own
    return own[0] if len({words[slice(*one)] for one in own}) == 1 else None


def _in_scope(question: Question, words: str, values: list[Span], part: list[Span]) -> list[Span]:
    """The figures behind 其中 where the question says it, and those behind the year that it names."""
    values = part if part and "其中" in question.folded else values
    year = at_of(str(question.years[0]), words) if len(question.years) == 1 else []
    return [one for one in values if one[0] >= year[0][0]] if year else values  # 现有21人，力争2027年达到45人


def _keys(question: Question) -> set[str]:
    """The words that a matter's asking word stands next to: whose or what figure it is (企业 in 实训楼企业投了多少)."""
    asking = ASKING.search(question.folded)
    before = re.split("[,，]", question.folded[: asking.start()] if asking else question.folded)[-1]
    nouns = [word for word in content_words(without_asking(before)) if len(word) > 1 and not word.isdigit()]
    series = _SERIES.findall(before)  # 一期何时投用，二期何时开工
    return {word for word in (question.core, *nouns[-1:], *question.counted[:2], *series) if len(word) > 1}


def _keyed(keys: set[str], words: str, value: Span) -> int:
    return sum(bool(holds_word(word, clause_of(words, value))) for word in keys)


def _before_in_sentence(words: str, value: Span) -> str:
    return words[begin_of(words, value[0], ";；。") : value[0]]
