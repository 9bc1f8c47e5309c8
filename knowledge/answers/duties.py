"""Who is responsible for an item: official plans say so at its end, as (责任单位：…)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.documents.cutting import sentences_of
from knowledge.documents.entries import Hit
from knowledge.evidence.judging import Evidence
from knowledge.language.folding import fold
from knowledge.language.lexicon import group
from knowledge.questions.understanding import Question

Span = tuple[int, int]
_STATED = re.compile(r"(?:责任|牵头|主责|主办|负责)(?:单位|部门|处室|人)\s*[:：]")
_LED = re.compile(r"牵头(?:单位|部门|学校|企业)?\s*[:：]|由[^,，。;；]{2,40}?牵头|[\u4e00-\u9fff]牵头")
_HELPED = re.compile(r"(?:配合|协办|参与)(?:单位|部门)\s*[:：]")
_ASSIGNED = re.compile(
    r"由[^,，。;；]{2,30}?(?:负责|牵头|承担|主管|组织|办理)|[局委会院部处公司集团校]\s*(?:负责|牵头|主管)"
)
_SURE, _ABOUT = 0.6, 0.5


def duty_of(question: Question, evidence: Sequence[Evidence], hits: Sequence[Hit]) -> tuple[Evidence, Hit, Span] | None:
    """Return the evidence for what is asked about, and where its own item names who is responsible.

    ``evidence`` is judged for the question without its asking words: the item is found by its matter, and only
    that item's own words may say who answers for it.
    """
    if question.kind != "duty":
        return None
    for one in [one for one in evidence if one.right_source and one.held >= _SURE][:3]:
        if one.score < _ABOUT * evidence[0].score:
            break
        if _in_row(one, question):
            return one, one.hit, (one.start, one.end)
        for hit in _same_item(one.hit, hits):
            start = one.start if hit is one.hit else 0
            for pattern in _patterns(question):
                spans = list(sentences_of(hit.text))
                before = [span for span in spans if span[1] <= start]
                for span in (*(span for span in spans if span not in before), *before):
                    later = span not in before or pattern is _LED  # who leads may be said before what for
                    if later and pattern.search(fold(hit.text[span[0] : span[1]])):
                        return one, hit, span
    return None


def _in_row(evidence: Evidence, question: Question) -> bool:
    """Whether the evidence is a table's row that has a column for who is responsible."""
    cells = evidence.hit.cells(evidence.start, evidence.end)
    wanted = r"配合|协办|参与" if re.search(r"配合|协办", question.folded) else r"牵头|责任|负责|主办|承办"
    return any(re.search(wanted, fold(head)) for head, _ in cells)


def _patterns(question: Question) -> tuple[re.Pattern[str], ...]:
    """What to look for: who leads is not who helps, and the responsible unit leads when nobody is said to."""
    if re.search(r"配合|协办", question.folded):
        return (_HELPED,)
    return (_LED, _STATED) if "牵头" in question.folded else (_STATED,)


def assigned(evidence: Evidence) -> bool:
    """Whether the sentence itself says who is responsible."""
    text = fold(evidence.text)
    return bool(_STATED.search(text) or _ASSIGNED.search(text))


def matter_words(question: Question) -> tuple[str, ...]:
    """Return the question's words without those that ask for responsibility."""
    return tuple(word for word in question.words if word not in group("duty") and word not in group("type"))


def _same_item(hit: Hit, hits: Sequence[Hit]) -> list[Hit]:
    """The passage, and the later pieces of a long item."""
    later = [
        one
        for one in hits
        if one.document_id == hit.document_id and one.path == hit.path and one.path and one.start > hit.start
    ]
    return [hit, *sorted(later, key=lambda one: one.start)]
