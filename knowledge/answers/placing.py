"""Which of a sentence's figures stands by which subject: in its clause, before it or behind it."""

from __future__ import annotations

import re

from knowledge.language.clauses import begin_of, end_of
from knowledge.language.content import content_words
from knowledge.questions.understanding import Question

Span = tuple[int, int]

_SUM = re.compile(r"共|合计|总")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?=年)")
_SIGNS = ",，、;；。:："


def own_words(question: Question) -> tuple[str, ...]:
    """The words of a subject's label that no other subject's label has, or the label itself."""
    others = {word for label in question.others for word in content_words(label)}
    own = tuple(word for word in content_words(question.label) if word not in others)
    return tuple(word for word in own if len(word) > 1) or own or (question.label,)


def apart(label: str, question: Question) -> tuple[str, ...]:
    """The words of another subject's label that this one's has not, or that label itself."""
    mine = set(content_words(question.label))
    return tuple(word for word in content_words(label) if word not in mine) or (label,)


def places_of(question: Question, words: str) -> tuple[list[Span], list[Span]]:
    """Where a sentence names the subject that is asked about, and where the others."""
    if not question.label:
        return [], []
    theirs = [
        span
        for label in question.others
        for word in ((label,) if label in words else apart(label, question))
        for span in at_of(word, words)
    ]
    mine = [
        span
        for word in ((question.label,) if question.label in words else own_words(question))
        for span in at_of(word, words)
        if not any(begin <= span[0] and span[1] <= end for begin, end in theirs)  # 技师 in 高级技师
    ]
    return mine, theirs


def dated(words: str, mine: list[Span], theirs: list[Span], dates: list[Span]) -> list[Span]:
    """The date of a subject: in its own clause, else the last one before it, or the next one where dates follow."""
    if not mine or (own := beside(words, mine, theirs, dates)):
        return own if mine else []
    leads = bool(dates) and dates[0][0] < min(start for start, _ in (*mine, *theirs))
    return [one for one in dates if one[1] <= mine[0][0]][-1:] if leads else behind(words, mine, theirs, dates)


def of_year(question: Question, words: str, values: list[Span]) -> list[Span]:
    """The values of the one year that is asked about, where a sentence tells of several."""
    if len(question.years) != 1 or not (own := at_of(str(question.years[0]), words)):
        return values
    others = [one.span() for one in _YEAR.finditer(words) if one[0] != str(question.years[0])]
    if not others:
        return values
    return beside(words, own, others, values) or behind(words, own, others, values) or values


def beside(words: str, mine: list[Span], theirs: list[Span], values: list[Span]) -> list[Span]:
    """The values of the clauses in which a subject stands, the nearest first."""
    near: dict[Span, tuple[bool, int]] = {}
    for start, end in mine:
        begin, stop = begin_of(words, start, _SIGNS), end_of(words, end, _SIGNS)
        within = [one for one in values if begin <= one[0] and one[1] <= stop + 1]
        if len(within) == 1 and any(begin <= at and to <= stop for at, to in theirs):
            continue
        for one in within:
            far = (one[0] < start, abs(one[0] - end))
            near[one] = min(far, near.get(one, far))
    return sorted(near, key=near.__getitem__)


def behind(words: str, mine: list[Span], theirs: list[Span], values: list[Span]) -> list[Span]:
    """The values after a subject and before any other one, unless they are of all together."""
    for _, end in mine:
        other = min((at for at, _ in theirs if at >= end), default=len(words))
        if after := [one for one in values if end <= one[0] < other and not _SUM.search(words, end, one[0])]:
            return after
    return []


def at_of(word: str, words: str) -> list[Span]:
    """Where a word stands."""
    return [found.span() for found in re.finditer(re.escape(word), words)]
