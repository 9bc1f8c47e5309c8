"""The pieces a message is cut into: keys of the form, figures, marks, periods, breaks; the rest is filler."""

from dataclasses import dataclass
from typing import Literal

from services.checkins.reading.lexicon import Mark
from services.numbers import Numeral
from services.periods import Period

Role = Literal["strong", "weak", "sub", "complement", "derived"]
Level = Literal["join", "comma", "open", "close", "stop", "line"]


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the message at ``start:end``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention(Token):
    """A word that names one or, as with 本市, one of several keys."""

    keys: tuple[str, ...]
    role: Role
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Figure(Token):
    """A numeral with the unit written after it (or in the header of its column)."""

    numeral: Numeral
    unit: str
    approx: bool
    signed: str = ""


@dataclass(frozen=True, slots=True)
class Sign(Token):
    """A mark of the lexicon."""

    mark: Mark


@dataclass(frozen=True, slots=True)
class When(Token):
    """A period that is named: 11月."""

    period: Period


@dataclass(frozen=True, slots=True)
class Break(Token):
    """Punctuation, with how much it separates."""

    level: Level


@dataclass(frozen=True, slots=True)
class Filler(Token):
    """Anything else."""
