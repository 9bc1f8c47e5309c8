"""Which bracket of a scale an amount falls in: 10万元 is in 5万元以上20万元以下, 15岁 in 未满16周岁."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from knowledge.language.numerals import in_digits

_NUMBER = r"(\d+(?:\.\d+)?)\s*([万亿千百]?)"
_DAYS, _MONTHS, _HOURS, _HEADS = (
    r"(?:个?工作日|天|日)",
    r"个月",
    r"个?(?:小时|钟头)",
    r"(?:个人|个学生|名学生|人|名)",
)
_MONEY, _AGE, _MARK = r"(?:元|块钱?)", r"周?岁", r"分(?![之钟别类为成管批期次给几布])"
SUM = re.compile(rf"{_NUMBER}{_MONEY}|[一二三四五六七八九十两百千]+[万亿]?{_MONEY}")
AMOUNT = re.compile(
    rf"{_NUMBER}(?:{_MONEY}|{_AGE}|{_MARK})|(?<![第前后月\d])(?:[2-9]|[1-9]\d+)(?:{_DAYS}|{_MONTHS}|{_HOURS}|{_HEADS})"
)
IN_WORDS = re.compile(
    rf"[一二三四五六七八九十两百千]+[万亿]?(?:{_MONEY}|{_AGE}|{_MARK})|(?<![第前后])(?:[二两三四五六七八九]|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]百)(?:{_DAYS}|{_MONTHS}|{_HOURS}|{_HEADS})"
)
_SPENT = re.compile(r"(?<=[花付支])[了掉]?([一二两三四五六七八九十\d]+)([千万])([一二三四五六七八九])?(?=[要得该,，])")
_ANY = frozenset((_MONEY, _AGE, _MARK))
_SCALED = frozenset((_MONEY, _DAYS, _MONTHS, _HOURS, _HEADS))
_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}


@dataclass(frozen=True)
class Amount:
    """A sum of money in yuan, an age in years, or a mark; ``unit`` is the pattern of its signs."""

    value: float
    unit: str


@lru_cache(maxsize=64)
def amount_in(folded: str) -> Amount | None:
    """Return the amount that a folded question names."""
    text = in_digits(in_yuan(folded))
    for unit in (_MONEY, _AGE, _MARK, _DAYS, _MONTHS, _HOURS, _HEADS):
        found = re.search(rf"(?<![第前后月\d]){_NUMBER}{unit}", text)
        if found and (unit in _ANY or _value(found[1], found[2]) != 1):  # 一天多少钱: no bracket of days
            return Amount(_value(found[1], found[2]), unit)
    return None


def in_yuan(folded: str) -> str:
    """Return a folded question with the sign of money behind a sum that is spent (花一万五要…: 花1.5万元要…)."""
    return _SPENT.sub(
        lambda sum_: f"{in_digits(sum_[1])}{f'.{in_digits(sum_[3])}' if sum_[3] else ''}{sum_[2]}元", folded
    )


def falls_in(amount: Amount, clause: str) -> bool | None:
    """Whether ``amount`` is within the bracket that a folded clause states; None when it states none."""
    whole = _within(amount, in_digits(clause))
    if whole is not False:
        return whole
    return any(_within(amount, part) for part in re.split(r"[,，;；。、]", in_digits(clause)))


def _within(amount: Amount, clause: str) -> bool | None:
    for low, scale, high, top in _range(amount.unit).findall(clause):
        if _value(low, scale or top) <= amount.value <= _value(high, top):
            return True
    up, down = _bounds(amount.unit)
    lowest = [value for found in up.finditer(clause) if (value := _stated(found)) is not None]
    highest = [value for found in down.finditer(clause) if (value := _stated(found)) is not None]
    if not lowest and not highest:
        return None
    return (not lowest or amount.value >= max(lowest)) and (not highest or amount.value <= min(highest))


def bears_on(amount: Amount, clause: str) -> bool:
    """Whether a folded clause decides about ``amount``: its bracket holds a sum; any limit decides about an age."""
    within = falls_in(amount, clause)
    return bool(within) if amount.unit in _SCALED else within is not None


@lru_cache(maxsize=16)
def _range(unit: str) -> re.Pattern[str]:
    return re.compile(rf"{_NUMBER}(?:{unit})?(?:至|到|~|-|—|–){_NUMBER}(?:{unit})")


@lru_cache(maxsize=16)
def _bounds(unit: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    least = "元?" if unit == _MONEY else unit
    return (
        re.compile(
            rf"(?<!分之)(?<![\d.]){_NUMBER}{least}(?:\(?含\)?)?(?:及以上|以上)|(?:超过|高于|(?<!未)(?<!不)满|不少于|不低于){_NUMBER}{unit}"
        ),
        re.compile(
            rf"(?<!分之)(?<![\d.]){_NUMBER}{least}(?:\(?含\)?)?(?:及以下|以下|以内)|(?:不足|低于|[不未]满|不超过){_NUMBER}{unit}"
        ),
    )


def _stated(found: re.Match[str]) -> float | None:
    digits, scale = next(((found[at], found[at + 1]) for at in (1, 3) if found[at]), ("", ""))
    return _value(digits, scale) if digits else None


def _value(digits: str, scale: str) -> float:
    return float(digits) * _SCALES[scale]
