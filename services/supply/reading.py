"""Posts and batches out of words. Says only what stands in them; what is missing is asked afterwards.

「缺30个化工操作工，中专以上，年后到岗，4500-6000」, 「明年6月机电能出120，轨道45」.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from services.numbers import find_numerals, read_numeral
from services.speech import asks
from services.supply.catalogue import ANY_LEVEL, Catalogue, level_of
from services.supply.dates import find_window
from services.supply.heads import (
    find_headcount,
    find_post_name,
    find_wanted_name,
    majors_with_numbers,
    named_counts,
)
from services.supply.named import only_said, part_clauses
from services.supply.pay import find_pay
from services.supply.plain import plain_words
from services.supply.traits import FORM_WORDS, LEVEL_WORDS, find_conditions, first_of, post_type
from services.supply.wanting import FILED, Weight, weigh, without_head

_SUPPLIES = re.compile(r"能出|可出|能提供|可提供|可供|能供|能有|毕业生?|可以?(?:去|来)?实习|能实习|可就业|出来|应届")
_SPAN = re.compile(
    r"(?:周期|为期|期限|实习|培养)?(?P<n>半|[一二两三四五六七八九十\d]{1,3})(?P<u>个月|年|学期)(?!级|\d|前|后|毕业)"
)
_PART = re.compile(r"[;。\n]+")


@dataclass(frozen=True)
class Read:
    """Fields of a post or batch that the words give; `said` holds words that were vague, by field."""

    values: dict[str, Any] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    words: str = ""


def weigh_post(words: str) -> Weight:
    """How surely words offer work; empty when they do not."""
    return weigh(plain_words(words))


def may_be_batch(words: str) -> bool:
    """Whether it is worth looking for majors in the words."""
    text = plain_words(words)
    return bool(_SUPPLIES.search(text) and re.search(r"[\d一二两三四五六七八九十百千]", text))


def is_batch(words: str, catalogue: Catalogue) -> bool:
    """Whether words offer graduates: a verb of supply and a major with a number right after it."""
    text = plain_words(words)
    if not may_be_batch(words) or asks(text) or FILED.search(text):
        return False
    return any(majors_with_numbers(text, catalogue))


def read_posts(words: str, today: date, catalogue: Catalogue) -> list[Read]:
    """One for each sentence with a number of people, or for each kind of work listed; sentences without add to the one
    before."""
    found: list[Read] = []
    for part in filter(None, (one.strip() for one in _PART.split(without_head(plain_words(words))))):
        listed = named_counts(part)
        names = [name for name, _ in listed] or [str(one.values.get("post_name", "")) for one in found]
        part, own = part_clauses(part, names) if len(names) > 1 else (part, {})
        read = read_post(part, today, catalogue)
        if len(listed) > 1:
            found += [_one_of_list(read, name, count, catalogue) for name, count in listed]
        found = [_with_own(one, own.get(str(one.values.get("post_name", "")), ""), today, catalogue) for one in found]
        if len(listed) > 1 or not part.strip():
            continue
        if found and "headcount" not in read.values:
            found[-1] = Read({**read.values, **found[-1].values}, {**read.said, **found[-1].said}, found[-1].words)
        elif read.values or read.said:
            found.append(read)
    return found


def _one_of_list(shared: Read, name: str, count: int, catalogue: Catalogue) -> Read:
    """One kind of work of a list; level, time and pay said once hold for all."""
    values = {key: value for key, value in shared.values.items() if key not in ("majors", "major_said")}
    said = {key: value for key, value in shared.said.items() if key != "majors"}
    said |= {"majors": name} if catalogue.find(name) else {}
    return Read({**values, "post_name": name, "post_type": post_type(name), "headcount": count}, said, shared.words)


def _with_own(read: Read, clause: str, today: date, catalogue: Catalogue) -> Read:
    """What is said of this kind of work alone counts before what is said of all."""
    if not clause:
        return read
    own = read_post(clause, today, catalogue)
    values = only_said(own.values, clause)
    said = {name: words for name, words in {**read.said, **own.said}.items() if name not in values}
    return Read({**read.values, **values}, said, read.words)


def read_post(text: str, today: date, catalogue: Catalogue) -> Read:
    """What one sentence says of a post."""
    text = plain_words(text)
    values: dict[str, Any] = {}
    said: dict[str, str] = {}
    count = find_headcount(text)
    if count:
        values["headcount"] = count[0]
        name = find_post_name(text, count[1], count[2])
        if name and f"{name}专业" not in text:
            values["post_name"] = name
            values["post_type"] = post_type(name)
    elif name := find_wanted_name(text):
        values |= {"post_name": name, "post_type": post_type(name)}
    values |= first_of(text, LEVEL_WORDS, "level") | first_of(text, FORM_WORDS, "form") | find_pay(text)
    values |= find_conditions(text)
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
    text = plain_words(words)
    shared: dict[str, Any] = {}
    vague: dict[str, str] = {}
    level = first_of(text, LEVEL_WORDS, "level")
    window = find_window(text, today)
    fields = ("intern_from", "intern_to") if re.search(r"实习", text) and "毕业" not in text else ("grad_date",)
    if window and window.vague:
        vague[fields[0]] = window.vague
    elif window:
        shared |= dict(zip(fields, (window.first, window.last), strict=False))
    promised = {
        "locked": re.search(r"(?:已签|签约|锁定|订单)[^\d,;]{0,6}(\d+)", text),
        "further": re.search(r"(?:升学|专升本|升本)[^\d,;]{0,6}(\d+)", text),
    }
    year = re.search(r"(?<!\d)(?:20)?(\d\d)[级届](?<!级)", text)
    if year:
        shared["class_year"] = 2000 + int(year[1])
    found = []
    for word, number in majors_with_numbers(text, catalogue):
        values, said = {**shared, **level, "headcount": number}, dict(vague)
        _take_major(word, catalogue.find(word), values, said)
        found.append(Read(values, said, text))
    if len(found) == 1:
        found[0].values.update({name: int(one[1]) for name, one in promised.items() if one})
    return found


def read_field(name: str, words: str, today: date, catalogue: Catalogue) -> Read:
    """The answer to a question about one field; empty when it does not answer."""
    text = plain_words(words).strip(" ,。;")
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
        values |= first_of(text, LEVEL_WORDS, "level")
    elif name == "form":
        values |= first_of(text, FORM_WORDS, "form")
    elif name == "months":
        _take_span(text, values)
    elif name == "post_name" and 2 <= len(text) <= 40:
        values |= {"post_name": text, "post_type": post_type(text)}
    elif name == "pay_min":
        values |= find_pay("月薪" + text)
    elif name in ("place", "conditions") and 1 <= len(text) <= 60:
        values[name] = text
    return Read(values, said, text)


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
