"""What a secretary orders about check-ins in words: return, accept, exempt, remind; who was late; whose to see."""

import re
from dataclasses import dataclass

from services.checkins.asking.order_words import (
    AT_ENDS,
    BARE_REMIND,
    BECAUSE,
    BEGS,
    BEHALF,
    CHANGES_HANDS,
    FAULT,
    FILED,
    FILED_AS,
    FILLS_FOR,
    FROM_NOW_ON,
    HAS_ANY,
    KINDS,
    LOOKS,
    MESSAGE,
    NO_RETURN,
    OF_CHECKIN,
    OF_NO_MEMBER,
    SHOW,
    SOON,
    SPACES,
    TAKE_BACK,
)
from services.meetings.reading.unit_names import UnitNames
from services.meetings.reading.wording import same_shape
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
_OBJECT = re.compile(r"[把将给的数]|月报|填报|^$")


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
    acts = (*(ACTS[act] for act in (Act.RETURN, Act.ACCEPT, Act.EXEMPT, Act.REMIND)), FILLS_FOR)
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
    plain = LOOKS.sub("", BEGS.sub("", Sentence(words).plain.rstrip("。!?")))
    if found := next(filter(None, (pattern.fullmatch(plain) for pattern in SHOW)), None):
        return Order("show", (found["unit"].strip(),), month=found["month"] or "")
    if plain.startswith("代") and (found := BEHALF.fullmatch(plain)):
        return Order("behalf", (found["unit"].strip(),))
    return None


def _late(said: Sentence, names: UnitNames) -> Order | None:
    if not said.take(Thing.LATENESS):
        return None
    month, asks = _month(said), asks_which(said.left) or HAS_ANY.search(said.left)
    said.take_all(Thing.CHECKIN)
    said.take_all(KINDS)
    said.take_all(HAS_ANY)
    return Order("late", month=month) if asks and not said.asks_how and _is_empty(said) else None


def _fill_for(said: Sentence, names: UnitNames) -> Order | None:
    """北辰物流没人联系，帮我代填一下: why stands beside."""
    act = said.take(FILLS_FOR)
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
    if act is not None and act[0] in ("退了", "退掉") and not _OBJECT.search(said.plain[: act.start()]):
        return None  # 周老师退了: is retired; 把海岚的退了 sends back
    changes_hands = act is not None and CHANGES_HANDS.search(said.plain)  # 赵磊退了，换成钱伟
    if not act or changes_hands or NUMBERED_ELSEWHERE.search(said.plain) or NO_RETURN.search(said.plain):
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
    fault = FAULT.search(said.left, unit.end, until)
    named = OF_CHECKIN.sub("", said.left[unit.end : fault.start() if fault else until])
    item = FILED_AS.sub("", AT_ENDS.sub("", named))
    reason = said.reason_outside(at, act.start())
    if not reason and at < act.start():
        reason = trim_reason(said.said[act.end() : said.clause_of(act.start())[1]])
    reason = reason if FILLER.sub("", reason) else ""
    if fault:
        wrong = trim_reason(FILED_AS.sub("", said.said[unit.end : until].strip("的 ")))
        reason = f"{wrong}，{reason}" if reason else wrong
    return Order("return", (unit.name,), item, reason, month)


def _owe(said: Sentence, names: UnitNames) -> Order | None:
    """取消华川新材料的豁免."""
    taken_back, act = said.take(TAKE_BACK), said.take(Act.EXEMPT)
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
    return _exempt_in(said, names) or _exempt_in(Sentence(SPACES.sub("，", words)), names)


def _exempt_in(said: Sentence, names: UnitNames) -> Order | None:
    act = said.take(Act.EXEMPT)
    units = said.take_units(names) if act else []
    if not act or len(units) != 1:
        return None
    named, ordered = said.clause_of(units[0].start), said.clause_of(act.start())
    month = _month(said, *ordered) or _month(said, *named)
    said.take_all(Thing.CHECKIN)
    said.take_all(FROM_NOW_ON)
    why = BECAUSE.search(said.left)
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
    said.take_all(FILED)
    said.take_all(Thing.CLEAN)
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
    said.take_all(MESSAGE)
    missing = said.take_all(Thing.MISSING)
    units, month = said.take_units(names, several=True), _month(said)
    said.take_all(Thing.CHECKIN)
    said.take_all(Act.REMIND)
    said.take_all(SOON)
    left = re.sub(r"家|个", "", FILLER.sub("", ASKS_WHICH.sub("", said.left)))
    if said.asks_how or (left and not (missing and not units and OF_NO_MEMBER.fullmatch(left))):
        return None
    if left:
        return Order("remind", (left,), month=month)  # who is meant is no member: that is said
    bare = BARE_REMIND.match(said.plain) is not None or act[0].startswith("发")
    if not (units or missing or bare):
        return None
    return Order("remind", tuple(one.name for one in units), month=month)


def _month(said: Sentence, *where: int) -> str:
    """The month named in a part, as it was said; it is blanked. Empty where none is."""
    found = said.take(MONTH, *where)
    return found[0] if found else ""


def _is_empty(said: Sentence) -> bool:
    return not FILLER.sub("", ASKS_WHICH.sub("", said.left))
