"""One written numeral, read as a figure."""

import re
from decimal import Decimal

_DIGITS = ("零〇", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
DIGITS = {char: figure for figure, chars in enumerate(_DIGITS) for char in chars}
UNITS = {"亿": 10**8, "万": 10**4, "千": 1000, "百": 100, "十": 10}
_ALSO = str.maketrans(
    {"w": "万", "k": "千", "拾": "十", "佰": "百", "仟": "千", "廿": "二十", "卅": "三十", "俩": "二", "仨": "三"}
)
_ARABIC = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")

Part = Decimal | str
"""A figure, a unit character, or 零."""


def read_numeral(text: str) -> Decimal | None:
    """The figure a numeral stands for, or None when it has no single reading.

    Knows Arabic digits with thousands separators, Chinese numerals (plain, financial, digit by digit), both mixed
    (1万2, 3百5, 1.2w) and the spoken shortening of the last unit (两百三 = 230, 一万二 = 12000). 五六 is "five or
    six" and 百八十 is "some hundred and eighty": both have no single reading. Expects half-width simplified text.
    """
    text = text.replace(" ", "").lower().translate(_ALSO)
    if len(text) > 1 and all(char in DIGITS for char in text):
        return _read_digit_by_digit(text)
    parts = _split(text)
    return _value(parts) if parts else None


def _read_digit_by_digit(text: str) -> Decimal | None:
    """二〇二六 is 2026; 五六 is a range, not 56."""
    if len(text) == 2 and not set(text) & set(_DIGITS[0]):
        return None
    return Decimal("".join(str(DIGITS[char]) for char in text))


def _split(text: str) -> list[Part] | None:
    """Figures and unit characters in order; None when something else is in between."""
    parts: list[Part] = []
    at = 0
    while at < len(text):
        arabic = _ARABIC.match(text, at)
        if arabic:
            if arabic.group().startswith("0") and at:
                parts.append("零")
            parts.append(Decimal(arabic.group().replace(",", "")))
            at = arabic.end()
            continue
        char = text[at]
        if char not in DIGITS and char not in UNITS:
            return None
        parts.append(char if char in UNITS else Decimal(DIGITS[char]) or "零")
        at += 1
    return parts


def _value(parts: list[Part]) -> Decimal | None:
    """Split at the largest unit: what stands before multiplies it, what stands after is added."""
    for unit, scale in UNITS.items():
        if unit in parts:
            at = len(parts) - 1 - parts[::-1].index(unit)
            before, after = _count_of(unit, parts[:at]), _rest_after(scale, parts[at + 1 :])
            if before is None or after is None or (after and before != before.to_integral_value()):
                return None
            return before * scale + after
    figures = [part for part in parts if isinstance(part, Decimal)]
    if not figures:
        return Decimal(0)
    return figures[0] if len(figures) == 1 and parts[-1] is figures[0] else None


def _count_of(unit: str, before: list[Part]) -> Decimal | None:
    if all(part == "零" for part in before):
        return Decimal(1) if unit == "十" else None
    if unit not in "万亿" and any(part in UNITS for part in before):
        return None
    return _value(before)


def _rest_after(scale: int, after: list[Part]) -> Decimal | None:
    """What follows a unit. A lone digit counts the next lower unit: 两百三 is 230, 两百零三 203."""
    if not after:
        return Decimal(0)
    lone = after[0]
    if len(after) == 1 and isinstance(lone, Decimal) and lone < 10 and lone == lone.to_integral_value():
        return lone * (scale // 10)
    rest = _value(after)
    return rest if rest is not None and rest < scale else None
