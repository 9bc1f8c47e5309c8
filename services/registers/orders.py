"""Words about registers: which one is wanted, what to note in it, what to change of a row."""

import re
from dataclasses import dataclass
from datetime import date

from knowledge.language.folding import fold
from services.errors import BadInput
from services.registers.agreements import read_day
from services.registers.platforms import KINDS, STATUSES, level_in
from services.registers.said import AGREEMENTS, NEEDS, PLATFORMS, SERVICES

NAMES = {
    AGREEMENTS: r"协议|校企协议|合作协议",
    PLATFORMS: r"平台(?:载体)?(?:和?基地)?|基地",
    NEEDS: r"技术需求|需求|难题",
    SERVICES: r"技术服务(?:项目)?|横向(?:课题|项目)?",
}
_NAME = "|".join(f"(?P<{register}>{words})" for register, words in NAMES.items())
_WANTED = re.compile(
    rf"(?:看一?[看下]?|查一?[看下]?|打开|列出|给我看)?(?:一下)?(?:我们?|本|我)?(?:单位|学校|公司|的)*(?:{_NAME})?(?:的)?(?:登记)?台账(?:清单|明细)?[。?!]*"
)
_WHICH = re.compile(
    rf"(?:看一?[看下]?|查一?[看下]?|我?想知道)?(?:一下)?(?:我们?|咱们?|本)(?:单位|学校|公司|院)?(?:现在|目前|一共|都)*"
    rf"(?:有|签了?|登记了?)(?:哪些|什么|几[份个项])(?:{_NAME})(?:了)?(?:啊|呀|呢)?[。?!]*"
)
_EXPIRING = re.compile(
    r"(?:看一?[看下]?|查一?[看下]?|列出)?(?:有?哪些|有没有|我们|本单位|所有|全部|各单位|的)*"
    r"(?:(?:快|将|要|即将|马上)*到期的?(?:合作)?协议|协议(?:都)?(?:有?哪些|什么时候)?(?:快|将|要|即将)*到期)(?:清单|情况|提醒|名单|有?哪些|了|的)*(?:吗)?[。?!]*"
)
_ADD = re.compile(
    rf"(?:请|帮我|麻烦)?(?:补)?(?:登记|登|录入|记)(?:一下|一个|一份|一项|新的?|下)*(?:{_NAME})(?:台账)?(?:一[份个项])?\s*[:,]?\s*(?P<what>[^?]{{2,400}})",
    re.S,
)
_FIELDS = {
    "began_on": r"(?:开始|起始|起|签订|签署|签约|建立|成立|挂牌)(?:日期?|时间)",
    "ends_on": r"(?:到期|截止|终止|结束|有效期?)(?:日期?|时间|至|到)*|有效期",
    "partner": r"(?:合作|共建|委托)?(?:单位|企业|方|学校)|对方|乙方",
    "majors": r"(?:涉及)?专业",
    "level": r"级别|等级|层级",
    "stage": r"(?:建设)?(?:状态|进度|阶段)",
    "title": r"名称?|名字",
}
_CHANGE = re.compile(
    r"(?:请|帮我|麻烦)?(?:把|将)?(?P<what>.{2,80}?)(?:的)?(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _FIELDS.items())
    + r")(?:应该?|写错了|错了|,)*(?:改成|改为|更正为|更新为|变更为|应为|应该?是|延长到|延长至|延到|延至|改到|是)"
    + r"\s*(?P<value>.{1,120}?)[。!]*"
)
_LEAVE = re.compile(
    r"(?:请|帮我)?(?:把|将)?(?:(?P<void>作废|删掉|删除|撤掉)|(?P<ended>终止|解除|结束|注销)|(?P<closed>办结|销号|结题))(?P<what>[^,:;。]{2,80}?)(?:[,:;](?P<why>.{2,200}))?[。!]*"
)


@dataclass(frozen=True)
class RowOrder:
    """What words want done to a row. `what` are the words that name it; `value` a field's new value or the reason."""

    act: str  # change, void, ended, closed
    what: str
    field: str = ""
    value: str = ""


def read_wanted(words: str) -> str | None:
    """The register asked for: its id, `""` for all of them, None when the words are about something else."""
    said = fold(words.strip())
    found = _WANTED.fullmatch(said) or _WHICH.fullmatch(said)
    return None if not found else _named(found)


def wants_expiring(words: str) -> bool:
    """快到期的协议, 协议哪些到期."""
    return bool(_EXPIRING.fullmatch(fold(words.strip())))


def read_addition(words: str) -> tuple[str, str] | None:
    """「登记协议：海岚化工（机电，至2029-10-31）」: the register and what is to be noted."""
    found = _ADD.fullmatch(fold(words.strip()))
    if not found:
        return None
    start, end = found.span("what")
    return _named(found), words.strip()[start:end].strip()


def read_order(words: str) -> RowOrder | None:
    """「海岚化工的到期日改成2029-10-31」, 「作废海岚化工的协议，登记重了」."""
    bare = words.strip()
    folded = fold(bare)
    found = _CHANGE.fullmatch(folded)
    if found:
        field = next(name for name in _FIELDS if found[name])
        return RowOrder("change", _cut(bare, found, "what"), field, _cut(bare, found, "value"))
    found = _LEAVE.fullmatch(folded)
    if found:
        act = next(name for name in ("void", "ended", "closed") if found[name])
        return RowOrder(act, _cut(bare, found, "what"), value=_cut(bare, found, "why"))
    return None


def read_value(field: str, words: str, today: date) -> str | date:
    """What was written for a field, as it is stored: a day, a machine id, or the words themselves.

    Raises:
        BadInput: no such day, no such level or stage.
    """
    words = words.strip()
    if field in ("began_on", "ends_on"):
        day = read_day(words, at_end=field == "ends_on")
        if day is None:
            raise BadInput(field=field, given=words[:40], problem="no_day")
        return day
    folded = fold(words)
    found = words
    if field == "level":
        found = level_in(folded)
    elif field == "stage":
        found = next((name for name, pattern in STATUSES if name != "ended" and re.search(pattern, folded)), "")
    elif field == "kind":
        found = next((name for name, pattern in KINDS.items() if re.search(pattern, folded)), "")
    if not found:
        raise BadInput(field=field, given=words[:40], problem="unknown")
    return found


def _named(found: re.Match[str]) -> str:
    return next((register for register in NAMES if found[register]), "")


def _cut(words: str, found: re.Match[str], name: str) -> str:
    start, end = found.span(name)
    return words[start:end].strip(" 的") if start >= 0 else ""
