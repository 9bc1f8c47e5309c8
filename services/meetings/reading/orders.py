"""What the secretariat asks of a meeting, in words: set, move or cancel it, propose dates, show something."""

import re
from dataclasses import dataclass, replace
from datetime import date, time

from services.meetings.reading.looks import wants_dates, wants_papers, wants_tasks
from services.meetings.reading.outcomes import Turnout, read_turnout
from services.meetings.reading.said_when import EARLIER, LATER, TIMES, SaidDay, in_digits, read_clock, read_day
from services.meetings.reading.wording import same_shape
from services.meetings.rules.timetable import MeetingKind
from services.orders.sentence import trim_reason
from services.orders.words import ASKS_HOW
from services.periods import Period
from services.speech import asks

_WHO = r"(?:谁|哪[些几]?[家个]?(?:单位|学校|企业|部门)?|(?:有|还有)?(?:多少|几)[家个]?(?:单位|人)?)"
REPLIES = (
    r"回执(?:情况)?|(?:参会|到会|报名|出席)(?:情况|名单|人员)"
    rf"|{_WHO}(?:还|都|会|能|说|讲|已经?|确定)*(?:不|没|未)*(?:来(?:参加|参会|开会)?|参加|参会|出席|到会|请假|替会)"
    r"(?=$|[,。?!了吗呢啊会谁]|联席|理事|[这本下]次)"
    rf"|{_WHO}(?:还|都)*(?:没|未)(?:有)?(?:定|说|确定|想)?(?:好|下来)?(?:来不来|去不去|参不参加|参加不参加)"
    rf"|{_WHO}(?:都|已经?)*(?:确认|答应|同意|报名|回执说)?(?:参加|出席|报名|回执|参会)了?(?=$|[,。?!吗呢啊])"
    rf"|{_WHO}(?:还|都|有)*(?:没|未)(?:有)?(?:回复|回执|回应|回话|确认|报名|回)"
)
KINDS = {
    "理事会": MeetingKind.COUNCIL,
    "联络员会": MeetingKind.LIAISON,
    "预备会": MeetingKind.LIAISON,
    "汇报会": MeetingKind.REPORT,
    "调度会": MeetingKind.REPORT,
    "联席会": MeetingKind.JOINT,
    "council": MeetingKind.COUNCIL,
    "liaison": MeetingKind.LIAISON,
    "report": MeetingKind.REPORT,
    "joint": MeetingKind.JOINT,
}
_AS_IT_STANDS = re.compile(r"(?:从|由|原定|原来)[^,;。]{1,16}?(?=改|换|调|推|提|挪|延|顺)")  # 从22号改到29号
_TIME_CHANGES = r"时间.{0,3}(?:改|换|调|变)"
_VERBS = {
    "convene": (
        r"新建|新开|召开|安排(?:一下|一次|一场)?|(?<!原)定(?:在|于|一下)?"
        r"|开(?:一?[个次场]|会|(?=联席|理事|联络员会|预备|汇报|调度))|new"
    ),
    "move": (
        rf"改期|改(?:到|在|至|成|为|(?=线上|视频|\d|[一二三四五六七八九十]{{1,3}}月|下?下?[周个]|星期"
        rf"|明))|{_TIME_CHANGES}|[换挪移搬]到|调整?[到至为]|换成"
        rf"|(?:{LATER}|{EARLIER})(?:到|至|开|召开)?|move"
    ),
    "put": r"放[在到]|安排[在到]",
    "cancel": r"取消|不开了|停(?:了|掉|办|开)|cancel",
    "target": r"指标",
    "propose": r"(?:建议|提议)(?:日期|时间)?|推荐(?:日期|时间)?|选(?:个)?日子|propose",
    "pack": r"会议包|会前包|会议材料包|会议手册|出材料|pack",
    "sign": r"纪要[^,;。]{0,6}签(?:发|过|好|完)?了?(?!字)|签发",
    "minutes": r"纪要(?:草稿|初稿)?|minutes",
    "topics": r"议题(?:清单|汇总|列表)?|topics",
    "board": rf"(?:提交|会前)情况|进度|材料(?:情况|进度|清单)?|谁没(?:交|回)|未报名单|{REPLIES}|board",
    "timetable": r"时间表|日程|倒排|timetable",
    "present": r"(?:实到|到会|签到)(?:人数)?",
    "items": r"议定事项|落实情况|督办|台账|items",
    "tasks": r"任务(?:亮灯|进展)?|亮灯|tasks",
    "agenda": r"议程|agenda",
}
_VERB = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _VERBS.items()), re.IGNORECASE)
_NAMED = re.compile(r"^[^,:;。]{0,12}?(?:联席会议?|理事会议?|联络员会议?|预备会|汇报会|调度会|会议|(?<=次)会)")
_ABOUT = re.compile(
    r"联席会|理事会|联络员会|预备会|汇报会|调度会|会议(?!室)|会前包|任务亮灯|纪要"
    r"|开会|[这本下]次会|[这那]个会(?=改|推|提前|往|挪|延|顺|不开|先|取消)|会期|(?:季度|次"
    r"|个)的?会(?=[放定改挪推安])|(?:^|[把将])会(?=放|定在|定到|安排)|^(?:把|将|请)?会(?=推|提前|往|改"
    r"|挪|延|顺|不开)"
)
_CALLED_OFF = re.compile(r"^(?>(?:[了吧呗啊呀哦嘛掉!,:;。 ]|一下|算|得)+)")
# What else is put off or moved in this field.
_OTHER_MATTER = re.compile(
    r"月报|填报|报送|上报|催报|事项|工单|协议|项目|任务\d|第\s*\d+\s*[条项]|联络员(?!会)|简报|文件|资料"
)
_TURNED_INTO_A_QUESTION = re.compile(r"(?:怎么?样|咋样|如何)(?:了|呢)?[?]?$|呢?[?]$")
_SENDS_WORD = re.compile(r"发(?:一?[个条])?(?:消息|信息|短信|微信|私信)|(?:让|叫|请)(?:他|她)们?(?!.{0,4}改)")
_WHO_OWES = re.compile(r"谁(?=没(?:交|回))")  # asks, and by that orders the board
_OF_RULES = re.compile(r"规定|要求|可以|流程|程序|格式|模板")
_TOPICS_ASKED = re.compile(
    r"(?:[看查]|列出|给我|现在|目前|这次|本次|(?:联席)?会议?|一下|都|已经|[,的])*"
    r"(?:议题(?:清单|汇总|列表|情况|(?:都|已经)?(?:报|收|提|征集|有)(?:了|到|上来)*(?:哪些|什么|几个|多少)?)"
    r"|(?<=看)议题|(?<=看一下)议题|(?:都|已经|一共)*(?:报|收|提|征集|有)(?:了|到|上来)*(?:哪些|什么"
    r"|几个|多少)议题)(?:了|啊|呢|来着)*[?。]?"
)
_SAID_PLACE = r"(?P<place>[^,;。!\n]{2,60}?)"
_PLACE_ENDS = r"(?=(?:召?开|举行|举办|碰头|进行)|[,;。!\n]|$)"
_PLACES = (
    re.compile(
        r"(?:地点|地方|会场|场地|会议室(?=换|改|变|挪|定|调))\s*(?:也|再|就|要|都|给|帮我|请)*(?:定在"
        r"|改在|改到|改成|改为|换成|换到|换在|设在|放在|挪到|移到|搬到|变更为|调整到|调整为|在|是|为)?"
        rf"\s*[:]?\s*{_SAID_PLACE}{_PLACE_ENDS}"
    ),
    re.compile(rf"(?<![定存现])在\s*{_SAID_PLACE}{_PLACE_ENDS}"),
    re.compile(rf"(?:改到|改成|改为|换到|换成|挪到|移到|搬到|定在|定到|去|到)\s*{_SAID_PLACE}{_PLACE_ENDS}"),
    re.compile(r"改(?P<place>线上|视频会?议?)"),
)
_CHANGES_PLACE = re.compile(
    r"(?:地点|地方|会场|场地|会议室).{0,4}(?:改|换|变|挪|移|搬|调整)|换个?(?:地点|地方|会场|场地)"
)
_SETS_PLACE = re.compile(r"(?:地点|地方|会场|场地)(?:就|先|最后|最终)*(?:定|设|放|安排)[在到]")
_VENUE = re.compile(
    r"(?:室|厅|楼|馆|院|校|中心|园区?|礼堂|酒店|宾馆|会堂|大厦|基地|公司|集团|学校|局|委|[层楼]|厂区?"
    r"|政府|线上|视频会?|腾讯会议|(?<=[一-龥])\d{3,4})$"
)
_NOT_A_PLACE = re.compile(
    r"^(?:改|换|变|不变|照旧|不动|不用|还是|一下|有变|待定|的)|\d{1,2}月|[本下上这]个?[周月季]|^(?:周|星期|礼拜)"
    r"|[改换]成|[改调]为|应[该为是]|[多少]了|比"  # 在岗实习改成750 is a figure
)
_QUARTER = re.compile(
    r"(?:(?P<year>\d{4})[年]?|(?P<near>今年|明年))(?:Q|第)?(?P<n>[1-4一二三四])(?:季度)?", re.IGNORECASE
)
_COUNTED = re.compile(r"(?<![\d.第])(\d{1,3})(?![\d月.:点日号年%])\s*(?P<units>[多来余]?(?:家|所|个(?:成员)?单位))?")
SHOWS = frozenset({"propose", "pack", "minutes", "topics", "board", "timetable", "agenda", "present", "sign", "tasks"})
LONGEST_SHOW = 18
LONGEST_PLACE = 24
LONGEST_BARE = 10  # 联席会改期: to when is asked


@dataclass(frozen=True)
class MeetingOrder:
    """An order as understood. Only what was said is set. `day` is of a new meeting, or seen from one that stands."""

    verb: str
    kind: MeetingKind | None = None
    day: SaidDay | None = None
    starts_at: time | None = None
    place: str = ""
    quarter: Period | None = None
    turnout: Turnout | None = None
    rest: str = ""


def read_meeting_order(text: str, today: date) -> MeetingOrder:
    """The order; verb `show` when none is recognised.

    Raises:
        PlanUnclear: a date that no calendar has.
    """
    plain = in_digits(text).strip()
    verbs = list(_VERB.finditer(plain))
    found = verbs[0] if verbs else None
    if found and found[0].startswith("开"):  # 开会时间改成三点 opens no meeting
        found = next((one for one in verbs if one.lastgroup == "move"), found)
    verb = found.lastgroup or "show" if found else "show"
    rest = plain[found.end() :].strip(" ,:;。") if found else plain
    if verb == "cancel":
        rest = trim_reason(_CALLED_OFF.sub("", _NAMED.sub("", _CALLED_OFF.sub("", rest))))
    when = _AS_IT_STANDS.sub("", plain) if verb == "move" else plain
    return MeetingOrder(
        verb=verb,
        kind=_kind(plain),
        day=read_day(when, today) if verb in ("convene", "put", "move", "show") else None,
        starts_at=read_clock(when),
        place=_place(plain),
        quarter=_quarter(plain, today) if verb == "propose" else None,
        turnout=(read_turnout(plain) or _first_count(rest)) if verb == "present" else None,
        rest=rest,
    )


def is_about_meeting(text: str) -> bool:
    """Whether the words speak of a meeting of ours."""
    return _ABOUT.search(same_shape(text).strip()) is not None


def hear_meeting_order(text: str, today: date) -> MeetingOrder | None:
    """The order in a sentence that was not sent as a command: it must speak of a meeting, and be no question.

    A change needs more than its verb: a day, an hour, a place, or 取消. Who comes, and which topics came in, is asked.

    Raises:
        PlanUnclear: a date that no calendar has.
    """
    plain = in_digits(text).strip()
    if came := read_turnout(plain):
        return MeetingOrder("present", turnout=came)
    about = is_about_meeting(plain)
    if about and wants_dates(plain):
        return MeetingOrder("propose", kind=_kind(plain), quarter=_quarter(plain, today))
    if wants_tasks(plain) or wants_papers(plain):
        return MeetingOrder("tasks" if wants_tasks(plain) else "board")
    if len(plain) <= LONGEST_SHOW and _TOPICS_ASKED.fullmatch(plain):
        return MeetingOrder("topics")
    if re.search(REPLIES, plain) and not ASKS_HOW.search(_TURNED_INTO_A_QUESTION.sub("", plain)):
        named = about or re.search(r"回执|请假|替会|不来|谁来|参会|报名|确认参加", plain)
        return MeetingOrder("board") if named and len(plain) <= LONGEST_SHOW else None
    if asks(_WHO_OWES.sub("", plain)) or _OF_RULES.search(plain) or _OTHER_MATTER.search(plain):
        return None
    if _SENDS_WORD.search(plain):
        return None
    order = read_meeting_order(plain, today)
    sets_place = order.day is None and _SETS_PLACE.search(plain)
    if order.place and (sets_place or _CHANGES_PLACE.search(plain)):
        return replace(order, verb="move")
    if order.verb == "cancel":
        return order if about else None
    if order.verb in ("convene", "put"):
        return order if about and order.day is not None else None
    if order.verb == "move":
        begins = re.match(rf"(?:请|把|将|那就|还是|时间)*(?:改期|改到|{LATER}|{EARLIER}|{_TIME_CHANGES})", plain)
        told = order.day or order.starts_at or order.place or len(plain) <= LONGEST_BARE
        return order if told and (about or begins or order.place) else None
    return order if about and order.verb in SHOWS and len(plain) <= LONGEST_SHOW else None


def quarter_about(meeting_on: date) -> Period:
    """The quarter that a meeting on that day is about: a meeting in a quarter's first month looks back."""
    quarter = Period.month_of(meeting_on).quarter_of
    return quarter.previous if meeting_on.month % 3 == 1 else quarter


def _place(plain: str) -> str:
    """Behind 地点, else behind 在 or a verb of change where no time stands: 定在12月22日 names none."""
    ends = next((one for one in reversed(re.split("[,;。]", plain)) if one.strip()), "")
    alone = ends if ends != plain and not TIMES.search(ends) and not _VERB.search(ends) else ""
    timeless = TIMES.sub(lambda found: "," * len(found[0]), plain)
    for at, pattern in enumerate(_PLACES):
        for found in pattern.finditer(timeless):
            place = found["place"].strip(" :的")
            certain = at == 0 or (at == 1 and "换" not in place)
            if place and not _NOT_A_PLACE.search(place) and (certain or _VENUE.search(place)):
                return place
    alone = alone.strip()
    return alone if 2 < len(alone) <= LONGEST_PLACE and _VENUE.search(alone) and not _NOT_A_PLACE.search(alone) else ""


def _first_count(rest: str) -> Turnout | None:
    number = _COUNTED.search(rest)
    if number is None:
        return None
    return Turnout(units=int(number[1])) if number["units"] else Turnout(people=int(number[1]))


def _kind(plain: str) -> MeetingKind | None:
    return next((kind for word, kind in KINDS.items() if word in plain.lower()), None)


def _quarter(plain: str, today: date) -> Period | None:
    found = _QUARTER.search(plain)
    if not found:
        return None
    year = int(found["year"]) if found["year"] else today.year + (found["near"] == "明年")
    number = "一二三四".index(found["n"]) + 1 if found["n"] in "一二三四" else int(found["n"])
    return Period(year, quarter=number)
