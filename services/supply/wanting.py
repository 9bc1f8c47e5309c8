"""How surely words offer work: plainly a post, as well a figure of the monthly report, or something else."""

import re
from typing import Literal

from services.speech import MAY, stated
from services.supply.heads import WANTS, find_headcount, find_post_name, is_occupation, named_counts
from services.supply.pay import find_pay

Weight = Literal["", "either", "plain"]

# Words of a monthly report: what happened already, or stands at its end.
FILED = re.compile(
    r"去向|落实|就业率|在校生|在岗|培训|(?:本月|这个月)(?!底|内|末|下旬|中旬|[^,;。]{0,4}(?:要|想|需|准备|计划|打算))|上月|累计"
    r"|缺口|空缺|招聘会|(?:招|录用|招录|招聘|新招|新增)[了到过]|接收"
)
_HEAD = re.compile(
    r"^(?>(?:请|帮忙?|帮我们?|麻烦|我们?|想|要|再|[,: ])*)"
    r"(?:(?:发布?|登记|新增|增加|挂|上架|录入)(?:一?[个条下则])?(?:新的?)?(?:岗位|招聘|用工|招工|人才)(?:需求|信息|启事|岗位)*(?:一?[个条])?"
    r"|(?:发布?|挂)(?=:)|(?:招聘|用工)(?:启事|信息|岗位|需求)|(?:招聘|用工)?岗位(?:需求|信息)?(?=:))[:, ]*"
)
"""发布岗位：…, 新增岗位需求 …: what follows is a post."""
_POLITE = re.compile(rf"{MAY}(?=(?:帮忙?|给|替)(?:我们?|咱们?)?[招找]\D{{0,3}}\d)")
_STRONG = re.compile(
    r"招聘|急招|诚聘|招工|急缺|(?:要|想|准备|计划|打算|需)[^,;。\d]{0,8}招|(?:帮忙?|给|替)(?:我们?|咱们?)?[招找]"
)
_DETAIL = re.compile(
    r"以上|以下|到岗|上岗|入职|薪|工资|面议|包[吃住]|[住食]宿|专业|学历|不限|本科|大专|中专|高职|岗位|学徒|订单|实习生|有证|证书|\d{4}[-~到至]"
    r"|明年|后年|下个?月|年[前后]|节后|春节|开春|尽快|马上|越快"
)
_NAMELESS = frozenset(("", "岗", "岗位", "人", "人手", "工人", "员工"))


def weigh(words: str) -> Weight:
    """Whether folded words offer work: somebody is wanted, a number, and something that only a post has.

    缺30个操作工 may as well be the 岗位缺口 of the monthly report: `either`. What asks is not looked at.
    """
    text = stated(_POLITE.sub("", words))
    if FILED.search(text):
        return ""
    body = without_head(text)
    listed = named_counts(body)
    if body != text:
        return "plain" if listed or _is_named(body) else ""
    if not (WANTS.search(text) or _STRONG.search(text)) or not (listed or _is_named(text)):
        return ""
    if _STRONG.search(text) or _DETAIL.search(text) or find_pay(text):
        return "plain"
    names = [name for name, _ in listed] or [_name(text)]
    return "either" if any(is_occupation(name) for name in names) else ""


def without_head(text: str) -> str:
    """The words without 发布岗位 and the like in front."""
    return _HEAD.sub("", text, count=1)


def _is_named(text: str) -> bool:
    return _name(text) not in _NAMELESS


def _name(text: str) -> str:
    count = find_headcount(text)
    return find_post_name(text, count[1], count[2]) if count else ""
