"""A word written otherwise than in the text: one other character, a verb apart from its object, a verb of its kind."""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.language.speech import deeds

_AKIN = 0.5
_PAID = "费款金钱"  # 收费 is a deed, whatever a dictionary calls it
_WRITTEN = re.compile(r"[\u4e00-\u9fff]+")
PARTING = (  # characters that part kinds from each other
    "高中初大小上下东西南北前后左右正副新老男女多单双国省市县区州校院部局内外出入公私本专硕博有无不非甲乙丙春夏秋冬年月日"
    "〇零一二三四五六七八九十百千万亿"
)


def mistyped_at(word: str, text: str) -> tuple[int, int] | None:
    """Where ``text`` holds a word of four characters and more with one other in its place (退伍军人: 退役军人).

    Characters that part kinds from each other (初中, 高中; 第一, 第二) are no slip.
    """
    found = pattern.search(text) if (pattern := _slips(word)) else None
    return found.span() if found and not any(sign in PARTING for sign in found.groups() if sign) else None


@lru_cache(maxsize=4096)
def _slips(word: str) -> re.Pattern[str] | None:
    """What ``word`` looks like with one other character, or None when none of its characters may be a slip."""
    if len(word) < 4 or not _WRITTEN.fullmatch(word):
        return None
    inner = [at for at, sign in enumerate(word) if sign not in PARTING and (len(word) > 4 or 0 < at < 3)]
    return re.compile("|".join(f"{word[:at]}([\u4e00-\u9fff]){word[at + 1 :]}" for at in inner)) if inner else None


def apart_at(word: str, text: str) -> tuple[int, int] | None:
    """Where ``text`` says a verb and its object apart, with a word between (收费: 收报名费)."""
    if len(word) != 2 or word[0] not in text or word[1] not in text:
        return None
    if word not in deeds() and word[1] not in _PAID:
        return None
    found = _said_apart(word).search(text)
    return found.span() if found else None


@lru_cache(maxsize=4096)
def _said_apart(word: str) -> re.Pattern[str]:
    return re.compile(rf"{word[0]}[^\W{word}]{{2,3}}{word[1]}(?![\u4e00-\u9fff])")


@lru_cache(maxsize=16384)
def akin(word: str, text: str) -> float:
    """How surely a folded text holds a verb of two characters by another one with its last (合建: 共建); a guess."""
    if len(word) != 2 or word not in deeds():
        return 0.0
    pairs = (text[at - 1 : at + 1] for at in range(1, len(text)) if text[at] == word[1])
    return _AKIN if any(pair in deeds() for pair in pairs) else 0.0
