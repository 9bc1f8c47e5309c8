"""Months and quarters as the consortium counts them."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Self


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month; written `2026-10`."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12:
            raise ValueError(f"no month {self.month}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2026-10`; ValueError for anything else."""
        found = re.fullmatch(r"(\d{4})-(\d{2})", text)
        if not found:
            raise ValueError(f"a month is written YYYY-MM, not {text!r}")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> Self:
        """The month that the day lies in."""
        return cls(day.year, day.month)

    def plus(self, months: int) -> "Month":
        """The month that many months later (earlier when negative)."""
        index = self.year * 12 + self.month - 1 + months
        return Month(index // 12, index % 12 + 1)

    def day(self, number: int) -> date:
        """That day of the month, or its last day when it is shorter."""
        return date(self.year, self.month, min(number, monthrange(self.year, self.month)[1]))

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.day(31)

    @property
    def quarter(self) -> "Quarter":
        """The quarter it belongs to."""
        return Quarter(self.year, (self.month + 2) // 3)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


@dataclass(frozen=True, order=True)
class Quarter:
    """A calendar quarter; written `2026Q3`."""

    year: int
    quarter: int

    def __post_init__(self) -> None:
        if not 1 <= self.quarter <= 4:
            raise ValueError(f"no quarter {self.quarter}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2026Q3`; ValueError for anything else."""
        found = re.fullmatch(r"(\d{4})[Qq]([1-4])", text)
        if not found:
            raise ValueError(f"a quarter is written YYYYQn, not {text!r}")
        return cls(int(found[1]), int(found[2]))

    @property
    def months(self) -> tuple[Month, Month, Month]:
        """Its three months in order."""
        first = Month(self.year, self.quarter * 3 - 2)
        return first, first.plus(1), first.plus(2)

    def plus(self, quarters: int) -> "Quarter":
        """The quarter that many quarters later (earlier when negative)."""
        index = self.year * 4 + self.quarter - 1 + quarters
        return Quarter(index // 4, index % 4 + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}Q{self.quarter}"
