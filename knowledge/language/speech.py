"""Words of little weight: what a person says with another verb or adverb than the document does.

Nouns name what is asked about; a verb is easily another one (干 for 实践, 掏 for 承担). So a verb that is missing tells
little, a missing noun tells much. The dictionary's part of speech is crude, and enough for that.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from knowledge.language.lexicon import field_words, group, hollow, places, renderings, synonyms
from knowledge.language.terms import is_word, word_count

_RESULT = re.compile(r"[\u4e00-\u9fff](?:[到至成完好掉够满齐住]|起来|出来|出去|下来|下去|上去|进来|进去|回来)")
_COMMON = 50
_FIGURE = r"[\d一二两三四五六七八九十半]"
_APART = re.compile(
    rf"([\u4e00-\u9fff])((?:[了过着完上]|[了过]?个|[了过]?{_FIGURE}+个?半?[个次回声天年月周日趟份把下](?:以上|以内)?的?))(?=([\u4e00-\u9fff]))"
)
_PLACE = re.compile(r"^(\S{2,3}) \d+ ns$", re.MULTILINE)
_VERB = re.compile(r"^(\S{2,4}) \d+ v$", re.MULTILINE)
_PALE = re.compile(
    r"^(?:(\S+) \d+ (?:v|d|a|ad|p|c|r|f|q|u|z|i|y)|(\S{1,2}|\S{4,}|[一二三四五六七八九十两]\S\S) \d+ l)$", re.MULTILINE
)
"""A set phrase of three characters (l) is mostly a noun (毫米波)."""


@lru_cache(maxsize=1)
def place_words() -> frozenset[str]:
    """Return what the general dictionary calls places, counties among them; no field's own word."""
    return frozenset(_PLACE.findall(_dictionary())) - frozenset(field_words())


@lru_cache(maxsize=1)
def pale_words() -> frozenset[str]:
    """Return the verbs, adverbs, adjectives and function words of the dictionary; no city (包头, 大同)."""
    found = (one or other for one, other in _PALE.findall(_dictionary()))
    return frozenset(word for word in found if len(word) <= 4) - frozenset(field_words()) - places()


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    return frozenset(re.findall(r"^(\S+) ", _dictionary(), re.MULTILINE))


@lru_cache(maxsize=1)
def deeds() -> frozenset[str]:
    """Return the verbs of two characters and more; no city."""
    return frozenset(_VERB.findall(_dictionary())) - places()


@lru_cache(maxsize=1)
def _dictionary() -> str:
    import jieba

    return (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8")


def is_pale(word: str) -> bool:
    """Whether another word could stand for ``word``: a verb, with its result too (降到), an adverb."""
    return word in pale_words() or word in group("manner") or is_result(word) or _is_phrase(word)


@lru_cache(maxsize=4096)
def _is_phrase(word: str) -> bool:
    """Whether ``word`` is a verb and its object that only a list of everyday words keeps together (下企业, 一起办)."""
    if len(word) < 2 or word in _words() or _begins_with_noun(word):
        return False
    return (word in synonyms() and word[0] in pale_words()) or (word in renderings() and word[:2] in pale_words())


def _begins_with_noun(word: str) -> bool:
    """Whether a longer noun begins a word whose first character is a verb (订单班: 订单, not 订)."""
    begins = (word[:size] for size in range(2, len(word)))
    return any(word_count(one) >= _COMMON and one not in pale_words() for one in begins)


def rejoined(folded: str) -> str:
    """Return a folded text with verbs that are said apart from their object whole again (请两天假: 请假 两天)."""
    text, at = "", 0
    for found in _APART.finditer(folded):
        verb, between, noun = found.groups()
        whole = f"{verb}{noun}"
        longer = folded[found.end() : found.end() + 2]
        if (
            found.start() < at
            or between in ("一次", "一回", "一趟")
            or not _is_separable(whole)
            or f"{verb}{between}" in _words()
            or f"{between}{noun}" in _words()  # 未完成
            or f"{verb}{between}{noun}" in renderings()  # 说了算
            or (len(longer) == 2 and longer in _words())
        ):
            continue
        spent = between.rstrip("的").lstrip("了过")
        kept = f" {spent} " if re.match(_FIGURE, spent) and not spent.startswith("一") else ""
        text, at = f"{text}{folded[at : found.start()]}{whole}{kept}", found.end() + 1
    return text + folded[at:]


def _is_separable(word: str) -> bool:
    return word in deeds() or (word in _words() and word[0] in pale_words() and word[0] not in "有是为到")


def is_result(word: str) -> bool:
    """Whether ``word`` is a verb with its result, which names nothing (降到, 办起来)."""
    return bool(_RESULT.fullmatch(word))


def is_sign(word: str) -> bool:
    """Whether a word is a piece of a name: a single character that says little alone, or one that nobody knows."""
    if not re.fullmatch(r"[\u4e00-\u9fff]+", word) or word in hollow() or word in group("apart"):
        return False
    return len(word) == 1 or not is_word(word)
