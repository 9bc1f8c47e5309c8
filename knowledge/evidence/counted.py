"""What a number counts: in 15个大类、90个专业 the second counts 专业, in 7家企业共同组建 the number counts 企业.

What stands further on in the clause than the noun behind the number is something else, however near it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.language.lexicon import group, hollow
from knowledge.language.matching import holds_word
from knowledge.language.speech import deeds, is_pale
from knowledge.language.terms import words_of

_FARTHEST, _COMPOUND = 24, 6
_BOUND = re.compile(r"(?:以[上下内]|左右|上下|不等)?(?:的|各类|各级|各)?")
_ENDS = re.compile(r"[^\u4e00-\u9fffa-z+“”\"·]|[\u4e00-\u9fff](?=\d)")
_BOTH = frozenset(("担任", "作为", "任", "为", "成为", "组成", "构成"))  # 120名工匠担任产业导师: both

_SPANS = (
    (re.compile(r"(?:几|多少)年"), re.compile("年|长期")),
    (re.compile(r"(?:几|多少)个?月"), re.compile("[年月]|学期|季度|长期")),
    (re.compile(r"(?:几|多少)(?:天|个?工作日|周)"), re.compile("[天日周月]")),
    (re.compile(r"(?:几|多少)个?(?:小时|钟头|[学课]时)"), re.compile("时|分钟|[天日]")),
)


def noun_after(sentence: str, end: int) -> str:
    """Return the noun phrase right behind the number that ends at ``end``, or empty where no noun follows it."""
    bound = _BOUND.match(sentence, end)
    begin = bound.end() if bound else end
    rest = sentence[begin : begin + _FARTHEST]
    stop = _ENDS.search(rest)
    rest = rest[: stop.start()] if stop else rest
    noun, phrase = "", ""
    for word in words_of(rest):
        if noun and word not in _BOTH and word != "的" and is_pale(word) and not _is_compound(rest[len(phrase) :]):
            break
        phrase += word
        noun = "" if word in _BOTH else noun or ("" if is_pale(word) or len(word) < 2 else word)
    if noun or (phrase and not any(word in deeds() or word in hollow() for word in words_of(phrase))):
        return phrase.rstrip("的")  # 15个大类: hardly a noun, and nothing else follows
    return ""


def _is_compound(rest: str) -> bool:
    """Whether a verb within a name may go on with it (教师企业实践流动站)."""
    return len(rest) <= _COMPOUND and not any(one in hollow() for one in words_of(rest))


def counts(sentence: str, end: int, asked: Sequence[str]) -> bool | None:
    """Return whether the number before ``end`` counts one of the ``asked`` nouns; None where nothing tells it."""
    noun = noun_after(sentence, end)
    nouns = [word for word in asked if not is_pale(word) and word not in group("type")]
    return any(holds_word(word, noun) for word in nouns) if noun and nouns else None


def is_said(value: str, asked: str) -> bool:
    """Whether the question itself says this number of these things."""
    return bool(re.search(rf"(?<![\d第一二三四五六七八九十百千]){re.escape(value)}", asked))


def in_other_units(asked: str, value: str) -> bool:
    """Whether so many years are asked for and the value is in days, or the other way about."""
    return any(wanted.search(asked) and not told.search(value) for wanted, told in _SPANS)
