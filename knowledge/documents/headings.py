"""The headings of Chinese official writing: 第X章, 第X条, 一、 (一) 1. (1) ① and the ● of collections.

Order after GB/T 9704-2012, 7.3.3: 一、 (一) 1. (1); statutes use 编 章 节 条.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_HAN = "一二三四五六七八九十百零〇"
PART, TITLE, LOOSE, LISTED, ARTICLE = 0, 1, 5, 7, 8
_MARKERS = (
    (PART, re.compile(r"[●■◆★▲◎]\s*")),
    (2, re.compile(rf"第[{_HAN}\d]+编\s*")),
    (3, re.compile(rf"第[{_HAN}\d]+章\s*")),
    (4, re.compile(rf"第[{_HAN}\d]+节\s*")),
    (6, re.compile(rf"[{_HAN}]{{1,3}}\s*[、.．]\s*")),
    (LISTED, re.compile(rf"[（(][{_HAN}]{{1,3}}[)）]\s*")),
    (ARTICLE, re.compile(rf"第[{_HAN}\d]+条(?:之[{_HAN}])?\s*")),
    (9, re.compile(r"\d{1,3}\s*(?:[、．]|\.(?!\d))\s*")),
    (10, re.compile(r"[（(]\d{1,3}[)）]\s*")),
    (11, re.compile(r"[①-⑳]\s*")),
)
_MARKDOWN = re.compile(r"(#{1,6})\s+")
_ENDS = tuple("。;；,，、:：!！…")
_TITLE_MAX, _HEAD_MAX = 45, 40


@dataclass(frozen=True)
class Heading:
    """One heading: how deep it stands, its sign (``(一)``), and its words.

    Attributes:
        level: Smaller is further out; `PART` starts a sub-source, `LOOSE` is a line that only looks like a title.
        sign: The numbering as written, or empty.
        words: The heading's words without its sign.
        alone: Whether the line holds nothing but the heading.
    """

    level: int
    sign: str
    words: str
    alone: bool


def heading_of(line: str) -> Heading | None:
    """Return the heading that ``line`` is or begins with, or None for running text."""
    text = line.strip()
    markdown = _MARKDOWN.match(text)
    text = text[markdown.end() :].strip() if markdown else text
    bold = re.fullmatch(r"\*\*(.+)\*\*", text)
    text = bold[1].strip() if bold else text
    for level, pattern in _MARKERS:
        match = pattern.match(text)
        if match and len(text) > match.end():
            return _signed(level, match[0].strip(), text[match.end() :])
    if markdown:
        return Heading(TITLE if len(markdown[1]) == 1 else LOOSE, "", text, alone=True)
    if _looks_like_title(text) or (bold and len(text) <= _TITLE_MAX):
        return Heading(LOOSE, "", text, alone=True)
    return None


def _signed(level: int, sign: str, rest: str) -> Heading:
    head = re.split(r"[。:：]", rest, maxsplit=1)[0].strip()
    alone = len(rest) <= _TITLE_MAX + 35 and not rest.rstrip().endswith(_ENDS) and "。" not in rest
    words = rest.strip() if alone else head
    return Heading(level, sign, words if len(words) <= _HEAD_MAX * 2 else "", alone)


def _looks_like_title(text: str) -> bool:
    if not 4 <= len(text) <= _TITLE_MAX or "|" in text or text.endswith(_ENDS) or text.endswith(("”", "』")):
        return False
    if re.match(r"[\d\s年月日:：.\-/]+$", text) or "。" in text or text.count(",") + text.count("，") > 1:
        return False
    return bool(re.search(r"[\u4e00-\u9fff]{3}", text)) and not re.match(r".{2,8}[:：]\s*\S", text)
