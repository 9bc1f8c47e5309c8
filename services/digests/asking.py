"""What people ask of digests in their own words: a digest to be made, or one figure. Pure; nothing is looked up."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from knowledge.language.content import content_words
from knowledge.language.folding import fold
from services.checkins.form import Form
from services.digests.figure_words import Figure, name_figure
from services.periods import Period, read_period
from services.speech import asks

LONGEST_ORDER = 60
LONGEST_QUESTION = 80
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?"
_PERIOD = re.compile(
    r"\d{4}[-./](?:1[0-2]|0?[1-9])(?!\d)|\d{4}q[1-4]"
    rf"|(?:(?:\d{{4}}|[今去本上明])年)?(?:{_MONTH})"
    r"|(?:(?:\d{4}|[今去明])年)?第?[一二三四1-4]季度?|(?<![a-z\d])q[1-4]"
    r"|上上个月|上个?月|本月|这个?月|当月|[上本]个?季度|这个季度|(?<!\d)20\d{2}(?!\d)年?度?|[今去前本]年度?"
)
_BASE = re.compile(rf"(?:比|[跟和同与](?=[^比]{{1,12}}比)|相比|相较于?)(?:{_PERIOD.pattern})")
_DIGEST = re.compile(r"简报|季报|年报|digest|(?:汇总|总结)报告")
_MONTHLY = re.compile(r"(?:出|生成|汇总|整|做)(?:一?[下个份]|出)?.{0,8}月报")
# The ledger of a month is a digest too; other ledgers have rooms of their own, and who files a report orders none.
_LEDGER = re.compile(
    r"(?:导出?|下载|生成|整理|汇总|统计)(?:一?[下份个]|出)?[^,。:]{0,14}(?:台账|数据|报表|汇总表?|统计表)"
    r"|(?:出|做|来|要|给我|发我?)(?:一?[下份个]|出)?[^,。:]{0,10}(?:台账|汇总表?|统计表)"
    r"|(?:数据|台账|报表|指标)[^,。:]{0,3}(?:导|做成|整理|生成|汇总|汇成)"
)
_WANTS_ONE = re.compile(
    rf"(?:{_PERIOD.pattern})的?(?:数据)?(?:汇总|台账|总表|统计)表?(?:我)?(?:要|来|给我|发我)(?:一?[份个])?(?:吧)?[。!]*"
)
_PERIOD_LEDGER = re.compile(
    rf"(?:看看?|要|来)?(?:一下|一?份)?(?:{_PERIOD.pattern})的?(?:月报|数据|填报)?(?:汇总|台账|总表|统计)(?:表|情况)?[。!]*"
)
_OTHER_LEDGER = re.compile(
    r"供需|岗位|毕业生|招聘|工单|协议|平台|基地|需求|技术服务|议定|事项|督办|任务|成员|名册|登记|纪要|(?:会议|会前|上会)材料|议题|回执|模板|制度|口径|说明|来源|(?<![月汇季年简])报(?!表)"
    r"|填报|[填交]|已|汇总(?:到|给(?!我)|后|完|了)|了[。!]*$"
)
_ASKS_ABOUT = re.compile(r"什么|啥时|几号|多久|怎么|为何|谁|[吗嘛?？]|要求|格式|规定|模板")
_LABELLED = re.compile(r"(?!.{0,6}报)[一-龥]{2,8}:")
"""亮点：…能不能放进简报 is a text of the form, whatever it speaks of."""
_WORD, _EXCEL = re.compile(r"word|docx|文档"), re.compile(r"excel|xlsx|表格|台账")
_PICTURE = re.compile(r"png|图表|配图|图片")
_UNREVIEWED = re.compile(r"(?:含|包括|加上|连)?(?:未|没|待)审核?|先不管审核")
_TO = re.compile(
    r"(?:发|转|抄|寄|送|推)(?:[送发])?(?:一?[份个下])?(?:给|到|往|至)(?!我|咱|本人)(?P<to>[^,。;:!?]{1,12}?)"
    r"(?:看看?|一下|一份|[吧了啊吗]|$|[,。;:!?])"
)
_QUESTION = re.compile(r"咋样|怎么?样|多少|[是有了]几|达标|对比|相比|比一?[比下]|变化|差多少|涨|跌|走势|趋势")
# Words of somebody who asks what a document says, not what was reported.
_NORM = re.compile(
    r"要求|要达到?|达到多少|必?须|应当|应该|规定|政策|文件|计划|方案|目标|指标体系|不低于|不少于|不得|考核|意思|怎么算|定义|口径|条件|标准|补贴|奖励|怎么填|填报|哪里填"
    r"|几天|多久|多长时间|何时|什么时候|几点|几号|在哪|哪里|由谁|谁来"
    r"|(?:要|得|该|需要?)(?:培训|聘请?|完成|建|新增|开展|提供|接收)|[没未]有?(?:办|解决|落实|完成|销|结)"
    r"|[够满]了?\d+(?:天|学时|课时)"
)
_TO_COME = re.compile(
    r"(?:(?P<year>20\d{2})年?|(?<![去前上])(?<![去前上]年))年?年[底末]|(?<!\d)(?P<bare>20\d{2})[底末]"
    r"|[明后]年(?!级)|下个?(?:月|季度|学期)|未来|今后|将来|届时|力争|争取|预[期计]"
)
_WITH_YEAR = re.compile(r"\d{4}|今年")
_FIGURE = re.compile(r"\d[\d.,]*[十百千万亿]*|[一二两三四五六七八九十]+[十百千万零一二三四五六七八九]+")
REPORTED_AT_ONCE = 3  # 在校生6420，实习970，本地700: that many figures are a report, however it is worded
_NOW = re.compile(
    r"现在|目前|最新|当前|眼下|全市|联合体|咱们?|我们|我校|我司|本单位|各校|各单位|大家|一共|总共|合计|总计|加起来|总数"
)
_HOW_MANY = re.compile(r"(?:过|了)?(?:多少|几)(?:人次|[个份家人名位项次])?(?=[一-龥]{2})(?!万元?)")
_THRESHOLD = re.compile(r"(?:到|达|达到|超|超过|过|够|满)了?(?P<number>\d+(?:\.\d+)?)(?P<sign>%|万)?")


@dataclass(frozen=True)
class DigestOrder:
    """A digest wanted. No period: the last month that was due; no formats: whatever is usual; `to`: whom else for."""

    period: Period | None
    formats: tuple[str, ...] = ()
    with_unreviewed: bool = False
    to: str = ""


@dataclass(frozen=True)
class Known:
    """A unit that a question may name."""

    unit_id: int
    kind: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class FigureQuestion:
    """One figure wanted: of a unit or of all, in a period, against another, against a number."""

    key: str
    unit_id: int | None = None
    period: Period | None = None
    against: Period | None = None
    threshold: Decimal | None = None


def read_order(words: str, around: Period) -> DigestOrder | None:
    """The digest that the words order; None when they order none."""
    told = fold(words)
    if len(told) > LONGEST_ORDER or _ASKS_ABOUT.search(told):
        return None
    if not (_DIGEST.search(told) or _MONTHLY.search(told) or _wants_ledger(told)):
        return None
    if _LABELLED.match(told):
        return None
    periods = find_periods(told, around)
    quarterly = next((found for word, found in _spans(around) if word in told), None)
    sent = _TO.search(told)
    to = sent["to"] if sent else ""
    return DigestOrder(periods[0] if periods else quarterly, read_formats(told), bool(_UNREVIEWED.search(told)), to)


def _wants_ledger(told: str) -> bool:
    return not _OTHER_LEDGER.search(told) and bool(
        _LEDGER.search(told) or _WANTS_ONE.fullmatch(told.strip()) or _PERIOD_LEDGER.fullmatch(told.strip())
    )


def read_command(args: str, around: Period) -> DigestOrder | None:
    """The rest of `/digest`: a period in any writing, formats; None when something in it is neither."""
    told = fold(args)
    periods, formats = find_periods(told, around), read_formats(told)
    rest = _PERIOD.sub(" ", told)
    for pattern in (_WORD, _EXCEL, _PICTURE, _UNREVIEWED, re.compile(r"[的,、和及份 ]|简报")):
        rest = pattern.sub("", rest)
    if rest.strip():
        return None
    return DigestOrder(periods[0] if periods else None, formats, bool(_UNREVIEWED.search(told)))


def read_formats(told: str) -> tuple[str, ...]:
    """Formats named in folded words."""
    patterns = (("docx", _WORD), ("xlsx", _EXCEL), ("png", _PICTURE))
    return tuple(name for name, pattern in patterns if pattern.search(told))


def find_periods(told: str, around: Period) -> list[Period]:
    """Periods in the order in which folded words name them. Without a year, one that is still to come was last year."""
    return [period for match in _PERIOD.finditer(told) if (period := _period(match[0], around)) is not None]


def _period(written: str, around: Period) -> Period | None:
    try:
        return Period.of(written)
    except ValueError:
        pass
    period = read_period(written.rstrip("度") if written.endswith("年度") else written, around)
    if period is None or re.search(r"\d{4}|[今明后]年", written) or period.first_day <= around.last_day:
        return period
    return period.shift(-12 if period.month else -4 if period.quarter else -1)


def sounds_like_question(words: str) -> bool:
    """A cheap look before units are looked up."""
    told = fold(words)
    return (
        len(told) <= LONGEST_QUESTION
        and bool(asks(told) or _QUESTION.search(told))
        and not _NORM.search(told)
        and len(_FIGURE.findall(_PERIOD.sub("·", told))) < REPORTED_AT_ONCE
    )


def looks_ahead(told: str, around: Period) -> bool:
    """Whether folded words ask of a day to come: 2028年底, 明年, 今年12月. Plans tell of it, no report does."""
    for found in _TO_COME.finditer(told):
        year = found["year"] or found["bare"]
        if year is None or int(year) >= around.year:
            return True
    named = [one[0] for one in _PERIOD.finditer(told) if _WITH_YEAR.search(one[0])]
    periods = [_period(one, around) for one in named]
    return any(one is not None and one.first_day > around.last_day for one in periods)


def read_question(
    words: str, around: Period, forms: Sequence[Form], units: Iterable[Known], own: Known | None = None
) -> FigureQuestion | None:
    """The figure that a question is about; None unless a unit, a time or 我们 ties it to what was reported.

    `own`: the unit that is meant where none is named; its form has the figure or none has.
    """
    told = fold(words).replace(" ", "")
    if not sounds_like_question(words):
        return None
    if looks_ahead(told, around):
        return None
    units = tuple(units)
    unit, name = _unit(told, units)
    rest = told.replace(name, "·") if name else told
    periods = find_periods(rest, around)
    if not (unit or periods or _NOW.search(rest)):
        return None
    unit = unit or own
    figure = _figure(rest, forms, unit, units) or _figure(_HOW_MANY.sub("", rest), forms, unit, units)
    if figure is None:
        return None
    threshold = _threshold(_PERIOD.sub("·", rest))
    asked, against = (periods[0] if periods else None), (periods[1] if len(periods) > 1 else None)
    if len(periods) == 1 and (base := _BASE.search(rest)):  # 「比9月怎么样」: the one period named is the base
        whole_year = periods[0].month is None and periods[0].quarter is None
        told_anyway = "上" in base[0] or whole_year  # 环比 and 同比 stand beside every figure
        asked, against = None, None if told_anyway else periods[0]
    return FigureQuestion(figure.key, unit.unit_id if unit else None, asked, against, threshold)


def _figure(rest: str, forms: Sequence[Form], unit: Known | None, units: Sequence[Known]) -> Figure | None:
    """The figure that the words are about alone; 新签了几份协议 is asked without 了几份 too."""
    figure = name_figure(_PERIOD.sub("·", rest), forms, unit.kind if unit else "")
    for read in (_BASE, _THRESHOLD, _PERIOD, _QUESTION, _NOW):
        rest = read.sub("·", rest)
    others = (*(unit.names if unit else ()), *_own_places(rest, units))
    return figure if figure is not None and figure.leaves_nothing(rest, others) else None


def _unit(told: str, units: Iterable[Known]) -> tuple[Known | None, str]:
    named = [(name, unit) for unit in units for name in map(fold, unit.names) if len(name) > 1 and name in told]
    if not named:
        return None, ""
    name, unit = max(named, key=lambda pair: len(pair[0]))
    return unit, name


def _own_places(told: str, units: Iterable[Known]) -> list[str]:
    """Words that more than one unit's name begins with (云州, 云州市): the consortium's own place."""
    names = [fold(unit.names[0]) for unit in units if unit.names]
    words = [word for word in content_words(told) if len(word.rstrip("市县区")) > 1]
    return [word for word in words if sum(name.startswith(word.rstrip("市县区")) for name in names) > 1]


def _threshold(told: str) -> Decimal | None:
    found = _THRESHOLD.search(told)
    if found is None:
        return None
    return Decimal(found["number"]) * (10_000 if found["sign"] == "万" else 1)


def _spans(around: Period) -> list[tuple[str, Period]]:
    """季报 means the last quarter that is over, 年报 the last year."""
    last = around.previous
    quarter = last.quarter_of if last.is_quarter_month else last.quarter_of.previous
    return [("季报", quarter), ("年报", Period(last.year if last.month == 12 else last.year - 1))]
