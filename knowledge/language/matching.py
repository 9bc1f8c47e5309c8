"""Does a text hold what a question names? Literally, as a short form, or in the official wording; and where."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from knowledge.language.abbreviations import full_names, halves, shortened_at
from knowledge.language.lexicon import group, renderings, synonyms
from knowledge.language.numerals import has_numeral, in_digits, months_of
from knowledge.language.slips import apart_at, mistyped_at
from knowledge.language.terms import is_word

_FEE = re.compile(r"[\u4e00-\u9fff]{2}[费钱金款]")  # 安家费 may be called 安家补贴
_PAYS = re.compile(
    r"由[^,，。;；]{1,14}?(?:出(?![具台席])|付|承担|负担|报销|购买|投保)|[\u4e00-\u9fff]{2}(?:承担|负担|自理|自付|出资|报销|支付)"
)
_IN_OFFICE = frozenset(("担任", "出任", "兼任", "当", "任职"))
_HOLDS_OFFICE = re.compile(r"(?<![主责信委])(?:担|兼|出|就|接)?任(?![务期何职命免教意性])")
_PASSED = "后的者之,，。;；:：、)）\n"
_OFFICES = "局厅"
_CHARGED = r"收费|费用|\d元"
_TERM = re.compile(r"^(?:第[\d一二三四五六七八九十]+|首)([届任次期轮])$")
_TERMS = {"届": "届任次", "任": "任届", "次": "次届", "期": "期", "轮": "轮"}
_WEEKDAY = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])")
_WITH_RESULT = re.compile(r"([\u4e00-\u9fff]{2})(?:[来去到给完好成上下掉]|出来|起来|下来|上来|下去|上去|进来|出去)")
_TO_THE_END = ("齐", "清", "完", "满", "足")
_FIRST = 4
_NEAR = 8
_UNITS = ("企业", "公司", "院校", "学校")
_LITERAL, _SHORT, _OTHER, _APART, _BY_STEM = 1.0, 0.9, 0.85, 0.85, 0.7

Aliases = Mapping[str, tuple[str, ...]]


def find_word(word: str, text: str, aliases: Aliases | None = None) -> tuple[float, list[tuple[int, int]]]:
    """Return how surely the folded ``text`` holds the folded ``word``, and where; (0, []) when it does not."""
    forms = _wordings(word)
    for sureness, wordings in (
        (_LITERAL, (*forms, *(aliases or {}).get(word, ()))),
        (_SHORT, full_names(word)),
        (_OTHER, renderings().get(word) or renderings().get(f"{word}来", ())),
    ):
        spans = [span for wording in wordings for span in _spans(wording, text)]
        if sureness < _LITERAL:
            spans = [span for span in spans if not _is_coverb(text, *span)]
        if spans:
            return sureness, spans
    if word in _IN_OFFICE and (found := _HOLDS_OFFICE.search(text)):
        return _OTHER, [found.span()]
    if word in group("pay") and (found := _PAYS.search(text)):
        return _OTHER, [found.span()]
    for one in (word, *synonyms().get(word, ())[:_FIRST]):  # 交钱, 收费: 收报名费
        if (span := apart_at(one, text)) is not None:
            return _OTHER, [span]
    if _FEE.fullmatch(word) and (spans := _paid(word, text)):
        return _OTHER, spans
    if word[1:] in _TO_THE_END and len(word) == 2:  # 交齐: 缴纳
        for one in synonyms().get(word[0], ()):
            if spans := _spans(one, text):
                return _OTHER, spans
    if (stem := _without_result(word)) and (spans := _spans(stem, text)):
        return _OTHER, spans
    if (span := mistyped_at(word, text)) is not None:
        return _OTHER, [span]
    if len(word) == 2 and word[1] in "子儿头" and (at := text.find(word[0])) >= 0:  # 卷子: 试卷
        return _BY_STEM, [(at, at + 1)]
    span = shortened_at(word, text)
    return (_SHORT, [span]) if span else (0.0, [])


@lru_cache(maxsize=4096)
def _wordings(word: str) -> tuple[str, ...]:
    """The same word written otherwise: numbers in digits, 第一 as 首, a weekday, a place without its rank."""
    forms = (word, in_digits(word), word.replace("第一", "首")) if has_numeral(word) else (word,)
    if found := _TERM.search(word):  # 第一任 is 首届, 第二次论坛 the 第二届
        forms = (*forms, *(f"{form[:-1]}{other}" for form in forms for other in _TERMS[found[1]]))
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
    if word[:1] in "不非" and len(word) > 2:  # 不营利: 非营利
        forms = (*forms, f"{'非' if word[0] == '不' else '不'}{word[1:]}")
    if word[:1] == "首" and len(word) == 2:  # 首个: 第一个
        forms = (*forms, f"第一{word[1]}")
    return forms


def _without_result(word: str) -> str:
    """The verb of two characters that ``word`` says with its result (提出来: 提出), or empty."""
    found = _WITH_RESULT.fullmatch(word)
    return found[1] if found and is_word(found[1]) else ""


def _is_coverb(text: str, start: int, end: int) -> bool:
    """Whether 通过 there means by way of (通过办公室), not passed."""
    return text[start:end] == "通过" and end < len(text) and text[end] not in _PASSED


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


def find_parts(word: str, text: str) -> tuple[float, list[tuple[int, int]]]:
    """Find a compound by its parts (二手设备: 旧 and 设备); surely as their mean, less than the compound itself."""
    best: tuple[float, list[tuple[int, int]]] = (0.0, [])
    for parts in halves(word):
        found = [_find_part(part, text) for part in parts]
        if not all(found_spans for _, found_spans in found) or not _together(*(spans for _, spans in found)):
            continue
        sure = _APART * sum(sureness for sureness, _ in found) / len(found)
        if sure > best[0]:
            best = sure, [span for _, spans in found for span in spans]
    return best


def _find_part(part: str, text: str) -> tuple[float, list[tuple[int, int]]]:
    """The same for one half; firms and schools are units (合作单位: 与453家企业签订合作协议)."""
    wordings = (part, *_UNITS) if part == "单位" else (part,)
    return next((found for one in wordings if (found := find_word(one, text))[1]), (0.0, []))


def is_split(word: str, sentence: str, heading: str) -> bool:
    """Whether a sentence says one half of a compound and its heading the other (培训费: 收费 under 培训班)."""
    pairs = ((word[:2], _CHARGED),) if _FEE.fullmatch(word) else halves(word)
    return any(
        bool(find_word(first, heading)[0]) and bool(re.search(second, sentence) or find_word(second, sentence)[0])
        for first, second in pairs
    )


def _together(first: list[tuple[int, int]], second: list[tuple[int, int]]) -> bool:
    return any(abs(one[0] - other[1]) <= _NEAR or abs(other[0] - one[1]) <= _NEAR for one in first for other in second)


def pair_share(word: str, text: str) -> float:
    """Return which share of the word's pairs of characters stands in ``text``."""
    if len(word) < 2:
        return float(word in text)
    if len(word) == 3 and word not in text and word[1:] in text:  # 中级工 beside 高级工: another of its kind
        return 0.0
    pairs = [word[at : at + 2] for at in range(len(word) - 1)]
    return sum(pair in text for pair in pairs) / len(pairs)
