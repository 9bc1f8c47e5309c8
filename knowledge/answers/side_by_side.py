"""The answers for compared subjects put together: the figures first, then what carries each of them.

Each subject is answered on its own evidence. What is not found for one is said to be missing; the figure of another
never stands in for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from knowledge.answers.answer import Answer, Sentence, with_sentences
from knowledge.answers.placing import apart, own_words
from knowledge.answers.selecting import banded
from knowledge.answers.stating import is_measured
from knowledge.documents.entries import Hit
from knowledge.evidence.judging import Evidence
from knowledge.language.content import content_words
from knowledge.language.folding import fold
from knowledge.language.lexicon import group
from knowledge.language.matching import find_parts, holds_word, pair_share
from knowledge.language.speech import is_pale
from knowledge.questions.understanding import Question

_UNIT = re.compile(r"元|[%％]|成|分之|人次|[名位人]|[年月日天周]|[\u4e00-\u9fff](?=$|[之以]?[上下内前左右])")
_SAME_UNIT = {
    "％": "%",
    "成": "%",
    "分之": "%",
    "名": "人",
    "位": "人",
    "月": "年",
    "日": "年",
    "家": "个",
    "所": "个",
    "项": "个",
}
_ALIKE = re.compile(r"[各均都每]|分别")
_MOST, _SHORT, _MOSTLY, _SURE = 3, 2, 0.5, 0.6


def tells_another(question: Question, evidence: Evidence) -> bool:
    """Whether a sentence may tell of another subject of the comparison than the one that is asked about.

    It tells of this one when it or its heading says so; else when its passage speaks of this one alone, or when a
    place, a name or a year, which the source itself has, is all that tells the subjects apart.
    """
    sentence, own, named = fold(evidence.text), own_words(question), _is_given(question)
    above = evidence.hit.heading if named else " ".join(evidence.hit.path[-2:])
    theirs = {word for label in question.others for word in apart(label, question) if len(word) > 1}
    if _of_their_year(own, theirs, sentence):
        return True
    if any(_holds(word, f"{fold(above)} {sentence}", question) for word in own):
        return False
    if named:
        return any(word in sentence for word in theirs)
    passage = fold(evidence.hit.text)
    alone = any(_holds(word, f"{fold(evidence.hit.heading)} {passage}", question) for word in own)
    return not alone or any(word in passage for word in theirs)


def _of_their_year(own: Sequence[str], theirs: set[str], sentence: str) -> bool:
    """Whether a sentence says another subject's year and not this one's, whatever its heading says (2024届)."""
    mine = [word for word in own if word.isdigit()]
    return (
        bool(mine)
        and not any(one in sentence for one in mine)
        and any(one.isdigit() and one in sentence for one in theirs)
    )


def _is_given(question: Question) -> bool:
    """Whether a place, a name or a year tells the subject apart: the source has it, and its sentences need not."""
    given = (*question.names, *question.places, *(str(year) for year in question.years))
    return any(one in word or word in one for word in own_words(question) for one in given)


def of_subject(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return the evidence for a compared subject: sentences that call it by its whole name when one of them answers."""
    if not question.others:
        return list(evidence)
    able = [one for one in evidence if not tells_another(question, one)]
    if question.matter:  # its own words may be others than the document's
        return able if any(banded(question, one) == "answered" for one in able) else list(evidence)
    if _is_given(question):
        return able
    named = [one for one in able if question.label in fold(one.text)]
    return named if any(banded(question, one) == "answered" for one in named) else able


def _holds(word: str, text: str, question: Question) -> bool:
    return bool(holds_word(word, text, question.aliases) or find_parts(word, text)[0]) or (
        len(word) > _SHORT and pair_share(word, text) >= _MOSTLY
    )


def side_by_side(parts: Sequence[Question], answers: Sequence[Answer]) -> Answer:
    """Put the answers for compared subjects together; a subject without evidence is named in the notes."""
    told = list(zip(parts, answers, strict=True))
    answers = [_own(part, one, told) for part, one in told]
    found = [one for one in answers if one.outcome == "answered"]
    if not found:
        return max(answers, key=lambda one: (one.outcome == "nearest", one.confidence))
    missing = [f"partial:{part.label}" for part, one in zip(parts, answers, strict=True) if one not in found]
    notes = tuple(dict.fromkeys([*missing, *(note for one in found for note in one.notes)]))
    conflicts = tuple(group for one in found for group in one.conflicts)
    sure = all(one.confidence >= _SURE for one in answers)
    sure = sure and _of_one_source(parts, answers)
    mixed = all(part.matter or not is_measured(part) for part in parts)
    headline = _headline(parts, answers, mixed=mixed) if sure and not missing else ""
    base = replace(found[0], headline=headline, notes=notes, conflicts=conflicts, value="", nearest=_nearest(answers))
    return with_sentences(base, _sentences(parts, answers), "extract")


def _of_one_source(parts: Sequence[Question], answers: Sequence[Answer]) -> bool:
    """Whether the matters of a message stand in one document, or each part says whose it asks for."""
    documents = {one.citations[0].document_id for one in answers if one.citations}
    return len(documents) < _SHORT or all(not part.matter or part.names or part.places for part in parts)


def said_of_all(parts: Sequence[Question], whole: Answer) -> Answer | None:
    """Return the answer to the whole question when its first sentence speaks of every subject."""
    if whole.outcome != "answered":
        return None
    said = fold(whole.sentences[0].text)
    if any(is_measured(part) for part in parts) and not _ALIKE.search(said):
        return None
    named = all(all(holds_word(word, said) >= 1 for word in content_words(part.label)) for part in parts)
    return whole if named else None


def _own(part: Question, answer: Answer, told: Sequence[tuple[Question, Answer]]) -> Answer:
    """The answer, or a no where the same sentence and figure were found for another subject that it names instead."""
    if answer.outcome != "answered":
        return answer
    said = fold(answer.sentences[0].text)
    same = [
        other
        for other, one in told
        if other is not part and one.sentences[:1] == answer.sentences[:1] and one.value == answer.value
    ]
    shared = any(one.sentences[:1] == answer.sentences[:1] for other, one in told if other is not part)
    if part.matter and shared and not answer.value:  # it may say it in other words: the sentence is shown
        return answer
    beside = any(one.value for other, one in told if other is not part)
    if (
        is_measured(part)
        and not answer.value
        and ((shared and _named(part, said)) or (beside and _lacks_counted(part, said)))
    ):
        return Answer("nearest", nearest=answer.nearest, confidence=answer.confidence)
    if not same or (answer.value and _ALIKE.search(said)):
        return answer
    if _named(part, said) and not (is_measured(part) and any(_named(other, said) for other in same)):
        return answer
    return Answer("nearest", nearest=answer.nearest, confidence=answer.confidence)


def _lacks_counted(part: Question, said: str) -> bool:
    """Whether a sentence lacks some of what is counted, where another subject's sentence has its figure."""
    nouns = [word for word in part.counted if len(word) > 1 and not is_pale(word) and word not in group("type")]
    return any(not holds_word(word, said, part.aliases) and not find_parts(word, said)[0] for word in nouns)


def _named(part: Question, said: str) -> bool:
    return all(holds_word(word, said, part.aliases) for word in own_words(part))


def _headline(parts: Sequence[Question], answers: Sequence[Answer], *, mixed: bool) -> str:
    """The headline; each item behind its subject where one is a list itself (甲：…、…；乙：…)."""
    values = [one.value for one in answers]
    if all(values) and any("、" in one for one in values):
        return f"{'；'.join(f'{part.label}：{one}' for part, one in zip(parts, values, strict=True))}。"
    return headline_of(values, mixed=mixed)


def headline_of(values: Sequence[str], *, mixed: bool = False) -> str:
    """Return the figures as one says them, in order; empty unless each subject has one.

    All must be in one measure, but for ``mixed`` ones: what two matters are answered with.
    """
    if not values or not all(values) or (not mixed and len({_measure(one) for one in values}) > 1):
        return ""
    if len(set(values)) == 1:
        return f"都是{values[0]}。" if not mixed else ""
    return f"分别是{'、'.join(values)}。"


def _measure(value: str) -> str:
    """What a figure counts in: 5000元 and 1.2万元 are both sums, 190人 is none; dates are one kind."""
    found = _UNIT.search(value)
    return "" if found is None else _SAME_UNIT.get(found[0], found[0])


def _sentences(parts: Sequence[Question], answers: Sequence[Answer]) -> list[Sentence]:
    """The first sentence for each subject, with its items where it lists some; one that tells of several only once."""
    said: dict[Sentence, list[str]] = {}
    for part, answer in zip(parts, answers, strict=True):
        for one in answer.sentences[: _MOST if part.lists else 1]:
            said.setdefault(one, []).append(part.label)
    whole = any(len(labels) == len(parts) for labels in said.values())
    return [replace(one, about="" if whole else "、".join(labels)) for one, labels in said.items()]


def _nearest(answers: Sequence[Answer]) -> tuple[Hit, ...]:
    hits = (hit for group in zip_longest(*(one.nearest for one in answers)) for hit in group if hit is not None)
    return tuple({hit.passage_id: hit for hit in hits}.values())[:_MOST]
