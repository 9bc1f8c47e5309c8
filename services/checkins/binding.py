"""Which figure belongs to which key: one pass over the tokens of a message.

Keys wait in a group until a figure or a state arrives; punctuation decides how far they may wait. Marks say what the
next figure is: this month's, the year's, a change, a part, the old one. Nothing is guessed: what finds no place is
left over.
"""

from dataclasses import replace
from decimal import Decimal

from services.checkins.context import Clause
from services.checkins.form import State
from services.checkins.lexicon import Mark
from services.checkins.placing import Placing
from services.checkins.slate import filled
from services.checkins.tokens import Break, Figure, Mention, Sign, When

_SIMPLE = {
    Mark.YOY: "yoy",
    Mark.COMPARE: "compare",
    Mark.NOT: "old",
    Mark.FROM: "from_",
    Mark.EXCEPT: "except_",
    Mark.EACH: "each",
    Mark.ALL: "all_",
    Mark.NEW: "new",
    Mark.EQUALS: "equals",
    Mark.ASIDE: "aside",
    Mark.REMARK: "remark",
    Mark.PLAN: "remark",
}

_DEEDS = ("到账", "到款", "招", "签", "捐", "投", "送", "派", "办", "解决", "提", "走访", "培训")
"""Deeds: 还没到账 is a zero, 还没折价 a figure that is not there yet."""


class Binder(Placing):
    """Walks the tokens of one message and fills a slate."""

    def run(self) -> None:
        """Bind all tokens and close the last clause."""
        for at, token in enumerate(self.tokens):
            self.at = at
            match token:
                case Mention():
                    self._mention(token)
                case Figure():
                    self._figure(token)
                case Sign():
                    self._sign(token)
                case When():
                    self._when(token)
                case Break():
                    self._break(token)
        self._end_clause(len(self.text))
        self._drop_torn_whole()

    def _break(self, token: Break) -> None:
        self._end_clause(token.start)
        self.clause = Clause(start=token.end)
        if token.level == "open":
            self.depth += 1
            self.held = [] if self._bracket_has_figure() else list(self.group)
        elif token.level == "close":
            self.depth = max(0, self.depth - 1)
            self.group, self.held = self.held or self.group, []
        elif token.level in ("stop", "line"):
            self._end_sentence(keep_group=token.level == "line" and isinstance(self._next(), Figure))

    def _bracket_has_figure(self) -> bool:
        """实习（不含毕业生）1010人: a bracket without a figure leaves the key before it waiting."""
        for token in self.tokens[self.at + 1 :]:
            if isinstance(token, Figure) or (isinstance(token, Break) and token.level in ("stop", "line")):
                return True
            if isinstance(token, Break) and token.level == "close":
                return False
        return True

    def _end_clause(self, end: int) -> None:
        clause = self.clause
        if clause.negated and not clause.change and self._denies_apart():
            self._state(State.ZERO, "none_before")
        if clause.figures == 0:
            if clause.inapplicable:
                self._state(State.NOT_APPLICABLE, "not_applicable")
            if self.uncollected:
                self._state(State.NOT_COLLECTED, "not_collected_yet")
            if clause.equals:
                self._all_of_whole()
            if clause.ytd and self.last and len(self.text[clause.start : end].strip()) <= 6:
                self._turn_into_year(self.last)
        self.group_open = False

    def _denies_apart(self) -> bool:
        """实践8人天、无到账 denies the second key; 上月的1项还没办结 speaks of the one figure."""
        figures = [one for one in self.tokens[: self.at] if isinstance(one, Figure)]
        clause = self.clause
        return clause.figures == 0 or (clause.figures == clause.negated_at and figures[-1] is self.placed)

    def _end_sentence(self, *, keep_group: bool) -> None:
        if not keep_group:
            self.group = []
        self.rate = None
        self.in_part = self.sentence_ytd = self.uncollected = False
        self.fixing = self.fixing and self.sentence_keys == 0
        self.sentence_keys = self.depth = 0

    def _mention(self, token: Mention) -> None:
        if token.role == "derived":
            self.rate, self.group = token.keys[0], []
            return
        mention = self._resolved(token)
        if mention is None:
            return
        key = mention.keys[0]
        self.mentioned.add(key)
        unlikely = token.role == "weak" and (self.clause.aside or not self.form.indicator(key).is_due(self.period))
        if unlikely or self._is_other_part(key):
            return
        self.sentence_keys += 1
        self.rate = None
        settled = self.last == key and self.clause.figures and self.slate.value(key) is not None
        if settled and not isinstance(self._next(), Figure):
            return
        if not self.group_open:
            self.group = []
        self.group.append(mention)
        self.group_open = True
        if mention.role != "complement":
            if self.in_part and not (self.last and self._related(key, self.last)):
                self.in_part = self.depth > 0
            self.family = key

    def _sign(self, token: Sign) -> None:
        self.said.add(token.mark)
        clause = self.clause
        match token.mark:
            case Mark.UP | Mark.DOWN:
                clause.change = 1 if token.mark is Mark.UP else -1
            case Mark.TO:
                clause.to, clause.change, clause.compare, clause.remark = True, 0, False, False
            case Mark.MONTH:
                clause.month, clause.ytd, clause.prev, self.sentence_ytd = True, False, False, False
            case Mark.PREV:
                clause.prev = not self._qualifies_noun(token)
            case Mark.TOTAL:
                clause.total, clause.remark = True, False
            case Mark.YTD:
                clause.ytd = True
                self.sentence_ytd = self.sentence_ytd or not (self.sentence_keys or self.group)
            case Mark.OF:
                self.in_part = clause.of = True
                self.weak_whole = self.last if self.last in self.slate.from_weak else self.weak_whole
            case Mark.WRONG:
                self.fixing = True
            case Mark.SHOULD_BE:
                self.fixing = clause.to = True
                clause.change, clause.old, clause.from_ = 0, False, False
            case Mark.NOT_APPLICABLE:
                self._not_applicable(token)
            case Mark.NOT_COLLECTED:
                self.uncollected = not self.group and not self.sentence_keys
                self._state(State.NOT_COLLECTED, "not_collected")
            case Mark.NONE:
                self._none(not_yet=self.text.startswith(("还没", "尚未", "还未"), token.start))
            case Mark.SAME:
                self._same()
            case Mark.DOUBLE | Mark.HALF:
                self._multiplied(Decimal(2) if token.mark is Mark.DOUBLE else Decimal("0.5"))
            case _ if token.mark in _SIMPLE:
                setattr(clause, _SIMPLE[token.mark], True)

    def _qualifies_noun(self, token: Sign) -> bool:
        """办结上期需求1项: last month's needs, closed in this one."""
        following = self._next()
        return bool(self.group and self.group_open) and isinstance(following, Mention) and following.start == token.end

    def _when(self, token: When) -> None:
        self.periods.append(token.period)
        if token.period == self.period:
            self.clause.month, self.clause.prev = True, False
        elif token.period == self.period.previous or self._names_own_month():
            self.clause.prev = True

    def _not_applicable(self, token: Sign) -> None:
        """横向不适用 and 没有，不适用 speak of what stands before, 不开展横向服务 of what follows."""
        following = self._next()
        if not self.group and isinstance(following, Mention) and following.role == "strong":
            self.clause.inapplicable = True
            return
        if not self.group and self.last and self.slate.items[self.last].rule.startswith("none_"):
            self.group = [self._again(self.last, token)]
            self.slate.items.pop(self.last)
        self._state(State.NOT_APPLICABLE, "not_applicable")

    def _none(self, *, not_yet: bool) -> None:
        """没有 denies what follows (没有新招) or what stands before it (现金没有); 还没 before a key leaves it open."""
        following = self._next()
        ahead = isinstance(following, Mention) and following.role in ("strong", "weak", "sub")
        if ahead and not_yet and not self.text.startswith(_DEEDS, following.start):  # type: ignore[union-attr]
            self.uncollected = not self.group
            self._state(State.NOT_COLLECTED, "not_yet")
        elif self.group and not (ahead and all(mention.keys != following.keys for mention in self.group)):  # type: ignore[union-attr]
            self._state(State.ZERO, "none_after")
        else:
            if self.clause.negated:
                self._state(State.ZERO, "none_before")
            self.clause.negated, self.clause.negated_at = True, self.clause.figures
            self.group = []

    def _same(self) -> None:
        for mention in self._targets():
            if mention.role != "complement":
                self._settle(mention.keys[0])
                self.slate.carry(mention.keys[0], self._source(mention))
        self.group = []

    def _state(self, state: State, rule: str) -> None:
        for mention in self._targets():
            key = mention.keys[0]
            if mention.role == "complement" or (self.clause.figures and self.slate.value(key) is not None):
                continue
            value = Decimal(0) if state is State.ZERO else None
            item = filled(value, False, self._source(mention), rule) if value is not None else None
            unknown = replace(self.slate.unusable(key, self._source(mention), rule), state=state)
            self.slate.put(key, item or unknown, weak=mention.role == "weak", replace=self.fixing)
            self._settle(key)
        self.group = []

    def _multiplied(self, factor: Decimal) -> None:
        for mention in self._targets():
            key = mention.keys[0]
            if key not in self.slate.items and mention.role != "complement":
                self.slate.put(key, self.slate.multiplied(key, factor, self._source(mention)))
                self._settle(key)
        self.group = []

    def _all_of_whole(self) -> None:
        for mention in self._targets():
            key = mention.keys[0]
            if mention.role != "complement" and self.form.indicator(key).subset_of == self.last:
                self.slate.all_of_whole(key, self._source(mention))
