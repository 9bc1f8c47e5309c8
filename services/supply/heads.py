"""How many people are meant, and for what: 缺30个化工操作工, 招钳工12人, 机电能出120."""

import re
from collections.abc import Iterator

from services.numbers import find_numerals
from services.supply.catalogue import Catalogue
from services.supply.pay import pay_spans

MEASURE = r"(?:个|名|人|位)"
WANTS = re.compile(r"(?:还|急|大概|预计|计划|现|想|要)?(?:缺少?(?!口)|招聘?|招收|需求?|急需|需要|要|差)(?!不)")
_NAME_END = re.compile(r"[,;。()\n ]|要求|学历|专业|月薪|薪|工资|待遇|到岗|年后|在[\u4e00-\u9fa5]{2}|\d")


def find_headcount(text: str) -> tuple[int, int, int] | None:
    """The number of people wanted, and where it stands: with a measure word, else right after the verb."""
    pay = [found.span() for found in pay_spans(text)]
    loose = None
    for one in find_numerals(text):
        if one.value is None or one.value != one.value.to_integral_value() or not 0 < one.value <= 20_000:
            continue
        if any(start <= one.start < end for start, end in pay):
            continue
        measure = re.match(MEASURE + r"(?!月|小时|班)", text[one.end :])
        if measure:
            return int(one.value), one.start, one.end + measure.end()
        before = text[max(0, one.start - 2) : one.start]
        if loose is None and WANTS.search(before) and not re.match(r"[月年日号天元块万k千岁:.\-/]", text[one.end :]):
            loose = (int(one.value), one.start, one.end)
    return loose


def find_post_name(text: str, start: int, end: int) -> str:
    """What stands behind 30个, else what stands between 招 and 30人."""
    after = text[end:].lstrip("的 ")
    stop = _NAME_END.search(after)
    name = after[: stop.start()] if stop else after
    if len(name) >= 2:
        return name[:40]
    before = re.split(r"[,;。:\n]", text[:start])[-1]
    verb = list(WANTS.finditer(before))
    name = before[verb[-1].end() :] if verb else before
    return name.strip(" 个名位约共有")[:40] if len(name.strip()) >= 2 else ""


def find_wanted_name(text: str) -> str:
    """What is wanted where no number says how many: 招会计，3月到岗."""
    verb = WANTS.search(text)
    if verb is None:
        return ""
    after = text[verb.end() :].lstrip("的 ")
    stop = _NAME_END.search(after)
    name = after[: stop.start()] if stop else after
    return name if 2 <= len(name) <= 12 else ""


def majors_with_numbers(text: str, catalogue: Catalogue) -> Iterator[tuple[str, int]]:
    """Majors with the number that follows, or that stands right before: 机电能出120, 轨道45, 60名护理."""
    places = catalogue.words_in(text)
    for index, (at, word) in enumerate(places):
        stop = places[index + 1][0] if index + 1 < len(places) else len(text)
        between = re.split(r"[,;。\n、]", text[at + len(word) : stop])[0]
        for one in find_numerals(between):
            after = between[one.end : one.end + 1]
            if one.value is None or (after in ("月", "年", "级", "届", "日", "万") and after):
                continue
            if one.value == one.value.to_integral_value() and 0 < one.value <= 20_000:
                yield word, int(one.value)
                break
        else:
            ahead = re.search(r"(\d{1,5})(?:个|名|人|位)(?:的)?$", text[:at])
            if ahead:
                yield word, int(ahead[1])
