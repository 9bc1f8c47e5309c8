"""Agreements as people name them: partner, and beside it or in brackets majors and the days of beginning and end."""

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date

from knowledge.language.folding import fold
from services.privacy import redact
from services.registers.listing import NOTHING
from services.registers.said import AGREEMENTS, LONGEST_TITLE, Said
from services.supply.catalogue import own_catalogue

_PIECE = re.compile(r"((?:[^（(、，,；;\n/]|(?<=\d)/(?=\d)|[（(][^）)]*[）)])+)")
BRACKET = re.compile(r"[（(]([^）)]*)[）)][\s。.]*$")  # at the end: 某某（江苏）公司 keeps its own
AND = re.compile(
    r"(?<!发展)(?<!人力资源)(?<!工业)(?<!城乡)(?<!住房)(?<!文化)(?<!规划)和(?=[^、]{2,})|与(?=[^、]{2,})|及(?=[^、]{2,})"
)
"""发展和改革委员会 is one."""
_LEADING = re.compile(r"^(?:分别)?(?:是|跟|同|和|与|有|[甲乙对]方(?:是|为|:|：)?|合作方(?:是|为)?)")
ITEM_MARK = re.compile(
    r"(?:^|(?<=[，,、；;。\s）)]))\s*(?:\d{1,2}[.、)）](?!\d)|第[一二三四五六][个家份]?(?:是|为|:|：)?"
    r"|(?:其中|还|再)?(?:有)?(?:[一另]|另外?一)(?:[份个家](?:协议)?(?:是)?(?:跟|和|与|同|是)|[份个](?:协议)?)|另(?:外)?一[份个家]?(?:跟|和|与|同|是))"
)
"""1.甲公司 2.乙厂, 一份跟甲公司，一份跟乙厂."""
DAY = re.compile(
    r"(?<!\d)(?P<y>20\d\d)\s*(?:年?(?P<end>底|末)|[年./-]\s*(?P<m>\d{1,2})(?:\s*[月./-]\s*(?P<d>\d{1,2})(?!\d)[日号]?|月?份?(?P<last>底|末)?))"
)
YEARS = re.compile(
    r"(?:(?:为?期|有效期|期限|一签|签了?|合作)[^\d一二两三四五六七八九十]{0,3}|^\s*)(\d{1,2}|[一二两三四五六七八九十])\s*年期?(?![\d月])"
)
_FROM_TODAY = re.compile(r"[今本去明后]年(?=\s*(?:\d{1,2}\s*月|年?[底末]))")
_YEARS_ON = {"去": -1, "今": 0, "本": 0, "明": 1, "后": 2}
_BEGINS = re.compile(r"开始|起算|生效|执行|[日号月]起|^\s*[自从]")
_SIGNED = re.compile(
    r"(?:那边)?(?:新|已)?(?:签(?:订|署|约|了)?的(?:合作)?(?:协议|合同)?|的(?:合作)?(?:协议|合同)?|签(?:订|署|约|了)(?:了|协议)*)$"
)
DIGITS = {one: n for n, one in enumerate("零一二三四五六七八九十")} | {"两": 2}
_ABOUT_DAYS = re.compile(r"(?:有效期|期限|自|从|起|止|至|到|期|签订|签署|签约|签|于|为|截止|终止|届满|[-—~～:：])+")
_MAJORS_ARE = re.compile(r"^(?:涉及)?专业(?:有|为)?[:：]|专业$")
_OF_NAME = re.compile(
    r"集团|股份|控股|有限合伙|普通合伙|特殊普通合伙|筹|总部|总公司|分公司|分校|校区|厂区|中国|原.+|.{1,6}[省市县区州盟旗]"
    r"|北京|天津|上海|重庆|河北|山西|内蒙古|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|四川|贵州"
    r"|云南|西藏|陕西|甘肃|青海|宁夏|新疆|香港|澳门|台湾"
)


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
    words = with_years(words, today)
    found: list[_Agreement] = []
    parted = re.sub(r"(?<=[）)])[和与及]", "、", ITEM_MARK.sub("、", redact(words)))
    for piece in _PIECE.findall(parted):
        for part in [piece] if BRACKET.search(piece) or DAY.search(piece) else AND.split(piece):
            _take(part, found, today)
    rows: dict[tuple[str, str], Said] = {}
    for one in found:
        said = _said(one)
        if len(one.partner) >= 2:
            rows.setdefault((said.partner, said.majors), said)
    return list(rows.values())[:50]


def with_years(words: str, today: date | None) -> str:
    """明年1月 as 2027年1月: the years that are counted from today, as numbers."""
    if today is None:
        return words
    return _FROM_TODAY.sub(lambda one: f"{today.year + _YEARS_ON[one[0][0]]}年", words)


def kind_of_partner(partner: str) -> str:
    """Machine id of what binds a school and its partner: government, school, enterprise."""
    if re.search(r"政府|[局委厅办]$|委员会|管委会|开发区$", partner):
        return "government"
    return "school" if re.search(r"学院$|学校$|大学$|职校$", partner) else "enterprise"


def _take(part: str, found: list[_Agreement], today: date | None) -> None:
    """A piece is a new agreement, or says more of the last one: its days, its majors."""
    bracket = BRACKET.search(part)
    inside = bracket[1].strip() if bracket else ""
    outside = part[: bracket.start()] if bracket else part
    if bracket and _is_of_name(inside):
        inside, outside = "", part
    bare = _LEADING.sub("", _without_days(outside).strip(" 。.：:\t"))
    name, rest = [*re.split(r"[ ，]+", bare, maxsplit=1), ""][:2]
    if found and (not bare or is_majors(bare)):
        one = found[-1]
        one.majors += _majors(bare)
    else:
        majors = is_majors(rest)
        name = name if majors or "，" in bare else bare
        one = _Agreement(_SIGNED.sub("", name)[:LONGEST_TITLE], _majors(rest) if majors else [])
        found.append(one)
    one.majors += _majors(inside)
    _take_days(one, today, outside if DAY.search(outside) or YEARS.search(outside) else inside)


def _take_days(one: _Agreement, today: date | None, words: str) -> None:
    days = list(DAY.finditer(words))
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
    years = YEARS.search(words)
    if years:
        one.years = int(years[1]) if years[1].isdigit() else DIGITS[years[1]]
    if one.years and one.began and not one.ends:
        one.ends = _day_before(one.began, one.years)
    begins = _BEGINS.search(words) is not None
    if len(days) == 1 and one.began and not (one.ends or begins) and today is not None and one.began > today:
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


def is_majors(words: str) -> bool:
    """Whether words of a list are majors and no partner: they say so, or are a name of the catalogue."""
    if re.search(r"公司|集团|厂|院|所|协会|银行|中心$", words):
        return False
    return bool(_MAJORS_ARE.search(words)) or words in own_catalogue().names.values()


def _majors(words: str) -> list[str]:
    parts = (_MAJORS_ARE.sub("", part) for part in re.split(r"[、，,；;\s]+", _without_days(words)))
    return [one for one in parts if len(one) >= 2 and not _ABOUT_DAYS.fullmatch(one)]


def _without_days(words: str) -> str:
    """The words without days, spans and what stands around them; a mark is left where something was cut out."""
    cut = DAY.sub("\x00", YEARS.sub("\x00", words))
    around = (
        r"(?:有效期|期限|自|从|起算|开始|生效|执行|起|止|至|到期|到|签订|签署|签约|签|于|为|截止|届满|[-—~～:：\s])*"
    )
    return re.sub(rf"{around}\x00(?:{around}\x00)*{around}|{around}\x00", "，", cut).strip("， ")


def read_day(words: str, *, at_end: bool) -> date | None:
    """The day that words name, the last of a month or year where only that is named and `at_end`; None for none."""
    days = list(DAY.finditer(words))
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
