"""How values look in Chinese texts: dates, numbers, shortened quotes."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

WEEKDAYS = "一二三四五六日"


def day(value: str | date) -> str:
    """2026-12-08 as 2026年12月8日."""
    when = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    return f"{when.year}年{when.month}月{when.day}日"


def short_day(value: str | date) -> str:
    """2026-12-08 as 12月8日（周二）."""
    when = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    return f"{when.month}月{when.day}日（周{WEEKDAYS[when.weekday()]}）"


def moment(value: str, zone: str = "Asia/Shanghai") -> str:
    """An ISO instant as local 12月8日 17:30."""
    when = datetime.fromisoformat(value).astimezone(ZoneInfo(zone))
    return f"{when.month}月{when.day}日 {when:%H:%M}"


def number(value: Any) -> str:
    """Half-width digits with thousands separators, at most two decimals, no trailing zeros."""
    if value is None:
        return "—"
    amount = float(value)
    if amount == int(amount):
        return f"{int(amount):,}"
    return f"{amount:,.2f}".rstrip("0").rstrip(".")


def shorten(value: str, length: int = 120) -> str:
    """At most `length` characters, with an ellipsis where something was left out."""
    text = " ".join(str(value).split())
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


ROLES = {"liaison": "联络员", "deputy": "副联络员", "leader": "单位负责人", "council": "理事", "secretariat": "秘书处"}
KINDS = {"school": "学校", "enterprise": "企业", "bureau": "政府部门", "association": "行业协会"}


REGISTER_COLUMNS = {
    "unit": "单位",
    "name": "单位",
    "aliases": "别名",
    "kind": "类型",
    "council_role": "理事会职务",
    "industry": "行业",
    "short_form": "简表",
    "active": "恢复为成员",
}
REGISTER_PROBLEMS = {
    "missing": "没有填写",
    "too_long": "太长",
    "unknown_kind": "应为 学校、企业、部门 或 协会",
    "unknown_flag": "应为 是 或 否",
    "personal_data": "含手机号或身份证号，请删除",
    "duplicate_unit": "同一单位在文件中出现了两次",
    "alias_taken": "这个名称已属于另一单位",
}


def role(value: str) -> str:
    """The name of a seat's role."""
    return ROLES.get(value, value)


def kind(value: str) -> str:
    """The name of a kind of unit."""
    return KINDS.get(value, value)


def register_column(value: str) -> str:
    """The name of a column of the register."""
    return REGISTER_COLUMNS.get(value, value)


def register_problem(value: str) -> str:
    """What is wrong with a row of the register."""
    return REGISTER_PROBLEMS.get(value, value)


ACCESS = {"public": "公开", "members": "成员可见", "secretariat": "仅秘书处可见"}
DOCUMENT_STATES = {"current": "有效", "repealed": "已废止", "superseded": "已被替代", "removed": "已删除"}
READING_WARNINGS = {
    "damaged": "部分文字疑似错乱，请核对原件",
    "undated": "没有读到成文日期",
    "collection": "这是多份材料的汇编，按分篇引用",
    "media_report": "来源为媒体稿件",
}


def access(value: str) -> str:
    """The name of an access level."""
    return ACCESS.get(value, value)


def document_state(value: str) -> str:
    """The name of a document's state."""
    return DOCUMENT_STATES.get(value, value)


def reading_warning(value: str) -> str:
    """What was noticed while reading a document; the part after a colon is technical."""
    return READING_WARNINGS.get(value.split(":")[0], value)


ALL = {
    "access": access,
    "document_state": document_state,
    "reading_warning": reading_warning,
    "register_column": register_column,
    "register_problem": register_problem,
    "role": role,
    "kind": kind,
    "day": day,
    "short_day": short_day,
    "moment": moment,
    "number": number,
    "shorten": shorten,
}
