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
_PEOPLE = "学生|学员|学徒|教师|老师|教职工|毕业生|职工|员工|选手"
_INSTITUTIONS = "家所户个间座"
_DATE = (
    r"(?<!\d)\d{4}\s*[-年/.]\s*\d{0,2}(?:\s*[-月/.]\s*\d{1,2})?日?(?!\d)|\d{1,2}月(?:\d{1,2}日|底|初|上旬|中旬|下旬)?"
    r"|[一二三四五六七八九十]+月|(?<![\d〕\])）])\d{1,2}[日号](?:[之以]?前|之?内|起|[,，。;；)）|]|$)|(?:今|去|明|前|本|同|次)年(?:底|初)?|年底|每[年季月周]|[\u4e00-\u9fff]{2,8}(?:[之以]?后|[之以]?前)(?=[,，。;；|]|$|发|拨|办|进行|开始)|(?<!\d)\d{1,2}[:：]\d{2}(?!\d)|\d{1,2}[时点](?!数)"
)
_ORGANISATION = (
    r"(?:学院|大学|学校|委员会|[局厅部处委]|公司|集团|中心|办公室|政府|协会|联盟|研究院|单位|理事会|领导小组|企业)"
    r"|书记|校长|院长|主任|局长|同志|领导|教授|选手|教师"
)
_SHARE = rf"\d+\s*[:：∶]\s*\d+(?!\d)|\d[\d.]*\s*[%％]|百分之|[一二三四五六七八九]成|{_NUMBER}倍|{_NUMBER}个?百分点"
_MONEY = rf"{_NUMBER}元|{_NUMBER}(?<=[万亿])"
_SURNAMES = (
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付"
    "方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤]"
)
_NAME = rf"(?!任[期命免职何用]|单位){_SURNAMES}(?!单位|部门)[\u4e00-\u9fff]{{1,2}}"
_FRACTION = r"[一二三四五六七八九十\d]+分之[一二三四五六七八九十\d]+|过?半数"
_LASTING = (
    rf"{_NOT_A_DATE}{_NUMBER}(?:个月|月(?=以上|以下|以内|左右)|个?(?:年|周|天|工作日|日|学期|[小学课]时|分钟|季度))"
)
_OF_TIME = "个(?:工作日|月|小时|星期|礼拜|学期|学年|百分点)"
_COUNTED = rf"{_NUMBER}个?(?:工作日|天|日|周|月|小时)"
_FIXED = {
    "money": _MONEY,
    "share": _SHARE,
    "amount": rf"{_SHARE}|{_MONEY}|[一二三四五六七八九]折",
    "quantity": rf"{_SHARE}|{_MONEY}|{_NUMBER}[{MEASURES}]",
    "size": rf"{_NUMBER}(?:亩|平方米|平米|公顷|平方公里|㎡)",
    "person": rf"(?:{TITLES})[:：是为由]?{_NAME}(?=[,，。、;；\s)）|]|同志|担任|$)|任(?:{TITLES})(?!单位)"
    rf"|(?<![\u4e00-\u9fff]){_NAME}(?:同志|{TITLES})|(?<=[由是为请]){_NAME}(?:同志|{TITLES})",
    "age": rf"{_NUMBER}岁",
    "when": rf"{_DATE}|[前后]{_COUNTED}|{_COUNTED}[之以]?[内前]",
    "often": rf"每(?:年|半年|月|周|日|季度?|学期|天|{_NUMBER})|长期|不?定期"
    rf"|{_LASTING}[内]?(?:至少)?[一1两2三3][次回趟届遍轮评]|(?:任期|周期|间隔|隔)[^,，。;；]{{0,3}}{_LASTING}",
    "lasting": rf"长期|{_LASTING}",
    "ordinal": r"第[\d一二三四五六七八九十]+",
    "number": r"\d{8,}\w*/\d{4}-\d+|[〔\[(]\d{4,5}[〕\])]?\s*\d*号",
    "validity": r"有效性\s*[:：]\s*\|?\s*\S|有效期|废止|失效|[试施]行期?",
    "contact": r"(?:联系|咨询)人[:：]|\d{3,4}-?\d{7,8}|1\d{10}|\w@\w|www\.|https?:",
    "where": r"地点[:：]|位于|设在|住所|地址|依托|坐落|选址|建在"
    r"|以[\u4e00-\u9fff]{3,14}(?:区|园|中心|基地)为(?:基础|依托)|在(?![^,，。;；]{0,8}[日天月年]内)[\u4e00-\u9fff]{2,12}(?:[市区县镇路街号楼层园馆]|学院|大学|召开|举[办行])",
    "who": _ORGANISATION,
    "duty": _ORGANISATION,
    "penalty": r"约[谈请]|提请|暂缓|撤[销换消]|丧失|失去|问责|整改|退出|劝退|责任|不再"
    r"|通报|取消|暂停|终止|追[回究]|收回|除名|扣[减除发]|罚|提醒|处分|批评|[核减]减|减少|不予|不得|赔偿"
    r"|摘牌|解聘|更换|函告|视为|移送|重新|停止|责令|列入",
    "list": r"[^,，。;；、]{1,20}(?:、[^,，。;；、]{1,20})+",
}
_HEADS = frozenset(("count", "people"))
_EACH = re.compile(rf"每[{MEASURES}]|单[个项]|人均")  # 每个小院派2名 tells no school's number
_PER_ONE = re.compile(rf"[每各一][{MEASURES}](?!月)|单[个项]|人均")
_COUNTING = frozenset(("count", "people", "quantity"))
_COUNTS_ANOTHER = re.compile(
    r"(?!以上|以下|以内|左右|余|多|的|为|和|及|次|至|到|不等|规模|等次|档次?|等级|[\u4e00-\u9fff]{1,4}组成)[“\"《]?[\u4e00-\u9fff]"
)
_MEASURED = {
    "个": f"{_INSTITUTIONS}种类项门",
    "席": "名位席",
    "档": "个档级类",
    "回": "次回",
    "趟": "次趟",
    "节": "节课",
} | {strict: strict for strict in "次份届期台册亩层套张字页道分"}
_VOTES = re.compile(r"多少(?:单位|人|成员|家)?才[能可]|[多几]少?票|同意|赞成|点头|通过|出席|到场|到会|表决|投票|才算数")
_SINGLE = frozenset(("when", "size", "money", "amount", "person", "contact", "number", "penalty"))
_SOFT = frozenset(("who", "duty", "list"))
WordPlaces = Mapping[str, tuple[float, Sequence[tuple[int, int]]]]
_REACH, _COMMA = 28.0, 6.0
_BOUNDS = (
    (
        re.compile(r"最[多高长大]|上限|封顶|顶多"),
        re.compile(r"不[得能]?超过|最[高多长大]|至多|以[内下]|上限|不高于|不多于"),
    ),
    (re.compile(r"最[少低短]|至少|起码"), re.compile(r"不[得能]?少于|不[得能]?低于|最[少低]|至少|以上")),
)
_BOUND_BEFORE, _BOUND_AFTER = 6, 3
_OPENING, _NOUN_REACH, _ONLY_ONE, _LABEL, _CELL, _OF_EACH = 12, 14, 0.3, 0.6, 0.8, 0.2


@lru_cache(maxsize=512)
def _pattern(kind: str, unit: str, votes: bool = False, bare: bool = False) -> re.Pattern[str] | None:
    if votes and kind in _COUNTING:
        return re.compile(rf"{_FRACTION}|{_NUMBER}[名位人票]")
    if kind == "count" and unit == "个" and bare:  # 请假的有几个: people or things
        return re.compile(f"{_NUMBER}[{_MEASURED[unit]}名位人]")
    if kind == "people":
        return re.compile(rf"{_NUMBER}人次" if unit == "人次" else rf"{_NUMBER}(?:名|位|人(?!次)|(?={_PEOPLE}))")
    if kind == "count":
        signs = _MEASURED.get(unit) or (_INSTITUTIONS if unit in _INSTITUTIONS else f"个{unit}")
        return re.compile(f"{_NUMBER}(?!{_OF_TIME})[{signs}大]")
    return re.compile(_FIXED[kind]) if kind in _FIXED else None


def wants_slot(question: Question) -> bool:
    """Whether the question wants something that can be told by its form: a number, a date, a share."""
    return question.kind not in _SOFT and _pattern(question.kind, question.unit) is not None


def nearest_slot(question: Question, sentence: str, places: WordPlaces, *, row: bool = False) -> tuple[float, str]:
    """Return how near the question's words stand to the wanted kind of thing, at most 1, and that thing's words.

    Without such a thing it is (0, "").

    Args:
        question: What is asked.
        sentence: A folded sentence.
        places: Where the question's words stand in it: word → (weight, spans).
        row: Whether it is a table's row, whose cells all belong to its subject, however far they stand from it.
    """
    pattern = _pattern(question.kind, question.unit, bool(_VOTES.search(question.folded)), not question.counted)
    if pattern is None:
        return 0.0, ""
    found_all = list(pattern.finditer(sentence))
    years = {str(year) for year in question.years}
    asked = {word: place for word, place in places.items() if place[1] and (word in question.focus or word in years)}
    named = set(question.names) | set(question.places)
    asked = {word: place for word, place in asked.items() if word not in named} or asked  # a subject stands anywhere
    counted = asked or {word: place for word, place in places.items() if place[1]}
    total = sum(weight for weight, _ in counted.values()) or 1.0
    best, value = 0.0, ""
    comma = 3 * _COMMA if question.kind == "list" else _COMMA
    for found in found_all:
        near = (
            sum(weight * _nearness(sentence, found.span(), spans, comma) for weight, spans in counted.values()) / total
        )
        if (
            question.kind in _HEADS
            and not _PER_ONE.search(question.folded)
            and _EACH.search(_clause(sentence, found.start()))
        ):
            near *= _OF_EACH
        if question.kind in _COUNTING and asked and _counts_another(question, sentence, found.end(), places):
            near *= 0.25
        if question.kind == "when" and found.start() <= _OPENING and "|" not in sentence:
            near = max(near, 0.4)  # a date that opens the sentence holds for all of it
        if len(found_all) == 1 and question.kind in _SINGLE and "|" not in sentence:
            near = max(near, _ONLY_ONE)  # the sentence's subject stands first, its attributes follow
        if row and asked:
            near = max(near, _CELL)
        if found[0].endswith((":", "：")):  # a label (地点：) names what the passage is about
            near = max(near, _LABEL)
        exact = not question.unit or question.unit in found[0] or question.kind != "count"
        score = (0.05 + 0.95 * near) * (1.0 if exact else 0.85) * _bounded(question, sentence, found.span())
        if score > best:
            best, value = score, found[0]
    return (best if asked else 0.7 * best), value


def _clause(sentence: str, end: int) -> str:
    """The words of the clause before ``end``."""
    return sentence[max(sentence.rfind(sign, 0, end) for sign in "。;；\n") + 1 : end]


def _bounded(question: Question, sentence: str, span: tuple[int, int]) -> float:
    """Less than 1 for a value without the bound that is asked for (最多补多少 wants 不超过2万元)."""
    around = sentence[max(0, span[0] - _BOUND_BEFORE) : span[1] + _BOUND_AFTER]
    for asked, stated in _BOUNDS:
        if asked.search(question.folded) and not stated.search(around):
            return 0.75
    return 1.0


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
