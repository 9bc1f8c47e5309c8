"""The kind of thing an answer must contain (a count of schools, a date, a share), and how near it stands.

全市有多少所技校 wants a number with 所 or a like measure beside 技校; a sentence about 技校 with a year and a sum
of money in it does not answer.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.evidence.bases import bounded, of_another_basis, tells_each
from knowledge.evidence.counted import counts, in_other_units, is_said
from knowledge.language.forms import COUNTING, RATIO, form_of
from knowledge.language.lexicon import group
from knowledge.questions.understanding import Question

_HEADS = frozenset(("count", "people"))
_VOTES = re.compile(r"多少(?:单位|人|成员|家)?才[能可]|[多几]少?票|同意|赞成|点头|通过|出席|到场|到会|表决|投票|才算数")
_SINGLE = frozenset(("when", "size", "money", "amount", "person", "contact", "number", "penalty"))
_SOFT = frozenset(("who", "duty", "list", "condition", "paper", "define", "how", "called"))
WordPlaces = Mapping[str, tuple[float, Sequence[tuple[int, int]]]]
_REACH, _COMMA = 28.0, 6.0
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
_OPENING, _ONLY_ONE, _OPENS_ALL, _LABEL, _CELL = 12, 0.3, 0.4, 0.6, 0.8
_OF_EACH, _OF_ANOTHER, _OTHER_MEASURE, _UNTOLD, _LEAST = 0.2, 0.25, 0.85, 0.7, 0.05


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
    pattern = _wanted(question)
    if pattern is None:
        return 0.0, ""
    able = [found for found in pattern.finditer(sentence) if not _is_asked(question, found, places)]
    asked = _asked(question, places)
    sought = _Sought(
        question, sentence, places, asked, row, over & {*(question.focus or question.words)}, len(able) < 2
    )
    best, value = 0.0, ""
    for found in able:
        score = (_LEAST + (1 - _LEAST) * _near(sought, found)) * bounded(question, sentence, found.span())
        if question.kind == "count" and question.unit not in found[0]:
            score *= _OTHER_MEASURE
        if score > best:
            best, value = score, found[0]
    told = asked or over & frozenset(question.focus) or not question.focus
    return (best if told else _UNTOLD * best), value


@dataclass(frozen=True)
class _Sought:
    """What a sentence is searched for: the asked words in it, those above it, and whether just one thing would do."""

    question: Question
    sentence: str
    places: WordPlaces
    asked: WordPlaces
    row: bool
    over: frozenset[str]
    alone: bool


def _wanted(question: Question) -> re.Pattern[str] | None:
    """What the wanted kind of thing looks like, also in other measures that tell it for these very words."""
    pattern = form_of(
        question.kind,
        question.unit,
        bool(_VOTES.search(question.folded)),
        not question.counted or bool(_BARE.search(question.folded)),
    )
    if pattern is None:
        return None
    others = []
    if question.kind == "people" and _ATTENDED.search(question.folded):
        others.append(r"\d+人次")
    if question.kind == "people" and _TO_EACH.search(question.folded):
        others.append(RATIO)
    if question.kind == "count" and question.core and question.core not in group("type"):  # 几份协议: 10个战略协议
        others.append(rf"\d+个(?=[^\d,，。;；、]{{0,8}}{re.escape(question.core)})")
    return re.compile("|".join((pattern.pattern, *others)))


def _asked(question: Question, places: WordPlaces) -> WordPlaces:
    """Where the words stand that the asking word belongs to; a subject may stand anywhere in its sentence."""
    years, named = {str(year) for year in question.years}, {*question.names, *question.places}
    asked = {word: place for word, place in places.items() if place[1] and (word in question.focus or word in years)}
    return {word: place for word, place in asked.items() if word not in named} or asked


def _near(sought: _Sought, found: re.Match[str]) -> float:
    """How near one thing of the wanted kind stands, raised where it is sure to belong, less where to something else."""
    question, sentence = sought.question, sought.sentence
    counted = sought.asked or {word: place for word, place in sought.places.items() if place[1]}
    total = sum(weight for weight, _ in counted.values()) or 1.0
    comma = 3 * _COMMA if question.kind == "list" else _COMMA
    near = sum(weight * _nearness(sentence, found.span(), spans, comma) for weight, spans in counted.values()) / total
    if sought.alone and sought.over:
        near = max(near, _ONLY_ONE)  # its heading names the subject
    near *= _share_counted(sought, found)
    near = max(near, _surely(sought, found))
    if (
        found[0][-1] in "名位"
        and (question.kind, question.unit) == ("count", "个")
        and not _follows(sought, found.start())
    ):
        near *= _OF_EACH
    if of_another_basis(question, sentence, found):
        near *= _OF_EACH
    if found[0].endswith((":", "：")):  # a label (地点：) names what the passage is about
        near = max(near, _LABEL)
    return near * _share_of_kind(question, sentence, found)


def _share_counted(sought: _Sought, found: re.Match[str]) -> float:
    """Less than 1 for a number that counts something else than the asked noun, or for each of some things."""
    question, sentence, share = sought.question, sought.sentence, 1.0
    if question.kind in _HEADS and tells_each(question, sentence, found.start()):
        share *= _OF_EACH
    if question.kind in COUNTING and sought.asked and _counts_another(question, sentence, found.end(), sought.places):
        share *= _OF_ANOTHER
    if question.kind in COUNTING and _of_longer_noun(question, sentence[found.end() :]):
        share *= _LESS
    return share


def _surely(sought: _Sought, found: re.Match[str]) -> float:
    """How surely a thing belongs to the sentence's subject wherever it stands; 0 where nothing tells that."""
    question, sentence = sought.question, sought.sentence
    label = len(named[0]) if (named := _LABEL_LINE.match(sentence)) else 0
    if sought.asked and (sought.row or _labels(sought.asked, label)):  # 参加人员:…共43人
        return _CELL
    if "|" in sentence:
        return 0.0
    if question.kind == "when" and found.start() <= _OPENING:
        return _OPENS_ALL  # a date that opens the sentence holds for all of it
    return _ONLY_ONE if sought.alone and question.kind in _SINGLE else 0.0  # the subject stands first


def _share_of_kind(question: Question, sentence: str, found: re.Match[str]) -> float:
    """Less than 1 for a thing of the kind that is not the very one: a share for a sum, a day for a clock time."""
    share, said = 1.0, found[0]
    if question.kind == "often" and _TIMES.search(question.folded) and not _TIMES.search(sentence, found.start()):
        share *= _LESS
    if question.kind == "money" and said.endswith(("%", "％")):
        share *= _LESS
    if question.kind == "when" and _CLOCK.search(question.folded) and not _CLOCK_TIME.search(said):
        share *= _ONLY_ONE
    if question.kind == "when" and _WHICH_YEAR.search(question.folded) and "年" not in said:
        share *= _ONLY_ONE
    if question.kind == "lasting" and in_other_units(question.folded, said):
        share *= _ONLY_ONE
    return share * _LESS if _VAGUE.fullmatch(said) else share


def _of_longer_noun(question: Question, following: str) -> bool:
    """Whether what is counted only begins like the asked noun (11个专业大类: no count of 专业)."""
    rest = following.removeprefix(question.core) if question.core else following
    return rest != following and bool(_GROUPED.match(rest)) and f"{question.core}{rest[:1]}" not in question.folded


def _is_asked(question: Question, found: re.Match[str], places: WordPlaces) -> bool:
    """Whether what was found is only what the question says itself."""
    if question.kind == "who" and question.deed:  # 理事会谁主持: 理事会 is no answer
        spans = (span for _, word_spans in places.values() for span in word_spans)
        return any(start <= found.start() and found.end() <= end for start, end in spans)
    if question.kind == "where":  # 实训中心在哪: 在实训中心 is no answer
        return found[0].removeprefix("在") in question.folded
    if question.kind == "payer":  # 由运行经费列支: not who pays it
        return bool(question.core) and question.core in found[0]
    return question.kind in COUNTING and is_said(found[0].strip(), question.folded)  # 企业的三条产线值多少


def _labels(asked: WordPlaces, label: int) -> bool:
    """Whether an asked word stands in the line's label, which holds for all that follows it."""
    return any(end <= label for _, spans in asked.values() for _, end in spans)


def _follows(sought: _Sought, start: int) -> bool:
    """Whether the number stands right behind what it counts (教练2名)."""
    _, spans = sought.places.get(sought.question.core, (0.0, ()))
    return any(0 <= start - end <= _BESIDE for _, end in spans)


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
