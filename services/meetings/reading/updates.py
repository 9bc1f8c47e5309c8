"""What owners write about their action items: done, under way, acknowledged, more time; topics for the next meeting."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.meetings.reading.deadlines import Moment, add_duration, read_deadline
from services.meetings.reading.unit_names import UnitNames
from services.meetings.reading.wording import NUMBER, SPAN_UNIT, item_numbers, same_shape, small_number
from services.speech import asks, stated


class ItemIntent(StrEnum):
    """What an update asks for."""

    ACKNOWLEDGE = "acknowledge"
    PROGRESS = "progress"
    REPORT_DONE = "report_done"
    EXTEND = "extend"


@dataclass(frozen=True)
class ItemUpdate:
    """An update as understood; which meeting's items are meant is for the caller to ask.

    Attributes:
        items: The numbers named; empty when none is.
        percent: Progress in percent, when said.
        evidence: What is said about material (材料发邮箱了), empty when nothing is.
        workdays: For an extension, how many more workdays are asked.
        until: For an extension, the date asked.
        reason: For an extension, what is given as reason.
    """

    intent: ItemIntent
    items: tuple[int, ...] = ()
    percent: float | None = None
    evidence: str = ""
    workdays: int | None = None
    until: date | None = None
    reason: str = ""


@dataclass(frozen=True)
class TopicProposal:
    """A topic proposed for the next meeting, and the units that it wants to act."""

    title: str
    asked_units: tuple[str, ...]
    text: str


_FINISH = r"(?:办完|办结|办好|办妥|完成|做完|搞定|搞完|弄完|干完|落实|结了|完事|了结|整改到位|落地)"
_DONE = re.compile(rf"(?:已经?|都|全部?|均|就)?{_FINISH}(?:了|啦|好了|到位)?|完了(?!吗)|销号|(?:可以|能)结了")
SHORT_REQUEST = 12
"""Characters up to which 「延期一周」 alone asks for it; in longer texts a word of asking must stand beside it."""

_NOT_DONE = re.compile(
    rf"(?:没|没有|未|还没|尚未|不能|无法|难以|快|快要|即将|正在|准备|预计|争取|计划|力争|就差|差不多|大部分|基本|部分|一半|明天|下周|月底)[^,;。]{{0,6}}{_FINISH}|{_FINISH}(?:不了|了?(?:一半|大半|部分|\d+%|百分之))"
)
_FINISHED_OR_NOT = re.compile(rf"(?:{_FINISH}|完)了?没有?")
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*%|百分之(\d{1,3}|[一二三四五六七八九十]{1,3})")
_PROGRESS = re.compile(
    r"推进|进展|正在|在办|办理中|进行中|还在|开始|启动|卡住|卡在|受阻|基本|快|差不多|完成了?一半|没(?:有)?(?:办|完|弄)|未(?:办|完)|阶段"
)
_ACK = re.compile(r"签收|已?(?:收到|知悉|领取|接收)(?:任务|事项|了)?|认领")
_EVIDENCE = re.compile(
    r"(?:佐证|材料|附件|照片|文件|证明|报告|截图|资料|通知)[^,;。!?]{0,20}?(?:发|传|交|送|报|上传|附|给|在|见)[^,;。!?]{0,20}|(?:详?见|附)(?:上|了)?(?:佐证|材料|附件|照片|文件|截图)"
)
_ASKING = re.compile(
    r"能不能|能否|可不可以|可以|可否|申请|请求|请(?!假)|麻烦|希望|想|需要|恳请|[吗吧不][??。]*$|行不|好不好|[??]"
)
_ASKS_ITSELF = re.compile(
    rf"宽限|再(?:多)?给[^,;。]{{0,6}}(?:天|日|周|时间|点)|多给[^,;。]{{0,6}}(?:天|日|周|时间|点)"
    rf"|暂缓|缓(?=(?:{NUMBER}|几|个|到|至|交|报))|晚(?:个|上)?(?:{NUMBER}|几)个?(?:天|日|周|工作日)"
)
_LONGER = re.compile(
    rf"延期|延长|延后|延迟|推迟|顺延|展期|往后(?:推|拖|放|延)|拖(?=到|几天|{NUMBER}天)|延(?=到|至|几|{NUMBER})"
)
_NOT_A_REQUEST = re.compile(
    r"(?:(?<!能)不|别|不用|无需|(?<!能)不能|不得|不再|没有?)(?:再|要)?(?:延期|延迟|推迟|延长|拖|缓)|缓解|缓慢|延伸|延期毕业|延长(?:学制|产业链)"
    r"|(?:会议|议题|活动|比赛|大赛|开学|开工|放假|到货|交货)(?:又|要|被|再)?(?:延期|推迟|改期|顺延)|(?:延期|推迟|延迟)(?:到货|交货|开工|开学|讨论)"
)
_AMOUNT = re.compile(rf"(?P<amount>{NUMBER}|半|几|数)\s*个?{SPAN_UNIT}(?!前|底|\d)")
_UNTIL = re.compile(r"(?:到|至|到了?|推到|缓到)(?P<rest>.{2,20})")
_REASON = re.compile(r"(?:因为|由于|主要是|原因是?|因)\s*[:,]?\s*(?P<reason>[^;。!?]{2,60})")
_TOPIC = re.compile(
    r"(?:报|提|提交|提报|申报|建议|想报|想提|新增|增加|添加|补充|加|添|补|列)(?:上|进|一下)?(?:[一两]?[个项条]|一)?(?:新)?(?:议题|上会|会议议题)(?:吧|呗)?[:,是为]?\s*(?P<title>.+)|^议题[:]\s*(?P<bare>.+)"
    r"|^议题(?:里|上|中|清单)?(?:再|还|也)*(?:新增|增加|添加|补充|加|添|补)(?:上|进)?(?:[一两]?[个项条]|一)?[:,]\s*(?P<added>.+)"
)
_IN_SESSION = (
    r"(?:在|拿到|放到)?(?:下次|这次|本次)?(?:上会|联席会上?|会议?上)(?:研究|讨论|审议|议一?议|议一下|上会|协调)"
)
_TO_DISCUSS = re.compile(rf"(?P<title>.{{2,60}}?)(?:这个事|这事|的事)?[,]?(?:能不能|能否|想|建议|希望|请){_IN_SESSION}")
_DISCUSS_THAT = re.compile(
    rf"^(?:我们|我校|我司|我单位|本单位)?(?:想|建议|希望|请){_IN_SESSION}(?:一下|下)?[:,]?(?P<that>(?!什么|哪)[^?]{{2,60}}?)(?:的事|这个事|这事)?[。!]?$"
)
_FORMAL = re.compile(r"如何|怎样|是否|能否|可否|能不能|要不要|可不可以|该不该")
"""So titles are worded that a mark sets off: 报个议题：如何共建实训基地; 报议题要不要盖章 asks the bot."""
_PARTICLES = re.compile(r"[了吗呢啊吧没有的过嘛么?？。]")
_NO_SUBJECT = re.compile(r"(?:我|我们|咱们)?(?:也|都)?(?:想|要|希望|建议)?")


def read_update(text: str, moment: Moment) -> ItemUpdate | None:
    """What the text does to action items; None when it does nothing to any."""
    plain = same_shape(text).strip()
    items = item_numbers(plain)
    extension = _extension(plain, items, moment)
    if extension:
        return extension
    told = stated(plain)
    if _FINISHED_OR_NOT.search(told):
        return None
    percent = _percent(told)
    if _DONE.search(told) and not _NOT_DONE.search(told) and (percent is None or percent == 100):
        return (
            ItemUpdate(ItemIntent.REPORT_DONE, items, evidence=_evidence(plain))
            if items or _speaks_of_item(plain)
            else None
        )
    if items and (percent is not None or _PROGRESS.search(told) or _NOT_DONE.search(told)):
        return ItemUpdate(ItemIntent.PROGRESS, items, percent, _evidence(plain))
    if items and _ACK.search(told):
        return ItemUpdate(ItemIntent.ACKNOWLEDGE, items)
    return None


def said_besides(text: str) -> str:
    """What a report says beyond 「第3条办完了」; empty when it says no more."""
    for clause in re.finditer(r"[^,，;；。!！]+[,，;；。!！]*", text):
        if _DONE.search(same_shape(clause[0])):
            return f"{text[: clause.start()]}{text[clause.end() :]}".strip(" ,，;；。!！")
    return text


def read_topic(text: str, units: UnitNames) -> TopicProposal | None:
    """The topic that the text proposes for a meeting; None when it proposes none."""
    plain = same_shape(text)
    match = _TOPIC.search(plain) or _DISCUSS_THAT.search(plain) or _TO_DISCUSS.search(plain)
    if not match:
        return None
    group = next(name for name, said in match.groupdict().items() if said)
    body = text[match.start(group) : match.end(group)].strip(" ：:，,。")
    title = re.split(r"[，,。；;\n]", body, maxsplit=1)[0].strip()
    asked = [mention.name for mention in units.mentions(text[match.start() :])]
    if match.re is _TOPIC and _asks_the_bot(plain[: match.start(group)], title):
        return None
    is_subject = len(_PARTICLES.sub("", title)) >= 2 and not _NO_SUBJECT.fullmatch(title)
    return TopicProposal(title, tuple(dict.fromkeys(asked)), body) if is_subject else None


def _asks_the_bot(before: str, title: str) -> bool:
    """A colon makes a title of what follows, unless a question mark ends it; without a mark 报议题 is the subject."""
    if before.rstrip().endswith(":"):
        return title.endswith(("?", "？"))
    return asks(_FORMAL.sub("", title) if before.endswith((",", " ")) else title)


def asked_due(update: ItemUpdate, due_on: date, moment: Moment) -> date | None:
    """The due date that an extension asks for, given the current one; None when it names no length."""
    if update.until:
        return update.until
    return moment.workdays.shift(due_on, update.workdays) if update.workdays else None


def _extension(plain: str, items: tuple[int, ...], moment: Moment) -> ItemUpdate | None:
    if _NOT_A_REQUEST.search(plain):
        return None
    delay = _ASKS_ITSELF.search(plain) or _LONGER.search(plain)
    if not delay or (delay.re is _LONGER and not (items or _ASKING.search(plain) or len(plain) <= SHORT_REQUEST)):
        return None
    clause_end = re.search(r"[,;。]", plain[delay.end() :])
    clause = plain[delay.start() : delay.end() + clause_end.start() if clause_end else len(plain)]
    until_match = _UNTIL.search(clause)
    until = None
    if until_match:
        deadline = read_deadline(until_match["rest"], moment, labelled=True)
        until = deadline.due_on if deadline else None
    amount = None if until else _AMOUNT.search(clause)
    return ItemUpdate(
        ItemIntent.EXTEND, items, workdays=_workdays(amount, moment), until=until, reason=_reason(plain, clause)
    )


def _workdays(amount: re.Match[str] | None, moment: Moment) -> int | None:
    """Days are asked in workdays (缓两天 over a weekend means two days of work); weeks and months in their workdays."""
    if amount is None:
        return None
    if amount["unit"] in ("工作日", "天", "日"):
        return small_number(amount["amount"])
    if amount["unit"] in ("周", "星期", "礼拜"):
        number = small_number(amount["amount"])
        return number * 5 if number else None
    later = add_duration(moment.said_on, amount["amount"], amount["unit"], moment.workdays)
    return moment.workdays.count(moment.said_on, later) if later else None


def _reason(plain: str, clause: str) -> str:
    stated = _REASON.search(plain)
    if stated:
        return stated["reason"].strip()
    start = plain.find(clause)
    before = re.match(r".*[,;。]", plain[:start])
    others = [before[0] if before else "", plain[start + len(clause) :]]
    numbers = r"^第?[\d一二三四五六七八九十、,和]+(?:条|项|号)(?:事项|任务)?"
    rest = [re.sub(numbers, "", part).strip(" ,;。、?!吗行不") for part in others]
    return next((part for part in reversed(rest) if len(part) >= 4), "")


def _percent(plain: str) -> float | None:
    match = _PERCENT.search(plain)
    if not match:
        return None
    value = float(match[1]) if match[1] else small_number(match[2])
    return float(value) if value is not None and value <= 100 else None


def _evidence(plain: str) -> str:
    match = _EVIDENCE.search(plain)
    return match[0].strip() if match else ""


def _speaks_of_item(plain: str) -> bool:
    return re.search(r"事项|议定|督办|上次(?:会议|联席会)|交办|会上定", plain) is not None
