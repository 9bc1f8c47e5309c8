"""Whether a sentence is about the very year that a question names, by its own words or by what it stands under."""

from __future__ import annotations

import re

from knowledge.documents.entries import Hit
from knowledge.language.folding import fold
from knowledge.language.forms import COUNTING, SUMS
from knowledge.questions.understanding import Question

_FIGURES = SUMS | COUNTING | {"share"}
_LABELLED = re.compile(r"[^\n]*(?:日期|时间)\s*[:：][^\n]*|\d{4}-\d{1,2}-\d{1,2}")
_OWN_NUMBER = re.compile(r"[〔\[(（]\d{4}[〕\])）]\s*\d*号?")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年|\s*[-—~至]\s*(?:19|20)\d{2}年)")
_OPENS = re.compile(r"\s*[(（]?(?:[一二三四五六七八九十\d]{1,3}[)）、.．])?(?:力争)?[到至]20\d{2}年(?:[底末])?[,，]")
_TITLED, _SPANNED = re.compile(r"《[^》]*》"), re.compile(r"20\d{2}年?\s*[-—–~至到]+\s*20\d{2}")
_AS_OF = re.compile(r"\s*(?:截至|截止到?|至)(?:20\d{2})年(?:[底末]|\d{1,2}月[底末]?(?:\d{1,2}日)?)?[,，]")
_HEADED_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?=年?[—–至到~-]+(?:19|20)\d{2}年|年(?!\d{1,2}月))")
_OVER_YEARS = re.compile(
    r"(?<![第近])[两二三四五2345]年(?:左右)?的?(?:时间|期间|内|间)?[,，]?[^,，。;；]{0,4}累计|[两二三四五]年累计"
)
_SPAN = re.compile(r"20\d\d年?[—–~至到-]+20\d\d")
_YEARLY = re.compile(r"每年|年均|逐年|每届|每学年|每一年|年度")


def is_of_years(question: Question, hit: Hit, sentence: str, heading: str) -> bool:
    """Whether the folded ``sentence`` of ``hit``, under its folded ``heading``, is about the years asked for."""
    years, is_figure = question.years, question.kind in _FIGURES
    if any(_of_another_years(year, question.folded, sentence) for year in years):
        return False
    if is_figure and _of_other_years(years, sentence):
        return False
    if is_figure and len(years) == 1 and _spans_years(hit, sentence):
        return _of_that_year(years[0], hit, sentence)
    return not years or any(_of_year(year, hit, sentence, heading) for year in years)


def _of_year(year: int, hit: Hit, sentence: str, heading: str) -> bool:
    """Whether the folded ``sentence`` of ``hit``, under its folded ``heading``, is about ``year``."""
    if str(year) in sentence:
        return True
    headed = _opening_years(sentence, hit) or _headed_years(hit)
    if headed:
        return min(headed) <= year <= max(headed)
    spanned = [int(one) for one in re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", fold(hit.title))]
    if spanned and not min(spanned) <= year <= max(spanned):
        return False
    if str(year) in _OWN_NUMBER.sub("", heading):
        return True
    written = int(hit.dated_on[:4]) if hit.dated_on else 0
    relative = {"今年": written, "去年": written - 1, "前年": written - 2, "明年": written + 1}
    if any(word in sentence and year == value for word, value in relative.items()):
        return True
    others = re.search(r"(?<!\d)(?:19|20)\d{2}年", sentence)
    return not others and str(year) in _LABELLED.sub("", fold(hit.text))


def _spans_years(hit: Hit, sentence: str) -> bool:
    """Whether the title spans years (2024—2027年) and the sentence tells nothing of each: a figure is no one year's."""
    return bool(_SPAN.search(fold(hit.title))) and not _YEARLY.search(sentence)


def _of_that_year(year: int, hit: Hit, sentence: str) -> bool:
    """Whether the sentence, its headings or the opening of its paragraph name ``year`` itself."""
    return str(year) in f"{fold(' '.join(hit.path))} {sentence}" or year in _opening_years(sentence, hit)


def _of_other_years(years: tuple[int, ...], sentence: str) -> bool:
    """Whether a sentence tells a figure of years that nobody asked about (2024年: 2023年实现收入42亿元)."""
    bare = _TITLED.sub(" ", sentence)
    if not years or any(str(year) in bare for year in years):
        return False
    if len(years) == 1 and _OVER_YEARS.search(bare):  # 用三年累计招收: no one year's
        return True
    return bool(_YEAR.search(bare)) and not _SPANNED.search(bare)


def _of_another_years(year: int, question: str, sentence: str) -> bool:
    """Whether a year's own event is asked about (2026年的年会) and the sentence tells of another year's."""
    asked = re.search(rf"{year}年?度?的?([\u4e00-\u9fff]{{2}})", question)
    if not asked:
        return False
    told = re.findall(rf"(?<!\d)((?:19|20)\d{{2}})年?度?的?{asked[1]}", sentence)
    return bool(told) and str(year) not in told


def _headed_years(hit: Hit) -> list[int]:
    """The years of the nearest heading that names any (2026年工作安排 in the report of 2025); no dates."""
    found = (_HEADED_YEAR.findall(fold(one)) for one in reversed(hit.path))
    return next(([int(one) for one in years] for years in found if years), [])


def _opening_years(sentence: str, hit: Hit) -> list[int]:
    """The years that a sentence opens with (到2027年底，…；…) or its paragraph (截至2023年底，…。…)."""
    text = fold(hit.text)
    before = re.split(r"[。\n]", text[: max(text.find(sentence), 0)])[-1]
    opened = _OPENS.match(before) or _AS_OF.match(text[: max(text.find(sentence), 0)].rpartition("\n")[2])
    return [int(one) for one in _YEAR.findall(opened[0])] if opened and not _YEAR.search(sentence) else []
