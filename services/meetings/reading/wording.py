"""Reading what people typed: one shape of punctuation and digits, offsets kept; small numbers; clauses."""

import re
import unicodedata
from datetime import date

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2, "俩": 2, "〇": 0}
NUMBER = r"(?:\d{1,3}|[一二两俩三四五六七八九十]{1,3})"
SPAN_UNIT = r"(?P<unit>工作日|天|日|周|星期|礼拜|月)"


def same_shape(text: str) -> str:
    """The text with full-width digits and punctuation folded, character for character, so that offsets still hold."""
    return "".join(_fold(char) for char in text)


def _fold(char: str) -> str:
    folded = unicodedata.normalize("NFKC", char)
    if len(folded) != 1:
        return char
    return {"﹔": ";", "﹕": ":", "【": "(", "】": ")", "〈": "(", "〉": ")"}.get(folded, folded)


def small_number(text: str) -> int | None:
    """The value of 1 to 999 in digits, or of 1 to 99 in Chinese; None for anything else."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS.get(text)
    if (tens and tens not in _DIGITS) or (ones and ones not in _DIGITS):
        return None
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


def item_numbers(plain: str) -> tuple[int, ...]:
    """The numbers of the items that are named: 「第3条」「第2、3条」「3号事项」; 「2条线」 without 第 names none."""
    found: list[int] = []
    several = rf"{NUMBER}(?:\s*[、,和及与]\s*第?{NUMBER})*"
    for match in re.finditer(
        rf"第\s*({several})\s*(?:条|项|个|件|号)|({NUMBER})号?(?:事项|任务|议定事项)|(?:事项|任务)\s*({NUMBER})", plain
    ):
        for part in re.findall(NUMBER, match[1] or match[2] or match[3]):
            number = small_number(part)
            if number and number not in found:
                found.append(number)
    return tuple(found)


def has_phone(plain: str) -> bool:
    """Whether a mobile number stands in the text (it must not stay in a group)."""
    return re.search(r"(?<!\d)1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)", plain) is not None


def day_or_none(year: int, month: int, day: int) -> date | None:
    """That date, None when the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
