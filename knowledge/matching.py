"""Does a text hold what a question names? Literally, as a short form, or in the official wording; and where."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from knowledge.lexicon import group, places, renderings, synonyms
from knowledge.numerals import has_numeral, in_digits, months_of
from knowledge.slips import apart_at, mistyped_at
from knowledge.terms import is_word

_GAP = r"[^,，。；;、:：\s]{0,7}?"
_FEE = re.compile(r"[\u4e00-\u9fff]{2}[费钱金款]")  # 安家费 may be called 安家补贴
_PAYS = re.compile(
    r"由[^,，。;；]{1,14}?(?:出(?![具台席])|付|承担|负担|报销|购买|投保)|[\u4e00-\u9fff]{2}(?:承担|负担|自理|自付|出资|报销|支付)"
)
_PASSED = "后的者之,，。;；:：、)）\n"
_OFFICES = "局厅"
_CHARGED = r"收费|费用|\d元"
_TERM = re.compile(r"^(?:第[\d一二三四五六七八九十]+|首)[届任]$")
_WEEKDAY = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])")
_SCHOOL = re.compile(r"([\u4e00-\u9fff]{2,4})(?:学院|院校|学校|大学)")
_SCHOOLS = {
    "中专": ("中等专业学校",),
    "职高": ("职业高中", "职业高级中学"),
    "高专": ("高等专科学校",),
    "职院": ("职业技术学院", "职业学院"),
    "职大": ("职业技术大学", "职业大学"),
    "技校": ("技工学校", "高级技工学校"),
}
_FIRST = 4
_SHORTENS, _NEAR = 0.65, 8
_LITERAL, _SHORT, _OTHER, _APART, _BY_STEM = 1.0, 0.9, 0.85, 0.85, 0.7

Aliases = Mapping[str, tuple[str, ...]]


def find_word(word: str, text: str, aliases: Aliases | None = None) -> tuple[float, list[tuple[int, int]]]:
    """Return how surely the folded ``text`` holds the folded ``word``, and where; (0, []) when it does not."""
    forms = _wordings(word)
    for sureness, wordings in (
        (_LITERAL, (*forms, *(aliases or {}).get(word, ()))),
        (_SHORT, _full_names(word)),
        (_OTHER, renderings().get(word, ())),
    ):
        spans = [span for wording in wordings for span in _spans(wording, text)]
        if sureness < _LITERAL:
            spans = [span for span in spans if not _is_coverb(text, *span)]
        if spans:
            return sureness, spans
    if word in group("pay") and (found := _PAYS.search(text)):
        return _OTHER, [found.span()]
    for one in (word, *synonyms().get(word, ())[:_FIRST]):  # 交钱, 收费: 收报名费
        if (span := apart_at(one, text)) is not None:
            return _OTHER, [span]
    if _FEE.fullmatch(word) and (spans := _paid(word, text)):
        return _OTHER, spans
    if (span := mistyped_at(word, text)) is not None:
        return _OTHER, [span]
    if len(word) == 2 and word[1] in "子儿头" and (at := text.find(word[0])) >= 0:  # 卷子: 试卷
        return _BY_STEM, [(at, at + 1)]
    span = _shortened_at(word, text)
    return (_SHORT, [span]) if span else (0.0, [])


@lru_cache(maxsize=4096)
def _wordings(word: str) -> tuple[str, ...]:
    """The same word written otherwise: numbers in digits, 第一 as 首, a weekday, a place without its rank."""
    forms = (word, in_digits(word), word.replace("第一", "首")) if has_numeral(word) else (word,)
    if _TERM.search(word):  # 第一任 is 首届, too
        forms = (*forms, *(f"{form[:-1]}{other}" for form in forms for other in "届任" if form[-1] in "届任"))
    if len(word) == 3 and word[-1] == "方":  # 主办方: 主办单位
        forms = (*forms, f"{word[:2]}单位", f"{word[:2]}部门")
    if len(word) > 2 and word[-1] in "市县区省州":  # 主城区: 主城
        forms = (*forms, word[:-1])
    if found := _WEEKDAY.fullmatch(word):
        forms = (
            *forms,
            *(f"{week}{day}" for week in ("周", "星期") for day in ("日天" if found[1] in "日天" else found[1])),
        )
    if (months := months_of(word)) is not None:  # 半年: 六个月
        forms = (*forms, *(f"{count}个月" for count in months))
    if word[:1] == "首" and len(word) == 2:  # 首个: 第一个
        forms = (*forms, f"第一{word[1]}")
    return forms


def _is_coverb(text: str, start: int, end: int) -> bool:
    """Whether 通过 there means by way of (通过办公室), not passed."""
    return text[start:end] == "通过" and end < len(text) and text[end] not in _PASSED


def _full_names(word: str) -> tuple[str, ...]:
    """The names that a school is called after when its kind is shortened (X中专: X中等专业学校)."""
    return tuple(word[:-2] + full for full in _SCHOOLS.get(word[-2:], ()) if len(word) > 3)


def _paid(word: str, text: str) -> list[tuple[int, int]]:
    """Where ``text`` names the same payment by another word (建设费: 建设经费); a word nobody knows, by its stem."""
    stem = word[:2]
    if apart := re.search(rf"{stem[0]}(?:费?[、和及与]){stem[1]}[^,，。;；]{{0,10}}费", text):  # 水、电和物业费用
        return [apart.span()]
    if not is_word(word):
        return _spans(stem, text)
    return [
        found.span() for found in re.finditer(rf"{re.escape(stem)}(?:经费|成本|补[助贴]|资金|报酬|津贴|费用)", text)
    ]


def holds_word(word: str, text: str, aliases: Aliases | None = None) -> float:
    """Return how surely the folded ``text`` holds the folded ``word``: 1 literal, less for other wordings, 0 no."""
    return find_word(word, text, aliases)[0]


def _spans(wording: str, text: str) -> list[tuple[int, int]]:
    found, at = [], text.find(wording)
    while at >= 0:
        office = len(wording) == 2 and text[at + 2 : at + 3] in _OFFICES and text[at + 2 : at + 3]  # 教育局 is no 教育
        if not office and (at == 0 or text[at - 1] != "副"):  # 副局长 is no 局长
            found.append((at, at + len(wording)))
        at = text.find(wording, at + 1)
    return found


def _shortened_at(word: str, text: str) -> tuple[int, int] | None:
    """Where ``text`` holds a name that ``word`` is a short form of (发改委, X职院).

    A short form leaves much out: a full name that merely lacks one word of another full name is another name.
    """
    if len(word) == 2:
        return _initials_at(word, text)
    if (school := _SCHOOL.fullmatch(word)) and school[1] in places():  # a city's 学院 is that city's X学院
        place = "|".join((school[1], *synonyms().get(school[1], ())))
        named = re.search(rf"(?:{place})[市州省]?[\u4e00-\u9fff]{{2,10}}?(?:学院|学校|大学)", text)
        return named.span() if named else None
    if not 2 < len(word) <= 8 or word[0] not in text or _is_compound(word):
        return None
    found = _short_form(word).search(text)
    return found.span() if found and len(word) <= _SHORTENS * len(found[0]) else None


def _is_compound(word: str) -> bool:
    """Whether ``word`` is put together from whole words (产业学院) and so is no short form; a place may begin one."""
    return any(first not in places() for first, _ in _parts(word))


def _initials_at(word: str, text: str) -> tuple[int, int] | None:
    """Where ``text`` holds a name by whose two initials it is called: a place's, and that of what follows it."""
    for place in _places_from(word[0]) if not is_word(word) or word[1] == "大" else ():
        at = text.find(place + word[1])
        if at >= 0:
            return at, at + len(place) + 1
    return None


@lru_cache(maxsize=512)
def _places_from(sign: str) -> tuple[str, ...]:
    return tuple(place for place in places() if place.startswith(sign))


@lru_cache(maxsize=4096)
def _short_form(word: str) -> re.Pattern[str]:
    return re.compile(_GAP.join(re.escape(sign) for sign in word))


def find_parts(word: str, text: str) -> tuple[float, list[tuple[int, int]]]:
    """Find a compound by its parts (二手设备: 旧 and 设备); surely as their mean, less than the compound itself."""
    best: tuple[float, list[tuple[int, int]]] = (0.0, [])
    for parts in _parts(word):
        found = [find_word(part, text) for part in parts]
        if not all(found_spans for _, found_spans in found) or not _together(*(spans for _, spans in found)):
            continue
        sure = _APART * sum(sureness for sureness, _ in found) / len(found)
        if sure > best[0]:
            best = sure, [span for _, spans in found for span in spans]
    return best


def is_split(word: str, sentence: str, heading: str) -> bool:
    """Whether a sentence says one half of a compound and its heading the other (培训费: 收费 under 培训班)."""
    halves = ((word[:2], _CHARGED),) if _FEE.fullmatch(word) else _parts(word)
    return any(
        bool(find_word(first, heading)[0]) and bool(re.search(second, sentence) or find_word(second, sentence)[0])
        for first, second in halves
    )


def _together(first: list[tuple[int, int]], second: list[tuple[int, int]]) -> bool:
    return any(abs(one[0] - other[1]) <= _NEAR or abs(other[0] - one[1]) <= _NEAR for one in first for other in second)


@lru_cache(maxsize=4096)
def _parts(word: str) -> tuple[tuple[str, str], ...]:
    if not 4 <= len(word) <= 6:
        return ()
    halves = ((word[:at], word[at:]) for at in range(2, len(word) - 1))
    return tuple(pair for pair in halves if all(is_word(part) for part in pair))


def pair_share(word: str, text: str) -> float:
    """Return which share of the word's pairs of characters stands in ``text``."""
    if len(word) < 2:
        return float(word in text)
    if len(word) == 3 and word not in text and word[1:] in text:  # 中级工 beside 高级工: another of its kind
        return 0.0
    pairs = [word[at : at + 2] for at in range(len(word) - 1)]
    return sum(pair in text for pair in pairs) / len(pairs)
