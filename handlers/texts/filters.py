"""How values look in Chinese texts: dates, numbers, shortened quotes."""

import re
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

MARKDOWN_HEAD = re.compile(r"^\s{0,3}#{1,6}\s+")
MARKDOWN_RULE = re.compile(r"\s*\|?(\s*:?-{3,}:?\s*\|)+\s*:?-*:?\s*\|?\s*|\s*-{3,}\s*")
BLANKS = re.compile(r"\n{3,}")
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


def clock(value: str, zone: str = "Asia/Shanghai") -> str:
    """The local time of day of an ISO instant: 14:30."""
    return f"{datetime.fromisoformat(value).astimezone(ZoneInfo(zone)):%H:%M}"


def local_day(value: str, zone: str = "Asia/Shanghai") -> str:
    """The local date of an ISO instant as 12月8日（周二）."""
    return short_day(datetime.fromisoformat(value).astimezone(ZoneInfo(zone)).date())


def number(value: Any) -> str:
    """Half-width digits with thousands separators, at most two decimals, no trailing zeros."""
    if value is None:
        return "—"
    amount = float(value)
    if amount == int(amount):
        return f"{int(amount):,}"
    return f"{amount:,.2f}".rstrip("0").rstrip(".")


def readable(value: str) -> str:
    """A stored passage without the marks of Markdown: headings, emphasis, table rules."""
    lines = [MARKDOWN_HEAD.sub("", line) for line in str(value).splitlines() if not MARKDOWN_RULE.fullmatch(line)]
    return BLANKS.sub("\n\n", "\n".join(lines).replace("**", "")).strip()


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


CHANGE_REASONS = {"typo": "填错了", "restated": "口径调整", "late_data": "补充漏报", "verified": "核实后调整"}


RETURN_REASONS = {"change": "与上月差异大，请核实", "scope": "口径不对", "evidence": "缺佐证", "text": "请写具体"}


def return_reason(value: str) -> str:
    """Why a figure was given back: a button's reason by its name, own words as they are."""
    return RETURN_REASONS.get(value, value)


def change_reason(value: str) -> str:
    """Why a figure was changed: a button's reason by its name, own words as they are."""
    return CHANGE_REASONS.get(value, value)


MEETING_KINDS = {"joint": "联席会议", "council": "理事会会议", "liaison": "联络员会议", "report": "工作汇报会"}
MEETING_STEPS = {
    "agenda_call": "征集议题",
    "review_open": "任务进展填报开始",
    "notice": "正式会议通知（含回执）",
    "agenda_close": "议题征集截止",
    "agenda_review": "议题汇总送审",
    "materials_draft": "材料初稿",
    "pre_meeting": "联络员会议（预备会）",
    "materials_final": "材料定稿、回执截止",
    "missing_list": "未报名单",
    "meeting_eve": "会前提醒",
    "meeting": "召开会议",
    "minutes_draft": "纪要初稿",
    "minutes_review": "纪要会签核稿",
    "minutes_sign": "纪要签发",
    "items_issue": "印发纪要、分解议定事项",
}
MEETING_AUDIENCES = {
    "secretariat": "秘书处",
    "liaisons": "联络员",
    "proposers": "报送议题的单位",
    "responsible": "责任单位",
    "participants": "参会单位",
    "missing": "尚未提交的单位",
    "attendees": "报名参会的单位",
    "owners": "议定事项责任单位",
}
ITEM_STATES = {
    "open": "待签收",
    "acknowledged": "已签收",
    "in_progress": "推进中",
    "reported_done": "已报办结，待核实",
    "verified_closed": "已销号",
    "extension_requested": "已申请延期，待批",
    "extended": "已延期",
    "returned": "已退回",
    "cancelled": "已取消",
}
ITEM_ACTIONS = {
    "confirm": "立项",
    "issue": "下发",
    "acknowledge": "签收",
    "progress": "报告进展",
    "report_done": "报告办结",
    "evidence": "补充佐证",
    "close": "核实销号",
    "return": "退回",
    "request_extension": "申请延期",
    "grant_extension": "同意延期",
    "refuse_extension": "不同意延期",
    "cancel": "取消",
    "reopen": "重新督办",
    "supervise": "发出督办单",
}
LIGHTS = {"green": "🟢", "blue": "🔵", "yellow": "🟡", "orange": "🟠", "red": "🔴", "white": "⚪"}
LIGHT_WORDS = {"green": "绿", "blue": "蓝", "yellow": "黄", "orange": "橙", "red": "红", "white": "白"}
RSVPS = {"attend": "参加", "leave": "请假", "substitute": "替会", "": "未回复"}


def meeting_kind(value: str) -> str:
    """The name of a kind of meeting."""
    return MEETING_KINDS.get(value, value)


def meeting_step(value: str) -> str:
    """The name of a step around a meeting."""
    return MEETING_STEPS.get(value, value)


def meeting_audience(value: str) -> str:
    """Who hears of a step."""
    return MEETING_AUDIENCES.get(value, value)


def item_state(value: str) -> str:
    """The name of an action item's state."""
    return ITEM_STATES.get(value, value)


def item_action(value: str) -> str:
    """What was done to an action item."""
    return ITEM_ACTIONS.get(value, value)


def light(value: str) -> str:
    """A light as a sign, for chats."""
    return LIGHTS.get(value, value)


def light_word(value: str) -> str:
    """A light as a word, for documents."""
    return LIGHT_WORDS.get(value, value)


ITEM_CONDITIONS = {
    "done": "已销号",
    "cancelled": "会议决定取消",
    "long_overdue": "逾期",
    "overdue": "逾期不久",
    "behind": "滞后或退回",
    "near_due": "临期",
    "on_track": "正常推进",
    "no_due": "无时限",
}


TASK_CONDITIONS = {
    "done": "已完成",
    "overdue": "已逾期",
    "badly_behind": "明显滞后",
    "near_due": "临期",
    "behind": "略滞后",
    "on_track": "达到序时进度",
    "no_schedule": "没有时限且未完成",
    "no_data": "未报进展",
    "no_data_past_due": "到期仍未报进展",
}


def task_condition(value: str) -> str:
    """What the light of a target says."""
    return TASK_CONDITIONS.get(value, value)


def item_condition(value: str) -> str:
    """What the light of an action item says."""
    return ITEM_CONDITIONS.get(value, value)


def quarter(value: str) -> str:
    """2026Q4 as 2026年第四季度."""
    year, _, number = value.partition("Q")
    return f"{year}年第{'一二三四'[int(number) - 1]}季度" if number else value


def dotted(value: str) -> str:
    """2026-12-08 as 2026.12.8, for narrow cells."""
    when = date.fromisoformat(value[:10])
    return f"{when.year}.{when.month}.{when.day}"


def dotted_month(value: str) -> str:
    """2026-12-08 as 2026.12, for narrow cells."""
    when = date.fromisoformat(value[:10])
    return f"{when.year}.{when.month}"


def rsvp(value: str) -> str:
    """The name of a reply to a notice."""
    return RSVPS.get(value, value)


ALL = {
    "task_condition": task_condition,
    "item_condition": item_condition,
    "quarter": quarter,
    "dotted": dotted,
    "dotted_month": dotted_month,
    "clock": clock,
    "local_day": local_day,
    "meeting_kind": meeting_kind,
    "meeting_step": meeting_step,
    "meeting_audience": meeting_audience,
    "item_state": item_state,
    "item_action": item_action,
    "light": light,
    "light_word": light_word,
    "rsvp": rsvp,
    "access": access,
    "change_reason": change_reason,
    "document_state": document_state,
    "reading_warning": reading_warning,
    "register_column": register_column,
    "return_reason": return_reason,
    "register_problem": register_problem,
    "role": role,
    "kind": kind,
    "day": day,
    "short_day": short_day,
    "moment": moment,
    "number": number,
    "shorten": shorten,
    "readable": readable,
}
