"""Figures that only explain another: where the right one comes from, what the wrong one was, a part of a whole."""

import re
from decimal import Decimal

from services.checkins.form import Kind
from services.checkins.reading.lexicon import Mark
from services.checkins.reading.movements import Movements
from services.checkins.reading.tokens import Break, Figure, Filler, Mention, Sign, Token

_EXPLAINED = re.compile(r" ?(?:这个|那个)?(?:数|人)?(?:才|就|只|也|都)?是(?!对的|正确)")
_ABOUT = re.compile(r"(?:关于|有关|针对)[^,;。]{1,20}的")
_NOUN = re.compile(r"[一-龥]{2}")
_CAME = re.compile(r"(?:接收?|收|招|来|进|派|安排)了 ?$")
_ACTS = frozenset(("条", "件", "项", "份", "次", "场"))
_TOTAL = re.compile(r"总|共|合计")
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

    def _counts_another(self, token: Figure, mention: Mention) -> bool:
        """出了文件，来了46个单位: with a noun of its own, where the key of an earlier clause counts papers or acts."""
        unit = self.form.indicator(mention.keys[0]).unit
        behind = self.tokens[self.at + 1 : self.at + 2]
        noun = behind and isinstance(behind[0], Filler) and _NOUN.match(self.text, token.end)
        return bool(noun) and mention.end <= self.clause.start and token.unit == "个" and unit in _ACTS

    def _beyond_subject(self) -> Token | None:
        """一份关于现场工程师的文件: what it is about stands between the figure and its key."""
        following = self._next()
        if isinstance(following, Filler) and _ABOUT.fullmatch(self.text, following.start, following.end):
            at = self.tokens.index(following)
            return self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        return following

    def _ask_in_unit(self, token: Figure, mention: Mention) -> None:
        """企业导师授课14课时: told in a unit in which the form does not count."""
        key, value = mention.keys[0], token.numeral.value
        if mention.role == "strong" and token.unit and value is not None and self.slate.value(key) is None:
            said = self.text[token.start : token.end].strip()
            self.slate.ask("ask_in_unit", key, said=said, unit=self.form.indicator(key).unit)

    def _may_be_intake(self, token: Figure, key: str, value: Decimal) -> bool:
        """接了18个实习生, where there were 286: those who came, or all there are?"""
        before = self.slate.before(key)
        few = before is not None and 0 < value * 2 < before and self.slate.value(key) is None
        came = _CAME.search(self.text, self.clause.start, token.start)
        return few and bool(came) and self.slate.kind(key) is Kind.STOCK and not self.fixing

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

    def _close_remarks(self) -> None:
        self._forget_explained()
        self._ask_what_gave_way()

    def _ask_what_gave_way(self) -> None:
        """投了30万改造车间，奖学金5万: two sums of money, of which the second names the key; both may count."""
        for key, old in self.slate.gave_way.items():
            item, indicator = self.slate.items.get(key), self.form.indicator(key)
            if not indicator.is_money or item is None or item.rule != "stated" or item.value in (None, old.value):
                continue
            told = sum(
                (one.value or 0) for other, one in self.slate.items.items() if self.form.indicator(other).is_money
            )
            if told != old.value and not _TOTAL.search(old.source) and old.rule == "stated":
                self.slate.items[key] = old
                self.slate.doubt_parts(key, item.value or Decimal(0), f"{old.source}；{item.source}")

    def _forget_explained(self) -> None:
        """35万，车间改造30加奖学金5: parts that make the figure are said already."""
        whole = self.slate.value(self.corrected)
        if len(self.explained) > 1 and sum(value for value, _ in self.explained) == whole:
            for _, piece in self.explained:
                self.slate.lost = {one: key for one, key in self.slate.lost.items() if not one.startswith(piece)}
