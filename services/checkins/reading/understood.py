"""What was understood of one message: figures, states, doubts and questions, each with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from services.checkins.form import State
from services.periods import Period
from services.registers.said import Told


class Intent(StrEnum):
    """What a message is for."""

    SUBMIT = "submit"
    CARRY = "carry"
    CORRECT = "correct"
    NONE = "none"
    REFUSE_PII = "refuse_pii"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Item:
    """What one key gets from a message.

    ``rule`` names the rule that made it and ``source`` the words it was made from. Where the value was calculated
    (this month = year to date − before; last month + 15; interns − those outside) ``stated`` is the written figure.
    """

    value: Decimal | None
    state: State
    approx: bool = False
    source: str = ""
    rule: str = ""
    stated: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask the person: a machine id, the key it is about, and the facts the wording needs."""

    id: str
    key: str | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Correction:
    """A stored figure said to be wrong. ``period`` is known when the old figure is the previous period's."""

    key: str
    old: Decimal | None
    new: Decimal | None
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Understanding:
    """The reading of one message. Nothing here is stored before the person has confirmed it.

    ``confirm`` and ``reject`` hold ``key:V03``; ``texts`` the free texts by key; ``leftovers`` the pieces with
    figures that no rule could place, ``unplaced`` those of them that are no mere detail of a
    figure that was taken; ``names`` partner names given beside a count; ``told`` rows of registers; ``affirmed`` the
    keys whose figures were said to be right as they stand.
    """

    intent: Intent
    items: Mapping[str, Item] = field(default_factory=dict)
    confirm: tuple[str, ...] = ()
    reject: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    corrections: tuple[Correction, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    leftovers: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    period: Period | None = None
    reason: str = ""
    told: Told = field(default_factory=Told)
    affirmed: tuple[str, ...] = ()
