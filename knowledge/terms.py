"""Search terms of a text: characters, pairs of characters, and words, as 64-bit codes.

A character is its code point, a pair is both code points side by side, a word is a hash with the top bit set.
Codes instead of strings let numpy build and search the index without a dictionary in memory.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import numpy as np

from knowledge.lexicon import field_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Codes = NDArray[np.uint64]

_PAIR_SHIFT = np.uint64(21)
_WORD_BIT = 1 << 63


@dataclass(frozen=True)
class Terms:
    """The terms of one text, repeats kept: ``grams`` (characters and pairs) and ``words``."""

    grams: Codes
    words: Codes


def terms_of(folded: str) -> Terms:
    """Return the terms of a folded text; punctuation and spaces part terms and are none themselves."""
    codes = np.frombuffer(folded.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    good = _is_term(codes)
    both = good[:-1] & good[1:]
    pairs = (codes[:-1][both] << _PAIR_SHIFT) | codes[1:][both]
    return Terms(np.concatenate([codes[good], pairs]), codes_of_words(words_of(folded)))


def codes_of_words(words: Iterable[str]) -> Codes:
    """Return the codes of words of two characters and more."""
    return np.array([_word_code(word) for word in words if len(word) > 1], dtype=np.uint64)


def words_of(folded: str) -> list[str]:
    """Return jieba's words of a folded text, in order, punctuation included."""
    return list(_jieba().cut(folded, HMM=False))


def gram_codes(folded: str) -> Codes:
    """Return only the pairs of characters of a folded text, for asking how rare they are."""
    codes = np.frombuffer(folded.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    if len(codes) < 2:
        return codes
    return (codes[:-1] << _PAIR_SHIFT) | codes[1:]


def _is_term(codes: Codes) -> NDArray[np.bool_]:
    han = (codes >= 0x3400) & (codes < 0xFF00)
    digits = (codes >= 0x30) & (codes <= 0x39)
    latin = (codes >= 0x61) & (codes <= 0x7A)
    others = (codes >= 0xC0) & (codes < 0x2000)
    result: NDArray[np.bool_] = han | digits | latin | others | (codes >= 0x20000)
    return result


@lru_cache(maxsize=200_000)
def _word_code(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big") | _WORD_BIT


@lru_cache(maxsize=1)
def _jieba() -> Any:
    import jieba

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    for word in field_words():
        tokenizer.add_word(word)
    return tokenizer
