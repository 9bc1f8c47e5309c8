"""Agreements as people name them: partner, and beside it or in brackets majors and the days of beginning and end."""

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date

from knowledge.folding import fold
from services.privacy import redact
from services.registers.listing import NOTHING
from services.registers.name_shapes import is_name, is_organisation
from services.registers.said import AGREEMENTS, LONGEST_TITLE, Said
from services.supply.catalogue import own_catalogue

_PIECE = re.compile(r"((?:[^（(、，,；;\n/]|(?<=\d)/(?=\d)|[（(][^）)]*[）)])+)")
_BRACKET = re.compile(r"[（(]([^）)]*)[）)][\s。.]*$")  # at the end: 某某（江苏）公司 keeps its own
_AND = re.compile(
    r"(?<!发展)(?<!人力资源)(?<!工业)(?<!城乡)(?<!住房)(?<!文化)(?<!规划)和(?=[^、]{2,})|与(?=[^、]{2,})|及(?=[^、]{2,})"
)
"""发展和改革委员会 is one."""
_LEADING = re.compile(r"^(?:分别)?(?:是|跟|同|和|与|有|[甲乙对]方(?:是|为|:|：)?|合作方(?:是|为)?)")
_ITEM_MARK = re.compile(
    r"(?:^|(?<=[，,、；;\s）)]))\s*(?:\d{1,2}[.、)）](?!\d)|第[一二三四五六][个家份]?(?:是|为|:|：)?"
    r"|(?:其中)?(?:有)?(?:[一另]|另外?一)(?:[份个家](?:协议)?(?:是)?(?:跟|和|与|同|是)|[份个](?:协议)?)|另(?:外)?一[份个家]?(?:跟|和|与|同|是))"
)
"""1.甲公司 2.乙厂, 一份跟甲公司，一份跟乙厂."""
_DAY = re.compile(
    r"(?<!\d)(?P<y>20\d\d)\s*(?:年?(?P<end>底|末)|[年./-]\s*(?P<m>\d{1,2})(?:\s*[月./-]\s*(?P<d>\d{1,2})(?!\d)[日号]?|月?份?(?P<last>底|末)?))"
)
_YEARS = re.compile(
    r"(?:(?:为?期|有效期|期限|一签|签了?|合作)[^\d一二两三四五六七八九十]{0,3}|^\s*)(\d{1,2}|[一二两三四五六七八九十])\s*年期?(?![\d月])"
)
_SIGNED = re.compile(
    r"(?:那边)?(?:新|已)?(?:签(?:订|署|约|了)?的(?:合作)?(?:协议|合同)?|的(?:合作)?(?:协议|合同)?|签(?:订|署|约|了)(?:了|协议)*)$"
)
_DIGITS = {one: n for n, one in enumerate("零一二三四五六七八九十")} | {"两": 2}
_ABOUT_DAYS = re.compile(r"(?:有效期|期限|自|从|起|止|至|到|期|签订|签署|签约|签|于|为|截止|终止|届满|[-—~～:：])+")
_MAJORS_ARE = re.compile(r"^(?:涉及)?专业(?:有|为)?[:：]|专业$")
_OF_NAME = re.compile(
    r"集团|股份|控股|有限合伙|普通合伙|特殊普通合伙|筹|总部|总公司|分公司|分校|校区|厂区|中国|原.+|.{1,6}[省市县区州盟旗]"
    r"|北京|天津|上海|重庆|河北|山西|内蒙古|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|四川|贵州"
    r"|云南|西藏|陕西|甘肃|青海|宁夏|新疆|香港|澳门|台湾"
)
_NUMBER = r"(?:\d{1,3}|[一二两三四五六七八九十]+)"
_MENTION = re.compile(
    rf"新?签(?:订|署|了|约|下)*(?:校企|政校|合作|校地|的)*(?:协议|合同)?{_NUMBER}?[份家项个]?(?:校企|合作)*(?:协议|合同)?(?:{_NUMBER}[份家项个])?"
    r"\s*(?:[,。]?\s*分别(?:是|为|与|和|跟)|[:(]|,?(?:对方|合作方|合作单位|合作企业)(?:分别)?(?:是|为|:|有)?(?![^,;。]{0,2}\d)|,?(?:单位|企业)(?:是|为|:)|,?(?:与|和|跟|同)"
    r"|,(?=(?:其中)?(?:有)?一[份个]))(?P<list>[^。;\n]+)"
)
_WITH = re.compile(
    r"(?:^|[,;。\n]|本月|这个?月|当月|分别|又|刚|,都?是|协议都?是|[份个]都?是)(?:与|和|跟|同)(?P<list>[^,;。:\n]{2,60}?)(?:各|分别|都|新|正式|刚)*签(?:订|署|约|了|下|的|(?=[一二两三\d])|(?=(?:校企|合作)*(?:协议|合同)))(?![^,;。]{0,8}(?:技术(?:服务|开发|咨询|转让)|横向))"
)
_COUNTED = re.compile(rf"签[^,;。\n(\d]{{0,8}}?(?P<n>{_NUMBER})[份家个](?:校企|合作)*(?:协议|合同)?,")
_ONE_OF_IT = re.compile(r"(?:那边|那里|各?签了?)?[一1](?:份|家|个)(?:协议|合同)?$")
_LED_IN = re.compile(r"对方|合作|单位|企业|分别|其中|另|[一都]|是|[与和跟同]")
_NO_PARTNER = re.compile(r"\d|其中|^含|上月|续签|学生|实习|培训|到账|待定|未定|哪|还没|技术服务|横向|没有|暂无|谁")


@dataclass
class _Agreement:
    """What was gathered of one so far."""

    partner: str
    majors: list[str] = field(default_factory=list)
    began: date | None = None
    ends: date | None = None
    years: int = 0
    doubts: list[str] = field(default_factory=list)


def read_agreements(words: str, today: date | None = None) -> list[Said]:
    """The agreements in a list of partners; none when the person skips. A single day after `today` is the end.

    A day that no calendar has, and an end before the beginning, are not kept: `doubt` holds what was written.
    """
    if NOTHING.fullmatch(fold(words.strip())):
        return []
    found: list[_Agreement] = []
    parted = re.sub(r"(?<=[）)])[和与及]", "、", _ITEM_MARK.sub("、", redact(words)))
    for piece in _PIECE.findall(parted):
        for part in [piece] if _BRACKET.search(piece) or _DAY.search(piece) else _AND.split(piece):
            _take(part, found, today)
    rows: dict[tuple[str, str], Said] = {}
    for one in found:
        said = _said(one)
        if len(one.partner) >= 2:
            rows.setdefault((said.partner, said.majors), said)
    return list(rows.values())[:50]


def read_mentioned(folded: str, text: str, today: date | None = None) -> list[Said]:
    """The partners named beside new agreements in a message: 新签2份：甲公司（专业，起止日）、乙厂."""
    rows: dict[str, Said] = {}
    lists = [found.span("list") for found in (*_MENTION.finditer(folded), *_WITH.finditer(folded))]
    for start, end in [*lists, *_lists_behind(folded)]:
        end = start + _list_end(folded[start:end])
        for one in read_agreements(text[start:end], today):
            plain = re.sub(r"[（(][^）)]*[）)]", "", one.partner)
            if not _NO_PARTNER.search(plain) and len(one.partner) <= 40 and is_name(plain, AGREEMENTS):
                rows.setdefault(one.partner, one)
    return list(rows.values())


def _lists_behind(folded: str) -> list[tuple[int, int]]:
    """签了2份协议，甲公司和乙厂; 新签2份，甲公司一份，乙厂一份: as many names as were counted, and nothing else."""
    lists = []
    for counted in _COUNTED.finditer(folded):
        spans, at = [], counted.end()
        for clause in re.split(r"(?<=,)", re.split(r"[。;\n]", folded[at:])[0]):
            bare = _ONE_OF_IT.sub("", clause.rstrip(","))
            named = [one for one in _AND.split(bare.replace("、", "和")) if one]
            if (
                not named
                or _LED_IN.match(clause)
                or not all(is_organisation(one) or bare != clause.rstrip(",") for one in named)
            ):
                break
            spans.append((at, at + len(bare), len(named)))
            at += len(clause)
        if sum(many for _, _, many in spans) == _number(counted["n"]):
            lists += [(start, end) for start, end, _ in spans]
    return lists


def _number(written: str) -> int:
    return int(written) if written.isdigit() else _DIGITS.get(written, 0)


def _list_end(words: str) -> int:
    """Where a list of partners stops: at a comma behind which something else is told."""
    covered = re.sub(r"\([^()]*\)", lambda one: "x" * len(one[0]), words)
    at = 0
    for n, piece in enumerate(covered.split(",")):
        original = words[at : at + len(piece)]
        told = _DAY.search(original) or _YEARS.search(original) or _ITEM_MARK.match(original)
        named = is_organisation(_BRACKET.sub("", original).strip())
        if n and not (told or named or _is_majors(original.strip())):
            return at - 1
        closing = covered.find(")", at, at + len(piece))
        if closing >= 0:
            return closing
        at += len(piece) + 1
    return len(words)


def kind_of_partner(partner: str) -> str:
    """Machine id of what binds a school and its partner: government, school, enterprise."""
    if re.search(r"政府|[局委厅办]$|委员会|管委会|开发区$", partner):
        return "government"
    return "school" if re.search(r"学院$|学校$|大学$|职校$", partner) else "enterprise"


def _take(part: str, found: list[_Agreement], today: date | None) -> None:
    """A piece is a new agreement, or says more of the last one: its days, its majors."""
    bracket = _BRACKET.search(part)
    inside = bracket[1].strip() if bracket else ""
    outside = part[: bracket.start()] if bracket else part
    if bracket and _is_of_name(inside):
        inside, outside = "", part
    bare = _LEADING.sub("", _without_days(outside).strip(" 。.：:\t"))
    name, rest = [*re.split(r"[ ，]+", bare, maxsplit=1), ""][:2]
    if found and (not bare or _is_majors(bare)):
        one = found[-1]
        one.majors += _majors(bare)
    else:
        majors = _is_majors(rest)
        name = name if majors or "，" in bare else bare
        one = _Agreement(_SIGNED.sub("", name)[:LONGEST_TITLE], _majors(rest) if majors else [])
        found.append(one)
    one.majors += _majors(inside)
    _take_days(one, today, outside if _DAY.search(outside) or _YEARS.search(outside) else inside)


def _take_days(one: _Agreement, today: date | None, words: str) -> None:
    days = list(_DAY.finditer(words))
    only_end = len(days) == 1 and bool(re.search(r"到期|截止|止|届满|^\s*[至到]", words))
    for n, found in enumerate(days[:2]):
        at_end = n == 1 or only_end
        day = _day(found, at_end=at_end)
        if day is None:
            one.doubts.append(found[0].strip())
        elif at_end:
            one.ends = day
        else:
            one.began = day
    years = _YEARS.search(words)
    if years:
        one.years = int(years[1]) if years[1].isdigit() else _DIGITS[years[1]]
    if one.years and one.began and not one.ends:
        one.ends = _day_before(one.began, one.years)
    if len(days) == 1 and one.began and not one.ends and today is not None and one.began > today:
        one.began, one.ends = None, _day(days[0], at_end=True)
    if one.began and one.ends and one.ends < one.began:
        one.doubts.append(f"{one.began.isoformat()}—{one.ends.isoformat()}")
        one.began = one.ends = None


def _said(one: _Agreement) -> Said:
    majors = "、".join(dict.fromkeys(one.majors))[:200]
    return Said(
        AGREEMENTS,
        one.partner,
        one.partner,
        status="open",
        majors=majors,
        began_on=one.began,
        ends_on=one.ends,
        doubt="；".join(one.doubts)[:80],
    )


def _is_of_name(inside: str) -> bool:
    """海岚化工（集团）, 北辰装备（常州）: the bracket is part of the name, not a major."""
    if _OF_NAME.fullmatch(inside):
        return True
    return 2 <= len(inside) <= 3 and not own_catalogue().find(inside) and not inside.endswith(("班", "类", "系"))


def _is_majors(words: str) -> bool:
    """Whether words of a list are majors and no partner: they say so, or are a name of the catalogue."""
    if re.search(r"公司|集团|厂|院|所|协会|银行|中心$", words):
        return False
    return bool(_MAJORS_ARE.search(words)) or words in own_catalogue().names.values()


def _majors(words: str) -> list[str]:
    parts = (_MAJORS_ARE.sub("", part) for part in re.split(r"[、，,；;\s]+", _without_days(words)))
    return [one for one in parts if len(one) >= 2 and not _ABOUT_DAYS.fullmatch(one)]


def _without_days(words: str) -> str:
    """The words without days, spans and what stands around them; a mark is left where something was cut out."""
    cut = _DAY.sub("\x00", _YEARS.sub("\x00", words))
    around = r"(?:有效期|期限|自|从|起|止|至|到期|到|签订|签署|签约|签|于|为|截止|届满|[-—~～:：\s])*"
    return re.sub(rf"{around}\x00(?:{around}\x00)*{around}|{around}\x00", "，", cut).strip("， ")


def read_day(words: str, *, at_end: bool) -> date | None:
    """The day that words name, the last of a month or year where only that is named and `at_end`; None for none."""
    days = list(_DAY.finditer(words))
    return _day(days[-1 if at_end else 0], at_end=at_end) if days else None


def _day(found: re.Match[str], *, at_end: bool) -> date | None:
    year = int(found["y"])
    month = int(found["m"]) if found["m"] else 12
    if not 1 <= month <= 12:
        return None
    last = monthrange(year, month)[1]
    late = at_end or bool(found["last"] or found["end"])
    number = int(found["d"]) if found["d"] else (last if late else 1)
    return date(year, month, number) if 1 <= number <= last else None


def _day_before(began: date, years: int) -> date:
    """The last day of so many years that begin on a day."""
    year = began.year + years
    day = min(began.day, monthrange(year, began.month)[1])
    return date.fromordinal(date(year, began.month, day).toordinal() - 1)
