"""Posts and batches out of words. Says only what stands in them; what is missing is asked afterwards.

「缺30个化工操作工，中专以上，年后到岗，4500-6000」, 「明年6月机电能出120，轨道45」.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from knowledge.folding import fold
from services.numbers import find_numerals, read_numeral
from services.supply.catalogue import ANY_LEVEL, Catalogue, level_of
from services.supply.dates import find_window

LEVEL_WORDS = (
    ("职业本科", re.compile(r"职业本科|职教本科|职本")),
    ("高职专科", re.compile(r"大专|高职|专科")),
    ("中职", re.compile(r"中专|中职|职高|中技")),
    ("技工", re.compile(r"技校|技工(?:学校|院校)|技师学院")),
    ("本科", re.compile(r"本科")),
    ("不限", re.compile(r"(?:学历|层次|专业)?(?:不限|都行|都可以|无要求|没要求)")),
)
FORM_WORDS = (
    ("学徒", re.compile(r"学徒")),
    ("订单班", re.compile(r"订单|冠名班")),
    ("实习", re.compile(r"实习|顶岗|跟岗")),
    ("录用", re.compile(r"录用|正式工|正式员工|长期|劳动合同|全职|招聘")),
)
TYPE_WORDS = (
    ("设备维修", re.compile(r"维修|机修|检修|电工|仪表")),
    ("质检", re.compile(r"质检|检验|化验|品控|品管|检测")),
    ("安全", re.compile(r"安全员|安环|安全管理|消防")),
    ("营销", re.compile(r"销售|营销|市场|业务员|主播")),
    ("服务", re.compile(r"客服|服务员|护理|保育|康养|厨师|司机")),
    ("技术", re.compile(r"技术|工程师|工艺员|研发|编程|程序|设计")),
    ("生产操作", re.compile(r"操作|普工|生产|装配|车工|焊工|钳工|分拣|包装|工$")),
)
_MEASURE = r"(?:个|名|人|位)"
_WANTS = re.compile(r"(?:还|急|大概|预计|计划|现|想|要)?(?:缺少?(?!口)|招聘?|招收|需求?|急需|需要|要|差)(?!不)")
_SUPPLIES = re.compile(r"能出|可出|能提供|可提供|可供|能供|能有|毕业生?|可实习|能实习|可就业|出来|应届")
_FILED = re.compile(r"去向|落实|就业率|在校生|在岗|培训|本月|上月|累计")  # words of a monthly report
_ASKS = re.compile(r"[?？]|吗|多少|怎么|如何|哪些|几号|是不是|能不能|可不可以")
_PAY = re.compile(
    r"(?P<low>\d+(?:\.\d+)?[k千万]?|[一二两三四五六七八九]千[一二三四五六七八九]?(?:百)?)"
    r"(?:元|块)?(?:[-~到至—]+(?P<high>\d+(?:\.\d+)?[k千万]?|[一二两三四五六七八九]千[一二三四五六七八九]?(?:百)?|[一两]万))?"
    r"(?:元|块)?(?P<above>以上|起|左右)?(?:[/每一个]*月)?"
)
_PAY_WORD = re.compile(r"薪资?|工资|待遇|月入|底薪|收入|薪酬")
_SPAN = re.compile(
    r"(?:周期|为期|期限|实习|培养)?(?P<n>半|[一二两三四五六七八九十\d]{1,3})(?P<u>个月|年|学期)(?!级|\d|前|后|毕业)"
)
_PLACE = re.compile(
    r"(?:在|地点[:是]?|位于)(?P<place>[\u4e00-\u9fa5]{2,14}?(?:园区|工业园|开发区|新区|新城|产业园|区|县|镇))"
)
_BARE_PLACE = re.compile(r"(?:^|[,;。 ])(?P<place>[\u4e00-\u9fa5]{2,10}?(?:园区|工业园|开发区|产业园))")
_CERT = re.compile(
    r"[\u4e00-\u9fa5]{1,8}?(?:操作|上岗|资格|技能|等级|特种|电工|焊工|安全员)[\u4e00-\u9fa5]{0,4}证(?:书)?"
)
_LIVING = re.compile(
    r"包吃住|包吃|包住|管吃住?|管住|食宿|有宿舍|[两三]班倒|[四五]班[三四]运转|倒班|长白班|白班|双休|五险一金|五险"
)
_NEED_DETAIL = re.compile(
    r"以上|以下|到岗|上岗|入职|薪|工资|包[吃住]|专业|岗位|操作工|技术员|工程师|学徒|订单|实习生|证|\d{4}[-~到至]"
)
_PART = re.compile(r"[;。\n]+")
_NAME_END = re.compile(r"[,;。()\n ]|要求|学历|专业|月薪|薪|工资|待遇|到岗|年后|在[\u4e00-\u9fa5]{2}|\d")


@dataclass(frozen=True)
class Read:
    """Fields of a post or batch that the words give; `said` holds words that were vague, by field."""

    values: dict[str, Any] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    words: str = ""


def is_post(words: str) -> bool:
    """Whether words offer work: somebody is wanted, a number, and something that only a post has."""
    text = fold(words)
    if _ASKS.search(text) or _FILED.search(text) or not _WANTS.search(text) or not _headcount(text):
        return False
    return bool(_NEED_DETAIL.search(text) or _pay(text))


def is_batch(words: str, catalogue: Catalogue) -> bool:
    """Whether words offer graduates: a verb of supply and a major with a number right after it."""
    text = fold(words)
    if _ASKS.search(text) or _FILED.search(text) or not _SUPPLIES.search(text):
        return False
    return any(_majors_with_numbers(text, catalogue))


def read_posts(words: str, today: date, catalogue: Catalogue) -> list[Read]:
    """One for each sentence with a number of people; sentences without add to the one before."""
    found: list[Read] = []
    for part in filter(None, (one.strip() for one in _PART.split(fold(words)))):
        read = read_post(part, today, catalogue)
        if found and "headcount" not in read.values:
            found[-1] = Read({**read.values, **found[-1].values}, {**read.said, **found[-1].said}, found[-1].words)
        elif read.values or read.said:
            found.append(read)
    return found


def read_post(text: str, today: date, catalogue: Catalogue) -> Read:
    """What one sentence says of a post."""
    text = fold(text)
    values: dict[str, Any] = {}
    said: dict[str, str] = {}
    count = _headcount(text)
    if count:
        values["headcount"] = count[0]
        if name := _post_name(text, count[1], count[2]):
            values["post_name"] = name
            values["post_type"] = post_type(name)
    values |= _first(text, LEVEL_WORDS, "level") | _first(text, FORM_WORDS, "form") | _pay(text)
    values |= _conditions(text)
    _take_window(text, today, values, said, ("start_from", "start_to"))
    _take_span(text, values)
    explicit = re.search(r"([\u4e00-\u9fa5]{2,14})专业(?!不限)", text)
    if re.search(r"专业不限|不限专业", text):
        values |= {"majors": [], "major_said": ANY_LEVEL}
    elif explicit and (codes := catalogue.find(explicit[1])):
        _take_major(explicit[1], codes, values, said)
    elif (name := str(values.get("post_name", ""))) and catalogue.find(name):
        said["majors"] = name  # a post's name only suggests what was studied
    return Read(values, said, text)


def read_batches(words: str, today: date, catalogue: Catalogue) -> list[Read]:
    """One for each major with a number; time, level and certificates said once hold for all."""
    text = fold(words)
    shared: dict[str, Any] = {}
    vague: dict[str, str] = {}
    level = _first(text, LEVEL_WORDS, "level")
    window = find_window(text, today)
    fields = ("intern_from", "intern_to") if re.search(r"实习", text) and "毕业" not in text else ("grad_date",)
    if window and window.vague:
        vague[fields[0]] = window.vague
    elif window:
        shared |= dict(zip(fields, (window.first, window.last), strict=False))
    locked = re.search(r"(?:已签|签约|锁定|订单)[^\d,;]{0,6}(\d+)", text)
    found = []
    for word, number in _majors_with_numbers(text, catalogue):
        values, said = {**shared, **level, "headcount": number}, dict(vague)
        _take_major(word, catalogue.find(word), values, said)
        found.append(Read(values, said, text))
    if len(found) == 1 and locked:
        found[0].values["locked"] = int(locked[1])
    return found


def read_field(name: str, words: str, today: date, catalogue: Catalogue) -> Read:
    """The answer to a question about one field; empty when it does not answer."""
    text = fold(words).strip(" ,。;")
    values: dict[str, Any] = {}
    said: dict[str, str] = {}
    if name in ("start_from", "grad_date", "intern_from"):
        span = {"start_from": ("start_from", "start_to"), "intern_from": ("intern_from", "intern_to")}
        _take_window(text, today, values, said, span.get(name, ("grad_date",)))
    elif name in ("headcount", "locked", "further"):
        numbers = [one for one in find_numerals(text) if one.value is not None]
        if len(numbers) == 1 and numbers[0].value == int(numbers[0].value or 0):
            values[name] = int(numbers[0].value or 0)
        elif text in ("无", "没有", "没", "零"):
            values[name] = 0
    elif name == "majors":
        if re.fullmatch(r"(?:专业)?(?:不限|都行|都可以|无要求|没要求)", text):
            values |= {"majors": [], "major_said": ANY_LEVEL}
        elif codes := catalogue.find(text):
            _take_major(text, codes, values, said)
    elif name == "level":
        values |= _first(text, LEVEL_WORDS, "level")
    elif name == "form":
        values |= _first(text, FORM_WORDS, "form")
    elif name == "months":
        _take_span(text, values)
    elif name == "post_name" and 2 <= len(text) <= 40:
        values |= {"post_name": text, "post_type": post_type(text)}
    elif name == "pay_min":
        values |= _pay("月薪" + text)
    elif name in ("place", "conditions") and 1 <= len(text) <= 60:
        values[name] = text
    return Read(values, said, text)


def post_type(name: str) -> str:
    """Which kind of post a name belongs to; 其他 when none."""
    return next((kind for kind, pattern in TYPE_WORDS if pattern.search(name)), "其他")


def _headcount(text: str) -> tuple[int, int, int] | None:
    """The number of people wanted, and where it stands: with a measure word, else right after the verb."""
    pay = [found.span() for found in _pay_spans(text)]
    loose = None
    for one in find_numerals(text):
        if one.value is None or one.value != one.value.to_integral_value() or not 0 < one.value <= 20_000:
            continue
        if any(start <= one.start < end for start, end in pay):
            continue
        measure = re.match(_MEASURE + r"(?!月|小时|班)", text[one.end :])
        if measure:
            return int(one.value), one.start, one.end + measure.end()
        before = text[max(0, one.start - 2) : one.start]
        if loose is None and _WANTS.search(before) and not re.match(r"[月年日号天元块万k千岁:.\-/]", text[one.end :]):
            loose = (int(one.value), one.start, one.end)
    return loose


def _post_name(text: str, start: int, end: int) -> str:
    """What stands behind 30个, else what stands between 招 and 30人."""
    after = text[end:].lstrip("的 ")
    stop = _NAME_END.search(after)
    name = after[: stop.start()] if stop else after
    if len(name) >= 2:
        return name[:40]
    before = re.split(r"[,;。:\n]", text[:start])[-1]
    verb = list(_WANTS.finditer(before))
    name = before[verb[-1].end() :] if verb else before
    return name.strip(" 个名位约共有")[:40] if len(name.strip()) >= 2 else ""


def _pay_spans(text: str) -> Iterator[re.Match[str]]:
    for found in _PAY.finditer(text):
        low = _money(found["low"])
        high = _money(found["high"]) if found["high"] else None
        near = _PAY_WORD.search(text[max(0, found.start() - 6) : found.start()])
        followed = re.match(_MEASURE, text[found.end() :])
        dated = re.match(r"[年月日号.\-/]", text[found.end() :]) and not near
        plausible = low is not None and 800 <= low <= 100_000
        if (high is None and not (near or found["above"] == "起")) or followed or dated:
            continue
        if plausible or (high is not None and 800 <= high <= 100_000):
            yield found


def _pay(text: str) -> dict[str, Any]:
    found = next(_pay_spans(text), None)
    if found is None:
        return {}
    low, high = _money(found["low"]), _money(found["high"]) if found["high"] else None
    if low is not None and high is not None and low < 100 <= high:  # 4到6千
        low *= 1000 if high >= 1000 else 1
    values: dict[str, Any] = {"pay_min": low}
    if high is not None and low is not None:
        values = {"pay_min": min(low, high), "pay_max": max(low, high)}
    return values


def _money(text: str) -> int | None:
    scale = 1000 if text.endswith("k") else 1
    value = read_numeral(text.removesuffix("k"))
    return None if value is None else int(value * Decimal(scale))


def _first(text: str, words: tuple[tuple[str, re.Pattern[str]], ...], name: str) -> dict[str, Any]:
    return next(({name: value} for value, pattern in words if pattern.search(text)), {})


def _conditions(text: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    place = _PLACE.search(text) or _BARE_PLACE.search(text)
    if place:
        values["place"] = place["place"]
    if living := list(dict.fromkeys(_LIVING.findall(text))):
        values["conditions"] = "、".join(living)
    if certs := list(dict.fromkeys(found.lstrip("有持需要带和及") for found in _CERT.findall(text))):
        values["certs"] = certs
    return values


def _take_window(text: str, today: date, values: dict[str, Any], said: dict[str, str], fields: tuple[str, ...]) -> None:
    window = find_window(text, today)
    if window is None:
        return
    if window.vague:
        said[fields[0]] = window.vague
    elif len(fields) == 1:
        values[fields[0]] = window.first
    else:
        values |= {fields[0]: window.first, fields[1]: window.last}


def _take_span(text: str, values: dict[str, Any]) -> None:
    found = _SPAN.search(text)
    if found is None:
        return
    scale = {"个月": 1, "年": 12, "学期": 5}[found["u"]]
    number = Decimal("0.5") if found["n"] == "半" else read_numeral(found["n"])
    months = None if number is None else int(number * scale)
    if months and 1 <= months <= 60:
        values["months"] = months


def _take_major(word: str, codes: tuple[str, ...], values: dict[str, Any], said: dict[str, str]) -> None:
    values["major_said"] = word[:80]
    if len(codes) == 1:
        values["majors"] = list(codes)
        if level := level_of(codes[0]):
            values.setdefault("level", level)
    else:
        said["majors"] = word


def _majors_with_numbers(text: str, catalogue: Catalogue) -> Iterator[tuple[str, int]]:
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


__all__ = ["Read", "is_batch", "is_post", "post_type", "read_batches", "read_field", "read_post", "read_posts"]
