"""Which units a text names: by any alias, longest first, or by an abbreviation that fits exactly one."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from services.meetings.reading.wording import same_shape

_SEPARATORS = re.compile(r"[、,;/\s()]+")
_JOINERS = re.compile(r"以及|会同|联合|[和及与跟同]")
_MARKS = re.compile(
    r"\((?:牵头|主办|负责|配合|协办|协助)(?:单位)?\)|等(?:单位|部门)?$|^(?:请|由|各?方|责成)|分别|共同|:"
)
GROUP_NAMES = re.compile(r"(?:各|有关|相关|全体|所有)[\u4e00-\u9fff]{0,4}(?:单位|部门|院校|学校|企业|成员|责任单位)")
KINDS_OF_UNITS = re.compile(
    r"学校|院校|学院|大学|职校|中职|高职|职业|技术|企业|公司|集团|工业|工厂|单位|部门|机关|协会|商会"
    r"|教育|(?:管|管理)?委(?:员)?会|园区"
)
_LOWER_LEVEL = "区县旗镇乡省盟州"


@dataclass(frozen=True)
class Mention:
    """A unit named in a text, at `start` to `end`."""

    start: int
    end: int
    spoken: str
    name: str


@dataclass(frozen=True)
class NameReading:
    """What one field of names says.

    Attributes:
        names: Units that are certain, in order.
        inferred: Abbreviations that fit exactly one unit, with it; also in `names`.
        ambiguous: What was said, with all units that it could mean.
        unknown: What was said and fits none.
        group: Words for many units at once (各成员单位).
    """

    names: tuple[str, ...] = ()
    inferred: tuple[tuple[str, str], ...] = ()
    ambiguous: tuple[tuple[str, tuple[str, ...]], ...] = ()
    unknown: tuple[str, ...] = ()
    group: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether no unit was named in any way."""
        return not (self.names or self.ambiguous or self.unknown or self.group)


class UnitNames:
    """The units of the register by every name that people use for them.

    Args:
        aliases: From an alias to the unit's full name; full names need not be repeated.
    """

    def __init__(self, aliases: Mapping[str, str]) -> None:
        self._by_alias = {same_shape(name): name for name in aliases.values()}
        self._by_alias.update({same_shape(alias): name for alias, name in aliases.items()})
        ordered = sorted(self._by_alias, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, ordered))) if ordered else None

    def mentions(self, text: str) -> list[Mention]:
        """Every unit named by an alias, left to right, the longest alias first."""
        if self._pattern is None:
            return []
        plain = same_shape(text)
        found: list[Mention] = []
        for match in self._pattern.finditer(plain):
            touches = bool(found) and found[-1].end == match.start()
            # 「海勃湾区教育局」 is another unit than 「教育局」.
            if match.start() and plain[match.start() - 1] in _LOWER_LEVEL and not touches:
                continue
            found.append(Mention(match.start(), match.end(), match[0], self._by_alias[match[0]]))
        return found

    def read(self, value: str) -> NameReading:
        """The units that a field of names lists, such as 「教育局、工信局（牵头）」."""
        plain = same_shape(value)
        mentions = self.mentions(plain)
        certain = [(mention.start, mention.name) for mention in mentions]
        inferred: list[tuple[str, str]] = []
        ambiguous: list[tuple[str, tuple[str, ...]]] = []
        unknown: list[str] = []
        group = GROUP_NAMES.search(plain)
        for start, piece in self._pieces(plain, mentions):
            candidates = self.candidates(piece)
            if len(candidates) == 1 and any(name == candidates[0] for _, name in certain):
                continue
            if len(candidates) == 1:
                certain.append((start, candidates[0]))
                inferred.append((piece, candidates[0]))
            elif candidates:
                ambiguous.append((piece, candidates))
            else:
                unknown.append(piece)
        names = tuple(dict.fromkeys(name for _, name in sorted(certain)))
        return NameReading(names, tuple(inferred), tuple(ambiguous), tuple(unknown), group[0] if group else None)

    def _pieces(self, plain: str, mentions: list[Mention]) -> Iterator[tuple[int, str]]:
        """What is left besides the mentions; split at 和 only where the whole is no unit (many names contain 和)."""
        for start, piece in _left_over(plain, mentions):
            parts = [part for part in _JOINERS.split(piece) if len(part) >= 2]
            if self.candidates(piece) or len(parts) < 2:
                yield start, _JOINERS.sub("", piece) if len(parts) == 1 and not self.candidates(piece) else piece
            else:
                yield from ((start + piece.index(part), part) for part in parts)

    def holding(self, spoken: str) -> tuple[str, ...]:
        """The units of which a name holds `spoken` as it stands: 「启明」 for 「启明化工集团」."""
        spoken = same_shape(spoken)
        found = (name for alias, name in self._by_alias.items() if spoken in alias)
        return tuple(dict.fromkeys(found)) if len(spoken) >= 2 and not KINDS_OF_UNITS.fullmatch(spoken) else ()

    def beginning(self, piece: str) -> tuple[str, str] | None:
        """The longest beginning of `piece` with which the names of exactly one unit begin, and that unit: 华川申请….

        So does a beginning that abbreviates one unit and ends as its name does: 护理学院没学生了.
        """
        plain = same_shape(piece)
        for end in range(len(plain), 1, -1):
            spoken = plain[:end]
            if KINDS_OF_UNITS.fullmatch(spoken):
                continue
            found = {name for alias, name in self._by_alias.items() if alias.startswith(spoken)}
            if not found and end > 3 and re.search(KINDS_OF_UNITS, spoken[2:]):
                found = {
                    name
                    for alias, name in self._by_alias.items()
                    if alias.endswith(spoken[-2:]) and _abbreviates(spoken, alias)
                }
            if len(found) == 1:
                return spoken, next(iter(found))
        return None

    def candidates(self, spoken: str) -> tuple[str, ...]:
        """The units of which a name holds the characters of `spoken` in order: 「工信局」 for 「工业和信息化局」."""
        if len(spoken) < 2:
            return ()
        found = [(alias, name) for alias, name in self._by_alias.items() if _abbreviates(spoken, alias)]
        same_end = [(alias, name) for alias, name in found if alias[-1] == spoken[-1]]
        return tuple(dict.fromkeys(name for _, name in same_end or found))


def _abbreviates(spoken: str, alias: str) -> bool:
    rest = iter(alias)
    return all(char in rest for char in spoken)


def _left_over(plain: str, mentions: list[Mention]) -> list[tuple[int, str]]:
    """What stands in a field of names besides the names that were recognised."""
    blanked = list(plain)
    for mention in mentions:
        blanked[mention.start : mention.end] = "," * (mention.end - mention.start)
    rest = "".join(blanked)
    for pattern in (GROUP_NAMES, _MARKS):
        rest = pattern.sub(lambda match: "," * len(match[0]), rest)
    pieces: list[tuple[int, str]] = []
    start = 0
    for separator in [*_SEPARATORS.finditer(rest), None]:
        end = separator.start() if separator else len(rest)
        piece = rest[start:end].strip(" ()。.")
        piece = re.sub(r"等(?:单位|部门)?$", "", piece)
        if len(piece) >= 2:
            pieces.append((start, piece))
        start = separator.end() if separator else end
    return pieces
