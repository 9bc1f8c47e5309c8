"""A figure without a key of its own, after one that has found its key."""

import re

from services.checkins.form import Kind, State
from services.checkins.reading.amounts import fits, read_amount
from services.checkins.reading.beside import stands_alone
from services.checkins.reading.lexicon import Mark
from services.checkins.reading.putting import Putting
from services.checkins.reading.slate import filled
from services.checkins.reading.tokens import Figure, Sign
from services.checkins.reading.understood import Item

_MOVED = re.compile(r"新|又|再|增|来了|[回进]来|走|退|离|转|毕业")
_CAME_AND_WENT = re.compile(r"(?:走|来|退|离开|转[出入]|新增|增加|减少)了? ?[\d一二两三四五六七八九十]")
_FOR_NOW = re.compile(r" *(?:那|就)?(?:先|暂|暂时|暂且)(?:报|按|填|记|算)")


class Following(Putting):
    """Tells whether it stands anew, changes, adds to or only remarks on the one before."""

    def _after(self, last: str, token: Figure) -> None:
        """A figure without a key of its own, after one that has found its key: anew, a change, a sum, or a remark."""
        clause, item = self.clause, self.slate.items[last]
        if clause.new and self.slate.kind(last) is Kind.STOCK:
            clause.change = clause.change or 1
        by_year = last in self.slate.from_year or item.rule == "ytd_unusable"
        monthly = by_year and clause.month and not clause.ytd
        carried = item.state is State.CARRIED and not self.in_part and clause.figures == 1 and clause.plain
        carried = carried and stands_alone(self.text, token.start, token.end) and fits(token, self.form.indicator(last))
        if item.state is State.CARRIED and self._is_said_after_same(token) and fits(token, self.form.indicator(last)):
            self._place_beside_carried(token, last)
        elif self.fixing or monthly or carried:
            self._place(token, self._again(last, token))
        elif self._told_for_now(item, token) or (item.rule == "none_after" and self._names_stock_anew(token)):
            self._place_anew(token, last)
        elif clause.change and self._moves_back(last, token):
            self._move_on(last, token)
        elif clause.change or clause.compare:
            self._remark_change(last, token)
        elif clause.to and (stock := self._grown_stock(token)):
            self._place_anew(token, stock)
        elif clause.ytd or self.sentence_ytd:
            if token.numeral.value is not None and not token.approx:
                self.slate.check_year(last, token.numeral.value)
            clause.ytd = False
        elif clause.to and not self.in_part and item.rule == "previous_plus_change":
            self._place(token, self._again(last, token))
        elif clause.to and self._stands_now(last, token):
            self._place_anew(token, last)
        elif clause.total:
            self._total(last, token)
        elif self._is_listed(token) or self._is_one_of_each(token):
            self._add_listed(last, token)
        elif surety := self._is_part(token):
            (self._add_listed if surety == "sure" and item.value is not None else self._leave_parts_open)(last, token)
        else:
            self._leave(token)

    def _is_said_after_same(self, token: Figure) -> bool:
        """订单班跟上月一样640."""
        before = self.tokens[self.at - 1]
        return isinstance(before, Sign) and before.mark is Mark.SAME and self.tokens[self.at] is token

    def _place_beside_carried(self, token: Figure, key: str) -> None:
        """What is said to be the same and is another figure is asked about."""
        value = read_amount(token, self.form.indicator(key)).value
        self._place_anew(token, key)
        before = self.slate.before(key)
        if before is not None and value is not None and value != before:
            self.slate.items[key] = self.slate.unusable(key, self.slate.items[key].source, "two_values")
            self.slate.ask("ask_which_value", key, first=value, second=before)

    def _stands_now(self, last: str, token: Figure) -> bool:
        """订单班新开了一个班40人，现在340: of a stock, what there is now counts and not what came or went."""
        indicator = self.form.indicator(last)
        since = self.text[self.placed.end : token.start] if self.placed else ""
        moved = bool(_MOVED.search(self.slate.items[last].source) or _CAME_AND_WENT.search(since))
        return moved and indicator.kind is Kind.STOCK and not self.in_part and fits(token, indicator)

    def _told_for_now(self, item: Item, token: Figure) -> bool:
        """没统计完，先报55人天: what was not collected gets a figure after all."""
        waits = item.state is State.NOT_COLLECTED
        return waits and bool(_FOR_NOW.match(self.text, self.clause.start, token.start))

    def _total(self, last: str, token: Figure) -> None:
        """共12人: of what was told one by one, of those inside and outside, or of the last key itself."""
        if self._sums_up(token):
            return
        if self._disagrees_with_parts(token):
            self._leave_apart(last, token)
            return
        if whole := self._whole_of_parts(token):
            self._place(token, self._again(whole, token))
        elif self._is_total_of_list(token, last):
            self._place_anew(token, last)
        elif self._is_bare_total(token, last):
            self._place(token, self._again(last, token))
        else:
            self._leave(token)

    def _leave_apart(self, last: str, token: Figure) -> None:
        """上半月30，下半月40，共80: the total that was told and the sum of the parts are both shown."""
        total = read_amount(token, self.form.indicator(last)).value
        if total is not None:
            source = self._words_since_placed(self.slate.items[last], token)
            self.slate.put(last, filled(total, token.approx, source, "stated"))
