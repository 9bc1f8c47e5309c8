"""What the secretariat means by `/members …`, and says of the register in words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from services.meetings.reading.unit_names import UnitNames
from services.orders.sentence import BLANK, Sentence
from services.orders.words import ACTS, ASKS_HOW, THINGS, Act, Thing
from services.speech import asks

ROLE_WORDS: dict[str, str] = {
    "liaison": "liaison",
    "联络员": "liaison",
    "联系人": "liaison",
    "联络人": "liaison",
    "对接人": "liaison",
    "经办人": "liaison",
    "deputy": "deputy",
    "副联络员": "deputy",
    "备用联络员": "deputy",
    "leader": "leader",
    "负责人": "leader",
    "单位负责人": "leader",
    "分管领导": "leader",
    "council": "council",
    "convener": "convener",
    "召集人": "convener",
    "会议召集人": "convener",
    "理事": "council",
    "secretariat": "secretariat",
    "秘书处": "secretariat",
}
_ROLE = "|".join(sorted(map(re.escape, ROLE_WORDS), key=len, reverse=True))
_ROLE_SAID = re.compile(_ROLE, re.IGNORECASE)
_CHANGES_HANDS = re.compile(
    r"换人|换了|离职|调[走离]|不干|退休|(?:来|去)?(?:当|做|担任|接任|接替)|接手|交接|[顶代]替|替[换下]"
)
_BESIDE = re.compile(
    r"邀请码|码|[弄搞整开]|没有?|下|加入|增加|新增|补充|加|进来|作为|链接|生成|发送?|一[个份条张位]|个|给|新的?|人选?|叫|换|改|更|由|原来?|同志|老师|联合体"
)
_ENDS = re.compile(
    r"(?:请|麻烦|帮我)?(?:把|将)?(?P<person>[一-龥]{2,4}?)的(?:(?P<role>副联络员|联络员|联系人|负责人|召集人|理事)(?:席位|身份|资格)?|席位)"
    r"(?:给)?(?:撤|撤销|撤掉|取消|去掉|免|免掉|拿掉|停|停掉|结束)(?:了|掉)?(?:吧)?[。!！]?"
)
_NEW_UNIT = re.compile(
    r"(?>(?:请|麻烦|帮我?|给我?|我们?|咱们?|联合体|最近|现在|今天|这个?月|本月|又|要|想|再|已经?)*)"
    r"(?:新(?:来|增|加入?|进|吸收)|添加|增加|加)(?:了|进来)?(?:一?[家个所])?(?:新的?)?(?:成员)?(?:企业|学校|单位|公司|院校|协会|成员)"
    r"(?>(?:进来|加入|入会|了|吧)*)"
    r"(?:[,，:：、 ]*(?:名?叫|名称是?)[^\d,，。?？]{2,20}|[,，:：、 ]+[^\d,，。?？]{2,20})?[。!！]?"
)
_HOW_TO_ADD = re.compile(r"[,，]?(?:要?怎么|如何)(?:添?加|录|登记)(?:进来|进去|进|入)?(?:呢|啊)?[?？。]?$")
LONGEST_NEW = 30
_BECOMES = re.compile(r"(?:换成?|改成|变成|改为|成)(?=[一-龥]{2,4}$)")
_PUTS = re.compile(r"设|任命|指定|登记|定")
_TAKES_OVER = re.compile(r"接替|接任|顶替|代替|替换|替下")
_NO_UNIT = re.compile(r"我们|咱们|本单位|各|他们|大家|建议|要求|想|需|可|谁|哪")
_A_NAME = re.compile(r"[一-龥]{2,4}")
_WHO = re.compile(r"(?:是|都有|有)?(?:谁|哪位|哪些人|什么人)")


@dataclass(frozen=True)
class MembersOrder:
    """`verb`: board, invite, appoint, end, add_unit, unit; `unit` as written; `role` a machine id; `person` a name."""

    verb: str
    unit: str = ""
    role: str = "liaison"
    person: str = ""


def may_order(words: str) -> bool:
    """A cheap look before the names of units are read from the database."""
    if _ENDS.fullmatch(words.strip()) or _new_unit(words):
        return True
    named = THINGS[Thing.SEAT].search(words) or _ROLE_SAID.search(words)
    return bool(ACTS[Act.INVITE].search(words)) or (
        bool(named) and bool(ACTS[Act.APPOINT].search(words) or _CHANGES_HANDS.search(words) or _WHO.search(words))
    )


def hear_order(words: str, names: UnitNames, people: Mapping[str, str] | None = None) -> MembersOrder | None:
    """「邀请启明化工的刘洋做联络员」「把张伟设为市一职的联络员」「市一职换联络员，新的是张伟」, and no other words.

    `people`: the unit of everybody who speaks for one, so that 李静换成张伟当联络员 needs no unit's name.
    """
    if ends := _ENDS.fullmatch(words.strip()):
        return MembersOrder("end", role=ROLE_WORDS.get(ends["role"] or "", ""), person=ends["person"])
    if _new_unit(words):
        return MembersOrder("add_unit")
    said = Sentence(words)
    invites = said.take(Act.INVITE)
    units = said.take_units(names)
    holder = _holder(said, people or {})
    changes = said.take(_CHANGES_HANDS) or said.take(Act.APPOINT)
    role = said.take(_ROLE_SAID)
    if invites and role and role[0] == "秘书处" and not units:
        return MembersOrder("invite", "", "secretariat")
    seat = ROLE_WORDS[role[0].lower()] if role else "liaison"
    unit = units[0].name if len(units) == 1 else (people or {}).get(holder, "")
    if not units and not holder and role and changes:
        unit = _unit_said(said, min(role.start(), changes.start()), role.start())
    if not unit or not (invites or role):
        return None
    if not invites and said.take(_WHO):
        return MembersOrder("unit", unit, seat) if not said.rest() else None
    if said.asks_how or not (invites or changes):
        return None
    said.take_all(_CHANGES_HANDS)
    said.take_all(_ROLE_SAID)
    person = _BESIDE.sub("", _BECOMES.sub("", said.rest()))
    if not person and (invites or (changes and _PUTS.search(changes[0]))):
        person = holder  # 把何敏设为联络员
    if person and not _A_NAME.fullmatch(person):
        return None
    return MembersOrder("invite" if invites else "appoint", unit, seat, person)


def _holder(said: Sentence, people: Mapping[str, str]) -> str:
    """Who is replaced, of those that the register knows: the first that is named, behind 接替 the last."""
    named = sorted((at, one) for one in people if (at := said.left.find(one)) >= 0)
    if not named:
        return ""
    holder = named[-1 if _TAKES_OVER.search(said.left) else 0][1]
    said.take(re.compile(re.escape(holder)))
    return holder


def _new_unit(words: str) -> bool:
    told = _HOW_TO_ADD.sub("", words.strip())
    return len(words) <= LONGEST_NEW and bool(_NEW_UNIT.fullmatch(told)) and not (asks(told) or ASKS_HOW.search(told))


def _unit_said(said: Sentence, *places: int) -> str:
    """The words in a unit's place that the register does not know: 市一职 before 的联络员, or before 换."""
    for place in sorted(places, reverse=True):
        before = re.search(r"([一-龥()]{2,20}?)的?·*$", said.left[:place])
        name = re.sub(r"^.*[把将让]", "", before[1]) if before else ""
        if len(name) >= 2 and not _NO_UNIT.match(name):
            said.take(re.compile(re.escape(name)))
            return name
    return ""


def read_order(words: str, names: UnitNames) -> MembersOrder:
    """The rest of `/members`: as `hear_order`; else an invitation for a name that nobody bears, a unit, or nothing."""
    words = words.strip()
    order = hear_order(words, names)
    if order is not None:
        return order
    said = Sentence(words)
    if said.take(Act.INVITE):
        role = said.take(_ROLE_SAID)
        unit = said.left.replace(BLANK, " ").strip(" :的“”\"'")
        return MembersOrder("invite", unit, ROLE_WORDS[role[0].lower()] if role else "liaison")
    return MembersOrder("unit", words) if words else MembersOrder("board")
