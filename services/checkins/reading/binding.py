"""Which figure belongs to which key: one pass over the tokens of a message.

Keys wait in a group until a figure or a state arrives; punctuation decides how far they may wait. Marks say what the
next figure is: this month's, the year's, a change, a part, the old one. Nothing is guessed: what finds no place is
left over.
"""

import re
from decimal import Decimal

from services.checkins.form import State
from services.checkins.reading.amounts import fits
from services.checkins.reading.context import EXCEPTION, Clause
from services.checkins.reading.lexicon import Mark
from services.checkins.reading.slate import filled
from services.checkins.reading.stating import Stating
from services.checkins.reading.tokens import Break, Figure, Mention, Sign, When

_AFTERTHOUGHT = re.compile(r" *(?:我?(?:是)?说的?|就?是|指)* *")
_UNTIL = re.compile(r"(?:到|至|止于?|期限|有效期|自|从)[:为是]? *$")
_RUNS = re.compile(r"份?(?:\d{1,2}[日号])?[底末初]?(?:起|开始|到期|生效|届满|止|结束|签)")
_SIMPLE = {
    Mark.YOY: "yoy",
    Mark.COMPARE: "compare",
    Mark.NOT: "old",
    Mark.FROM: "from_",
    Mark.EXCEPT: "except_",
    Mark.NEW: "new",
    Mark.ASIDE: "aside",
    Mark.REMARK: "remark",
    Mark.PLAN: "remark",
}


class Binder(Stating):
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
        self._correct_at_last()
        self._sum_inside_and_outside()
        self._drop_torn_whole()
        self._ask_shares()
        self._close_remarks()

    def _break(self, token: Break) -> None:
        self._end_clause(token.start)
        if self.clause.figures == 0 and EXCEPTION.fullmatch(self.text[self.clause.start : token.start].strip()):
            self.group = []
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
        self._name_stray(end)
        if clause.negated and not clause.change and self._denies_apart():
            self._state(State.ZERO, "none_before")
        if clause.equals and clause.figures == clause.equals_at:
            self._all_of_whole()
        if clause.share:
            self._share_of_waiting()
        if clause.figures == 0:
            if clause.inapplicable:
                self._state(State.NOT_APPLICABLE, "not_applicable")
            if self.uncollected:
                self._state(State.NOT_COLLECTED, "not_collected_yet")
            if clause.ytd and self.last and len(self.text[clause.start : end].strip()) <= 6:
                self._turn_into_year(self.last)
        self.group_open = False

    def _name_stray(self, end: int) -> None:
        """几十个吧，实习的: the key comes after its figure, alone in a clause of its own."""
        targets = self._targets() if self.clause.figures == 0 else []
        if self.stray is None or not targets:
            return
        token, self.stray = self.stray, None
        only = _AFTERTHOUGHT.fullmatch(self.text[self.clause.start : targets[0].start]) and len(targets) == 1
        tail = self.text[targets[0].end - 1 : end].rstrip("吧啊呢哈 ")
        if only and tail.endswith("的") and fits(token, self.form.indicator(targets[0].keys[0])):
            self.slate.lost.pop(self.slate.leftovers.pop(), None)
            self._place(token, targets[0])
            self.group = []

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
        self.other_month = self.stray = None
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
        if self._is_heading(mention):
            self.family = key
            return
        if self._names_paper(mention) or self._names_whole_again(mention) or self._is_noun_of_figure(mention):
            return
        if self._goes_on_waiting(mention) or self._is_denied_deed(mention):
            return
        self.mentioned.add(key)
        unlikely = token.role == "weak" and (self.clause.aside or not self.form.indicator(key).is_due(self.period))
        if unlikely or self._is_other_part(mention):
            has_whole = mention.role == "strong" and self.form.indicator(key).subset_of is not None
            self.clause.apart_key = key if has_whole and not unlikely else ""
            return
        self.sentence_keys += 1
        self.rate = None
        if self._is_said_complete(mention):
            self.slate.put(key, filled(Decimal(100), False, self._source(mention), "said_complete"))
            self._settle(key)
            return
        if self._closes_its_figure(mention):
            self.group = [mention]
            self.clause.equals, self.clause.equals_at = True, self.clause.figures
            return
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
                self.other_month = None
            case Mark.PREV:
                clause.prev = not self._qualifies_noun(token)
                self.other_month = self.period.previous if clause.prev else self.other_month
            case Mark.TOTAL:
                clause.total, clause.remark = True, False
            case Mark.YTD:
                clause.ytd = True
                if self.text[token.end - 1] in "到达":  # 本月培训累计到7200: up to this month
                    clause.month = False
                self.sentence_ytd = self.sentence_ytd or not (self.sentence_keys or self.group)
            case Mark.OF:
                self.in_part = clause.of = True
                self.weak_whole = self.last if self.last in self.slate.from_weak else self.weak_whole
            case Mark.WRONG:
                self.fixing, self.righted, self.corrected = True, False, ""
            case Mark.SHOULD_BE:
                self.fixing = self.righted = clause.to = True
                clause.change, clause.old, clause.from_ = 0, False, False
            case Mark.NONE | Mark.NOT_COLLECTED | Mark.NOT_APPLICABLE if clause.yoy and not self.group:
                clause.yoy = False  # 去年同期没有统计
            case Mark.NOT_APPLICABLE:
                self._not_applicable(token)
            case Mark.NOT_COLLECTED:
                self.uncollected = not self.group and not self.sentence_keys
                self._state(State.NOT_COLLECTED, "not_collected")
            case Mark.NONE:
                self._none(token, not_yet=self.text.startswith(("还没", "尚未", "还未"), token.start))
            case Mark.EQUALS:
                clause.equals, clause.equals_at = True, clause.figures
            case Mark.EACH:
                clause.each, clause.each_at = True, clause.figures
            case Mark.ALL:
                clause.all_ = True
                if self._settles_all():
                    clause.equals, clause.equals_at = True, clause.figures
            case Mark.SAME:
                self._same()
            case Mark.DOUBLE | Mark.HALF:
                self._multiplied(Decimal(2) if token.mark is Mark.DOUBLE else Decimal("0.5"))
            case Mark.SHARE:
                self._share(token)
            case _ if token.mark in _SIMPLE:
                setattr(clause, _SIMPLE[token.mark], True)

    def _correct_at_last(self) -> None:
        """由2090调整为2009，更正10月: said to be a correction after both figures. Other months' figures are left."""
        if self.old and self.old[0] in self.slate.items and Mark.WRONG in self.said:
            self.slate.correct(self.old[0] or "", self.old[1])
        corrected = {one.old for one in self.slate.corrections}
        for value, piece in self.passed_over:
            if value not in corrected:
                self.slate.leftovers.append(piece)
                self.slate.lose(piece)

    def _is_term(self, token: When) -> bool:
        """到2029年10月底, 2027年1月起三年: how long something runs, not the month that is reported."""
        return bool(_UNTIL.search(self.text[: token.start]) or _RUNS.match(self.text, token.end))

    def _when(self, token: When) -> None:
        if token.period > self.period and self._is_term(token):
            return
        self.periods.append(token.period)
        self.other_month = None if token.period == self.period else token.period
        if token.period == self.period:
            self.clause.month, self.clause.prev = True, False
        elif token.period == self.period.previous or self._names_own_month():
            self.clause.prev = True
