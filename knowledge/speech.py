"""Words of little weight: what a person says with another verb or adverb than the document does.

Nouns name what is asked about; a verb is easily another one (干 for 实践, 掏 for 承担). So a verb that is missing tells
little, a missing noun tells much. The dictionary's part of speech is crude, and enough for that.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from knowledge.lexicon import field_words, group, synonyms

_RESULT = re.compile(r"[\u4e00-\u9fff](?:[到至成完好掉够满齐住]|起来|出来|出去|下来|下去|上去|进来|进去|回来)")
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
    """Return the verbs, adverbs, adjectives and function words of the general dictionary."""
    found = (one or other for one, other in _PALE.findall(_dictionary()))
    return frozenset(word for word in found if len(word) <= 4) - frozenset(field_words())


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    return frozenset(re.findall(r"^(\S+) ", _dictionary(), re.MULTILINE))


@lru_cache(maxsize=1)
def deeds() -> frozenset[str]:
    """Return the verbs of two characters and more."""
    return frozenset(_VERB.findall(_dictionary()))


@lru_cache(maxsize=1)
def _dictionary() -> str:
    import jieba

    return (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8")


def is_pale(word: str) -> bool:
    """Whether another word could stand for ``word``: a verb, with its result too (降到), an adverb."""
    return word in pale_words() or word in group("manner") or is_result(word) or _is_phrase(word)


@lru_cache(maxsize=4096)
def _is_phrase(word: str) -> bool:
    """Whether ``word`` is a verb and its object that only the list of everyday words keeps together (下企业)."""
    return len(word) > 1 and word in synonyms() and word[0] in pale_words() and word not in _words()


def is_result(word: str) -> bool:
    """Whether ``word`` is a verb with its result, which names nothing (降到, 办起来)."""
    return bool(_RESULT.fullmatch(word))
