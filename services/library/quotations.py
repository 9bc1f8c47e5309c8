"""Which stored words quote a document: its sentences and longer runs, unless they stand in another document too."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from knowledge.documents.shingles import shingles
from knowledge.language.folding import bare

RUN = 20  # so many characters in a row, without spaces and punctuation, are a quotation wherever they stand
SHORTEST = 10  # a whole sentence is one from this length
_ENDS = re.compile(r"[。；;！？!?\n]")
_NUMBER = re.compile(
    r"^\s*(?:第[一二三四五六七八九十百零\d]+[章节条款]|[一二三四五六七八九十\d]+[、.．]|[(（][一二三四五六七八九十\d]+[)）])\s*",
    re.M,
)


class Quotations:
    """Recognises a document's words in stored values.

    Words that stand in `others`, documents which stay, are not this document's alone: a message that holds them is left
    as it is. Nor is the title a quotation. Building it and asking it are work for a thread.
    """

    def __init__(self, text: str, title: str, others: Sequence[str] = ()) -> None:
        runs, standing = shingles(_unnumbered(text), RUN), [bare(_unnumbered(one)) for one in (title, *others)]
        for other in (title, *others):
            runs = np.setdiff1d(runs, shingles(_unnumbered(other), RUN), assume_unique=True)
        self._runs = runs
        self._short = {one for one in _short_sentences(text) if not any(one in other for other in standing)}

    def in_text(self, text: str) -> bool:
        """Whether these words quote it."""
        words = _unnumbered(text)
        plain = bare(words)
        if len(plain) < SHORTEST:
            return False
        if len(plain) >= RUN and self._holds_run(words):
            return True
        return any(one in plain for one in self._short)

    def _holds_run(self, words: str) -> bool:
        if not len(self._runs):
            return False
        found = shingles(words, RUN)
        at = np.minimum(np.searchsorted(self._runs, found), len(self._runs) - 1)
        return bool((self._runs[at] == found).any())

    def in_value(self, value: Any) -> bool:
        """Whether the strings inside a JSON value quote it."""
        return self.in_text("\n".join(_strings(value)))

    def which(self, values: Sequence[Any]) -> list[int]:
        """Positions of the values that quote it. Many are looked at as one, then in halves, since hardly any does."""
        return self._which(["\n".join(_strings(one)) for one in values], 0, len(values))

    def _which(self, texts: Sequence[str], start: int, end: int) -> list[int]:
        if start >= end or not self.in_text("\n".join(texts[start:end])):
            return []
        if end - start == 1:
            return [start]
        middle = (start + end) // 2
        return [*self._which(texts, start, middle), *self._which(texts, middle, end)]

    def blanked(self, value: Any) -> Any:
        """The JSON value with the quoting strings empty; everything else as it was."""
        if isinstance(value, dict):
            return {name: self.blanked(one) for name, one in value.items()}
        if isinstance(value, list):
            return [self.blanked(one) for one in value]
        return "" if isinstance(value, str) and self.in_text(value) else value


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)
    elif isinstance(value, str):
        yield value


def _short_sentences(text: str) -> set[str]:
    """Sentences too short to hold a run."""
    pieces = (bare(one) for one in _ENDS.split(_unnumbered(text)))
    return {one for one in pieces if SHORTEST <= len(one) < RUN}


def _unnumbered(text: str) -> str:
    """Without the numbers of clauses at the heads of lines: another version counts otherwise."""
    return _NUMBER.sub("", text)
