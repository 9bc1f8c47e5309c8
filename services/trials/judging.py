"""Whether an answer still rests on what it should."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge.language.folding import bare

Verdict = Literal["right", "changed", "wrong", "void"]
_NUMBERING = re.compile(
    r"第[一二三四五六七八九十百零〇\d]+[编章节条款]|[一二三四五六七八九十]+、|[(（][一二三四五六七八九十\d]+[)）]|\d+[.．、]"
)
_LEADING = re.compile(rf"^(?:\s*(?:{_NUMBERING.pattern}))+")
SHORTEST = 4  # so many characters of a quote are enough to know it by


@dataclass(frozen=True)
class Cited:
    """A place that an answer rests on."""

    document_id: int
    clause: str
    quote: str


@dataclass(frozen=True)
class Expected:
    """A place that an answer must rest on, seen from today's library.

    `documents` are the document and all that followed it; `stands`: the quoted words are in one that is still there.
    """

    documents: frozenset[int]
    clause: str
    quote: str
    stands: bool


def judge(expects: str, expected: Sequence[Expected], outcome: str, cited: Sequence[Cited]) -> Verdict:
    """The verdict on one answer.

    A case that must be refused is right when nothing was answered. A case with evidence is `right` when each expected
    place is cited with its words; `changed` when the place is cited and its words are no longer in the document;
    `void` when none of its documents stands any more; else `wrong`.
    """
    if expects == "refusal":
        return "wrong" if outcome == "answered" else "right"
    if not any(one.documents for one in expected):
        return "void"
    if outcome != "answered":
        return "wrong"
    found = [_held(one, cited) for one in expected if one.documents]
    if "wrong" in found:
        return "wrong"
    return "changed" if "changed" in found else "right"


def _held(expected: Expected, cited: Sequence[Cited]) -> Verdict:
    own = [one for one in cited if one.document_id in expected.documents]
    if any(_same_words(expected.quote, one.quote) for one in own):
        return "right"
    if not expected.stands and any(_numbered(one.clause) == _numbered(expected.clause) for one in own):
        return "changed"
    return "wrong"


def _numbered(clause: str) -> str:
    """The numbers of a clause alone; a heading after them may have changed with the words."""
    return "".join(_NUMBERING.findall(clause)) or clause


def plain_words(quote: str) -> str:
    """The words of a quote for comparing: without the number of its clause, spaces and punctuation."""
    return bare(_LEADING.sub("", quote))


def _same_words(quote: str, other: str) -> bool:
    one, two = plain_words(quote), plain_words(other)
    if len(one) < SHORTEST or len(two) < SHORTEST:
        return bool(one) and one == two
    return one in two or two in one
