"""Which figure belongs to which key: one pass over the tokens of a message.

Keys wait in a group until a figure or a state arrives; punctuation decides how far they may wait. Marks say what the
next figure is: this month's, the year's, a change, a part, the old one. Nothing is guessed: what finds no place is
left over.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from services.checkins.amounts import fits, read_amount
from services.checkins.form import Form, Indicator, Kind, State
from services.checkins.lexicon import Mark
from services.checkins.reading import Correction, Item, Question
from services.checkins.tokens import Break, Figure, Filler, Mention, Sign, Token, When
from services.periods import Period

Known = Mapping[str, Decimal | int | float | None]


@dataclass
class Bound:
    """What one pass found."""

    items: dict[str, Item] = field(default_factory=dict)
    problems: set[str] = field(default_factory=set)
    rejected: set[str] = field(default_factory=set)
    questions: list[Question] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    leftovers: list[str] = field(default_factory=list)
    said: set[str] = field(default_factory=set)
    periods: list[Period] = field(default_factory=list)
    mentioned: set[str] = field(default_factory=set)


@dataclass
class _Flags:
    """What the marks of a clause say about its next figure."""

    ytd: bool = False
    month: bool = False
    prev: bool = False
    yoy: bool = False
    compare: bool = False
    change: int = 0
    to: bool = False
    not_: bool = False
    from_: bool = False
    except_: bool = False
    total: bool = False
    each: bool = False
    all_: bool = False
    new: bool = False
    negated: bool = False
    equals: bool = False
    other: bool = False
    wrong: bool = False
    figures: int = 0


class Binder:
    """Walks the tokens of one message. ``focus`` is the key a bare figure answers, when one was asked."""

    def __init__(
        self, text: str, form: Form, period: Period, previous: Known, ytd_before: Known, focus: str | None = None
    ):
        self.text, self.form, self.period = text, form, period
        self.previous, self.ytd_before, self.focus = previous, ytd_before, focus
        self.out = Bound()
        self.group: list[Mention] = []
        self.group_open = True
        self.last: str | None = None
        self.family: str | None = None
        self.in_part = False
        self.depth = 0
        self.fixing = False
        self.sentence_ytd = False
        self.year_bound: set[str] = set()
        self.weak_bound: set[str] = set()
        self.weak_whole: str | None = None
        self.flags = _Flags()
        self.clause_start = 0
        self.old: tuple[str | None, Decimal] | None = None
        self.sentence_keys = 0

    # -- the walk ---------------------------------------------------------------------------------------------------

    def run(self, tokens: list[Token]) -> Bound:
        """Bind all tokens and close the last clause."""
        self.tokens = tokens
        for self.at, token in enumerate(tokens):
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
        self._end_clause()
        self._drop_torn_wholes()
        return self.out

    def _break(self, token: Break) -> None:
        if token.level == "join":
            return
        if token.level == "open":
            self.depth += 1
        self._end_clause()
        self.clause_start = token.end
        if token.level == "close":
            self.depth = max(0, self.depth - 1)
        if token.level in ("stop", "line"):
            keep = token.level == "line" and isinstance(self._next(), Figure)
            self._end_sentence(keep_group=keep)

    def _end_sentence(self, *, keep_group: bool) -> None:
        if not keep_group:
            self._forget_group()
        self.in_part = self.sentence_ytd = False
        self.fixing = self.fixing and self.sentence_keys == 0
        self.sentence_keys = 0
        self.depth = 0

    def _end_clause(self) -> None:
        flags = self.flags
        if flags.negated and flags.figures == 0:
            self._state(State.ZERO, "none_before")
        if flags.equals and flags.figures == 0:
            self._all_of_whole()
        if flags.ytd and flags.figures == 0 and self._only_ytd_here() and self.last:
            self._turn_into_ytd(self.last)
        self.group_open = False
        self.flags = _Flags(wrong=flags.wrong)

    def _next(self, skip: int = 1) -> Token | None:
        """The next token that is not filler of more than two characters."""
        for token in self.tokens[self.at + skip :]:
            if isinstance(token, Filler) and (
                token.end - token.start <= 2 or not self.text[token.start : token.end].strip()
            ):
                continue
            return token
        return None

    # -- keys -------------------------------------------------------------------------------------------------------

    def _mention(self, token: Mention) -> None:
        mention = self._resolved(token)
        if mention is None:
            return
        key = mention.keys[0]
        self.out.mentioned.add(key)
        self.sentence_keys += 1
        if mention.role == "derived":
            self.group, self.group_open = [mention], True
            return
        if self.last == key and self.flags.figures and self._bound_in_clause(key):
            return
        if not self.group_open:
            self._forget_group()
        self.group.append(mention)
        self.group_open = True
        if mention.role != "complement":
            if self.in_part and not self._same_family(key):
                self.in_part = self.depth > 0
            self.family = key

    def _bound_in_clause(self, key: str) -> bool:
        item = self.out.items.get(key)
        return item is not None and self.flags.figures > 0 and not isinstance(self._next(), Figure)

    def _resolved(self, token: Mention) -> Mention | None:
        """A word for several keys (本市) means the one whose whole was spoken of last."""
        if token.role not in ("sub", "complement") and len(token.keys) == 1:
            return token
        related = [key for key in token.keys if self.family and self._related(key, self.family)]
        if not related and token.role in ("sub", "complement"):
            related = [key for key in token.keys if self.form.indicator(key).is_due(self.period)]
            if self.family or self.in_part:
                related = []
        chosen = related or (list(token.keys) if token.role not in ("sub", "complement") else [])
        if not chosen:
            return None
        return Mention(token.start, token.end, (chosen[0],), token.role, token.unit)

    def _related(self, key: str, other: str) -> bool:
        ups, others = {key, *self.form.supersets(key)}, {other, *self.form.supersets(other)}
        whole = self.form.indicator(key).subset_of
        return bool(whole and whole in others) or other in ups or key in others

    def _same_family(self, key: str) -> bool:
        return (
            self.last is not None and self.last.partition("[")[0] in self.form.by_key and self._related(key, self.last)
        )

    def _forget_group(self) -> None:
        self.group = []

    def _targets(self) -> list[Mention]:
        """The waiting keys that count: strong ones where there are any, each key once, in order."""
        strong = [m for m in self.group if m.role != "weak"]
        unique: dict[str, Mention] = {}
        for mention in strong or self.group:
            unique.setdefault(mention.keys[0], mention)
        return list(unique.values())

    # -- marks ------------------------------------------------------------------------------------------------------

    def _sign(self, token: Sign) -> None:
        self.out.said.add(token.mark)
        handler: Callable[[Sign], None] | None = {
            Mark.OF: self._of,
            Mark.SAME: self._same,
            Mark.NONE: self._none,
            Mark.DOUBLE: self._doubled,
            Mark.HALF: self._halved,
            Mark.YTD: self._ytd,
            Mark.WRONG: self._wrong,
            Mark.SHOULD_BE: self._should_be,
            Mark.MONTH: self._month,
            Mark.AND: self._and,
        }.get(token.mark)
        flags = self.flags
        if handler:
            handler(token)
        elif token.mark is Mark.NOT_APPLICABLE:
            self._state(State.NOT_APPLICABLE, "not_applicable")
        elif token.mark is Mark.NOT_COLLECTED:
            self._state(State.NOT_COLLECTED, "not_collected")
        elif token.mark in (Mark.UP, Mark.DOWN):
            flags.change = 1 if token.mark is Mark.UP else -1
        elif token.mark is Mark.TO:
            flags.to, flags.change, flags.compare = True, 0, False
        else:
            simple = {
                Mark.PREV: "prev",
                Mark.YOY: "yoy",
                Mark.COMPARE: "compare",
                Mark.NOT: "not_",
                Mark.FROM: "from_",
                Mark.EXCEPT: "except_",
                Mark.TOTAL: "total",
                Mark.EACH: "each",
                Mark.ALL: "all_",
                Mark.NEW: "new",
                Mark.EQUALS: "equals",
                Mark.OTHER: "other",
            }.get(token.mark)
            if simple:
                setattr(flags, simple, True)

    def _of(self, token: Sign) -> None:
        self.in_part = True
        if self.last in self.weak_bound:
            self.weak_whole = self.last

    def _and(self, token: Sign) -> None:
        if self.text[token.start] == "/" and self.flags.figures:
            self._end_clause()

    def _month(self, token: Sign) -> None:
        self.flags.month, self.flags.ytd, self.flags.prev = True, False, False
        self.sentence_ytd = False

    def _ytd(self, token: Sign) -> None:
        self.flags.ytd = True
        if not self.sentence_keys and not self.group:
            self.sentence_ytd = True

    def _wrong(self, token: Sign) -> None:
        self.fixing = self.flags.wrong = True

    def _should_be(self, token: Sign) -> None:
        self.fixing = True
        self.flags.to, self.flags.change = True, 0
        self.flags.not_ = self.flags.from_ = False

    def _none(self, token: Sign) -> None:
        following = self._next()
        ahead = isinstance(following, Mention) and following.role in ("strong", "weak", "sub")
        if ahead and not any(m.keys == following.keys for m in self.group):  # type: ignore[union-attr]
            self.flags.negated = True
            self._forget_group()
        elif self.group:
            self._state(State.ZERO, "none_after")
        else:
            self.flags.negated = True

    def _same(self, token: Sign) -> None:
        for mention in self._targets():
            self._carry(mention.keys[0], mention)
        self._forget_group()

    def _when(self, token: When) -> None:
        self.out.periods.append(token.period)
        if token.period == self.period:
            self.flags.month, self.flags.prev = True, False
        elif token.period == self.period.previous:
            self.flags.prev = True

    # -- figures ----------------------------------------------------------------------------------------------------

    def _figure(self, token: Figure) -> None:
        flags = self.flags
        flags.figures += 1
        if self._set_aside(token):
            return
        targets = self._forward(token) or self._targets()
        if token.unit in ("%", "个百分点", "百分点") and not self._takes_percent(targets):
            self._percent(token, targets)
            return
        fitting = (
            [m for m in targets if fits(token, self.form.indicator(m.keys[0]), m.unit)] if not _derived(targets) else []
        )
        if not fitting:
            self._without_key(token, targets)
        elif len(fitting) > 1 and (flags.each or self._figures_ahead() == len(fitting)):
            self._place(token, fitting[0])
            self.group = [m for m in self.group if m.keys != fitting[0].keys]
        elif len(fitting) > 1 and (flags.all_ or token.numeral.value == 0):
            for mention in fitting:
                self._place(token, mention)
            self._forget_group()
        else:
            self._place(token, fitting[-1])
            self._forget_group()

    def _set_aside(self, token: Figure) -> bool:
        """Figures that are no answer: the old one, last month's, last year's, those taken out."""
        flags = self.flags
        if flags.yoy:
            flags.yoy = False
            return True
        if flags.not_ or flags.from_:
            flags.not_ = flags.from_ = False
            target = self._targets()[-1].keys[0] if self.group else self.last
            if token.numeral.value is not None:
                self.old = (target, token.numeral.value)
                self._note_old()
            return True
        if flags.prev and not (flags.compare or flags.month or flags.to) and not self._in_header():
            flags.prev = False
            return True
        if flags.except_ and not any(m.role == "complement" for m in self.group):
            flags.except_ = False
            return self.in_part or not self.group or self.last is not None
        return False

    def _in_header(self) -> bool:
        """Whether last month was only named at the head of the message: "10月：在校生…" is a report for October."""
        before = [t for t in self.tokens[: self.at] if isinstance(t, Mention)]
        return (
            bool(before)
            and isinstance(self.tokens[self.at - 1], Mention | Break | Filler | Sign)
            and not self.in_part
            and (not self.fixing and self.out.periods.count(self.period) == 0)
        )

    def _forward(self, token: Figure) -> list[Mention]:
        """3.5万的设备, 12个实习生: the key stands behind its figure and has no figure of its own."""
        if any(m.role != "weak" for m in self.group) and self.group_open:
            return []
        following = self._next()
        if not isinstance(following, Mention) or following.role in ("weak", "derived"):
            return []
        index = self.tokens.index(following, self.at)
        for after in self.tokens[index + 1 :]:
            if isinstance(after, Filler) and after.end - after.start <= 2:
                continue
            if isinstance(after, Figure | Sign) and not (isinstance(after, Sign) and after.mark in (Mark.AND, Mark.OF)):
                return []
            break
        mention = self._resolved(following)
        if mention is None or not fits(token, self.form.indicator(mention.keys[0])):
            return []
        self.family = mention.keys[0]
        return [mention]

    def _figures_ahead(self) -> int:
        """How many figures follow one another from here without a key between them."""
        count = 0
        for token in self.tokens[self.at :]:
            if isinstance(token, Figure):
                count += 1
            elif isinstance(token, Mention) or (isinstance(token, Break) and token.level in ("stop", "line")):
                break
        return count

    def _takes_percent(self, targets: list[Mention]) -> bool:
        return any(not _derived([m]) and self.form.indicator(m.keys[0]).unit == "%" for m in targets)

    def _percent(self, token: Figure, targets: list[Mention]) -> None:
        """A rate is never taken: it is computed from its parts (V09). A change in percent is only a remark."""
        if self.flags.change or self.flags.compare or token.unit != "%":
            return
        keys = [m.keys[0] for m in targets] or ([self.last] if self.last and self.flags.total is False else [])
        for rate in self.form.derived:
            if rate.key in keys or rate.numerator in keys:
                self.out.rejected.add(f"{rate.key}:V09")
                self.out.questions.append(
                    Question(
                        "ask_parts_of_rate", rate.key, {"numerator": rate.numerator, "denominator": rate.denominator}
                    )
                )
                break
        else:
            self._left(token)
        self._forget_group()

    def _without_key(self, token: Figure, targets: list[Mention]) -> None:
        """A figure with no waiting key that fits its unit."""
        flags = self.flags
        if _derived(targets):
            self.out.rejected.add(f"{targets[0].keys[0]}:V09")
            self._forget_group()
        elif targets:
            self._left(token)
        elif self.fixing and self.last and (flags.wrong or flags.to or not self.sentence_keys or self._after_wrong()):
            self._replace_last(token)
        elif self.last is None or self.last not in self.out.items:
            if self.focus and fits(token, self.form.indicator(self.focus)) and not self.out.mentioned:
                self._place(token, Mention(token.start, token.start, (self.focus,), "strong"))
            else:
                self._left(token)
        elif self.last in self.year_bound and flags.month and not flags.ytd:
            self._place(token, Mention(token.start, token.start, (self.last,), "strong"))
        elif flags.change or flags.compare:
            self._check_change(token)
        elif flags.ytd or self.sentence_ytd:
            self._check_ytd(token)
        elif flags.total and not self.in_part and fits(token, self.form.indicator(self.last)):
            self._place(token, Mention(token.start, token.start, (self.last,), "strong"))
        else:
            self._left(token)

    def _after_wrong(self) -> bool:
        return self.fixing

    # -- placing ----------------------------------------------------------------------------------------------------

    def _place(self, token: Figure, mention: Mention) -> None:
        key = mention.keys[0]
        indicator = self.form.indicator(key)
        source = self._source(mention, token)
        amount = read_amount(token, indicator, mention.unit)
        if mention.role == "complement":
            self._place_complement(key, amount.value, token, source)
            return
        flags = self.flags
        if amount.problem:
            if amount.problem != "vague":
                self.out.problems.add(f"{key}:{'V12' if amount.problem == 'suspect' else 'V05'}")
            self._put(key, Item(None, State.MISSING, amount.problem == "vague", source, amount.problem), mention)
            self._ask_about(amount.problem, key, token)
            return
        value = amount.value or Decimal(0)
        change = (
            flags.change
            or self._signed_change(token, indicator)
            or (1 if flags.new and indicator.kind is not Kind.FLOW else 0)
        )
        if change and not flags.to and not (indicator.kind is Kind.FLOW and flags.new and not flags.compare):
            self._place_change(key, change * value, token, source, mention)
        elif indicator.kind is Kind.FLOW and (flags.ytd or self.sentence_ytd) and not flags.month:
            self._place_ytd(key, value, token, source, mention)
        else:
            self._put(key, _filled(value, token.approx, source, "stated", note=amount.note), mention)
        flags.change, flags.compare, flags.to, flags.new = 0, False, False, False

    def _place_ytd(self, key: str, stated: Decimal, token: Figure, source: str, mention: Mention) -> None:
        before = _decimal(self.ytd_before.get(key))
        if before is None and self.period.month == 1:
            before = Decimal(0)
        if before is None or stated < before:
            self.out.questions.append(Question("ask_month_figure", key, {"stated": stated, "ytd_before": before}))
            self._put(key, Item(None, State.MISSING, token.approx, source, "ytd_unusable", stated), mention)
            return
        self.year_bound.add(key)
        self._put(key, _filled(stated - before, token.approx, source, "ytd_minus_before", stated), mention)

    def _place_change(self, key: str, change: Decimal, token: Figure, source: str, mention: Mention) -> None:
        item = self.out.items.get(key)
        if item is not None and item.rule == "stated":
            return
        before = _decimal(self.previous.get(key))
        if before is None or before + change < 0:
            self.out.questions.append(Question("ask_figure_after_change", key, {"change": change, "previous": before}))
            self._put(key, Item(None, State.MISSING, token.approx, source, "change_unusable", change), mention)
            return
        self._put(key, _filled(before + change, token.approx, source, "previous_plus_change", change), mention)

    def _place_complement(self, key: str, outside: Decimal | None, token: Figure, source: str) -> None:
        """In this city = all − those outside, when only the latter is told."""
        whole_key = self.form.indicator(key).subset_of
        whole = self.out.items.get(whole_key) if whole_key else None
        self.flags.except_ = False
        if key in self.out.items or outside is None or whole is None or whole.value is None or outside > whole.value:
            return
        facts = {"whole": whole.value, "outside": outside}
        self.out.questions.append(Question("confirm_remainder", key, facts))
        self._put(
            key, _filled(whole.value - outside, token.approx or whole.approx, source, "whole_minus_rest", outside)
        )

    def _put(self, key: str, item: Item, mention: Mention | None = None) -> None:
        """Keep an item. A second figure for a key replaces a weak or unusable one; else the doubt is asked."""
        old = self.out.items.get(key)
        weak = mention is not None and mention.role == "weak"
        self.last = self.family = key
        if old is not None and not self.fixing and old.value is not None and key not in self.weak_bound:
            if weak or item.value is None:
                return
            if item.value != old.value and key not in self.year_bound and not self.flags.total:
                self.out.questions.append(Question("ask_which_value", key, {"first": old.value, "second": item.value}))
                item = Item(None, State.MISSING, False, item.source, "two_values")
        if self.fixing and old is not None and old.value is not None:
            self.out.problems -= {f"{key}:V05", f"{key}:V12"}
        self.out.items[key] = item
        (self.weak_bound.add if weak else self.weak_bound.discard)(key)
        self._note_new(key, item)

    def _replace_last(self, token: Figure) -> None:
        assert self.last is not None
        self._place(token, Mention(token.start, token.start, (self.last,), "strong"))

    def _turn_into_ytd(self, key: str) -> None:
        """培训10950人次（全年累计）: the mark comes after its figure."""
        item = self.out.items.get(key)
        if item and item.rule == "stated" and item.value is not None and self.form.indicator(key).kind is Kind.FLOW:
            before = _decimal(self.ytd_before.get(key))
            if before is not None and item.value >= before:
                self.year_bound.add(key)
                self.out.items[key] = _filled(
                    item.value - before, item.approx, item.source, "ytd_minus_before", item.value
                )

    def _only_ytd_here(self) -> bool:
        words = self.text[
            self.clause_start : self.tokens[self.at].start if self.at < len(self.tokens) else len(self.text)
        ]
        return len(words.strip()) <= 6

    def _drop_torn_wholes(self) -> None:
        """总投入26万，其中设备16万: what the whole was is known, what the cash was is not."""
        key = self.weak_whole
        if key and key in self.weak_bound and self.last != key:
            old = self.out.items[key]
            self.out.items[key] = Item(None, State.MISSING, False, old.source, "whole_of_several", old.value)
            self.out.questions.append(Question("ask_share", key, {"whole": old.value}))

    # -- states -----------------------------------------------------------------------------------------------------

    def _state(self, state: State, rule: str) -> None:
        for mention in self._targets():
            key = mention.keys[0]
            if mention.role in ("derived", "complement") or (
                key in self.out.items and self.last == key and self._bound_in_clause(key)
            ):
                continue
            value = Decimal(0) if state is State.ZERO else None
            self._put(key, Item(value, state, False, self._source(mention), rule), mention)
        self._forget_group()

    def _carry(self, key: str, mention: Mention | None) -> None:
        """Same as last month: fine for a stock figure, never taken for a flow (V06)."""
        if mention and mention.role in ("derived", "complement"):
            return
        source = self._source(mention) if mention else ""
        old = self.out.items.get(key)
        if old is not None and old.value is not None:
            return
        before = _decimal(self.previous.get(key))
        if self.form.indicator(key).kind is Kind.FLOW:
            self.out.problems.add(f"{key}:V06")
            self.out.questions.append(Question("ask_flow_figure", key, {"previous": before}))
            self._put(key, Item(None, State.MISSING, False, source, "same_on_flow"), mention)
        elif before is None:
            self._put(key, Item(None, State.MISSING, False, source, "nothing_to_carry"), mention)
        else:
            self._put(key, Item(before, State.CARRIED, False, source, "same_as_previous"), mention)

    def _doubled(self, token: Sign) -> None:
        self._multiplied(Decimal(2))

    def _halved(self, token: Sign) -> None:
        self._multiplied(Decimal("0.5"))

    def _multiplied(self, factor: Decimal) -> None:
        for mention in self._targets():
            key = mention.keys[0]
            if mention.role == "derived" or key in self.out.items:
                continue
            before = _decimal(self.previous.get(key))
            value = before * factor if before is not None else None
            whole = value is not None and (
                value == value.to_integral_value() or self.form.indicator(key).type == "decimal"
            )
            if value is None or not whole:
                self.out.questions.append(Question("ask_figure_after_change", key, {"previous": before}))
                self._put(key, Item(None, State.MISSING, False, self._source(mention), "change_unusable"), mention)
            else:
                self._put(key, _filled(value, False, self._source(mention), "previous_times", factor), mention)
        self._forget_group()

    def _all_of_whole(self) -> None:
        """招了1人，是本市学校的: the part is the whole."""
        for mention in self._targets():
            key = mention.keys[0]
            whole_key = None if mention.role == "derived" else self.form.indicator(key).subset_of
            whole = self.out.items.get(whole_key) if whole_key else None
            if whole and whole.value is not None and key not in self.out.items and whole_key == self.last:
                self._put(key, _filled(whole.value, whole.approx, self._source(mention), "all_of_whole"), mention)

    # -- remarks and corrections --------------------------------------------------------------------------------------

    def _check_change(self, token: Figure) -> None:
        """实习2105，比上月多15: the figure stands; the remark must agree with it."""
        assert self.last is not None
        item, before = self.out.items[self.last], _decimal(self.previous.get(self.last))
        value = token.numeral.value
        if (
            item.value is not None
            and before is not None
            and value is not None
            and self.flags.change
            and item.rule == "stated"
        ):
            told = before + self.flags.change * value
            if told != item.value and not token.approx and fits(token, self.form.indicator(self.last)):
                facts = {"stated": item.value, "previous": before, "change": self.flags.change * value}
                self.out.questions.append(Question("ask_change_disagrees", self.last, facts))
        self.flags.change, self.flags.compare = 0, False

    def _check_ytd(self, token: Figure) -> None:
        """本月205，累计6605: the month stands; the sum must agree with it."""
        assert self.last is not None
        item, before = self.out.items[self.last], _decimal(self.ytd_before.get(self.last))
        value = token.numeral.value
        if (
            item.value is not None
            and before is not None
            and value is not None
            and item.value + before != value
            and not token.approx
        ):
            facts = {"stated": item.value, "ytd_before": before, "ytd_stated": value}
            self.out.questions.append(Question("ask_ytd_disagrees", self.last, facts))
        self.flags.ytd = False

    def _note_old(self) -> None:
        """实习是98不是89: the old figure may come after the new one."""
        if self.old and self.last and not self.group and self.last in self.out.items:
            self.out.corrections.append(self._correction(self.last, self.old[1], self.out.items[self.last].value))
            self.old = None

    def _note_new(self, key: str, item: Item) -> None:
        if self.old and self.old[0] in (None, key):
            self.out.corrections.append(self._correction(key, self.old[1], item.value))
            self.old = None

    def _correction(self, key: str, old: Decimal, new: Decimal | None) -> Correction:
        stored = _decimal(self.previous.get(key)) == old
        return Correction(key, old, new, self.period.previous if stored else None)

    def _signed_change(self, token: Figure, indicator: Indicator) -> int:
        return 1 if token.signed == "+" and indicator.kind is not Kind.FLOW else 0

    def _ask_about(self, problem: str, key: str, token: Figure) -> None:
        written = self.text[token.start : token.end]
        ids = {"vague": "ask_exact", "suspect": "ask_reread", "yuan_or_wan": "ask_yuan_or_wan"}
        self.out.questions.append(Question(ids[problem], key, {"written": written, "stated": token.numeral.value}))

    def _left(self, token: Figure) -> None:
        self.out.leftovers.append(self.text[self.clause_start : token.end].strip())

    def _source(self, mention: Mention, token: Figure | None = None) -> str:
        ends = token.end if token else self.tokens[self.at].end if self.at < len(self.tokens) else len(self.text)
        start = min(mention.start, token.start) if token else mention.start
        return self.text[start : max(ends, mention.end)].strip()


def _derived(mentions: list[Mention]) -> bool:
    return bool(mentions) and mentions[-1].role == "derived"


def _filled(
    value: Decimal, approx: bool, source: str, rule: str, stated: Decimal | None = None, *, note: str = ""
) -> Item:
    return Item(value, State.FILLED if value else State.ZERO, approx, source, rule, stated, note)


def _decimal(value: Decimal | int | float | None) -> Decimal | None:
    return None if value is None else value if isinstance(value, Decimal) else Decimal(str(value))
