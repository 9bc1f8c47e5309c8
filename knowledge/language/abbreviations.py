"""Short forms that follow from a full name by rule: initials (发改委), a school's kind (X职院), a firm's (X公司)."""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.language.lexicon import places, synonyms
from knowledge.language.terms import is_word

_GAP = r"[^,，。；;、:：\s]{0,7}?"
_SCHOOL = re.compile(r"([\u4e00-\u9fff]{2,4})(?:学院|院校|学校|大学)")
_SCHOOLS = {
    "中专": ("中等专业学校",),
    "职高": ("职业高中", "职业高级中学"),
    "高专": ("高等专科学校",),
    "职院": ("职业技术学院", "职业学院"),
    "职大": ("职业技术大学", "职业大学"),
    "技校": ("技工学校", "高级技工学校"),
}
_FIRM_KINDS, _TRADE = r"(?:集团|科技|股份|控股|有限|责任|分|子|总){1,4}", r"(?:[\u4e00-\u9fff]{2,4}?)?"
_SCHOOL_KINDS, _SCHOOL_RANKS = ("学院", "学校", "大学"), "(?:职业|技术|技师|高等|中等|专科|专业){1,4}"
_OWNED = "国民央外私"  # 国企: owners, not trades
_SHORTENS, _NAME_MIN, _NAME_MAX, _BRAND_MAX = 0.65, 4, 12, 4


def full_names(word: str) -> tuple[str, ...]:
    """Return the names that a school is called after when its kind is shortened (X中专: X中等专业学校)."""
    return tuple(word[:-2] + full for full in _SCHOOLS.get(word[-2:], ()) if len(word) > 3)


def shortened_at(word: str, text: str) -> tuple[int, int] | None:
    """Where ``text`` holds a name that ``word`` is a short form of (发改委, X职院).

    A short form leaves much out: a full name that merely lacks one word of another full name is another name.
    """
    if len(word) == 2:
        return _trade_at(word, text) or _initials_at(word, text)
    if (school := _SCHOOL.fullmatch(word)) and school[1] in places():  # a city's 学院 is that city's X学院
        place = "|".join((school[1], *synonyms().get(school[1], ())))
        named = re.search(rf"(?:{place})[市州省]?[\u4e00-\u9fff]{{2,10}}?(?:学院|学校|大学)", text)
        return named.span() if named else None
    if (whole := _whole_name(word)) and (named := whole.search(text)):
        return named.span()
    if not 2 < len(word) <= 8 or word[0] not in text or _is_compound(word):
        return None
    found = _short_form(word).search(text)
    return found.span() if found and len(word) <= _SHORTENS * len(found[0]) else None


@lru_cache(maxsize=4096)
def _whole_name(word: str) -> re.Pattern[str] | None:
    """The names of a firm or school that ``word`` leaves no more than their kind out of, as a pattern.

    X公司 is X有限公司 and X分公司, and X电池公司 where X is a made-up word; X学院 is X职业技术学院.
    """
    if not _NAME_MIN <= len(word) <= _NAME_MAX:
        return None
    stem, kind = word[:-2], word[-2:]
    if kind == "公司":
        trade = _TRADE if len(stem) <= _BRAND_MAX and not is_word(stem) and stem not in places() else ""
        return re.compile(rf"{re.escape(stem)}{trade}(?:{_FIRM_KINDS})?{kind}")
    if kind in _SCHOOL_KINDS and len(word) > _NAME_MIN:
        return re.compile(rf"{re.escape(stem)}(?:{_SCHOOL_RANKS}){kind}")
    return None


def _is_compound(word: str) -> bool:
    """Whether ``word`` is put together from whole words (产业学院) and so is no short form; a place may begin one."""
    return any(first not in places() for first, _ in halves(word))


def _trade_at(word: str, text: str) -> tuple[int, int] | None:
    """Where ``text`` has the firms of a trade (药企: 药品生产企业)."""
    if word[1] != "企" or word[0] in _OWNED:
        return None
    found = re.search(rf"{re.escape(word[0])}[\u4e00-\u9fff]{{0,6}}?企业", text)
    return found.span() if found else None


def _initials_at(word: str, text: str) -> tuple[int, int] | None:
    """Where ``text`` holds a name by whose two initials it is called: a place's, and that of what follows it."""
    for place in _places_from(word[0]) if not is_word(word) or word[1] == "大" else ():
        found = re.search(rf"{place}[市省州区县]?{re.escape(word[1])}", text)
        if found:
            return found.span()
    return None


@lru_cache(maxsize=512)
def _places_from(sign: str) -> tuple[str, ...]:
    return tuple(place for place in places() if place.startswith(sign))


@lru_cache(maxsize=4096)
def _short_form(word: str) -> re.Pattern[str]:
    return re.compile(_GAP.join(re.escape(sign) for sign in word))


@lru_cache(maxsize=4096)
def halves(word: str) -> tuple[tuple[str, str], ...]:
    """Return each way in which ``word`` is two dictionary words side by side."""
    if not 4 <= len(word) <= 6:
        return ()
    pairs = ((word[:at], word[at:]) for at in range(2, len(word) - 1))
    return tuple(pair for pair in pairs if all(is_word(part) for part in pair))
