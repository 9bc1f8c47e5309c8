"""Which figure belongs to which key: one pass over the tokens of a message.

Keys wait in a group until a figure or a state arrives; punctuation decides how far they may wait. Marks say what the
next figure is: this month's, the year's, a change, a part, the old one. Nothing is guessed: what finds no place is
left over.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from services.checkins.amounts import fits, read_amount
from services.checkins.form import Kind, State
from services.checkins.lexicon import Mark
from services.checkins.reading import Item
from services.checkins.slate import Slate, filled
from services.checkins.tokens import Break, Figure, Filler, Mention, Sign, Token, When
from services.periods import Period

PERCENT = ("%", "个百分点", "百分点")


@dataclass
class Clause:
    """What the marks of a clause say about its next figure."""

    start: int = 0
    figures: int = 0
    ytd: bool = False
    month: bool = False
    prev: bool = False
    yoy: bool = False
    compare: bool = False
    change: int = 0
    to: bool = False
    old: bool = False
    from_: bool = False
    except_: bool = False
    total: bool = False
    each: bool = False
    all_: bool = False
    new: bool = False
    negated: bool = False
    equals: bool = False


_SIMPLE = {
    Mark.PREV: "prev",
    Mark.YOY: "yoy",
    Mark.COMPARE: "compare",
    Mark.NOT: "old",
    Mark.FROM: "from_",
    Mark.EXCEPT: "except_",
    Mark.TOTAL: "total",
    Mark.EACH: "each",
    Mark.ALL: "all_",
    Mark.NEW: "new",
    Mark.EQUALS: "equals",
}


class Binder:
    """Walks the tokens of one message and fills a slate. ``focus`` is the key a bare figure answers, if one was asked."""

    def __init__(self, text: str, tokens: list[Token], slate: Slate, focus: str | None = None) -> None:
        self.text, self.tokens, self.slate, self.focus = text, tokens, slate, focus
        self.form, self.period = slate.form, slate.period
        self.said: set[Mark] = set()
        self.periods: list[Period] = []
        self.mentioned: set[str] = set()
        self.at = 0
        self.clause = Clause()
        self.group: list[Mention] = []
        self.group_open = True
        self.rate: str | None = None
        self.last: str | None = None
        self.family: str | None = None
        self.in_part = False
        self.depth = 0
        self.fixing = False
        self.sentence_keys = 0
        self.sentence_ytd = False
        self.uncollected = False
        self.weak_whole: str | None = None
        self.old: tuple[str | None, Decimal, bool] | None = None

    # -- the walk ---------------------------------------------------------------------------------------------------

    def run(self) -> None:
        """Bind all tokens and close the last clause."""
        for self.at, token in enumerate(self.tokens):
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
        elif token.level == "close":
            self.depth = max(0, self.depth - 1)
        elif token.level in ("stop", "line"):
            self._end_sentence(keep_group=token.level == "line" and isinstance(self._next(), Figure))

    def _end_clause(self, end: int) -> None:
        clause = self.clause
        if clause.figures == 0:
            if clause.negated:
                self._state(State.ZERO, "none_before")
            if self.uncollected:
                self._state(State.NOT_COLLECTED, "not_collected_yet")
            if clause.equals:
                self._all_of_whole()
            if clause.ytd and self.last and len(self.text[clause.start : end].strip()) <= 6:
                self._turn_into_year(self.last)
        self.group_open = False

    def _end_sentence(self, *, keep_group: bool) -> None:
        if not keep_group:
            self.group = []
        self.rate = None
        self.in_part = self.sentence_ytd = self.uncollected = False
        self.fixing = self.fixing and self.sentence_keys == 0
        self.sentence_keys = self.depth = 0

    def _next(self) -> Token | None:
        """The next token that is more than two characters of filler."""
        return next((token for token in self.tokens[self.at + 1 :] if not self._is_thin(token)), None)

    def _is_thin(self, token: Token) -> bool:
        return isinstance(token, Filler) and (
            token.end - token.start <= 2 or not self.text[token.start : token.end].strip()
        )

    # -- keys -------------------------------------------------------------------------------------------------------

    def _mention(self, token: Mention) -> None:
        if token.role == "derived":
            self.rate, self.group = token.keys[0], []
            return
        mention = self._resolved(token)
        if mention is None:
            return
        key = mention.keys[0]
        self.mentioned.add(key)
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

    def _resolved(self, token: Mention) -> Mention | None:
        """A word for several keys (本市) means the one whose whole was spoken of last."""
        if token.role not in ("sub", "complement"):
            return replace(token, keys=token.keys[:1])
        related = [key for key in token.keys if self.family and self._related(key, self.family)]
        if not related and not self.family and not self.in_part:
            related = [key for key in token.keys if self.form.indicator(key).is_due(self.period)]
        return replace(token, keys=tuple(related[:1])) if related else None

    def _related(self, key: str, other: str) -> bool:
        ups, others = {key, *self.form.supersets(key)}, {other, *self.form.supersets(other)}
        return bool(self.form.indicator(key).subset_of in others or other in ups or key in others)

    def _targets(self) -> list[Mention]:
        """The waiting keys that count: strong ones where there are any, each key once, in order."""
        strong = [mention for mention in self.group if mention.role != "weak"]
        unique: dict[str, Mention] = {}
        for mention in strong or self.group:
            unique.setdefault(mention.keys[0], mention)
        return list(unique.values())

    # -- marks ------------------------------------------------------------------------------------------------------

    def _sign(self, token: Sign) -> None:
        self.said.add(token.mark)
        clause = self.clause
        match token.mark:
            case Mark.UP | Mark.DOWN:
                clause.change = 1 if token.mark is Mark.UP else -1
            case Mark.TO:
                clause.to, clause.change, clause.compare = True, 0, False
            case Mark.MONTH:
                clause.month, clause.ytd, clause.prev, self.sentence_ytd = True, False, False, False
            case Mark.YTD:
                clause.ytd = True
                self.sentence_ytd = self.sentence_ytd or not (self.sentence_keys or self.group)
            case Mark.OF:
                self.in_part = True
                self.weak_whole = self.last if self.last in self.slate.from_weak else self.weak_whole
            case Mark.WRONG:
                self.fixing = True
            case Mark.SHOULD_BE:
                self.fixing = clause.to = True
                clause.change, clause.old, clause.from_ = 0, False, False
            case Mark.NOT_APPLICABLE:
                self._state(State.NOT_APPLICABLE, "not_applicable")
            case Mark.NOT_COLLECTED:
                self.uncollected = not self.group and not self.sentence_keys
                self._state(State.NOT_COLLECTED, "not_collected")
            case Mark.NONE:
                self._none()
            case Mark.SAME:
                self._same()
            case Mark.DOUBLE | Mark.HALF:
                self._multiplied(Decimal(2) if token.mark is Mark.DOUBLE else Decimal("0.5"))
            case _ if token.mark in _SIMPLE:
                setattr(clause, _SIMPLE[token.mark], True)

    def _when(self, token: When) -> None:
        self.periods.append(token.period)
        if token.period == self.period:
            self.clause.month, self.clause.prev = True, False
        elif token.period == self.period.previous:
            self.clause.prev = True

    def _none(self) -> None:
        """没有 denies what follows (没有新招) or what stands before it (现金没有)."""
        following = self._next()
        ahead = isinstance(following, Mention) and following.role in ("strong", "weak", "sub")
        if self.group and not (ahead and all(mention.keys != following.keys for mention in self.group)):  # type: ignore[union-attr]
            self._state(State.ZERO, "none_after")
        else:
            self.clause.negated = True
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

    # -- figures ----------------------------------------------------------------------------------------------------

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
        several = len(fitting) > 1
        if not fitting:
            self._without_key(token, waiting=bool(targets))
        elif several and (clause.each or self._figures_ahead() == len(fitting)):
            self._place(token, fitting[0])
            self.group = [m for m in self.group if m.keys != fitting[0].keys]
        else:
            for mention in fitting if several and (clause.all_ or token.numeral.value == 0) else fitting[-1:]:
                self._place(token, mention)
            self.group = []

    def _set_aside(self, token: Figure) -> bool:
        """Figures that are no answer: the old one, last month's, last year's, those taken out."""
        clause = self.clause
        if clause.yoy:
            clause.yoy = False
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
        keys_before = any(isinstance(token, Mention) for token in self.tokens[: self.at])
        return keys_before and not self.in_part and not self.fixing and self.period not in self.periods

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
        if mention.role == "weak" and (self.group or token.unit != self.form.indicator(mention.keys[0]).unit):
            return []
        after = self.tokens[self.tokens.index(following, self.at) + 1 :]
        then = next((one for one in after if not self._is_thin(one)), None)
        if isinstance(then, Figure) or (isinstance(then, Sign) and then.mark not in (Mark.AND, Mark.OF)):
            return []
        self.family = mention.keys[0]
        return [mention]

    def _figures_ahead(self) -> int:
        """How many figures follow one another from here without a key between them."""
        count = 0
        for token in self.tokens[self.at :]:
            if isinstance(token, Mention) or (isinstance(token, Break) and token.level in ("stop", "line")):
                break
            count += isinstance(token, Figure)
        return count

    def _percent(self, token: Figure, targets: list[Mention]) -> None:
        """A rate is never taken: it is computed from its parts (V09). A change in percent is only a remark."""
        if self.clause.change or self.clause.compare or token.unit != "%":
            return
        share = "占" in self.text[self.clause.start : token.start]
        keys = [mention.keys[0] for mention in targets]
        for rate in self.form.derived:
            of_last = share and rate.numerator == self.last and (not keys or rate.denominator in keys)
            if of_last or rate.numerator in keys:
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
        elif last is None or last not in self.slate.items:
            if self.focus and not self.mentioned and fits(token, self.form.indicator(self.focus)):
                self._place(token, self._again(self.focus, token))
            else:
                self._leave(token)
        elif self.fixing or (last in self.slate.from_year and clause.month and not clause.ytd):
            self._place(token, self._again(last, token))
        elif clause.change or clause.compare:
            self._remark_change(last, token)
        elif clause.ytd or self.sentence_ytd:
            if token.numeral.value is not None and not token.approx:
                self.slate.check_year(last, token.numeral.value)
            clause.ytd = False
        elif clause.total and not self.in_part and fits(token, self.form.indicator(last)):
            self._place(token, self._again(last, token))
        else:
            self._leave(token)

    def _again(self, key: str, token: Figure) -> Mention:
        return Mention(token.start, token.start, (key,), "strong")

    def _remark_change(self, key: str, token: Figure) -> None:
        value = token.numeral.value
        if value is not None and self.clause.change and not token.approx and fits(token, self.form.indicator(key)):
            self.slate.check_change(key, self.clause.change * value)
        self.clause.change, self.clause.compare = 0, False

    # -- placing ----------------------------------------------------------------------------------------------------

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
        change = clause.change or (not flow and (token.signed == "+" or clause.new))
        if change and not clause.to:
            if slate.value(key) is not None and slate.items[key].rule == "stated" and not self.fixing:
                self._remark_change(key, token)
                return
            item = slate.changed(key, change * amount.value, source, approx=token.approx)
        elif flow and (clause.ytd or self.sentence_ytd) and not clause.month:
            item = slate.month_of_year(key, amount.value, source, approx=token.approx)
        else:
            item = filled(amount.value, token.approx, source, "stated", note=amount.note)
        self._put(key, item, weak=mention.role == "weak")
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

    def _settle(self, key: str) -> None:
        self.last = self.family = key

    def _turn_into_year(self, key: str) -> None:
        """培训10950人次（全年累计）: the mark comes after its figure."""
        item = self.slate.items.get(key)
        if item and item.rule == "stated" and item.value is not None and self.slate.kind(key) is Kind.FLOW:
            self.slate.items[key] = self.slate.month_of_year(key, item.value, item.source, approx=item.approx)

    def _drop_torn_whole(self) -> None:
        """总投入26万，其中设备16万: the whole is known, the cash is not."""
        key = self.weak_whole
        if key and key in self.slate.from_weak and self.last != key:
            whole = self.slate.items[key]
            self.slate.items[key] = self.slate.unusable(key, whole.source, "whole_of_several", stated=whole.value)
            self.slate.ask("ask_share", key, whole=whole.value)

    def _speaks_of_before(self) -> bool:
        return self.period.previous in self.periods or bool({Mark.PREV, Mark.NOT} & self.said)

    def _leave(self, token: Figure) -> None:
        self.slate.leftovers.append(self.text[self.clause.start : token.end].strip())

    def _source(self, mention: Mention, token: Figure | None = None) -> str:
        last = token or (self.tokens[self.at] if self.at < len(self.tokens) else mention)
        start = min(mention.start, token.start) if token else mention.start
        return self.text[start : max(last.end, mention.end)].strip()
