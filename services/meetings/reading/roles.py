"""Which unit has which part in a sentence without labels: 由…牵头, …配合, 请…会同…, or the unit that opens it."""

import re
from dataclasses import dataclass

from services.meetings.reading.unit_names import GROUP_NAMES, Mention, NameReading, UnitNames
from services.meetings.reading.wording import same_shape

_LEADS = r"(?:共同|具体|统筹)?(?:牵头|负责|承担|承办|主办|主责|主抓|主导|抓总)"
_HELPS = r"(?:予以|给予|积极|做好|共同|全力|抓好)?(?:配合|协助|协办|参与|支持)"
_NAMES = r"[^,;。:()\s]"
_START = r"(?:^|[,;。:(\s]|\d[.、])"
_WITH = re.compile(r"会同|联合|商")
_OWNERS = (
    re.compile(rf"由(?P<names>{_NAMES}{{2,40}}?){_LEADS}"),
    re.compile(rf"{_START}(?P<names>{_NAMES}{{2,40}}?)(?:作为)?{_LEADS}"),
    re.compile(rf"由(?P<names>{_NAMES}{{2,30}}?)(?:组织|落实|实施|办理|制定|制订|拟定|起草|提出|拿出|协调|推进|汇总)"),
)
_HELPERS = (
    re.compile(rf"(?:{_START}|、)(?:请|由)?(?P<names>{_NAMES}{{2,40}}?){_HELPS}"),
    re.compile(rf"{_START}(?:配合|会同|联合)(?:单位)?(?P<names>{_NAMES}{{2,40}})(?=$|[,;。\s])"),
)
_ASKED = re.compile(rf"{_START}(?:请|责成|要求|委托|安排|指定|由)")
_UNIT_LIKE = re.compile(r"[\u4e00-\u9fff]{2,14}?(?:局|委|院|校|公司|集团|办|中心|大学|协会|管委会)")


@dataclass(frozen=True)
class Roles:
    """Owners and helpers as read, and the stretches of text that did nothing but name them."""

    owners: NameReading
    helpers: NameReading
    spans: tuple[tuple[int, int], ...] = ()


def read_roles(body: str, units: UnitNames) -> Roles:
    """The parts of units in that text; empty readings where nobody is named in a part."""
    plain = same_shape(body)
    spans: list[tuple[int, int]] = []
    owners, helpers = NameReading(), NameReading()
    for pattern in _OWNERS:
        match = _naming(pattern, plain, units)
        if match:
            lead, *others = _WITH.split(match["names"])
            owners = _names(lead, units)
            helpers = units.read("、".join(others)) if others else helpers
            spans.append(_span(match, units))
            break
    if owners.is_empty:
        owners, helpers = _opening_units(plain, units)
    for match in (match for pattern in _HELPERS for match in pattern.finditer(plain)):
        reading = _names(match["names"], units)
        if reading.names and not reading.unknown and not _overlaps(match.span("names"), spans):
            helpers = joined(helpers, reading)
            spans.append(_span(match, units))
    return Roles(owners, _without(helpers, owners.names), tuple(spans))


def joined(first: NameReading, second: NameReading) -> NameReading:
    """Both readings as one."""
    return NameReading(
        tuple(dict.fromkeys(first.names + second.names)),
        first.inferred + second.inferred,
        first.ambiguous + second.ambiguous,
        first.unknown + second.unknown,
        first.group or second.group,
    )


def _naming(pattern: re.Pattern[str], plain: str, units: UnitNames) -> re.Match[str] | None:
    """The first match whose names are units (or words for many units), not some other noun."""
    for match in pattern.finditer(plain):
        reading = _names(match["names"], units)
        if (reading.names or reading.ambiguous or reading.group) and not reading.unknown:
            return match
    return None


def _names(said: str, units: UnitNames) -> NameReading:
    return units.read(_listed(said, units))


def _span(match: re.Match[str], units: UnitNames) -> tuple[int, int]:
    """The stretch that only names units and their part, without a noun before them."""
    before = len(match["names"]) - len(_listed(match["names"], units))
    return (match.start("names") + before if before else match.start()), match.end()


def _listed(said: str, units: UnitNames) -> str:
    """What lists units: all of `said`, or the units that end it (「这件事教育局」 before 牵头)."""
    mentions = units.mentions(said)
    if not units.read(said).unknown or not mentions or mentions[-1].end != len(said):
        return said
    start = mentions[-1].start
    for mention in reversed(mentions[:-1]):
        if not re.fullmatch(r"[、和及与]|以及", said[mention.end : start]):
            break
        start = mention.start
    return said[start:]


def _opening_units(plain: str, units: UnitNames) -> tuple[NameReading, NameReading]:
    """The units that open the sentence or follow 请, with those they act together with (会同)."""
    starts = [0, *(match.end() for match in _ASKED.finditer(plain))]
    mentions = {mention.start: mention for mention in units.mentions(plain)}
    for start in starts:
        run, end = _run(plain, start, mentions)
        if run:
            with_them = _WITH.match(plain, end)
            helpers = _named_at(plain, with_them.end(), units) if with_them else NameReading()
            return NameReading(tuple(dict.fromkeys(run))), helpers
        if not (reading := _named_at(plain, start, units)).is_empty:
            return reading, NameReading()
    return NameReading(), NameReading()


def _named_at(plain: str, start: int, units: UnitNames) -> NameReading:
    """The units named from there on: by alias, by a word for many units, or by an abbreviation that fits some."""
    run, _ = _run(plain, start, {mention.start: mention for mention in units.mentions(plain)})
    if run:
        return NameReading(tuple(dict.fromkeys(run)))
    if group := GROUP_NAMES.match(plain, start):
        return NameReading(group=group[0])
    guess = _UNIT_LIKE.match(plain, start)
    return units.read(guess[0]) if guess and units.candidates(guess[0]) else NameReading()


def _run(plain: str, start: int, mentions: dict[int, Mention]) -> tuple[list[str], int]:
    names: list[str] = []
    end = start
    while start in mentions:
        names.append(mentions[start].name)
        end = mentions[start].end
        joiner = re.compile(r"[、和及与,]|以及").match(plain, end)
        start = joiner.end() if joiner else -1
    return names, end


def _overlaps(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _without(reading: NameReading, names: tuple[str, ...]) -> NameReading:
    kept = tuple(name for name in reading.names if name not in names)
    return NameReading(kept, reading.inferred, reading.ambiguous, reading.unknown, reading.group)
