"""What a term means, and the items of a counted list, each in the few words that a sentence says it with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.documents.enumerating import WHICH_SO_MANY, so_many_asked
from knowledge.evidence.judging import Evidence
from knowledge.language.folding import fold
from knowledge.language.numerals import value_of
from knowledge.questions.understanding import Question

_LONGEST = 32
_IS = r"[”\"」]?\s*[,，]?\s*(?:就是|是指|指的是|指|即|是)"
_ITEM = re.compile(
    r"(?:^|[,，:：。;；\s])(?:第?([一二三四五六七八九十])(是|要|[\u4e00-\u9fff](?=[\u4e00-\u9fff]{2})))([^,，。;；]+)"
)
_MEASURES = "个条项点种方大句步件"


def meaning(question: Question, evidence: Evidence) -> str:
    """Return the first clause of what a sentence says that the compared term means, or empty."""
    if question.kind != "define" or not question.label:
        return ""
    words = fold(evidence.text)
    found = re.findall(rf"{re.escape(question.label)}{_IS}([^,，。;；]{{2,{_LONGEST}}})(?=[,，。;；]|$)", words)
    return found[0] if len(found) == 1 else ""


def counted_items(question: Question, sentences: Sequence[str]) -> list[str]:
    """Return the items of 一要…；二要…；三要… without their counting words, when just so many are asked for.

    Empty where another number of them stands there, or where one is no short phrase.
    """
    asked, count = WHICH_SO_MANY.search(question.folded), so_many_asked(question.folded)
    found = [(value_of(one[1]), one[2], one[3].strip()) for text in sentences for one in _ITEM.finditer(fold(text))]
    signs = list(dict.fromkeys(one[1] for one in found))
    if asked and asked[2] not in _MEASURES:  # 哪三要: 一要, not 一是
        signs = [sign for sign in signs if sign == asked[2]]
    for sign in signs:
        items = [(number, words) for number, own, words in found if own == sign]
        if count and [number for number, _ in items] == list(range(1, count + 1)):
            return [words for _, words in items] if all(len(words) <= _LONGEST for _, words in items) else []
    return []
