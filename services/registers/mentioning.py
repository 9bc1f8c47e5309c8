"""Partners of new agreements as a check-in names them: beside the count, before it, one by one."""

import re
from datetime import date

from services.registers.agreements import (
    AND,
    BRACKET,
    DAY,
    DIGITS,
    ITEM_MARK,
    YEARS,
    is_majors,
    read_agreements,
    with_years,
)
from services.registers.name_shapes import is_name, is_organisation
from services.registers.said import AGREEMENTS, Said

_NUMBER = r"(?:\d{1,3}|[一二两三四五六七八九十]+)"
_MENTION = re.compile(
    rf"新?签(?:订|署|了|约|下)*(?:校企|政校|合作|校地|的)*(?:协议|合同)?{_NUMBER}?[份家项个]?(?:校企|合作)*(?:协议|合同)?(?:{_NUMBER}[份家项个])?"
    r"\s*(?:[,。]?\s*分别(?:是|为|与|和|跟)|[:(]|,?(?:对方|合作方|合作单位|合作企业)(?:分别)?(?:是|为|:|有)?(?![^,;。]{0,2}\d)|,?(?:单位|企业)(?:是|为|:)|,?(?:与|和|跟|同)"
    r"|,(?=(?:其中)?(?:有)?一[份个]))(?P<list>[^。;\n]+"
    r"(?:[。;\n]\s*(?:还有?|另外?有?|再有?|第[二三四五六])(?:一?[份个家])?(?:协议)?(?:是)?[跟和与同是][^。;\n]+)*)"
)
_WITH = re.compile(
    r"(?:^|[,;。\n]|本月|这个?月|当月|分别|又|刚|,都?是|协议都?是|[份个]都?是)(?:与|和|跟|同)(?P<list>[^,;。:\n]{2,60}?)(?:各|分别|都|新|正式|刚)*签(?:订|署|约|了|下|的|(?=[一二两三\d])|(?=(?:校企|合作)*(?:协议|合同)))(?![^,;。]{0,8}(?:技术(?:服务|开发|咨询|转让)|横向))"
)
_COUNTED = re.compile(rf"签[^,;。\n(\d]{{0,8}}?(?P<n>{_NUMBER})[份家个](?:校企|合作)*(?:协议|合同)?,")
_ONE_OF_IT = re.compile(r"(?:那边|那里|各?签了?)?[一1](?:份|家|个)(?:协议|合同)?$")
_LED_IN = re.compile(r"对方|合作|单位|企业|分别|其中|另|[一都]|是|[与和跟同]")
_NO_PARTNER = re.compile(r"\d|其中|^含|上月|续签|学生|实习|培训|到账|待定|未定|哪|还没|技术服务|横向|没有|暂无|谁")


def read_mentioned(folded: str, text: str, today: date | None = None) -> list[Said]:
    """The partners named beside new agreements in a message: 新签2份：甲公司（专业，起止日）、乙厂."""
    rows: dict[str, Said] = {}
    folded, text = with_years(folded, today), with_years(text, today)
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
            named = [one for one in AND.split(bare.replace("、", "和")) if one]
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
    return int(written) if written.isdigit() else DIGITS.get(written, 0)


def _list_end(words: str) -> int:
    """Where a list of partners stops: at a comma behind which something else is told."""
    covered = re.sub(r"\([^()]*\)", lambda one: "x" * len(one[0]), words)
    at = 0
    for n, piece in enumerate(covered.split(",")):
        original = words[at : at + len(piece)]
        told = DAY.search(original) or YEARS.search(original) or ITEM_MARK.match(original)
        named = is_organisation(BRACKET.sub("", original).strip())
        if n and not (told or named or is_majors(original.strip())):
            return at - 1
        closing = covered.find(")", at, at + len(piece))
        if closing >= 0:
            return closing
        at += len(piece) + 1
    return len(words)
