"""Statements about the whole form: 同上月, 时点数照旧, 全是0, 其余为零."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from services.checkins.binding import Bound
from services.checkins.form import Form, Kind, State
from services.checkins.lexicon import Mark
from services.checkins.reading import Item, Question
from services.checkins.tokens import Break, Figure, Filler, Mention, Sign, Token
from services.periods import Period

Known = Mapping[str, Decimal | int | float | None]


def spread(tokens: list[Token], bound: Bound, form: Form, period: Period, previous: Known) -> bool:
    """Apply what is said of the whole form to the keys that have no item yet. True when something was."""
    spoken = False
    settled = False
    for clause in _clauses(tokens):
        marks = {token.mark for token in clause if isinstance(token, Sign)}
        keyed = any(isinstance(token, Mention) for token in clause)
        if (
            Mark.SAME in marks
            and not keyed
            and (not settled or marks & {Mark.OTHER, Mark.ALL, Mark.STOCKS, Mark.FLOWS})
        ):
            _carry(bound, form, period, previous, flows=Mark.STOCKS not in marks, stocks=Mark.FLOWS not in marks)
            spoken = True
        if _is_nil(clause, marks) and not keyed and marks & {Mark.ALL, Mark.FLOWS, Mark.OTHER}:
            _zero(bound, form, period)
            spoken = True
        settled = (settled or keyed) and not _ends_sentence(clause)
    return spoken


def _clauses(tokens: list[Token]) -> Iterator[list[Token]]:
    clause: list[Token] = []
    for token in tokens:
        clause.append(token)
        if isinstance(token, Break):
            yield clause
            clause = []
    yield clause


def _ends_sentence(clause: list[Token]) -> bool:
    return bool(clause) and isinstance(clause[-1], Break) and clause[-1].level in ("stop", "line")


def _is_nil(clause: list[Token], marks: set[Mark]) -> bool:
    zero = any(isinstance(token, Figure) and token.numeral.value == 0 for token in clause)
    figure = any(isinstance(token, Figure) and token.numeral.value != 0 for token in clause)
    filler = sum(token.end - token.start for token in clause if isinstance(token, Filler))
    return not figure and (zero or (Mark.NONE in marks and filler <= 4))


def _carry(bound: Bound, form: Form, period: Period, previous: Known, *, flows: bool, stocks: bool) -> None:
    for key, value in previous.items():
        bare = key.partition("[")[0]
        if bare not in form.by_key or key in bound.items or value is None:
            continue
        indicator = form.by_key[bare]
        if indicator.kind is Kind.FLOW:
            if flows and indicator.asked:
                bound.problems.add(f"{key}:V06")
                bound.questions.append(Question("ask_flow_figure", key, {"previous": value}))
        elif stocks and (indicator.kind is Kind.STOCK or indicator.is_due(period)):
            bound.items[key] = Item(Decimal(str(value)), State.CARRIED, rule="same_as_previous")


def _zero(bound: Bound, form: Form, period: Period) -> None:
    for indicator in form.due(period):
        if indicator.kind is Kind.FLOW and indicator.key not in bound.items:
            bound.items[indicator.key] = Item(Decimal(0), State.ZERO, rule="all_zero")
            bound.problems.discard(f"{indicator.key}:V06")
