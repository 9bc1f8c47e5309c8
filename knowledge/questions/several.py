"""Several questions in one message, each made whole: X是多少？Y呢？ and X多少，Y多少."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.language.asking import ASKING, without_asking
from knowledge.language.content import content_words, places_in
from knowledge.language.lexicon import group, place_pattern
from knowledge.language.terms import words_of
from knowledge.questions.following import completed

_LONGEST, _OWN_WORDS = 14, 3
BODIES = re.compile(
    r"(?:学院|大学|学校|公司|集团|联合体|共同体|联盟|基地|中心|协会|方案|办法|章程|通知|纲要|规划|计划|规定|细则|合同|协议|报告|职院|市|省)$"
)
MEASURED = re.compile(r"多少|几|什么时候|啥时候|何时|哪|谁|多[久长大高]|什么|啥")
_IF = re.compile(r"如果|要是|假如|万一|才[能可会算]")


@dataclass(frozen=True)
class Part:
    """One subject of a message: what tells it apart, and the question about it alone."""

    label: str
    text: str


def several(text: str) -> tuple[Part, ...]:
    """Return the questions of a folded message that asks two or three, or nothing when it asks one."""
    if len(MEASURED.findall(text)) < 2 and not re.search(r"[?？][^?？]+呢[?？]?$", text):
        return ()
    pieces = [one.strip() for one in re.split(r"[?？]", text) if one.strip()]
    if len(pieces) == 1:
        pieces = [one.strip() for one in re.split(r"[,，;；]", pieces[0]) if one.strip()]
    asks = [bool(MEASURED.search(one) and ASKING.search(one)) or one.endswith("呢") for one in pieces]
    first = next((at for at, one in enumerate(asks) if one), len(asks))
    if len(asks) - first not in (2, 3) or not all(asks[first:]):
        return ()
    before, own = "，".join(pieces[:first]), pieces[first:]
    if _IF.search("，".join(own)) or not all(content_words(without_asking(one)) for one in own):
        return ()
    lead = f"{before}，" if before else ""
    found = [Part(_told(own[0]), f"{lead}{own[0]}")]
    for one in own[1:]:
        found.append(Part(_told(one), f"{lead}{_whole(one, own[0])}"))
    return tuple(found) if len({one.text for one in found}) == len(found) else ()


def _whole(piece: str, first: str) -> str:
    """A later clause with what it leaves out of the first one: its matter, or its place."""
    if piece.startswith(("其中", "里面")):
        return f"{' '.join(without_asking(first).split())}，{piece}"
    full = completed(piece, first)
    short = len(content_words(without_asking(piece))) < _OWN_WORDS and not places_in(piece)
    return f"{_body(first)}{piece}" if full == piece and short else full


def _body(first: str) -> str:
    """The words of a clause up to the place or body that it is about, or empty."""
    asking = ASKING.search(first)
    at = end = 0
    for word in words_of(first[: asking.start() if asking else len(first)]):
        at += len(word)
        if BODIES.search(word) or word in group("organisation") or place_pattern().fullmatch(word):
            end = at
    return first[:end]


def _told(piece: str) -> str:
    """What a clause is about, for telling it apart: its words before the asking one."""
    asking = ASKING.search(piece)
    before = re.sub(r"[有是的要共到在呢]{1,4}$", "", piece[: asking.start() if asking else len(piece)])
    return before or "".join(content_words(without_asking(piece)))[:_LONGEST]
