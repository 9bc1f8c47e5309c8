"""A sentence taken apart: what was recognised is blanked out, so that what is left can be looked at."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from services.meetings.reading.unit_names import Mention, UnitNames
from services.meetings.reading.wording import same_shape
from services.orders.words import ACTS, ASKED_POLITELY, ASKS_HOW, ASKS_WHICH, FILLER, MONTH, THINGS, WHY, Act, Thing
from services.speech import asks

BLANK = "·"
_PIECE = re.compile(r"(?:(?!一下|一遍|通过)[一-龥A-Za-z](?<![的把将给让对叫和跟及催请了都再先也吧])){2,8}")
_END = re.compile(r"[吗嘛]?[?。!]*$")
_MARK = re.compile(r"[,;:。!\n]|\s(?=理由|原因|因为|由于)")


@dataclass
class Sentence:
    """`said` as it was typed, `plain` in one shape, `left` with blanks where something was taken: all of one length."""

    said: str
    plain: str = field(default="")
    left: str = field(default="")

    def __post_init__(self) -> None:
        self.said = self.said.strip()
        self.plain = same_shape(self.said)
        self.left = self.plain
        if asked := ASKED_POLITELY.match(self.plain):  # 能不能帮我催一下没交的吗
            self._blank(*asked.span())
            if mark := _END.search(self.left):
                self._blank(*mark.span())

    def take(self, kind: Act | Thing | re.Pattern[str], start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first place where such words stand in what is left of a part; it is blanked."""
        pattern = ACTS[kind] if isinstance(kind, Act) else THINGS[kind] if isinstance(kind, Thing) else kind
        found = pattern.search(self.left, start, len(self.left) if end is None else end)
        if found is not None:
            self._blank(*found.span())
        return found

    def take_all(self, kind: Act | Thing | re.Pattern[str]) -> bool:
        """Blank all such words; whether there were any."""
        found = False
        while self.take(kind):
            found = True
        return found

    def take_units(self, units: UnitNames, *, several: bool = False) -> list[Mention]:
        """The units that are named, each once; where none is, those of whose names a piece of the sentence is part.

        `several`: of more than one, some may be named in full and others by a piece.
        """
        mentions = units.mentions(self.left)
        for one in mentions:
            self._blank(one.start, one.end)
        named = MONTH.sub(lambda found: BLANK * len(found[0]), self.left)  # 护理学院这个月不用报了
        for piece in _PIECE.finditer(named) if several or not mentions else ():
            names = units.holding(piece[0])
            if len(names) == 1:
                mentions.append(Mention(piece.start(), piece.end(), piece[0], names[0]))
            elif not mentions and not names and (begun := units.beginning(piece[0])):
                mentions.append(Mention(piece.start(), piece.start() + len(begun[0]), *begun))
        for one in mentions:
            self._blank(one.start, one.end)
        return list({one.name: one for one in mentions}.values())

    @property
    def asks_how(self) -> bool:
        """Whether what is left asks how things are done; who and which is asked by orders too."""
        left = _END.sub("", self.left) if ASKS_WHICH.search(self.left) else self.left  # 有谁要延期吗
        return ASKS_HOW.search(left) is not None or asks(ASKS_WHICH.sub("", left).rstrip("?"))

    def rest(self, start: int = 0, end: int | None = None) -> str:
        """What of a part was not understood, without the words that only fill a sentence."""
        return FILLER.sub("", self.left[start:end])

    def clauses(self) -> list[tuple[int, int]]:
        """Start and end of each clause."""
        marks = [-1, *(found.start() for found in _MARK.finditer(self.plain)), len(self.plain)]
        return [(before + 1, at) for before, at in pairwise(marks) if at > before + 1]

    def clause_of(self, at: int) -> tuple[int, int]:
        """The clause that a place is in."""
        return next(((start, end) for start, end in self.clauses() if start <= at < end), (0, len(self.plain)))

    def reason_outside(self, *places: int) -> str:
        """The clauses in which none of the places is, as they were typed, without 理由是."""
        main = {self.clause_of(at) for at in places}
        others = [self.said[start:end].strip() for start, end in self.clauses() if (start, end) not in main]
        return trim_reason("，".join(one for one in others if FILLER.sub("", one)))

    def _blank(self, start: int, end: int) -> None:
        self.left = self.left[:start] + BLANK * (end - start) + self.left[end:]


def trim_reason(words: str) -> str:
    """A reason without the words that announce it and the mark that ends it."""
    announced = WHY.match(same_shape(words))
    return words[announced.end() if announced else 0 :].strip(" ，,。.！!；;")
