"""How much each word of a question weighs: rare nouns carry it, common words and verbs hardly."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from knowledge.language.forms import COUNTING
from knowledge.language.kinds import MEASURES
from knowledge.language.lexicon import field_set, group, synonyms
from knowledge.language.speech import deeds, is_pale, is_result
from knowledge.questions.understanding import Question

Rarity = Callable[[Sequence[str]], Sequence[float]]

_COMMONEST, _LEAST, _TOPIC_WEIGHT = 0.4, 0.05, 1.15
_OF_KIND, _OF_CONDITION, _ALONE = 0.3, 0.05, 0.4
COUNT = re.compile(rf"[\d一二两三四五六七八九十半]+个?[{MEASURES}天日月周年]?")
_FOCUS_WEIGHT, _PALE, _PALE_MOST, _ANCHOR, _EITHER, _SPEAKER, _PAYER = 1.6, 0.35, 0.35, 0.6, 0.6, 0.5, 0.2
_PAYERS = frozenset(("政府", "财政", "国家"))
_OF_MATTERS = frozenset(("condition", "consult"))  # 不服找谁, 请假找谁: the deed is the matter
_OF_DEEDS = frozenset(("when", "who", "where", "often", "duty"))  # 什么时候挂牌: another deed has another day


def weigh(question: Question, rarity: Rarity | None, topics: frozenset[str]) -> dict[str, float]:
    """Return each content word's weight: rare words carry a question, common ones hardly.

    ``topics`` are the verbs that `topics_of` says are what is asked about.
    """
    pairs = {word: _pairs(word) for word in question.words}
    flat = [pair for own in pairs.values() for pair in own]
    rare = dict(zip(flat, rarity(flat), strict=True)) if rarity and flat else dict.fromkeys(flat, 0.5)
    weighed = {pair: _COMMONEST + (1 - _COMMONEST) * value for pair, value in rare.items()}  # of a word here or not
    weights = {
        word: max(_LEAST, sum(weighed[pair] for pair in own)) * _share(word, question, topics)
        for word, own in pairs.items()
    }
    for word, after in pairwise(question.words):
        if is_pale(word) and is_pale(after) and f"{word}{after}" in question.folded:  # 发起成立: either says it
            weights[word] *= _EITHER
            weights[after] *= _EITHER
    nouns = [weights[word] for word in question.words if not is_pale(word)]
    if sum(nouns) < _ANCHOR:  # 凑够多少人开班: a verb with its result says less than another verb
        nouns = [weights[word] for word in question.words if len(word) > 1 and not is_result(word)]
    if nouns:  # a verb that the library never uses says how it is asked, not what about
        for word, own in pairs.items():
            deed = word in question.focus and question.kind in _OF_DEEDS
            unknown = len(word) == 1 or (all(rare[pair] >= 1 for pair in own) and not _known(word, rarity))
            if is_pale(word) and unknown and not deed and word not in topics:
                weights[word] = min(weights[word], _PALE_MOST * max(nouns))
    return weights


def _share(word: str, question: Question, topics: frozenset[str]) -> float:
    """How much of its weight a word keeps in this question, or gains."""
    share, alone = 1.0, len(word) == 1
    asked_deed = question.kind in _OF_MATTERS and word in question.focus and not alone
    if word in question.focus and word in topics:
        share *= _TOPIC_WEIGHT
    elif word in question.focus and (not is_pale(word) or asked_deed):
        share *= _FOCUS_WEIGHT
    if word in group("type") and not (question.kind in COUNTING and word in question.counted):
        share *= _OF_KIND
    if question.kind == "condition" and word in group("condition") and len(question.words) > 1:
        share *= _OF_CONDITION
    if word in _PAYERS and f"{word}{question.deed}" in question.folded and question.deed in group("paying"):
        share *= _PAYER  # 政府补多少: whoever pays
    if word in group("authority"):  # 市里给没给: whoever decides
        share *= _PAYER
    if question.kind == "duty" and word in group("duty"):
        share *= _OF_KIND
    if word in group("vague"):
        share *= _PALE
    if is_pale(word) and not asked_deed and word not in topics:  # another verb may say the same
        share *= _PALE
    if word in group("people") and word == question.words[0] and word not in question.focus:
        share *= _SPEAKER  # 学员要培训多久: whoever has to
    if COUNT.fullmatch(word):  # 二十个学生: how many, not what
        share *= _PALE
    return share * _ALONE if alone else share  # it stands inside many other words


def topics_of(question: Question, rarity: Rarity | None) -> frozenset[str]:
    """Return the verbs that are what is asked about, which no other verb may stand for."""
    return frozenset(
        word
        for word in question.words
        if (question.kind in COUNTING and _parts_counted(word, question))
        or (
            is_pale(word)
            and question.kind not in COUNTING
            and not _asks_its_object(word, question)
            and _is_topic(word, rarity)  # 送了多少人出国: how, not what
        )
    )


def _parts_counted(word: str, question: Question) -> bool:
    """Whether a verb tells which of them are counted (申请认定的单位有几家)."""
    return (
        word in question.focus and re.search(rf"{word}的[\u4e00-\u9fff]{{1,4}}有?[几多]", question.folded) is not None
    )


def _asks_its_object(word: str, question: Question) -> bool:
    """Whether ``word`` only leads to what is asked about (准备 in 准备哪些材料)."""
    counts = question.kind in ("list", "fact", "count", "quantity")
    return counts and word == question.deed and any(not is_pale(other) for other in question.counted)


def _is_topic(word: str, rarity: Rarity | None) -> bool:
    """Whether a verb is what is asked about (焊接, 停车): the library uses neither it nor another word for it."""
    if rarity is None or not (word in deeds() or word in field_set()) or is_result(word):
        return False
    return max(rarity(_pairs(word))) >= 1 and not _known(word, rarity)


def _known(word: str, rarity: Rarity | None) -> bool:
    """Whether the library has another word for it."""
    return rarity is not None and any(max(rarity(_pairs(one))) < 1 for one in synonyms().get(word, ()))


def _pairs(word: str) -> list[str]:
    return [word[at : at + 2] for at in range(len(word) - 1)] or [word]
