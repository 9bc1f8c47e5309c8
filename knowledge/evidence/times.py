"""Whether a sentence tells of the time that a question means by a word: last year, next time, now, until now."""

from __future__ import annotations

import re

from knowledge.documents.entries import Hit
from knowledge.language.folding import fold
from knowledge.language.numerals import in_digits
from knowledge.questions.understanding import Question

_LAST_YEAR = re.compile(r"(?<![比较])(?:去年|前年|上年)")
_CURRENT = re.compile(r"现在|目前|如今|眼下|当前")
_AIM = re.compile(r"力争|到(?:20\d\d年|年底|年末)|预计|争取|将达")
_REPORTS = re.compile(r"20\d\d年?度?(?!.*(?:计划|方案|通知|要点|上半年|季度)).*(?:总结|报告|年报|公报|通报)")
_PAST = re.compile(rf"{_LAST_YEAR.pattern}|上半年|上个?月|上季度|上学期")
_NEXT, _PLANNED = (
    re.compile(r"下一?[次回]"),
    re.compile(r"[定将拟]于|计划于|下一?[次回]|下个?季度|下半年|(?:工作)?(?:安排|计划)(?:$|\n)"),
)
_DONE, _HAS_DONE = (
    re.compile(r"(?:已经?|以来|至今|到现在|到目前)[^,，。?？]{0,8}?了(?:多少|几)"),
    re.compile(r"累计|已经?|截至|截止|至今|共|实际|目前|[发拨兑收完建办新吸引培]放?了|20\d\d年|今年|全年|[上下]半年"),
)
_QUARTER = re.compile(r"([1-4])季度")
_HAPPENED = re.compile(r"(?<![到至\d])(?:19|20)\d{2}年(?!.*(?:将|拟|开展|力争))")


def is_of_time(question: Question, hit: Hit, sentence: str, heading: str) -> bool:
    """Whether the folded ``sentence`` of ``hit`` is of the time that the question means, as far as words tell."""
    asked, around = question.folded, f"{heading} {sentence}"
    if _NEXT.search(asked) and not _PLANNED.search(around):
        return False
    if _DONE.search(asked) and not _HAS_DONE.search(sentence):
        return False  # what may be paid is not what has been
    if _CURRENT.search(asked) and _AIM.search(sentence) and not _CURRENT.search(sentence):
        return False  # what is aimed at is not what is
    past = next((one for one in (_LAST_YEAR, _PAST) if one.search(asked)), None)
    if past is None or past.search(around) or _quarter_before(question, sentence, heading):
        return True
    return bool(_HAPPENED.search(sentence) or _REPORTS.search(fold(hit.title)))  # no rule for every year


def _quarter_before(question: Question, sentence: str, heading: str) -> bool:
    """Whether 上季度 is asked about and the sentence names the quarter before the one its source is about."""
    named, own = _QUARTER.search(in_digits(sentence)), _QUARTER.search(in_digits(heading))
    if "上季度" not in question.folded or not named or not own:
        return False
    return int(named[1]) == (int(own[1]) - 2) % 4 + 1
