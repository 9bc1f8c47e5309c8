"""The kind of thing an answer must contain (a count of schools, a date, a share), and how near it stands.

全市有多少所技校 wants a number with 所 or a like measure beside 技校; a sentence about 技校 with a year and a sum
of money in it does not answer.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from knowledge.evidence.counted import counts, in_other_units, is_said
from knowledge.language.clauses import begin_of
from knowledge.language.forms import COUNTING, RATIO, SUMS, form_of
from knowledge.language.kinds import MEASURES
from knowledge.language.lexicon import group
from knowledge.language.matching import holds_word
from knowledge.questions.understanding import Question

_HEADS = frozenset(("count", "people"))
_EACH = re.compile(
    rf"每(?![届次期批轮])[{MEASURES}]|每[\u4e00-\u9fff]一[{MEASURES}]|单[个项]|人均"
)  # 每个小院派2名 tells no school's number
_PER_ONE = re.compile(rf"[每各一][{MEASURES}](?!月)|单[个项]|人均")
_VOTES = re.compile(r"多少(?:单位|人|成员|家)?才[能可]|[多几]少?票|同意|赞成|点头|通过|出席|到场|到会|表决|投票|才算数")
_SINGLE = frozenset(("when", "size", "money", "amount", "person", "contact", "number", "penalty"))
_SOFT = frozenset(("who", "duty", "list", "condition", "paper", "define", "how", "called"))
WordPlaces = Mapping[str, tuple[float, Sequence[tuple[int, int]]]]
_REACH, _COMMA = 28.0, 6.0
_BOUNDS = (
    (
        re.compile(r"最[多高长大]|上限|封顶|顶多"),
        re.compile(r"不[得能]?超过|最[高多长大]|至多|以[内下]|上限|不高于|不多于|限[\u4e00-\u9fff]|[只仅][能可]|容纳"),
    ),
    (re.compile(r"最[少低短]|至少|起码"), re.compile(r"不[得能]?少于|不[得能]?低于|最[少低]|至少|以上")),
)
_BOUND_BEFORE, _BOUND_AFTER = 6, 3
_ENUMERATES = re.compile(r"[,，:：][一二三四五六七八九十]是")
_TO_EACH = re.compile(r"[一每][名个位][^,，]{1,6}?[带配管教]")  # 一个师傅带几个学生: 1:6 tells it
_BARE = re.compile(r"几个[^,，]{1,6}的[?？]?$")  # 有几个专职的: people or things
_CLOCK, _CLOCK_TIME = re.compile(r"几点(?!建议|要求)"), re.compile(r"\d[:：时点]|[一二三四五六七八九十]点")
_WHICH_YEAR = re.compile(r"哪一?年|何年|哪年")
_VAGUE, _LESS = re.compile(r"长期|不?定期"), 0.7
_ATTENDED = re.compile(r"培训|讲座|接待|参观|服务")  # 培训多少员工: told in 人次
_LABEL_LINE = re.compile(r"[\u4e00-\u9fff]{2,8}[:：](?!\s*$)")
_TIMES = re.compile(r"[几\d一两三四]次|[几\d一两三四]回|[几\d一两三四]趟")
_BESIDE = 3
_GROUPED = re.compile(r"大类|[群链]|带头人|目录")
_ALLOWED = re.compile(r"能|可以?|要|得|限|最[多少]|至[多少]")  # 可以带几个教练: each one may
_EACH_OF = re.compile(r"(?:每一?|单)([场次期批台家亩吨套件])")
_EACH_WHO = re.compile(r"每[一]?[名位]([\u4e00-\u9fff]{2})")
_SHARED = re.compile(r"[%％成]")
_EACH_SAID = (
    r"[每各一][\u4e00-\u9fff]{0,2}?[人生名位家台个亩]|同一|单[个户家]|人均"
    r"|/[人台个亩]|[/每](?:月|天|课时|学时|小时|日|次)|标准"
)
_BASES = (
    (
        re.compile(
            r"[每各一]个?(?:[人生]|学生|老师|教师|职工|员工|学员|选手)(?![次民产])|人均|[每一][名位家台亩]|(?<=[招训带收录用])一个(?=[\u4e00-\u9fff]{2})(?!月|学[期年]|季度|钟头|小时)"
        ),
        re.compile(_EACH_SAID),
    ),
    (re.compile(r"每个?月|一个月|月均"), re.compile(r"月")),
)
_OPENING, _ONLY_ONE, _LABEL, _CELL, _OF_EACH = 12, 0.3, 0.6, 0.8, 0.2


def wants_slot(question: Question) -> bool:
    """Whether the question wants something that can be told by its form: a number, a date, a share."""
    return question.kind not in _SOFT and form_of(question.kind, question.unit) is not None


def nearest_slot(
    question: Question, sentence: str, places: WordPlaces, *, row: bool = False, over: frozenset[str] = frozenset()
) -> tuple[float, str]:
    """Return how near the question's words stand to the wanted kind of thing, at most 1, and that thing's words.

    Without such a thing it is (0, "").

    Args:
        question: What is asked.
        sentence: A folded sentence.
        places: Where the question's words stand in it: word → (weight, spans).
        over: Words that its headings hold: its subject, however far from the value.
        row: Whether it is a table's row, whose cells all belong to its subject, however far they stand from it.
    """
    pattern = form_of(
        question.kind,
        question.unit,
        bool(_VOTES.search(question.folded)),
        not question.counted or bool(_BARE.search(question.folded)),
    )
    if pattern is None:
        return 0.0, ""
    if question.kind == "people" and _ATTENDED.search(question.folded):
        pattern = re.compile(rf"{pattern.pattern}|\d+人次")
    if question.kind == "people" and _TO_EACH.search(question.folded):
        pattern = re.compile(rf"{pattern.pattern}|{RATIO}")
    if question.kind == "count" and question.core and question.core not in group("type"):  # 几份协议: 10个战略协议
        pattern = re.compile(rf"{pattern.pattern}|\d+个(?=[^\d,，。;；、]{{0,8}}{re.escape(question.core)})")
    found_all = list(pattern.finditer(sentence))
    if question.kind == "who" and question.deed:  # 理事会谁主持: 理事会 is no answer
        found_all = [found for found in found_all if not _is_asked(found, places)]
    if question.kind == "where":  # 实训中心在哪: 在实训中心 is no answer
        found_all = [found for found in found_all if found[0].removeprefix("在") not in question.folded]
    if question.kind == "payer" and question.core:  # 由运行经费列支: not who pays it
        found_all = [found for found in found_all if question.core not in found[0]]
    if question.kind in COUNTING:  # 企业的三条产线值多少: three is what the question says
        found_all = [found for found in found_all if not is_said(found[0].strip(), question.folded)]
    years = {str(year) for year in question.years}
    asked = {word: place for word, place in places.items() if place[1] and (word in question.focus or word in years)}
    named = set(question.names) | set(question.places)
    asked = {word: place for word, place in asked.items() if word not in named} or asked  # a subject stands anywhere
    counted = asked or {word: place for word, place in places.items() if place[1]}
    total = sum(weight for weight, _ in counted.values()) or 1.0
    best, value = 0.0, ""
    label = len(named_as[0]) if (named_as := _LABEL_LINE.match(sentence)) else 0
    comma = 3 * _COMMA if question.kind == "list" else _COMMA
    for found in found_all:
        near = (
            sum(weight * _nearness(sentence, found.span(), spans, comma) for weight, spans in counted.values()) / total
        )
        if len(found_all) == 1 and over & frozenset(question.focus or question.words):
            near = max(near, _ONLY_ONE)  # its heading names the subject
        if question.kind in _HEADS and _tells_each(question, _clause(sentence, found.start())):
            near *= _OF_EACH
        if question.kind in COUNTING and asked and _counts_another(question, sentence, found.end(), places):
            near *= 0.25
        if question.kind in COUNTING and _of_longer_noun(question, sentence[found.end() :]):
            near *= _LESS
        if question.kind == "when" and found.start() <= _OPENING and "|" not in sentence:
            near = max(near, 0.4)  # a date that opens the sentence holds for all of it
        if len(found_all) == 1 and question.kind in _SINGLE and "|" not in sentence:
            near = max(near, _ONLY_ONE)  # the sentence's subject stands first, its attributes follow
        if row and asked:
            near = max(near, _CELL)
        if asked and _labels(asked, label):  # 参加人员:…共43人
            near = max(near, _CELL)
        if (
            found[0][-1] in "名位"
            and question.unit == "个"
            and question.kind == "count"
            and not _follows(question, found.start(), places)
        ):
            near *= _OF_EACH
        if _of_another_basis(question, sentence, found):
            near *= _OF_EACH
        if found[0].endswith((":", "：")):  # a label (地点：) names what the passage is about
            near = max(near, _LABEL)
        if question.kind == "often" and _TIMES.search(question.folded) and not _TIMES.search(sentence, found.start()):
            near *= _LESS
        if question.kind == "money" and found[0].endswith(("%", "％")):
            near *= _LESS
        if question.kind == "when" and _CLOCK.search(question.folded) and not _CLOCK_TIME.search(found[0]):
            near *= _ONLY_ONE
        if question.kind == "when" and _WHICH_YEAR.search(question.folded) and "年" not in found[0]:
            near *= _ONLY_ONE
        if question.kind == "lasting" and in_other_units(question.folded, found[0]):
            near *= _ONLY_ONE
        if _VAGUE.fullmatch(found[0]):
            near *= _LESS
        exact = not question.unit or question.unit in found[0] or question.kind != "count"
        score = (0.05 + 0.95 * near) * (1.0 if exact else 0.85) * _bounded(question, sentence, found.span())
        if score > best:
            best, value = score, found[0]
    told = asked or over & frozenset(question.focus) or not question.focus
    return (best if told else 0.7 * best), value


def _of_longer_noun(question: Question, following: str) -> bool:
    """Whether what is counted only begins like the asked noun (11个专业大类: no count of 专业)."""
    rest = following.removeprefix(question.core) if question.core else following
    return rest != following and bool(_GROUPED.match(rest)) and f"{question.core}{rest[:1]}" not in question.folded


def _is_asked(found: re.Match[str], places: WordPlaces) -> bool:
    """Whether what was found is one of the question's own words."""
    return any(start <= found.start() and found.end() <= end for _, spans in places.values() for start, end in spans)


def _labels(asked: WordPlaces, label: int) -> bool:
    """Whether an asked word stands in the line's label, which holds for all that follows it."""
    return any(end <= label for _, spans in asked.values() for _, end in spans)


def _follows(question: Question, start: int, places: WordPlaces) -> bool:
    """Whether the number stands right behind what it counts (教练2名)."""
    spans = places[question.core][1] if question.core in places else ()
    return any(0 <= start - end <= _BESIDE for _, end in spans)


def _of_another_basis(question: Question, sentence: str, found: re.Match[str]) -> bool:
    """Whether it is asked for each person's, piece's or month's sum and the clause does not tell that."""
    if question.kind not in SUMS:
        return False
    clause = _clause(sentence, found.start())
    bases = _BASES[:1] if _SHARED.search(found[0]) else _BASES  # 岗位工资的80%: what a month brings, too
    each = _EACH_OF.search(question.folded)
    if each and not re.search(rf"每一?{each[1]}|{each[1]}均|/{each[1]}|单{each[1]}", clause):
        return True
    whose, told = _EACH_WHO.search(question.folded), _EACH_WHO.search(clause)
    if whose and told and not holds_word(whose[1], clause):  # 每名老师: not 每名学徒
        return True
    return any(asked.search(question.folded) and not said.search(clause) for asked, said in bases)


def _tells_each(question: Question, clause: str) -> bool:
    """Whether the clause counts for each of some things, where nobody asked about one of them."""
    each = _EACH.search(clause)
    if each is None or _PER_ONE.search(question.folded) or _ALLOWED.search(question.folded):
        return False
    return clause[each.end() : each.end() + 2] not in question.folded  # 每名传承人: a question about 传承人 means each


def _clause(sentence: str, end: int) -> str:
    """The words of the clause before ``end``."""
    return sentence[begin_of(sentence, end, "。;；\n") : end]


def _bounded(question: Question, sentence: str, span: tuple[int, int]) -> float:
    """Less than 1 for a value without the bound that is asked for (最多补多少 wants 不超过2万元)."""
    around = sentence[max(0, span[0] - _BOUND_BEFORE) : span[1] + _BOUND_AFTER]
    for asked, stated in _BOUNDS:
        if asked.search(question.folded) and not stated.search(around):
            return 0.75
    return 1.0


def _counts_another(question: Question, sentence: str, end: int, places: WordPlaces) -> bool:
    """Whether a number is followed by another noun than the asked one, which only stands before it."""
    named = "".join(question.names)
    wanted = [word for word in places if (word in question.counted or word in question.focus) and word not in named]
    return bool(wanted) and counts(sentence, end, wanted) is False


def _nearness(sentence: str, span: tuple[int, int], spans: Sequence[tuple[int, int]], comma: float) -> float:
    return max(_closeness(sentence, span, one, comma) for one in spans)


def _closeness(sentence: str, span: tuple[int, int], other: tuple[int, int], comma: float) -> float:
    begin, end = (other[1], span[0]) if other[0] < span[0] else (span[1], other[0])
    if begin >= end:
        return 1.0
    between = sentence[begin:end]
    if "|" in between and span[0] < other[0]:  # in a table the value follows its label
        return 0.0
    stops = between.count(",") + between.count("，") + 2 * between.count(";") + 2 * len(_ENUMERATES.findall(between))
    return math.exp(-((end - begin) + comma * stops) / _REACH)
