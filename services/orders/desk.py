"""What a sentence of the secretariat wants to see or to begin, where no room has taken it: by kinds of words.

Each want needs some kinds of words and allows others; names, months and fillers beside them; and nothing else. What it
opens only shows, or asks before anything is done.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from services.meetings.reading.unit_names import UnitNames
from services.orders.desk_kinds import KINDS, Kind, Want
from services.orders.sentence import BLANK, Sentence
from services.orders.telling import is_no_order
from services.orders.words import ASKS_WHICH, FILLER, MONTH, OF_OFFICE

LONGEST = 60
SLACK = 4
"""Characters that may stay unread where the words ask how things stand now: a page is opened, and nothing is done."""
_STANDS = re.compile(
    r"了(?:没|吗|几|哪|多少|$|[,?])|还|现在|目前|谁|今年|本月|这个?月|上个?月|[上下这本][周次回]|念|列"
    r"|导|给我|发我|换成"
)
_OF_RULES = re.compile(
    r"发(?:一?[个条])?(?:消息|信息|短信|微信|私信)|规定|要求|流程|程序|条件|标准|手续|需要|应当|应该"
    r"|什么意思|什么是|是什么|后果|由谁|归谁|谁来"
    r"|多久|(?<![那这晚缓迟延推])几天|多长时间|怎么(?!样)|为什么|补贴|政策|政府"
)


@dataclass(frozen=True)
class DeskOrder:
    """What is wanted, of which units, for which month and until when, as it was said."""

    want: Want
    units: tuple[str, ...] = ()
    month: str = ""
    until: str = ""


_EXTENDS = re.compile(
    r"(?:再)?(?:宽限|放宽|延(?:期|长|后|到|至|(?=[一二两三四五六七八九十\d几]))|缓(?=到"
    r"|[一二两三四五六七八九十\d几])|推(?:迟|后|到)|往后(?:推|延|挪)"
    r"|晚(?=[一二两三四五六七八九十\d几])|多给)"
)
_LATER = re.compile(
    r"(?:\d{1,2}|[一二两三四五六七八九十]{1,2})(?:个)?(?:工作日|天|日|周|星期|礼拜)|(?:\d{1,2}月"
    r"|[本下]?个?月)?\d{1,2}[日号]|[本下这]?个?(?:周|星期|礼拜)[一二三四五六日天]|[本下]?个?月[底末]"
    r"|明天|后天"
)
_EXTEND_BESIDE = re.compile(
    r"截止(?:时间|日期|日)?|期限|时间|上报|填报|月报|晚(?:点|一点|些|一些)?|到|至|为止|为|那边|这边"
    r"|数据?|填|交|报|说(?:要)?|申请|想|同意|可以|[批准]|几天|一?两天"
)
_COMES_LATE = re.compile(r"(?:到|来)[了吧。!]*$")
"""陈工晚两天到 is about a person's coming."""
_REFUSED = re.compile(r"(?:不|别|不予|不能|没法)(?:再)?(?:[批准行给]|同意|答应|允许)|驳回|拒绝|免谈")
_OF_OTHERS = re.compile(r"会议|联席会|开会|第\s*[\d一二三四五六七八九十]+\s*[条项]|事项|决定|议题|协议|岗位")


def read_desk(words: str, names: UnitNames, people: Mapping[str, str] | None = None) -> DeskOrder | None:
    """What is wanted; None where anything stands in the words that belongs to no want. `people`: the unit of each."""
    plain = Sentence(words).plain
    if not plain or len(plain) > LONGEST or _OF_RULES.search(plain) or OF_OFFICE.search(plain):
        return None
    if is_no_order(words):
        kinds = [one for one in KINDS if one.want is Want.REMINDERS]  # 放假别发提醒 is told how reminders go
    elif order := _read_extension(words, names, people or {}):
        return order
    else:
        kinds = list(KINDS)
    read = [one for one in (_read(kind, words, names, people or {}) for kind in kinds) if one is not None]
    return min(read, key=lambda one: one[0])[1] if read else None


def _read(kind: Kind, words: str, names: UnitNames, people: Mapping[str, str]) -> tuple[int, DeskOrder] | None:
    """What it wants, and how many characters stay unread."""
    said = Sentence(words)
    units = () if kind.units == "none" else _units(said, names, people)
    if kind.units == "needed" and not units:
        return None
    month = said.take(MONTH)
    taken: list[str] = []
    for pattern in kind.must:
        found = said.take(re.compile(pattern))
        if found is None and not any(re.search(pattern, one) for one in taken):
            return None
        if found is not None:
            taken.append(found[0])
    if kind.may:
        said.take_all(re.compile(kind.may))
    more = FILLER.sub("", ASKS_WHICH.sub("", said.left)).strip("?个家些")
    if more and (len(more) > SLACK or not _STANDS.search(said.plain) or re.search(r"\d", more)):
        return None
    return len(more), DeskOrder(kind.want, units, month[0] if month else "")


def _read_extension(words: str, names: UnitNames, people: Mapping[str, str]) -> DeskOrder | None:
    """孙丽那边晚点，给她宽限到12月8号; 技师学院的时间往后推三天: one unit, and how long."""
    said = Sentence(words)
    if _OF_OTHERS.search(said.plain) or _COMES_LATE.search(said.plain) or _REFUSED.search(said.plain):
        return None
    units = _units(said, names, people)
    gives = said.take(_EXTENDS) if len(units) == 1 else None
    until = said.take(_LATER) if gives else None
    if gives is None or until is None:
        return None
    said.take_all(_EXTENDS)
    said.take_all(_EXTEND_BESIDE)
    ordered = said.clause_of(until.start())  # why stands in the others
    return None if said.rest(*ordered) else DeskOrder(Want.EXTEND, units, until=until[0])


def _units(said: Sentence, names: UnitNames, people: Mapping[str, str]) -> tuple[str, ...]:
    """Units by their names, and by the people who speak for them."""
    found: list[str] = []
    for person in sorted(people, key=len, reverse=True):
        if (at := said.left.find(person)) >= 0:
            said.left = said.left[:at] + BLANK * len(person) + said.left[at + len(person) :]
            found.append(people[person])
    return tuple(dict.fromkeys([*(one.name for one in said.take_units(names)), *found]))
