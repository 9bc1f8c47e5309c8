"""Which of a question's words are what exactly is asked, and the one that an answer cannot do without."""

from __future__ import annotations

import re

from knowledge.language.asking import Asked, without_asking
from knowledge.language.content import content_words
from knowledge.language.lexicon import group, places, synonyms
from knowledge.language.speech import deeds, is_pale, is_result
from knowledge.language.terms import words_of

_ROLE = re.compile(r"(?:单位|部门|机构|方)(?:是|为|叫)?$")  # 设计单位是谁: whoever designs, nobody else
_IS = re.compile(r"[\u4e00-\u9fff](?:是|都有|为|叫)$")  # 亚军是谁: no other place
_MODALS = ("能", "要", "会", "可", "得", "应", "需", "可以", "应当", "必须")
_DEEDS = frozenset(("通过", "进行", "需要", "成为"))
_NOT = "没未不"  # 几家没报数据: the units are counted
LIGHT = frozenset("办搞做干弄开用来去发出管")  # said of many deeds
WHERETO = "在于自到成为向给"  # 放在哪个学校账上: another verb may say where
_BODY_ENDS = "所司构方校院厂家"
_DONE_BY = re.compile(r"(?:[是由请让]|委托|交给)…[^…]*的[?？]?$|由…[^…]{2,}[?？]?$")
_EACH = frozenset(("每次", "单次"))
_HAS = re.compile(r"(?:企业|公司|学校|院校|单位|人员)(?:有|共)?(?:(?:不|最)[^,，]{1,3})?$")
_COUNTING = frozenset(("count", "people", "quantity", "size", "money", "amount", "share"))
_NEEDS_CORE = _COUNTING | {
    "contact",
    "often",
    "lasting",
    "fact",
    "list",
    "how",
    "yesno",
    "payer",
    "seat",
    "penalty",
    "define",
}


def focus_of(asked: Asked, words: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Return the words that the asking word belongs to, and the one that an answer cannot do without (or empty)."""
    following = _asked_words(asked.after, words, asked.kind in _COUNTING) or list(deeds_after(asked))
    if len(following) == 1 and asked.kind == "count" and asked.unit and following[0] not in group("measure"):
        return (*_asked_words(asked.before, words)[-1:], *following), following[0]  # 几个系: what else is counted
    if following and (done := _done_by(asked, words)):
        return (following[-1], *done[-2:]), done[-1]
    if asked.kind == "condition":
        following = [word for word in following if word not in group("condition")]
    if following and all(len(word) == 1 or is_pale(word) for word in following):
        nouns = [word for word in _asked_words(asked.before, words) if word not in places()]
        return (*following[:2], *nouns[-2:]), following[0] if _is_deed(asked, following[0]) else ""
    if following and any(word not in group("measure") for word in following):
        return _focus_after(asked, following, words)
    return _focus_before(asked, words)


def _done_by(asked: Asked, words: tuple[str, ...]) -> list[str]:
    """What it is asked who made or did (仓库 in 仓库是哪家公司施工的): no other building; else nothing."""
    if asked.kind != "who" or not _DONE_BY.search(f"{asked.before}…{asked.after}"):
        return []
    named = _nouns(asked.before, words)
    return named if named and len(named[-1]) > 1 else []


def _focus_after(asked: Asked, following: list[str], words: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """The same where nouns follow the asking word (签了多少份协议)."""
    counted = asked.kind in _COUNTING and asked.unit not in ("人", "人次")
    able = [word for word in following if word not in group("measure")]
    able = _headed(able, asked.after) if counted else able
    first = next((word for word in able if not (counted and is_pale(word))), able[0])
    first = _head(first, able, asked.after) if counted else first
    tells = len(first) > 1 or not (first in group("apart") or is_pale(first))
    needed = counted and able[0][0] not in _NOT and tells
    if asked.kind == "yesno" and asked.after and not is_pale(first):  # 有没有手机客户端
        first = _head(first, able, asked.after)
        needed = needed or f"有没有{asked.after}" in asked.whole
    needed = needed or (asked.kind == "fact" and _is_attribute(first))  # 什么型号: that very attribute
    if asked.kind in ("list", "fact") and all(word in group("vague") for word in following):
        following = [*following[:1], *_nouns(asked.before, words)[-3:]]  # 目录写哪几项内容: of the list
    return tuple(following[:4]), first if needed or _is_deed(asked, first) else ""


def _focus_before(asked: Asked, words: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """The same where they stand before it (学费是多少)."""
    words = tuple(word for word in words if word not in group("authority")) or words
    typed = asked.kind in _COUNTING and bool(_HAS.search(asked.before))  # 企业有多少: they are what is counted
    preceding = [word for word in _asked_words(asked.before, words, typed) if word not in places()]
    preceding = [word for word in preceding if not word.isdigit() and word not in _EACH]
    if asked.kind == "condition":
        preceding = [word for word in preceding if word not in group("condition")] or preceding
    nouns = [word for word in preceding if word not in group("measure") | group("vague")] or preceding
    nouns = [word for word in nouns if not asked.before.rstrip().endswith(f"{word}到")] or nouns  # 发展到多少家
    open_ended = asked.kind in ("fact", "how", "list")  # 达标没有, 讨论什么: another verb may say it
    nouns = [word for word in nouns if not (is_pale(word) if open_ended else is_result(word))] or nouns
    last = nouns[-1] if nouns and _is_needed(asked, nouns[-1]) else ""
    return tuple(preceding[-2:] if last in preceding[-2:] else preceding[-3:]), last


def _is_needed(asked: Asked, word: str) -> bool:
    """Whether an answer cannot do without the noun or verb right before the asking word."""
    if len(word) < 2 or (asked.kind in _COUNTING and is_result(word)):  # 凑够几个人: the people are counted
        return False
    if asked.kind == "list" and word in group("type"):  # 下设的部门有哪些: their names
        return False
    if asked.kind == "who":
        return bool(_ROLE.search(asked.before) or _IS.search(asked.before))
    if asked.kind == "when":  # 成立于哪年: no other event
        return word in deeds() - group("vague")
    return asked.kind in _NEEDS_CORE


def _nouns(text: str, words: tuple[str, ...]) -> list[str]:
    return [word for word in _asked_words(text, words) if word not in places() and not is_pale(word)]


def _head(first: str, words: list[str], text: str) -> str:
    """The last noun of the compound that begins with ``first`` (现金补贴: 补贴); the others may be left out."""
    at = words.index(first)
    for word in words[at + 1 :]:
        if is_pale(word) or word in group("type") or f"{first}{word}" not in text:
            break
        first = word
    return first


def _headed(words: list[str], text: str) -> list[str]:
    """The words of a counted compound with its head first (农机企业: 企业, 农机): a number counts the head."""
    if len(words) < 2 or is_pale(words[0]) or is_pale(words[1]) or f"{words[0]}{words[1]}" not in text:
        return words
    return [words[1], words[0], *words[2:]] if words[1] in group("type") else words


def _is_attribute(word: str) -> bool:
    return len(word) > 1 and not is_pale(word) and word not in group("type") | group("vague") | group("measure")


def deeds_after(asked: Asked) -> tuple[str, ...]:
    """Return the verb after the asking word where it says nothing in other questions (什么时候通过的)."""
    if asked.kind not in ("when", "who", "where") or content_words(without_asking(asked.after)):
        return ()
    return tuple(word for word in words_of(asked.after) if len(word) > 1 and is_pale(word) and word in _DEEDS)


def deed_of(asked: Asked, words: tuple[str, ...]) -> str:
    """Return the verb right before the asking word (抵 in 能抵多少税), or empty: other verbs tell of other things."""
    after = [word for word in content_words(without_asking(asked.after)) or deeds_after(asked) if word in words]
    if asked.kind in ("who", "when") and after and is_pale(after[0]):
        return after[0]  # 谁主持: whoever does it
    before = asked.before.rstrip()
    last = next(iter(content_words(without_asking(before))[-1:]), "")
    modal = words_of(before.removesuffix(last))[-1:]  # 理事会 ends in no 会
    able = last in words and (is_pale(last) or bool(modal and modal[0] in _MODALS))
    return last if able and before.endswith(last) else ""


def event_of(asked: Asked, words: tuple[str, ...]) -> str:
    """Return the first verb after the asking word, without which a sentence tells of another event, or empty."""
    if asked.kind not in ("who", "often"):
        return ""
    after = [word for word in content_words(without_asking(asked.after)) if word in words]
    if asked.kind == "who" and after and _DONE_BY.search(f"{asked.before}…{asked.after}") and _is_event(after[-1]):
        return after[-1]  # 是哪家公司施工的
    return next((word for word in after if _tells_event(word)), "")


def _is_event(word: str) -> bool:
    return word not in group("vague") | group("type") | LIGHT and word[-1] not in WHERETO + _BODY_ENDS


def _tells_event(word: str) -> bool:
    return _is_event(word) and _is_verb(word)


def _is_verb(word: str) -> bool:
    return word in deeds() or (word in synonyms() and (len(word) == 1 or is_pale(word)))


def _is_deed(asked: Asked, word: str) -> bool:
    """Whether it is asked who does ``word`` (谁承包), or how often: a sentence without it tells of another deed."""
    if asked.kind == "when":
        return word in deeds() - group("vague")
    return asked.kind in ("who", "often", "how", "yesno") and len(word) > 1 and is_pale(word)


def _asked_words(text: str, words: tuple[str, ...], typed: bool = False) -> list[str]:
    found = [word for word in content_words(without_asking(text)) if word in words]
    return [word for word in found if typed or word not in group("type")]
