"""Whom a sentence speaks of that begins with 她 or 其: the one before it names them, and is said with it."""

from __future__ import annotations

import re

from knowledge.documents.cutting import sentences_of
from knowledge.language.folding import fold

Span = tuple[int, int]

_PRONOUN = re.compile(r"[\s“\"《(（]*(?:[他她](?!们)|其(?!他|中|余|实|次|它|间)|该(?:同志|教师|老师|学员|学生|选手))")
_BACK = 2


def spoken_of(text: str, span: Span) -> Span | None:
    """Return the sentence before ``span`` that names whom its pronoun means; None where it begins with none."""
    if not _PRONOUN.match(fold(text[span[0] : span[1]])):
        return None
    before = [one for one in sentences_of(text) if one[1] <= span[0]][-_BACK:]
    return next((one for one in reversed(before) if not _PRONOUN.match(fold(text[one[0] : one[1]]))), None)
