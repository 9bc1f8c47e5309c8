"""Where a figure goes: to a key that waits, to one that follows, to the last one as a remark, or nowhere."""

import re
from decimal import Decimal

from services.checkins.amounts import fits, read_amount
from services.checkins.focusing import may_answer
from services.checkins.form import Kind, State
from services.checkins.lexicon import TENTHS, Mark
from services.checkins.reading import Item
from services.checkins.setting_aside import PERCENT, SettingAside
from services.checkins.slate import filled
from services.checkins.tokens import Figure, Mention, Sign

_MOVED = re.compile(r"新|又|再|增|来了|[回进]来|走|退|离|转|毕业")
_FOR_NOW = re.compile(r" *(?:那|就)?(?:先|暂|暂时|暂且)(?:报|按|填|记|算)")


class Placing(SettingAside):
    """Binds figures to keys."""

    def _figure(self, token: Figure) -> None:
        clause = self.clause
        clause.figures += 1
        if self._set_aside(token):
            return
        if token.numeral.value == 0 and self._sets_apart(token):
            self.group = []
            return
        if self.rate:
            self.slate.refuse_rate(self.rate)
            self.rate = None
            return
        targets = self._forward(token) or self._targets()
        if token.unit in PERCENT and not any(self.form.indicator(m.keys[0]).unit == "%" for m in targets):
            self._percent(token, targets)
            return
        fitting = [
            m
            for m in targets
            if fits(token, self.form.indicator(m.keys[0]), m.unit) and not self._counts_classes(token, m)
        ]
        if len(fitting) == 1 and self._counts_better_next(token, fitting[0].keys[0]):
            self._leave(token, lost=None)
            return
        one_for_each = clause.each and clause.figures == clause.each_at + 1 and self._figures_ahead() == 1
        if one_for_each and len(fitting) == 1:
            self._each_of(token, fitting[0])
            self.group = []
            return
        several = len(fitting) > 1
        each_task = self._are_numbered(fitting) and self._figures_ahead() == 1
        everyone = clause.all_ or token.numeral.value == 0 or each_task or one_for_each
        if several and not everyone and self._is_sum_of(fitting, token):
            self.slate.ask("ask_share", None, keys=tuple(m.keys[0] for m in fitting), whole=token.numeral.value)
            self.group = []
        elif not fitting:
            self._without_key(token, waiting=bool(targets))
        elif (
            several
            and not one_for_each
            and (clause.each or (self._figures_ahead() == len(fitting) and self._are_listed(fitting)))
        ):
            self._place(token, fitting[0])
            self.group = [m for m in self.group if m.keys != fitting[0].keys]
        elif not several and self._is_torn(token):
            self._doubt(token, fitting[0].keys[0], self._source(fitting[0], token), "suspect")
            self.group = []
        else:
            for mention in fitting if several and everyone else fitting[-1:]:
                self._place(token, mention)
            self.group = []

    def _each_of(self, token: Figure, mention: Mention) -> None:
        """和两家企业各签了一份: two. With an uncounted list (和甲厂、乙厂各签一份) the sum has to be told."""
        key = mention.keys[0]
        each = read_amount(token, self.form.indicator(key)).value
        many = self._partners_before(token)
        source = self._source(mention, token)
        if each is not None and many is not None:
            approx = token.approx
            self._put(key, filled(each * many, approx, source, "each_times_many", each), weak=mention.role == "weak")
            self.placed = token
        else:
            self.slate.put(key, self.slate.unusable(key, source, "each_of_unknown", stated=each))
            self.slate.ask("ask_exact", key, written=source, stated=each)
            self._settle(key)

    def _forward(self, token: Figure) -> list[Mention]:
        """3.5万的设备, 12个实习生: the key stands behind its figure and has no figure of its own."""
        if self.group_open and any(mention.role != "weak" for mention in self.group):
            return []
        settling = self._settling_next()
        if settling is not None and self._counts_settled(settling):
            return []
        following = settling or self._next()
        if not isinstance(following, Mention) or following.role == "derived":
            return []
        following = self._beyond_partner(following)
        mention = self._resolved(following)
        if mention is None or not fits(token, self.form.indicator(mention.keys[0])):
            return []
        named = token.unit == self.form.indicator(mention.keys[0]).unit
        stock = self.form.indicator(mention.keys[0]).kind is Kind.STOCK
        if mention.role == "weak" and stock:
            return []
        if mention.role == "weak" and (self.group or not (named or token.numeral.value == 0)):
            return []
        after = self.tokens[self.tokens.index(following, self.at) + 1 :]
        then = next((one for one in after if not self._is_thin(one)), None)
        if isinstance(then, Mention) and mention.role == "weak":
            return []
        goes_on = (Mark.AND, Mark.OF, *((Mark.UP, Mark.DOWN) if self.clause.change else ()))
        if isinstance(then, Figure) or (isinstance(then, Sign) and then.mark not in goes_on):
            return []
        self.family = mention.keys[0]
        return [mention]

    def _percent(self, token: Figure, targets: list[Mention]) -> None:
        """A rate is never taken: it is computed from its parts (V09). A change in percent is only a remark."""
        if self.clause.change or self.clause.compare or token.unit not in ("%", TENTHS):
            return
        share = "占" in self.text[self.clause.start : token.start]
        if not share and self._is_share_of_figure(token):
            self._leave(token, lost=None)
            return
        keys = [mention.keys[0] for mention in targets]
        for rate in self.form.derived:
            of_last = share and rate.numerator == self.last and (not keys or rate.denominator in keys)
            of_both = share and not keys and rate.denominator == self.last and rate.numerator in self.slate.items
            if of_last or of_both or rate.numerator in keys:
                self.slate.refuse_rate(rate.key)
                break
        else:
            self._leave(token, lost=None)
        if not self._is_told_in_heads(targets):
            self.group = []

    def _without_key(self, token: Figure, *, waiting: bool) -> None:
        """A figure that no waiting key takes."""
        last = self.last
        if waiting:
            self._leave(token, lost=self._targets()[-1].keys[0])
        elif self._by_unit(token):
            self._place(token, self._again(self._by_unit(token), token))
        elif token.numeral.value == 0 and Mark.OTHER in self._marks_before(token):
            return  # 其余为0 is said of the whole form
        elif last is not None and last in self.slate.items:
            self._after(last, token)
        elif self._answers_focus(token):
            self._place(token, self._again(self.focus or "", token))
        else:
            self._leave(token)
            self.stray = token if self.last is None else None

    def _answers_focus(self, token: Figure) -> bool:
        """12860人吧, while that figure is asked for; not a number in talk of something else."""
        asked = bool(self.focus) and not self.mentioned and fits(token, self.form.indicator(self.focus or ""))
        return asked and may_answer(self.text)

    def _after(self, last: str, token: Figure) -> None:
        """A figure without a key of its own, after one that has found its key: anew, a change, a sum, or a remark."""
        clause, item = self.clause, self.slate.items[last]
        if clause.new and self.slate.kind(last) is Kind.STOCK:
            clause.change = clause.change or 1
        by_year = last in self.slate.from_year or item.rule == "ytd_unusable"
        monthly = by_year and clause.month and not clause.ytd
        carried = item.state is State.CARRIED and not self.in_part and clause.figures == 1 and clause.plain
        if self.fixing or monthly or carried:
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
        else:
            self._leave(token)

    def _stands_now(self, last: str, token: Figure) -> bool:
        """订单班新开了一个班40人，现在340: of a stock, what there is now counts and not what came or went."""
        indicator = self.form.indicator(last)
        moved = bool(_MOVED.search(self.slate.items[last].source))
        return moved and indicator.kind is Kind.STOCK and not self.in_part and fits(token, indicator)

    def _told_for_now(self, item: Item, token: Figure) -> bool:
        """没统计完，先报55人天: what was not collected gets a figure after all."""
        waits = item.state is State.NOT_COLLECTED
        return waits and bool(_FOR_NOW.match(self.text, self.clause.start, token.start))

    def _total(self, last: str, token: Figure) -> None:
        """共12人: of what was told one by one, of those inside and outside, or of the last key itself."""
        if self._sums_up(token):
            return
        if whole := self._whole_of_parts(token):
            self._place(token, self._again(whole, token))
        elif self._is_total_of_list(token, last):
            self._place_anew(token, last)
        elif self._is_bare_total(token, last):
            self._place(token, self._again(last, token))
        else:
            self._leave(token)

    def _add_listed(self, key: str, token: Figure) -> None:
        """Sum what is listed; the parts are in the words of the item."""
        item, amount = self.slate.items[key], read_amount(token, self.form.indicator(key)).value
        if item.value is None or amount is None:
            self._leave(token)
            return
        source = f"{item.source}{self.text[self.placed.end if self.placed else token.start : token.end]}"
        approx = item.approx or token.approx
        self.slate.items[key] = filled(item.value + amount, approx, source, "sum_of_listed")
        self.placed = token

    def _place_anew(self, token: Figure, key: str) -> None:
        """Let a later figure of the same message stand for an earlier one."""
        self.fixing, fixing = True, self.fixing
        self._place(token, self._again(key, token))
        self.fixing = fixing

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
        if self._is_part_of_itself(key, item):
            clause.apart = True
            self._leave(token, lost=None)
            return
        self._put(key, item, weak=mention.role == "weak")
        self.placed = token
        clause.change, clause.compare, clause.to, clause.new = 0, False, False, False

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
        if not key or key not in self.slate.from_weak or self.last == key:
            return
        if not any(key in self.form.supersets(other) for other in self.slate.items):
            whole = self.slate.items[key]
            self.slate.items[key] = self.slate.unusable(key, whole.source, "whole_of_several", stated=whole.value)
            self.slate.ask("ask_share", key, whole=whole.value)
