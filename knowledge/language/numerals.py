"""Numbers in Chinese words beside digits: 七月 is 7月, 第四十五届 is 第45届."""

from __future__ import annotations

import re

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_RUN = re.compile(r"[零〇一二三四五六七八九十两]+")


def value_of(words: str) -> int | None:
    """Return the value of a Chinese numeral below a hundred, or None."""
    if words in _DIGITS:
        return _DIGITS[words]
    match = re.fullmatch(r"([一二三四五六七八九]?)十([一二三四五六七八九]?)", words)
    if not match:
        return None
    return (_DIGITS[match[1]] if match[1] else 1) * 10 + (_DIGITS[match[2]] if match[2] else 0)


def in_digits(text: str) -> str:
    """Return ``text`` with its small Chinese numerals as digits (七月 → 7月); words without one stay."""

    def digits(match: re.Match[str]) -> str:
        value = value_of(match[0])
        return match[0] if value is None else str(value)

    return _RUN.sub(digits, text)


def has_numeral(text: str) -> bool:
    """Whether ``text`` holds a Chinese numeral."""
    return bool(_RUN.search(text))


_SIGNS = "零一二三四五六七八九十"
_YEARS = re.compile(r"(?:大|小)?([一二两三四五])?(?:个)?(半)?年(半)?")


def months_of(word: str) -> tuple[str, str] | None:
    """Return the months of a span of half years, in words and in digits (半年: 六, 6), or None for any other word."""
    found = _YEARS.fullmatch(word)
    if not found or not (found[2] or found[3]) or (found[2] and found[1]):
        return None
    months = 6 + 12 * (value_of(found[1]) or 0 if found[1] else 0)
    return in_words(months), str(months)


def in_words(value: int) -> str:
    """Return a number below a hundred as a Chinese numeral (18: 十八)."""
    tens, ones = divmod(value, 10)
    return (_SIGNS[tens] if tens > 1 else "") + ("十" if tens else "") + (_SIGNS[ones] if ones or not tens else "")
