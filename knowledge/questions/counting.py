"""What a number that is asked for counts: people whatever the measure word, firms by 家, units of any kind."""

from __future__ import annotations

import re
from dataclasses import replace

from knowledge.language.asking import Asked
from knowledge.language.kinds import COUNTED_IN
from knowledge.language.lexicon import group
from knowledge.language.speech import is_pale

_PERSON = re.compile(r"[生师员工者]$")
_BODIES = frozenset(("企业", "公司", "单位", "学校", "院校", "高校"))
_ANYBODY = frozenset(("单位", "部门", "机构"))
_ANYONE = frozenset(("学生", "人员", "人"))
_SPENT = re.compile(r"(?:掏|拿|花|出资?|投入?|砸|赞助|捐)出?来?多少")


def counted_as(asked: Asked, focus: tuple[str, ...], core: str, folded: str) -> tuple[Asked, str]:
    """Return what is asked with the kind and measure of its noun (老师有几个: people), and the word it needs."""
    if asked.kind == "count" and asked.unit == "个" and focus and _are_people(focus, core):
        return replace(asked, kind="people"), core
    if asked.kind == "count" and core in _ANYBODY:  # 跟几家单位合作: firms and schools are units
        return asked, ""
    if asked.kind != "quantity":
        return asked, core
    if core in _BODIES and not _SPENT.search(folded):  # 多少农机企业: so many 家
        return replace(asked, kind="count", unit=COUNTED_IN[core]), core
    if core in _ANYONE:  # 实习的学生有多少: so many people
        return replace(asked, kind="people", unit=""), ""
    if core in group("people"):  # 毕业了多少学徒
        return replace(asked, kind="people"), core
    return asked, core


def _are_people(focus: tuple[str, ...], core: str) -> bool:
    last = next((word for word in reversed(focus) if not is_pale(word)), focus[-1])
    return last in group("people") or (focus[-1] == core and bool(_PERSON.search(core)))
