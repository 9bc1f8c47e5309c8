"""Figures that only explain another: where the right one comes from, what the wrong one was, a part of a whole."""

import re
from decimal import Decimal

from services.checkins.lexicon import Mark
from services.checkins.movements import Movements
from services.checkins.tokens import Break, Figure, Mention, Sign

_EXPLAINED = re.compile(r" ?(?:这个|那个)?(?:数|人)?(?:才|就|只|也|都)?是(?!对的|正确)")
_AMONG = re.compile(r"里|当中")


class Remarks(Movements):
    """Tells them from figures that answer, and shows what finds no place."""

    def _is_remark(self, token: Figure) -> bool:
        """在岗实习改成1005，420是今年新派的; 实习生里有12个是技师学院的: no figure of the key. Leaves it over."""
        if self._is_among_waiting(token):
            self._leave(token)
            self.slate.lose(self.slate.leftovers[-1])
            self.group = []
            return True
        if not self._explains(token):
            return False
        if self._is_part(token) == "sure":
            self._add_listed(self.corrected, token)
            return True
        self._leave(token, lost=None if self.clause.change or self.clause.compare else "")
        piece = self.slate.leftovers[-1]
        self.explained.append((token.numeral.value or Decimal(0), piece))
        self.group = []
        return True

    def _explains(self, token: Figure) -> bool:
        """Behind a figure that was put right, one for the same key that no further word of correction leads."""
        key, clause = self.corrected, self.clause
        if not key or clause.total or clause.to or clause.old or clause.from_ or clause.prev:
            return False
        waiting = self._targets()
        said_of = waiting[-1].keys[0] if waiting else self.last
        subject = bool(_EXPLAINED.match(self.text, token.end))
        return (said_of == key and (self.righted or subject)) or (subject and not waiting)

    def _is_among_waiting(self, token: Figure) -> bool:
        """What stands before 里 has no figure yet, and only some of it is counted; the form's own parts are told."""
        among = [
            one
            for one in self.tokens[: self.at]
            if isinstance(one, Sign)
            and one.mark is Mark.OF
            and one.start >= self.clause.start
            and _AMONG.search(self.text, one.start, one.end)
        ]
        if not among or self.clause.figures > 1 or self._part_ahead(token):
            return False
        named = [one for one in self.tokens if isinstance(one, Mention) and self._is_near(one, token)]
        before = [one for one in named if one.start < among[-1].start]
        between = [one for one in named if among[-1].end <= one.start < token.start]
        behind = [one for one in named if one.start >= token.end]
        whole = before[-1].keys[0] if before else self.last
        if between or not whole or any(one.role in ("sub", "complement") for one in (*before, *behind)):
            return False
        return bool(before) or any(not self._holds(whole, one) for one in behind)

    def _holds(self, whole: str, part: Mention) -> bool:
        return any(whole in (*self.form.supersets(key), self.form.indicator(key).beside) for key in part.keys)

    def _is_near(self, mention: Mention, token: Figure) -> bool:
        """In the clause of the figure."""
        ends = (one.start for one in self.tokens[self.at :] if isinstance(one, Break))
        return self.clause.start <= mention.start < next(ends, len(self.text))

    def _forget_explained(self) -> None:
        """35万，车间改造30加奖学金5: parts that make the figure are said already."""
        whole = self.slate.value(self.corrected)
        if len(self.explained) > 1 and sum(value for value, _ in self.explained) == whole:
            for _, piece in self.explained:
                self.slate.lost = {one: key for one, key in self.slate.lost.items() if not one.startswith(piece)}
