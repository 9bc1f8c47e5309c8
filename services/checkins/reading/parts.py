"""Several figures for one key: parts that are added up, parts that may be, and what is no part at all.

两批，80和90人次 and 上半月30人次，下半月40 are parts of one thing; 培训80和90人次 may be, and is asked about.
"""

import re
from itertools import pairwise
from typing import Literal

from services.checkins.form import Kind
from services.checkins.reading.amounts import fits, read_amount
from services.checkins.reading.beside import ends_plainly
from services.checkins.reading.lexicon import Mark
from services.checkins.reading.sums import Sums
from services.checkins.reading.tokens import Break, Figure, Filler, Mention, Sign
from services.checkins.reading.understood import Item
from services.supply.heads import is_occupation

Surety = Literal["sure", "open", ""]

_N = r"[一二两三四五六七八九十\d]"
_SPAN = re.compile(
    rf"[上下前后]半个?月|[上中下]旬|[前后][一二两]周|第{_N}{{1,2}}(?:周|批次?|期|次|场|轮|笔|趟|班|家|个班)|[一二三四五六][期批](?![末初])|[首头]批|[前后上下]一?[批期场次轮](?!月)"
)
_ANOTHER = re.compile(
    r"另外?(?:又|还)?(?:有|一)[批期场次轮笔趟家个]|还有一[批期场次轮笔趟家个]|又一[批期场次轮笔趟家个]"
)
_COUNTED_IN = frozenset((*"批期场笔次班趟轮回家个方项部所门", "场次", "个班"))
_LIST = re.compile(r" *(?:[,、] ?)?(?:和|及|与|以及|还有|[、,/]) *(?:分别|各)?[是有为:]?")
_PLUS = re.compile(r" ?(?:\+|加上?|外加) ?")
_LABEL = re.compile(r"(?:[ ,、:和及与]*)(?P<name>[一-龥a-z]{2,10}?)(?:那边|那里|这边)?(?:共|有|是|为|[::]|到|了)? ?")
_KIND = re.compile(r"(?:老师|师傅|公司|集团|校区|专业|车间|中心|学校|系|院|部|处|科|厂|班|校|镇|区|县|组|工|员|职|家)$")
"""What names of one kind end in: 机电系 and 信息系, 王老师 and 赵老师."""
_PAIRED = ("线上 线下", "校内 校外", "专任 兼职", "专职 兼职", "规上 规下", "高职 中职", "校企 政校")
_HEADS = {"名": "人", "位": "人", "号人": "人", "人次": "人"}
_PAIRS = frozenset(map(frozenset, map(str.split, _PAIRED)))
_BESIDES = re.compile(r"[ ,、]*(?:另外?(?:又|还)?有?|再加上?|外加|加上)[有是为:]? ?")
_NOUN_BEHIND = re.compile(r"的?(?P<name>[一-龥]{2,6}?)的?[,、和 ]*(?=\d|$|[;。,])")
_NO_PART = re.compile(
    r"其中|包括|覆盖|涉及|结业|合格|毕业|通过|剩|去年|上月|目标|计划|任务|每|人均|平均|占|女|男|没|不|未|比|较|退|走|减|少|多|增|转|离|差|缺"
    r"|[月期][初末]|原|解约|续签|合同"
)


class Parts(Sums):
    """Tells whether a further figure of the same kind is a part, and adds it up."""

    def _is_part(self, token: Figure) -> Surety:
        """How surely a figure without a key of its own is a further part of what was told before it."""
        key, placed = self.last or "", self.placed
        item = self.slate.items.get(key)
        if item is None or placed is None or item.rule not in ("stated", "sum_of_listed", "parts_open"):
            return ""
        if not self._is_alike(token, placed) or token.numeral.value in (None, 0) or self.in_part:
            return ""
        between, before = self.text[placed.end : token.start], self._words_before(placed)
        between += "+" if token.signed == "+" and not between.strip() else ""
        if re.search(r"[;。!?\n()]", between) or _NO_PART.search(between):
            return ""
        if self._is_announced(token):
            return "sure"
        if _LIST.fullmatch(between) and not ends_plainly(self.text, token.end):
            return ""
        if self._are_kinds_behind(placed, token):
            return "sure"
        flow = self.slate.kind(key) is Kind.FLOW
        ends = ends_plainly(self.text, token.end)
        surety = self._by_words(before, between, flow=flow, grows=self._outgrows(token), ends=ends)
        return "sure" if surety == "open" and before.startswith(":") and not _LIST.fullmatch(between) else surety

    def _are_kinds_behind(self, placed: Figure, token: Figure) -> bool:
        """招了5个高职3个中职: nouns of one kind behind both figures."""
        first = _NOUN_BEHIND.match(self.text[placed.end : token.start])
        second = _NOUN_BEHIND.match(self.text[token.end :])
        nouns = [found["name"] for found in (first, second) if found]
        return len(nouns) == 2 and nouns[0] != nouns[1] and self._are_alike(*nouns)

    @staticmethod
    def _are_alike(one: str, two: str) -> bool:
        pair = frozenset((one[-2:], two[-2:]))
        kinds = [found[0] for found in map(_KIND.search, (one, two)) if found]
        alike = len(kinds) == 2 and kinds[0] == kinds[1]
        return alike or pair in _PAIRS or all(map(is_occupation, (one, two)))

    def _by_words(self, before: str, between: str, *, flow: bool, grows: bool, ends: bool) -> Surety:
        if _PLUS.fullmatch(between):
            return "sure"
        if _LIST.fullmatch(between):
            return "open" if flow or between.strip() != "," else ""
        spans = bool(_SPAN.search(between)), bool(_SPAN.search(before))
        if any(spans):
            sure = flow and all(spans)
            return "sure" if sure else "open" if grows or spans[1] else ""
        if _ANOTHER.search(between) or _BESIDES.fullmatch(between):
            return "" if not ends else "sure" if flow else "open"
        names = _LABEL.fullmatch(between), _LABEL.fullmatch(before)
        if not all(names) or self._holds_mark(between):
            return "open" if flow and names[0] and between.startswith("、") and not self._holds_mark(between) else ""
        return "sure" if self._are_alike(*(found["name"] for found in names if found)) else "open"

    def _is_alike(self, token: Figure, placed: Figure) -> bool:
        """Counted in one unit, or the unit said once for both: 80和90人次."""
        indicator = self.form.indicator(self.last or "")
        if indicator.is_money and (token.unit, token.numeral.scaled) != (placed.unit, placed.numeral.scaled):
            return token.unit == "万元" and not placed.unit and not placed.numeral.scaled
        units = {_HEADS.get(one.unit, one.unit) for one in (token, placed)} - {""}
        return len(units) < 2 and fits(token, indicator) and fits(placed, indicator)

    def _words_before(self, placed: Figure) -> str:
        """What stands before the first part in its clause, without the key itself."""
        at = self.tokens.index(placed)
        start = next((one.end for one in reversed(self.tokens[:at]) if isinstance(one, Break)), 0)
        words = self.text[start : placed.start]
        if _SPAN.search(words):
            return words
        named = [one.end for one in self.tokens[:at] if isinstance(one, Mention) and one.keys[0] == self.last]
        return self.text[max([start, *named]) : placed.start]

    def _is_announced(self, token: Figure) -> bool:
        """培训两批，80和90人次: as many parts follow as were counted before the first of them."""
        parts = self._parts_around(token)
        first = self.tokens.index(parts[0])
        for one in reversed(self.tokens[:first]):
            if isinstance(one, Break) and one.level in ("stop", "line"):
                return False
            if isinstance(one, Figure):
                counts = one.unit in _COUNTED_IN and one.numeral.value == len(parts) > 1
                return counts and not any(self._is_labelled_else(a, b) for a, b in pairwise(parts))
        return False

    def _is_labelled_else(self, one: Figure, other: Figure) -> bool:
        return bool(_NO_PART.search(self.text[one.end : other.start]))

    def _parts_around(self, token: Figure) -> list[Figure]:
        """The figures of one kind that stand in a row with this one, nothing but names and list signs between them."""
        at, first = self.tokens.index(token), self.first_of.get(self.last or "", token)
        found = [token]
        for step in (-1, 1):
            here = at + step
            while 0 <= here < len(self.tokens) and self.tokens[here].start >= first.start:
                one = self.tokens[here]
                if isinstance(one, Figure):
                    if not self._is_alike(one, token):
                        break
                    found.insert(0, one) if step < 0 else found.append(one)
                elif not (
                    isinstance(one, Filler)
                    or (isinstance(one, Sign) and one.mark in (Mark.AND, Mark.EACH))
                    or (isinstance(one, Break) and one.level == "comma")
                ):
                    break
                here += step
        return found

    def _outgrows(self, token: Figure) -> bool:
        """Larger than the figure before, so that it can be no part of it."""
        value = self.slate.value(self.last)
        amount = read_amount(token, self.form.indicator(self.last or "")).value
        return value is not None and amount is not None and amount > value

    def _holds_mark(self, between: str) -> bool:
        """Whether something is said of the figure that no name is."""
        signs = [one for one in self.tokens if isinstance(one, Sign) and one.end <= self.tokens[self.at].start]
        start = self.tokens[self.at].start - len(between)
        return any(one.start >= start and one.mark is not Mark.AND for one in signs)

    def _disagrees_with_parts(self, token: Figure) -> bool:
        """Whether a total is another than the parts that were told for the key make."""
        parts, indicator = self.slate.parts.get(self.last or "", ()), self.form.indicator(self.last or "")
        total = read_amount(token, indicator).value if fits(token, indicator) else None
        return len(parts) > 1 and total is not None and total != sum(parts) and self.slate.value(self.last) is not None

    def _add_listed(self, key: str, token: Figure) -> None:
        """Sum what is listed; the parts are in the words of the item."""
        item, amount = self.slate.items[key], read_amount(token, self.form.indicator(key)).value
        if item.value is None or amount is None:
            self._leave(token)
            return
        self.slate.add_part(key, amount, self._words_since_placed(item, token), approx=item.approx or token.approx)
        self.placed = token

    def _words_since_placed(self, item: Item, token: Figure) -> str:
        return f"{item.source}{self.text[self.placed.end if self.placed else token.start : token.end]}"
