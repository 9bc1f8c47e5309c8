"""Wishes for more time (晚交两天行吗, 下周一交可以吗) and for peace (别催了，周五前报), as people word them.

Pure. How long is never guessed: 晚几天 asks how many.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from knowledge.language.folding import fold
from services.calendar.zones import local_day
from services.checkins.office import Office
from services.meetings.reading.deadlines import read_deadline
from services.meetings.reading.due_readings import Moment
from services.numbers import read_numeral

LONGEST, LONGEST_ANSWER, LONGEST_PEACE = 60, 16, 24  # characters
LONGEST_DAYS = 60
_NUMBER = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,2}|半)"
_SPAN = (
    rf"(?<![\d一二两三四五六七八九十月到至])(?P<count>{_NUMBER})个?(?P<of>工作日|天|日(?!期)|星期|礼拜|周|(?<=个)月)"
)
_SPAN_AFTER = _SPAN.replace("<count>", "<count_after>").replace("<of>", "<of_after>")
_FEW = (
    r"(?:几|两三|二三|一两|三四|三五|四五)个?(?:工作日|天|日|星期|周)|些(?:天|日子|时候|时间)?|[一有]?点儿?"
    r"|一?段时间|一?阵子?|缓缓|缓一缓|一下"
)
_DELAY = (
    r"(?:缓(?![解缴冲和存])|延(?![续伸误])|宽限|宽延|放宽|推迟|推(?=到|至|后)|拖(?!欠|拉)|往后|等(?=到|等|我们?|咱|几|[\d一两])|迟(?=[几些点交报\d一二两三四五六七八九十])(?!报了|交了)"
    r"|晚(?![上会间宴])(?!报了|交了|于)|容(?=我|缓)|[再多](?:给|宽|要)|宽(?=[几\d一两])|顺(?=延|[\d一二两三四五六七八九十几]))"
)
_HANDS_IN = r"(?:上报|报送|提交|补[报交上]?|交|报|填|给)"
_MAY = (
    r"(?:能不能|可不可以|能否|可否|能|可以|行|成|好吗|要不|申请|请求|恳请|希望|想|麻烦|要|求|没关系|来得及"
    r"|[吗不吧呗么]\??$)"
)
_OTHERS = (  # what else is put off in this field; the check-in itself need not be named
    r"(?:会议?|[例开]会|协议|合同|[条项件]|任务|事项|项目|培训|实习期?|工程|材料|议题|回执|补贴|招聘|活动|验收|检查|开学|到岗|有效期|上课|考试|面试|课程?|工期)"
)
_OF_OTHERS = re.compile(rf"{_OTHERS}的?(?:{_MAY}|时间|我们?|[再先都也])*{_DELAY}")
_WHAT_CAME_OF_IT = re.compile(
    r"批(?:准|复|下来)?了?没|(?:批|同意|通过|答复|回复)了|哪[一]?[天日]|几号|多[久少]|什么时候|啥时|结果|提前|谁|哪几?家|几家|有没有|算不算|算迟|(?<!推)(?<!延)迟报(?!送)"
)
_OF_PAPERS = re.compile(rf"(?:材料|附件|证明|佐证|原件|扫描件|发票|盖章|签字|照片|截图)[^,;。]{{0,8}}{_HANDS_IN}")
"""材料3号补交: papers are promised, and the figures are not."""
_BY_SPAN = re.compile(rf"{_DELAY}[^,;。\d]{{0,6}}?{_SPAN}")
_IN_SPAN = re.compile(rf"(?:过{_SPAN}再?|{_SPAN_AFTER}(?:之后|以后|后)再?){_HANDS_IN}")
_BY_FEW = re.compile(rf"{_DELAY}[^,;。\d]{{0,4}}?(?:{_FEW})")
_BY_ALONE = re.compile(  # nothing but what is handed in is put off: 延迟退休的职工 is not
    rf"{_DELAY}(?>(?:[期长迟后缓些点]|宽限|一下|截止|时间|上来|月报|报表|数据|的|再|{_HANDS_IN}|{_FEW}|{_MAY}|我们?|咱们?|[行成好没了给])*)(?=$|[,;。?])"
)
_DELAYS, _ASKS = re.compile(_DELAY), re.compile(_MAY)
_BARE = re.compile(
    rf"(?:我们?|单位|学校|公司|[,， ])*(?:{_MAY}|再|先)*(?:延期|缓期|缓|延长|推迟|延)(?:{_HANDS_IN}|月报|一下)*"
)
_HANDED_IN_THEN = re.compile(rf"(?:前|之前|以前|再|才|能|[日号一二三四五六天])(?:再|才|能)*{_HANDS_IN}")
_REMINDS = r"(?:催(?![化熟眠])(?:报|促|办)?|提醒|通知|发[点些]?(?:提醒|消息|通知|信息)|[@艾]特?|打扰|烦|轰炸|推送)"
_PEACE = re.compile(
    rf"(?:别|不要|不用|不必|勿|少|停止?|暂停|关[掉了闭]?|取消|甭|能不能不|可不可以不)(?:老|总|再|一直|天天|给|我们?|老是|这么|那么|都|又|先){{0,4}}{_REMINDS}"
    r"|提醒(?:能不能|可不可以|可以|都|先|请)?(?:别|不要|停|关|取消|少)|免打扰|勿扰|先?别问"
)
_STATES_DAY = re.compile(
    rf"(?:前|再){_HANDS_IN}(?!材料|议题|回执|名单|方案)|(?<![月季年周日填])(?:补?[报交填]|补)(?:上)?$"
)
_PERIOD = re.compile(r"\d{1,2}月份?的?(?:月报|报表|数据|情况)?(?=报|交|填|$)")  # 报11月的: a period, no day
_DAY_ALONE = re.compile(r"(?<![\d月])(\d{1,2})[号日](?!之?前|以前)")
_DATE_IN_WORDS = re.compile(
    r"(十[一二]?|[一二三四五六七八九])月份?([一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[号日]"
)
_DAY_IN_WORDS = re.compile(
    r"(?<![月第一二三四五六七八九十\d])([一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])号(?!之?前|以前)"
)
_TIMES = re.compile(
    r"[\d一二两三四五六七八九十几]+(?:个)?(?:月|日|号|天|点|年|工作日|星期|周)|(?:周|星期|礼拜)[一二三四五六]"
)
_FIGURE = re.compile(r"[\d百千万]|[一二两三四五六七八九十]+[人名家项份场次台套]")
_ANSWER = re.compile(
    rf"(?:就|那|要|再|晚|缓|延|大概|差不多|先)*(?:{_SPAN}|(?P<days>{_NUMBER}))(?:吧|就行|就够了?|够了|可以|左右)*"
)


@dataclass(frozen=True)
class Wish:
    """Until when somebody wants time or, unless it `asks` for time, wants to be left in peace. None: not said."""

    until: date | None
    asks: bool = True
    beside_figures: bool = False


def read_wish(words: str, office: Office, due_at: datetime, *, now: datetime) -> Wish | None:
    """What the words ask for; None when they ask for no time. Days count from the due date, or from today after it."""
    said = fold(words).strip().rstrip("。!~")
    if len(said) > LONGEST or not any(one.search(said) for one in (_DELAYS, _PEACE, _HANDED_IN_THEN, _IN_SPAN)):
        return None
    if _OF_OTHERS.search(said) or _WHAT_CAME_OF_IT.search(said) or _OF_PAPERS.search(said):
        return None
    beside = _FIGURE.search(_TIMES.sub("", said)) is not None
    today = local_day(now, office.zone)
    base = max(today, local_day(due_at, office.zone))
    if found := _BY_SPAN.search(said):
        return _within(Wish(_later(base, found, office), beside_figures=beside), today)
    asks = _ASKS.search(said) is not None
    if asks and (found := _IN_SPAN.search(said)):
        return _within(Wish(_later(today, found, office), beside_figures=beside), today)
    day = _day(_PERIOD.sub("", said), office, today)
    if day is not None:
        delays = _DELAYS.search(said) is not None
        asks = asks and (delays or _HANDED_IN_THEN.search(said) is not None) and not _PEACE.search(said)
        if asks or delays or _PEACE.search(said) or _STATES_DAY.search(said):
            return _within(Wish(day, asks or delays, beside), today)
        return None
    if _BARE.fullmatch(said.rstrip("?吗不吧呗")) or (_BY_FEW.search(said) and (asks or "天" in said)):
        return Wish(None, beside_figures=beside)
    if asks and _BY_ALONE.search(said) and not beside:
        return Wish(None)
    return Wish(None, asks=False) if _PEACE.search(said) and not beside and len(said) <= LONGEST_PEACE else None


def read_until(words: str, office: Office, due_at: datetime, *, now: datetime) -> date | None:
    """The day that an answer to 晚几天 names: 两天, 3, 周五, 12月10号, 到下周一."""
    said = fold(words).strip().rstrip("。!~")
    today = local_day(now, office.zone)
    if len(said) <= LONGEST_ANSWER and (found := _ANSWER.fullmatch(said)):
        base = max(today, local_day(due_at, office.zone))
        return _later(base, found, office) if found["count"] else base + timedelta(days=_count(found["days"]))
    day = _day(said, office, today) if len(said) <= LONGEST_ANSWER else None
    return day if day is not None and day >= today else None


def _within(wish: Wish, today: date) -> Wish | None:
    """A day in the past asks for nothing, and one too far away is said of something else."""
    if wish.until is None:
        return wish
    return wish if today <= wish.until <= today + timedelta(days=LONGEST_DAYS) else None


def _later(start: date, found: re.Match[str], office: Office) -> date | None:
    groups = found.groupdict()
    count: str = groups["count"] or groups.get("count_after") or ""
    of: str = groups["of"] or groups.get("of_after") or ""
    if count == "半":
        return start + timedelta(days=15) if of == "月" else None
    if len(count) == 2 and not (count.isdigit() or "十" in count):  # 两三天
        return None
    if of == "工作日":
        return office.calendar.workdays.shift(start, _count(count))
    return start + timedelta(days=_count(count) * {"月": 30, "天": 1, "日": 1}.get(of, 7))


def _count(written: str) -> int:
    return int(read_numeral(written) or 0)


def _day(said: str, office: Office, today: date) -> date | None:
    dated = _DAY_ALONE.sub(r"\g<0>前", said)
    dated = _DAY_IN_WORDS.sub(lambda found: f"{_count(found[1])}号前", dated)
    dated = _DATE_IN_WORDS.sub(lambda found: f"{_count(found[1])}月{_count(found[2])}日", dated)
    named = read_deadline(dated, Moment(today, office.calendar.workdays), labelled=True)
    return named.due_on if named is not None else None
