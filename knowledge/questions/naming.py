"""The names in a question that an answer must be about: organisations, and places that a list of cities leaves out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.language.content import places_in
from knowledge.language.lexicon import field_set, group, hollow, place_pattern, places
from knowledge.language.numerals import has_numeral
from knowledge.language.speech import deeds, is_pale, is_result, place_words
from knowledge.language.terms import is_word, words_of
from knowledge.questions.focusing import WHERETO

_NAME_MIN, _MOVES = 6, f"{WHERETO}进出入回"
_SCHOOL_ENDS = frozenset(("中专", "职高", "职院", "技校"))
_COLLEGE = re.compile(r"[\u4e00-\u9fff]{2,3}(?:学院|大学)")
_FIRM = re.compile(r"[\u4e00-\u9fff]{2}(?:公司|集团)")
_ZONE = re.compile(
    r"新区|开发|经开|产业|[园城郊片社地校厂特景山]区|示范|保税|自贸|各县|市县|贫困|所有|全部|每个|外地|周边|[各几两多]区"
)
_DISTRICT = re.compile(r"[\u4e00-\u9fff]{2}[区县旗]")
_SHORT_NAME = re.compile(r"[\u4e00-\u9fff]{2,5}[院校局委厅]")


def names_of(content: str, words: Sequence[str]) -> tuple[str, ...]:
    """Return the names in a folded question, without repeats.

    Args:
        content: The question without its asking words.
        words: Its content words.
    """
    short = [_with_place(word, content) for word in words if _is_short_name(word)]
    found = _full_names(content)
    short = [one for one in short if not any(one in name[1:] for name in found)]  # 螺蛳粉学院, no 粉学院
    full = [name for name in found if not any(name.startswith(one) and name != one for one in short)]
    return tuple(dict.fromkeys((*full, *short, *_county(words), *_district(content), *_collective(words, content))))


def _with_place(short: str, content: str) -> str:
    """A short name with the place right before it (台州 and 湾技院), which it may have been cut from."""
    at = content.find(short)
    place = next((one for one in places_in(content) if content[:at].endswith(one)), "")
    return f"{place}{short}" if not is_word(short) else short


def _district(content: str) -> tuple[str, ...]:
    """The county or district that a question names behind its city (潍坊寒亭区); a zone (高新区) is none."""
    places = places_in(content)
    found = [one for one in _DISTRICT.finditer(content) if content[: one.start()].removesuffix("市").endswith(places)]
    return tuple(one[0] for one in found[:1] if not _ZONE.search(one[0]))


def _full_names(content: str) -> tuple[str, ...]:
    """Full names of organisations: content words side by side that end in a word for one."""
    found, run = [], ""
    for word in words_of(content):
        if run in group("sign") and len(word) == 1:  # 川能电力公司: no verb
            run += word
            continue
        if (
            word in hollow()
            or word in group("apart")
            or not re.match(r"[\u4e00-\u9fff]", word)
            or word in group("general")
            or (len(word) == 2 and word[-1] in _MOVES and (is_pale(word) or word[-1] in WHERETO))  # 挂在学院
        ):
            run = ""
            continue
        if not run and len(word) == 2 and word in deeds() and is_pale(word):  # 组建昆山学院: no part of its name
            continue
        if word in group("type") and not run:  # 企业搬进学校: a kind begins no name
            continue
        run += word
        whole = word in group("organisation") and (len(run) >= _NAME_MIN or _is_brand(run, word))
        if whole or _is_compound(run, word):
            found.append(run)
            run = ""
    return tuple(dict.fromkeys(found))


def _is_compound(name: str, end: str) -> bool:
    """Whether a place or a made-up word stands before a body that is one dictionary word (江西 and 工程学院)."""
    before = name[: -len(end)]
    if _COLLEGE.fullmatch(end):
        return end not in field_set() and (place_pattern().match(name) is not None or before in place_words())
    return bool(_FIRM.fullmatch(end)) and len(before) > 1 and not is_word(before)


def _is_brand(name: str, end: str) -> bool:
    """Whether a short name is one of its own (精航科技), not a kind of things (信息科技)."""
    first = name[: -len(end)]
    if is_result(first) or is_pale(first):  # 搬进学校
        return False
    if first in group("organisation") or first in group("level"):  # 中专职高: two kinds
        return False
    return len(first) > 1 and (end in _SCHOOL_ENDS or not is_word(first)) and first not in places()


def _county(words: Sequence[str]) -> tuple[str, ...]:
    """The place that a question begins with, when it is none of the prefecture-level ones (东阳的实训基地)."""
    first = words[0] if words else ""
    return (first,) if first in place_words() - group("general") - group("type") and not places_in(first) else ()


def _collective(words: Sequence[str], content: str) -> tuple[str, ...]:
    """The made-up or seldom word that a consortium is called after at the beginning of a question (滨港联合体)."""
    first = words[0] if words else ""
    called = re.match(rf"\s*{re.escape(first)}[市州区县]?(?:产教)?(?:融合)?(?:联合体|共同体|联盟)", content)
    return (first,) if len(first) > 1 and called and not is_word(first) else ()


def _is_short_name(word: str) -> bool:
    """Whether ``word`` is put together from a place or single characters and ends like an organisation."""
    return bool(_SHORT_NAME.fullmatch(word)) and not has_numeral(word) and len(words_of(word)) > 1
