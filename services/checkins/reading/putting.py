"""What a key gets from a figure that was found to be its own: as it stands, as a change, as a month of a year's sum."""

from decimal import Decimal

from services.checkins.form import Kind
from services.checkins.reading.amounts import read_amount
from services.checkins.reading.lexicon import Mark
from services.checkins.reading.setting_aside import SettingAside
from services.checkins.reading.slate import filled
from services.checkins.reading.tokens import Figure, Mention
from services.checkins.reading.understood import Item


class Putting(SettingAside):
    """Reads figures in the unit of their keys and keeps them."""

    def _place(self, token: Figure, mention: Mention) -> None:
        key, clause, slate = mention.keys[0], self.clause, self.slate
        indicator, source = self.form.indicator(key), self._source(mention, token)
        amount = read_amount(token, indicator, mention.unit)
        if mention.role == "complement":
            clause.except_ = False
            if amount.value is not None:
                slate.remainder(key, amount.value, source, approx=token.approx)
            return
        if amount.value is None:
            self._doubt(token, key, source, amount.problem or "vague")
            return
        if self._goes_on_listing(key, mention):
            self._add_listed(key, token)
            return
        flow = indicator.kind is Kind.FLOW
        change = clause.change or self._signed_change(token, flow=flow)
        if change and not clause.to:
            if slate.value(key) is not None and slate.items[key].rule == "stated" and not self.fixing:
                self._remark_change(key, token)
                return
            item = slate.changed(key, change * amount.value, source, approx=token.approx)
        elif flow and self._is_of_year(key, amount.value):
            item = slate.month_of_year(key, amount.value, source, approx=token.approx)
        else:
            item = filled(amount.value, token.approx, source, "stated", note=amount.note)
        if item.rule == "stated" and self._may_be_intake(token, key, amount.value):
            whole = (slate.before(key) or Decimal(0)) + amount.value
            item = slate.unusable(key, source, "two_values", stated=amount.value)
            slate.ask("ask_which_value", key, first=amount.value, second=whole)
        if self._is_part_of_itself(key, item):
            clause.apart = True
            self._leave(token, lost=None)
            return
        self._put(key, item, weak=mention.role == "weak")
        self.placed = self.first_of[key] = token
        clause.change, clause.compare, clause.to, clause.new = 0, False, False, False

    def _place_anew(self, token: Figure, key: str) -> None:
        """Let a later figure of the same message stand for an earlier one."""
        self.fixing, fixing = True, self.fixing
        self._place(token, self._again(key, token))
        self.fixing = fixing

    def _leave_parts_open(self, key: str, token: Figure) -> None:
        """培训80和90人次: whether they are to be added up is asked, and none of them is kept for the whole."""
        item, amount = self.slate.items[key], read_amount(token, self.form.indicator(key)).value
        if amount is None:
            self._leave(token)
            return
        self.slate.doubt_parts(key, amount, self._words_since_placed(item, token))
        self.placed = token

    def _is_of_year(self, key: str, value: Decimal) -> bool:
        """累计12000; 本月累计完成5480 and 到11月底一共5310 too, where that is more than the year had before."""
        clause, before = self.clause, self.slate.year(key)
        by_year = clause.ytd or self.sentence_ytd
        reaches = before is not None and 0 < before <= value
        return (by_year and (not clause.month or reaches)) or (reaches and clause.total and Mark.AS_OF in self.said)

    def _put(self, key: str, item: Item, *, weak: bool) -> None:
        old = self.slate.value(key)
        if item.value is None and not item.approx and old is not None and not self.fixing:
            return
        self.slate.put(key, item, weak=weak, replace=self.fixing or self.clause.total)
        self._settle(key)
        self.corrected = key if self.fixing else ""
        if self.old and self.old[0] in (None, key) and (self.old[2] or self.fixing):
            self.slate.correct(key, self.old[1])
            self.old = None
        elif self.fixing and old is not None and self._speaks_of_before() and self.slate.before(key) == old:
            self.slate.correct(key, old)
        elif self.fixing and old is None and self.other_month is not None:
            self.slate.correct_month(key, self.other_month)

    def _doubt(self, token: Figure, key: str, source: str, problem: str) -> None:
        """Spoken of, but not to be taken: too vague, mistyped, or 元 against 万元."""
        code = {"suspect": "V12", "yuan_or_wan": "V05"}.get(problem)
        if code:
            self.slate.problems.add(f"{key}:{code}")
        item = self.slate.unusable(key, source, problem, approx=problem == "vague", stated=token.numeral.value)
        self.slate.put(key, item, replace=self.fixing)
        self._settle(key)
        ids = {"vague": "ask_exact", "suspect": "ask_reread", "yuan_or_wan": "ask_yuan_or_wan"}
        self.slate.ask(ids[problem], key, written=self.text[token.start : token.end], stated=token.numeral.value)

    def _turn_into_year(self, key: str) -> None:
        """培训10950人次（全年累计）: the mark comes after its figure."""
        item = self.slate.items.get(key)
        if item and item.rule == "stated" and item.value is not None and self.slate.kind(key) is Kind.FLOW:
            self.slate.items[key] = self.slate.month_of_year(key, item.value, item.source, approx=item.approx)

    def _drop_torn_whole(self) -> None:
        """总投入26万，其中设备16万: the whole is known, the cash is not."""
        key = self.weak_whole
        if not key or key not in self.slate.from_weak or self.last in (None, key):
            return
        if self.form.indicator(self.last or "").unit != self.form.indicator(key).unit:
            return
        if not any(key in self.form.supersets(other) for other in self.slate.items):
            whole = self.slate.items[key]
            self.slate.items[key] = self.slate.unusable(key, whole.source, "whole_of_several", stated=whole.value)
            self.slate.ask("ask_share", key, whole=whole.value)
