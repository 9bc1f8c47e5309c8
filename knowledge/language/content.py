"""The words of a text that carry content, and the places it names."""

from __future__ import annotations

import re

from knowledge.language.kinds import MEASURES
from knowledge.language.lexicon import field_set, group, hollow, is_initial, place_pattern, places, synonyms
from knowledge.language.speech import deeds, is_result
from knowledge.language.terms import is_rare_sign, word_count, words_of

_SELDOM, _COMMON, _ODD = 5, 100, 30
_FORMULA = re.compile(r"\d+(?:\.\d+)?(?:\+[\da-z.]+)+")  # 3+2, 1+x: one thing
_ONE = re.compile(f"[一两][{MEASURES}]")  # 一台设备: no more than 设备


def content_words(text: str) -> tuple[str, ...]:
    """Return the words of a folded text that carry content, in order, without repeats.

    Single characters beside each other are kept together: a dictionary cuts the short forms that it does not
    know (X职院), and only the whole says anything.
    """
    chunks = [one for one in re.split(rf"({_FORMULA.pattern})|[^\w+%.·]+", text) if one]
    found = [word for chunk in chunks for word in _words(chunk)]
    return tuple(
        dict.fromkeys(
            word for word in found if word not in hollow() and word.strip("+.·_") and not _ONE.fullmatch(word)
        )
    )


def _words(chunk: str) -> list[str]:
    if _FORMULA.fullmatch(chunk):
        return [chunk]
    return _together([part for one in words_of(chunk) for part in _parted(one)])


def _parted(word: str) -> tuple[str, ...]:
    """A phrase that the dictionary happens to know (学生上课, 带徒弟) as its words; a common word whole."""
    if len(word) > 2 and word[0] == "一" and word != "一次性" and _ONE.match(word):  # 一个班: any of them
        return ("一", word[2:])
    rare = len(word) == 2 and word_count(word) <= _ODD and (word not in deeds() or is_result(word))
    if rare and all(one in hollow() | group("apart") for one in word):
        return (word[0], word[1])  # 刚领: no word
    if len(word) < 3 or word_count(word) > _SELDOM or word in field_set() or word in places() or word in synonyms():
        return (word,)
    for at in range(2, len(word) - 1):
        if min(word_count(word[:at]), word_count(word[at:])) >= _COMMON:
            return word[:at], word[at:]
    if word[0] in group("apart") and word_count(word[1:]) >= _COMMON:
        return word[0], word[1:]
    if word[-1] in hollow() and word_count(word[:-1]):
        return (word[:-1],)
    return (word,)


def places_in(folded: str) -> tuple[str, ...]:
    """Return the short place names in a folded text, the longest at each spot, without repeats."""
    return tuple(dict.fromkeys(place_pattern().findall(folded)))


def _together(words: list[str]) -> list[str]:
    joined: list[str] = []
    single = False
    for word in words:
        alone = len(word) == 1 and word not in hollow() | group("apart") and "\u4e00" <= word <= "\u9fff"
        noun = single and len(joined[-1]) == 1 and is_rare_sign(joined[-1])  # 磷化工, but not 当会长
        glued = single and (alone or word in group("organisation"))
        glued = glued or (noun and "\u4e00" <= word[0] <= "\u9fff" and word not in hollow() | group("apart"))
        glued = glued or (word in group("suffix") and bool(joined) and joined[-1] not in hollow())
        glued = glued or (word == "项" and single)  # 赛项
        glued = glued or (word in group("paper") and bool(joined) and _is_noun(joined[-1]))
        glued = glued or (bool(joined) and joined[-1] == "副" and len(word) > 1)  # 副秘书长: no 秘书长
        after_place = bool(joined) and joined[-1] in places() | group("sign") and _is_short_end(word)
        if joined and (glued or after_place):
            joined[-1] += word
        else:
            joined.append(word)
        single = alone and not (word in group("paper") and len(joined[-1]) > 2)  # 申报书 and 寄
    return [part for word in joined for part in _without_school(word)]


def _is_short_end(word: str) -> bool:
    """Whether a short form may end in ``word`` after its place (X职院), or in initials like 建院 that few texts use."""
    initials = len(word) == 2 and word[1] in "院大" and word_count(word) < _SELDOM
    return word in group("short_end") or initials


def _is_noun(word: str) -> bool:
    return len(word) > 1 and word not in hollow() and "\u4e00" <= word[0] <= "\u9fff"


def _without_school(word: str) -> tuple[str, ...]:
    """Part the two initials of a school from what they were glued to (济职众创: 济职 and 众创)."""
    initials = len(word) == 4 and word[1] in "职院大" and not word_count(word) and is_initial(word[0])
    return (word[:2], word[2:]) if initials and word[2] not in "院校学" else (word,)
