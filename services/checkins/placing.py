"""Where a figure goes: to a key that waits, to one that follows, to the last one as a remark, or nowhere."""

from services.checkins.amounts import fits, read_amount
from services.checkins.form import Kind, State
from services.checkins.lexicon import TENTHS, Mark
from services.checkins.neighbours import Neighbours
from services.checkins.reading import Item
from services.checkins.slate import filled
from services.checkins.tokens import Break, Figure, Filler, Mention, Sign, When

PERCENT = ("%", "个百分点", "百分点", TENTHS)


class Placing(Neighbours):
    """Binds figures to keys."""

    def _figure(self, token: Figure) -> None:
        clause = self.clause
        clause.figures += 1
        if self._set_aside(token):
            return
        if self.rate:
            self.slate.refuse_rate(self.rate)
            self.rate = None
            return
        targets = self._forward(token) or self._targets()
        if token.unit in PERCENT and not any(self.form.indicator(m.keys[0]).unit == "%" for m in targets):
            self._percent(token, targets)
            return
        fitting = [m for m in targets if fits(token, self.form.indicator(m.keys[0]), m.unit)]
        if len(fitting) == 1 and self._counts_better_next(token, self.form.indicator(fitting[0].keys[0]).unit):
            self._leave(token)
            return
        several = len(fitting) > 1
        everyone = clause.all_ or token.numeral.value == 0
        if several and not everyone and self._is_sum_of(fitting, token):
            self.slate.ask("ask_share", None, keys=tuple(m.keys[0] for m in fitting), whole=token.numeral.value)
            self.group = []
        elif not fitting:
            self._without_key(token, waiting=bool(targets))
        elif several and (clause.each or self._figures_ahead() == len(fitting)):
            self._place(token, fitting[0])
            self.group = [m for m in self.group if m.keys != fitting[0].keys]
        elif not several and self._is_torn(token):
            self._doubt(token, fitting[0].keys[0], self._source(fitting[0], token), "suspect")
            self.group = []
        else:
            for mention in fitting if several and everyone else fitting[-1:]:
                self._place(token, mention)
            self.group = []

    def _set_aside(self, token: Figure) -> bool:
        """Figures that are no answer: the old one, last month's, last year's, those taken out."""
        clause = self.clause
        if clause.yoy:
            clause.yoy = False
        elif clause.remark:
            clause.remark = False
        elif clause.compare and not (clause.change or clause.to or token.unit in PERCENT):
            clause.compare = False
        elif clause.old or clause.from_:
            self._keep_old(token, sure=clause.old)
            clause.old = clause.from_ = False
        elif clause.prev and not (clause.compare or clause.month or clause.to) and not self._reports_other_month():
            clause.prev = False
            self._keep_old(token, sure=False)
        elif clause.except_ and not any(mention.role == "complement" for mention in self.group):
            clause.except_ = False
            return not (self.group and self.group_open)
        else:
            return False
        return True

    def _reports_other_month(self) -> bool:
        """Whether last month is what the whole message reports: "10月：在校生13875人…"."""
        if any(self.slate.value(mention.keys[0]) is not None for mention in self._targets()):
            return False
        keys_before = any(isinstance(token, Mention) for token in self.tokens[: self.at])
        named = any(isinstance(one, When) for one in self.tokens)
        opening = next((one for one in self.tokens if not isinstance(one, Filler | Break)), None)
        this = any(isinstance(one, Sign) and one.mark is Mark.MONTH for one in self.tokens)
        whole = isinstance(opening, Sign) and opening.mark is Mark.PREV and "初" not in self.text[: opening.end]
        speaks = named or (whole and not this)
        return speaks and keys_before and not (self.in_part or self.fixing or self._names_own_month())

    def _names_own_month(self) -> bool:
        return any(isinstance(one, When) and one.period == self.period for one in self.tokens)

    def _keep_old(self, token: Figure, *, sure: bool) -> None:
        """Remember a figure said to be the old one; unless ``sure``, only a word of correction makes it count."""
        if token.numeral.value is None:
            return
        target = self._targets()[-1].keys[0] if self.group else self.last
        self.old = (target, token.numeral.value, sure)
        if sure and self.last in self.slate.items and not self.group and self.last:
            self.slate.correct(self.last, token.numeral.value)
            self.old = None

    def _forward(self, token: Figure) -> list[Mention]:
        """3.5万的设备, 12个实习生: the key stands behind its figure and has no figure of its own."""
        if self.group_open and any(mention.role != "weak" for mention in self.group):
            return []
        following = self._next()
        if not isinstance(following, Mention) or following.role == "derived":
            return []
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
        if isinstance(then, Figure) or (isinstance(then, Sign) and then.mark not in (Mark.AND, Mark.OF)):
            return []
        self.family = mention.keys[0]
        return [mention]

    def _percent(self, token: Figure, targets: list[Mention]) -> None:
        """A rate is never taken: it is computed from its parts (V09). A change in percent is only a remark."""
        if self.clause.change or self.clause.compare or token.unit not in ("%", TENTHS):
            return
        share = "占" in self.text[self.clause.start : token.start]
        keys = [mention.keys[0] for mention in targets]
        for rate in self.form.derived:
            of_last = share and rate.numerator == self.last and (not keys or rate.denominator in keys)
            of_both = share and not keys and rate.denominator == self.last and rate.numerator in self.slate.items
            if of_last or of_both or rate.numerator in keys:
                self.slate.refuse_rate(rate.key)
                break
        else:
            self._leave(token)
        self.group = []

    def _without_key(self, token: Figure, *, waiting: bool) -> None:
        """A figure that no waiting key takes."""
        clause, last = self.clause, self.last
        if waiting:
            self._leave(token)
        elif self._by_unit(token):
            self._place(token, self._again(self._by_unit(token), token))
        elif last is None or last not in self.slate.items:
            if self.focus and not self.mentioned and fits(token, self.form.indicator(self.focus)):
                self._place(token, self._again(self.focus, token))
            else:
                self._leave(token)
        elif self.fixing or (last in self.slate.from_year and clause.month and not clause.ytd):
            self._place(token, self._again(last, token))
        elif (
            self.slate.items[last].state is State.CARRIED and not self.in_part and clause.figures == 1 and clause.plain
        ):
            if token.numeral.value != self.slate.value(last):
                self._place(token, self._again(last, token))
        elif clause.change or clause.compare:
            self._remark_change(last, token)
        elif clause.ytd or self.sentence_ytd:
            if token.numeral.value is not None and not token.approx:
                self.slate.check_year(last, token.numeral.value)
            clause.ytd = False
        elif (clause.to and not self.in_part and self.slate.items[last].rule == "previous_plus_change") or (
            clause.total and self._is_bare_total(token, last)
        ):
            self._place(token, self._again(last, token))
        else:
            self._leave(token)

    def _remark_change(self, key: str, token: Figure) -> None:
        value = token.numeral.value
        if value is not None and self.clause.change and not token.approx and fits(token, self.form.indicator(key)):
            self.slate.check_change(key, self.clause.change * value)
        self.clause.change, self.clause.compare = 0, False

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
        flow = indicator.kind is Kind.FLOW
        change = clause.change or self._signed_change(token, flow=flow)
        if change and not clause.to:
            if slate.value(key) is not None and slate.items[key].rule == "stated" and not self.fixing:
                self._remark_change(key, token)
                return
            item = slate.changed(key, change * amount.value, source, approx=token.approx)
        elif flow and (clause.ytd or self.sentence_ytd) and not clause.month:
            item = slate.month_of_year(key, amount.value, source, approx=token.approx)
        else:
            item = filled(amount.value, token.approx, source, "stated", note=amount.note)
        if self._is_part_of_itself(key, item):
            self._leave(token)
            return
        self._put(key, item, weak=mention.role == "weak")
        self.placed = token
        clause.change, clause.compare, clause.to, clause.new = 0, False, False, False

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
