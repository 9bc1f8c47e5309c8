"""Whether a sentence says which ones they are, or only how many: 成员单位有哪些 is not answered by 成员单位57家."""

from __future__ import annotations

import re

from knowledge.documents.enumerating import names_several, names_so_many, so_many_asked
from knowledge.evidence.judging import Evidence
from knowledge.language.folding import fold
from knowledge.language.kinds import MEASURES
from knowledge.language.lexicon import group
from knowledge.language.speech import is_pale
from knowledge.questions.understanding import Question

_WHO = re.compile(r"[是叫](?:谁|哪[些几位])")
_WHICH = re.compile(r"(?:有|是|包括|包含)哪些[?？]?$")
_NAMED_AFTER = re.compile(
    rf"\d[余多]?[{MEASURES}][^,，。;；、]{{0,6}}?(?:[,，:：(]|[,，]?(?:分别|依次|具体|即)[是为有]?)[^,，。;；、\d]{{2,}}、"
)
_ITEM_BEGINS = 6


def counts_only(question: Question, evidence: Evidence) -> bool:
    """Whether it is asked which ones (成员单位有哪些) and the sentence says only how many there are."""
    if question.kind in ("who", "person") and _WHO.search(question.folded):  # 主任委员1名: not who it is
        counted = any(
            re.search(rf"{re.escape(word)}\d+[名位人](?!,由[^,。;；]{{2,30}}担?任)", fold(evidence.text))
            for word in question.focus
        )
        return counted or not evidence.own
    if question.kind != "list":
        return False
    count = so_many_asked(question.folded)
    if count and names_so_many(count, fold(evidence.text)):
        return False
    if count and not names_several(fold(evidence.hit.text[evidence.start : evidence.end + _ITEM_BEGINS])):
        return True
    if (
        _WHICH.search(question.folded)
        and question.core
        and question.core not in group("type")
        and not _names(question.core, evidence)
    ):
        return True
    clauses = re.split(r"[,，。;；:：]", fold(evidence.text))
    nouns = [word for word in question.focus if len(word) > 1 and not is_pale(word)]
    told = any(_enumerates(word, clause) for clause in clauses for word in nouns) or bool(
        _NAMED_AFTER.search(fold(evidence.text))
    )
    return bool(nouns) and not told and all(any(_counts(word, clause) for clause in clauses) for word in nouns)


def _names(word: str, evidence: Evidence) -> bool:
    """Whether the sentence names what belongs to ``word``: after it, before it, or under a heading that has it."""
    sentence, word = fold(evidence.text), re.escape(word)
    told = (
        rf"{word}[^,，。;；、]{{0,10}}(?:(?<![享具没])有|[为是即由分设]|包[括含]|涵盖|涉及)"
        rf"|{word}[^,，。;；、]{{0,3}}[:：]|、[^,，。;；]{{2,30}}{word}|(?:以|如)下[^,，。;；]{{0,8}}{word}|下列[^,，。;；]{{0,8}}{word}"
    )
    above = [fold(one) for one in (*evidence.hit.path[-1:], evidence.hit.part or "")]
    return bool(re.search(told, sentence)) or any(re.search(rf"{word}$", one) for one in above)


def _enumerates(word: str, clause: str) -> bool:
    """Whether a clause lists what belongs to ``word``: not a list of counts (高职院校4所、科研院所2家)."""
    items = clause.split("、")
    counted = sum(bool(re.search(rf"\d[余多]?[{MEASURES}]", item)) for item in items)
    return len(items) > 1 and word in clause and counted < 2


def _counts(word: str, clause: str) -> bool:
    clause = next((item for item in clause.split("、") if word in item), clause)
    return bool(re.search(rf"{re.escape(word)}.{{0,6}}?\d+[余多]?[{MEASURES}]", clause))
