"""What the keys of a form get from one message: figures, changes, sums, states; each with its rule and words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from services.checkins.form import Form, Kind, State
from services.checkins.reading.understood import Correction, Item, Question
from services.periods import Period

_HEADS = ("unit:人", "unit:名", "unit:位")

MADE = "made:"
"""Begins the note of a figure that was worked out from others."""

_BETWEEN_FIGURES = ("ask_parts", "ask_which_value", "ask_change_disagrees")

Known = Mapping[str, Decimal | int | float | None]


@dataclass
class Slate:
    """Collects items. The only place where a value is calculated; ``previous`` and ``ytd_before`` are the base."""

    form: Form
    period: Period
    previous: Known
    ytd_before: Known
    items: dict[str, Item] = field(default_factory=dict)
    problems: set[str] = field(default_factory=set)
    rejected: set[str] = field(default_factory=set)
    questions: list[Question] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    leftovers: list[str] = field(default_factory=list)
    lost: dict[str, str] = field(default_factory=dict)
    outside: dict[str, Decimal] = field(default_factory=dict)
    roughly_outside: set[str] = field(default_factory=set)
    from_year: set[str] = field(default_factory=set)
    from_weak: set[str] = field(default_factory=set)
    parts: dict[str, list[Decimal]] = field(default_factory=dict)
    gave_way: dict[str, Item] = field(default_factory=dict)

    def kind(self, key: str) -> Kind:
        """The kind of a key's indicator."""
        return self.form.indicator(key).kind

    def before(self, key: str) -> Decimal | None:
        """Last period's figure."""
        return as_decimal(self.previous.get(key))

    def year(self, key: str) -> Decimal | None:
        """This year's sum before the period; in January nothing has been summed yet."""
        known = as_decimal(self.ytd_before.get(key))
        return Decimal(0) if known is None and self.period.month == 1 else known

    def value(self, key: str | None) -> Decimal | None:
        """The value a key has so far."""
        item = self.items.get(key) if key else None
        return item.value if item else None

    def ask(self, question: str, key: str | None, **facts: object) -> None:
        """Remember a question."""
        self.questions.append(Question(question, key, facts))

    def lose(self, piece: str, key: str = "") -> None:
        """Remember a piece whose figure found no place, so that it can be shown; the longest wording of it counts."""
        for shorter in [one for one in self.lost if piece.startswith(one)]:
            del self.lost[shorter]
        self.lost[piece] = key

    @property
    def unplaced(self) -> list[str]:
        """What was lost and not told otherwise: 教师9人合计63人天 has told its key, 教师9人 alone has not."""
        return [piece for piece, key in self.lost.items() if not key or key not in self.items]

    def put(self, key: str, item: Item, *, weak: bool = False, replace: bool = False) -> None:
        """Keep an item. A second, different figure for a key is asked about unless it may ``replace`` the first.

        A figure bound by a weak word, or worked out from a year's sum, gives way to one that names the key itself.
        """
        old = self.items.get(key)
        twice_weak = weak and key in self.from_weak  # 缺焊工12个，缺电工6个
        gives_way = (key in self.from_weak and not weak) or (old is not None and _gives_way(old))
        if old is not None and old.rule in ("two_values", "parts_open") and not replace:
            return
        self.gave_way |= {key: old} if old and old.value and gives_way and not replace else {}
        if old is not None and old.value is not None and not replace and not gives_way:
            if (weak and not twice_weak) or item.value is None:
                if item.value not in (None, old.value):
                    self.lose(item.source)  # 共30人，走了12，在岗29: shown, at least
                return
            if self._counts_nearer(key, old, item):
                self.items[key] = item
                return
            if item.value != old.value and key not in self.from_year and old.rule != "previous_plus_change":
                self.ask("ask_which_value", key, first=old.value, second=item.value)
                item = Item(None, State.MISSING, False, f"{old.source}；{item.source}", "two_values")
        if replace:
            self.problems -= {f"{key}:V05", f"{key}:V12", f"{key}:V06"}
            self.questions = [one for one in self.questions if one.key != key or one.id not in _BETWEEN_FIGURES]
        self.items[key] = item
        (self.from_weak.add if weak else self.from_weak.discard)(key)

    def _counts_nearer(self, key: str, old: Item, new: Item) -> bool:
        """导师4名授课9次: where person-times are asked, times are nearer to it than heads."""
        return self.form.indicator(key).unit == "人次" and old.note in _HEADS and new.note in ("", "unit:次", "unit:趟")

    def add_part(self, key: str, amount: Decimal, source: str, *, approx: bool) -> None:
        """One more part of what was told before; how the sum came about is kept with it."""
        parts = self._with_part(key, amount)
        self.items[key] = filled(sum(parts, Decimal(0)), approx, source, "sum_of_listed", note=made_of("+", *parts))

    def doubt_parts(self, key: str, amount: Decimal, source: str) -> None:
        """Two or more figures that may be parts or not: asked, not added."""
        parts = self._with_part(key, amount)
        self.items[key] = self.unusable(key, source, "parts_open")
        self.questions = [one for one in self.questions if (one.id, one.key) != ("ask_parts", key)]
        told = {"parts": "、".join(f"{one.normalize():f}" for one in parts), "total": sum(parts, Decimal(0))}
        pair = {"first": parts[0], "second": parts[1]} if len(parts) == 2 else {}
        self.ask("ask_parts", key, **told, **pair)

    def _with_part(self, key: str, amount: Decimal) -> list[Decimal]:
        """The parts told so far and this one; the first of them is what the key had."""
        old = self.items[key]
        if old.value is not None and old.value != sum(self.parts.get(key, ()), Decimal(0)):
            self.parts[key] = [old.value]
        self.parts.setdefault(key, []).append(amount)
        return self.parts[key]

    def unusable(
        self, key: str, source: str, rule: str, *, approx: bool = False, stated: Decimal | None = None
    ) -> Item:
        """An item for a key that was spoken of, but from which no value can be taken."""
        return Item(None, State.MISSING, approx, source, rule, stated)

    def month_of_year(self, key: str, stated: Decimal, source: str, *, approx: bool) -> Item:
        """This month's part of a sum since January."""
        year = self.year(key)
        if year is None or stated < year:
            self.ask("ask_month_figure", key, stated=stated, ytd_before=year)
            return self.unusable(key, source, "ytd_unusable", approx=approx, stated=stated)
        self.from_year.add(key)
        note = made_of("-", stated, year)
        return filled(stated - year, approx, source, "ytd_minus_before", stated, note)

    def changed(self, key: str, change: Decimal, source: str, *, approx: bool) -> Item:
        """Last month's figure, more or less so many."""
        before = self.before(key)
        if before is None or before + change < 0:
            self.ask("ask_figure_after_change", key, change=change, previous=before)
            return self.unusable(key, source, "change_unusable", approx=approx, stated=change)
        note = made_of("+" if change >= 0 else "-", before, abs(change))
        return filled(before + change, approx, source, "previous_plus_change", change, note)

    def multiplied(self, key: str, factor: Decimal, source: str) -> Item:
        """Twice or half of last month's figure; half a person is asked about."""
        before = self.before(key)
        value = None if before is None else before * factor
        if value is None or (self.form.indicator(key).type == "integer" and value != value.to_integral_value()):
            self.ask("ask_figure_after_change", key, previous=before)
            return self.unusable(key, source, "change_unusable")
        return filled(value, False, source, "previous_times", factor)

    def carry(self, key: str, source: str = "") -> None:
        """Same as last month: fine for a stock figure, never taken for a flow (V06)."""
        if self.value(key) is not None:
            return
        before = self.before(key)
        if self.kind(key) is Kind.FLOW:
            self.problems.add(f"{key}:V06")
            self.ask("ask_flow_figure", key, previous=before)
            self.put(key, self.unusable(key, source, "same_on_flow"))
        elif before is None:
            self.put(key, self.unusable(key, source, "nothing_to_carry"))
        else:
            self.put(key, Item(before, State.CARRIED, False, source, "same_as_previous"))

    def remainder(self, key: str, outside: Decimal, source: str, *, approx: bool) -> None:
        """In this city = all − those outside, when only the latter is told."""
        whole = self.items.get(self.form.indicator(key).subset_of or "")
        if whole is None:
            self.outside[key] = outside
            if approx:
                self.roughly_outside.add(key)
        if key in self.items or whole is None or whole.value is None or outside > whole.value:
            return
        self.ask("confirm_remainder", key, whole=whole.value, outside=outside)
        approx = approx or whole.approx
        note = made_of("-", whole.value, outside)
        self.put(key, filled(whole.value - outside, approx, source, "whole_minus_rest", outside, note))

    def all_of_whole(self, key: str, source: str) -> None:
        """招了1人，是本市学校的: the part is the whole. 收5件，全部办结: the closed are those that came in."""
        indicator = self.form.indicator(key)
        whole = self.items.get(indicator.subset_of or indicator.settles or "")
        if whole is not None and whole.value is not None and key not in self.items:
            self.put(key, filled(whole.value, whole.approx, source, "all_of_whole"))

    def check_change(self, key: str, change: Decimal) -> None:
        """实习2105，比上月多15: the figure stands; a remark that disagrees is asked about."""
        item, before = self.items[key], self.before(key)
        if item.rule == "stated" and item.value is not None and before is not None and before + change != item.value:
            self.ask("ask_change_disagrees", key, stated=item.value, previous=before, change=change)

    def check_year(self, key: str, stated: Decimal) -> None:
        """本月205，累计6605: the month stands; a sum that disagrees is asked about."""
        value, year = self.value(key), self.year(key)
        if value is not None and year is not None and value + year != stated:
            self.ask("ask_ytd_disagrees", key, stated=value, ytd_before=year, ytd_stated=stated)

    def correct(self, key: str, old: Decimal) -> None:
        """Note that a stored figure was said to be wrong; the period is known when it is last month's."""
        stored = self.before(key) == old
        found = Correction(key, old, self.value(key), self.period.previous if stored else None)
        self.corrections = [one for one in self.corrections if one.key != key or one.old is not None]
        if found not in self.corrections:
            self.corrections.append(found)

    def correct_month(self, key: str, period: Period) -> None:
        """上月实习应该是1950: another month's figure is put right, whatever it was."""
        found = Correction(key, None, self.value(key), period)
        if all((one.key, one.period) != (key, period) for one in self.corrections):
            self.corrections.append(found)

    def refuse_rate(self, key: str) -> None:
        """A typed rate is refused; its parts are asked for (V09)."""
        rate = next(rate for rate in self.form.derived if rate.key == key)
        self.rejected.add(f"{key}:V09")
        self.ask("ask_parts_of_rate", key, numerator=rate.numerator, denominator=rate.denominator)


def _gives_way(item: Item) -> bool:
    """A figure carried over, or worked out from those outside, gives way to one that is told."""
    return item.state is State.CARRIED or item.rule == "whole_minus_rest"


def filled(value: Decimal, approx: bool, source: str, rule: str, stated: Decimal | None = None, note: str = "") -> Item:
    """An item with a value; a zero says so in its state."""
    return Item(value, State.FILLED if value else State.ZERO, approx, source, rule, stated, note)


def made_of(sign: str, *figures: Decimal) -> str:
    """How a figure came about, as its note keeps it: made:80+90."""
    return MADE + sign.join(f"{one.normalize():f}" for one in figures)


def as_decimal(value: Decimal | int | float | None) -> Decimal | None:
    """A stored figure as a Decimal, without the noise of binary fractions."""
    return None if value is None else value if isinstance(value, Decimal) else Decimal(str(value))
