"""A written figure, read in the unit of its indicator."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from services.checkins.form import Indicator
from services.checkins.reading.lexicon import MONEY_UNITS, SAME_UNITS, TENTHS
from services.checkins.reading.tokens import Figure
from services.numbers import Doubt

BARE_MONEY_LIMIT = 10_000

Problem = Literal["vague", "suspect", "yuan_or_wan"]


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure in the indicator's unit, or why none can be taken."""

    value: Decimal | None
    problem: Problem | None = None
    note: str = ""


def fits(figure: Figure, indicator: Indicator, column_unit: str = "") -> bool:
    """Whether a figure can belong to an indicator by its unit: 9人 is no number of 人天, 6期 none of 人次."""
    unit = figure.unit or column_unit
    if unit in ("", indicator.unit) or unit in indicator.also_units:
        return True
    if unit in SAME_UNITS["人"] and "人" in indicator.also_units:
        return True
    if indicator.is_money:
        return unit in MONEY_UNITS
    return unit in SAME_UNITS.get(indicator.unit, ())


def read_amount(figure: Figure, indicator: Indicator, column_unit: str = "") -> Amount:
    """The value in the indicator's unit. Money is in 万元; a bare large integer leaves 元 or 万元 open (V05)."""
    numeral = figure.numeral
    if numeral.value is None:
        return Amount(None, "suspect" if numeral.doubt is Doubt.SUSPECT else "vague")
    if figure.unit == TENTHS and indicator.unit == "%":
        return Amount(numeral.value * 10)
    if not indicator.is_money:
        note = "" if figure.unit in ("", indicator.unit, "个") else f"unit:{figure.unit}"
        return Amount(numeral.value, note=note)
    unit = figure.unit or column_unit
    if numeral.scaled:
        return Amount(numeral.value / 10_000)
    if unit in MONEY_UNITS:
        return Amount(numeral.value * MONEY_UNITS[unit] / 10_000)
    if numeral.value >= BARE_MONEY_LIMIT and numeral.value == numeral.value.to_integral_value():
        return Amount(None, "yuan_or_wan")
    return Amount(numeral.value)
