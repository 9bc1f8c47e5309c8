"""Which bracket of a scale an amount falls in: 10万元 is in 5万元以上20万元以下, 15岁 in 未满16周岁."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from knowledge.numerals import in_digits

_NUMBER = r"(\d+(?:\.\d+)?)\s*([万亿千百]?)"
_MONEY, _AGE, _MARK = r"(?:元|块钱?)", r"周?岁", r"分(?![之钟别类为成管批期次给几布])"
SUM = re.compile(rf"{_NUMBER}{_MONEY}|[一二三四五六七八九十两百千]+[万亿]?{_MONEY}")
AMOUNT = re.compile(rf"{_NUMBER}(?:{_MONEY}|{_AGE}|{_MARK})")
IN_WORDS = re.compile(rf"[一二三四五六七八九十两百千]+[万亿]?(?:{_MONEY}|{_AGE}|{_MARK})")
_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}


@dataclass(frozen=True)
class Amount:
    """A sum of money in yuan, an age in years, or a mark; ``unit`` is the pattern of its signs."""

    value: float
    unit: str


@lru_cache(maxsize=8)
def amount_in(folded: str) -> Amount | None:
    """Return the amount that a folded question names."""
    text = in_digits(folded)
    for unit in (_MONEY, _AGE, _MARK):
        if found := re.search(rf"{_NUMBER}{unit}", text):
            return Amount(_value(found[1], found[2]), unit)
    return None


def falls_in(amount: Amount, clause: str) -> bool | None:
    """Whether ``amount`` is within the bracket that a folded clause states; None when it states none."""
    clause = in_digits(clause)
    up, down = _bounds(amount.unit)
    lowest = [value for found in up.finditer(clause) if (value := _stated(found)) is not None]
    highest = [value for found in down.finditer(clause) if (value := _stated(found)) is not None]
    if not lowest and not highest:
        return None
    return (not lowest or amount.value >= max(lowest)) and (not highest or amount.value <= min(highest))


def bears_on(amount: Amount, clause: str) -> bool:
    """Whether a folded clause decides about ``amount``: its bracket holds a sum; any limit decides about an age."""
    within = falls_in(amount, clause)
    return bool(within) if amount.unit == _MONEY else within is not None


@lru_cache(maxsize=8)
def _bounds(unit: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    least = "元?" if unit == _MONEY else unit
    return (
        re.compile(
            rf"{_NUMBER}{least}(?:\(?含\)?)?(?:及以上|以上)|(?:超过|高于|(?<!未)(?<!不)满|不少于|不低于){_NUMBER}{unit}"
        ),
        re.compile(rf"{_NUMBER}{least}(?:\(?含\)?)?(?:及以下|以下|以内)|(?:不足|低于|[不未]满|不超过){_NUMBER}{unit}"),
    )


def _stated(found: re.Match[str]) -> float | None:
    digits, scale = next(((found[at], found[at + 1]) for at in (1, 3) if found[at]), ("", ""))
    return _value(digits, scale) if digits else None


def _value(digits: str, scale: str) -> float:
    return float(digits) * _SCALES[scale]
