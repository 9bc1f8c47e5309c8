"""What somebody of the secretariat tells of a meeting that was held: how many came, and what was decided there."""

import re
from dataclasses import dataclass

from services.meetings.reading.wording import NUMBER, same_shape, small_number
from services.orders.sentence import Sentence
from services.orders.words import ASKS_HOW, FILLER
from services.speech import asks

LONGEST_TURNOUT = 60
LONGEST_DECIDED = 600
_UNITS = r"家(?:成员)?(?:单位|学校|企业)?|个(?:成员)?单位|所(?:学校|院校)?"
_HEADS = r"个人|个代表|人(?!次)|位(?:代表|同志|领导)?|名(?:代表|同志)?"
_COUNT = re.compile(rf"(?<![\d.第])(?P<number>{NUMBER})\s*(?:(?P<units>{_UNITS})|(?P<heads>{_HEADS}))")
_BARE = re.compile(
    rf"(?:实到|到会|签到)(?:人数)?[:是为]?(?:一共|总共|共)?(?:有)?\s*(?P<number>{NUMBER})(?![\d月.点号家个所位名人共一二两三四五六七八九十])"
)
_CAME = re.compile(
    r"实际?(?:来|到)了?|实际?(?:到会|参会|出席)|(?:来|到|出席|参加|参会|签到|到会)(?:人数|单位数|开会)?(?:的)?[:是为]?(?:一共|总共|共|有|就|只|才)*了(?:一共|总共|共|有)?"
    r"|来(?:开会|参会|参加)?的?(?=一共|总共|共)|(?:实到|到会|到场|出席|参会|与会|签到)(?:人数|单位数?|代表|的)?[:是为]?(?:一共|总共|共有?|有)?"
)
_AT_A_MEETING = re.compile(
    r"联席会|理事会|调度会|汇报会|联络员会|会议|[这本]次会|会上|今天的?会|开会|实到|到会|签到|与会|参会|会场"
)
_ABSENT = re.compile(
    rf"应到(?:会)?\s*{NUMBER}\s*(?:{_UNITS}|{_HEADS})?|(?:另外?)?(?:还?有)?{NUMBER}\s*(?:{_UNITS}|{_HEADS})?"
    r"(?:请了?假|没(?:有)?(?:来|到|参加)|缺席|未到|缺会)(?:的|了)*"
    rf"|(?:请假|没来|缺席|未到|缺|差)(?:了|的)?\s*{NUMBER}\s*(?:{_UNITS}|{_HEADS})?"
)
_TO_COME = re.compile(
    r"将|预计|大概会|估计|(?<![次的])会来|要来|能来|计划|明天|后天|下次|下周|通知|邀请|报名|确认|回执|承诺|打算"
)
_BESIDE = re.compile(
    r"联席会议?|理事会议?|调度会|汇报会|联络员会议?|会议|[这本]次会?|今[天日]|昨[天日]|刚才|刚刚|上午|下午|现场|会场|会上|开会|会|代表|成员"
    r"|一共|总共|合计|共|实际|人数|登记|[记计]|数|签到表?上?|参加|出席"
)


@dataclass(frozen=True)
class Turnout:
    """How many came: heads, units, or both; None for what was not said."""

    people: int | None = None
    units: int | None = None


def read_turnout(words: str) -> Turnout | None:
    """「会议今天来了23家」「实到19家31人」「到会45人，请假2家」; None for anything else, plans and questions too."""
    plain = same_shape(words).strip()
    if len(plain) > LONGEST_TURNOUT or asks(plain) or ASKS_HOW.search(plain) or _TO_COME.search(plain):
        return None
    said = Sentence(words)
    said.take_all(_ABSENT)
    bare = said.take(_BARE)
    counts = {"people": _number(bare["number"])} if bare else {}
    came = bare is not None or said.take(_CAME) is not None
    while found := said.take(_COUNT):
        counts["units" if found["units"] else "people"] = _number(found["number"])
    said.take_all(_CAME)
    if not came or not counts or not _AT_A_MEETING.search(plain):
        return None
    return None if FILLER.sub("", _BESIDE.sub("", said.left)) else Turnout(**counts)


_WHEN = r"(?:(?:今天|昨天|上午|下午|刚才|刚刚|[这本]次|上次|记一下|记录|在|的|是)[,:]?)*"
_MEETING = r"(?:产教|联合体)*(?:联席会议?|理事会议?|调度会议?|汇报会议?|联络员会议?|会议|会)"
_FIRMLY = r"(?:已经?|都|就|最后|一致|共同|当场|大家|经?研究|讨论)*"
_AGREED = r"议定|决定|商定|敲定|拍板|拍了板|说定|说好|定下来?|定好|定了|议了|商量好?|确定|明确|要求|部署|安排|通过"
_OPENS = re.compile(
    rf"^{_WHEN}(?:经)?(?:{_MEETING}[上里]{_FIRMLY}(?:{_AGREED})|{_MEETING}{_FIRMLY}(?:议定|决定|商定|明确|要求|部署))"
    r"(?:了|好|下来|过)*(?P<mark>[:,。\s]*)"
)
_OF_WHAT = re.compile(r"^(?:的|没|过|是|在|于|哪|什么|啥|吗|不)")
_LISTED = re.compile(
    r"(?:^|[:,;。、\s])(?:(?:[一二三四五六七八九]是|其[一二三四五])[,:]?|第[一二三四五六七八九][,、:]|[(]?[1-9][)、.](?!\d))\s*"
)
_HEADING = re.compile(
    r"(?:以下|如下|这|了)*(?:[一二三四五六七八九十两几\d]{1,3}(?:件事?情?|条|项|点|个)(?:事项?|决定|工作|任务)*|事项|内容)[:,]?$"
)


def read_decided(words: str) -> str | None:
    """The lines of what 「会上定了，…」「今天会议议了三件事：一是…；二是…」 tells, one a line.

    Empty when it was only said that something was decided; None for anything else, questions and 会上定的事 too.
    """
    said = words.strip()
    plain = same_shape(said)
    found = _OPENS.match(plain)
    if found is None or len(said) > LONGEST_DECIDED or asks(plain):
        return None
    rest = said[found.end() :]
    if not found["mark"] and _OF_WHAT.match(plain[found.end() :]):
        return None
    starts = list(_LISTED.finditer(plain, found.end()))
    if not starts:
        return "" if _HEADING.fullmatch(same_shape(rest).strip(" :,。了吧")) else rest.strip(" :：,，。")
    heading = plain[found.end() : starts[0].start()].strip(" :,。")
    begin = [] if not heading or _HEADING.fullmatch(heading) else [said[found.end() : starts[0].start()]]
    ends = [one.start() for one in starts[1:]] + [len(said)]
    lines = [*begin, *(said[one.end() : end] for one, end in zip(starts, ends, strict=True))]
    return "\n".join(line.strip(" ;；,，。、") for line in lines)


_TAKES_BACK = re.compile(
    r"(?:把|将)?(?:刚才|刚刚|上面|上一|最后|前面)的?(?:那|这)?一?(?:[条个项]|句)?(?:决定|事项|议定事项)?"
    r"(?:[写记录打输说]?(?:错|重复|多余?|不对|岔)了?)?[,，、 ]*"
    r"(?:先|就)?(?:不要了|不算了?|删(?:了|掉|除)?|去掉|撤(?:了|掉|回|销)?|作废|取消|拿掉)(?:吧|了)?[。!！]?"
)


def takes_back(words: str) -> bool:
    """刚才那条写错了，不要了: of the decision that was keyed last."""
    return _TAKES_BACK.fullmatch(words.strip()) is not None


def _number(said: str) -> int:
    return small_number(said) or 0
