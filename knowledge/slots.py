"""The kind of thing an answer must contain (a count of schools, a date, a share), and how near it stands.

全市有多少所技校 wants a number with 所 or a like measure beside 技校; a sentence about 技校 with a year and a sum
of money in it does not answer.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from knowledge.asking import MEASURES, TITLES
from knowledge.understanding import Question

_NUMBER = r"(?<![第\d〔一二三四五六七八九十])(?:\d[\d,.]*|[一二三四五六七八九十百千两]+)[余多来]?[百千万亿]*[余多]?\s*"
_NOT_A_DATE = r"(?<![月\d])(?!(?:19|20)\d{2}\s*年)"
_INSTITUTIONS = "家所户个间座"
_DATE = (
    r"\d{4}\s*[-年/.]\s*\d{0,2}(?:\s*[-月/.]\s*\d{1,2})?日?|\d{1,2}月(?:\d{1,2}日|底|初|上旬|中旬|下旬)?"
    r"|[一二三四五六七八九十]+月|(?:今|去|明|前|本|同|次)年(?:底|初)?|年底|每[年季月周]"
)
_ORGANISATION = (
    r"(?:学院|大学|学校|委员会|[局厅部处委]|公司|集团|中心|办公室|政府|协会|联盟|研究院|单位|理事会|领导小组|企业)"
    r"|书记|校长|院长|主任|局长|同志|领导|教授|选手|教师"
)
_SHARE = rf"\d[\d.]*\s*[%％]|百分之|[一二三四五六七八九]成|{_NUMBER}倍|{_NUMBER}个?百分点"
_MONEY = rf"{_NUMBER}元|{_NUMBER}(?<=[万亿])"
_SURNAMES = (
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付"
    "方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤]"
)
_NAME = rf"(?!任[期命免职何用]|单位){_SURNAMES}(?!单位|部门)[\u4e00-\u9fff]{{1,2}}"
_FRACTION = r"[一二三四五六七八九十\d]+分之[一二三四五六七八九十\d]+|过?半数"
_FIXED = {
    "money": _MONEY,
    "share": _SHARE,
    "quantity": rf"{_SHARE}|{_MONEY}|{_NUMBER}[{MEASURES}]",
    "size": rf"{_NUMBER}(?:亩|平方米|平米|公顷|平方公里|㎡)",
    "person": rf"(?:{TITLES})[:：是为由]?{_NAME}(?=[,，。、;；\s)）|]|同志|担任|$)|任(?:{TITLES})"
    rf"|(?<![\u4e00-\u9fff]){_NAME}(?:同志|{TITLES})|(?<=[由是为请]){_NAME}(?:同志|{TITLES})",
    "age": rf"{_NUMBER}岁",
    "when": _DATE,
    "often": rf"每(?:年|月|周|日|季度?|学期|天|{_NUMBER})|长期|不?定期"
    rf"|{_NOT_A_DATE}{_NUMBER}(?:个月|月(?=以上|以下|以内|左右)|个?(?:年|周|天|工作日|日|学期|小时|季度))",
    "ordinal": r"第[\d一二三四五六七八九十]+",
    "number": r"[〔\[(]\d{4,5}[〕\])]?\s*\d*号",
    "contact": r"\d{3,4}-?\d{7,8}|1\d{10}|\w@\w|www\.|https?:",
    "who": _ORGANISATION,
    "duty": _ORGANISATION,
    "list": r"[^,，。;；、]{1,20}(?:、[^,，。;；、]{1,20})+",
}
_COUNTING = frozenset(("count", "people", "quantity"))
_COUNTS_ANOTHER = re.compile(r"(?!以上|以下|以内|左右|余|多|的|为|和|及|次|至|到|不等|规模)[\u4e00-\u9fff]")
_SOFT = frozenset(("who", "duty", "list"))
WordPlaces = Mapping[str, tuple[float, Sequence[tuple[int, int]]]]
_REACH, _COMMA = 28.0, 6.0
_OPENING, _NOUN_REACH = 12, 14


@lru_cache(maxsize=512)
def _pattern(kind: str, unit: str) -> re.Pattern[str] | None:
    if kind == "people":
        return re.compile(rf"{_NUMBER}人次" if unit == "人次" else rf"{_NUMBER}(?:名|位|人(?!次))|{_FRACTION}")
    if kind == "count":
        signs = f"{_INSTITUTIONS}种类项门" if unit == "个" else _INSTITUTIONS if unit in _INSTITUTIONS else f"个{unit}"
        return re.compile(f"{_NUMBER}[{signs}大]")
    return re.compile(_FIXED[kind]) if kind in _FIXED else None


def wants_slot(question: Question) -> bool:
    """Whether the question wants something that can be told by its form: a number, a date, a share."""
    return question.kind not in _SOFT and _pattern(question.kind, question.unit) is not None


def nearest_slot(question: Question, sentence: str, places: WordPlaces) -> tuple[float, str]:
    """Return how near the question's words stand to the wanted kind of thing, at most 1, and that thing's words.

    Without such a thing it is (0, "").

    Args:
        question: What is asked.
        sentence: A folded sentence.
        places: Where the question's words stand in it: word → (weight, spans).
    """
    pattern = _pattern(question.kind, question.unit)
    if pattern is None:
        return 0.0, ""
    years = {str(year) for year in question.years}
    asked = {word: place for word, place in places.items() if place[1] and (word in question.focus or word in years)}
    counted = asked or {word: place for word, place in places.items() if place[1]}
    total = sum(weight for weight, _ in counted.values()) or 1.0
    best, value = 0.0, ""
    comma = 3 * _COMMA if question.kind == "list" else _COMMA
    for found in pattern.finditer(sentence):
        near = (
            sum(weight * _nearness(sentence, found.span(), spans, comma) for weight, spans in counted.values()) / total
        )
        if question.kind in _COUNTING and asked and _counts_another(question, sentence, found.end(), places):
            near *= 0.25
        if question.kind == "when" and found.start() <= _OPENING and "|" not in sentence:
            near = max(near, 0.4)  # a date that opens the sentence holds for all of it
        exact = not question.unit or question.unit in found[0] or question.kind != "count"
        score = (0.05 + 0.95 * near) * (1.0 if exact else 0.85)
        if score > best:
            best, value = score, found[0]
    return (best if asked else 0.7 * best), value


def _counts_another(question: Question, sentence: str, end: int, places: WordPlaces) -> bool:
    """Whether a number is followed by another noun than the asked one, which only stands before it."""
    wanted = [spans for word, (_, spans) in places.items() if word in question.counted or word in question.focus]
    follows = any(0 <= begin - end <= _NOUN_REACH for spans in wanted for begin, _ in spans)
    return not follows and bool(_COUNTS_ANOTHER.match(sentence, end))


def _nearness(sentence: str, span: tuple[int, int], spans: Sequence[tuple[int, int]], comma: float) -> float:
    return max(_closeness(sentence, span, one, comma) for one in spans)


def _closeness(sentence: str, span: tuple[int, int], other: tuple[int, int], comma: float) -> float:
    begin, end = (other[1], span[0]) if other[0] < span[0] else (span[1], other[0])
    if begin >= end:
        return 1.0
    between = sentence[begin:end]
    if "|" in between and span[0] < other[0]:  # in a table the value follows its label
        return 0.0
    stops = between.count(",") + between.count("，") + 2 * between.count(";")
    return math.exp(-((end - begin) + comma * stops) / _REACH)
