"""Made-up names that a question uses without their kind: 澄海 for 澄海电子有限公司.

No dictionary has them and no document explains them, but where the found passages call a body so, an answer must be
about that body: of 澄海捐了多少 nothing is told by what another firm gave.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.documents.entries import Hit
from knowledge.language.folding import fold
from knowledge.language.lexicon import group
from knowledge.language.numerals import has_numeral
from knowledge.language.speech import is_pale
from knowledge.language.terms import is_word
from knowledge.questions.understanding import Question

_BODY = r"[\u4e00-\u9fff]{0,10}?(?:公司|集团|股份|科技|学院|学校|大学|研究院|产业园|医院)"
_MADE_UP = re.compile(r"[\u4e00-\u9fff]{2,4}")


def with_brands(question: Question, hits: Sequence[Hit]) -> Question:
    """Return the question with those of its words among its names that passages call a body by."""
    able = [word for word in question.words if _is_made_up(word) and not any(word in one for one in question.names)]
    if not able:
        return question
    texts = [fold(f"{hit.heading}\n{hit.about}\n{hit.text}") for hit in hits]
    found = [word for word in able if any(re.search(f"{re.escape(word)}{_BODY}", text) for text in texts)]
    return replace(question, names=(*question.names, *found)) if found else question


def _is_made_up(word: str) -> bool:
    if not _MADE_UP.fullmatch(word) or has_numeral(word) or is_word(word) or is_pale(word):
        return False
    return word not in group("general") and word not in group("type")
