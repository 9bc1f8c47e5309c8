"""What a secretary orders about check-ins in words: return, accept, exempt, remind; who was late; whose to see."""

import re
from dataclasses import dataclass

from services.meetings.unit_names import UnitNames
from services.meetings.wording import same_shape
from services.orders.sentence import Sentence, trim_reason
from services.orders.words import (
    ACTS,
    ASKS_HOW,
    ASKS_WHICH,
    FILLER,
    MONTH,
    NUMBERED_ELSEWHERE,
    POLITE,
    THINGS,
    Act,
    Thing,
    asks_which,
)

LONGEST = 160
_NO_RETURN = re.compile(r"议题|工单|文件|延期|协议")
_SHOW_MONTH = r"(?P<month>(?:\d{4}年)?\d{1,2}月份?|上个?月|本月|这个?月)?的?"
_SHOW = (
    re.compile(
        rf"(?:看看?|查看?|打开|调出|翻)(?:一?下)?(?P<unit>[^,:;\s]+?)的?{_SHOW_MONTH}(?:月报|填报|报的数?|数据?)(?:情况)?"
    ),
    re.compile(
        rf"(?P<unit>[^,:;\s]+?)的?{_SHOW_MONTH}(?:月报|填报情况)(?:(?:给我|让我|我)?(?:看看|看一?下|瞧瞧|看)(?:吧|呗)?)?"
    ),
    re.compile(
        rf"(?P<unit>[^,:;\s]+?){_SHOW_MONTH}(?:月报)?(?:都|是)?[报填](?:的|了)?(?:都|是|些)*(?:什么|哪些|啥|怎么样|多少)(?:数据?|内容)?"
    ),
)
_MESSAGE = re.compile(r"发(?:一?[个条下])?(?:消息|信息|通知)(?:去)?|那(?:些|几)家?")
_BEGS = re.compile(r"^(?:请|麻烦|劳驾|帮我们?|帮忙|给我|替我)+(?=看|查|打开|调出|翻)")
_LOOKS = re.compile(r"^(?:看看?|查看?)(?:一?下)?(?=.*[报填](?:的|了)?(?:什么|哪些|啥|怎么样|多少))")
_FILLS_FOR = re.compile(r"(?:代|替(?:他们?|它们?|她)?|帮(?:他们|它们?|她们))(?:填报?|报)(?:一?下|月报|了|吧)*")
_BEHALF = re.compile(r"(?:代填|代报|帮)(?P<unit>[^,:;\s]+?)(?:的)?(?:代?填(?:报|一下)?|月报)?")
_TAKE_BACK = re.compile(r"取消|撤[销回]|恢复|收回")
_SPACES = re.compile(r"(?<=\S)\s+(?=\S)")
_BECAUSE = re.compile(r"(?:因为|由于|因)(?P<why>[^,;:。!·]{2,60})")
_SOON = re.compile(
    r"(?:赶紧|尽快|抓紧|按时|快点?|早点|及时|记得)*(?:[报交填]|提交|上报|填报|报送)(?:上来|一下|月报|数据?)*"
)
_AT_ENDS = re.compile(rf"^(?:{FILLER.pattern})+|(?:{FILLER.pattern})+$")
_OF_CHECKIN = re.compile(r"的?(?:月报表?|填报|报表|上报|数据)(?:情况|里的?)?|的数?$")
_FAULT = re.compile(  # 在岗实习不对: why a figure goes back
    r"(?:[跟与和比]上个?月的?(?:相?比)?)?(?:好像|看着|看起来|明显|可能|感觉|有点|有些|还是|又|都|是|填得?|报得?|写得?|数)*"
    r"(?:不(?:太)?(?:对劲?|准确?|实|符|合理|一致|完整|清楚|正常|规范|全)|有误|有(?:点|些)?(?:问题|疑问|出入|错误?|毛病)"
    r"|[填报写]?错了?|对不上|偏[高低大小多少]|太[高低多少大小]|[高低多少大小]了|存疑|可疑|重复了?|漏了?|缺(?:了|佐证|说明)|没(?:附|有|写|填)[^,;。]*"
    r"|(?:差|变化|波动)(?:得|的)?(?:太|很|较)?(?:大|多|远))"
)
_FILED_AS = re.compile(r"^(?:[·\s]|的|这个?月|本月|上个?月|[报填交]的?(?:那个|那项|数据?里的?)?)+")
_HAS_ANY = re.compile(r"有(?=·+的?吗?[?]?$)|[吗嘛]?[?]?$(?<=[吗嘛?])")
_KINDS = re.compile(r"单位|学校|企业|部门|院校|公司")
_OF_NO_MEMBER = re.compile(
    r"(?!.*(?:会议|回执|议题|纪要|事项|文件|简报|通知|反馈|进展))[一-龥A-Za-z]{2,14}(?:公司|集团|化工|科技|新材|材料|装备|物流|制造|重工|电力|药业|能源|厂|学院|学校|职校|中专|大学|局|委|协会|园区)"
)
_BARE_REMIND = re.compile(r"(?:再|帮我|帮忙|请|麻烦|赶紧|马上|现在)*催(?:一?[催下遍次])*(?:[报交促收缴填])*")


@dataclass(frozen=True)
class Order:
    """`verb`: accept, accept_clean, return, exempt, owe, remind, late, behalf or show; about which units; and why.

    `item` are the words for the figure that goes back; `month` as it was said; `reason` is empty where none was given.
    """

    verb: str
    units: tuple[str, ...] = ()
    item: str = ""
    reason: str = ""
    month: str = ""


def may_order(words: str) -> bool:
    """A cheap look before the names of units are read from the database."""
    acts = (*(ACTS[act] for act in (Act.RETURN, Act.ACCEPT, Act.EXEMPT, Act.REMIND)), _FILLS_FOR)
    plain = same_shape(words)
    return len(words) <= LONGEST and (
        any(one.search(plain) for one in (*acts, THINGS[Thing.LATENESS])) or read_view(words) is not None
    )


def returns_figure(words: str) -> bool:
    """Whether something is to go back, and nothing is asked about how that is done."""
    said = Sentence(words)
    act = said.take(Act.RETURN)
    return act is not None and not ASKS_HOW.search(said.left[slice(*said.clause_of(act.start()))])


def read_order(words: str, names: UnitNames) -> Order | None:
    """「退回星职院的在岗实习，与上月差异大请核实」「星职院的月报通过」「北辰物流11月免报，停产」「催一下没交的」「10月谁迟报了」."""
    for read in (_late, _fill_for, _owe, _return, _exempt, _accept, _remind):
        order = read(Sentence(words), names)
        if order is not None:
            return order
    return read_view(words)


def read_view(words: str) -> Order | None:
    """「看看星职院10月的月报」「代填北辰物流」; the unit's name is still to be found."""
    plain = _LOOKS.sub("", _BEGS.sub("", Sentence(words).plain.rstrip("。!?")))
    if found := next(filter(None, (pattern.fullmatch(plain) for pattern in _SHOW)), None):
        return Order("show", (found["unit"].strip(),), month=found["month"] or "")
    if plain.startswith("代") and (found := _BEHALF.fullmatch(plain)):
        return Order("behalf", (found["unit"].strip(),))
    return None


def _late(said: Sentence, names: UnitNames) -> Order | None:
    if not said.take(Thing.LATENESS):
        return None
    month, asks = _month(said), asks_which(said.left) or _HAS_ANY.search(said.left)
    said.take_all(Thing.CHECKIN)
    said.take_all(_KINDS)
    said.take_all(_HAS_ANY)
    return Order("late", month=month) if asks and not said.asks_how and _is_empty(said) else None


def _fill_for(said: Sentence, names: UnitNames) -> Order | None:
    """北辰物流没人联系，帮我代填一下: why stands beside."""
    act = said.take(_FILLS_FOR)
    units = said.take_units(names) if act else []
    if act is None or len(units) != 1 or said.asks_how:
        return None
    month = _month(said)
    said.take_all(Thing.CHECKIN)
    ordered = said.clause_of(act.start())
    beside = said.rest(*ordered) and said.clause_of(units[0].start) == ordered
    return None if beside else Order("behalf", (units[0].name,), month=month)


def _return(said: Sentence, names: UnitNames) -> Order | None:
    """The figure stands between the unit's name and the verb or the next mark; the reason in the clauses besides."""
    act = said.take(Act.RETURN)
    if not act or NUMBERED_ELSEWHERE.search(said.plain) or _NO_RETURN.search(said.plain):
        return None
    units = said.take_units(names)
    if not units:
        return None
    here = said.clause_of(act.start())
    unit = next((one for one in units if said.clause_of(one.start) == here), units[0])  # a reason may name another
    at = unit.start
    start, end = said.clause_of(at)
    until = act.start() if at < act.start() < end else end
    month = _month(said, start, until)
    if ASKS_HOW.search(said.left[start:until]):
        return None
    fault = _FAULT.search(said.left, unit.end, until)
    named = _OF_CHECKIN.sub("", said.left[unit.end : fault.start() if fault else until])
    item = _FILED_AS.sub("", _AT_ENDS.sub("", named))
    reason = said.reason_outside(at, act.start())
    if not reason and at < act.start():
        reason = trim_reason(said.said[act.end() : said.clause_of(act.start())[1]])
    reason = reason if FILLER.sub("", reason) else ""
    if fault:
        wrong = trim_reason(_FILED_AS.sub("", said.said[unit.end : until].strip("的 ")))
        reason = f"{wrong}，{reason}" if reason else wrong
    return Order("return", (unit.name,), item, reason, month)


def _owe(said: Sentence, names: UnitNames) -> Order | None:
    """取消华川新材料的豁免."""
    taken_back, act = said.take(_TAKE_BACK), said.take(Act.EXEMPT)
    units = said.take_units(names) if taken_back and act else []
    if not act or len(units) != 1:
        return None
    month = _month(said)
    said.take_all(Thing.CHECKIN)
    if said.asks_how or said.rest():
        return None
    return Order("owe", (units[0].name,), month=month)


def _exempt(said: Sentence, names: UnitNames) -> Order | None:
    """Who types no marks parts with spaces: 免报 华川新材料 停产."""
    words = said.said
    return _exempt_in(said, names) or _exempt_in(Sentence(_SPACES.sub("，", words)), names)


def _exempt_in(said: Sentence, names: UnitNames) -> Order | None:
    act = said.take(Act.EXEMPT)
    units = said.take_units(names) if act else []
    if not act or len(units) != 1:
        return None
    named, ordered = said.clause_of(units[0].start), said.clause_of(act.start())
    month = _month(said, *ordered) or _month(said, *named)
    said.take_all(Thing.CHECKIN)
    why = _BECAUSE.search(said.left)
    if said.asks_how or (said.rest(*ordered) and not why):
        return None
    if why:
        reason = trim_reason(why["why"])
    elif named != ordered and said.rest(*named):  # 某某公司停产检修，11月免报
        reason = trim_reason(said.said[units[0].end : named[1]])
    else:
        reason = said.reason_outside(units[0].start, act.start())
    return Order("exempt", (units[0].name,), reason=reason, month=month)


def _accept(said: Sentence, names: UnitNames) -> Order | None:
    act = said.take(Act.ACCEPT)
    if not act or NUMBERED_ELSEWHERE.search(said.plain):
        return None
    units, month = said.take_units(names, several=True), _month(said)
    clean = not units and said.take(Thing.CLEAN) is not None
    said.take_all(Thing.CHECKIN)
    said.take_all(Act.ACCEPT)
    if said.asks_how or said.rest():
        return None
    if units:
        return Order("accept", tuple(one.name for one in units), month=month)
    whole = act[0].startswith(("采纳", "审")) and len(said.plain) > len(act[0])
    return Order("accept_clean", month=month) if clean or whole else None


def _remind(said: Sentence, names: UnitNames) -> Order | None:
    act = said.take(Act.REMIND)
    if not act:
        return None
    said.take_all(POLITE)
    said.take_all(_MESSAGE)
    missing = said.take_all(Thing.MISSING)
    units, month = said.take_units(names, several=True), _month(said)
    said.take_all(Thing.CHECKIN)
    said.take_all(Act.REMIND)
    said.take_all(_SOON)
    left = re.sub(r"家|个", "", FILLER.sub("", ASKS_WHICH.sub("", said.left)))
    if said.asks_how or (left and not (missing and not units and _OF_NO_MEMBER.fullmatch(left))):
        return None
    if left:
        return Order("remind", (left,), month=month)  # who is meant is no member: that is said
    bare = _BARE_REMIND.match(said.plain) is not None or act[0].startswith("发")
    if not (units or missing or bare):
        return None
    return Order("remind", tuple(one.name for one in units), month=month)


def _month(said: Sentence, *where: int) -> str:
    """The month named in a part, as it was said; it is blanked. Empty where none is."""
    found = said.take(MONTH, *where)
    return found[0] if found else ""


def _is_empty(said: Sentence) -> bool:
    return not FILLER.sub("", ASKS_WHICH.sub("", said.left))
