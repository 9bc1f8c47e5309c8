"""A section whose heading is what a list asks for: 基本原则有哪几条 is answered by what stands under 基本原则."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.documents.cutting import sentences_of
from knowledge.documents.entries import Hit
from knowledge.documents.pages import is_heading
from knowledge.language.folding import fold
from knowledge.language.lexicon import group
from knowledge.language.matching import holds_word
from knowledge.questions.understanding import Question

_ITEMS = 8
_LEAD_CHARS, _HEADING_SHARE = 30, 0.7
_ITEM = re.compile(r"(?:[一二三四五六七八九十]是|第[一二三四五六七八九十][,，是])")


def section_items(question: Question, hits: Sequence[Hit]) -> tuple[Hit, list[tuple[int, int]]] | None:
    """Return a section whose heading is what a list question asks for, and the spans of its items.

    基本原则有哪几条 is answered by what stands under 基本原则: the first sentence of each paragraph when
    those are short, or each 一是…二是….
    """
    if not question.lists or not question.focus:
        return None
    for hit in hits[:5]:
        heading = fold(hit.path[-1]) if hit.path else ""
        wanted = [word for word in question.words if word not in question.places and word not in group("type")]
        asked = all(holds_word(word, heading) for word in question.focus)
        if len(wanted) == 1 and not re.search(rf"{re.escape(wanted[0])}(?:如下|包括|有)?[:：。]?$", heading):
            asked = False  # 成员单位享有下列权利: their rights, not they
        if not (asked or _mostly(wanted, heading)) or not _at_home(question, hit):
            continue
        spans = _leads(hit) or _numbered(hit)
        if len(spans) >= 2:
            return hit, spans[:_ITEMS]
    return None


def _mostly(words: Sequence[str], heading: str) -> bool:
    return len(words) > 1 and sum(bool(holds_word(word, heading)) for word in words) >= _HEADING_SHARE * len(words)


def _at_home(question: Question, hit: Hit) -> bool:
    around = fold(f"{hit.heading} {hit.about}")
    return all(place in around for place in question.places)


def _leads(hit: Hit) -> list[tuple[int, int]]:
    leads = []
    for line in re.finditer(r"[^\n]+", hit.text):
        if is_heading(hit, line[0]):
            continue
        first = next(sentences_of(line[0]), None)
        if first is None or first[1] - first[0] > _LEAD_CHARS:
            return []
        leads.append((line.start() + first[0], line.start() + first[1]))
    return leads


def _numbered(hit: Hit) -> list[tuple[int, int]]:
    return [span for span in sentences_of(hit.text) if _ITEM.search(hit.text[span[0] : span[1]])]
