"""Which of a question's words are what exactly is asked, and the one that an answer cannot do without."""

from __future__ import annotations

import re

from knowledge.asking import Asked, without_asking
from knowledge.content import content_words
from knowledge.lexicon import group, places
from knowledge.speech import is_pale, is_result

_ROLE = re.compile(r"(?:单位|部门|机构|方)(?:是|为|叫)?$")  # 设计单位是谁: whoever designs, nobody else
_MODALS = ("能", "要", "会", "可", "得", "应", "需", "可以", "应当", "必须")
_HAS = re.compile(r"(?:企业|公司|学校|院校|单位|人员)(?:有|共)?$")
_COUNTING = frozenset(("count", "people", "quantity", "size", "money", "amount", "share"))
_NEEDS_CORE = _COUNTING | {"contact", "often", "lasting", "fact", "list", "how", "yesno"}


def focus_of(asked: Asked, words: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Return the words that the asking word belongs to, and the one that an answer cannot do without (or empty)."""
    following = _asked_words(asked.after, words, asked.kind in _COUNTING)
    if len(following) == 1 and asked.kind == "count" and asked.unit and following[0] not in group("measure"):
        return (*_asked_words(asked.before, words)[-1:], *following), following[0]  # 几个系: what else is counted
    if following and all(len(word) == 1 or is_pale(word) for word in following):
        nouns = [word for word in _asked_words(asked.before, words) if word not in places()]
        return (*following[:2], *nouns[-2:]), following[0] if _is_deed(asked, following[0]) else ""
    if following and any(word not in group("measure") for word in following):
        counted = asked.kind in _COUNTING and asked.unit not in ("人", "人次")
        able = [word for word in following if word not in group("measure")]
        first = next((word for word in able if not (counted and is_pale(word))), able[0])
        needed = counted and (len(first) > 1 or not (first in group("apart") or is_pale(first)))
        return tuple(following[:4]), first if needed or _is_deed(asked, first) else ""
    typed = asked.kind in _COUNTING and bool(_HAS.search(asked.before))  # 企业有多少: they are what is counted
    preceding = [word for word in _asked_words(asked.before, words, typed) if word not in places()]
    preceding = [word for word in preceding if not word.isdigit()]
    nouns = [word for word in preceding if word not in group("measure") | group("vague")] or preceding
    open_ended = asked.kind in ("fact", "how", "list")  # 达标没有, 讨论什么: another verb may say it
    nouns = [word for word in nouns if not (is_pale(word) if open_ended else is_result(word))] or nouns
    needs = asked.kind in _NEEDS_CORE or (asked.kind == "who" and _ROLE.search(asked.before))
    last = nouns[-1] if nouns and len(nouns[-1]) > 1 and needs else ""
    return tuple(preceding[-2:] if last in preceding[-2:] else preceding[-3:]), last


def deed_of(asked: Asked, words: tuple[str, ...]) -> str:
    """Return the verb right before the asking word (抵 in 能抵多少税), or empty: other verbs tell of other things."""
    before = asked.before.rstrip()
    last = next(iter(content_words(without_asking(before))[-1:]), "")
    able = last in words and (is_pale(last) or before[: -len(last)].endswith(_MODALS))
    return last if able and before.endswith(last) else ""


def _is_deed(asked: Asked, word: str) -> bool:
    """Whether it is asked who does ``word`` (谁承包), or how often: a sentence without it tells of another deed."""
    return asked.kind in ("who", "often") and len(word) > 1 and is_pale(word)


def _asked_words(text: str, words: tuple[str, ...], typed: bool = False) -> list[str]:
    found = [word for word in content_words(without_asking(text)) if word in words]
    return [word for word in found if typed or word not in group("type")]
