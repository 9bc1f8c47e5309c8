"""A message cut into tokens, from left to right; at each place the longest reading wins."""

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from services.checkins.form import Form
from services.checkins.reading.lexicon import HEDGE_AFTER_UNIT, MARKS, TENTHS, UNITS, Mark
from services.checkins.reading.tokens import Break, Figure, Filler, Level, Mention, Sign, Token, When
from services.checkins.reading.vocabulary import vocabulary
from services.numbers import numeral_at
from services.periods import Period, read_period

_BREAKS: dict[str, Level] = {
    ",": "comma",
    "，": "comma",
    "(": "open",
    "[": "open",
    "【": "open",
    "〔": "open",
    ")": "close",
    "]": "close",
    "】": "close",
    "〕": "close",
    ";": "stop",
    "。": "stop",
    "!": "stop",
    "?": "stop",
    "\n": "line",
    "|": "comma",
    "\t": "comma",
    "~": "comma",
    "…": "comma",
}
_SHAPES = re.compile(
    r"(?:20\d\d|[二两]〇[〇一二三四五六七八九]{2})(?:年|级|届)(?!\d{1,2}月)|\d{2}届|"
    r"(?:20\d\d[-./年])?\d{1,2}月\d{1,2}(?!\d)[日号]?|20\d\d[-./](?:1[0-2]|0?[1-9])[-./]\d{1,2}|\d{1,2}[:点]\d{2}分?|"
    r"(?<![\d.])0\d{2,3}-?\d{7,8}(?!\d)|(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)|(?<!\d)\d{17}[\dx](?![\da-z])|"
    r"一[个项件条家]是|[一几](?:个|些)(?:数|问题|情况|表|事)(?![\d一二三四五六七八九十])|"
    r"第[一二三四五六七八九十百\d]+(?:条|项|期|次|批|届|季度|周|部分|类|个|天|阶段|产业)?|"
    r"(?:附[件表录图]|报?表格?|(?<![蓝地设制绘])图|[编序]号|版本|清单|方案) ?\d{1,2}"
    r"(?![\d.]|,\d| ?[人个家份项件条次场天万元名位张套])|"
    r"(?<!\d)\d{5}(?=热线|平台|投诉)|(?:周|星期|礼拜)[一二三四五六日天末]|\d{1,2}[日号](?![人召])|[〔(]20\d\d[〕)]\d+号|\d+号文|"
    r"[一二三四五六七八九十\d]+(?:车间|楼|级|线(?![上下])|部|季度|学期|中(?![高职专])|年级|室|号线)|q[1-4](?![a-z\d])|"
    r"一(?:下|样|起|些|般|直|定|律|时|边|并|旦|会儿?|点|致|线|带|体|方面|家人|切|览|份子|系列|步)|"
    r"(?:万(?![二两三四五六七八九])|千万|十分|三方|两方|双方|统一|唯一|第一|万一|百分点|四技|两化|三教|五险一金|1\+x"
    r"|零(?:工|件|售|部件|距离|散|星|报告))|"
    r"(?:半|[一两二三四五六七八九十\d]+)(?:个月|天内|周内|小时|分钟|多年|年(?!级|度))"
)
_PERIOD = re.compile(
    r"(?:20\d\d年|今年|去年|明年)?(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?"
    r"|20\d\d[-.](?:1[0-2]|0[1-9])(?![\d.])|20\d\d年?[第]?[一二三四]季度"
)
_NUMBERING = re.compile(
    r"(?:(?:^|(?<=[\n;,。\t]))[ ]*[(]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[)、]"
    r"|(?:^|(?<=[\n;,。\t ]))[ ]*(?:\d{1,2}[、.](?!\d)|[①-⑳]|[-*•·●▪◆■](?=[ ]?[^\d\s])))(?=[ ]?\D)"
)
_COLUMN_UNIT = re.compile(r"[ ]?[(\[](?:单位[::]?)?(万元|元|人次|人天|人|家|份|个|项|%|次|件|条|场)[)\]]")
FIFTHS = "一二三四五六七八九"
_LONE_DIGITS = set("一二三四五六七八九两壹贰")


@lru_cache(maxsize=1)
def _marks() -> list[tuple[Mark, re.Pattern[str]]]:
    return [(mark, re.compile(f"(?=({pattern}))")) for mark, pattern in MARKS.items()]


def _find_marks(text: str) -> dict[int, Sign]:
    """The longest mark at each place, also inside another: 啥都没有 holds 啥都 and 没有, and 都没有 is a mark too."""
    found: dict[int, Sign] = {}
    for mark, pattern in _marks():
        for match in pattern.finditer(text):
            start, end = match.span(1)
            if end > start and (start not in found or end > found[start].end):
                found[start] = Sign(start, end, mark)
    return found


def tokenize(text: str, form: Form, period: Period) -> list[Token]:
    """Cut a folded message. At each place the longest of mention, mark, period and shape wins, then numerals."""
    mentions, marks = vocabulary(form).mentions(text), _find_marks(text)
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        token = _token_at(text, at, mentions, marks, period, tokens)
        if isinstance(token, Filler) and tokens and isinstance(tokens[-1], Filler):
            tokens[-1] = Filler(tokens[-1].start, token.end)
        else:
            tokens.append(token)
        at = token.end
    return tokens


def _token_at(
    text: str, at: int, mentions: dict[int, Mention], marks: dict[int, Sign], period: Period, before: list[Token]
) -> Token:
    named, sign = mentions.get(at), marks.get(at)
    if numbering := _NUMBERING.match(text, at):
        return Filler(at, numbering.end())
    if named and (sign is None or named.end >= sign.end):
        shape = _SHAPES.match(text, at)
        if not shape or shape.end() <= named.end:
            return _with_column_unit(text, named)
    if sign:
        return _cut_short(sign, mentions)
    if month := _PERIOD.match(text, at):
        shape = _SHAPES.match(text, at)
        meant = read_period(month.group(), period)
        if meant and (not shape or shape.end() <= month.end()):
            return When(at, month.end(), meant)
    if shape := _SHAPES.match(text, at):
        return Filler(at, shape.end())
    if text[at] in _BREAKS:
        return Break(at, at + 1, _BREAKS[text[at]])
    if text[at] == " " and _parts_entries(text, at, mentions, before):
        return Break(at, at + 1, "comma")
    return _figure_at(text, at, before) or Filler(at, at + 1)


def _parts_entries(text: str, at: int, mentions: dict[int, Mention], before: list[Token]) -> bool:
    """协议没签 横向3万2: a space after a key's figure or state parts it from the next key, as a comma does."""
    if not before or before[-1].end != at or mentions.get(at + len(text[at:]) - len(text[at:].lstrip())) is None:
        return False
    said = [token for token in before if not isinstance(token, Filler)][-2:]
    if said and isinstance(said[-1], Sign) and said[-1].mark is Mark.SAME:
        return True
    if len(said) < 2 or not isinstance(said[0], Mention):
        return False
    return isinstance(said[1], Figure) or (isinstance(said[1], Sign) and said[1].mark in _STATES)


_STATES = (Mark.NONE, Mark.NOT_APPLICABLE, Mark.NOT_COLLECTED)


def _cut_short(sign: Sign, mentions: dict[int, Mention]) -> Sign:
    """没有办结的: the verb after a negation may begin a key; then it is the key's."""
    if sign.mark in (Mark.NONE, Mark.EQUALS):
        for start in range(sign.start + 1, sign.end):
            if start in mentions and mentions[start].end >= sign.end:
                return Sign(sign.start, start, sign.mark)
    return sign


def _with_column_unit(text: str, named: Mention) -> Mention:
    unit = _COLUMN_UNIT.match(text, named.end)
    return Mention(named.start, unit.end(), named.keys, named.role, unit[1]) if unit else named


def _figure_at(text: str, at: int, before: list[Token]) -> Figure | Filler | None:
    sign = text[at] if text[at] in "+-" and at + 1 < len(text) else ""
    numeral = numeral_at(text, at + len(sign))
    if numeral is None:
        return None
    unit = UNITS.match(text, numeral.end)
    if sign == "-" and not unit and before and isinstance(before[-1], Mention) and "[" in before[-1].keys[0]:
        return Filler(at, numeral.end)  # 任务1-3: the end of a range of numbers, no figure
    end = unit.end() if unit else numeral.end
    hedge = HEDGE_AFTER_UNIT.match(text, end) if unit else None
    end = hedge.end() if hedge else end
    if (
        numeral.end - numeral.start == 1
        and text[at + len(sign)] in _LONE_DIGITS
        and not unit
        and not _closes(text, end)
    ):
        return None
    if unit and unit[1] == TENTHS and text[end : end + 1] in set(FIFTHS) and _closes(text, end + 1):
        part = Decimal(FIFTHS.index(text[end]) + 1) / 10  # 八成五: 85 %
        return Figure(at, end + 1, replace(numeral, value=(numeral.value or 0) + part), TENTHS, numeral.approx, sign)
    percent = text[numeral.start : numeral.end].startswith("百分之")
    return Figure(at, end, numeral, "%" if percent else (unit[1] if unit else ""), numeral.approx or bool(hedge), sign)


def _closes(text: str, end: int) -> bool:
    """A lone 一 or 二 counts only where the clause ends after it, or where a key follows with its own figure."""
    return end >= len(text) or text[end] in ",;。!?()\n\t| 、了吧办"
