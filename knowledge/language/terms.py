"""Search terms of a text: characters, pairs of characters, and words, as 64-bit codes.

A character is its code point, a pair is both code points side by side, a word is a hash with the top bit set.
Codes instead of strings let numpy build and search the index without a dictionary in memory.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.language.lexicon import field_words, renderings

Codes = NDArray[np.uint64]

_PAIR_SHIFT = np.uint64(21)
_WORD_BIT = np.uint64(1 << 63)
_SIEVE_MASK = np.uint64((1 << 22) - 1)
_FIELD_COUNT = 3000  # as often as an everyday word: 交会费 is 交 and 会费
_SELDOM = 400
_WORD_SIZES = (2, 3, 4, 5, 6)


@dataclass(frozen=True)
class Terms:
    """The terms of one text, repeats kept: ``grams`` (characters and pairs) and ``words``."""

    grams: Codes
    words: Codes


def terms_of(folded: str) -> Terms:
    """Return the terms of a folded text; punctuation and spaces part terms and are none themselves."""
    codes = _code_points(folded)
    return Terms(_grams(codes), _words_in(codes))


def question_terms(folded: str) -> Terms:
    """Return a question's terms: its words as they are cut, where passages hold every word that stands in them."""
    return Terms(_grams(_code_points(folded)), codes_of_words(words_of(folded)))


def _code_points(folded: str) -> Codes:
    return np.frombuffer(folded.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)


def _grams(codes: Codes) -> Codes:
    good = _is_term(codes)
    both = good[:-1] & good[1:]
    pairs = (codes[:-1][both] << _PAIR_SHIFT) | codes[1:][both]
    return np.concatenate([codes[good], pairs])


def codes_of_words(words: Iterable[str]) -> Codes:
    """Return the codes of single words, of two characters and more."""
    found = [_hashed(np.array([[ord(sign) for sign in word]], dtype=np.uint64)) for word in words if len(word) > 1]
    return np.concatenate(found) if found else np.zeros(0, dtype=np.uint64)


def _words_in(codes: Codes) -> Codes:
    """Every dictionary word that stands in the text, overlapping ones too: no cut can then miss one.

    Looking all of them up at once is much faster than cutting the text into words, and finds about as well
    (`docs/decisions/0202`).
    """
    known, sieve = _dictionary()
    found = []
    for size in _WORD_SIZES:
        if len(codes) >= size:
            windows = _hashed(np.lib.stride_tricks.sliding_window_view(codes, size))
            windows = windows[sieve[windows & _SIEVE_MASK]]
            rows = np.minimum(np.searchsorted(known, windows), len(known) - 1)
            found.append(windows[known[rows] == windows])
    return np.concatenate(found) if found else np.zeros(0, dtype=np.uint64)


def _hashed(rows: Codes) -> Codes:
    """Hash each row of code points to 63 bits under the word bit (FNV-1a over characters)."""
    result = np.full(len(rows), 0xCBF29CE484222325, dtype=np.uint64)
    for column in range(rows.shape[1]):
        result = (result ^ rows[:, column]) * np.uint64(0x100000001B3)
    return result | _WORD_BIT


@lru_cache(maxsize=1)
def _dictionary() -> tuple[Codes, NDArray[np.bool_]]:
    """Hashes of the dictionary's words, ascending, and a sieve over their low bits that sorts most others out."""
    groups: dict[int, list[list[int]]] = {size: [] for size in _WORD_SIZES}
    for word, count in _jieba().FREQ.items():
        if count and len(word) in groups and word[0] >= "\u3400":
            groups[len(word)].append([ord(sign) for sign in word])
    known = np.unique(np.concatenate([_hashed(np.array(rows, dtype=np.uint64)) for rows in groups.values()]))
    sieve = np.zeros(int(_SIEVE_MASK) + 1, dtype=bool)
    sieve[known & _SIEVE_MASK] = True
    return known, sieve


def words_of(folded: str) -> list[str]:
    """Return jieba's words of a folded text, in order, punctuation included."""
    return list(_jieba().cut(folded, HMM=False))


def is_word(text: str) -> bool:
    """Whether the dictionary knows ``text`` as a word."""
    return bool(_jieba().FREQ.get(text))


def word_count(text: str) -> int:
    """Return how often the general dictionary counted ``text``; 0 when it does not know it."""
    return int(_jieba().FREQ.get(text) or 0)


def is_rare_sign(sign: str) -> bool:
    """Whether a character hardly stands alone in general texts (磷): then it belongs to the word beside it."""
    return bool(0 < _jieba().FREQ.get(sign, 0) < _SELDOM)


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


@lru_cache(maxsize=1)
def _jieba() -> Any:
    import jieba

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    for word in field_words():
        tokenizer.add_word(word, max(_FIELD_COUNT, tokenizer.suggest_freq(word)))
    for word in renderings():  # everyday words that a dictionary of written words cuts apart (踢出)
        if len(word) > 1:
            tokenizer.add_word(word, max(1, tokenizer.FREQ.get(word, 0), tokenizer.suggest_freq(word)))
    return tokenizer
