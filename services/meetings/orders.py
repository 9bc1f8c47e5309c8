"""What the secretariat asks of a meeting, in words: set, move or cancel it, propose dates, show something."""

import re
from dataclasses import dataclass
from datetime import date, time

from services.meetings.errors import PlanUnclear
from services.meetings.timetable import MeetingKind
from services.meetings.wording import day_or_none, same_shape, small_number
from services.periods import Period

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
_VERBS = {
    "convene": r"新建|新开|召开|安排(?:一下|一次|一场)?|定(?:在|于|一下)?|new",
    "move": r"改期|改到|改在|改至|推迟到|延期到|提前到|挪到|move",
    "cancel": r"取消|不开了|cancel",
    "target": r"指标",
    "propose": r"(?:建议|提议)(?:日期|时间)?|推荐(?:日期|时间)?|选(?:个)?日子|propose",
    "pack": r"会议包|会前包|会议材料包|会议手册|出材料|pack",
    "sign": r"纪要已?签发|签发",
    "minutes": r"纪要(?:草稿|初稿)?|minutes",
    "topics": r"议题(?:清单|汇总|列表)?|topics",
    "board": r"(?:提交|会前)情况|进度|材料(?:情况|进度|清单)?|谁没(?:交|回)|未报名单|回执(?:情况)?|board",
    "timetable": r"时间表|日程|倒排|timetable",
    "present": r"(?:实到|到会|签到)(?:人数)?",
    "items": r"议定事项|落实情况|督办|台账|items",
    "tasks": r"任务(?:亮灯|进展)?|亮灯|tasks",
    "agenda": r"议程|agenda",
}
_VERB = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _VERBS.items()), re.IGNORECASE)
_NAMED = re.compile(r"^(?:这次|本次|下次)?(?:的)?(?:联席会议?|理事会议?|联络员会议?|预备会|汇报会|调度会|会议?)")
_ISO = re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})")
_SAID = re.compile(r"(?:(?P<y>\d{4})年|(?P<next>明年))?(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]?")
_CLOCK = re.compile(r"(?P<half>上午|下午|晚上)?\s*(?P<h>\d{1,2}):(?P<min>\d{2})")
_SPOKEN = re.compile(
    r"(?P<half>上午|下午|晚上)?\s*(?P<h>\d{1,2}|[一二两三四五六七八九十]{1,3})点(?P<min>半|\d{1,2}分?|[一三]刻)?"
)
_PLACES = (
    re.compile(r"(?:地点|地方)\s*(?:定在|改在|改到|设在|在|是|为)?\s*[:]?\s*(?P<place>[^,;。\n]{2,60})"),
    re.compile(r"在\s*(?P<place>[^,;。\n]{2,60}?)(?=召?开|举行|举办|碰头|[,;。\n]|$)"),
)
_NO_PLACE = re.compile(r"\d|[本下上这]个?[周月季]|[明后今]天|[周星礼]")
_QUARTER = re.compile(r"(?P<year>\d{4})[年]?(?:Q|第)?(?P<n>[1-4一二三四])(?:季度)?", re.IGNORECASE)


@dataclass(frozen=True)
class MeetingOrder:
    """An order as understood. Only what was said is set."""

    verb: str
    kind: MeetingKind | None = None
    on: date | None = None
    starts_at: time | None = None
    place: str = ""
    quarter: Period | None = None
    number: int | None = None
    rest: str = ""


def read_meeting_order(text: str, today: date) -> MeetingOrder:
    """The order; verb `show` when none is recognised.

    Raises:
        PlanUnclear: a date that no calendar has.
    """
    plain = same_shape(text).strip()
    found = _VERB.search(plain)
    verb = found.lastgroup or "show" if found else "show"
    rest = plain[found.end() :].strip(" ,:;。") if found else plain
    if verb == "cancel":
        rest = _NAMED.sub("", rest).strip(" ,:;。")
    number = re.search(r"(\d{1,3})", rest) if verb == "present" else None
    return MeetingOrder(
        verb=verb,
        kind=next((kind for word, kind in KINDS.items() if word in plain.lower()), None),
        on=read_day(plain, today) if verb in ("convene", "move", "show") else None,
        starts_at=read_clock(plain),
        place=_place(plain),
        quarter=_quarter(plain) if verb == "propose" else None,
        number=int(number[1]) if number else None,
        rest=rest,
    )


def read_day(plain: str, today: date) -> date | None:
    """The day named; without a year, the next such day.

    Raises:
        PlanUnclear: there is no such day.
    """
    found = _ISO.search(plain) or _SAID.search(plain)
    if not found:
        return None
    month, number = int(found["m"]), int(found["d"])
    year = int(found["y"]) if found["y"] else today.year
    if found.groupdict().get("next"):
        return day_or_none(today.year + 1, month, number)
    day = day_or_none(year, month, number)
    if day is not None and not found["y"] and day < today:
        day = day_or_none(year + 1, month, number)
    if day is None:
        raise PlanUnclear(problem="no_such_day", given=found[0])
    return day


def read_clock(plain: str) -> time | None:
    """The time of day named: 14:30, 下午2点半."""
    found = _CLOCK.search(plain) or _SPOKEN.search(plain)
    hour = small_number(found["h"]) if found else None
    if not found or hour is None:
        return None
    said = found["min"] or ""
    minute = {"": 0, "半": 30, "一刻": 15, "三刻": 45}.get(said, small_number(said.rstrip("分")) or 0)
    if found["half"] in ("下午", "晚上") and hour < 12:
        hour += 12
    if hour > 23 or minute > 59:
        raise PlanUnclear(problem="time_bad", given=found[0])
    return time(hour, minute)


def quarter_about(meeting_on: date) -> Period:
    """The quarter that a meeting on that day is about: a meeting in a quarter's first month looks back."""
    quarter = Period.month_of(meeting_on).quarter_of
    return quarter.previous if meeting_on.month % 3 == 1 else quarter


def _place(plain: str) -> str:
    """Behind 地点, else behind 在 where no time stands: 定在12月22日 names none."""
    places = (found["place"].strip() for pattern in _PLACES for found in pattern.finditer(plain))
    return next((place for place in places if not _NO_PLACE.match(place)), "")


def _quarter(plain: str) -> Period | None:
    found = _QUARTER.search(plain)
    if not found:
        return None
    number = "一二三四".index(found["n"]) + 1 if found["n"] in "一二三四" else int(found["n"])
    return Period(int(found["year"]), quarter=number)
