"""Supply and demand by 专业类, with formulas that can be checked by hand.

D is demand, S supply, d and s their shares: 结构吻合度 F = 100(1 − ½Σ|s−d|), 需求满足率 R = Σmin(D,S)/ΣD,
专业类覆盖率 C = classes with both over classes in demand, 缺口 D−S, 结构偏离度 d/s − 1 (s = 0: 空白).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

SMALL_TOTAL = 30


@dataclass(frozen=True)
class ClassBalance:
    """One class. ``deviation`` above zero: too little supply; None: nobody trains it (空白) or nobody asks for it."""

    code: str
    demand: int
    supply: int
    deviation: Fraction | None
    ratio: Fraction | None

    @property
    def gap(self) -> int:
        """People short; below zero a surplus."""
        return self.demand - self.supply

    @property
    def is_blank(self) -> bool:
        """In demand, and nobody trains it."""
        return self.demand > 0 and self.supply == 0


@dataclass(frozen=True)
class Balance:
    """All classes and the three rates in percent; None for totals below thirty, where percents say nothing."""

    classes: tuple[ClassBalance, ...]
    demand: int
    supply: int
    fit: Fraction | None
    satisfied: Fraction | None
    covered: Fraction | None

    def top_gaps(self, count: int = 5) -> tuple[ClassBalance, ...]:
        """The classes with the largest gaps, largest first."""
        short = [one for one in self.classes if one.gap > 0]
        return tuple(sorted(short, key=lambda one: (-one.gap, one.code))[:count])


def balance(demand: Mapping[str, int], supply: Mapping[str, int]) -> Balance:
    """Demand against supply, by class code."""
    codes = sorted({*demand, *supply})
    wanted, trained = sum(demand.values()), sum(supply.values())
    classes = tuple(_class(code, demand.get(code, 0), supply.get(code, 0), wanted, trained) for code in codes)
    asked = [one for one in classes if one.demand]
    enough = wanted >= SMALL_TOTAL
    fit = None
    if enough and trained >= SMALL_TOTAL:
        apart = sum(abs(Fraction(one.supply, trained) - Fraction(one.demand, wanted)) for one in classes)
        fit = 100 * (1 - Fraction(apart) / 2)
    met = sum(min(one.demand, one.supply) for one in classes)
    return Balance(
        classes=classes,
        demand=wanted,
        supply=trained,
        fit=fit,
        satisfied=Fraction(100 * met, wanted) if enough else None,
        covered=Fraction(100 * sum(one.supply > 0 for one in asked), len(asked)) if enough else None,
    )


def _class(code: str, demand: int, supply: int, wanted: int, trained: int) -> ClassBalance:
    deviation = None
    if supply and trained and wanted:
        deviation = Fraction(demand, wanted) / Fraction(supply, trained) - 1
    return ClassBalance(code, demand, supply, deviation, Fraction(supply, demand) if demand else None)
