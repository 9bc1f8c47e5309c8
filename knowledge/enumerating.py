"""Where an enumeration goes on: 具备下列条件： is nothing without its items, a bracket of a scale not the scale."""

from __future__ import annotations

import re

from knowledge.cutting import line_end
from knowledge.folding import fold

Span = tuple[int, int]

_LEADS = re.compile(r"[:：]\s*$|(?:下列|以下|如下|包括|包含)[^。;；]{0,24}[:：]|[:：]\s*[(（]?[一1①][)）、.]")
_SCALE = re.compile(r"\d\s*[万亿]?[元人名家天个日年%％]*(?:以上|以下|以内|及以上|及以下)[^。]*[;；]\s*$")
_ITEM = re.compile(r"\s*(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]|[①-⑳]|[-*•·])")
_MOST_CHARS, _MOST_ITEMS = 420, 10


def continued(text: str, span: Span) -> list[Span]:
    """Return the spans that belong to the sentence at ``span``: itself, then the rest of its enumeration."""
    sentence = fold(text[span[0] : span[1]])
    if not (_LEADS.search(sentence) or _SCALE.search(sentence)):
        return [span]
    own_end = line_end(text, span[1])
    stop = text.find("。", span[1] - 1, own_end)
    spans = [(span[0], stop + 1 if stop >= 0 else own_end)]
    if not sentence.rstrip().endswith((":", "：")) or own_end > span[1]:
        return spans if spans[0][1] - span[0] <= _MOST_CHARS else [span]
    at = own_end + 1
    while at < len(text) and len(spans) <= _MOST_ITEMS:
        end = line_end(text, at)
        line = text[at:end]
        if line.strip() and not _ITEM.match(line):
            break
        if line.strip():
            spans.append((at + len(line) - len(line.lstrip()), at + len(line.rstrip())))
        at = end + 1
    return spans
