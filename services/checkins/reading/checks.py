"""The checks V01 to V15 of one check-in, pure: figures in, findings out, with both figures in each.

The same findings serve the reading of a message, the card that is read back, and the secretariat's review.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from services.checkins.form import Form, Indicator, Kind, State
from services.checkins.reading.slate import Known, as_decimal
from services.checkins.reading.understood import Item
from services.periods import Period


class Severity(StrEnum):
    """Who has to do what about a finding."""

    REJECT = "reject"
    CONFIRM = "confirm"
    ASK = "ask"
    NOTE = "note"
    SECRETARIAT = "secretariat"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check that spoke up. ``key`` is ``*`` where the whole form is meant."""

    rule: str
    key: str
    severity: Severity
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """As it is listed: interns_local:V02."""
        return f"{self.key}:{self.rule}"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where a check starts to speak. Proposals of the product, not official limits."""

    stock_change_share: Decimal = Decimal("0.3")
    stock_change_least: Decimal = Decimal(20)
    cumulative_least: Decimal = Decimal(50)
    money_wan: Decimal = Decimal(1000)


DEFAULTS = Thresholds()


@dataclass(frozen=True, slots=True)
class Background:
    """What the checks compare with: ``ledgers`` are a register's counts, ``history`` earlier forms, newest first."""

    previous: Known = field(default_factory=dict)
    ytd_before: Known = field(default_factory=dict)
    ledgers: Known = field(default_factory=dict)
    history: Sequence[Known] = ()
    evidence: frozenset[str] = frozenset()


def check(
    form: Form, period: Period, items: Mapping[str, Item], background: Background, limits: Thresholds = DEFAULTS
) -> list[Finding]:
    """All findings on a set of items, in the order of the form.

    Runs on one message (only what it states) and on a whole card (what is stored and carried too). V05 on bare
    integers, V06, V09, V10 and V12 are facts of the wording; the reading reports them itself.
    """
    found = [
        finding for key, item in items.items() for finding in _check_one(form, period, key, item, background, limits)
    ]
    found += _subsets(form, items)
    found += _all_zero(form, period, items)
    found += _unchanged(form, items, background)
    order = {indicator.key: n for n, indicator in enumerate(form.indicators)}
    return sorted(found, key=lambda finding: order.get(finding.key.partition("[")[0], -1))


def _check_one(
    form: Form, period: Period, key: str, item: Item, background: Background, limits: Thresholds
) -> Iterator[Finding]:
    indicator, value = form.indicator(key), item.value
    if value is None or item.state is State.CARRIED:
        return
    yield from _range(indicator, key, value)
    previous = as_decimal(background.previous.get(key))
    if indicator.kind is Kind.STOCK and previous is not None and indicator.unit != "%":
        allowed = max(limits.stock_change_share * previous, limits.stock_change_least)
        if abs(value - previous) > allowed:
            yield Finding("V03", key, Severity.CONFIRM, {"value": value, "previous": previous})
    if indicator.unit == "%" and previous is not None and value < previous:
        yield Finding("V07", key, Severity.ASK, {"value": value, "previous": previous})
    if indicator.unit == "%" and value == 100 and key not in background.evidence:
        yield Finding("V08", key, Severity.ASK, {"value": value, "needs": "evidence"})
    if indicator.kind is Kind.COHORT and previous is not None and value < previous:
        yield Finding("V07", key, Severity.CONFIRM, {"value": value, "previous": previous})
    year = as_decimal(background.ytd_before.get(key))
    if (
        indicator.kind is Kind.FLOW
        and item.rule != "ytd_minus_before"
        and year
        and value >= max(year, limits.cumulative_least)
    ):
        yield Finding("V04", key, Severity.CONFIRM, {"value": value, "ytd_before": year, "month_if_ytd": value - year})
    if indicator.is_money and value > limits.money_wan:
        yield Finding("V05", key, Severity.CONFIRM, {"value": value, "yuan": value * 10_000})
    ledger = as_decimal(background.ledgers.get(key))
    if ledger is not None and ledger != value:
        yield Finding("V08", key, Severity.ASK, {"value": value, "ledger": ledger})
    if item.approx and period.is_quarter_month:
        yield Finding("V11", key, Severity.CONFIRM, {"value": value})


def _range(indicator: Indicator, key: str, value: Decimal) -> Iterator[Finding]:
    low, high = indicator.range or (Decimal(0), None)
    if value < low or (high is not None and value > high):
        yield Finding("V01", key, Severity.REJECT, {"value": value, "low": low, "high": high})
    elif indicator.type == "integer" and value != value.to_integral_value():
        yield Finding("V01", key, Severity.REJECT, {"value": value, "type": "integer"})


def _subsets(form: Form, items: Mapping[str, Item]) -> Iterator[Finding]:
    """V02: a part is not larger than its whole; the nearest whole that is known counts."""
    for key, item in items.items():
        if item.value is None:
            continue
        for whole_key in form.supersets(key):
            whole = items.get(whole_key)
            if whole is not None and whole.value is not None:
                if item.value > whole.value:
                    facts = {"value": item.value, "whole": whole_key, "whole_value": whole.value}
                    yield Finding("V02", key, Severity.REJECT, facts)
                break


def _all_zero(form: Form, period: Period, items: Mapping[str, Item]) -> Iterator[Finding]:
    """V15: nothing but zeros. Stock figures told beside them answer the question whether they are zero too."""
    flows = [one.key for one in form.due(period) if one.kind is Kind.FLOW]
    told = any(item.state is State.FILLED for item in items.values())
    if flows and not told and all(key in items and items[key].state is State.ZERO for key in flows):
        yield Finding("V15", "*", Severity.CONFIRM, {"keys": tuple(flows)})


def _unchanged(form: Form, items: Mapping[str, Item], background: Background) -> Iterator[Finding]:
    """V14: the full form is the same for the third month running; a soft note for the secretariat."""
    now = {key: item.value for key, item in items.items() if item.value is not None}
    if (
        len(background.history) >= 2
        and len(now) >= len(form.indicators) // 2
        and all(
            {key: as_decimal(value) for key, value in month.items() if value is not None} == now
            for month in background.history[:2]
        )
    ):
        yield Finding("V14", "*", Severity.SECRETARIAT, {"months": 3})
