"""What people leave to be reckoned, written out: 8个老师每人5天 is 40人天, 一笔3万一笔2.5万 are 5.5万."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from services.checkins.reading.slate import made_of
from services.numbers import read_numeral

_N = r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百]{1,4})"
_EACH = re.compile(
    rf"(?P<many>{_N})(?:个|名|位|人)(?P<who>[^,;。\d]{{0,12}}?),?(?:平均)?(?:每个?人|人均|各)(?P<deed>[^,;。\d]{{0,8}}?)"
    rf"(?P<each>{_N})(?P<unit>天|次(?!性))"
    rf"|(?P<rounds>{_N})(?:次|趟|回)(?P<gone>[^,;。\d]{{0,4}}?),?每[次趟回](?:派|去|来)?(?P<went>{_N})(?:个|名|位)?人"
    rf"|(?P<groups>{_N})(?:期|批|场|个?班)(?P<of>[^,;。\d]{{0,4}}?),?(?:各|每[期批场班])(?P<what>[一-龥]{{0,4}}?)(?P<size>{_N})(?P<heads>人次|人)"
)
_TOGETHER = re.compile(rf"{_N}(?:个|名|位)?(?:人|老师|教师)(?:一共|总共|共计|合计|共)(?P<days>{_N})天")
"""2个人合计12天: days of all of them."""
_UNITS_OF_EACH = {"天": "人天", "次": "人次"}
_COUNTED = r"(?:人次|人天|万元|万|元|人|名|个|)"
_ONE_OF = r"(?:[一另]|第[一二三四五六])(?:期|笔|批|场|班|次|家|个)[是为有了]?"
_ONE_BY_ONE = re.compile(
    rf"{_ONE_OF}(?P<n1>{_N})(?P<u1>{_COUNTED})[,、;]?{_ONE_OF}(?P<n2>{_N})(?P<u2>{_COUNTED})"
    rf"(?:[,、;]?{_ONE_OF}(?P<n3>{_N})(?P<u3>{_COUNTED}))?"
)
_ONE_THING = re.compile(r"(?<=[签建提招派接])了(?=个[一-龥]{2})(?!个(?:遍|没|不))")
"""签了个协议: one."""
_LEFT_AND_CAME = re.compile(
    r"((?:走|退|离职|转出)了[^,;。]{1,8}[,;]?(?:又|再|新|后来?|下半月|月底)*)来了(?= ?\d|[一二两三四五六七八九十])"
)


@dataclass(frozen=True)
class Made:
    """The words that a result stands for, and how it was worked out."""

    words: str
    note: str


def reckon(text: str) -> tuple[str, dict[str, Made]]:
    """A folded text with products and lists of parts worked out, and what each result was made from."""
    made: dict[str, Made] = {}
    text = _ONE_THING.sub(r"\g<0>1", text)
    text = _LEFT_AND_CAME.sub(r"\1增了", text)
    text = _TOGETHER.sub(lambda found: _as_person_days(found, made), text)
    text = _EACH.sub(lambda found: _product(found, made), text)
    return _ONE_BY_ONE.sub(lambda found: _sum(found, made), text), made


def _as_person_days(found: re.Match[str], made: dict[str, Made]) -> str:
    days = read_numeral(found["days"])
    if days is None:
        return found[0]
    written = f"{days.normalize():f}人天"
    made[written] = Made(found[0], "")
    return written


def _product(found: re.Match[str], made: dict[str, Made]) -> str:
    if found["rounds"] is not None:
        rounds, went = read_numeral(found["rounds"]), read_numeral(found["went"])
        if rounds is None or went is None:
            return found[0]
        return _keep((found["gone"], "人次"), rounds * went, ("*", rounds, went), found, made)
    of_people = found["many"] is not None
    many, each = (read_numeral(found[one] or "") for one in (("many", "each") if of_people else ("groups", "size")))
    if many is None or each is None:
        return found[0]
    before = f"{found['who']}{found['deed']}" if of_people else f"{found['of']}{found['what']}共"
    unit = _UNITS_OF_EACH[found["unit"]] if of_people else found["heads"]
    return _keep((before, unit), many * each, ("*", many, each), found, made)


def _sum(found: re.Match[str], made: dict[str, Made]) -> str:
    parts = [n for n in "123" if found[f"n{n}"]]
    values = [one for one in (read_numeral(found[f"n{n}"]) for n in parts) if one is not None]
    units = {found[f"u{n}"] for n in parts} - {""}
    if len(units) > 1 or len(values) < len(parts) or (not units and found[0][-1:] not in "0123456789"):
        return found[0]
    return _keep(("共", next(iter(units), "")), sum(values, Decimal(0)), ("+", *values), found, made)


def _keep(
    around: tuple[str, str], value: Decimal, how: tuple[Any, ...], found: re.Match[str], made: dict[str, Made]
) -> str:
    before, unit = around
    written = f"{value.normalize():f}{unit}"
    made[written] = Made(found[0], made_of(*how))
    return before + written
