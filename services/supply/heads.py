"""How many people are meant, and for what: 缺30个化工操作工, 招钳工12人, 机电能出120."""

import re
from collections.abc import Iterator

from services.numbers import find_numerals, read_numeral
from services.supply.catalogue import Catalogue
from services.supply.pay import pay_spans

MEASURE = r"(?:个|名|人|位)"
WANTS = re.compile(r"(?:还|急|大概|预计|计划|现|想|要)?(?:缺少?(?!口)|招聘?|招收|需求?|急需|需要|要|差)(?!不)")
_NAME_END = re.compile(
    r"[,;。()!、\n ]|要求|学历|专业|月薪|薪|工资|待遇|到岗|年[前后]|尽快|马上|[中大]专|高职|本科|技校|不限"
    r"|[住食]宿|包[吃住]|在[\u4e00-\u9fa5]{2}|\d"
)
_OCCUPATION = re.compile(
    r"(?:工|员|师|手|司机|会计|出纳|质检|化验|检验|护理|护士|保安|主管|班长|学徒|助理|经理|销售|客服|操作|维修|顾问)$"
)
_ANYBODY = re.compile(r"(?:员工|职工|人员|工人|人工|老师|教师|导师|人手|新手|帮手)$|^.$")
_COUNT = r"(?P<n>\d{1,5}|[一二两三四五六七八九十百]{1,5})"
_BEFORE_COUNT = re.compile(rf"(?P<name>[\u4e00-\u9fa5]{{2,14}}?)(?:人数)?:?{_COUNT}(?:个|名|人|位)(?!月|班|小时)")
_BEHIND_COUNT = re.compile(
    rf"{_COUNT}(?:个|名|位)(?:的)?(?P<name>[\u4e00-\u9fa5]{{2,12}}?)"
    r"(?=$|[,;。、! ]|[和及]|[\d一二两三四五六七八九十]+[个名位])"
)
_WHO_WANTS = re.compile(
    r"(?:我们?|公司|厂里|单位|这边|现在|还|正|也|急|想|准备|打算|岗位?|[,: ])*$|^(?:我们?|公司|厂里|单位|[,: ])*"
)
_HEADING = re.compile(r"(?:人数|名额|数量)[:是为]?$")


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
        wanted = WANTS.search(before) or _HEADING.search(text[: one.start])
        if loose is None and wanted and not re.match(r"[月年日号天元块万k千岁:.\-/]", text[one.end :]):
            loose = (int(one.value), one.start, one.end)
    return loose


def find_post_name(text: str, start: int, end: int) -> str:
    """What stands behind 30个, else what stands between 招 and 30人."""
    after = text[end:].lstrip("的 ")
    stop = _NAME_END.search(after)
    name = after[: stop.start()] if stop else after
    if len(name) >= 2:
        return name[:40]
    before = re.split(r"[,;。:\n]", _HEADING.sub("", text[:start]).rstrip(",: "))[-1]
    verb = list(WANTS.finditer(before))
    name = before[verb[-1].end() :] if verb else before
    if len(name.strip()) >= 2:
        return name.strip(" 个名位约共有")[:40]
    ahead = _WHO_WANTS.sub("", before[: verb[-1].start()]).strip() if verb else ""  # 质检员招8人, 电工我们要5个
    return ahead[:40] if is_occupation(ahead) else ""


def is_occupation(name: str) -> bool:
    """Whether a name is that of a kind of work: 操作工, 会计; not 员工, 人员."""
    return bool(_OCCUPATION.search(name)) and not _ANYBODY.search(name)


def named_counts(text: str) -> list[tuple[str, int]]:
    """The kinds of work that folded words list with their numbers: 焊工5个、钳工3个, 缺8个焊工,3个质检."""
    for pattern in (_BEFORE_COUNT, _BEHIND_COUNT):
        found = []
        for one in pattern.finditer(text):
            verb = list(WANTS.finditer(one["name"]))
            name = one["name"][verb[-1].end() :] if verb else one["name"]
            count = read_numeral(one["n"])
            if is_occupation(name) and count and 0 < count <= 20_000:
                found.append((name, int(count)))
        if found:
            return found
    return []


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
