"""When two stated values contradict each other: same stage, same level, same kind of quantity, same thing counted."""

from __future__ import annotations

import re

from knowledge.evidence.judging import Evidence
from knowledge.language.clauses import begin_of, end_of
from knowledge.language.content import places_in
from knowledge.language.folding import fold
from knowledge.language.matching import pair_share
from knowledge.questions.understanding import Question

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?=\s*[-—~至到、]\s*(?:19|20)\d{2}年|年)")
_STAGE = re.compile(r"[上下]半年|[一二三四]季度|第[一二三四]阶段|近期|远期|[一二三]期(?!限)|每(?:年|月|周|季度?|学期)")
_LEVEL = re.compile(
    r"国家级|省级|市级|[县区]级|校级|院级|[初中高]级工?|技师|[特一二三]等奖|[甲乙丙]级|[一二三]类|重点|一般|示范"
    r"|单个|单项|单笔|总投资|总计|合计|累计|[每各](?:[个家所名位人项次校户])|本科|专科|中职|高职|新增|现有"
)
_ALIKE = (("家", "所", "户", "个", "间", "座"), ("名", "位", "人"))
_FIGURE = re.compile(r"[\d.,〇零一二三四五六七八九十百千两万亿余多来\s]+")
_NAMED = 0.5
_STOPS = ",，;；。!！?？\n|"
_NOUN = re.compile(r"[的以及上左右余多]*([\u4e00-\u9fff]{2,6})")


def contradict(question: Question, one: Evidence, other: Evidence) -> bool:
    """Whether the two sentences state different values for the very thing that is asked."""
    if one.focus < 0.85 or other.focus < 0.85 or min(one.slot, other.slot) < 0.5:
        return False
    if _of_other_rows(question, one, other):
        return False
    if _figure(one.value) == _figure(other.value) or _form(one.value) != _form(other.value):
        return False
    texts = fold(one.text), fold(other.text)
    around = [_clause(text, each.value) for text, each in zip(texts, (one, other), strict=True)]
    if any(_signs(pattern, around[0]) != _signs(pattern, around[1]) for pattern in (_LEVEL, _STAGE)):
        return False
    places = [set(places_in(text)) for text in texts]
    if all(places) and not places[0] & places[1]:
        return False
    return _same_year(question, one, other) and _same_noun(around, one.value, other.value)


def _of_other_rows(question: Question, one: Evidence, other: Evidence) -> bool:
    """Whether two rows of a table tell of different things, or a row of something that the question does not name."""
    rows = [dict(each.hit.cells(each.start, each.end)) for each in (one, other)]
    if any(rows) and not all(rows):
        names = [cell for cell in (rows[0] or rows[1]).values() if not re.search(r"\d", cell)]
        return not any(pair_share(fold(name), question.folded) >= _NAMED for name in names)
    if not all(rows) or rows[0].keys() != rows[1].keys():
        return False
    values = _figure(one.value), _figure(other.value)
    named = [
        head
        for head in rows[0]
        if not head.startswith(("序号", "编号")) and not any(row[head] and _figure(row[head]) in values for row in rows)
    ]
    return any(rows[0][head] != rows[1][head] for head in named)


def asked_clause(evidence: Evidence) -> str:
    """Return the clause that the asked value stands in, or the whole sentence when no value is asked."""
    text = fold(evidence.text)
    return _clause(text, evidence.value) if evidence.value else text


def years_of(evidence: Evidence) -> set[str]:
    """Return the calendar years that the sentence names."""
    return set(_YEAR.findall(fold(evidence.text)))


def _same_year(question: Question, one: Evidence, other: Evidence) -> bool:
    if question.kind == "when":  # there the year is the value
        return True
    years = years_of(one), years_of(other)
    wanted = {str(year) for year in question.years}
    if wanted:
        return all(not named or bool(named & wanted) for named in years)
    return not (years[0] or years[1]) or bool(years[0] & years[1])


def _same_noun(around: list[str], one: str, other: str) -> bool:
    nouns = [_NOUN.match(text.partition(value)[2]) for text, value in zip(around, (one, other), strict=True)]
    if not (nouns[0] and nouns[1]):
        return True
    return bool(set(nouns[0][1]) & set(nouns[1][1]))


def _figure(value: str) -> str:
    return re.sub(r"[^\d.〇零一二三四五六七八九十百千两万亿]", "", value)


def _form(value: str) -> str:
    """The kind of quantity: its measure, or whether a date recurs."""
    if value.startswith("每"):
        return "每"
    sign = _FIGURE.sub("", value)
    return next(
        (group[0] for group in _ALIKE if sign in group), sign if "年" not in sign and "月" not in sign else "date"
    )


def _clause(text: str, value: str) -> str:
    at = max(text.find(value), 0)
    return text[begin_of(text, at, _STOPS) : end_of(text, at + len(value), _STOPS)]


def _signs(pattern: re.Pattern[str], text: str) -> set[str]:
    return set(pattern.findall(text))
