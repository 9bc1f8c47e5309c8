"""Things of one kind that differ in what stands before the noun: 焊接实训室 is answered by no 电池实训室."""

from __future__ import annotations

import re

from knowledge.language.brackets import IN_WORDS
from knowledge.language.lexicon import group, hollow, places, synonyms
from knowledge.language.slips import PARTING
from knowledge.language.speech import deeds, is_pale, is_result
from knowledge.language.terms import is_word
from knowledge.questions.understanding import Question

_BEFORE, _TWIN, _BETWEEN = 2, 3, 4
_DENYING = frozenset("不非未无没")  # 不营利 is 非营利


def is_sibling(word: str, question: Question, sentence: str) -> bool:
    """Whether a folded ``sentence`` tells of the noun that ``word`` stands before in the question, under another word.

    ``word`` itself must be missing in the sentence and around it.
    """
    loose = is_pale(word) and (word not in deeds() or word in synonyms())  # 随便, 评上: no kind of the noun
    loose = loose or is_result(word) or word[-1] in "在到给为去来下上"  # 留在巴州: where, not what kind
    if loose or len(word) < _BEFORE or word in places() or word in group("type") | group("people"):
        return False
    if IN_WORDS.fullmatch(word):  # 四百万: so many, no kind
        return False
    if any(word in name for name in question.names):
        return False
    if has_twin(word, sentence):
        return True
    for noun in question.words:
        if len(noun) < _BEFORE or noun in group("type") or not _stands_before(word, noun, question, sentence):
            continue
        for found in re.finditer(re.escape(noun), sentence):
            before = sentence[max(0, found.start() - _BEFORE) : found.start()]
            if (
                is_word(before)
                and len(before) == _BEFORE
                and before not in hollow() | group("type")
                and before not in question.folded
            ):
                return True
    return False


def _stands_before(word: str, noun: str, question: Question, sentence: str) -> bool:
    """Whether ``word`` stands right before ``noun``, or with words between that the sentence lacks before it, too."""
    found = re.search(rf"{re.escape(word)}([\u4e00-\u9fff]{{0,{_BETWEEN}}}?){re.escape(noun)}", question.folded)
    if found is None or not found[1]:
        return found is not None
    return found[1] in question.words and f"{found[1]}{noun}" not in sentence and not is_pale(found[1])


def has_twin(word: str, sentence: str) -> bool:
    """Whether the sentence has a word that differs in the first of three characters (单晶硅, 多晶硅)."""
    if len(word) != _TWIN or word[0] not in PARTING or word in sentence:
        return False
    found = re.finditer(rf"[{PARTING}](?={re.escape(word[1:])})", sentence)
    return any(one[0] != word[0] and not {one[0], word[0]} <= _DENYING for one in found)
