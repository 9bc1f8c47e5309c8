"""Which bracket of a scale an amount falls in: 10万元 is in 5万元以上20万元以下, not in 5万元以下."""

from __future__ import annotations

import re

from knowledge.numerals import in_digits

_NUMBER = r"(\d+(?:\.\d+)?)\s*([万亿千百]?)"
AMOUNT = re.compile(rf"{_NUMBER}(?:元|块钱?)")
IN_WORDS = re.compile(r"[一二三四五六七八九十两百千]+[万亿]?(?:元|块钱?)")
_UP = re.compile(rf"{_NUMBER}元?(?:\(?含\)?)?(?:及以上|以上)|(?:超过|高于|满|不少于|不低于){_NUMBER}元")
_DOWN = re.compile(rf"{_NUMBER}元?(?:\(?含\)?)?(?:及以下|以下|以内)|(?:不足|低于|不满|不超过){_NUMBER}元")
_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}


def amount_in(folded: str) -> float | None:
    """Return the sum of money that a folded question names, in yuan."""
    found = AMOUNT.search(in_digits(folded))
    return _value(found[1], found[2]) if found else None


def falls_in(amount: float, clause: str) -> bool | None:
    """Whether ``amount`` is within the bracket that a folded clause states; None when it states none."""
    clause = in_digits(clause)
    lowest = [value for found in _UP.finditer(clause) if (value := _stated(found)) is not None]
    highest = [value for found in _DOWN.finditer(clause) if (value := _stated(found)) is not None]
    if not lowest and not highest:
        return None
    return (not lowest or amount >= max(lowest)) and (not highest or amount <= min(highest))


def _stated(found: re.Match[str]) -> float | None:
    digits, scale = next(((found[at], found[at + 1]) for at in (1, 3) if found[at]), ("", ""))
    return _value(digits, scale) if digits else None


def _value(digits: str, scale: str) -> float:
    return float(digits) * _SCALES[scale]
