"""Where a figure goes: to a key that waits, to one that follows, to the last one, or nowhere."""

from services.checkins.form import Kind
from services.checkins.reading.amounts import fits, read_amount
from services.checkins.reading.beside import stands_alone
from services.checkins.reading.focusing import may_answer
from services.checkins.reading.following import Following
from services.checkins.reading.lexicon import TENTHS, Mark
from services.checkins.reading.setting_aside import PERCENT
from services.checkins.reading.slate import filled, made_of
from services.checkins.reading.tokens import Figure, Mention, Sign


class Placing(Following):
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
        if part := self._part_ahead(token):
            self._place(token, part)
            return
        targets = self._forward(token) or self._targets()
        if token.unit in PERCENT and not any(self.form.indicator(m.keys[0]).unit == "%" for m in targets):
            self._percent(token, targets)
            return
        fitting = [
            m
            for m in targets
            if fits(token, self.form.indicator(m.keys[0]), m.unit)
            and not (self._counts_classes(token, m) or self._counts_another(token, m))
        ]
        if len(fitting) == 1 and (
            self._counts_better_next(token, fitting[0].keys[0]) or self._counts_for_next(token, fitting[0])
        ):
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
            item = filled(each * many, token.approx, source, "each_times_many", each, made_of("*", many, each))
            self._put(key, item, weak=mention.role == "weak")
            self.placed = token
        else:
            self.slate.put(key, self.slate.unusable(key, source, "each_of_unknown", stated=each))
            named = self._names_before(token)
            if each is not None and named > 1:
                self.slate.ask("ask_each", key, stated=each, many=named, guess=each * named)
            else:
                self.slate.ask("ask_exact", key, written=source, stated=each)
            self._settle(key)

    def _forward(self, token: Figure) -> list[Mention]:
        """3.5万的设备, 12个实习生: the key stands behind its figure and has no figure of its own."""
        if self.group_open and any(mention.role != "weak" for mention in self.group):
            return []
        settling = self._settling_next()
        if settling is not None and self._counts_settled(settling):
            return []
        following = settling or self._beyond_subject()
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
        paused = self.text.startswith(" ", following.end)  # 12个实习生 本月培训402
        if isinstance(then, Figure) or (isinstance(then, Sign) and then.mark not in goes_on and not paused):
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
        if waiting and self._is_part_of_list(token):
            self._add_listed(last or "", token)
            self.group = []
        elif waiting:
            self._leave(token, lost=self._targets()[-1].keys[0])
            self._ask_in_unit(token, self._targets()[-1])
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

    def _is_part_of_list(self, token: Figure) -> bool:
        """社会培训：退役军人80人次，企业职工120人次: a weak word in the name of a part waits for nothing."""
        weak = all(one.role == "weak" for one in self._targets())
        return weak and self.slate.value(self.last) is not None and self._is_part(token) == "sure"

    def _answers_focus(self, token: Figure) -> bool:
        """12860人吧, while that figure is asked for; not a number in talk of something else."""
        named = any(self.form.indicator(key).is_due(self.period) for key in self.mentioned)
        asked = bool(self.focus) and not named and fits(token, self.form.indicator(self.focus or ""))
        return asked and may_answer(self.text) and stands_alone(self.text, token.start, token.end)
