"""Numerals inside running text, with what people say around them: 大概80来人, 小两百, 十几个, 40到50, 2l05."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from services.numbers.reading import DIGITS, UNITS, read_numeral


class Doubt(StrEnum):
    """Why a numeral has no value that may be taken."""

    VAGUE = "vague"
    """A quantity without a figure: 十几, 百八十, 五六十, 40到50."""
    SUSPECT = "suspect"
    """A slip of the keyboard: 2l05, 21O3, 1，2万."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral found at ``start:end``. ``value`` is None exactly when ``doubt`` says why.

    ``scaled`` tells that 万 or 亿 was written out, which matters where the unit of a bare figure is open.
    """

    start: int
    end: int
    value: Decimal | None
    approx: bool = False
    doubt: Doubt | None = None
    scaled: bool = False


_C = "".join(DIGITS) + "俩仨廿卅"
_ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d|,\d)|\d{1,3}(?: \d{3})+(?= ?[人名个家份项次万元])|\d++)(?:\.\d++)?"
_SCALE = r"(?:[十百千万亿拾佰仟]|[wk](?![a-z]|\d{2}))"
_HEAD = rf"(?:{_ARABIC}(?: ?{_SCALE})*|[{_C}十拾](?:{_SCALE})*|[百千万](?=[二两三四五六七八九]))"
_BODY = rf"{_HEAD}(?:{_ARABIC}{_SCALE}*|[{_C}]|{_SCALE})*"
_BEFORE = (
    r"(?:(?:(?<![签合条预履节])约(?:莫|摸)?|大约|大概(?:齐)?|大致|差不多|估计|估摸(?:着)?|可能"
    r"|也就|将近|接近|(?<!最)近|"
    r"少说(?:也|都)?有?|至少|起码|最少|不低于|不少于|不到|不足|不满|奔着?|快到?"
    r"|超过?|逾|小|毛)(?:有|是|在|值)?个? ?){0,3}"
)
_AFTER = (
    r"(?: ?(?:来|多点|多些|多|有余|余|\+(?![\d一-龥])|出头|左右|上下|以上|挂零|开外|上下浮动|的样子"
    r"|(?:不到|以内)(?=[,;。)\s]|$)))"
)

_VAGUE = re.compile(
    rf"{_BEFORE}(?:"
    r"好?几[十百千万]+|好几(?=[个家份项人次名条件万])|数[十百千万]+(?!据)|"
    rf"{_BODY}好?几(?=[十百千万个家份项人名次条件位,;。!?)\s]|$)[十百千万]*|"
    r"百(?:十|八十|把|儿八十)(?:来|多|号)*|[千万]把|上[十百千万]+|成[百千](?:上千)?|若干|"
    r"(?:一二|二三|两三|三四|三五|四五|五六|六七|七八|八九)(?:[十百千]?万|[十百千])?"
    rf"|{_ARABIC}[万wk]? ?(?:[-~—–]{{1,2}}|[到至])(?= ?\d) ?{_ARABIC}{_SCALE}?"
    r")"
)
_SLIP = re.compile(
    r"(?<![a-z0-9])(?=[0-9lio]*\d)(?=\d*[lio])[\dlio]{2,}(?![a-z])|\d+[a-jl-vx-z\u00c0-\u052f]+\d+(?![a-z])|\d+[零〇一二三四五六七八九]+\d+|"
    r"\d+[a-jl-vx-z](?=[人名个家份项次万元,;。)\s]|$)|"
    r"\d{1,3}[,，](?=[\dlio]{0,2}[lio])[\dlio]{3}(?![a-z\d])|"
    rf"\d+(?:,\d{{1,2}}(?!\d)|,\d{{4,}}|[。·]\d|\.\.\d|,\d{{3}},\d{{1,2}}(?!\d)|\.\d+\.\d)[\d,.]*{_SCALE}?"
)
_PLAIN = re.compile(
    rf"(?P<before>{_BEFORE})(?:(?P<body>{_BODY})(?P<mid>[来多余](?=[百千万亿]))?(?P<scale>[百千万亿]+)?"
    rf"|(?P<round>[百千万])|"
    r"百分之(?P<percent>[\d.零一二两三四五六七八九十百点]+))(?P<after>" + _AFTER + r")?"
)
_ROUND = ("百", "千", "万")
_START = set("".join(DIGITS) + "0123456789.俩仨廿卅十拾百千万上成数好几若约大差估可也将接近不奔快超逾小毛少至起最lio")


def numeral_at(text: str, start: int) -> Numeral | None:
    """The numeral that begins exactly at ``start``, hedging words in front included; None when there is none."""
    if start >= len(text) or text[start] not in _START:
        return None
    slip = _SLIP.match(text, start)
    if slip:
        return Numeral(start, slip.end(), None, doubt=Doubt.SUSPECT)
    vague = _VAGUE.match(text, start)
    plain = _PLAIN.match(text, start)
    if vague and (plain is None or vague.end() >= plain.end()):
        return Numeral(start, vague.end(), None, approx=True, doubt=Doubt.VAGUE)
    return _plain(start, plain) if plain else None


def _plain(start: int, found: re.Match[str]) -> Numeral | None:
    """A figure with its hedges. 近千 and 百余 count as one thousand and one hundred; a bare 千 is no numeral."""
    scale = found["scale"] or ""
    body = found["body"] or found["round"] or ""
    body = "一" + body if body[:1] in _ROUND else body  # 近千, 百余; 百二十八, 千五: one of them, as it is spoken
    value = read_numeral((found["percent"] or "").replace("点", ".")) if found["percent"] else read_numeral(body)
    if value is not None:
        for char in scale:
            value *= UNITS[char]
    approx = bool(found["before"] or found["mid"] or found["after"])
    if found["round"] and not approx:
        return None
    if value is None:
        return Numeral(start, found.end(), None, approx=True, doubt=Doubt.VAGUE)
    return Numeral(start, found.end(), value, approx, scaled=any(char in "万亿w" for char in body + scale))


def find_numerals(text: str) -> Iterator[Numeral]:
    """All numerals of a half-width, simplified, lower-case text, from left to right."""
    at = 0
    while at < len(text):
        found = numeral_at(text, at)
        if found:
            yield found
        at = found.end if found else at + 1
